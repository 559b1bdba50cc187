"""What is known of a hazard by the events that stand: the shapes that guards read and the fold makes. Plain Python."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from safemonth.collect.inspection.hazards.states import AWAITED, FIVE, STATE


@dataclass(frozen=True)
class Said:
    """One event: `key` names it, `answers` the event it answers ("" where not known), `person` who acted.

    `happened_at` is by its author's clock. `data` holds days as ISO text, `unit` is a code.
    """

    key: str
    move: str
    happened_at: datetime
    side: str
    person: str
    data: Mapping[str, Any] = field(default_factory=dict)
    answers: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Applied:
    """An event in its place: the state after it, and when it must have happened at the earliest, since others had."""

    said: Said
    state: str
    effective_at: datetime


@dataclass(frozen=True)
class Held:
    """An event that does not fit: `code` is the guard's or `out_of_place`, `sentence` says what it waits for."""

    said: Said
    code: str
    sentence: str


@dataclass(frozen=True)
class Standing:
    """Where a hazard stands.

    `facts` are what events settled by name. `asked` is an open request for more time. `reported` is the report of
    completion that waits for its recheck (after that: that it had), `reporters` all who said so, `reports` all reports there are, whether they stand or not. `stops` are stops of
    production in force, `measures` all escalations there were, in order. `also_said` are events that say again what
    stands (a second finding, an edit's earlier text, a second report) or that no longer apply (a rise whose deadline has
    changed). `clocks_disagree`: an event stands before another that says it happened earlier.
    """

    state: str = AWAITED
    facts: Mapping[str, Any] = field(default_factory=dict)
    deadline_on: date | None = None
    asked: Said | None = None
    reported: Said | None = None
    reporters: frozenset[str] = frozenset()
    reports: tuple[Said, ...] = ()
    stops: tuple[Said, ...] = ()
    measures: tuple[Said, ...] = ()
    applied: tuple[Applied, ...] = ()
    held: tuple[Held, ...] = ()
    also_said: tuple[Said, ...] = ()
    clocks_disagree: bool = False
    before_join: str = ""
    same_as: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return STATE[self.state].is_open

    @property
    def grade(self) -> str:
        """The grade that stands; what is not graded yet counts as ordinary."""
        return str(self.facts.get("grade") or "ordinary")

    def last(self, *moves: str) -> Applied | None:
        """Return the last applied event of these moves, None where there is none."""
        return next((each for each in reversed(self.applied) if each.said.move in moves), None)

    def times(self, *moves: str) -> int:
        """Return how many events of these moves stand."""
        return sum(each.said.move in moves for each in self.applied)


def day_in(text: object) -> date | None:
    """Return the day that an event's data says, None where it says none that can be read."""
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) and text else None
    except ValueError:
        return None


def is_empty(value: object) -> bool:
    """Return whether a value in an event's data says nothing; 0 says something."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def person_form(person: str) -> str:
    """Return a person's text as two of them are compared: width, case and spaces do not make another person."""
    return unicodedata.normalize("NFKC", person).casefold().strip()


def missing_of_five(standing: Standing) -> tuple[str, ...]:
    """Return which of the five are not settled yet (responsibility, measure, money, deadline, emergency plan)."""
    facts = {**standing.facts, "deadline_on": standing.deadline_on}
    return tuple(name for name in FIVE if is_empty(facts.get(name)))


def is_overdue(standing: Standing, *, today: date) -> bool:
    """Return whether the deadline has passed with nothing reported as done; a hazard without deadline is not."""
    return (
        standing.is_open
        and standing.state not in ("reported_done", "awaited")
        and standing.deadline_on is not None
        and standing.deadline_on < today
    )


def found_at(standing: Standing) -> datetime | None:
    """Return when it was found by its finder's clock, None while its finding has not arrived."""
    found = next((each.said for each in standing.applied if each.said.move == "find"), None)
    return found.happened_at if found else None


def closed_at(standing: Standing) -> datetime | None:
    """Return when it was closed: at its recheck, by whose clock and not before the report that it answers; None: it is not."""
    last = standing.last("pass")
    if standing.state != "closed" or last is None:
        return None
    return max(last.said.happened_at, standing.reported.happened_at if standing.reported else last.said.happened_at)
