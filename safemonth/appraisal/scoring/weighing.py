"""From shares of items to points of a unit: what is left out gives its weight to others. Plain Python.

docs/figures/scores.md gives the rule with a worked example.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from safemonth.appraisal.scoring.rules import Line
from safemonth.appraisal.sheets.rules import Item


@dataclass(frozen=True)
class Weighed:
    """An item's line with the weight that it has for this unit (0 where it is left out) and its points."""

    line: Line
    weight: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Points:
    """A unit's points of 100, in hundredths rounded half up: from `low` to `high`, equal where all is known."""

    low: Decimal
    high: Decimal
    lines: tuple[Weighed, ...]

    @property
    def is_known(self) -> bool:
        """Whether nothing unknown could change the points."""
        return all(each.line.is_left_out or each.line.is_known for each in self.lines)


def points_of(items: Sequence[Item], lines: Sequence[Line]) -> Points | None:
    """Return a unit's points; None where nothing but volume, or nothing at all, could be scored.

    The weight of items that are left out goes to the items in force in proportion to their weights, but never to items
    of volume: what is left out of evidence must not make volume weigh more. `lines` run along `items`. Weights add up to
    the sheet's total, which counts as 100 points.
    """
    total = sum((Fraction(item.weight) for item in items), Fraction(0))
    takers = [item for item, line in zip(items, lines, strict=True) if not line.is_left_out and item.group != "volume"]
    taking = sum((Fraction(item.weight) for item in takers), Fraction(0))
    if not taking:
        return None
    lost = sum(
        (Fraction(item.weight) for item, line in zip(items, lines, strict=True) if line.is_left_out), Fraction(0)
    )
    weighed = []
    for item, line in zip(items, lines, strict=True):
        weight = Fraction(0) if line.is_left_out else Fraction(item.weight) * 100 / total
        if weight and item.group != "volume":
            weight *= 1 + lost / taking
        weighed.append(Weighed(line, weight, weight * line.low, weight * line.high))
    return Points(
        low=rounded(sum((each.low for each in weighed), Fraction(0))),
        high=rounded(sum((each.high for each in weighed), Fraction(0))),
        lines=tuple(weighed),
    )


def rounded(value: Fraction) -> Decimal:
    """Return points in hundredths, halves up."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100
