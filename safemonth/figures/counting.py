"""Which claims of a scope are counted, and why the others are not (docs/figures/double-counting.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safemonth.figures.columns import BASES, NONE, UNDATED, Columns, Flags, Integers, Selection, Tree

# Codes in `Counting.reason` are positions in this; the first that applies is given.
REASONS = ("counted", "out_of_scope", "undated", "duplicate", "part_of", "running_total", "overlap", "earlier")
COUNTED, OUT_OF_SCOPE, IS_UNDATED, DUPLICATE, PART_OF, RUNNING_TOTAL, OVERLAP, EARLIER = range(len(REASONS))

# A running total without a date is taken to run to the end of the scope.
_end_of_days = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Counting:
    """For each measure a code of REASONS, and `mask`, true where it is counted."""

    reason: Integers

    @property
    def mask(self) -> Flags:
        """True where the measure is counted."""
        mask: Flags = self.reason == COUNTED
        return mask

    @property
    def overlaps(self) -> Flags:
        """True where the measure is only added to the upper bound."""
        overlaps: Flags = self.reason == OVERLAP
        return overlaps


def count(columns: Columns, tree: Tree, selection: Selection, *, aggregations: Sequence[str] = ()) -> Counting:
    """Return which measures are counted in the scope of `selection`, with the reason for each that is not.

    `aggregations` (by indicator position) tells where only each unit's latest value counts; without it none.
    """
    reason = settle(columns, tree, selection, aggregations=aggregations)
    within = (reason != OUT_OF_SCOPE) & (reason != IS_UNDATED)
    whole = whole_of(columns)
    has_whole = (whole != NONE) & within[whole]
    jump = whole
    while (jump != NONE).any():  # Each turn doubles how many wholes above have been asked.
        has_whole |= (jump != NONE) & has_whole[jump]
        jump = np.where(jump == NONE, NONE, jump[jump])
    is_part = has_whole & within & (reason != DUPLICATE)
    return Counting(np.where(is_part, PART_OF, reason))


def settle(columns: Columns, tree: Tree, selection: Selection, *, aggregations: Sequence[str] = ()) -> Integers:
    """Return the reasons of a scope as `count` does, without `part_of` (which alone depends on the unit).

    Running totals, overlaps and earlier values are matters of one unit, so one pass serves all scopes.
    """
    reason = _selected(columns, tree, selection)
    reason[(reason == COUNTED) & columns.is_duplicate] = DUPLICATE
    replaced, overlapping = _replaced(columns, reason == COUNTED)
    reason[overlapping] = OVERLAP
    reason[replaced] = RUNNING_TOTAL
    if "latest" in aggregations:
        reason[_earlier(columns, reason == COUNTED, aggregations)] = EARLIER
    return reason


def _selected(columns: Columns, tree: Tree, selection: Selection) -> Integers:
    reason = np.full(len(columns), COUNTED, dtype=np.int64)
    first = np.where(columns.is_to_date, columns.to_on, columns.from_on)
    first = np.where(first == UNDATED, columns.to_on, first)
    if selection.from_on is not None or selection.to_on is not None:
        reason[columns.to_on == UNDATED] = IS_UNDATED
    dated = columns.to_on != UNDATED
    if selection.from_on is not None:
        reason[dated & (first < selection.from_on)] = OUT_OF_SCOPE
    if selection.to_on is not None:
        reason[dated & (columns.to_on > selection.to_on)] = OUT_OF_SCOPE
    if selection.task is not None:
        reason[columns.task != selection.task] = OUT_OF_SCOPE
    if selection.unit is not None:
        reason[~tree.in_subtree(selection.unit, columns.unit)] = OUT_OF_SCOPE
    return reason


def whole_of(columns: Columns) -> Integers:
    """Return for each measure the nearest one that it is a part of and that has the same indicator and basis.

    -1 where there is none. A ring of parts is cut at its largest value (the first of equals), which then is
    part of nothing; so following `whole_of` always ends.
    """
    parent = _without_rings(columns.part_of, columns.value)
    whole, key = parent.copy(), columns.key
    other = np.flatnonzero((whole != NONE) & (key[whole] != key))
    while len(other):
        whole[other] = parent[whole[other]]
        other = other[(whole[other] != NONE) & (key[whole[other]] != key[other])]
    return whole


def _without_rings(part_of: Integers, value: Integers) -> Integers:
    parent = part_of.copy()
    far = parent
    for _ in range(len(parent).bit_length() + 1):
        far = np.where(far == NONE, NONE, far[far])
        if not (far != NONE).any():
            return parent
    done: set[int] = set()
    for start in np.flatnonzero(far != NONE).tolist():
        path: list[int] = []
        at = start
        while at != NONE and at not in done:
            done.add(at)
            path.append(at)
            at = int(parent[at])
        if at in path:
            ring = path[path.index(at) :]
            parent[min(ring, key=lambda position: (-int(value[position]), position))] = NONE
    return parent


def _replaced(columns: Columns, alive: Flags) -> tuple[Flags, Flags]:
    """Return which alive measures a later running total contains, and which may overlap one."""
    replaced, overlapping = np.zeros(len(columns), dtype=np.bool_), np.zeros(len(columns), dtype=np.bool_)
    totals = np.flatnonzero(alive & columns.is_to_date)
    if not len(totals):
        return replaced, overlapping
    day = np.where(columns.is_to_date & (columns.to_on == UNDATED), _end_of_days, columns.to_on)
    tasks = int(columns.task.max()) + 2
    whose = (columns.unit * (int(columns.key.max()) + 1) + columns.key) * tasks
    group = whose + columns.task + 1
    totals = totals[np.lexsort((totals, day[totals], group[totals]))]
    latest = totals[np.append(group[totals][1:] != group[totals][:-1], True)]
    rows = np.flatnonzero(alive)
    for wanted in (group[rows], whose[rows]):  # the running total of the same task, and the one without a task
        place = np.minimum(np.searchsorted(group[latest], wanted), len(latest) - 1)
        by = latest[place]
        found = (group[by] == wanted) & (by != rows)
        is_total, same_task = columns.is_to_date[rows], columns.task[by] == columns.task[rows]
        row_day, by_day = day[rows], day[by]
        undated = (row_day == UNDATED) & (by_day != _end_of_days)
        inside = np.where(is_total & same_task, True, ~undated & (row_day <= by_day))
        begins_before = is_total | undated | (columns.from_on[rows] <= by_day)
        replaced[rows[found & inside]] = True
        overlapping[rows[found & ~inside & begins_before]] = True
    return replaced, overlapping & ~replaced


def _earlier(columns: Columns, counted: Flags, aggregations: Sequence[str]) -> Integers:
    """Return positions of counted values of `latest` indicators that the same unit replaced by a later one."""
    is_latest = np.array([name == "latest" for name in aggregations], dtype=np.bool_)
    rows = np.flatnonzero(counted & is_latest[columns.indicator])
    group = (columns.unit * (len(is_latest) * len(BASES)) + columns.key) * (columns.named.max(initial=0) + 2)
    group += columns.named + 1
    rows = rows[np.lexsort((rows, columns.to_on[rows], group[rows]))]
    earlier: Integers = rows[:-1][group[rows][1:] == group[rows][:-1]]
    return earlier
