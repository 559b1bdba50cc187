"""Made counties for the rounds' measurements: villages about township seats, yards in the county town and beyond."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta

from safemonth.collect.publicity.rounds.problem import Problem, Vehicle, Village, Window, Yard
from safemonth.collect.publicity.rounds.travel import straight_travel

FIRST_DAY = date(2026, 6, 1)
# Villages, seed: thirty counties from a small one to one larger than the founding case's 470 villages.
COUNTIES: tuple[tuple[int, int], ...] = tuple(
    (villages, 100 * villages + number)
    for villages, count in ((60, 5), (100, 5), (150, 5), (200, 5), (300, 4), (400, 4), (470, 2))
    for number in range(count)
)
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Shape:
    """What sort of county: its half width, how many townships, and the share of villages with a market day."""

    half_width_km: float
    townships: int
    has_far_yard: bool
    has_markets: bool


def made_county(villages: int, seed: int) -> Problem:
    """Return a made county: the same for the same numbers.

    Three in four villages lie near a township's seat (normal, 2.5 to 4 km), the others anywhere. Four units lend
    their vehicles for ten working days, enough for the work one and a half times, from yards in the county town; in
    every third county one of them from a township's seat. In another third the village nearest to each seat wants
    its visit on a market morning, two days in the ten. Stops take 20 minutes, days run 8:00 to 16:00, driving is
    limited to 5 hours.
    """
    chance = random.Random(seed)
    shape = Shape(
        half_width_km=chance.uniform(14, 22) * math.sqrt(max(villages, 100) / 200),
        townships=max(4, villages // 16),
        has_far_yard=seed % 3 == 1,
        has_markets=seed % 3 == 2,
    )
    days = _working_days(10)
    seats = [_anywhere(chance, shape) for _ in range(shape.townships)]
    places = [_near(chance, seats[n % len(seats)]) if n % 4 else _anywhere(chance, shape) for n in range(villages)]
    town = (chance.uniform(-4, 4), chance.uniform(-4, 4))
    yards = [(town[0] + chance.uniform(-1.5, 1.5), town[1] + chance.uniform(-1.5, 1.5)) for _ in range(4)]
    if shape.has_far_yard:
        yards[3] = seats[0]
    markets = {min(range(villages), key=lambda n: math.dist(places[n], seat)) for seat in seats}
    made_yards = tuple(
        Yard(code=f"y{n}", name=f"{n + 1}号单位院", latitude=_latitude(place), longitude=_longitude(place))
        for n, place in enumerate(yards)
    )
    made = tuple(
        Village(
            code=f"v{n:03}",
            name=f"第{n + 1}村",
            latitude=_latitude(place),
            longitude=_longitude(place),
            windows=_market(chance, days) if shape.has_markets and n in markets else (),
        )
        for n, place in enumerate(places)
    )
    return Problem(
        yards=made_yards,
        villages=made,
        vehicles=_vehicles(villages, days),
        travel=straight_travel([*made_yards, *made]),
    )


def _vehicles(villages: int, days: tuple[date, ...]) -> tuple[Vehicle, ...]:
    # About 13 stops a day; half as many vehicle-days again as that needs.
    needed = math.ceil(1.5 * villages / 13 / len(days))
    each = max(1, math.ceil(needed / 4))
    return tuple(
        Vehicle(
            code=f"c{unit}{number}",
            name=f"{unit + 1}号单位{number + 1}车",
            unit=f"d{unit}",
            yard=f"y{unit}",
            days=days,
            starts_s=8 * 3600,
            ends_s=16 * 3600,
            most_drive_s=5 * 3600,
        )
        for unit in range(4)
        for number in range(each)
    )


def _market(chance: random.Random, days: tuple[date, ...]) -> tuple[Window, ...]:
    first = chance.randrange(5)
    return tuple(Window(8 * 3600, 12 * 3600, day) for day in (days[first], days[first + 5]))


def _working_days(count: int) -> tuple[date, ...]:
    days = (FIRST_DAY + timedelta(days=number) for number in range(3 * count))
    return tuple(day for day in days if day.weekday() < 5)[:count]


def _near(chance: random.Random, seat: tuple[float, float]) -> tuple[float, float]:
    spread = chance.uniform(2.5, 4.0)
    return (seat[0] + chance.gauss(0, spread), seat[1] + chance.gauss(0, spread))


def _anywhere(chance: random.Random, shape: Shape) -> tuple[float, float]:
    return (
        chance.uniform(-shape.half_width_km, shape.half_width_km),
        chance.uniform(-shape.half_width_km, shape.half_width_km),
    )


def _latitude(place: tuple[float, float]) -> float:
    return round(39.2 + place[1] / KM_PER_DEGREE, 6)


def _longitude(place: tuple[float, float]) -> float:
    return round(115.3 + place[0] / (KM_PER_DEGREE * math.cos(math.radians(39.2))), 6)
