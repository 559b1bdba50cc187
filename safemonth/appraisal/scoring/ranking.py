"""Ranks with ties, what the unknown could make of them, and how many points would move a unit. Plain Python."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Standing:
    """Where a unit stands: `best` to `worst` rank over all that is unknown, of all units given.

    `tied_with` is how many others have the same points where both are known. `to_rise` is how many points more would pass
    the nearest unit that is above for certain (None: nobody is), `to_fall` how many fewer would let the nearest below pass.
    """

    low: Decimal
    high: Decimal
    best: int
    worst: int
    tied_with: int
    to_rise: Decimal | None
    to_fall: Decimal | None

    @property
    def rank(self) -> int | None:
        """The rank, None where the unknown could change it."""
        return self.best if self.best == self.worst else None


# The least difference that points can have.
STEP = Decimal("0.01")


def standings(points: Mapping[str, tuple[Decimal, Decimal]]) -> dict[str, Standing]:
    """Return each unit's standing from its points (low, high), the best points first.

    Competition ranking: equal points share a rank and the next one is skipped (1, 1, 3). A unit's best rank is that with
    its own points at their highest and all others' at their lowest, its worst the other way round. Units of equal points
    come in the order given. 80 units take about a millisecond.
    """
    lows = sorted(low for low, _ in points.values())
    highs = sorted(high for _, high in points.values())
    known: dict[Decimal, int] = {}
    for low, high in points.values():
        if low == high:
            known[low] = known.get(low, 0) + 1
    count = len(points)
    found = {}
    for code, (low, high) in points.items():
        above = bisect_right(lows, high)
        below = bisect_left(highs, low)
        # The unit itself is in `highs` and is above its own low where something is unknown.
        others_above_low = count - bisect_right(highs, low) - (1 if high > low else 0)
        found[code] = Standing(
            low=low,
            high=high,
            best=1 + count - above,
            worst=1 + others_above_low,
            tied_with=known.get(low, 1) - 1 if low == high else 0,
            to_rise=lows[above] - high + STEP if above < count else None,
            to_fall=low - highs[below - 1] + STEP if below else None,
        )
    return dict(sorted(found.items(), key=lambda each: (-each[1].low, -each[1].high)))
