"""A library of another maker reads the feed as it was meant."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.desk.calendar.feed import feed_of
from safemonth.desk.calendar.rules import Line

# What people type: no control characters, which no form lets through.
TEXTS = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120)
    .map(str.strip)
    .filter(bool)
)
QUICK = settings(max_examples=50, deadline=None)


def events(*lines: Line) -> list[Any]:
    read = vobject.readOne(feed_of(lines, name="月历", site="https://safemonth.example").decode())
    return list(read.vevent_list)


@QUICK
@given(TEXTS, TEXTS)
def test_whatever_is_typed_is_what_is_read(title, place):
    (event,) = events(Line("a", "event", title, date(2019, 6, 10), date(2019, 6, 10), place=place))
    assert (event.summary.value, event.location.value) == (title, place)


@QUICK
@given(st.text(max_size=60))
def test_whatever_a_sheets_cell_holds_the_feed_can_be_read_and_holds_one_event(cell):
    (event,) = events(Line("a", "event", f"{cell}x", date(2019, 6, 10), date(2019, 6, 10), place=cell, note=cell))
    assert event.summary.value.endswith("x")
    assert event.uid.value == "a"


@pytest.mark.parametrize(
    "title", ["甲\r\nEND:VEVENT\r\nBEGIN:VEVENT", "甲\rSTATUS:CANCELLED", "甲\x00\x0b乙", "甲\u2028乙"]
)
def test_a_break_in_a_title_is_a_space_and_no_line_of_the_feed(title):
    (event,) = events(Line("a", "event", title, date(2019, 6, 10), date(2019, 6, 10)))
    assert event.summary.value.startswith("甲 ")
    assert event.status.value == "CONFIRMED"


@QUICK
@given(st.dates(date(1970, 1, 1), date(2037, 12, 30)), st.integers(0, 60))
def test_whole_days_are_read_as_days_with_the_day_after_as_end(first, length):
    last = first + timedelta(days=length)
    (event,) = events(Line("a", "event", "x", first, last))
    assert (event.dtstart.value, event.dtend.value) == (first, last + timedelta(days=1))


@QUICK
@given(
    st.integers(0, 45 * 365 * 86_400).map(lambda seconds: datetime(1992, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
)
def test_hours_are_the_same_moment_to_who_knows_only_the_feeds_own_zone(begins):
    (event,) = events(Line("a", "event", "x", begins.date(), begins.date(), begins, begins + timedelta(hours=3)))
    assert event.dtstart.value == begins
    assert event.dtend.value == begins + timedelta(hours=3)
    assert event.dtstart.value.utcoffset() == timedelta(hours=8)


def test_a_thing_whose_end_nobody_said_has_none():
    begins = datetime(2019, 6, 12, 1, tzinfo=UTC)
    (event,) = events(Line("a", "event", "x", begins.date(), begins.date(), begins))
    assert event.dtstart.value == begins
    assert not hasattr(event, "dtend")


def test_each_event_has_what_a_calendar_program_goes_by():
    (event,) = events(
        Line("task-1@x", "due", "x", date(2019, 6, 1), date(2019, 6, 1), address="/plan", is_off=True, sequence=3)
    )
    assert (event.uid.value, event.sequence.value, event.status.value) == ("task-1@x", "3", "CANCELLED")
    assert event.url.value == "https://safemonth.example/plan"
    assert event.dtstamp.value == event.last_modified.value
