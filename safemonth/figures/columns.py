"""Measures and units as parallel numpy arrays, so that a county adds up in a blink."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self, get_args

import numpy as np
import numpy.typing as npt

from safemonth.figures.figure import State
from safemonth.lib.intervals import Qualifier
from safemonth.lib.measure_words import Basis

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Codes in the columns are positions in these.
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
BASES: tuple[str, ...] = get_args(Basis)
# From the least borne out to the most; `corrected` ranks with `confirmed` (see `Total.state`).
STATES: tuple[str, ...] = get_args(State)

NONE = -1
UNDATED = 0


@dataclass(frozen=True)
class Columns:
    """Current measures, one position each; all arrays have the same length n (0 is allowed).

    `indicator`, `unit`, `task`, `named` are positions in lists that the caller keeps (-1: none, for task and named);
    `named` is the thing that a count stands for, of which each is counted once under `distinct`.
    `value` is >= 0. `qualifier`, `basis`, `state` are positions in QUALIFIERS, BASES, STATES. `part_of` is the
    position of the measure that this one is a part of (-1: none). `is_duplicate`: its activity was decided to be the
    same event as another. `is_to_date`: a running total. `from_on`, `to_on` are `date.toordinal()`, 0 where unknown.
    """

    measure_id: Integers
    indicator: Integers
    unit: Integers
    value: Integers
    qualifier: Integers
    basis: Integers
    part_of: Integers
    is_duplicate: Flags
    is_to_date: Flags
    from_on: Integers
    to_on: Integers
    task: Integers
    named: Integers
    state: Integers

    def __len__(self) -> int:
        return len(self.measure_id)

    @property
    def key(self) -> Integers:
        """Indicator and basis in one number: only measures of the same key are ever added."""
        return self.indicator * len(BASES) + self.basis


DEFAULTS: Mapping[str, int | bool] = {
    "indicator": 0,
    "unit": 0,
    "qualifier": 0,
    "basis": BASES.index("things"),
    "part_of": NONE,
    "is_duplicate": False,
    "is_to_date": False,
    "from_on": UNDATED,
    "to_on": UNDATED,
    "task": NONE,
    "named": NONE,
    "state": 0,
}


def columns_of(rows: Iterable[Mapping[str, Any]]) -> Columns:
    """Return columns from one mapping a measure, with the names of `Columns`; what is left out has a default.

    `measure_id` and `value` are required (KeyError). `qualifier`, `basis`, `state` may be words. Defaults: an exact,
    claimed, undated count of things for the first indicator and unit, part of nothing.
    """
    listed = [{**DEFAULTS, **row} for row in rows]
    for row in listed:
        for name, words in (("qualifier", QUALIFIERS), ("basis", BASES), ("state", STATES)):
            if isinstance(row[name], str):
                row[name] = words.index(row[name])
    return columns_from_lists({field.name: [row[field.name] for row in listed] for field in fields(Columns)})


def columns_from_lists(lists: Mapping[str, Sequence[Any] | npt.NDArray[Any]]) -> Columns:
    """Return columns from one list or array for each name of `Columns`, all of the same length (else ValueError).

    ValueError also for a negative value, and OverflowError where the values could add up to more than 64 bits hold.
    """
    arrays: dict[str, npt.NDArray[Any]] = {
        field.name: np.asarray(lists[field.name], dtype=np.bool_ if field.name.startswith("is_") else np.int64)
        for field in fields(Columns)
    }
    if len({len(array) for array in arrays.values()}) > 1:
        raise ValueError("columns have different lengths")
    value = arrays["value"]
    if len(value) and value.min() < 0:
        raise ValueError("a count is not negative")
    # Upper ends reach twice the value at most (more than 10: up to 20).
    if float(value.sum(dtype=np.float64)) > np.iinfo(np.int64).max / 4:
        raise OverflowError("the values add up to more than can be counted")
    return Columns(**arrays)


@dataclass(frozen=True)
class Tree:
    """The unit tree: a unit's subtree is an interval, and its ancestors are a row.

    Unit v is in the subtree of u (u itself included) where enter[u] <= enter[v] < leave[u]. `ancestors` has shape
    (units, levels): ancestors[u, d] is the ancestor of u at depth d (u itself at its own depth, -1 below it). `depth`
    counts from 0 at a root.
    """

    enter: Integers
    leave: Integers
    depth: Integers
    ancestors: Integers

    def __len__(self) -> int:
        return len(self.enter)

    @classmethod
    def from_paths(cls, paths: Sequence[str]) -> Self:
        """Return the tree of units whose `paths` are codes from the top down, each followed by a slash ("C/T/V/").

        Positions are those of `paths`. A unit whose parent is not among them hangs under its nearest ancestor that is.
        ValueError where two are the same or one has no slash at its end.
        """
        if len(set(paths)) != len(paths) or not all(path.endswith("/") for path in paths):
            raise ValueError("paths are all different and end with a slash")
        count = len(paths)
        enter, leave, depth = (np.zeros(count, dtype=np.int64) for _ in range(3))
        lines: list[list[int]] = [[] for _ in paths]
        open_units: list[int] = []
        for place, unit in enumerate(sorted(range(count), key=paths.__getitem__)):
            while open_units and not paths[unit].startswith(paths[open_units[-1]]):
                leave[open_units.pop()] = place
            open_units.append(unit)
            enter[unit], depth[unit], lines[unit] = place, len(open_units) - 1, list(open_units)
        for unit in open_units:
            leave[unit] = count
        ancestors = np.full((count, max((len(line) for line in lines), default=1)), NONE, dtype=np.int64)
        for unit, line in enumerate(lines):
            ancestors[unit, : len(line)] = line
        return cls(enter, leave, depth, ancestors)

    def in_subtree(self, root: int, units: Integers) -> Flags:
        """Return for each of `units` whether it is `root` or below it."""
        is_in: Flags = (self.enter[units] >= self.enter[root]) & (self.enter[units] < self.leave[root])
        return is_in

    def shared_depth(self, some: Integers, others: Integers) -> Integers:
        """Return, pair by pair, the depth of the lowest unit that holds both (-1 where none does)."""
        equal = (self.ancestors[some] == self.ancestors[others]) & (self.ancestors[some] != NONE)
        levels: Integers = np.logical_and.accumulate(equal, axis=1).sum(axis=1, dtype=np.int64)
        return levels - 1


@dataclass(frozen=True)
class Selection:
    """What a scope takes in: a unit's subtree (None: all units), one task (None: all), days (both ends included).

    `from_on` and `to_on` are ordinals. A measure is within the days where all its own days are; for a running
    total only its last day is asked.
    """

    unit: int | None = None
    task: int | None = None
    from_on: int | None = None
    to_on: int | None = None
