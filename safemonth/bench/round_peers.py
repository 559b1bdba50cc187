"""Other ways to plan the same rounds, for comparison: a greedy planner, and OR-Tools' routing library."""

from datetime import date
from itertools import pairwise

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from safemonth.collect.publicity.rounds.as_pyvrp import VEHICLE_DAY_COST_S
from safemonth.collect.publicity.rounds.problem import DAY_S, Plan, PlannedDay, Problem, Vehicle
from safemonth.collect.publicity.rounds.timetable import keeps_hours, timetable

# How long a person would wait for a market to open rather than drive on.
LONGEST_WAIT_S = 900


def greedy_plan(problem: Problem) -> Plan:
    """Return what a careful person does by hand: always the nearest village that still fits, then 2-opt on each day."""
    left = {village.code for village in problem.to_reach}
    planned: list[PlannedDay] = []
    for day, vehicle in _vehicle_days(problem):
        order: list[str] = []
        while (following := _nearest(problem, vehicle, day, order, left)) is not None:
            order.append(following)
            left.discard(following)
        if order:
            best = _two_opt(problem, vehicle, day, order)
            timed = timetable(problem, vehicle=vehicle, day=day, villages=best)
            assert timed is not None
            planned.append(timed)
    return Plan(tuple(planned), tuple(sorted(left)))


def _vehicle_days(problem: Problem) -> list[tuple[date, Vehicle]]:
    days = {(day, vehicle.code) for vehicle in problem.vehicles for day in vehicle.days}
    return [(day, problem.vehicle[code]) for day, code in sorted(days)]


def _nearest(problem: Problem, vehicle: Vehicle, day: date, order: list[str], left: set[str]) -> str | None:
    here = order[-1] if order else vehicle.yard
    for code in sorted(left, key=lambda code: (problem.travel.between(here, code), code)):
        timed = timetable(problem, vehicle=vehicle, day=day, villages=[*order, code])
        if timed is None or not keeps_hours(timed, vehicle):
            continue
        free_s = timed.stops[-2].leaves_s if order else vehicle.starts_s
        if timed.stops[-1].begins_s - free_s - timed.stops[-1].drive_s <= LONGEST_WAIT_S:
            return code
    return None


def _two_opt(problem: Problem, vehicle: Vehicle, day: date, order: list[str]) -> list[str]:
    """Turn pieces of a day round as long as that shortens its driving and keeps its rules."""
    best, best_s = order, _drive_s(problem, vehicle, order)
    is_better = True
    while is_better:
        is_better = False
        for first in range(len(best) - 1):
            for last in range(first + 1, len(best)):
                turned = best[:first] + best[first : last + 1][::-1] + best[last + 1 :]
                drive_s = _drive_s(problem, vehicle, turned)
                if drive_s < best_s:
                    timed = timetable(problem, vehicle=vehicle, day=day, villages=turned)
                    if timed is not None and keeps_hours(timed, vehicle):
                        best, best_s, is_better = turned, drive_s, True
    return best


def _drive_s(problem: Problem, vehicle: Vehicle, order: list[str]) -> int:
    stops = [vehicle.yard, *order, vehicle.yard]
    return sum(problem.travel.between(a, b) for a, b in pairwise(stops))


def ortools_plan(problem: Problem, *, seconds: float) -> Plan:
    """Return the plan of OR-Tools' routing library in so many seconds (cheapest insertion, then guided local search).

    Days are laid end to end only where a village names its days: else one day's clock serves for all, which leaves
    the library far fewer kinds of vehicle to tell apart. Of its first strategies savings left more villages out.
    """
    vehicle_days = _vehicle_days(problem)
    has_days = any(window.day for village in problem.to_reach for window in village.windows)
    first_day = vehicle_days[0][0]
    position = problem.travel.position
    codes = [yard.code for yard in problem.yards] + [village.code for village in problem.to_reach]
    drive = [[int(problem.travel.drive_s[position[a], position[b]]) for b in codes] for a in codes]
    number = {code: n for n, code in enumerate(codes)}
    homes = [number[vehicle.yard] for _, vehicle in vehicle_days]
    manager = pywrapcp.RoutingIndexManager(len(codes), len(vehicle_days), homes, homes)
    routing = pywrapcp.RoutingModel(manager)
    stay = [0] * len(problem.yards) + [village.stop_s for village in problem.to_reach]

    # As tables and not as functions, which would call back into Python: the peer is to run at its own speed.
    cost = routing.RegisterTransitMatrix(drive)
    time_spent = routing.RegisterTransitMatrix([[leg + stay[a] for leg in row] for a, row in enumerate(drive)])
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    routing.SetFixedCostOfAllVehicles(VEHICLE_DAY_COST_S)
    horizon = ((vehicle_days[-1][0] - first_day).days + 1) * DAY_S if has_days else DAY_S
    routing.AddDimension(time_spent, horizon, horizon, False, "time")
    wheel = [vehicle.most_drive_s or DAY_S for _, vehicle in vehicle_days]
    routing.AddDimensionWithVehicleCapacity(cost, 0, wheel, True, "wheel")
    clock = routing.GetDimensionOrDie("time")
    for n, (day, vehicle) in enumerate(vehicle_days):
        starts_s = (day - first_day).days * DAY_S if has_days else 0
        clock.CumulVar(routing.Start(n)).SetRange(starts_s + vehicle.starts_s, starts_s + vehicle.ends_s)
        clock.CumulVar(routing.End(n)).SetRange(starts_s + vehicle.starts_s, starts_s + vehicle.ends_s)
    for village in problem.to_reach:
        index = manager.NodeToIndex(number[village.code])
        routing.AddDisjunction([index], 4 * VEHICLE_DAY_COST_S)
        if village.windows:
            _open_only(clock.CumulVar(index), problem, village.code, first_day if has_days else None, horizon)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(seconds * 1000))
    solution = routing.SolveWithParameters(parameters)
    planned: list[PlannedDay] = []
    for n, (day, vehicle) in enumerate(vehicle_days if solution else []):
        order: list[str] = []
        index = routing.Start(n)
        while not routing.IsEnd(index := solution.Value(routing.NextVar(index))):
            order.append(codes[manager.IndexToNode(index)])
        timed = timetable(problem, vehicle=vehicle, day=day, villages=order) if order else None
        if timed is not None:
            planned.append(timed)
    reached = {stop.village for one in planned for stop in one.stops}
    return Plan(tuple(planned), tuple(v.code for v in problem.to_reach if v.code not in reached))


def _open_only(variable: pywrapcp.IntVar, problem: Problem, code: str, first_day: date | None, horizon: int) -> None:
    """Close all hours but those in which the village's stop may begin; without a first day, of any day."""
    village = problem.village[code]
    days = sorted({day for vehicle in problem.vehicles for day in vehicle.days})
    begins = {day: (day - first_day).days * DAY_S if first_day else 0 for day in days}
    opens = sorted(
        (begins[day] + from_s, begins[day] + to_s - village.stop_s)
        for day in days
        for from_s, to_s in village.windows_on(day)
    )
    closed_from = 0
    for from_s, to_s in opens:
        if from_s > closed_from:
            variable.RemoveInterval(closed_from, from_s - 1)
        closed_from = to_s + 1
    variable.RemoveInterval(closed_from, horizon)
