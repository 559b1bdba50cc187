"""Sites drawn to scale from their positions, as numbers for an SVG: it prints, and asks no map server for tiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 560
HEIGHT: Final = 380
MARGIN: Final = 70
RADIUS: Final = 17
LINE: Final = 19
# A degree of latitude on the mean sphere (IUGG mean radius 6,371,008.8 m); a town is small against the difference.
METRES_A_DEGREE: Final = 111_195
# Sites nearer to each other than this fill the map no further: a wrong last digit should not look like a town.
LEAST_SPAN_M: Final = 200


@dataclass(frozen=True)
class Spot:
    """A site to be drawn: its number, two short lines of text beside it, and degrees (WGS 84)."""

    number: int
    name: str
    note: str
    latitude: float
    longitude: float
    is_marked: bool = False


@dataclass(frozen=True)
class Mark:
    """A spot in the picture: centre of its circle, and where its text begins (`anchor` as in SVG)."""

    spot: Spot
    x: int
    y: int
    text_x: int
    text_y: int
    anchor: str

    @property
    def note_y(self) -> int:
        """Where the second line of text stands."""
        return self.text_y + LINE

    @property
    def number_y(self) -> int:
        """Where the number's foot stands within the circle."""
        return self.y + 6


@dataclass(frozen=True)
class Picture:
    """Marks in a picture of WIDTH by HEIGHT, north up, and a bar of `bar_px` that is `bar_m` long on the ground."""

    marks: tuple[Mark, ...]
    bar_px: int
    bar_m: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return not (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )

    def beyond(self) -> float:
        """How far it reaches out of the picture."""
        return max(-self.left, 0) + max(-self.top, 0) + max(self.right - WIDTH, 0) + max(self.bottom - HEIGHT, 0)


def picture_of(spots: Sequence[Spot]) -> Picture | None:
    """Return the spots as a picture, None where there are none.

    Equirectangular about the middle latitude (exact enough for a county); texts stand where they hide least.
    """
    if not spots:
        return None
    middle = math.radians((min(s.latitude for s in spots) + max(s.latitude for s in spots)) / 2)
    east = [s.longitude * METRES_A_DEGREE * math.cos(middle) for s in spots]
    north = [s.latitude * METRES_A_DEGREE for s in spots]
    wide, high = (max(max(values) - min(values), LEAST_SPAN_M) for values in (east, north))
    px_a_metre = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    centre_east, centre_north = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    at = [
        (round(WIDTH / 2 + (e - centre_east) * px_a_metre), round(HEIGHT / 2 - (n - centre_north) * px_a_metre))
        for e, n in zip(east, north, strict=True)
    ]
    bar_m = _round_length(WIDTH / 4 / px_a_metre)
    return Picture(marks=tuple(_marks(spots, at)), bar_px=round(bar_m * px_a_metre), bar_m=bar_m)


def _marks(spots: Sequence[Spot], at: Sequence[tuple[int, int]]) -> list[Mark]:
    # The bar and the arrow have their corners; circles have theirs.
    taken = [_Box(0, HEIGHT - 34, WIDTH / 4 + 24, HEIGHT), _Box(WIDTH - 44, 0, WIDTH, 56)]
    taken += [_Box(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in at]
    marks = []
    for spot, (x, y) in zip(spots, at, strict=True):
        wide = max(_text_width(spot.name), _text_width(spot.note))
        inside = round(min(max(x, wide / 2 + 4), WIDTH - wide / 2 - 4))
        places = [
            (x + RADIUS + 6, y - 3, "start", _Box(x + RADIUS + 6, y - 19, x + RADIUS + 6 + wide, y + 21)),
            (x - RADIUS - 6, y - 3, "end", _Box(x - RADIUS - 6 - wide, y - 19, x - RADIUS - 6, y + 21)),
            (inside, y + RADIUS + 18, "middle", _around(inside, wide, y + RADIUS + 2)),
            (inside, y - RADIUS - 27, "middle", _around(inside, wide, y - RADIUS - 43)),
        ]
        text_x, text_y, anchor, box = min(
            places, key=lambda place: (place[3].beyond(), sum(place[3].meets(other) for other in taken))
        )
        taken.append(box)
        marks.append(Mark(spot=spot, x=x, y=y, text_x=text_x, text_y=text_y, anchor=anchor))
    return marks


def _around(x: float, wide: float, top: float) -> _Box:
    return _Box(x - wide / 2, top, x + wide / 2, top + 40)


def _text_width(text: str) -> float:
    """Return about how wide a bold text is at 16 px: a Chinese sign is a square, a Latin letter not much over half."""
    return sum(16 if ord(sign) > 0x2E7F else 9.8 for sign in text)


def _round_length(metres: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 ... metres that is no longer."""
    power = 10 ** max(math.floor(math.log10(max(metres, 1))), 0)
    return max((factor * power for factor in (1, 2, 5) if factor * power <= max(metres, 1)), default=power)
