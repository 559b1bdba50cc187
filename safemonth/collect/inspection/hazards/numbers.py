"""What hazards add up to: how many put right and how soon, and the table that is sent upward. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from safemonth.lib.refusals import gettext_noop


@dataclass(frozen=True)
class HazardFacts:
    """One hazard as it is counted; who is said to be the same as another is not among those counted.

    `is_planned`: a deadline was ordered. `settled` are those of the five that are (names of `states.FIVE`),
    `money_yuan` >= 0.
    """

    trade: str
    grade: str
    is_closed: bool
    found_on: date | None = None
    closed_on: date | None = None
    is_planned: bool = False
    settled: frozenset[str] = frozenset()
    money_yuan: Decimal = Decimal(0)


@dataclass(frozen=True)
class Closure:
    """How soon hazards were closed: days from finding to recheck (0: the same day) of `count` that were.

    `median_days` and `nine_in_ten_days` are the smallest number of days within which half, or nine in ten, were closed;
    None where none was. `still_open` are not among them: with many open, the days of the closed ones look short.
    """

    count: int
    still_open: int
    median_days: int | None
    nine_in_ten_days: int | None
    longest_days: int | None


def put_right_rate(found: int, put_right: int) -> float | None:
    """Return the share (0 to 1) of what was found that was put right; None of nothing."""
    return put_right / found if found else None


def time_to_closure_days(hazards: Iterable[HazardFacts]) -> list[int]:
    """Return, of each that is closed, the days from finding to closing, lowest first; clocks that run back count as 0."""
    return sorted(
        max(0, (each.closed_on - each.found_on).days)
        for each in hazards
        if each.is_closed and each.closed_on and each.found_on
    )


def closure_of(hazards: Sequence[HazardFacts]) -> Closure:
    """Return how soon hazards were closed, by nearest rank: no days are made up between two that were."""
    days = time_to_closure_days(hazards)
    return Closure(
        count=len(days),
        still_open=sum(not each.is_closed for each in hazards),
        median_days=_within(days, 50),
        nine_in_ten_days=_within(days, 90),
        longest_days=days[-1] if days else None,
    )


def _within(days: Sequence[int], per_cent: int) -> int | None:
    # The smallest rank that covers the share: ceil(n * p / 100), counted from 1.
    return days[-(-len(days) * per_cent // 100) - 1] if days else None


@dataclass(frozen=True)
class UpwardRow:
    """One trade's line of the hazard table sent upward, cumulative since January; numbers are counts, `funds_yuan` money.

    The five (`aims` to `contingency`) count major hazards in plan for which each is settled.
    """

    trade: str
    units_searched: int = 0
    ordinary_found: int = 0
    ordinary_closed: int = 0
    major_found: int = 0
    major_closed: int = 0
    in_plan: int = 0
    aims: int = 0
    money: int = 0
    people: int = 0
    time: int = 0
    contingency: int = 0
    funds_yuan: Decimal = Decimal(0)

    @property
    def ordinary_rate(self) -> float | None:
        """The share of ordinary ones put right, None of nothing."""
        return put_right_rate(self.ordinary_found, self.ordinary_closed)

    @property
    def major_rate(self) -> float | None:
        """The share of major ones put right and closed, None of nothing."""
        return put_right_rate(self.major_found, self.major_closed)


# Column of the table -> which of the five it asks for.
FIVE_COLUMNS: Final = {
    "aims": "measure",
    "money": "money_yuan",
    "people": "responsible_post",
    "time": "deadline_on",
    "contingency": "emergency_plan",
}


def upward_table(hazards: Iterable[HazardFacts], *, searched: dict[str, int], trades: Sequence[str]) -> list[UpwardRow]:
    """Return a line for each trade, in their order; `searched` is how many workplaces of each were inspected."""
    of: dict[str, list[HazardFacts]] = {trade: [] for trade in trades}
    for each in hazards:
        of.setdefault(each.trade, []).append(each)
    return [_row(trade, rows, searched.get(trade, 0)) for trade, rows in of.items()]


def _row(trade: str, rows: list[HazardFacts], searched: int) -> UpwardRow:
    ordinary = [each for each in rows if each.grade != "major"]
    major = [each for each in rows if each.grade == "major"]
    planned = [each for each in major if each.is_planned and not each.is_closed]
    return UpwardRow(
        trade=trade,
        units_searched=searched,
        ordinary_found=len(ordinary),
        ordinary_closed=sum(each.is_closed for each in ordinary),
        major_found=len(major),
        major_closed=sum(each.is_closed for each in major),
        in_plan=len(planned),
        funds_yuan=sum((each.money_yuan for each in planned), Decimal(0)),
        **{column: sum(name in each.settled for each in planned) for column, name in FIVE_COLUMNS.items()},
    )


def total_row(rows: Iterable[UpwardRow]) -> UpwardRow:
    """Return the sum of lines, under the trade `total`."""
    rows = list(rows)
    names = [each.name for each in fields(UpwardRow) if each.name not in ("trade", "funds_yuan")]
    return UpwardRow(
        trade="total",
        funds_yuan=sum((row.funds_yuan for row in rows), Decimal(0)),
        **{name: sum(getattr(row, name) for row in rows) for name in names},
    )


def broken_rules(row: UpwardRow) -> list[str]:
    """Return the sentences of the rules printed on the table that a line breaks; none of a line that may be sent."""
    sentences = []
    if row.ordinary_closed > row.ordinary_found or row.major_closed > row.major_found:
        sentences.append(gettext_noop("More is put right than was found."))
    if row.in_plan > row.major_found - row.major_closed:
        sentences.append(gettext_noop("More is in plan than major hazards are left open."))
    if any(getattr(row, column) > row.in_plan for column in FIVE_COLUMNS):
        sentences.append(gettext_noop("One of the five is settled for more than are in plan."))
    return sentences


def below_before(row: UpwardRow, before: UpwardRow) -> bool:
    """Return whether a cumulative number has fallen since the table before, which it cannot."""
    return any(
        getattr(row, name) < getattr(before, name) for name in ("units_searched", "ordinary_found", "major_found")
    )
