"""Villages and routes drawn to scale from their positions, as numbers for an SVG: it prints, and asks no map server."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 520
MARGIN: Final = 26
# A degree of latitude on the mean sphere (IUGG mean radius 6,371,008.8 m); a county is small against the difference.
METRES_A_DEGREE: Final = 111_195
LEAST_SPAN_M: Final = 500
# Told apart also by eyes that see no red or green (Okabe and Ito 2008), dark enough on white; then by dashes.
COLOURS: Final = ("#0b5d51", "#b4470f", "#1f4e9c", "#7a3b8f", "#6b5500", "#444c52")
DASHES: Final = ("", "9 5", "2 5", "12 4 2 4")


@dataclass(frozen=True)
class Place:
    """A place to be drawn, in degrees (WGS 84): `state` is a `rules.State`, or "yard"; `number` 0: none beside it."""

    name: str
    latitude: float
    longitude: float
    state: str
    number: int = 0


@dataclass(frozen=True)
class Route:
    """A vehicle's way as (latitude, longitude); routes of one `rank` look alike."""

    name: str
    points: tuple[tuple[float, float], ...]
    rank: int


@dataclass(frozen=True)
class Dot:
    """A place in the picture."""

    place: Place
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A route in the picture: `points` as SVG wants them, its colour, and its dashes (empty: a whole line)."""

    name: str
    points: str
    colour: str
    dashes: str


@dataclass(frozen=True)
class Picture:
    """Dots and lines in a picture of WIDTH by HEIGHT, north up, and a bar of `bar_px` that is `bar_km` long."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    bar_px: int
    bar_km: float
    width: int = WIDTH
    height: int = HEIGHT


def picture_of(places: Sequence[Place], routes: Sequence[Route] = ()) -> Picture | None:
    """Return the places and routes as a picture, None where there are no places.

    Equirectangular about the middle latitude, exact enough for a county; drawn in the order given, lines first.
    """
    if not places:
        return None
    middle = math.radians((min(p.latitude for p in places) + max(p.latitude for p in places)) / 2)
    east = [p.longitude * METRES_A_DEGREE * math.cos(middle) for p in places]
    north = [p.latitude * METRES_A_DEGREE for p in places]
    wide, high = (max(max(values) - min(values), LEAST_SPAN_M) for values in (east, north))
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    centre_east, centre_north = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2

    def at(latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude * METRES_A_DEGREE * math.cos(middle) - centre_east) * scale
        y = HEIGHT / 2 - (latitude * METRES_A_DEGREE - centre_north) * scale
        return round(x, 1), round(y, 1)

    bar_km = _round_length(WIDTH / 5 / scale / 1000)
    return Picture(
        dots=tuple(Dot(place, *at(place.latitude, place.longitude)) for place in places),
        lines=tuple(
            Line(
                name=route.name,
                points=" ".join(f"{x},{y}" for x, y in (at(*point) for point in route.points)),
                colour=colour,
                dashes=dashes,
            )
            for route in routes
            for colour, dashes in [look_of_rank(route.rank)]
        ),
        bar_px=round(bar_km * 1000 * scale),
        bar_km=bar_km,
    )


def look_of_rank(rank: int) -> tuple[str, str]:
    """Return the colour and the dashes (empty: a whole line) of a rank; they repeat after 24."""
    return COLOURS[rank % len(COLOURS)], DASHES[rank // len(COLOURS) % len(DASHES)]


def _round_length(km: float) -> float:
    """Return the longest of ... 0.5, 1, 2, 5, 10, 20 ... km that is no longer than `km`."""
    power = 10.0 ** math.floor(math.log10(km))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= km * (1 + 1e-9))
