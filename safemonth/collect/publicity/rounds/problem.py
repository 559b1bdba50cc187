"""The statement of a round: which villages to reach, with which vehicles, on which days and at which hours.

Times of day are whole seconds after midnight, times spent whole seconds, lengths whole metres. Codes are the codes
of units (villages) and whatever the clerk calls yards and vehicles by. Plain Python: the planner, the checker and the
bound read this and nothing else of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

Seconds = npt.NDArray[np.int64]

DAY_S = 86_400
# No road leads there: longer than any day, so that no rule about hours can be kept over it.
UNREACHABLE_S = 10_000_000


@dataclass(frozen=True)
class Yard:
    """Where vehicles leave in the morning and come back to."""

    code: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Window:
    """Hours in which a stop must lie from its beginning to its end; `day` None: on every day."""

    from_s: int
    to_s: int
    day: date | None = None


@dataclass(frozen=True)
class Village:
    """A village to be reached: how long the vehicle stays, and (market days) when; no windows: at any time."""

    code: str
    name: str
    latitude: float
    longitude: float
    stop_s: int = 1200
    windows: tuple[Window, ...] = ()

    def windows_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the hours open on a day in order of time, as (from, to); all day where the village names none."""
        if not self.windows:
            return ((0, DAY_S),)
        return tuple(sorted((w.from_s, w.to_s) for w in self.windows if w.day is None or w.day == day))


@dataclass(frozen=True)
class Vehicle:
    """A unit's vehicle: the days it is lent for, and the hours between leaving its yard and being back.

    `most_drive_s` is the longest time at the wheel in a day; None: as long as the hours allow.
    """

    code: str
    name: str
    unit: str
    yard: str
    days: tuple[date, ...]
    starts_s: int
    ends_s: int
    most_drive_s: int | None = None


@dataclass(frozen=True)
class Lock:
    """A stop that the clerk holds fast: this vehicle on this day, and (`order` given) in this order.

    Of the locked stops of a vehicle's day that have an order the lower comes first; other stops may come between.
    """

    village: str
    vehicle: str
    day: date
    order: int | None = None


@dataclass(frozen=True)
class Travel:
    """How long it takes between any two places: `drive_s[i, j]` and `length_m[i, j]` from `codes[i]` to `codes[j]`.

    `UNREACHABLE_S` where no road leads. `method` says how it was got ("straight", "roads"), `stated` with what numbers.
    """

    codes: tuple[str, ...]
    drive_s: Seconds
    length_m: Seconds
    method: str
    stated: Mapping[str, float | str] = field(default_factory=dict)

    @cached_property
    def position(self) -> dict[str, int]:
        """Row and column of each code."""
        return {code: index for index, code in enumerate(self.codes)}

    def between(self, start: str, end: str) -> int:
        """Return the seconds of driving from one place to another."""
        return int(self.drive_s[self.position[start], self.position[end]])

    def metres(self, start: str, end: str) -> int:
        """Return the metres of road from one place to another."""
        return int(self.length_m[self.position[start], self.position[end]])


@dataclass(frozen=True)
class Problem:
    """All that a plan is held to. Villages in `visited` were reached already and need no stop."""

    yards: tuple[Yard, ...]
    villages: tuple[Village, ...]
    vehicles: tuple[Vehicle, ...]
    travel: Travel
    locks: tuple[Lock, ...] = ()
    visited: frozenset[str] = frozenset()

    @cached_property
    def village(self) -> dict[str, Village]:
        """Villages by code."""
        return {village.code: village for village in self.villages}

    @cached_property
    def vehicle(self) -> dict[str, Vehicle]:
        """Vehicles by code."""
        return {vehicle.code: vehicle for vehicle in self.vehicles}

    @cached_property
    def to_reach(self) -> tuple[Village, ...]:
        """The villages that still need a visit, in the order of the statement."""
        return tuple(village for village in self.villages if village.code not in self.visited)

    @property
    def vehicle_days(self) -> int:
        """How many vehicle-days there are to use."""
        return sum(len(set(vehicle.days)) for vehicle in self.vehicles)


@dataclass(frozen=True)
class PlannedStop:
    """One stop: the drive to it, when the visit begins (after any wait for a market) and when the vehicle leaves."""

    village: str
    drive_s: int
    begins_s: int
    leaves_s: int


@dataclass(frozen=True)
class PlannedDay:
    """One vehicle's day: out of the yard, its stops in order, and back."""

    vehicle: str
    day: date
    leaves_yard_s: int
    stops: tuple[PlannedStop, ...]
    drive_back_s: int
    back_s: int

    @property
    def drive_s(self) -> int:
        """Time at the wheel that day."""
        return sum(stop.drive_s for stop in self.stops) + self.drive_back_s


@dataclass(frozen=True)
class Plan:
    """Vehicle-days in order of day and vehicle, and the villages for which no room was found."""

    days: tuple[PlannedDay, ...]
    left_out: tuple[str, ...] = ()

    @property
    def vehicle_days(self) -> int:
        """How many vehicle-days are used."""
        return len(self.days)

    @property
    def drive_s(self) -> int:
        """Time at the wheel over all vehicle-days."""
        return sum(day.drive_s for day in self.days)
