"""Cells that hold a sentence: read by the prose reader, each figure with its span in the cell."""

from collections.abc import Sequence
from dataclasses import replace

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.reading import Doubt, Locator, ReadMeasure
from safemonth.lib.refusals import gettext_noop


def measures_of_text(text: str, *, at: Locator, known: Known) -> list[ReadMeasure]:
    """Return the figures of a cell's sentence; `locator` is the cell, with the characters in it."""
    measures = []
    for figure in read_figures(text):
        measures.append(
            ReadMeasure(
                indicator=figure.indicator if figure.indicator in known.indicators else None,
                heading=figure.heading[:120],
                value=figure.value,
                qualifier=figure.qualifier,
                unit_word=figure.unit_word,
                basis=figure.basis,
                surface=figure.surface,
                locator=replace(at, start=figure.start, end=figure.end),
                part_of=figure.part_of,
                doubts=tuple(figure.doubts),
            )
        )
    return measures


def moved(measures: Sequence[ReadMeasure], *, by: int) -> list[ReadMeasure]:
    """Return measures that are appended behind `by` others, so that `part_of` still points to the whole."""
    return [m if m.part_of is None else replace(m, part_of=m.part_of + by) for m in measures]


def add_from_words(measures: list[ReadMeasure], said: Sequence[ReadMeasure], *, is_note: bool) -> list[Doubt]:
    """Add what the words of a row say to what its columns say (in place); returns doubts about the row.

    Where the columns say nothing, the words are the claim. What both say is taken once. What only the words say is
    added with a doubt, from a remark (`is_note`) not at all; where they differ, the columns stand and a doubt says so.
    """
    if not measures:
        measures += said
        return []
    doubts = []
    for figure in said:
        same = [measure for measure in measures if measure.indicator == figure.indicator]
        if any(measure.value == figure.value for measure in same):
            continue
        if not same and not is_note and figure.part_of is None:
            doubt = Doubt(
                "said_in_words",
                gettext_noop("“%(text)s” stands in the words of this row and in no column of numbers."),
                {"text": figure.surface},
                blocks=False,
            )
            measures.append(replace(figure, doubts=(*figure.doubts, doubt)))
            continue
        doubts.append(
            Doubt(
                "words_and_numbers_differ",
                gettext_noop("The words of this row say “%(text)s”, which its columns of numbers do not."),
                {"text": figure.surface},
                blocks=False,
            )
        )
    return doubts
