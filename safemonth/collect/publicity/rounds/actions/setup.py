"""Writes of what a round is held to: the round, its vehicles, market hours, where villages lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.rounds.models import (
    MarketHours,
    Round,
    RoundVehicle,
    TravelMethod,
    VillagePosition,
)
from safemonth.collect.publicity.rounds.queries import coverage_of, days_of, positions_of
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.lib.tables import read_table
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import county, names_of_units
from safemonth.organisation.rules import units_named
from safemonth.plan.models import Campaign

FIVE_PLACES = Decimal("0.00001")
HEADINGS = {
    "village": ("village", "code", "unit", "村", "村名", "代码", "行政村"),
    "latitude": ("latitude", "lat", "纬度"),
    "longitude": ("longitude", "lon", "lng", "经度"),
}


@dataclass(frozen=True)
class RoundTerms:
    """What a round is held to, as the clerk states it."""

    name: str
    area: Unit
    from_on: date
    to_on: date
    stop_min: int = 20
    method: str = TravelMethod.STRAIGHT
    detour_factor: Decimal = Decimal("1.35")
    km_per_h: int = 32


@dataclass(frozen=True)
class VehicleTerms:
    """A vehicle as its unit lends it; `days` empty: on every weekday of the round."""

    name: str
    unit: Unit
    yard: str
    latitude: Decimal
    longitude: Decimal
    from_time: time
    to_time: time
    days: Sequence[date] = ()
    most_drive_min: int | None = None


def open_round(*, campaign: Campaign, terms: RoundTerms, by: str, at: datetime) -> Round:
    """Open a round. Raises Refused `round_name_taken` or `days_turned_round`."""
    _check_terms(campaign, terms)
    with writing(by=by, at=at, action="round.open", about=terms.name) as write:
        return write.create(Round(campaign=campaign, **_fields(terms)))


def change_round(*, round: Round, terms: RoundTerms, by: str, at: datetime) -> Round:
    """Change what a round is held to; the plan that stands stays until it is planned again. Raises as `open_round`."""
    _check_terms(round.campaign, terms, besides=round)
    with writing(by=by, at=at, action="round.change", about=terms.name) as write:
        return write.change(round, **_fields(terms))


def _check_terms(campaign: Campaign, terms: RoundTerms, *, besides: Round | None = None) -> None:
    if terms.to_on < terms.from_on:
        raise Refused("days_turned_round", gettext_noop("The last day comes before the first."))
    same = Round.objects.filter(campaign=campaign, name=terms.name).exclude(pk=besides.pk if besides else 0)
    if same.exists():
        raise Refused("round_name_taken", gettext_noop("There is a round of that name already."))


def _fields(terms: RoundTerms) -> dict[str, object]:
    return dict(vars(terms))


def add_vehicle(*, round: Round, terms: VehicleTerms, by: str, at: datetime) -> RoundVehicle:
    """Lend a vehicle to a round. Raises Refused `vehicle_name_taken`, `back_before_leaving` or `days_outside_round`."""
    fields = _vehicle_fields(round, terms)
    with writing(by=by, at=at, action="round.vehicle", about=terms.name) as write:
        return write.create(RoundVehicle(round=round, **fields))


def change_vehicle(*, vehicle: RoundVehicle, terms: VehicleTerms, by: str, at: datetime) -> RoundVehicle:
    """Change what a vehicle is lent for. Raises as `add_vehicle`."""
    fields = _vehicle_fields(vehicle.round, terms, besides=vehicle)
    with writing(by=by, at=at, action="round.vehicle", about=terms.name) as write:
        return write.change(vehicle, **fields)


def drop_vehicle(*, vehicle: RoundVehicle, by: str, at: datetime) -> RoundVehicle:
    """Take a vehicle back; plans that used it stay, the next one does without."""
    with writing(by=by, at=at, action="round.vehicle-drop", about=vehicle.name) as write:
        return write.change(vehicle, is_used=False)


def _vehicle_fields(round: Round, terms: VehicleTerms, *, besides: RoundVehicle | None = None) -> dict[str, object]:
    if terms.to_time <= terms.from_time:
        raise Refused("back_before_leaving", gettext_noop("The vehicle must be back after it left."))
    same = RoundVehicle.objects.filter(round=round, name=terms.name).exclude(pk=besides.pk if besides else 0)
    if same.exists():
        raise Refused("vehicle_name_taken", gettext_noop("There is a vehicle of that name in this round already."))
    days = sorted(set(terms.days)) or [day for day in days_of(round) if day.weekday() < 5]
    if not set(days) <= set(days_of(round)):
        raise Refused("days_outside_round", gettext_noop("A vehicle can only be lent for days of the round."))
    return {**vars(terms), "days": [day.isoformat() for day in days]}


def add_market_hours(
    *, round: Round, village: Unit, day: date | None, from_time: time, to_time: time, by: str, at: datetime
) -> MarketHours:
    """Let a village's stop lie within hours (of one day, or of every day); several are several chances.

    Raises Refused `closes_before_opening` or `hours_too_short` (shorter than a stop).
    """
    if to_time <= from_time:
        raise Refused("closes_before_opening", gettext_noop("The hours end before they begin."))
    minutes = (to_time.hour - from_time.hour) * 60 + to_time.minute - from_time.minute
    if minutes < round.stop_min:
        raise Refused("hours_too_short", gettext_noop("These hours are shorter than a stop."))
    with writing(by=by, at=at, action="round.market-hours", about=village.name) as write:
        return write.create(MarketHours(round=round, village=village, day=day, from_time=from_time, to_time=to_time))


def drop_market_hours(*, hours: MarketHours, by: str, at: datetime) -> MarketHours:
    """Take hours back."""
    with writing(by=by, at=at, action="round.market-hours-drop", about=str(hours.village)) as write:
        return write.change(hours, is_used=False)


def keep_positions(*, positions: Mapping[Unit, tuple[Decimal, Decimal]], source: str, by: str, at: datetime) -> int:
    """Keep where villages lie (latitude, longitude); returns how many were new or changed."""
    standing = positions_of(positions)
    new, changed = [], []
    for village, (latitude, longitude) in positions.items():
        fields = {"latitude": latitude.quantize(FIVE_PLACES), "longitude": longitude.quantize(FIVE_PLACES)}
        row = standing.get(village.pk)
        if row is None:
            new.append(VillagePosition(village=village, source=source[:120], **fields))
        elif (row.latitude, row.longitude) != tuple(fields.values()):
            changed.append((row, {**fields, "source": source[:120]}))
    with writing(by=by, at=at, action="village.positions", about=source) as write:
        write.create_all(new)
        write.change_each(changed)
    return len(new) + len(changed)


def place_villages(*, data: bytes, file_name: str, by: str, at: datetime) -> int:
    """Keep positions from a list (Excel or CSV) with the columns village, latitude and longitude; returns how many.

    A village is named by its code, or by its name with the township before it. Raises Refused `no_positions` (the
    columns are missing), `unknown_village` or `not_a_position` with the row, and then keeps nothing.
    """
    table = read_table(data, file_name=file_name)
    columns = _columns(table)
    names, top = names_of_units(), county().name
    villages = {village.code: village for village in Unit.objects.filter(kind="village")}
    found: dict[Unit, tuple[Decimal, Decimal]] = {}
    for number, row in enumerate(table[columns["row"] + 1 :], start=columns["row"] + 2):
        cells = [row[columns[name]].strip() if columns[name] < len(row) else "" for name in HEADINGS]
        if not any(cells):
            continue
        text, *degrees = cells
        codes = [code for code in units_named(text, names=names, county=top) if code in villages]
        if len(codes) != 1:
            raise Refused(
                "unknown_village",
                gettext_noop("Row %(row)s: “%(text)s” is no village, or several. Give its code, or its township too."),
                row=number,
                text=text,
            )
        found[villages[codes[0]]] = _position(number, *degrees)
    return keep_positions(positions=found, source=file_name, by=by, at=at)


def _columns(table: Sequence[Sequence[str]]) -> dict[str, int]:
    for number, row in enumerate(table[:10]):
        cells = ["".join(cell.lower().split()) for cell in row]
        found = {
            name: next((n for n, cell in enumerate(cells) if cell in words), -1) for name, words in HEADINGS.items()
        }
        if min(found.values()) >= 0:
            return {**found, "row": number}
    raise Refused(
        "no_positions", gettext_noop("The list needs the columns village, latitude and longitude (村、纬度、经度).")
    )


def _position(number: int, latitude: str, longitude: str) -> tuple[Decimal, Decimal]:
    try:
        north, east = Decimal(latitude), Decimal(longitude)
    except InvalidOperation:
        north = east = Decimal("NaN")
    if not (north.is_finite() and east.is_finite() and abs(north) <= 90 and abs(east) <= 180):
        raise Refused(
            "not_a_position",
            gettext_noop("Row %(row)s: “%(latitude)s, %(longitude)s” is no position in degrees."),
            row=number,
            latitude=latitude,
            longitude=longitude,
        )
    return north, east


def positions_from_stops(*, round: Round, today: date, by: str, at: datetime) -> int:
    """Keep, for villages without a position, the one noted at a stop that was made there; returns how many."""
    coverage = coverage_of(round, today=today)
    unplaced = {line.village.code: line.village for line in coverage.lines if not line.position}
    noted = {
        f"activity {row.pk}": (row.latitude, row.longitude)
        for row in Activity.objects.filter(campaign=round.campaign, latitude__isnull=False, is_current=True)
    }
    found = {}
    for visit in coverage.visits:
        position = noted.get(visit.source)
        if visit.village in unplaced and position and position[0] is not None and position[1] is not None:
            found[unplaced[visit.village]] = (position[0], position[1])
    return keep_positions(positions=found, source="stops made", by=by, at=at)
