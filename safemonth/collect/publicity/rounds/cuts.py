"""Inequalities that every plan keeps: what they say, and their form in the linear programme."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safemonth.collect.publicity.rounds.problem import Seconds

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limit:
    """What a vehicle's day can hold: `length_s` seconds of what is counted, of which each village takes `stay_s` (n)."""

    name: str
    length_s: int
    stay_s: Seconds

    def beyond(self, county: "County") -> Seconds:
        """Return what is stayed and driven at least from the arrival in each village to the yard."""
        return county.yard_s + self.stay_s


@dataclass(frozen=True)
class County:
    """What the bound keeps of a problem: n villages and one yard, the same both ways, shortest paths throughout.

    `leg_s` (n, n) between villages, `yard_s` (n) to the nearest yard, none longer than in the problem. `limits` are
    the hours of a day (stays count) and the time at the wheel (they don't), each the longest of any vehicle's.
    """

    leg_s: Seconds
    yard_s: Seconds
    limits: tuple[Limit, ...]

    @property
    def n(self) -> int:
        """How many villages."""
        return len(self.yard_s)


@dataclass(frozen=True)
class Cut:
    """One inequality about a set of villages; the sum of coefficients over the legs driven is at least `least`.

    With a `limit`: what is stayed and driven in the set, and from it to the yard, fits into the days of those who come
    there. A vehicle that crosses the set's border 2m times stays and drives within it. Beyond its first and its last
    crossing it drives at least the leg, stays in the village that this leads to (another one each time, since each is
    visited once), and drives from there to the yard. Each further pair of crossings is allowed a day more, and is
    charged at most that. So over all vehicles, stays + driving inside + the sum over crossings of
    min(leg + stay + way, half a day) is at most half a day for each crossing. (Stated in half days.)

    Without: the legs into the set or out of it are at least twice the `vehicle_days` that it needs.
    """

    members: Flags
    limit: Limit | None = None
    vehicle_days: int = 0

    def on_legs(self, county: County, i: Numbers, j: Numbers) -> Floats:
        """Return the coefficients of the legs between villages i and j (arrays that broadcast)."""
        starts, ends = self.members[i], self.members[j]
        if self.limit is None:
            return (starts ^ ends).astype(np.float64)
        half = self.limit.length_s / 2
        leg, beyond = county.leg_s[i, j], self.limit.beyond(county)
        out_of_j = np.where(starts, half - np.minimum(leg + beyond[j], half), 0.0)
        out_of_i = np.where(ends, half - np.minimum(leg + beyond[i], half), 0.0)
        return np.where(starts & ends, -leg, np.where(starts ^ ends, out_of_j + out_of_i, 0.0)) / half

    def on_yard(self, county: County) -> Floats:
        """Return the coefficients of the legs between the yard and each village."""
        if self.limit is None:
            return self.members.astype(np.float64)
        half = self.limit.length_s / 2
        return np.where(self.members, half - np.minimum(county.yard_s, half), 0.0) / half

    @property
    def least(self) -> float:
        """The right-hand side."""
        if self.limit is None:
            return 2.0 * self.vehicle_days
        return float(self.limit.stay_s[self.members].sum()) / (self.limit.length_s / 2)


def days_needed(county: County, orders: Numbers) -> Numbers:
    """Return for each order (row) and length how many vehicle-days its first villages need at least.

    k days stay and drive no less than: all stays; a shortest tree over the villages less its k - 1 longest legs (k
    paths are a forest of k trees); and the k shortest ways to the yard, there and back. The first k for which that
    fits into k days is the answer.
    """
    count, size = orders.shape
    between = county.leg_s[orders[:, :, None], orders[:, None, :]].astype(np.float64)
    ways = county.yard_s[orders].astype(np.float64)
    stays = [(limit.length_s, limit.stay_s[orders].cumsum(axis=1)) for limit in county.limits]
    needs = np.ones((count, size), dtype=np.int64)
    for length in range(1, size + 1):
        legs = _trees_less_longest(between[:, :length, :length])
        shortest_ways = np.sort(ways[:, :length], axis=1).cumsum(axis=1)
        days = needs[:, max(length - 2, 0)].copy()
        open_rows = np.arange(count)
        while len(open_rows):
            k = days[open_rows]
            drive_s = legs[open_rows, k - 1] + 2 * shortest_ways[open_rows, k - 1]
            fits = np.ones(len(open_rows), dtype=np.bool_)
            for length_s, stay_s in stays:
                fits &= stay_s[open_rows, length - 1] + drive_s <= k * length_s
            open_rows = open_rows[~fits & (k < length)]
            days[open_rows] += 1
        needs[:, length - 1] = days
    return needs


def _trees_less_longest(between: Floats) -> Floats:
    """Return for each table (row) what a shortest tree over it costs without its 0, 1, 2 ... longest legs (Prim 1957)."""
    count, length, _ = between.shape
    rows = np.arange(count)
    reach = between[:, 0, :].copy()
    is_in = np.zeros((count, length), dtype=np.bool_)
    is_in[:, 0] = True
    tree = np.zeros((count, length))
    for step in range(length - 1):
        reach[is_in] = np.inf
        chosen = reach.argmin(axis=1)
        tree[:, step] = reach[rows, chosen]
        is_in[rows, chosen] = True
        reach = np.minimum(reach, between[rows, chosen])
    tree.sort(axis=1)
    # A tree over `length` villages has one leg less; the nought sorts first and stands for no leg at all.
    less: Floats = tree.cumsum(axis=1)[:, ::-1]
    return less
