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
        self.county = county
        near = county.leg_s.astype(np.float64)
        np.fill_diagonal(near, -1)
        self.size = min(LARGEST_SET, county.n)
        self.by_nearness: Numbers = np.argsort(near, axis=1, kind="stable")[:, : self.size]
        self.weighed = min(LARGEST_WEIGHED, county.n)
        self.near_needs = days_needed(county, self.by_nearness[:, : self.weighed])

    def broken(self, legs: Floats, yard: Floats) -> list[Cut]:
        """Return the most broken cuts, at most CUTS_A_TURN; empty where none was found.

        `legs` (n, n, symmetric) and `yard` (n) say how often each leg is driven in the mix.
        """
        grown = self._grown(legs, legs)
        around = self._grown(legs, legs[:YARD_SEEDS] + yard[None, :])
        found: _Found = []
        for limit in self.county.limits:
            for orders in (grown, self.by_nearness):
                found += self._hours(orders, legs, yard, limit, around_yard=False)
            found += self._hours(around, legs, yard, limit, around_yard=True)
        small = grown[:, : self.weighed]
        found += self._crossings(small, days_needed(self.county, small), legs, yard)
        found += self._crossings(self.by_nearness[:, : self.weighed], self.near_needs, legs, yard)
        found.sort(key=lambda one: -one[0])
        return _unlike([cut for _, cut in found])

    def _grown(self, legs: Floats, score: Floats) -> Numbers:
        """Return an order for each row of `score`: from the row's village, the one most bound to those before."""
        rows = np.arange(len(score))
        # Where no leg binds, the nearer village comes first.
        bound = legs - self.county.leg_s * 1e-9
        score = score - self.county.leg_s[: len(score)] * 1e-9
        score[rows, rows] = -np.inf
        order = np.empty((len(score), self.size), dtype=np.int64)
        order[:, 0] = rows
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
        if not around_yard:
            leaving = (spare.sum(axis=1) + yard_spare)[orders].cumsum(axis=1) - _sums(orders, spare)
            slack = leaving - _sums(orders, driven) / 2 - limit.stay_s[orders].cumsum(axis=1)
        else:
            entering = spare.sum(axis=0)[orders].cumsum(axis=1) - _sums(orders, spare)
            straight = yard_spare.sum() - yard_spare[orders].cumsum(axis=1)
            inside = driven.sum() / 2 - driven.sum(axis=1)[orders].cumsum(axis=1) + _sums(orders, driven) / 2
            slack = entering + straight - inside - (limit.stay_s.sum() - limit.stay_s[orders].cumsum(axis=1))
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
    """Return for each order and length the sum of a table over pairs of its first villages, both ways."""
    sums = np.empty(orders.shape)
    for number, order in enumerate(orders):
        sums[number] = np.diagonal(table[np.ix_(order, order)].cumsum(axis=0).cumsum(axis=1))
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
