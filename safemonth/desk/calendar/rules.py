"""A line of the calendar, and the weeks of a month. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal

Kind = Literal["due", "event", "meeting", "round", "media", "message", "inspection", "supervision", "done"]


@dataclass(frozen=True)
class Line:
    """One thing on the calendar.

    `uid` names it through all its changes. It lasts from `from_on` to `to_on` (both days in it), or where it has hours
    from `starts_at` to `ends_at` (aware; no end: nobody has said when it ends). `units` are the paths of the units that it
    concerns (none: everyone). `row` is the record (table, key) whose versions it follows, `also` are others that it is
    made of. `is_off`: it was called off, and a calendar is told so.
    """

    uid: str
    kind: Kind
    title: str
    from_on: date
    to_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    note: str = ""
    address: str = ""
    units: tuple[str, ...] = ()
    row: tuple[str, str] = ("", "")
    also: tuple[tuple[str, str], ...] = ()
    is_off: bool = False
    changed_at: datetime | None = None
    sequence: int = 0

    def on(self, day: date) -> bool:
        """Return whether it lasts on that day."""
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True)
class Day:
    """A day of the page: `is_within` the month shown; what begins or goes on, the timed ones last."""

    on: date
    is_within: bool
    lines: tuple[Line, ...] = field(default_factory=tuple)


def weeks_of(month: date, lines: Iterable[Line]) -> list[list[Day]]:
    """Return the weeks (Monday first) that hold the month of a day, each with seven days and what is on them."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    ordered = in_order(lines)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    cells = [Day(day, first <= day <= last, tuple(line for line in ordered if line.on(day))) for day in days]
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


# What must not be folded away on a full day, first.
WEIGHT: Final[tuple[Kind, ...]] = (
    "event",
    "meeting",
    "due",
    "supervision",
    "inspection",
    "media",
    "round",
    "message",
    "done",
)


def by_weight(lines: Iterable[Line], *, on: date) -> list[Line]:
    """Return a day's lines with what matters most first, and of each kind what begins that day before what goes on."""
    return sorted(in_order(lines), key=lambda line: (WEIGHT.index(line.kind), line.from_on < on))


def agenda_of(lines: Iterable[Line], *, from_on: date, to_on: date) -> list[Day]:
    """Return the days between two on which something begins, with it, what matters most first.

    What began before stands on the first day.
    """
    starts: dict[date, list[Line]] = {}
    for line in in_order(lines):
        if line.to_on >= from_on and line.from_on <= to_on:
            starts.setdefault(max(line.from_on, from_on), []).append(line)
    return [Day(day, True, tuple(by_weight(starts[day], on=day))) for day in sorted(starts)]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return lines as a day shows them: by first day, the longest first, then by hour, then by name."""
    return sorted(
        lines,
        key=lambda line: (
            line.from_on,
            -(line.to_on - line.from_on).days,
            line.starts_at.timestamp() if line.starts_at else 0.0,
            line.title,
            line.uid,
        ),
    )


def concerns(line: Line, *, path: str) -> bool:
    """Return whether a line concerns the unit at a path: it names it, one below or one above it, or everyone."""
    return not line.units or any(unit.startswith(path) or path.startswith(unit) for unit in line.units)


def with_history(line: Line, *, changes: int, changed_at: datetime | None) -> Line:
    """Return a line that says how often its record changed (from 1: when it was made) and when last."""
    return replace(line, sequence=max(changes - 1, 0), changed_at=changed_at)
