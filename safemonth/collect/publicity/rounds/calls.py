"""What the solver moves about: single stops, and runs of locked stops that are driven one after another."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from safemonth.collect.publicity.rounds.problem import DAY_S, Lock, Problem
from safemonth.collect.publicity.rounds.slabs import Slab, VehicleDay
from safemonth.collect.publicity.rounds.timetable import timetable


@dataclass(frozen=True)
class Call:
    """One or more villages visited in this order; `locked_to` names the vehicle's day where it is locked."""

    villages: tuple[str, ...]
    locked_to: VehicleDay | None = None


def calls_of(problem: Problem, locks: Sequence[Lock], *, whole: frozenset[VehicleDay] = frozenset()) -> list[Call]:
    """Return the calls of all villages to be reached.

    Locked stops with orders that follow each other (3, 4, 5) are one call; on the vehicle-days in `whole` all that
    have an order are. A village locked twice to one vehicle's day is called once there.
    """
    by_day: dict[VehicleDay, dict[str, int | None]] = defaultdict(dict)
    for lock in locks:
        by_day[lock.vehicle, lock.day].setdefault(lock.village, lock.order)
    calls: list[Call] = []
    for key, orders in by_day.items():
        calls += [Call((code,), key) for code, order in orders.items() if order is None]
        ordered = sorted((order, code) for code, order in orders.items() if order is not None)
        run: list[str] = []
        before = None
        for order, code in ordered:
            if run and key not in whole and before is not None and order != before + 1:
                calls.append(Call(tuple(run), key))
                run = []
            run.append(code)
            before = order
        if run:
            calls.append(Call(tuple(run), key))
    locked = {lock.village for lock in locks}
    return calls + [Call((village.code,)) for village in problem.to_reach if village.code not in locked]


def inner_drive_s(problem: Problem, call: Call) -> int:
    """Return the driving between the villages of a call."""
    return sum(problem.travel.between(a, b) for a, b in pairwise(call.villages))


def service_s(problem: Problem, call: Call) -> int:
    """Return the time from the beginning of a call's first stop to the end of its last, with no waiting between."""
    return inner_drive_s(problem, call) + sum(problem.village[code].stop_s for code in call.villages)


def starts_in(problem: Problem, call: Call, slab: Slab) -> list[tuple[int, int]]:
    """Return when a call may begin on a day of the slab, as (earliest, latest) seconds after midnight.

    Empty: not on these days. For a run of stops with windows it is the latest beginning that keeps the windows that
    the earliest one meets, with the waiting squeezed out; a run that must wait inside is begun as late as that.
    """
    if call.locked_to and call.locked_to not in slab.vehicle_days:
        return []
    day = slab.day
    if len(call.villages) == 1:
        village = problem.village[call.villages[0]]
        return _merged([(from_s, to_s - village.stop_s) for from_s, to_s in village.windows_on(day)])
    if not any(problem.village[code].windows for code in call.villages):
        return [(0, DAY_S - service_s(problem, call))]
    return _run_starts(problem, call, day)


def _run_starts(problem: Problem, call: Call, day: date) -> list[tuple[int, int]]:
    vehicle = problem.vehicle[call.locked_to[0]] if call.locked_to else problem.vehicles[0]
    planned = timetable(problem, vehicle=vehicle, day=day, villages=call.villages)
    if planned is None:
        return []
    latest_s = DAY_S
    waited_s = 0
    for number, stop in reversed(list(enumerate(planned.stops))):
        village = problem.village[stop.village]
        closes_s = max(
            to_s - village.stop_s
            for from_s, to_s in village.windows_on(day)
            if from_s <= stop.begins_s <= to_s - village.stop_s
        )
        latest_s = min(latest_s, closes_s)
        if number:
            before = planned.stops[number - 1]
            waited_s += stop.begins_s - before.leaves_s - stop.drive_s
            latest_s -= stop.drive_s + problem.village[before.village].stop_s
    # Begun later by what would be waited inside, the run keeps the same later stops.
    earliest_s = planned.stops[0].begins_s + waited_s
    return [(min(earliest_s, latest_s), latest_s)]


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges without the impossible ones, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pair for pair in ranges if pair[0] <= pair[1]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
