"""What missing units could add, for every unit's scope at once (docs/figures/bounds.md, part 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safemonth.figures.bounds import LEAST_LIKE_UNITS
from safemonth.figures.columns import NONE, Flags, Integers, Tree
from safemonth.figures.rollup import Totals

NO_CAP = -1


@dataclass(frozen=True)
class Additions:
    """What missing units could add: arrays of shape (units, keys) as in `Totals`.

    `added` is the most that the missing units of the scope could add, -1 where that cannot be stated; `upper` is the
    upper end with it, -1 likewise. `missing` is how many units are missing in each scope, of shape (units,).
    """

    added: Integers
    upper: Integers
    missing: Integers


def caps_of(
    totals: Totals, *, kinds: Sequence[str], is_nil: Flags, plan_caps: Mapping[tuple[int, str], int] | None = None
) -> tuple[tuple[str, ...], Integers]:
    """Return the kinds of unit, and the most that a missing unit of each could add, of shape (kinds, keys).

    `kinds` gives each unit's kind, `is_nil` who signed a nil return (a number of 0). `plan_caps` are the plan's caps by
    key (indicator position, basis), which come first. Else the largest upper end among the units of the kind that gave
    a number, where there are at least 3; -1 where there are fewer.
    """
    names, kind = np.unique(np.asarray(kinds, dtype=np.str_), return_inverse=True)
    gave = (totals.measures > 0) | is_nil[:, np.newaxis]
    shape = (len(names), len(totals.keys))
    givers, caps = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(givers, kind, gave)
    np.maximum.at(caps, kind, np.where(totals.measures > 0, totals.upper, 0))
    caps[givers < LEAST_LIKE_UNITS] = NO_CAP
    for place, key in enumerate(totals.keys):
        if plan_caps and key in plan_caps:
            caps[:, place] = plan_caps[key]
    return tuple(names.tolist()), caps


def add_missing(
    totals: Totals,
    tree: Tree,
    *,
    kinds: Sequence[str],
    is_missing: Flags,
    is_nil: Flags,
    aggregations: Sequence[str],
    plan_caps: Mapping[tuple[int, str], int] | None = None,
) -> Additions:
    """Return what the missing units of each scope could add to the totals of `roll_up_everywhere`.

    All sequences have one entry a unit, `aggregations` one an indicator position. The same numbers as
    `bounds.widen` gives scope by scope with the like units of the whole tree.
    """
    names, caps = caps_of(totals, kinds=kinds, is_nil=is_nil, plan_caps=plan_caps)
    kind = np.searchsorted(np.asarray(names, dtype=np.str_), np.asarray(kinds, dtype=np.str_))
    missing = np.zeros((len(tree), len(names)), dtype=np.int64)
    units = np.flatnonzero(is_missing)
    for depth in range(tree.ancestors.shape[1]):
        above = tree.ancestors[units, depth]
        np.add.at(missing, (above[above != NONE], kind[units[above != NONE]]), 1)
    added = missing @ np.maximum(caps, 0)
    has_no_cap = (missing @ (caps == NO_CAP).astype(np.int64)) > 0
    reported_upper = np.where(totals.measures > 0, totals.upper, 0)
    for place, (indicator, _) in enumerate(totals.keys):
        if aggregations[indicator] == "max":
            largest = np.where(missing > 0, caps[:, place], 0).max(axis=1, initial=0)
            added[:, place] = np.maximum(largest - reported_upper[:, place], 0)
    return Additions(
        added=np.where(has_no_cap, NO_CAP, added),
        upper=np.where(has_no_cap, NO_CAP, reported_upper + added),
        missing=missing.sum(axis=1),
    )
