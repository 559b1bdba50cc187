"""What other weights would make of the ranks: how far a unit moves, and the smallest change that moves it.

Plain Python with numpy: no Django, no database, no clock. docs/figures/scores.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safemonth.appraisal.scoring.rules import Line
from safemonth.appraisal.sheets.rules import Item

Floats = NDArray[np.float64]
# Changes of one weight that are tried, in per cent of itself, the smallest first.
STEPS: Final = (5, 10, 15, 20, 25, 30, 40, 50)
# Within which change the highest and lowest rank are said.
WITHIN: Final = 20
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Stability:
    """A unit's rank by what is known, the highest and lowest that it has as any one weight changes by up to WITHIN per cent,
    and the smallest change tried that moves it: the item, the change in per cent of its weight and the rank then (empty
    and None: none of those tried moves it).
    """

    rank: int
    highest: int
    lowest: int
    item: str = ""
    change_percent: int | None = None
    rank_then: int | None = None


def stability(items: Sequence[Item], lines: Mapping[str, Sequence[Line]]) -> dict[str, Stability]:
    """Return each unit's stability; `lines` run along `items`. Empty gives empty.

    One weight at a time is changed and all are brought back to 100 together; what is left out shares its weight as in
    `weighing.points_of`. Points are those supported by what is known (the lower bounds). 80 units with ten items take
    well under a second.
    """
    codes = list(lines)
    if not codes:
        return {}
    low = np.array([[float(line.low) for line in lines[code]] for code in codes])
    left_out = np.array([[line.is_left_out for line in lines[code]] for code in codes])
    is_volume = np.array([item.group == "volume" for item in items])
    weights = np.array([float(item.weight) for item in items])
    base = _ranks(low, left_out, is_volume, weights)
    highest, lowest = base.copy(), base.copy()
    moved: list[tuple[str, int, int] | None] = [None] * len(codes)
    for step in STEPS:
        for at, item in enumerate(items):
            for change in (step, -step):
                changed = weights.copy()
                changed[at] *= 1 + change / 100
                ranks = _ranks(low, left_out, is_volume, changed)
                if step <= WITHIN:
                    highest, lowest = np.minimum(highest, ranks), np.maximum(lowest, ranks)
                for unit in np.flatnonzero(ranks != base):
                    if moved[unit] is None:
                        moved[unit] = (item.code, change, int(ranks[unit]))
    return {
        code: Stability(int(base[at]), int(highest[at]), int(lowest[at]), *(moved[at] or ("", None, None)))
        for at, code in enumerate(codes)
    }


def _ranks(low: Floats, left_out: NDArray[np.bool_], is_volume: NDArray[np.bool_], weights: Floats) -> NDArray[Any]:
    """Competition ranks (1 is best) by points in hundredths; a unit of which nothing is scored has 0 points."""
    in_force = np.where(left_out, 0.0, weights * 100 / weights.sum())
    taking = np.where(is_volume, 0.0, in_force).sum(axis=1)
    lost = 100 - in_force.sum(axis=1)
    factor = 1 + np.divide(lost, taking, out=np.zeros_like(lost), where=taking > 0)
    grown = np.where(is_volume, in_force, in_force * factor[:, None])
    points = np.floor((grown * low).sum(axis=1) * 100 + 0.5 + _TINY)
    points[taking <= 0] = 0
    return 1 + (points[None, :] > points[:, None]).sum(axis=1)
