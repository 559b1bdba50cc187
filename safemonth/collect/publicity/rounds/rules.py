"""Plain decisions about rounds: what has become of a village, and which village a report means."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

State = Literal["reached", "planned", "missed", "unplanned"]


@dataclass(frozen=True)
class Visit:
    """A visit as reported: which village (code), on which day, by which unit (code), from which report."""

    village: str
    day: date
    unit: str
    source: str


def state_of(village: str, *, reached: Collection[str], planned_on: Iterable[date], today: date) -> State:
    """Return what has become of a village.

    Reached: somebody reports a stop there on any day. Else planned: a stop today or later is on the plan; missed: the
    plan's stops there are all past; unplanned: there is none.
    """
    if village in reached:
        return "reached"
    days = list(planned_on)
    if not days:
        return "unplanned"
    return "planned" if max(days) >= today else "missed"


def village_meant(named: Collection[str], *, expected: Collection[str], villages: Collection[str]) -> str | None:
    """Return the village that a report means, None where it can't be told.

    `named` are the units that bear the name written; `expected` the villages on the reporting unit's plan that day. The
    one among the villages; of several, the one that was expected.
    """
    found = [code for code in dict.fromkeys(named) if code in villages]
    if len(found) > 1:
        found = [code for code in found if code in expected]
    return found[0] if len(found) == 1 else None


def stop_is_done(village: str, *, day: date, unit: str, visits: Iterable[Visit]) -> bool:
    """Return whether a stop was made: its unit reports the village on its day."""
    return any((visit.village, visit.day, visit.unit) == (village, day, unit) for visit in visits)


def first_visits(visits: Iterable[Visit]) -> Mapping[str, Visit]:
    """Return the first visit of each village; on one day the unit that comes first by code."""
    first: dict[str, Visit] = {}
    for visit in sorted(visits, key=lambda v: (v.day, v.unit, v.source)):
        first.setdefault(visit.village, visit)
    return first


def seconds_of(clock: time) -> int:
    """Return a time of day as seconds after midnight."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def clock_of(seconds: int) -> str:
    """Return seconds after midnight as 8:05, to the minute begun: a driver told 8:05 is there by then or later.

    Hours run over 24 where a day does.
    """
    minutes = -(-seconds // 60)
    return f"{minutes // 60}:{minutes % 60:02}"
