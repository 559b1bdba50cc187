"""No plan is below the bound: held against the best of all plans where all can be tried."""

from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.publicity.rounds.as_pyvrp import VEHICLE_DAY_COST_S
from safemonth.collect.publicity.rounds.cuts import days_needed
from safemonth.collect.publicity.rounds.lower_bounds import cost_s, county_of, lower_bound
from safemonth.collect.publicity.rounds.planning import Effort, make_plan
from safemonth.collect.publicity.rounds.problem import Plan
from tests.collect.publicity.rounds.made import GRID, QUICK, problem_of

PLACES = st.tuples(st.floats(-12, 12), st.floats(-12, 12)).map(lambda p: (round(p[0], 2), round(p[1], 2)))


def best_of_all(problem) -> dict[int, int]:
    """Return the least driving for each number of vehicle-days that reaches all villages, by trying all."""
    codes = [village.code for village in problem.villages]
    vehicle = problem.vehicles[0]

    @cache
    def route(group: frozenset[str]) -> float:
        best = float("inf")
        for order in permutations(sorted(group)):
            stops = [vehicle.yard, *order, vehicle.yard]
            drive = sum(problem.travel.between(a, b) for a, b in pairwise(stops))
            work = drive + sum(problem.village[code].stop_s for code in order)
            wheel = vehicle.most_drive_s or work
            if work <= vehicle.ends_s - vehicle.starts_s and drive <= wheel:
                best = min(best, drive)
        return best

    @cache
    def best(left: frozenset[str], days: int) -> float:
        if not left:
            return 0.0 if days == 0 else float("inf")
        if days == 0:
            return float("inf")
        first, rest = min(left), sorted(left - {min(left)})
        groups = [
            frozenset({first, *(code for n, code in enumerate(rest) if bits >> n & 1)})
            for bits in range(2 ** len(rest))
        ]
        return min((route(group) + best(left - group, days - 1) for group in groups), default=float("inf"))

    found = {days: best(frozenset(codes), days) for days in range(1, len(codes) + 1)}
    return {days: int(drive) for days, drive in found.items() if drive < float("inf")}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(PLACES, min_size=1, max_size=6),
    st.sampled_from([1.5, 2.5, 4.0]),
    st.sampled_from([None, 3600, 6000]),
    st.integers(0, 2**32),
)
def test_the_bound_is_never_above_the_best_of_all_plans(places, hours, most_drive_s, seed):
    problem = problem_of(places, days=len(places), hours=hours, most_drive_s=most_drive_s)
    plan = make_plan(problem, effort=Effort(seconds=None, iterations=30, seed=seed % 1000))
    if plan.left_out:
        return
    best = best_of_all(problem)
    bound = lower_bound(problem, plan, seconds=5)
    assert bound.vehicle_days <= min(best)
    assert bound.drive_s <= min(drive for days, drive in best.items() if days <= bound.most_vehicle_days)
    assert bound.cost_s <= min(days * VEHICLE_DAY_COST_S + drive for days, drive in best.items())
    assert bound.cost_s <= cost_s(plan)
    assert bound.gap(plan) >= 0


def test_the_bound_is_tight_where_the_rules_leave_no_choice():
    # Villages on one line out of the yard: out to the last and back is least, and one day holds them.
    problem = problem_of([(east, 0.0) for east in (2, 4, 6, 8)], days=4, hours=4)
    plan = make_plan(problem, effort=QUICK)
    bound = lower_bound(problem, plan, seconds=5)
    assert (bound.vehicle_days, plan.vehicle_days) == (1, 1)
    assert plan.drive_s == pytest.approx(bound.drive_s, abs=8)


def test_the_bound_of_a_small_county_is_within_a_tenth():
    problem = problem_of(GRID, days=4, hours=4)
    plan = make_plan(problem, effort=Effort(seconds=None, iterations=300))
    bound = lower_bound(problem, plan, seconds=10)
    assert bound.vehicle_days == plan.vehicle_days
    assert bound.gap(plan) <= 0.1


def test_locks_and_markets_only_raise_what_a_plan_costs():
    problem = problem_of(GRID, days=4, hours=4)
    plan = make_plan(problem, effort=QUICK)
    visited = replace(problem, visited=frozenset({"v0", "v1"}))
    assert lower_bound(visited, make_plan(visited, effort=QUICK), seconds=5).cost_s <= cost_s(plan)


def test_nothing_to_reach_needs_nothing():
    bound = lower_bound(problem_of(GRID), Plan(()), seconds=1)
    assert (bound.vehicle_days, bound.drive_s, bound.cost_s, bound.gap(Plan(()))) == (0, 0, 0, 0.0)


def test_days_needed_by_a_set_grow_with_the_set_and_are_never_more_than_its_villages():
    problem = problem_of(GRID, hours=2)
    county = county_of(problem, [village.code for village in problem.villages])
    orders = np.array([np.random.default_rng(seed).permutation(len(GRID)) for seed in range(20)])
    needs = days_needed(county, orders)
    assert (np.diff(needs, axis=1) >= 0).all()
    assert (needs <= np.arange(1, len(GRID) + 1)).all()
    assert (needs[:, -1] == needs[0, -1]).all()
