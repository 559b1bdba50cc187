"""A round in the cast's county: ten more villages with positions, two vehicles, three days in June 2019."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from safemonth.collect.publicity.rounds.actions import add_vehicle, keep_positions, open_round, plan_round
from safemonth.collect.publicity.rounds.actions.setup import RoundTerms, VehicleTerms
from safemonth.collect.publicity.rounds.models import Round, RoundPlan, RoundVehicle
from safemonth.collect.publicity.rounds.planning import Effort
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.models import Unit
from tests.cast import AT

MONDAY, TUESDAY, WEDNESDAY = date(2019, 6, 3), date(2019, 6, 4), date(2019, 6, 5)
# Some looks, the bound among them, are timed: in tests they are short, and what is held does not hang on how short.
QUICK = Effort(seconds=1, iterations=60)


@dataclass(frozen=True)
class Made:
    """What was set up."""

    round: Round
    vehicles: tuple[RoundVehicle, RoundVehicle]
    villages: dict[str, Unit]


def made_round(county: Any, *, with_positions: bool = True) -> Made:
    """Open the round; 东关村 of 北乡 and 南乡 (two villages of one name) are among its villages."""
    add_units(
        units=[
            NewUnit(f"1302{number:02}", f"{name}村", "village", "1302", name_en=f"Village {number}")
            for number, name in enumerate("李赵钱孙周吴郑王冯陈", start=10)
        ],
        by="c",
        at=AT,
    )
    round = open_round(
        campaign=county.campaign,
        terms=RoundTerms("宣传车进村", county.unit("13"), MONDAY, WEDNESDAY),
        by="c",
        at=AT,
    )
    villages = {unit.code: unit for unit in Unit.objects.filter(kind="village").order_by("path")}
    if with_positions:
        keep_positions(
            positions={
                unit: (Decimal("39.30") + Decimal(n % 4) / 25, Decimal("115.40") + Decimal(n // 4) / 25)
                for n, unit in enumerate(villages.values())
            },
            source="test",
            by="c",
            at=AT,
        )
    vehicles = tuple(
        add_vehicle(
            round=round,
            terms=VehicleTerms(
                name=f"{unit}车",
                unit=county.unit(unit),
                yard="县城大院",
                latitude=Decimal("39.35"),
                longitude=Decimal("115.45"),
                from_time=time(8),
                to_time=time(12),
                most_drive_min=180,
            ),
            by="c",
            at=AT,
        )
        for unit in ("d1", "d2")
    )
    return Made(round, (vehicles[0], vehicles[1]), villages)


def planned(made: Made, *, today: date = MONDAY) -> RoundPlan:
    """Plan the round."""
    return plan_round(round=made.round, effort=QUICK, from_day=today, today=today, by="clerk", at=AT)


def at_noon(day: date) -> datetime:
    """Return noon of a day, with AT's zone."""
    return datetime.combine(day, time(12), tzinfo=AT.tzinfo)
