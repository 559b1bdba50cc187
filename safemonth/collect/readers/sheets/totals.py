"""Total rows are never units; they are held against what they total."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from safemonth.collect.readers.reading import Doubt, Locator, ReadMeasure
from safemonth.lib.refusals import gettext_noop

Value = int | Decimal


@dataclass(frozen=True)
class TotalRow:
    """A total as printed: where it stands, its label, its values by column."""

    row: int
    label: str
    values: Mapping[int, Value]
    locator: Locator


def total_doubts(totals: Sequence[TotalRow], bodies: Sequence[tuple[int, Mapping[int, Value]]]) -> list[Doubt]:
    """Return a doubt for each printed total that is the sum of nothing it could be the sum of.

    `bodies` are (row, values by column) of the rows that are no totals. A total may be of all rows, of those since
    the total before it (a subtotal), or of those down to the next one (a total that stands above).
    """
    doubts = []
    edges = [-1, *(total.row for total in totals), 1 << 30]
    for position, total in enumerate(totals, start=1):
        for column, printed in total.values.items():
            spans = (
                (edges[0], edges[-1]),
                (edges[position - 1], total.row),
                (total.row, edges[position + 1]),
                (-1, total.row),
            )
            sums = [
                sum((v[column] for row, v in bodies if low < row < high and column in v), Decimal(0))
                for low, high in spans
            ]
            if any(column in values for _, values in bodies) and printed not in sums:
                doubts.append(
                    Doubt(
                        "total_differs",
                        gettext_noop("%(place)s: the printed total %(printed)s is not the sum of its rows (%(sum)s)."),
                        {
                            "place": f"{total.locator.sheet}!{total.locator.row} {total.label}",
                            "printed": str(printed),
                            "sum": str(sums[0]),
                        },
                        blocks=False,
                    )
                )
    return doubts


def is_rectification_rate(heading: str) -> bool:
    """Return whether a heading or label is the share of hazards that were put right."""
    return "整改率" in heading or "rectification rate" in heading.casefold()


def ratio_doubts(printed_rate: str, measures: Sequence[ReadMeasure]) -> list[Doubt]:
    """Return a doubt where a printed rate is not hazards put right of hazards found, to the last digit printed."""
    values = {measure.indicator: measure.value for measure in measures if measure.value is not None}
    found, done = values.get("hazards_found"), values.get("hazards_rectified")
    if not found or done is None:
        return []
    text = printed_rate.replace("％", "%")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", text)
    if not match:
        return []
    printed = Decimal(match[1])
    share = printed if match[2] or printed > 1 else printed * 100
    if abs(share - 100 * Decimal(done) / Decimal(found)) <= Decimal("0.6"):
        return []
    return [
        Doubt(
            "ratio_differs",
            gettext_noop("The rate %(rate)s is not %(done)s of %(found)s."),
            {"rate": text, "done": str(done), "found": str(found)},
        )
    ]


def part_doubts(part: ReadMeasure, whole: ReadMeasure) -> list[Doubt]:
    """Return a doubt where a part is larger than its whole."""
    if part.value is None or whole.value is None or part.value <= whole.value:
        return []
    return [
        Doubt(
            "part_exceeds_whole",
            gettext_noop("%(part)s is part of %(whole)s and larger than it."),
            {"part": str(part.value), "whole": str(whole.value)},
        )
    ]
