"""What has become of a village, and which village a report means."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.publicity.rounds.rules import (
    Visit,
    clock_of,
    first_visits,
    seconds_of,
    state_of,
    stop_is_done,
    village_meant,
)

TODAY = date(2026, 6, 10)
DAYS = st.dates(TODAY - timedelta(5), TODAY + timedelta(5))


@pytest.mark.parametrize(
    ("reached", "planned_on", "state"),
    [
        ({"v"}, [TODAY], "reached"),
        ({"v"}, [], "reached"),
        (set(), [TODAY - timedelta(1), TODAY], "planned"),
        (set(), [TODAY - timedelta(1)], "missed"),
        (set(), [], "unplanned"),
        ({"w"}, [], "unplanned"),
    ],
)
def test_a_village_is_reached_planned_missed_or_unplanned(reached, planned_on, state):
    assert state_of("v", reached=reached, planned_on=planned_on, today=TODAY) == state


@pytest.mark.parametrize(
    ("named", "expected", "village"),
    [
        (["a"], [], "a"),
        (["a"], ["b"], "a"),
        (["a", "b"], ["b"], "b"),
        (["a", "b"], [], None),
        (["a", "b"], ["a", "b"], None),
        (["town"], ["a"], None),
        (["town", "b"], [], "b"),
        ([], ["a"], None),
    ],
)
def test_a_report_means_the_one_village_of_its_name_or_the_one_expected(named, expected, village):
    assert village_meant(named, expected=expected, villages={"a", "b"}) == village


@given(st.lists(st.builds(Visit, st.sampled_from("abc"), DAYS, st.sampled_from(["d1", "d2"]), st.just("s"))))
def test_each_village_is_first_reached_once_and_on_its_earliest_day(visits):
    first = first_visits(visits)
    assert set(first) == {visit.village for visit in visits}
    assert all(first[visit.village].day <= visit.day for visit in visits)


def test_only_the_own_unit_on_the_own_day_makes_a_stop():
    visits = [Visit("v", TODAY, "d1", "s")]
    assert stop_is_done("v", day=TODAY, unit="d1", visits=visits)
    assert not stop_is_done("v", day=TODAY, unit="d2", visits=visits)
    assert not stop_is_done("v", day=TODAY + timedelta(1), unit="d1", visits=visits)


@given(st.times())
def test_times_of_day_are_seconds_and_back_rounded_up_to_the_minute(clock):
    seconds = seconds_of(clock)
    hours, minutes = clock_of(seconds).split(":")
    shown = int(hours) * 3600 + int(minutes) * 60
    assert 0 <= shown - seconds < 60


def test_hours_run_over_midnight():
    assert clock_of(25 * 3600 + 61) == "25:02"
    assert clock_of(seconds_of(time(8, 5))) == "8:05"
