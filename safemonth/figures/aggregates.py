"""How values come together in many cells at once: sum, distinct, max, latest (docs/figures/README.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from safemonth.figures.columns import NONE, QUALIFIERS, Flags, Integers


def intervals_of(value: Integers, qualifier: Integers) -> tuple[Integers, Integers, Flags]:
    """Return lower ends, upper ends and which lower ends are open, as `lib.intervals.interval_of` does one by one.

    `value` is >= 0; `qualifier` holds positions in QUALIFIERS.
    """
    step = np.ones_like(value)
    rest = value.copy()
    while (round_ := (rest != 0) & (rest % 10 == 0)).any():
        rest[round_] //= 10
        step[round_] *= 10
    more, nearly, about = (qualifier == QUALIFIERS.index(name) for name in ("more_than", "nearly", "about"))
    half_step = (step + 1) // 2
    lower = np.where(nearly, np.maximum(value - step, value // 2), value)
    lower = np.where(about, np.maximum(value - half_step, 0), lower)
    upper = value + np.where(more, step, 0) + np.where(about, half_step, 0)
    return lower, upper, more


@dataclass(frozen=True)
class Claims:
    """Claims and the cell that each goes to, as arrays of one length; where not `is_sure` only the upper end counts."""

    cell: Integers
    named: Integers
    value: Integers
    lower: Integers
    upper: Integers
    is_open: Flags
    is_sure: Flags

    def where(self, mask: Flags) -> Self:
        """Return the claims for which `mask` is true."""
        return type(self)(*(getattr(self, field.name)[mask] for field in fields(self)))


@dataclass(frozen=True)
class Ends:
    """Value, lower end and upper end of each cell; filled in place by the aggregates, each in its own cells."""

    value: Integers
    lower: Integers
    upper: Integers
    lower_is_open: Flags

    @classmethod
    def zeros(cls, cells: int) -> Self:
        """Return ends of nought for so many cells."""
        value, lower, upper = (np.zeros(cells, dtype=np.int64) for _ in range(3))
        return cls(value, lower, upper, np.zeros(cells, dtype=np.bool_))


def add_up(claims: Claims, ends: Ends) -> None:
    """Add the claims of each cell; the lower end is open where one of them is."""
    sure = claims.where(claims.is_sure)
    np.add.at(ends.value, sure.cell, sure.value)
    np.add.at(ends.lower, sure.cell, sure.lower)
    np.add.at(ends.upper, claims.cell, claims.upper)
    ends.lower_is_open[sure.cell[sure.is_open]] = True


def take_largest(claims: Claims, ends: Ends) -> None:
    """Take the largest claim of each cell; the lower end is open where a claim that reaches it is."""
    sure = claims.where(claims.is_sure)
    np.maximum.at(ends.value, sure.cell, sure.value)
    np.maximum.at(ends.lower, sure.cell, sure.lower)
    np.maximum.at(ends.upper, claims.cell, claims.upper)
    ends.lower_is_open[sure.cell[sure.is_open & (sure.lower == ends.lower[sure.cell])]] = True


def count_distinct(claims: Claims, ends: Ends) -> None:
    """Count each named thing once; of unnamed counts the largest is certain and the sum is the upper end.

    Value and lower end are the larger of the named number and the largest unnamed count; the upper end adds the
    named number and all unnamed counts.
    """
    if not len(claims.cell):
        return
    is_named = claims.named != NONE
    named, largest, total = (Ends.zeros(len(ends.value)) for _ in range(3))
    add_up(_each_name_once(claims.where(is_named)), named)
    unnamed = claims.where(~is_named)
    take_largest(unnamed, largest)
    add_up(unnamed, total)
    cells = np.unique(claims.cell)
    ends.value[cells] = np.maximum(named.value, largest.value)[cells]
    ends.lower[cells] = np.maximum(named.lower, largest.lower)[cells]
    ends.upper[cells] = (named.upper + total.upper)[cells]
    # The total is at least both, so it is strictly more where the larger one is open, or either of equals.
    ends.lower_is_open[cells] = (
        (named.lower_is_open & (named.lower >= largest.lower))
        | (largest.lower_is_open & (largest.lower >= named.lower))
    )[cells]


def add_up_places(claims: Claims, ends: Ends) -> None:
    """Add the claims of each cell as `add_up`, a named thing once: a workplace inspected twice is one place.

    Of the claims of one name the largest counts (its ends as `take_largest`). Without names the same as `add_up`.
    """
    is_named = claims.named != NONE
    add_up(claims.where(~is_named), ends)
    add_up(_each_name_once(claims.where(is_named)), ends)


def _each_name_once(names: Claims) -> Claims:
    """Return one claim for each cell and name: the largest of theirs."""
    pair, place = np.unique(names.cell * (names.named.max(initial=0) + 1) + names.named, return_inverse=True)
    one_each = Ends.zeros(len(pair))
    cell_of_pair = np.zeros(len(pair), dtype=np.int64)
    cell_of_pair[place] = names.cell
    take_largest(
        Claims(place, names.named, names.value, names.lower, names.upper, names.is_open, names.is_sure), one_each
    )
    every = np.ones(len(pair), dtype=np.bool_)
    return Claims(cell_of_pair, pair, one_each.value, one_each.lower, one_each.upper, one_each.lower_is_open, every)


def aggregate_of(aggregation: str, basis: str) -> str:
    """Return the key of AGGREGATES by which an indicator comes together in a basis: places that are added are each once."""
    return "sum_of_places" if aggregation == "sum" and basis == "places" else aggregation


AGGREGATES: Mapping[str, Callable[[Claims, Ends], None]] = {
    "sum": add_up,
    "sum_of_places": add_up_places,
    "latest": add_up,  # Earlier values were set aside in counting.
    "max": take_largest,
    "distinct": count_distinct,
}
