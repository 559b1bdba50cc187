"""Lays the days of a round end to end on one line of time, so that a solver that knows no days keeps them.

Vehicle-days on which the same hours are open and nothing is locked share a stretch of the line (a slab); a
vehicle-day with locked stops has a slab of its own. A stop's windows in a slab are what the days of that slab allow,
so a stop locked to a vehicle's day has windows in that slab only.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safemonth.collect.publicity.rounds.problem import DAY_S, Lock, Problem, Vehicle

VehicleDay = tuple[str, date]


@dataclass(frozen=True)
class Slab:
    """A stretch of the line from `starts_s`, a day long, and the vehicle-days that may run in it, in order."""

    starts_s: int
    vehicle_days: tuple[VehicleDay, ...]
    is_locked: bool

    @property
    def day(self) -> date:
        """A day of the slab; all of its days open the same hours."""
        return self.vehicle_days[0][1]


def slabs_of(problem: Problem, locks: Sequence[Lock]) -> tuple[Slab, ...]:
    """Return the slabs of a problem, locked ones last; each vehicle-day stands in exactly one."""
    locked = {(lock.vehicle, lock.day) for lock in locks}
    special = sorted({window.day for village in problem.to_reach for window in village.windows if window.day})
    open_on = {
        day: tuple((village.code, w) for village in problem.to_reach for w in village.windows if w.day == day)
        for day in special
    }
    shared: dict[object, list[VehicleDay]] = defaultdict(list)
    own: list[VehicleDay] = []
    for key in sorted({(vehicle.code, day) for vehicle in problem.vehicles for day in vehicle.days}, key=_in_order):
        if key in locked:
            own.append(key)
        else:
            shared[open_on.get(key[1], ())].append(key)
    groups = [(days, False) for days in shared.values()] + [([key], True) for key in own]
    return tuple(
        Slab(starts_s=number * DAY_S, vehicle_days=tuple(days), is_locked=is_locked)
        for number, (days, is_locked) in enumerate(groups)
    )


def alike(problem: Problem, slab: Slab) -> dict[Vehicle, list[VehicleDay]]:
    """Return a slab's vehicle-days by what matters to a plan (yard, hours, driving limit), under one of its vehicles."""
    first: dict[tuple[object, ...], Vehicle] = {}
    kinds: dict[Vehicle, list[VehicleDay]] = defaultdict(list)
    for code, day in slab.vehicle_days:
        vehicle = problem.vehicle[code]
        same = (vehicle.yard, vehicle.starts_s, vehicle.ends_s, vehicle.most_drive_s)
        kinds[first.setdefault(same, vehicle)].append((code, day))
    return dict(kinds)


def _in_order(key: VehicleDay) -> tuple[date, str]:
    return key[1], key[0]
