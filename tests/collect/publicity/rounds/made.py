"""Small made problems: a yard in the middle of some villages, two vehicles, a few days."""

from dataclasses import replace
from datetime import date, timedelta

from safemonth.collect.publicity.rounds.planning import Effort
from safemonth.collect.publicity.rounds.problem import Problem, Vehicle, Village, Window, Yard
from safemonth.collect.publicity.rounds.travel import straight_travel

MONDAY = date(2026, 6, 1)
HOUR_S = 3600
QUICK = Effort(seconds=None, iterations=60, seed=1)


def problem_of(
    places: list[tuple[float, float]],
    *,
    days: int = 2,
    hours: float = 6,
    most_drive_s: int | None = None,
    windows: dict[int, tuple[Window, ...]] | None = None,
    yards: tuple[tuple[float, float], ...] = ((0.0, 0.0),),
) -> Problem:
    """Return villages at (east km, north km) of the first yard, and one vehicle in each yard."""
    made_yards = tuple(
        Yard(f"y{number}", f"院{number}", 39.0 + north / 111.2, 115.0 + east / 86.4)
        for number, (east, north) in enumerate(yards)
    )
    villages = tuple(
        Village(
            f"v{number}",
            f"{number}村",
            39.0 + north / 111.2,
            115.0 + east / 86.4,
            windows=(windows or {}).get(number, ()),
        )
        for number, (east, north) in enumerate(places)
    )
    vehicles = tuple(
        Vehicle(
            code=f"c{number}",
            name=f"车{number}",
            unit="d1",
            yard=yard.code,
            days=tuple(MONDAY + timedelta(days=n) for n in range(days)),
            starts_s=8 * HOUR_S,
            ends_s=8 * HOUR_S + int(hours * HOUR_S),
            most_drive_s=most_drive_s,
        )
        for number, yard in enumerate(made_yards)
    )
    return Problem(made_yards, villages, vehicles, straight_travel([*made_yards, *villages]))


def with_window(problem: Problem, code: str, *windows: Window) -> Problem:
    """Return the problem with one village's hours changed."""
    villages = tuple(replace(v, windows=windows) if v.code == code else v for v in problem.villages)
    return replace(problem, villages=villages)


GRID = [(float(east), float(north)) for east in (-6, -2, 2, 6) for north in (-5, 0.5, 5)]
