"""Finds inequalities that a mix of plans breaks, among sets of villages grown from every village and from the yard."""

from collections.abc import Iterator, Sequence

import numpy as np

from safemonth.collect.publicity.rounds.cuts import (
    County,
    Cut,
    Flags,
    Floats,
    Limit,
    Numbers,
    days_needed,
)

# Sets are grown up to so many villages; those that need whole days, which take longer to weigh, up to so many.
LARGEST_SET = 90
LARGEST_WEIGHED = 50
# Of a large county so many villages are grown from in a turn.
SEEDS_A_TURN = 160
# Sets around the yard are grown from so many first villages.
YARD_SEEDS = 40
CUTS_A_TURN = 100
# Of two sets that share more than this of all their villages only the more broken is taken: the other says the same.
LIKE = 0.75
LEAST_BREACH = 0.02
_Found = list[tuple[float, Cut]]


class CutSearch:
    """Looks for broken cuts; made once for a county."""

    def __init__(self, county: County) -> None:
        self.county, self.turn = county, 0
        near = county.leg_s.astype(np.float64)
        np.fill_diagonal(near, -1)
        self.size = min(LARGEST_SET, county.n)
        self.by_nearness: Numbers = np.argsort(near, axis=1, kind="stable")[:, : self.size]
        self.weighed = min(LARGEST_WEIGHED, county.n)
        self.near_needs = days_needed(county, self.by_nearness[:, : self.weighed])

    def broken(self, legs: Floats, yard: Floats) -> list[Cut]:
        """Return the most broken cuts, at most CUTS_A_TURN; empty where none was found.

        `legs` (n, n, symmetric) and `yard` (n) say how often each leg is driven in the mix. Of a large county a share
        of the villages is looked at in each turn, and all of them before nothing is said to be found.
        """
        shares = -(-self.county.n // SEEDS_A_TURN)
        for _ in range(shares):
            seeds = np.arange(self.turn % shares, self.county.n, shares)
            self.turn += 1
            found = self._broken_around(seeds, legs, yard)
            if found:
                found.sort(key=lambda one: -one[0])
                return _unlike([cut for _, cut in found])
        return []

    def _broken_around(self, seeds: Numbers, legs: Floats, yard: Floats) -> _Found:
        grown, near = self._grown(seeds, legs, legs[seeds]), self.by_nearness[seeds]
        first = seeds[:YARD_SEEDS]
        around = self._grown(first, legs, legs[first] + yard[None, :])
        found: _Found = []
        # Time at the wheel seldom binds: it is looked at where the hours are kept.
        for limit in self.county.limits:
            if not found:
                for orders in (grown, near):
                    found += self._hours(orders, legs, yard, limit, around_yard=False)
                found += self._hours(around, legs, yard, limit, around_yard=True)
        small = grown[:, : self.weighed]
        found += self._crossings(small, days_needed(self.county, small), legs, yard)
        return found + self._crossings(near[:, : self.weighed], self.near_needs[seeds], legs, yard)

    def _grown(self, seeds: Numbers, legs: Floats, score: Floats) -> Numbers:
        """Return an order for each seed: from it on, the village most bound to those before (`score`: to the first)."""
        rows = np.arange(len(seeds))
        # Where no leg binds, the nearer village comes first.
        bound = legs - self.county.leg_s * 1e-9
        score = score - self.county.leg_s[seeds] * 1e-9
        score[rows, seeds] = -np.inf
        order = np.empty((len(seeds), self.size), dtype=np.int64)
        order[:, 0] = seeds
        for place in range(1, self.size):
            chosen = score.argmax(axis=1)
            order[:, place] = chosen
            score += bound[chosen]
            score[rows, chosen] = -np.inf
        return order

    def _hours(self, orders: Numbers, legs: Floats, yard: Floats, limit: Limit, *, around_yard: bool) -> _Found:
        """Find broken hours cuts of the first villages of each order; around the yard, of all other villages."""
        county, half = self.county, limit.length_s / 2
        spare = legs * (half - np.minimum(county.leg_s + limit.beyond(county)[None, :], half))
        yard_spare = yard * (half - np.minimum(county.yard_s, half))
        driven = legs * county.leg_s
        # Leaving less driving inside less stays; of the others, by what is left of the whole.
        within = _sums(orders, spare + driven / 2)
        if not around_yard:
            each = spare.sum(axis=1) + yard_spare - limit.stay_s
            slack = each[orders].cumsum(axis=1) - within
        else:
            each = spare.sum(axis=0) - yard_spare + driven.sum(axis=1) + limit.stay_s
            whole = yard_spare.sum() - driven.sum() / 2 - limit.stay_s.sum()
            slack = whole + each[orders].cumsum(axis=1) - within
        return [
            (worst, Cut(members, limit=limit))
            for worst, members, _ in self._worst(orders, -slack / half, around_yard=around_yard)
        ]

    def _crossings(self, orders: Numbers, needs: Numbers, legs: Floats, yard: Floats) -> _Found:
        crossing = (legs.sum(axis=1) + yard)[orders].cumsum(axis=1) - _sums(orders, legs)
        return [
            (worst, Cut(members, vehicle_days=int(needs[place])))
            for worst, members, place in self._worst(orders, 2 * needs - crossing, around_yard=False)
        ]

    def _worst(
        self, orders: Numbers, breach: Floats, *, around_yard: bool
    ) -> Iterator[tuple[float, Flags, tuple[int, int]]]:
        """Return the most broken set of each order: by how much, its members, and the row and place it ends at."""
        for row, place in enumerate(breach.argmax(axis=1)):
            members = np.full(self.county.n, around_yard)
            members[orders[row, : place + 1]] = not around_yard
            if breach[row, place] > LEAST_BREACH and members.any():
                yield float(breach[row, place]), members, (row, int(place))


def _sums(orders: Numbers, table: Floats) -> Floats:
    """Return for each order and length the sum of a table (nought on its diagonal) over pairs of its first villages."""
    both = table + table.T
    before = np.tri(orders.shape[1], k=-1)
    added = np.array([(both[np.ix_(order, order)] * before).sum(axis=1) for order in orders])
    sums: Floats = added.cumsum(axis=1)
    return sums


def _unlike(cuts: Sequence[Cut]) -> list[Cut]:
    """Return the first cuts that are not like one before them, at most CUTS_A_TURN."""
    taken: dict[str, list[Cut]] = {}
    count = 0
    for cut in cuts:
        same = taken.setdefault(cut.limit.name if cut.limit else "", [])
        if same:
            table = np.array([one.members for one in same])
            # Around the yard nearly all villages are members of every set; those that are not tell them apart.
            if (_shared(table, cut.members) & _shared(~table, ~cut.members)).any():
                continue
        same.append(cut)
        count += 1
        if count >= CUTS_A_TURN:
            break
    return [cut for same in taken.values() for cut in same]


def _shared(table: Flags, members: Flags) -> Flags:
    """Return for each row of sets whether it shares more than LIKE of all their members with a set."""
    both, either = (table & members).sum(axis=1), (table | members).sum(axis=1)
    shared: Flags = both > LIKE * either
    return shared
