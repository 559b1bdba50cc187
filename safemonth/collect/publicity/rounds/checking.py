"""Whether a plan keeps what the problem states. Written from the statement; knows nothing of how plans are made."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from safemonth.collect.publicity.rounds.problem import UNREACHABLE_S, Lock, Plan, PlannedDay, Problem
from safemonth.lib.refusals import gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "not_reached": gettext_noop("%(village)s is not reached."),
    "unknown_village": gettext_noop("%(village)s is on the plan and not on the list of villages."),
    "unknown_vehicle": gettext_noop("%(vehicle)s is on the plan and not on the list of vehicles."),
    "not_lent": gettext_noop("%(vehicle)s is not lent for %(day)s."),
    "day_twice": gettext_noop("%(vehicle)s has two rounds on %(day)s."),
    "leaves_early": gettext_noop("%(vehicle)s leaves its yard on %(day)s before its hours begin."),
    "back_late": gettext_noop("%(vehicle)s is back on %(day)s after its hours end."),
    "drives_long": gettext_noop("%(vehicle)s: the driver is longer at the wheel on %(day)s than is allowed."),
    "no_road": gettext_noop("%(vehicle)s: no road leads to %(village)s on %(day)s."),
    "too_soon": gettext_noop("%(vehicle)s cannot be in %(village)s on %(day)s as early as the plan says."),
    "wrong_drive": gettext_noop("%(vehicle)s: the drive to %(village)s on %(day)s is not what the roads take."),
    "stop_short": gettext_noop("The stop in %(village)s on %(day)s is shorter than was asked."),
    "outside_window": gettext_noop("The stop in %(village)s on %(day)s is not within its hours."),
    "lock_lost": gettext_noop("%(village)s was locked to %(vehicle)s on %(day)s and is not there."),
    "lock_order": gettext_noop("%(village)s was locked to another place in the order of %(vehicle)s on %(day)s."),
}


@dataclass(frozen=True)
class Breach:
    """One rule that a plan breaks: `code` is a key of SENTENCES; `vehicle` and `village` are codes, empty where none."""

    code: str
    village: str = ""
    vehicle: str = ""
    day: date | None = None
    detail: Mapping[str, int] = field(default_factory=dict)


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Return every rule that the plan breaks; empty: each village is reached once or more and every rule is kept.

    Checks the times that the plan states (that they can be driven, and that they keep hours and windows), not times
    of its own. A village in `visited` may be left out, and may be visited again.
    """
    found: list[Breach] = []
    reached = {stop.village for day in plan.days for stop in day.stops}
    needed = {village.code for village in problem.villages} - problem.visited
    found += [Breach("not_reached", village=code) for code in sorted(needed - reached)]
    uses = Counter((planned.vehicle, planned.day) for planned in plan.days)
    found += [Breach("day_twice", vehicle=vehicle, day=day) for (vehicle, day), count in uses.items() if count > 1]
    for planned in plan.days:
        found += _breaches_of_day(problem, planned)
    return tuple(found + _breaches_of_locks(problem, plan))


def _breaches_of_day(problem: Problem, planned: PlannedDay) -> list[Breach]:
    vehicle = problem.vehicle.get(planned.vehicle)
    if vehicle is None:
        return [Breach("unknown_vehicle", vehicle=planned.vehicle, day=planned.day)]
    unknown = [stop.village for stop in planned.stops if stop.village not in problem.village]
    if unknown:
        return [Breach("unknown_village", village=code, vehicle=vehicle.code, day=planned.day) for code in unknown]

    found: list[Breach] = []

    def breach(code: str, village: str = "", **detail: int) -> None:
        found.append(Breach(code, village=village, vehicle=vehicle.code, day=planned.day, detail=detail))

    if planned.day not in vehicle.days:
        breach("not_lent")
    if planned.leaves_yard_s < vehicle.starts_s:
        breach("leaves_early", leaves_s=planned.leaves_yard_s, allowed_s=vehicle.starts_s)
    free_at_s, here, driven_s = planned.leaves_yard_s, vehicle.yard, 0
    for stop in planned.stops:
        village = problem.village[stop.village]
        leg_s = problem.travel.between(here, stop.village)
        driven_s += leg_s
        if leg_s >= UNREACHABLE_S:
            breach("no_road", stop.village)
        if stop.drive_s != leg_s:
            breach("wrong_drive", stop.village, stated_s=stop.drive_s, takes_s=leg_s)
        if stop.begins_s < free_at_s + leg_s:
            breach("too_soon", stop.village, begins_s=stop.begins_s, earliest_s=free_at_s + leg_s)
        if stop.leaves_s - stop.begins_s < village.stop_s:
            breach("stop_short", stop.village, stays_s=stop.leaves_s - stop.begins_s, asked_s=village.stop_s)
        open_today = [w for w in village.windows if w.day is None or w.day == planned.day]
        inside = any(w.from_s <= stop.begins_s and stop.begins_s + village.stop_s <= w.to_s for w in open_today)
        if village.windows and not inside:
            breach("outside_window", stop.village, begins_s=stop.begins_s)
        free_at_s, here = stop.leaves_s, stop.village
    if planned.stops:
        leg_s = problem.travel.between(here, vehicle.yard)
        driven_s += leg_s
        if leg_s >= UNREACHABLE_S:
            breach("no_road", here)
        if planned.drive_back_s != leg_s:
            breach("wrong_drive", here, stated_s=planned.drive_back_s, takes_s=leg_s)
        back_s = max(planned.back_s, free_at_s + leg_s)
        if back_s > vehicle.ends_s:
            breach("back_late", back_s=back_s, allowed_s=vehicle.ends_s)
    if vehicle.most_drive_s is not None and driven_s > vehicle.most_drive_s:
        breach("drives_long", drives_s=driven_s, allowed_s=vehicle.most_drive_s)
    return found


def _breaches_of_locks(problem: Problem, plan: Plan) -> list[Breach]:
    places: dict[tuple[str, date], dict[str, int]] = {}
    for planned in plan.days:
        where = places.setdefault((planned.vehicle, planned.day), {})
        for number, stop in enumerate(planned.stops):
            where.setdefault(stop.village, number)
    found: list[Breach] = []
    ordered: dict[tuple[str, date], list[Lock]] = defaultdict(list)
    for lock in problem.locks:
        if lock.village in problem.visited:
            continue
        if lock.village not in places.get((lock.vehicle, lock.day), {}):
            found.append(Breach("lock_lost", village=lock.village, vehicle=lock.vehicle, day=lock.day))
        elif lock.order is not None:
            ordered[lock.vehicle, lock.day].append(lock)
    for key, locks in ordered.items():
        locks.sort(key=lambda lock: lock.order or 0)
        numbers = [places[key][lock.village] for lock in locks]
        for before, after, lock in zip(numbers, numbers[1:], locks[1:], strict=False):
            if after < before:
                found.append(Breach("lock_order", village=lock.village, vehicle=lock.vehicle, day=lock.day))
    return found
