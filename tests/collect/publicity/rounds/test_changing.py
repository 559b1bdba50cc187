"""A clerk's changes: what was missed is planned again, stops are held fast and moved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from safemonth.collect.publicity.rounds.changing import locks_of, moved, what_is_left
from safemonth.collect.publicity.rounds.checking import breaches
from safemonth.collect.publicity.rounds.planning import make_plan
from safemonth.collect.publicity.rounds.problem import Window
from safemonth.lib.refusals import Refused
from tests.collect.publicity.rounds.made import GRID, HOUR_S, MONDAY, QUICK, problem_of, with_window

TUESDAY = MONDAY + timedelta(days=1)
PROBLEM = problem_of(GRID, days=3, hours=6, yards=((0, 0), (4, 3)))
PLAN = make_plan(PROBLEM, effort=QUICK)


def places(plan) -> dict[str, tuple]:
    return {stop.village: (day.vehicle, day.day) for day in plan.days for stop in day.stops}


def test_what_was_missed_is_planned_on_the_days_that_are_left():
    first = PLAN.days[0]
    reached = {stop.village for stop in first.stops[1:]}
    left = what_is_left(PROBLEM, reached=reached, from_day=TUESDAY)
    plan = make_plan(left, effort=QUICK)
    assert breaches(left, plan) == ()
    assert set(places(plan)) == {village.code for village in PROBLEM.villages} - reached
    assert min(day.day for day in plan.days) >= TUESDAY


def test_locked_stops_stay_where_they_are_when_all_else_is_planned_again():
    full = max(PLAN.days, key=lambda day: len(day.stops))
    held = {(full.vehicle, full.day, stop.village) for stop in full.stops[:3]}
    locked = replace(PROBLEM, locks=locks_of(PLAN, held), visited=frozenset({full.stops[-1].village}))
    plan = make_plan(locked, effort=QUICK)
    assert breaches(locked, plan) == ()
    kept = places(plan)
    assert all(kept[village] == (vehicle, day) for vehicle, day, village in held)


def test_locks_on_days_gone_by_fall_away():
    held = {(day.vehicle, day.day, stop.village) for day in PLAN.days for stop in day.stops}
    left = what_is_left(replace(PROBLEM, locks=locks_of(PLAN, held)), reached=(), from_day=TUESDAY)
    assert all(lock.day >= TUESDAY for lock in left.locks)


def test_a_moved_stop_stands_where_it_adds_least_driving_or_before_the_one_named():
    plan = moved(PROBLEM, PLAN, village="v0", vehicle="c1", day=MONDAY + timedelta(days=2))
    assert breaches(PROBLEM, plan) == ()
    assert places(plan)["v0"] == ("c1", MONDAY + timedelta(days=2))
    day = next(day for day in PLAN.days if len(day.stops) > 3)
    last, second = day.stops[-1].village, day.stops[1].village
    turned = moved(PROBLEM, PLAN, village=last, vehicle=day.vehicle, day=day.day, before=second)
    order = [s.village for d in turned.days if (d.vehicle, d.day) == (day.vehicle, day.day) for s in d.stops]
    assert order.index(last) == order.index(second) - 1


def test_a_day_that_loses_its_last_stop_falls_away():
    alone = moved(PROBLEM, PLAN, village="v0", vehicle="c1", day=MONDAY + timedelta(days=2))
    home = places(PLAN)["v0"]
    back = moved(PROBLEM, alone, village="v0", vehicle=home[0], day=home[1])
    assert all(day.stops for day in back.days)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("not_lent", {"vehicle": "c1", "day": MONDAY + timedelta(days=9)}),
        ("not_lent", {"vehicle": "c7", "day": MONDAY}),
        ("unknown_stop", {"vehicle": "c0", "day": MONDAY, "before": "v99"}),
    ],
)
def test_a_move_to_nowhere_is_refused(code, change):
    with pytest.raises(Refused) as refused:
        moved(PROBLEM, PLAN, village="v0", **change)
    assert refused.value.code == code


def test_a_move_that_misses_a_market_or_makes_a_day_too_long_is_refused():
    market = with_window(PROBLEM, "v0", Window(9 * HOUR_S, 10 * HOUR_S, MONDAY))
    with pytest.raises(Refused) as refused:
        moved(market, PLAN, village="v0", vehicle="c0", day=TUESDAY)
    assert refused.value.code == "window_missed"
    short = replace(
        PROBLEM, vehicles=tuple(replace(v, ends_s=v.starts_s + 1300) if v.code == "c1" else v for v in PROBLEM.vehicles)
    )
    with pytest.raises(Refused) as refused:
        moved(short, PLAN, village="v0", vehicle="c1", day=MONDAY + timedelta(days=2))
    assert refused.value.code == "day_too_long"
