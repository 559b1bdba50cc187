"""What a summary is made from besides its figures: names, dates, bodies and lists out of the records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypedDict

from safemonth.figures.figure import Figure, UnitName, Words

Language = Literal["zh", "en"]
TraceUrl = Callable[[Figure], str]


class FigureSource(Protocol):
    """Who answers what a figure is (`figures.queries.FigureDesk` does)."""

    def figure(self, indicator: str, *, task: str = "", unit: str = "", basis: str = "") -> Figure:
        """Return the figure; raise Refused where indicator, task or unit is unknown."""
        ...


@dataclass(frozen=True)
class UnitList:
    """Units that a record lists, in its order; `source` is the record as a person finds it.

    `url` is the page of that record ("" where the figure's own trace page will do). `measure` is the Chinese
    measure word and `noun` the English plural with which the list is counted. `days` are, for each of them, how many
    days it took (a hazard from finding to closure); empty where that is not asked.
    """

    title: str
    units: tuple[UnitName, ...]
    source: str
    measure: str = "个"
    noun: str = "units"
    url: str = ""
    days: tuple[int, ...] = ()


@dataclass(frozen=True)
class SeatFact:
    """A seat of a body: `role` is head, deputy, director or member; `who` a post or a whole unit, as said in text."""

    role: str
    who: str


@dataclass(frozen=True)
class BodyFact:
    """A body as the text names it; `located_at` is the unit where it sits ("" where it sits nowhere)."""

    name: str
    seats: tuple[SeatFact, ...] = ()
    located_at: str = ""


@dataclass(frozen=True)
class NoticeFact:
    """A document issued: title, number ("" where it has none), day."""

    title: str
    number: str
    issued_on: date


@dataclass(frozen=True)
class MeetingFact:
    """A meeting: what it was called, day, place ("" where not recorded)."""

    title: str
    held_on: date
    place: str = ""


@dataclass(frozen=True)
class TaskFact:
    """A task of the plan: title, the day it was held or is due (None: no day), place ("" where not recorded).

    `activities` is how many activities are on record for it: a text says only of a recorded one that it was done.
    """

    title: str
    held_on: date | None = None
    place: str = ""
    activities: int = 0


@dataclass(frozen=True)
class TestedFact:
    """A figure that visits tested: its name in the document's language, how it may be said with what they support, and
    the ends of that (`upper` None: none is supported). `url` is the page of the draw.
    """

    title: str
    words: Words
    lower: float
    upper: float | None
    url: str


class Facts(TypedDict, total=False):
    """What a template may name, every text already in the document's language.

    A campaign's own facts may be added under further names; a name that is not there is refused when a
    template asks for it. Names below that are left out are empty (`complete_facts`). `campaign` goes without
    the county ("2019年“安全生产月”"). `tasks` is by code. `lists` holds under a task's code the units that took
    part in it; further "expected", "received", "missing" and "townships", and what else an outline names
    (docs/summary.md). `tested` is by indicator. `lead_unit` is the department that the office sits in.
    """

    campaign_code: str
    campaign: str
    county: str
    higher_level: str
    year: int
    theme: str
    starts_on: date
    ends_on: date
    office: str
    lead_unit: UnitName | None
    recipients: str
    document_number: str
    issued_on: date
    higher_plan: NoticeFact | None
    plan: NoticeFact | None
    arrangement: NoticeFact | None
    meeting: MeetingFact | None
    bodies: dict[str, BodyFact]
    tasks: dict[str, TaskFact]
    lists: dict[str, UnitList]
    tested: dict[str, TestedFact]
    ledger_root: str
    ledger_size: int
    ledger_on: date


def complete_facts(facts: Facts) -> Facts:
    """Return the facts with an empty value for each name that is not there."""
    empty: Facts = {
        **dict.fromkeys(("campaign_code", "campaign", "county", "higher_level", "theme", "office"), ""),  # type: ignore[typeddict-item]
        **dict.fromkeys(("recipients", "document_number", "ledger_root"), ""),
        **dict.fromkeys(("year", "starts_on", "ends_on", "lead_unit", "issued_on", "higher_plan", "plan"), None),
        **dict.fromkeys(("arrangement", "meeting", "ledger_on"), None),
        "bodies": {},
        "tasks": {},
        "lists": {},
        "tested": {},
        "ledger_size": 0,
    }
    return {**empty, **facts}


@dataclass(frozen=True)
class Rendered:
    """A rendered summary: the Word file, the figures in it in order of first mention, and what links to them.

    `urls` gives the figure's id for each address in the document, `titles` a figure's name in the document's
    language by id.
    """

    docx: bytes
    language: Language
    used: list[Figure]
    urls: dict[str, str]
    titles: dict[str, str]
