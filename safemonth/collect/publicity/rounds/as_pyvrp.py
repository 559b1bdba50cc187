"""A round as PyVRP knows it: a vehicle's day is a vehicle with a fixed cost, distances are seconds of driving."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyvrp

from safemonth.collect.publicity.rounds.calls import Call, inner_drive_s, service_s
from safemonth.collect.publicity.rounds.problem import Problem
from safemonth.collect.publicity.rounds.slabs import Slab, VehicleDay, alike

# What one more vehicle's day is worth, in seconds of driving: a day's work, so that a day is never spent to save
# less than a day at the wheel.
VEHICLE_DAY_COST_S = 28_800
NO_LIMIT = int(np.iinfo(np.int64).max)


def as_pyvrp(
    problem: Problem,
    slabs: Sequence[Slab],
    calls: Sequence[Call],
    starts: Sequence[list[tuple[int, int]]],
    *,
    is_whole: bool,
) -> tuple[pyvrp.ProblemData, list[int], list[list[VehicleDay]]]:
    """Return the problem as PyVRP knows it, the call of each client, and the vehicle-days of each vehicle type.

    With `is_whole` every call must be made; else each has a prize that no saving outweighs.
    """
    yards = {yard.code: number for number, yard in enumerate(problem.yards)}
    distances, durations = _matrices(problem, calls)
    # Dearer to leave out than any stop is to reach on a day of its own.
    prize = VEHICLE_DAY_COST_S + 4 * int(min(distances.max(), 86_400)) + 1
    clients: list[pyvrp.Client] = []
    call_of_client: list[int] = []
    members: list[list[int]] = []
    for number, (call, ranges) in enumerate(zip(calls, starts, strict=True)):
        # A stop with no window of its own is free over the whole line, across the slabs' borders.
        is_free = call.locked_to is None and not any(problem.village[code].windows for code in call.villages)
        if is_free:
            ranges = [(0, ranges[-1][1])]
        group = len(members) if len(ranges) > 1 else None
        if group is not None:
            members.append([len(clients) + n for n in range(len(ranges))])
        for early, late in ranges:
            clients.append(
                pyvrp.Client(
                    location=len(yards) + number,
                    service_duration=service_s(problem, call),
                    tw_early=early,
                    tw_late=late,
                    prize=0 if is_whole else prize * len(call.villages),
                    required=is_whole and group is None,
                    group=group,
                )
            )
            call_of_client.append(number)
    types: list[pyvrp.VehicleType] = []
    kinds: list[list[VehicleDay]] = []
    for slab in slabs:
        for vehicle, days in alike(problem, slab).items():
            types.append(
                pyvrp.VehicleType(
                    num_available=len(days),
                    start_depot=yards[vehicle.yard],
                    end_depot=yards[vehicle.yard],
                    fixed_cost=VEHICLE_DAY_COST_S,
                    tw_early=slab.starts_s + vehicle.starts_s,
                    tw_late=slab.starts_s + vehicle.ends_s,
                    max_distance=NO_LIMIT if vehicle.most_drive_s is None else vehicle.most_drive_s,
                )
            )
            kinds.append(days)
    data = pyvrp.ProblemData(
        locations=_locations(problem, calls),
        clients=clients,
        depots=[pyvrp.Depot(location=number) for number in range(len(yards))],
        vehicle_types=types,
        distance_matrices=[distances],
        duration_matrices=[durations],
        groups=[pyvrp.ClientGroup(clients=group, required=is_whole) for group in members],
    )
    return data, call_of_client, kinds


def _matrices(problem: Problem, calls: Sequence[Call]) -> tuple[Any, Any]:
    """Return, as the solver takes them, driving (with what is driven inside the call that it leads to) and time on the way between calls."""
    position = problem.travel.position
    yards = [position[yard.code] for yard in problem.yards]
    entry = np.array(yards + [position[call.villages[0]] for call in calls])
    leave = np.array(yards + [position[call.villages[-1]] for call in calls])
    durations = problem.travel.drive_s[np.ix_(leave, entry)].copy()
    np.fill_diagonal(durations, 0)
    inner = np.array([0] * len(yards) + [inner_drive_s(problem, call) for call in calls])
    distances = durations + inner[None, :]
    np.fill_diagonal(distances, 0)
    return distances, durations


def _locations(problem: Problem, calls: Sequence[Call]) -> list[pyvrp.Location]:
    """Return where the yards and calls lie, for the solver's own sense of nearness."""
    places = [(yard.longitude, yard.latitude) for yard in problem.yards]
    firsts = [problem.village[call.villages[0]] for call in calls]
    places += [(village.longitude, village.latitude) for village in firsts]
    return [pyvrp.Location(x, y) for x, y in places]
