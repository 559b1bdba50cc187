"""Totals of counted claims: for one scope, or for every unit of the tree at once (docs/figures/)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safemonth.figures.aggregates import AGGREGATES, Claims, Ends, aggregate_of, intervals_of
from safemonth.figures.columns import BASES, NONE, STATES, Columns, Flags, Integers, Selection, Tree
from safemonth.figures.counting import COUNTED, IS_UNDATED, OUT_OF_SCOPE, OVERLAP, Counting, count, settle, whole_of
from safemonth.lib.intervals import Interval

_confirmed = STATES.index("confirmed")


@dataclass(frozen=True)
class Total:
    """What the counted claims of one indicator and basis come to in one scope.

    `value` is the sum, number of distinct things, maximum or sum of the latest; lower <= value <= upper except
    that "nearly" and "about" claims may put `value` anywhere within. `lower`, `upper` are the ends as claimed,
    before anything is said of missing units. `measures` and `units` (both > 0) are how many claims were counted, of how
    many units. `state` is that of the claim least borne out; `corrected` where all are confirmed or corrected, and
    one is corrected.
    """

    value: int
    lower: int
    upper: int
    lower_is_open: bool
    measures: int
    units: int
    state: str

    @property
    def interval(self) -> Interval:
        """The ends as an interval, for `bounds.widen`."""
        return Interval(self.lower, self.upper, self.lower_is_open)


@dataclass(frozen=True)
class Totals:
    """Totals of many scopes: arrays of shape (scopes, keys); a key is an indicator position and a basis.

    Where `measures` is 0 nothing was claimed: the other arrays then mean nothing. `state` holds positions in STATES.
    """

    keys: tuple[tuple[int, str], ...]
    value: Integers
    lower: Integers
    upper: Integers
    lower_is_open: Flags
    measures: Integers
    units: Integers
    state: Integers

    def of(self, scope: int, indicator: int, basis: str) -> Total | None:
        """Return the total of one scope, indicator and basis, or None where nothing was claimed."""
        if (indicator, basis) not in self.keys:
            return None
        return self.at(scope, self.keys.index((indicator, basis)))

    def at(self, scope: int, key: int) -> Total | None:
        """Return the total of one scope and the key at position `key`, or None where nothing was claimed."""
        if not self.measures[scope, key]:
            return None
        return Total(
            value=int(self.value[scope, key]),
            lower=int(self.lower[scope, key]),
            upper=int(self.upper[scope, key]),
            lower_is_open=bool(self.lower_is_open[scope, key]),
            measures=int(self.measures[scope, key]),
            units=int(self.units[scope, key]),
            state=STATES[self.state[scope, key]],
        )


def roll_up(
    columns: Columns,
    tree: Tree,
    selection: Selection,
    *,
    aggregations: Sequence[str],
    counting: Counting | None = None,
) -> dict[tuple[int, str], Total]:
    """Return the totals of one scope by (indicator position, basis); a key is absent where nothing was claimed.

    `aggregations` names how each indicator position comes together: sum, distinct, max or latest. `counting` is what
    `count` gave for the same selection, where the caller has it.
    """
    counting = counting or count(columns, tree, selection, aggregations=aggregations)
    rows = np.flatnonzero(counting.mask | counting.overlaps)
    totals = _total(columns, np.zeros(len(rows), dtype=np.int64), rows, counting.overlaps[rows], 1, aggregations)
    found = ((key, totals.at(0, place)) for place, key in enumerate(totals.keys))
    return {key: total for key, total in found if total is not None}


def roll_up_everywhere(
    columns: Columns, tree: Tree, *, aggregations: Sequence[str], selection: Selection | None = None
) -> Totals:
    """Return the totals of every unit's subtree (scope u is the subtree of unit u) in one go.

    The same numbers as `roll_up` with Selection(unit=u, ...) for each u. `selection` limits task and days; its `unit`
    must be None (ValueError). One hundred thousand measures, 600 units and 59 indicators take less than half a second.
    """
    selection = selection or Selection()
    if selection.unit is not None:
        raise ValueError("every unit is a scope here: select no unit")
    reason = settle(columns, tree, selection, aggregations=aggregations)
    rows = np.flatnonzero((reason == COUNTED) | (reason == OVERLAP))
    barred = _barred_depth(columns, tree, reason)[rows]
    scopes, members = [], []
    for depth in range(tree.ancestors.shape[1]):
        above = tree.ancestors[columns.unit[rows], depth]
        is_in = (above != NONE) & (depth > barred)
        scopes.append(above[is_in])
        members.append(rows[is_in])
    member = np.concatenate(members) if members else rows
    scope = np.concatenate(scopes) if scopes else rows
    return _total(columns, scope, member, reason[member] == OVERLAP, len(tree), aggregations)


def _barred_depth(columns: Columns, tree: Tree, reason: Integers) -> Integers:
    """Return for each measure the depth down to which scopes hold a whole of it (-1: none does).

    A scope holds both a part and its whole where it is at or above the lowest unit that holds both.
    """
    whole = whole_of(columns)
    within = (reason != OUT_OF_SCOPE) & (reason != IS_UNDATED)
    barred = np.full(len(columns), -1, dtype=np.int64)
    rows = np.flatnonzero(whole != NONE)
    above = whole[rows]
    while len(rows):
        depth = np.where(within[above], tree.shared_depth(columns.unit[rows], columns.unit[above]), -1)
        barred[rows] = np.maximum(barred[rows], depth)
        more = whole[above] != NONE
        rows, above = rows[more], whole[above[more]]
    return barred


def _total(
    columns: Columns, scope: Integers, rows: Integers, is_overlap: Flags, scopes: int, aggregations: Sequence[str]
) -> Totals:
    """Return totals of (scope, measure) pairs; overlapping measures only raise the upper end."""
    raw_keys, key = np.unique(columns.key[rows], return_inverse=True)
    keys = tuple((int(raw) // len(BASES), BASES[int(raw) % len(BASES)]) for raw in raw_keys)
    how = np.array([aggregate_of(aggregations[indicator], basis) for indicator, basis in keys], dtype=np.str_)
    lower, upper, is_open = intervals_of(columns.value[rows], columns.qualifier[rows])
    claims = Claims(
        scope * len(keys) + key, columns.named[rows], columns.value[rows], lower, upper, is_open, ~is_overlap
    )
    ends = Ends.zeros(scopes * len(keys))
    for name, bring_together in AGGREGATES.items():
        bring_together(claims.where((how == name)[key]), ends)
    cell, unit = claims.cell[claims.is_sure], columns.unit[rows][claims.is_sure]
    width = int(columns.unit.max(initial=0)) + 1
    arrays = {
        "value": ends.value,
        "lower": ends.lower,
        "upper": ends.upper,
        "measures": np.bincount(cell, minlength=len(ends.value)),
        "units": np.bincount(np.unique(cell * width + unit) // width, minlength=len(ends.value)),
        "state": _weakest(columns.state[rows][claims.is_sure], cell, len(ends.value)),
    }
    shape = (scopes, len(keys))
    return Totals(
        keys=keys,
        lower_is_open=ends.lower_is_open.reshape(shape),
        **{name: array.reshape(shape) for name, array in arrays.items()},
    )


def _weakest(state: Integers, cell: Integers, cells: int) -> Integers:
    weakest = np.full(cells, len(STATES) - 1, dtype=np.int64)
    strongest = np.zeros(cells, dtype=np.int64)
    np.minimum.at(weakest, cell, state)
    np.maximum.at(strongest, cell, state)
    return np.where(weakest >= _confirmed, strongest, weakest)


def main_basis(totals: Mapping[tuple[int, str], Total], indicator: int) -> str | None:
    """Return the basis of an indicator's main figure: of most units, then of most claims, then first in BASES.

    None where nothing was claimed. Bases are never added; the others stand beside the main one.
    """
    found = [
        (total.units, total.measures, -BASES.index(basis), basis)
        for (of, basis), total in totals.items()
        if of == indicator
    ]
    return max(found)[-1] if found else None
