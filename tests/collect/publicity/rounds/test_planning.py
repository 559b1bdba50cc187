"""Plans keep the rules by an independent check, reach every village, and are the same each time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.publicity.rounds.checking import breaches
from safemonth.collect.publicity.rounds.planning import Effort, make_plan
from safemonth.collect.publicity.rounds.problem import UNREACHABLE_S, Lock, Window
from tests.collect.publicity.rounds.made import GRID, HOUR_S, MONDAY, QUICK, problem_of, with_window

PLACES = st.tuples(st.floats(-9, 9), st.floats(-9, 9)).map(lambda p: (round(p[0], 2), round(p[1], 2)))
TUESDAY = MONDAY + timedelta(days=1)


@st.composite
def problems(draw):
    places = draw(st.lists(PLACES, min_size=1, max_size=9))
    hours = st.tuples(st.integers(8, 11), st.integers(1, 3), st.sampled_from([None, MONDAY, TUESDAY]))
    windows = {
        number: tuple(Window(start * HOUR_S, (start + long) * HOUR_S, day) for start, long, day in chosen)
        for number in range(len(places))
        if (chosen := draw(st.lists(hours, max_size=2)))
    }
    problem = problem_of(
        places, days=2, hours=draw(st.sampled_from([2, 4, 7])), yards=((0, 0), (3, 1)), windows=windows
    )
    locks = draw(
        st.lists(
            st.tuples(st.integers(0, len(places) - 1), st.sampled_from([MONDAY, TUESDAY])),
            max_size=3,
            unique_by=lambda p: p[0],
        )
    )
    orders = draw(st.permutations(range(len(locks))))
    return replace(
        problem,
        locks=tuple(Lock(f"v{n}", "c0", day, order) for (n, day), order in zip(locks, orders, strict=True)),
        visited=frozenset(f"v{n}" for n in draw(st.sets(st.integers(0, len(places) - 1), max_size=2))),
    )


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_plan_breaks_a_rule_and_what_found_no_room_is_said(problem):
    plan = make_plan(problem, effort=QUICK)
    found = breaches(problem, plan)
    left_out = {breach.village for breach in found if breach.code == "not_reached"}
    assert set(plan.left_out) == left_out
    # A lock that no day can keep is lost with its village, never with the village somewhere else.
    assert {b.code for b in found} <= {"not_reached", "lock_lost"}
    assert {b.village for b in found if b.code == "lock_lost"} <= left_out


def test_a_plan_reaches_every_village_and_is_the_same_for_the_same_seed_and_iterations():
    problem = problem_of(GRID, days=2, hours=6)
    plan = make_plan(problem, effort=QUICK)
    assert breaches(problem, plan) == ()
    assert plan == make_plan(problem, effort=QUICK)


def test_a_day_is_not_spent_to_save_a_little_driving():
    problem = problem_of([(8, 0), (-8, 0)], days=2, hours=8)
    assert make_plan(problem, effort=QUICK).vehicle_days == 1


def test_too_few_days_reach_as_many_villages_as_they_can_and_name_the_others():
    problem = problem_of(GRID, days=1, hours=2)
    plan = make_plan(problem, effort=QUICK)
    assert plan.vehicle_days == 1
    assert plan.left_out
    assert {breach.village for breach in breaches(problem, plan)} == set(plan.left_out)


def test_a_village_without_a_road_is_left_out_and_the_others_are_reached():
    problem = problem_of(GRID[:5])
    drive = problem.travel.drive_s.copy()
    here = problem.travel.position["v2"]
    drive[here, :] = drive[:, here] = UNREACHABLE_S
    drive[here, here] = 0
    plan = make_plan(replace(problem, travel=replace(problem.travel, drive_s=drive)), effort=QUICK)
    assert plan.left_out == ("v2",)


def test_a_market_day_is_kept_and_waited_for():
    opens = 10 * HOUR_S
    problem = with_window(problem_of([(1, 0), (2, 0)], days=3), "v0", Window(opens, opens + 1200, TUESDAY))
    plan = make_plan(problem, effort=QUICK)
    assert breaches(problem, plan) == ()
    (day,) = (day for day in plan.days if any(stop.village == "v0" for stop in day.stops))
    assert day.day == TUESDAY
    assert next(stop for stop in day.stops if stop.village == "v0").begins_s == opens


def test_locked_stops_keep_vehicle_day_and_order_though_it_costs_driving():
    problem = problem_of([(2, 0), (4, 0), (6, 0)], days=2, yards=((0, 0), (6, 1)))
    locks = (Lock("v2", "c0", TUESDAY, 0), Lock("v0", "c0", TUESDAY, 1), Lock("v1", "c0", TUESDAY, 5))
    locked = replace(problem, locks=locks)
    plan = make_plan(locked, effort=QUICK)
    assert breaches(locked, plan) == ()
    assert [stop.village for stop in plan.days[0].stops] == ["v2", "v0", "v1"]


def test_how_long_to_look_must_be_said():
    with pytest.raises(ValueError, match="seconds, iterations"):
        make_plan(problem_of(GRID[:2]), effort=Effort(seconds=None))


def test_a_problem_without_villages_or_days_has_an_empty_plan():
    assert make_plan(problem_of([]), effort=QUICK).days == ()
    none = make_plan(problem_of(GRID[:2], days=0), effort=QUICK)
    assert (none.days, none.left_out) == ((), ("v0", "v1"))
