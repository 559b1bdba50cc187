"""The statement of a roster: which units stand with their booths at which sites, and under which wishes and limits.

Times of day are whole minutes after midnight. Codes are the codes of units (booths) and whatever the caller calls
sites and wishes by. Plain Python: the solver, the numbering and the checker read this and nothing else of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

WishKind = Literal["together", "apart", "at", "not_at", "hours"]

DAY_MIN = 24 * 60
# Whoever stands for less than this is not worth a banner; the clerk may set it otherwise for a day.
LEAST_STAY_MIN = 60


@dataclass(frozen=True, order=True)
class Hours:
    """A stretch of one day, from before to; a stretch that ends when another begins does not meet it."""

    from_min: int
    to_min: int

    @property
    def length_min(self) -> int:
        """How long it is; 0 where it is empty."""
        return max(self.to_min - self.from_min, 0)

    def meet(self, other: "Hours | None") -> "Hours":
        """Return what two stretches have in common (perhaps of length 0); None as `other` stands for the whole day."""
        if other is None:
            return self
        return Hours(max(self.from_min, other.from_min), min(self.to_min, other.to_min))


@dataclass(frozen=True)
class Site:
    """An intersection or square: how many booths it holds at once, and how many must stand there at least.

    `room` limits things that booths bring (thing -> how many at once; a thing that is not in it has no limit).
    `hours` None: as long as the day.
    """

    code: str
    holds: int
    least: int = 0
    room: Mapping[str, int] = field(default_factory=dict)
    hours: Hours | None = None


@dataclass(frozen=True)
class Booth:
    """A unit's booth: the things that it brings (thing -> how many), and how many copies of materials."""

    code: str
    brings: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0


@dataclass(frozen=True)
class Wish:
    """One wish of the clerk.

    `together`, `apart`: `booth` and `other` at one site at the same time, at two sites. `at`, `not_at`: `booth` at
    `site`, or not there. `hours`: `booth` stands within `hours` only (always a must; one for each booth). A wish that
    is no must is kept where it can be.
    """

    key: str
    kind: WishKind
    booth: str
    other: str = ""
    site: str = ""
    hours: Hours | None = None
    is_must: bool = True


@dataclass(frozen=True)
class Lock:
    """A booth that the clerk has put at a site by hand: it stays there."""

    booth: str
    site: str


@dataclass(frozen=True)
class Problem:
    """All that a roster is held to. `standing` is where booths stood before (booth -> site), to move few of them.

    Raises ValueError where the shortest stay is no time at all, or a booth has two wishes for hours.
    """

    hours: Hours
    sites: tuple[Site, ...]
    booths: tuple[Booth, ...]
    wishes: tuple[Wish, ...] = ()
    locks: tuple[Lock, ...] = ()
    least_stay_min: int = LEAST_STAY_MIN
    standing: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """See the class."""
        of_hours = [wish.booth for wish in self.wishes if wish.kind == "hours"]
        if self.least_stay_min < 1 or len(of_hours) != len(set(of_hours)):
            raise ValueError("the shortest stay is at least a minute, and a booth has one wish for hours")

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by code."""
        return {site.code: site for site in self.sites}

    @cached_property
    def booth(self) -> dict[str, Booth]:
        """Booths by code."""
        return {booth.code: booth for booth in self.booths}

    @cached_property
    def hours_wish(self) -> dict[str, Wish]:
        """The wish for hours of each booth that has one."""
        return {wish.booth: wish for wish in self.wishes if wish.kind == "hours"}

    def stay(self, booth: str, site: str) -> Hours:
        """Return when a booth stands at a site: the day's, the site's and the booth's hours in common."""
        wish = self.hours_wish.get(booth)
        return self.hours.meet(self.site[site].hours).meet(wish.hours if wish else None)


@dataclass(frozen=True)
class Placed:
    """A booth at its site: its number there (1 upward) and its hours."""

    booth: str
    site: str
    number: int
    hours: Hours
