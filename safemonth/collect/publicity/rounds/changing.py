"""Changes to a plan: what is left to do, stops held fast, and a stop moved by hand."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from safemonth.collect.publicity.rounds.problem import Lock, Plan, PlannedDay, Problem, Vehicle
from safemonth.collect.publicity.rounds.timetable import keeps_hours, timetable
from safemonth.lib.refusals import Refused, gettext_noop


def what_is_left(problem: Problem, *, reached: Collection[str], from_day: date) -> Problem:
    """Return the problem of the days from `from_day` on: villages reached need no stop, and days gone by are gone.

    What was planned and not reached is to be reached anew; locks on days gone by fall away.
    """
    return replace(
        problem,
        visited=problem.visited | frozenset(reached),
        vehicles=tuple(
            replace(vehicle, days=tuple(day for day in vehicle.days if day >= from_day)) for vehicle in problem.vehicles
        ),
        locks=tuple(lock for lock in problem.locks if lock.day >= from_day and lock.village not in reached),
    )


def locks_of(plan: Plan, held: Collection[tuple[str, date, str]]) -> tuple[Lock, ...]:
    """Return the locks that keep some of a plan's stops, given as (vehicle, day, village), where they are and in order."""
    return tuple(
        Lock(village=stop.village, vehicle=planned.vehicle, day=planned.day, order=number)
        for planned in plan.days
        for number, stop in enumerate(planned.stops)
        if (planned.vehicle, planned.day, stop.village) in held
    )


def moved(problem: Problem, plan: Plan, *, village: str, vehicle: str, day: date, before: str | None = None) -> Plan:
    """Return the plan with one village's stop on another vehicle's day (or elsewhere on its own), all else in order.

    `before` names the village it is to come before, None: wherever it adds least driving. A vehicle's day that loses
    its last stop falls away. A village that was left out is put in. Raises Refused `not_lent`, `unknown_stop`
    (`before` is not on that day), `window_missed` or `day_too_long`.
    """
    lent = problem.vehicle.get(vehicle)
    if lent is None or day not in lent.days:
        raise Refused("not_lent", gettext_noop("That vehicle is not lent for that day."))
    orders = {
        (planned.vehicle, planned.day): [stop.village for stop in planned.stops if stop.village != village]
        for planned in plan.days
    }
    order = orders.setdefault((vehicle, day), [])
    if before is not None and before not in order:
        raise Refused("unknown_stop", gettext_noop("The stop that it should come before is not on that day."))
    places = range(len(order) + 1) if before is None else [order.index(before)]
    orders[vehicle, day] = _best_order(problem, lent, day, [[*order[:n], village, *order[n:]] for n in places])
    days = [_timed(problem, problem.vehicle[code], on, villages) for (code, on), villages in orders.items() if villages]
    return Plan(
        days=tuple(sorted(days, key=lambda one: (one.day, one.vehicle))),
        left_out=tuple(code for code in plan.left_out if code != village),
    )


def _best_order(problem: Problem, vehicle: Vehicle, day: date, orders: Iterable[list[str]]) -> list[str]:
    """Return the order that drives least of those that keep the rules; raises Refused with what none of them keeps."""
    best: tuple[int, list[str]] | None = None
    has_timetable = False
    for order in orders:
        planned = timetable(problem, vehicle=vehicle, day=day, villages=order)
        if planned is None:
            continue
        has_timetable = True
        if keeps_hours(planned, vehicle) and (best is None or planned.drive_s < best[0]):
            best = (planned.drive_s, order)
    if best is not None:
        return best[1]
    if not has_timetable:
        raise Refused(
            "window_missed", gettext_noop("On that day a stop would miss the hours of its market. Choose another day.")
        )
    raise Refused(
        "day_too_long", gettext_noop("With this stop that day is longer than the vehicle's hours or driving allow.")
    )


def _timed(problem: Problem, vehicle: Vehicle, day: date, villages: list[str]) -> PlannedDay:
    planned = timetable(problem, vehicle=vehicle, day=day, villages=villages)
    if planned is None:
        # Taking a stop away makes the later ones earlier, never late.
        raise AssertionError("a day that lost a stop lost its timetable")
    return planned
