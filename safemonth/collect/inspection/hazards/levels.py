"""When an overdue hazard rises, and to whom. Plain Python; the table is data that the office may set anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid5

# Above whom it rises: the unit over the one in charge, or the top of the county's tree.
ABOVE: Final = "above"
TOP: Final = "top"


@dataclass(frozen=True)
class Level:
    """One level: after how many days (>= 1) past the deadline a hazard of the grade rises, and to whom."""

    number: int
    grade: str
    after_days: int
    to: str
    source: str


_SET = "set by the office"
# 安全生产事故隐患排查治理暂行规定 (2007) art. 20 to 23 have the authority act where the time ends with nothing put right; they
# name no days, so these are the office's.
LEVELS: Final = (
    Level(1, "ordinary", 1, ABOVE, _SET),
    Level(2, "ordinary", 7, TOP, _SET),
    Level(1, "major", 1, TOP, _SET),
    Level(2, "major", 3, TOP, _SET),
)


def levels_reached(
    *, grade: str, deadline_on: date | None, today: date, levels: Collection[Level] = LEVELS
) -> list[Level]:
    """Return the levels that a hazard with nothing reported as done has reached by a day, lowest first; none in time."""
    days = (today - deadline_on).days if deadline_on else 0
    reached = [level for level in levels if level.grade == grade and level.after_days <= days]
    return sorted(reached, key=lambda level: level.number)


def rise_key(hazard: UUID, *, deadline_on: date, grade: str, level: int) -> UUID:
    """Return the key of the event of a rise: one for each hazard, deadline, grade and level, whoever enters it."""
    return uuid5(hazard, f"raise/{deadline_on.isoformat()}/{grade}/{level}")
