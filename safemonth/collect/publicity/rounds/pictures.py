"""The maps of a round's pages and sheets."""

from collections.abc import Sequence

from safemonth.collect.publicity.rounds.models import RoundVehicle, VillagePosition
from safemonth.collect.publicity.rounds.queries import Coverage, DayStops, positions_of
from safemonth.collect.publicity.rounds.route_map import Picture, Place, Route, look_of_rank, picture_of
from safemonth.organisation.languages import named
from safemonth.organisation.models import Unit


def picture_of_round(coverage: Coverage, days: Sequence[DayStops], vehicles: Sequence[RoundVehicle]) -> Picture | None:
    """Return all villages by what has become of them, the yards, and every vehicle-day's way; a colour a vehicle."""
    at = {line.village.pk: line.position for line in coverage.lines if line.position}
    return picture_of(
        [_village(line.village, line.position, line.state) for line in coverage.lines if line.position]
        + [_yard(vehicle) for vehicle in vehicles],
        [_route(one, at, _rank(one, vehicles)) for one in days],
    )


def look_of(one: DayStops, vehicles: Sequence[RoundVehicle]) -> dict[str, str]:
    """Return the `colour` and `dashes` in which the round's map shows a vehicle-day."""
    colour, dashes = look_of_rank(_rank(one, vehicles))
    return {"colour": colour, "dashes": dashes}


def _rank(one: DayStops, vehicles: Sequence[RoundVehicle]) -> int:
    """Return a number for each vehicle; those taken back share the next one."""
    keys = [vehicle.pk for vehicle in vehicles]
    return keys.index(one.day.vehicle_id) if one.day.vehicle_id in keys else len(keys)


def picture_of_day(one: DayStops) -> Picture | None:
    """Return one vehicle-day's way with its stops numbered."""
    at = positions_of([stop.village for stop in one.stops])
    return picture_of(
        [
            _village(stop.village, at[stop.village_id], "planned", number=stop.number)
            for stop in one.stops
            if stop.village_id in at
        ]
        + [_yard(one.day.vehicle)],
        [_route(one, at, 0)],
    )


def _village(unit: Unit, position: VillagePosition, state: str, *, number: int = 0) -> Place:
    return Place(named(unit), float(position.latitude), float(position.longitude), state, number)


def _yard(vehicle: RoundVehicle) -> Place:
    return Place(vehicle.yard, float(vehicle.latitude), float(vehicle.longitude), "yard")


def _route(one: DayStops, at: dict[int, VillagePosition], rank: int) -> Route:
    vehicle = one.day.vehicle
    yard = (float(vehicle.latitude), float(vehicle.longitude))
    stops = [at[stop.village_id] for stop in one.stops if stop.village_id in at]
    points = (yard, *((float(p.latitude), float(p.longitude)) for p in stops), yard)
    return Route(f"{vehicle.name} {one.day.day:%m-%d}", points, rank)
