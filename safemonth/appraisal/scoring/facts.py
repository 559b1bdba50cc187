"""What is known of a unit when it is scored. Plain data: no Django, no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

# Why a unit had no chance to do a task: it is then not marked down for it.
NoChance = Literal["", "assigned_late", "called_off", "excused"]


@dataclass(frozen=True)
class TaskFact:
    """A task that was asked of the unit, and what came of it.

    `due_on` None: no day was set. `came_on` is the day of the first report or signed nil return; None: nothing came,
    which says nothing of whether the task was done. `is_nil`: the unit signed that there is nothing to report.
    `is_evidenced`: at least one of its activities is borne out by a photo, a paper or a visit.
    """

    task: str
    due_on: date | None = None
    came_on: date | None = None
    is_nil: bool = False
    is_evidenced: bool = False
    no_chance: NoChance = ""
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class FindingFact:
    """A claimed number and what a visit found of it, both >= 0."""

    claimed: int
    found: int
    record: str = ""


@dataclass(frozen=True)
class HazardFact:
    """A hazard that the unit must see put right: its deadline and the day on which it was done (None: not yet)."""

    deadline_on: date
    done_on: date | None = None
    record: str = ""


@dataclass(frozen=True)
class MeetingFact:
    """A meeting to which the unit was asked."""

    was_present: bool
    record: str = ""


@dataclass(frozen=True)
class VolumeFact:
    """A number that was asked of the unit: None where it is not known (which is not zero); a nil return says 0."""

    value: int | None
    record: str = ""


@dataclass(frozen=True)
class JudgementFact:
    """What share (0 to 1) of an item's points a scorer gave, and why."""

    share: Fraction
    reason: str
    record: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """Everything that a unit is scored by. `code` only tells units apart: no rule reads it, nor any name.

    `volumes` holds, by indicator, only numbers that were asked of the unit; `judgements` go by the item's code.
    """

    code: str
    kind: str
    population: int | None = None
    tasks: tuple[TaskFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()
    hazards: tuple[HazardFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    volumes: Mapping[str, VolumeFact] = field(default_factory=dict)
    judgements: Mapping[str, JudgementFact] = field(default_factory=dict)
