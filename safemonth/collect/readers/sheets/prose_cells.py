"""Cells that hold a sentence: read by the prose reader, each figure with its span in the cell."""

from dataclasses import replace

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.reading import Locator, ReadMeasure


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
