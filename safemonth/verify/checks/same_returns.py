"""Returns of different units with the very same numbers (docs/figures/checks.md)."""

from collections import defaultdict
from collections.abc import Iterable

from safemonth.lib.intervals import Number
from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.claims import UnitTotal
from safemonth.verify.checks.signal import Signal

LEAST_VALUES = 3
# 12, 35 and 1,250 have 2 + 2 + 3 significant digits; with fewer than 6 small or round numbers agree by chance.
LEAST_DIGITS = 6


def same_returns(totals: Iterable[UnitTotal]) -> list[Signal]:
    """Signal groups of units whose nonzero totals are the same in all indicators; one signal for each group.

    At least 3 values with at least 6 significant digits together (trailing noughts are not significant).
    """
    returns: dict[str, dict[tuple[str, str], UnitTotal]] = defaultdict(dict)
    for total in totals:
        if total.lower:
            returns[total.unit][total.indicator, total.basis] = total
    groups: dict[frozenset[tuple[tuple[str, str], Number]], list[str]] = defaultdict(list)
    for unit, own in returns.items():
        if len(own) >= LEAST_VALUES and sum(significant_digits(total.lower) for total in own.values()) >= LEAST_DIGITS:
            groups[frozenset((counts, total.lower) for counts, total in own.items())].append(unit)
    return [
        Signal(
            "same_returns",
            gettext_noop("%(count)s units sent the same %(values)s numbers."),
            {"count": len(units), "values": len(numbers)},
            tuple(identity for unit in units for total in returns[unit].values() for identity in total.measure_ids),
            unit_codes=tuple(units),
        )
        for numbers, units in groups.items()
        if len(units) > 1
    ]


def significant_digits(value: Number) -> int:
    """Return how many digits of a number are not leading or trailing noughts: 1250 has 3, 200 has 1, 0 has 0."""
    return len(f"{value:f}".replace(".", "").strip("0"))
