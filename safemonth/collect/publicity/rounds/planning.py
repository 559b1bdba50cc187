"""Plans rounds with PyVRP (Wouda, Lan and Kool 2024, doi:10.1287/ijoc.2023.0055), an iterated local search.

See docs/figures/rounds.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyvrp
from pyvrp.stop import FirstFeasible, MaxIterations, MaxRuntime, MultipleCriteria, NoImprovement

from safemonth.collect.publicity.rounds.as_pyvrp import as_pyvrp
from safemonth.collect.publicity.rounds.calls import Call, calls_of, starts_in
from safemonth.collect.publicity.rounds.checking import breaches
from safemonth.collect.publicity.rounds.problem import Lock, Plan, PlannedDay, Problem
from safemonth.collect.publicity.rounds.slabs import Slab, VehicleDay, slabs_of
from safemonth.collect.publicity.rounds.timetable import timetable

# How much of the effort may go to finding a first plan that leaves nobody out.
FIRST_SHARE = 0.3
# A search that has found nothing better in so many iterations for each stop is over before its time: a round of a
# few villages is planned at once, one of hundreds takes what it is given.
IDLE_ITERATIONS_A_STOP = 200


@dataclass(frozen=True)
class Effort:
    """How long to look: whichever limit is met first ends it, or that long nothing better was found. With `iterations` alone the plan is the same each time."""

    seconds: float | None = 10.0
    iterations: int | None = None
    seed: int = 1


def make_plan(problem: Problem, *, effort: Effort) -> Plan:
    """Return the best plan found: as many villages as can be, then few vehicle-days, then little driving.

    Villages that fit on no vehicle's day stand in `left_out`. Rules are kept by construction and the hours checked
    again by `checking.breaches`. Stops locked in an order that the first try does not keep are tried once more as
    one run, in the same seconds again. Raises ValueError where neither limit is given.
    """
    if effort.seconds is None and effort.iterations is None:
        raise ValueError("say how long to look: seconds, iterations or both")
    locks = [lock for lock in problem.locks if lock.village not in problem.visited]
    plan = _solve(problem, locks, calls_of(problem, locks), effort)
    out_of_order = {
        (breach.vehicle, breach.day) for breach in breaches(problem, plan) if breach.code == "lock_order" and breach.day
    }
    if out_of_order:
        plan = _solve(problem, locks, calls_of(problem, locks, whole=frozenset(out_of_order)), effort)
    return plan


def _solve(problem: Problem, locks: Sequence[Lock], calls: list[Call], effort: Effort) -> Plan:
    slabs = slabs_of(problem, locks)
    starts = [
        [(slab.starts_s + a, slab.starts_s + b) for slab in slabs for a, b in starts_in(problem, call, slab)]
        for call in calls
    ]
    possible = [number for number, ranges in enumerate(starts) if ranges]
    calls, starts = [calls[n] for n in possible], [starts[n] for n in possible]
    if not calls or not slabs:
        return Plan((), tuple(village.code for village in problem.to_reach))
    routes, call_of_client, kinds = _search(problem, slabs, calls, starts, effort)
    free = {number: list(days) for number, days in enumerate(kinds)}
    planned: list[PlannedDay] = []
    for route in routes:
        code, day = free[route.vehicle_type()].pop(0)
        order = [calls[call_of_client[stop.idx]] for stop in route if stop.is_client()]
        villages = [village for call in order for village in call.villages]
        timed = timetable(problem, vehicle=problem.vehicle[code], day=day, villages=villages)
        if timed is not None:
            planned.append(timed)
    planned.sort(key=lambda one: (one.day, one.vehicle))
    reached = {stop.village for one in planned for stop in one.stops}
    return Plan(tuple(planned), tuple(v.code for v in problem.to_reach if v.code not in reached))


def _search(
    problem: Problem,
    slabs: Sequence[Slab],
    calls: Sequence[Call],
    starts: Sequence[list[tuple[int, int]]],
    effort: Effort,
) -> tuple[Sequence[pyvrp.Route], list[int], list[list[VehicleDay]]]:
    """Return the routes found, and what `as_pyvrp` says of them.

    First as if all villages could be reached, which is searched faster; where a share of the effort finds no such
    plan, the rest goes to one that may leave villages out.
    """
    data, call_of_client, kinds = as_pyvrp(problem, slabs, calls, starts, is_whole=True)
    first = _run(data, _part(effort, FIRST_SHARE), FirstFeasible())
    left = _left(effort, first)
    if not first.is_feasible():
        data, call_of_client, kinds = as_pyvrp(problem, slabs, calls, starts, is_whole=False)
        result = _run(data, left)
    else:
        result = _run(data, left, initial=first.best)
    return (result.best.routes() if result.is_feasible() else ()), call_of_client, kinds


def _run(
    data: pyvrp.ProblemData,
    effort: Effort,
    *stops: pyvrp.stop.StoppingCriterion,
    initial: pyvrp.Solution | None = None,
) -> pyvrp.Result:
    limits = [*stops, NoImprovement(IDLE_ITERATIONS_A_STOP * data.num_clients)]
    if effort.seconds is not None:
        limits.append(MaxRuntime(effort.seconds))
    if effort.iterations is not None:
        limits.append(MaxIterations(effort.iterations))
    stop = MultipleCriteria(limits)
    return pyvrp.solve(data, stop=stop, seed=effort.seed, collect_stats=False, display=False, initial_solution=initial)


def _part(effort: Effort, share: float) -> Effort:
    return replace(
        effort,
        seconds=None if effort.seconds is None else effort.seconds * share,
        iterations=None if effort.iterations is None else math.ceil(effort.iterations * share),
    )


def _left(effort: Effort, spent: pyvrp.Result) -> Effort:
    return replace(
        effort,
        seconds=None if effort.seconds is None else max(effort.seconds - spent.runtime, 0.0),
        iterations=None if effort.iterations is None else max(effort.iterations - spent.num_iterations, 0),
    )
