"""Reads of plans: the current one, its days and stops, and the problem that it answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from safemonth.collect.publicity.rounds.models import (
    Round,
    RoundPlan,
    RoundVehicle,
    Stop,
    TravelMethod,
    VehicleDay,
)
from safemonth.collect.publicity.rounds.problem import (
    Plan,
    PlannedDay,
    PlannedStop,
    Problem,
    Travel,
    Vehicle,
    Village,
    Window,
    Yard,
)
from safemonth.collect.publicity.rounds.queries.setup import market_hours_of, positions_of, vehicles_of, villages_of
from safemonth.collect.publicity.rounds.roads import open_roads, road_travel
from safemonth.collect.publicity.rounds.rules import seconds_of
from safemonth.collect.publicity.rounds.travel import straight_travel
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by


def current_plan(round: Round) -> RoundPlan | None:
    """Return the plan that stands, None where there is none yet."""
    return RoundPlan.objects.filter(round=round, is_current=True).select_related("round").first()


@dataclass(frozen=True)
class DayStops:
    """A vehicle's day on a plan with its stops in order."""

    day: VehicleDay
    stops: tuple[Stop, ...]

    @property
    def drive_s(self) -> int:
        """Time at the wheel that day."""
        return sum(stop.drive_s for stop in self.stops) + self.day.drive_back_s


def days_of_plan(plan: RoundPlan | None, *, user: User | None = None) -> list[DayStops]:
    """Return a plan's vehicle-days in order of day and vehicle; with `user`, those that the user may see.

    A user sees all, or only those of their units' own vehicles.
    """
    if plan is None:
        return []
    rows = VehicleDay.objects.filter(plan=plan).select_related("vehicle__unit", "plan__round__campaign")
    if user is not None and not sees_all(user):
        rows = rows.filter(vehicle__unit__in=units_seen_by(user))
    stops: dict[int, list[Stop]] = {}
    for stop in Stop.objects.filter(vehicle_day__in=rows).select_related("village__parent").order_by("number"):
        stops.setdefault(stop.vehicle_day_id, []).append(stop)
    return [DayStops(row, tuple(stops.get(row.pk, ()))) for row in rows.order_by("day", "vehicle")]


def problem_of(round: Round, *, reached: Collection[str]) -> tuple[Problem, tuple[Unit, ...]]:
    """Return the whole round as a problem, and the villages whose position is not known (they are not in it).

    A vehicle's code is its key, a village's its unit's code, a yard's that of its vehicle. Raises Refused as
    `roads.open_roads` and `roads.road_travel` do where travel goes by roads.
    """
    units = list(villages_of(round))
    positions = positions_of(units)
    windows: dict[int, list[Window]] = {}
    for hours in market_hours_of(round):
        windows.setdefault(hours.village_id, []).append(
            Window(seconds_of(hours.from_time), seconds_of(hours.to_time), hours.day)
        )
    villages = tuple(
        Village(
            code=unit.code,
            name=unit.name,
            latitude=float(positions[unit.pk].latitude),
            longitude=float(positions[unit.pk].longitude),
            stop_s=round.stop_min * 60,
            windows=tuple(windows.get(unit.pk, ())),
        )
        for unit in units
        if unit.pk in positions
    )
    lent = list(vehicles_of(round))
    yards = tuple(Yard(_yard(v), v.yard, float(v.latitude), float(v.longitude)) for v in lent)
    problem = Problem(
        yards=yards,
        villages=villages,
        vehicles=tuple(_vehicle(vehicle) for vehicle in lent),
        travel=_travel(round, [*yards, *villages]),
        visited=frozenset(reached),
    )
    return problem, tuple(unit for unit in units if unit.pk not in positions)


def _yard(vehicle: RoundVehicle) -> str:
    return f"yard-{vehicle.pk}"


def _vehicle(vehicle: RoundVehicle) -> Vehicle:
    return Vehicle(
        code=str(vehicle.pk),
        name=vehicle.name,
        unit=vehicle.unit.code,
        yard=_yard(vehicle),
        days=tuple(date.fromisoformat(day) for day in vehicle.days),
        starts_s=seconds_of(vehicle.from_time),
        ends_s=seconds_of(vehicle.to_time),
        most_drive_s=vehicle.most_drive_min * 60 if vehicle.most_drive_min is not None else None,
    )


def _travel(round: Round, places: Sequence[Yard | Village]) -> Travel:
    if round.method == TravelMethod.STRAIGHT:
        return straight_travel(places, detour_factor=float(round.detour_factor), km_per_h=round.km_per_h)
    extract = Path(getattr(settings, "ROADS", None) or "")
    matrix = open_roads(extract, tiles=Path(settings.DATA) / "roads")
    return road_travel(places, matrix=matrix, extract=extract.name)


def plan_of(days: Sequence[DayStops], *, left_out: Sequence[str] = ()) -> Plan:
    """Return stored vehicle-days as the planner knows them."""
    return Plan(
        days=tuple(
            PlannedDay(
                vehicle=str(one.day.vehicle_id),
                day=one.day.day,
                leaves_yard_s=one.day.leaves_yard_s,
                stops=tuple(
                    PlannedStop(stop.village.code, stop.drive_s, stop.begins_s, stop.leaves_s) for stop in one.stops
                ),
                drive_back_s=one.day.drive_back_s,
                back_s=one.day.back_s,
            )
            for one in days
        ),
        left_out=tuple(left_out),
    )
