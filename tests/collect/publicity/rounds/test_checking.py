"""The checker names each rule that a plan breaks, and finds nothing in a plan that keeps them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from safemonth.collect.publicity.rounds.checking import SENTENCES, breaches
from safemonth.collect.publicity.rounds.problem import UNREACHABLE_S, Lock, Plan, PlannedDay, Window
from safemonth.collect.publicity.rounds.timetable import timetable
from tests.collect.publicity.rounds.made import HOUR_S, MONDAY, problem_of, with_window

PROBLEM = problem_of([(2, 0), (4, 0), (0, 3)], days=2, hours=4)
TUESDAY = MONDAY + timedelta(days=1)


def day_of(problem=PROBLEM, villages=("v0", "v1", "v2"), day=MONDAY) -> PlannedDay:
    planned = timetable(problem, vehicle=problem.vehicles[0], day=day, villages=villages)
    assert planned is not None
    return planned


def codes(problem, *days) -> set[str]:
    return {breach.code for breach in breaches(problem, Plan(days))}


def with_stop(planned: PlannedDay, number: int, **changes) -> PlannedDay:
    stops = list(planned.stops)
    stops[number] = replace(stops[number], **changes)
    return replace(planned, stops=tuple(stops))


def test_a_plan_that_keeps_all_rules_has_no_breach():
    assert codes(PROBLEM, day_of()) == set()


def test_a_village_may_be_reached_twice_and_one_visited_before_needs_no_stop():
    again = day_of(villages=("v0",), day=TUESDAY)
    assert codes(PROBLEM, day_of(), again) == set()
    assert codes(replace(PROBLEM, visited=frozenset({"v2"})), day_of(villages=("v0", "v1"))) == set()


def test_a_village_left_out_is_named():
    found = breaches(PROBLEM, Plan((day_of(villages=("v0", "v1")),)))
    assert [(breach.code, breach.village) for breach in found] == [("not_reached", "v2")]


@pytest.mark.parametrize(
    ("code", "planned"),
    [
        ("unknown_vehicle", replace(day_of(), vehicle="c9")),
        ("unknown_village", with_stop(day_of(), 0, village="v9")),
        ("not_lent", replace(day_of(), day=MONDAY + timedelta(days=5))),
        ("leaves_early", replace(day_of(), leaves_yard_s=8 * HOUR_S - 1)),
        ("too_soon", with_stop(day_of(), 1, begins_s=day_of().stops[1].begins_s - 1)),
        ("wrong_drive", with_stop(day_of(), 2, drive_s=1)),
        ("wrong_drive", replace(day_of(), drive_back_s=1)),
        ("stop_short", with_stop(day_of(), 1, leaves_s=day_of().stops[1].leaves_s - 1)),
    ],
)
def test_each_untruth_in_a_timetable_is_named(code, planned):
    assert code in codes(PROBLEM, planned)


def test_hours_and_driving_limits_hold_to_the_second():
    planned = day_of()
    exact = replace(PROBLEM.vehicles[0], ends_s=planned.back_s, most_drive_s=planned.drive_s)
    assert codes(replace(PROBLEM, vehicles=(exact,)), planned) == set()
    late = replace(exact, ends_s=planned.back_s - 1)
    assert codes(replace(PROBLEM, vehicles=(late,)), planned) == {"back_late"}
    long = replace(exact, most_drive_s=planned.drive_s - 1)
    assert codes(replace(PROBLEM, vehicles=(long,)), planned) == {"drives_long"}


def test_a_stated_return_that_is_too_early_to_be_true_does_not_hide_a_late_one():
    planned = day_of()
    late = replace(PROBLEM.vehicles[0], ends_s=planned.back_s - 1)
    told = replace(planned, back_s=planned.back_s - 100)
    assert "back_late" in codes(replace(PROBLEM, vehicles=(late,)), told)


def test_two_rounds_of_one_vehicle_on_one_day_are_a_breach():
    assert codes(PROBLEM, day_of(villages=("v0", "v1")), day_of(villages=("v2",))) == {"day_twice"}


def test_a_stop_must_lie_in_a_window_from_its_beginning_to_its_end():
    planned = day_of()
    stop = planned.stops[1]
    fits = Window(stop.begins_s, stop.begins_s + 1200, MONDAY)
    assert codes(with_window(PROBLEM, "v1", fits), planned) == set()
    for window in (
        replace(fits, from_s=fits.from_s + 1),
        replace(fits, to_s=fits.to_s - 1),
        replace(fits, day=TUESDAY),
    ):
        assert codes(with_window(PROBLEM, "v1", window), planned) == {"outside_window"}


def test_a_place_without_a_road_cannot_be_on_a_plan():
    travel = PROBLEM.travel
    drive = travel.drive_s.copy()
    drive[travel.position["v0"], travel.position["v1"]] = UNREACHABLE_S
    cut = replace(PROBLEM, travel=replace(travel, drive_s=drive))
    assert "no_road" in codes(cut, day_of())


def test_locks_hold_the_vehicle_the_day_and_the_order():
    kept = (Lock("v1", "c0", MONDAY, 4), Lock("v0", "c0", MONDAY, 2), Lock("v2", "c0", MONDAY))
    assert codes(replace(PROBLEM, locks=kept), day_of()) == set()
    turned = (Lock("v1", "c0", MONDAY, 2), Lock("v0", "c0", MONDAY, 4))
    assert codes(replace(PROBLEM, locks=turned), day_of()) == {"lock_order"}
    elsewhere = (Lock("v1", "c0", TUESDAY),)
    assert codes(replace(PROBLEM, locks=elsewhere), day_of()) == {"lock_lost"}


def test_every_breach_has_a_sentence():
    places = {"village": "v", "vehicle": "c", "day": "d"}
    assert all(sentence % places for sentence in SENTENCES.values())
