"""A cell under a heading becomes a measure, with every doubt about it."""

import re

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Basis, Doubt, Locator, ReadMeasure
from safemonth.collect.readers.sheets.cells import CellReading, basis_for, basis_of_word, judged, scaled
from safemonth.collect.readers.sheets.context import Context
from safemonth.collect.readers.sheets.headings import Heading, may_be_counted_in
from safemonth.lib.refusals import gettext_noop


def measure_of(
    found: CellReading, heading: Heading, *, at: Locator, surface: str, known: Known, context: Context
) -> ReadMeasure:
    """Return the measure that a cell claims under a heading, with every doubt about it."""
    indicator = heading.meaning if heading.meaning in known.indicators else None
    usual = known.indicators[indicator].measure_words if indicator else ()
    cell_word = found.unit_word
    scale = scale_of(heading, context, known=known) if not cell_word else heading.scale
    found = scaled(found, scale)
    basis = basis_for(found.unit_word, heading.measure_word, usual)
    doubts = [*judged(found, basis), *_word_doubts(found, heading, basis=basis, usual=usual)]
    if scale != heading.scale:
        doubts.append(
            Doubt(
                "scale_of_sheet",
                gettext_noop("The sheet says that it counts in units of %(scale)s; the number was multiplied."),
                {"scale": scale},
                blocks=False,
            )
        )
    if indicator is None:
        doubts.append(
            Doubt(
                "unknown_heading",
                gettext_noop("What “%(heading)s” counts is not known yet."),
                {"heading": heading.text},
            )
        )
    return ReadMeasure(
        indicator=indicator,
        heading=heading.text,
        value=found.value,
        qualifier=found.qualifier,
        unit_word=found.unit_word or heading.measure_word,
        basis=basis,
        surface=surface,
        locator=at,
        period_kind="to_date" if heading.is_to_date or context.is_to_date else "period",
        doubts=tuple(doubts),
    )


def scale_of(heading: Heading, context: Context, *, known: Known) -> int:
    """Return what a number under a heading is multiplied by: the heading's own scale, else the sheet's (单位：万份).

    The sheet's scale is for headings without a measure word of their own, or with the same one.
    """
    usual = known.indicators[heading.meaning].measure_words if heading.meaning in known.indicators else ()
    if heading.scale > 1 or context.scale == 1 or heading.measure_word not in ("", context.scale_word):
        return heading.scale
    return context.scale if may_be_counted_in(context.scale_word, usual) else 1


def _word_doubts(found: CellReading, heading: Heading, *, basis: Basis, usual: tuple[str, ...]) -> list[Doubt]:
    """Doubts about what is counted in: a cell in other words than its heading, money without its unit."""
    if found.value is None:
        return []
    if found.unit_word and (
        not may_be_counted_in(found.unit_word, usual)
        or (
            heading.measure_word
            and basis_of_word(heading.measure_word) != basis
            and "people" in (basis, basis_of_word(heading.measure_word))
        )
    ):
        return [
            Doubt(
                "other_measure_word",
                gettext_noop("The cell counts in “%(word)s”, and its heading “%(heading)s” in something else."),
                {"word": found.unit_word, "heading": heading.text},
            )
        ]
    if basis != "yuan" or not found.value:
        return []
    if not (found.unit_word or heading.measure_word or re.search("元|yuan|rmb|cny", heading.text, re.IGNORECASE)):
        return [
            Doubt(
                "money_unit_not_said",
                gettext_noop("“%(heading)s” does not say whether it is in yuan or in 10,000 yuan; yuan was taken."),
                {"heading": heading.text},
                blocks=False,
            )
        ]
    return []
