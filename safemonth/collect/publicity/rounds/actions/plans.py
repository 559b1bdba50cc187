"""Writes of plans: plan or plan again, move a stop, hold one fast."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from safemonth.collect.publicity.rounds.changing import locks_of, moved, what_is_left
from safemonth.collect.publicity.rounds.checking import SENTENCES, Breach, breaches
from safemonth.collect.publicity.rounds.lower_bounds import LowerBound, lower_bound
from safemonth.collect.publicity.rounds.models import Round, RoundPlan, RoundVehicle, Stop, VehicleDay
from safemonth.collect.publicity.rounds.planning import Effort, make_plan
from safemonth.collect.publicity.rounds.problem import Plan, PlannedDay, Problem
from safemonth.collect.publicity.rounds.queries import (
    DayStops,
    coverage_of,
    current_plan,
    days_of_plan,
    plan_of,
    problem_of,
)
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit


def plan_round(*, round: Round, effort: Effort, from_day: date, today: date, by: str, at: datetime) -> RoundPlan:
    """Plan what is left of a round from a day on: villages not yet reached, locked stops where they are.

    Days before `from_day` stay on the plan as they were; what is to be reached on those from `today` on counts as
    cared for. The checker passes what is planned before it is kept; the bound takes
    as long again as the planner (10 s where only iterations are given). Raises Refused `nothing_to_plan`,
    `no_vehicle_days`, `plan_broken` (with the rule: then a lock cannot be kept), or as `queries.problem_of` does.
    """
    standing = current_plan(round)
    gone, to_come = _parted(days_of_plan(standing), from_day)
    cared_for = {stop.village.code for one in gone for stop in one.stops if one.day.day >= today}
    problem, unplaced = problem_of(round, reached=coverage_of(round, today=today).reached | cared_for)
    held = {
        (str(one.day.vehicle_id), one.day.day, stop.village.code)
        for one in to_come
        for stop in one.stops
        if stop.is_locked
    }
    whole = replace(problem, locks=locks_of(plan_of(to_come), held))
    left = what_is_left(whole, reached=(), from_day=from_day)
    if not left.to_reach:
        raise Refused("nothing_to_plan", gettext_noop("No village is left to be planned for."))
    if not left.vehicle_days:
        raise Refused("no_vehicle_days", gettext_noop("No vehicle is lent for that day or a later one."))
    plan = make_plan(left, effort=effort)
    _check(left, plan)
    bound = lower_bound(left, plan, seconds=effort.seconds or 10.0)
    return _keep(
        round,
        plan,
        problem=left,
        gone=gone,
        unplaced=unplaced,
        bound=bound,
        reason="planned" if standing is None else "planned again",
        planned_from=from_day,
        held=held,
        by=by,
        at=at,
    )


def move_stop(
    *,
    round: Round,
    village: Unit,
    vehicle: RoundVehicle,
    day: date,
    before: str | None,
    today: date,
    by: str,
    at: datetime,
) -> RoundPlan:
    """Put a village's stop on another vehicle's day, or elsewhere on its own; it is then held fast there.

    The new plan has no bounds of its own: those of the plan before hold for it too, and are carried over. Raises
    Refused `no_plan`, `day_gone`, `no_position`, or as `changing.moved` does.
    """
    standing = current_plan(round)
    if standing is None:
        raise Refused("no_plan", gettext_noop("There is no plan yet."))
    if day < today:
        raise Refused("day_gone", gettext_noop("That day is over."))
    gone, to_come = _parted(days_of_plan(standing), today)
    problem, unplaced = problem_of(round, reached=coverage_of(round, today=today).reached)
    if village.code not in problem.village:
        raise Refused("no_position", gettext_noop("Where that village lies is not known. Give its position first."))
    plan = moved(
        problem,
        plan_of(to_come, left_out=standing.left_out),
        village=village.code,
        vehicle=str(vehicle.pk),
        day=day,
        before=before,
    )
    held = {
        (str(one.day.vehicle_id), one.day.day, stop.village.code)
        for one in to_come
        for stop in one.stops
        if stop.is_locked and stop.village_id != village.pk
    } | {(str(vehicle.pk), day, village.code)}
    return _keep(
        round,
        plan,
        problem=problem,
        gone=gone,
        unplaced=unplaced,
        bound=None,
        reason=f"moved {village.name}",
        planned_from=standing.planned_from,
        held=held,
        by=by,
        at=at,
    )


def lock_stop(*, stop: Stop, is_locked: bool, by: str, at: datetime) -> Stop:
    """Hold a stop fast where it is, or let it go; the plan stays, the next planning goes by it."""
    about = f"{stop.vehicle_day} {stop.village}"
    with writing(by=by, at=at, action="round.lock" if is_locked else "round.unlock", about=about) as write:
        return write.change(stop, is_locked=is_locked)


def _parted(days: list[DayStops], day: date) -> tuple[list[DayStops], list[DayStops]]:
    """Return the vehicle-days before a day, and those of that day and later."""
    return [one for one in days if one.day.day < day], [one for one in days if one.day.day >= day]


def _check(problem: Problem, plan: Plan) -> None:
    """Raise Refused where the plan breaks a rule; villages without room are told beside the plan, not here."""
    allowed = set(plan.left_out)
    for breach in breaches(problem, plan):
        if not (breach.code == "not_reached" and breach.village in allowed):
            raise _refused(problem, breach)


def _refused(problem: Problem, breach: Breach) -> Refused:
    village = problem.village.get(breach.village)
    vehicle = problem.vehicle.get(breach.vehicle)
    return Refused(
        "plan_broken",
        SENTENCES[breach.code],
        village=village.name if village else breach.village,
        vehicle=vehicle.name if vehicle else breach.vehicle,
        day=breach.day.isoformat() if breach.day else "",
    )


def _keep(
    round: Round,
    plan: Plan,
    *,
    problem: Problem,
    gone: list[DayStops],
    unplaced: tuple[Unit, ...],
    bound: LowerBound | None,
    reason: str,
    planned_from: date,
    held: set[tuple[str, date, str]],
    by: str,
    at: datetime,
) -> RoundPlan:
    """Keep a plan as the version that stands, with the days gone by before it."""
    standing = current_plan(round)
    vehicles = {str(vehicle.pk): vehicle for vehicle in RoundVehicle.objects.filter(round=round)}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=problem.village)}
    least: tuple[int | None, int | None, int | None] = (None, None, None)
    if bound is not None:
        least = (bound.vehicle_days, bound.drive_s, bound.cost_s)
    elif standing is not None:
        least = (standing.least_vehicle_days, standing.least_drive_s, standing.least_cost_s)
    with writing(by=by, at=at, action="round.plan", about=f"{round}: {reason}") as write:
        if standing:
            write.change(standing, is_current=False)
        row = write.create(
            RoundPlan(
                round=round,
                version=standing.version + 1 if standing else 1,
                reason=reason[:200],
                made_by=by,
                made_at=at,
                planned_from=planned_from,
                travel={"method": problem.travel.method, **problem.travel.stated},
                left_out=list(plan.left_out),
                unplaced=[unit.code for unit in unplaced],
                least_vehicle_days=least[0],
                least_drive_s=least[1],
                least_cost_s=least[2],
            )
        )
        made = write.create_all(
            [_copy(row, one.day) for one in gone]
            + [_day(row, vehicles[planned.vehicle], planned, problem) for planned in plan.days]
        )
        stops = [
            Stop(
                vehicle_day=day,
                number=stop.number,
                village=stop.village,
                drive_s=stop.drive_s,
                begins_s=stop.begins_s,
                leaves_s=stop.leaves_s,
                is_locked=stop.is_locked,
            )
            for day, one in zip(made, gone, strict=False)
            for stop in one.stops
        ]
        stops += [
            Stop(
                vehicle_day=day,
                number=number,
                village=units[stop.village],
                drive_s=stop.drive_s,
                begins_s=stop.begins_s,
                leaves_s=stop.leaves_s,
                is_locked=(planned.vehicle, planned.day, stop.village) in held,
            )
            for day, planned in zip(made[len(gone) :], plan.days, strict=True)
            for number, stop in enumerate(planned.stops, start=1)
        ]
        write.create_all(stops)
    return row


def _copy(plan: RoundPlan, day: VehicleDay) -> VehicleDay:
    return VehicleDay(
        plan=plan,
        vehicle=day.vehicle,
        day=day.day,
        leaves_yard_s=day.leaves_yard_s,
        drive_back_s=day.drive_back_s,
        back_s=day.back_s,
        length_m=day.length_m,
    )


def _day(plan: RoundPlan, vehicle: RoundVehicle, planned: PlannedDay, problem: Problem) -> VehicleDay:
    yard = problem.vehicle[planned.vehicle].yard
    places = [yard, *(stop.village for stop in planned.stops), yard]
    return VehicleDay(
        plan=plan,
        vehicle=vehicle,
        day=planned.day,
        leaves_yard_s=planned.leaves_yard_s,
        drive_back_s=planned.drive_back_s,
        back_s=planned.back_s,
        length_m=sum(problem.travel.metres(a, b) for a, b in pairwise(places)),
    )
