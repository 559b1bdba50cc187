"""Lines as an iCalendar stream (RFC 5545, with RFC 7986's name and refresh interval). Plain Python."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vDuration

from safemonth.desk.calendar.rules import Line, in_order

ZONE: Final = "Asia/Shanghai"
REFRESH: Final = timedelta(hours=1)
# A record older than its ledger has no time of its own.
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def feed_of(lines: Iterable[Line], *, name: str, site: str) -> bytes:
    """Return the stream: the same lines give the same bytes, so that who asks again is told that nothing changed.

    A thing without hours lasts whole days, its end the day after its last (RFC 5545, 3.6.1); one that was called off
    stays, cancelled, so that it goes from calendars that hold it. `site` is the address before each line's own.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Safemonth//Safemonth//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_zone())
    for line in in_order(lines):
        calendar.add_component(_event(line, site=site))
    return bytes(calendar.to_ical())


# A cell of a sheet may hold breaks and other control characters, which a content line must not (RFC 5545, 3.1).
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _lines(text: str) -> str:
    return "\n".join(_one_line(line) for line in text.splitlines()).strip()


@cache
def _zone() -> Timezone:
    """The zone with its past summer times. Worked out once: that takes longer than a month of events."""
    return Timezone.from_tzid(ZONE)


def _event(line: Line, *, site: str) -> Event:
    event = Event()
    stamp = (line.changed_at or LONG_AGO).astimezone(UTC).replace(microsecond=0)
    event.add("uid", line.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", line.sequence)
    if line.starts_at:
        event.add("dtstart", line.starts_at.astimezone(ZoneInfo(ZONE)))
        # Without an end it ends when it starts (RFC 5545, 3.6.1): better than one that nobody has said.
        if line.ends_at:
            event.add("dtend", line.ends_at.astimezone(ZoneInfo(ZONE)))
    else:
        event.add("dtstart", line.from_on)
        event.add("dtend", line.to_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("summary", _one_line(line.title))
    event.add("categories", [line.kind.upper()])
    event.add("status", "CANCELLED" if line.is_off else "CONFIRMED")
    for field, text in (("location", _one_line(line.place)), ("description", _lines(line.note))):
        if text:
            event.add(field, text)
    if line.address:
        event.add("url", site + line.address)
    return event
