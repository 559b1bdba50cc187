"""Weeks, agendas and whom a line concerns."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.desk.calendar.rules import Line, agenda_of, by_weight, concerns, weeks_of

DAYS = st.dates(date(2019, 1, 1), date(2020, 12, 31))


def line(first: date, length: int = 0, **known) -> Line:
    return Line(
        uid=f"{first}-{length}", kind="event", title="x", from_on=first, to_on=first + timedelta(days=length), **known
    )


@settings(deadline=None)
@given(DAYS, st.lists(st.builds(line, DAYS, st.integers(0, 40)), max_size=12))
def test_a_month_is_whole_weeks_from_monday_and_each_line_stands_on_each_of_its_days(month, lines):
    weeks = weeks_of(month, lines)
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in weeks)
    assert {day.on for day in days if day.is_within} == {
        day.on for day in days if (day.on.year, day.on.month) == (month.year, month.month)
    }
    for day in days:
        assert set(day.lines) == {each for each in lines if each.from_on <= day.on <= each.to_on}


@settings(deadline=None)
@given(st.lists(st.builds(line, DAYS, st.integers(0, 40)), max_size=12), DAYS)
def test_the_agenda_names_each_line_that_touches_the_days_once(lines, first):
    last = first + timedelta(days=29)
    listed = [each for day in agenda_of(lines, from_on=first, to_on=last) for each in day.lines]
    assert sorted(each.uid for each in listed) == sorted(
        each.uid for each in lines if each.from_on <= last and each.to_on >= first
    )


def test_a_line_concerns_its_units_those_below_and_above_and_no_neighbour():
    of_bei = line(date(2019, 6, 1), units=("13/1301/",))
    assert concerns(of_bei, path="13/1301/130101/") and concerns(of_bei, path="13/")
    assert not concerns(of_bei, path="13/1302/")
    assert concerns(line(date(2019, 6, 1)), path="13/1302/")


def test_a_full_day_shows_its_event_before_messages_that_go_on_for_a_week_and_what_is_on_record():
    day = date(2019, 6, 10)
    week = Line("m", "message", "x", day - timedelta(days=1), day + timedelta(days=6))
    event, old, new = (
        Line("e", "event", "x", day, day),
        Line("o", "done", "a", date(2019, 6, 1), day),
        Line("n", "done", "b", day, day),
    )
    assert by_weight([week, old, new, event], on=day) == [event, week, new, old]
