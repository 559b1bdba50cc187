"""When a vehicle is where, given the order of its stops."""

from collections.abc import Sequence
from datetime import date

from safemonth.collect.publicity.rounds.problem import PlannedDay, PlannedStop, Problem, Vehicle


def timetable(problem: Problem, *, vehicle: Vehicle, day: date, villages: Sequence[str]) -> PlannedDay | None:
    """Return the vehicle's day with every stop as early as can be; None where a window is missed.

    Leaves the yard no earlier than needed for the first stop. Hours and driving limit are not looked at
    (`checking.breaches` does). Being early never makes a later stop late, so None means that no timetable exists.
    """
    travel = problem.travel
    clock, here = vehicle.starts_s, vehicle.yard
    stops: list[PlannedStop] = []
    for code in villages:
        village = problem.village[code]
        drive_s = travel.between(here, code)
        begins_s = earliest_start(village.windows_on(day), village.stop_s, arrival_s=clock + drive_s)
        if begins_s is None:
            return None
        clock, here = begins_s + village.stop_s, code
        stops.append(PlannedStop(village=code, drive_s=drive_s, begins_s=begins_s, leaves_s=clock))
    drive_back_s = travel.between(here, vehicle.yard) if stops else 0
    return PlannedDay(
        vehicle=vehicle.code,
        day=day,
        leaves_yard_s=stops[0].begins_s - stops[0].drive_s if stops else vehicle.starts_s,
        stops=tuple(stops),
        drive_back_s=drive_back_s,
        back_s=clock + drive_back_s,
    )


def keeps_hours(planned: PlannedDay, vehicle: Vehicle) -> bool:
    """Return whether the vehicle is back in time and its driver not too long at the wheel."""
    within = vehicle.most_drive_s is None or planned.drive_s <= vehicle.most_drive_s
    return within and planned.back_s <= vehicle.ends_s


def earliest_start(windows: Sequence[tuple[int, int]], stop_s: int, *, arrival_s: int) -> int | None:
    """Return the first second at or after arrival from which the whole stop lies in a window; None where none is left."""
    starts = [max(arrival_s, from_s) for from_s, to_s in windows if max(arrival_s, from_s) + stop_s <= to_s]
    return min(starts, default=None)
