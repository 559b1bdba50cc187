"""Distances between positions, and where a county's photos are usually taken. Degrees are WGS 84, distances metres."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

# The mean radius of the Earth (IUGG, R1).
EARTH_RADIUS_M = 6_371_009.0
# Fewer positions than this say nothing of a county.
FEWEST_FOR_SPREAD = 20
# Of points spread evenly over a disk the median lies at 0.71 of its radius: three medians reach twice the radius,
# so that a photo beyond them was hardly taken in the county. Our own choice; it only makes a note.
MEDIANS_FOR_FAR = 3
# A county of China has some 2,500 km² as a disk of 28 km: where all photos come from the county town, the villages
# are no outliers.
NEAREST_FAR_M = 30_000.0


@dataclass(frozen=True)
class Position:
    """A point: degrees north and east (negative: south, west)."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Spread:
    """Where photos are usually taken: round `middle`, and seldom beyond `reach_m`; `count` positions say so."""

    middle: Position
    reach_m: float
    count: int


def distance_m(one: Position, other: Position) -> float:
    """Return the distance over the ground in metres (haversine; the Earth as a sphere: within 0.6 %)."""
    north = math.radians(other.latitude - one.latitude)
    east = math.radians(other.longitude - one.longitude)
    chord = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude)) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def spread_of(positions: Sequence[Position]) -> Spread | None:
    """Return where most of `positions` lie; None where there are fewer than FEWEST_FOR_SPREAD.

    The middle is the median of each coordinate, the reach three times the median distance from it, at
    least NEAREST_FAR_M: up to half of the positions may be wrong without moving it far. Not for
    places on both sides of the 180th meridian.
    """
    if len(positions) < FEWEST_FOR_SPREAD:
        return None
    middle = Position(
        statistics.median(point.latitude for point in positions),
        statistics.median(point.longitude for point in positions),
    )
    usual_m = statistics.median(distance_m(middle, point) for point in positions)
    return Spread(middle=middle, reach_m=max(NEAREST_FAR_M, MEDIANS_FOR_FAR * usual_m), count=len(positions))
