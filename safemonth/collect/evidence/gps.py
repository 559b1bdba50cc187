"""Where and when satellites placed a photo: the GPS tags of Exif (CIPA DC-008, §4.6.6), with all that is wrong in them."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL.ExifTags import GPS

# About one metre; no phone knows its place better.
DEGREE_PLACES = Decimal("0.00001")
# Receivers that have no fix write zeros, which is a point in the Gulf of Guinea.
NOWHERE_DEGREES = 0.01


@dataclass(frozen=True)
class SatellitePosition:
    """Degrees, WGS 84, to five places (both or neither), and the satellites' time in UTC where it is told.

    `is_faulty`: something stands there that is no position (a void fix, no hemisphere, an impossible number).
    """

    latitude: Decimal | None = None
    longitude: Decimal | None = None
    at: datetime | None = None
    is_faulty: bool = False


def position_in(tags: Mapping[int, Any]) -> SatellitePosition:
    """Read the GPS table of a photo; an empty table is an empty position and no fault.

    A position is taken only with its hemisphere, a live fix (GPSStatus not V) and numbers that a
    place can have: denominators not zero, minutes and seconds up to 60 (59.9999 is written so),
    |latitude| ≤ 90, |longitude| ≤ 180, not the 0, 0 of receivers without a fix.
    """
    at = _time_of(tags)
    if GPS.GPSLatitude not in tags and GPS.GPSLongitude not in tags:
        return SatellitePosition(at=at)
    latitude = _degrees(tags.get(GPS.GPSLatitude), _letter(tags.get(GPS.GPSLatitudeRef)), signs={"N": 1, "S": -1})
    longitude = _degrees(tags.get(GPS.GPSLongitude), _letter(tags.get(GPS.GPSLongitudeRef)), signs={"E": 1, "W": -1})
    if (
        latitude is None
        or longitude is None
        or abs(latitude) > 90
        or abs(longitude) > 180
        or (abs(latitude) < NOWHERE_DEGREES and abs(longitude) < NOWHERE_DEGREES)
        or _letter(tags.get(GPS.GPSStatus)) == "V"
    ):
        return SatellitePosition(at=at, is_faulty=True)
    return SatellitePosition(
        latitude=Decimal(str(latitude)).quantize(DEGREE_PLACES),
        longitude=Decimal(str(longitude)).quantize(DEGREE_PLACES),
        at=at,
    )


def _degrees(value: Any, letter: str, *, signs: Mapping[str, int]) -> float | None:
    """Return signed degrees from degrees, minutes and seconds (or fewer of them); None where they are none."""
    parts = _numbers(value)
    if parts is None or letter not in signs or not 1 <= len(parts) <= 3:
        return None
    if any(part < 0 for part in parts) or any(part > 60 for part in parts[1:]):
        return None
    return signs[letter] * sum(part / 60**power for power, part in enumerate(parts))


def _numbers(value: Any) -> list[float] | None:
    """Return rationals as finite numbers; None where one has no value (a denominator of zero) or is no number."""
    if not isinstance(value, tuple | list):
        value = (value,)
    numbers: list[float] = []
    for part in value:
        try:
            number = part[0] / part[1] if isinstance(part, tuple) else float(part)
        except (TypeError, ValueError, ZeroDivisionError, IndexError, OverflowError):
            return None
        if not math.isfinite(number):
            return None
        numbers.append(number)
    return numbers


def _letter(value: Any) -> str:
    """Return a reference letter, written as text or as bytes, with or without a NUL."""
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="replace")
    return value.strip("\0 ").upper()[:1] if isinstance(value, str) else ""


def _time_of(tags: Mapping[int, Any]) -> datetime | None:
    """Return the satellites' time; None where date or time is absent or impossible."""
    day = tags.get(GPS.GPSDateStamp)
    if isinstance(day, bytes):
        day = day.decode("ascii", errors="replace")
    found = re.match(r"(\d{4})[:\-/](\d{1,2})[:\-/](\d{1,2})", day) if isinstance(day, str) else None
    clock = _numbers(tags.get(GPS.GPSTimeStamp))
    if not found or clock is None or len(clock) != 3 or not all(0 <= part < 61 for part in clock):
        return None
    try:
        midnight = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
        return midnight + timedelta(hours=clock[0], minutes=clock[1], seconds=int(clock[2]))
    except (ValueError, OverflowError):
        return None
