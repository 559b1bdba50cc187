"""The demo's rounds: four units' vehicles to every village, planned before June, a stop moved for each, planned again.

Where villages lie is made up: about their township's seat (`data/seats.csv`), or where a phone was when a stop was
reported (`data/filled.csv`). What the vehicles gave out is told by the units' sheets and forms; the round counts nothing.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from importlib.resources import files

from safemonth.collect.publicity.rounds.actions import (
    add_market_hours,
    add_vehicle,
    keep_positions,
    move_stop,
    open_round,
    plan_round,
)
from safemonth.collect.publicity.rounds.actions.setup import RoundTerms, VehicleTerms
from safemonth.collect.publicity.rounds.models import Round, RoundVehicle
from safemonth.collect.publicity.rounds.planning import Effort
from safemonth.demo.county import COUNTY, VEHICLE_UNITS, short_name, townships, villages_of
from safemonth.demo.field.filled import FilledForm, filled_forms
from safemonth.lib.refusals import Refused
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign

FIRST_DAY, LAST_DAY = date(2019, 6, 4), date(2019, 6, 28)
# So many iterations, so that each run plans the same; the seconds only end what a slow machine would draw out, and are
# what the bound may take.
EFFORT = Effort(seconds=2.0, iterations=120)
# Where the units keep their vehicles, in and about the county town; made up.
YARDS = {
    "safety": ("县安监局院", "39.35120", "115.49600"),
    "mine": ("县煤管办院", "39.34700", "115.48900"),
    "fire": ("县消防大队", "39.35600", "115.50800"),
    "traffic": ("县交警大队", "39.34300", "115.51000"),
}
# Seats whose first village wants its stop on a market morning, and the market's days.
MARKETS = {"130633108": (date(2019, 6, 7), date(2019, 6, 17)), "130633107": (date(2019, 6, 6), date(2019, 6, 18))}
# How far villages lie about their seat, in degrees.
SPREAD = 0.025


def plan_rounds(campaign: Campaign, *, by: str, at: datetime) -> Round:
    """Open the round, say where villages lie and what is lent, plan, and move what the units asked for."""
    terms = RoundTerms("宣传车进村", unit_by_code(COUNTY), FIRST_DAY, LAST_DAY)
    made = open_round(campaign=campaign, terms=terms, by=by, at=at)
    positions = village_positions()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=positions)}
    known = {units[code]: position for code, position in positions.items()}
    keep_positions(positions=known, source="演示用位置", by=by, at=at)
    vehicles = {unit: _lend(made, unit, by=by, at=at) for unit in VEHICLE_UNITS}
    for township, days in MARKETS.items():
        village = units[villages_of(township)[0]]
        for day in days:
            add_market_hours(
                round=made, village=village, day=day, from_time=time(8, 30), to_time=time(11, 30), by=by, at=at
            )
    plan_round(round=made, effort=EFFORT, from_day=FIRST_DAY, today=at.date(), by=by, at=at)
    for unit, vehicle in vehicles.items():
        _move_one(made, vehicle, unit, units, by=by, at=at)
    return made


def plan_missed_again(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Plan again, from the morning on, what no phone has reported reached."""
    made = Round.objects.get(campaign=campaign)
    plan_round(round=made, effort=EFFORT, from_day=at.date(), today=at.date(), by=by, at=at)


def village_positions() -> dict[str, tuple[Decimal, Decimal]]:
    """Return code -> (latitude, longitude) of every village of the county; the same on each run."""
    found = {code: (_degrees(float(seat[0])), _degrees(float(seat[1]))) for code, seat in _scattered()}
    for filled in _stops_filled():
        latitude, longitude = filled.position.split()
        found[village_of(filled)] = (Decimal(latitude), Decimal(longitude))
    return found


def village_of(filled: FilledForm) -> str:
    """Return the code of the village that a filled stop names. Raises KeyError where there is none."""
    return {short_name(code): code for town in townships() for code in villages_of(town.code)}[filled.place]


def _scattered() -> Iterator[tuple[str, tuple[float, float]]]:
    with files("safemonth").joinpath("demo/data/seats.csv").open(encoding="utf-8") as lines:
        seats = {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(lines)}
    for township, seat in seats.items():
        for code in villages_of(township):
            chance = random.Random(code)
            yield code, (seat[0] + chance.gauss(0, SPREAD), seat[1] + chance.gauss(0, 1.3 * SPREAD))


def _degrees(value: float) -> Decimal:
    return Decimal(f"{value:.5f}")


def _stops_filled() -> list[FilledForm]:
    return [filled for filled in filled_forms() if filled.form == "village_stop"]


def _lend(made: Round, unit: str, *, by: str, at: datetime) -> RoundVehicle:
    yard, latitude, longitude = YARDS[unit.removeprefix(f"{COUNTY}-")]
    terms = VehicleTerms(
        name=f"{short_name(unit)}宣传车",
        unit=unit_by_code(unit),
        yard=yard,
        latitude=Decimal(latitude),
        longitude=Decimal(longitude),
        from_time=time(8),
        to_time=time(17),
        most_drive_min=300,
    )
    return add_vehicle(round=made, terms=terms, by=by, at=at)


def _move_one(made: Round, vehicle: RoundVehicle, unit: str, units: dict[str, Unit], *, by: str, at: datetime) -> None:
    """Move to its unit's vehicle the first stop that the unit will report and that has room on that day."""
    for filled in _stops_filled():
        if filled.unit != unit:
            continue
        try:
            move_stop(
                round=made,
                village=units[village_of(filled)],
                vehicle=vehicle,
                day=filled.on,
                before=None,
                today=at.date(),
                by=by,
                at=at,
            )
        except Refused:
            continue
        return
