"""Plain decisions about a day of law to the countryside: who came, and what is still open before it closes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from safemonth.lib.refusals import gettext_noop

Role = Literal["enterprise", "township", "department"]
Answer = Literal["", "coming", "deputy", "not_coming"]


@dataclass(frozen=True)
class GuestFacts:
    """One unit asked (or that came unasked): its answer, and how many of its people came (None: nobody has said)."""

    role: Role
    is_asked: bool
    answer: Answer
    people_came: int | None


@dataclass(frozen=True)
class Attendance:
    """A day's attendance by role: units asked, answered, coming, come; `people` who came in all, `unsaid` units."""

    asked: Mapping[str, int]
    answered: Mapping[str, int]
    coming: Mapping[str, int]
    came: Mapping[str, int]
    people: int
    unsaid: int


def attendance_of(guests: Iterable[GuestFacts]) -> Attendance:
    """Return the attendance; a unit came where at least one of its people did."""
    listed = list(guests)

    def by_role(chosen: Sequence[GuestFacts]) -> dict[str, int]:
        roles: dict[str, int] = {"enterprise": 0, "township": 0, "department": 0}
        for guest in chosen:
            roles[guest.role] += 1
        return roles

    return Attendance(
        asked=by_role([guest for guest in listed if guest.is_asked]),
        answered=by_role([guest for guest in listed if guest.is_asked and guest.answer]),
        coming=by_role([guest for guest in listed if guest.answer in ("coming", "deputy")]),
        came=by_role([guest for guest in listed if guest.people_came]),
        people=sum(guest.people_came or 0 for guest in listed),
        unsaid=sum(guest.people_came is None for guest in listed),
    )


@dataclass(frozen=True)
class OpenPoint:
    """One thing to look at before a day is closed: a stable code, a sentence with its places. None of them stops it."""

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


def open_points(
    *, attendance: Attendance, unanswered: int, not_held: int, has_books_planned: bool, books: int
) -> list[OpenPoint]:
    """Return what is still open: attendance not said, questions without an answer, programme not ticked, no books."""
    points = []
    if attendance.unsaid:
        sentence = gettext_noop("Units of which nobody has said whether they came (they count as not come): %(count)s.")
        points.append(OpenPoint("attendance_unsaid", sentence, {"count": attendance.unsaid}))
    if unanswered:
        sentence = gettext_noop("Questions with no answer yet: %(count)s.")
        points.append(OpenPoint("questions_unanswered", sentence, {"count": unanswered}))
    if not_held:
        sentence = gettext_noop("Points of the programme that are not ticked as held: %(count)s.")
        points.append(OpenPoint("programme_not_ticked", sentence, {"count": not_held}))
    if has_books_planned and not books:
        sentence = gettext_noop("Books are on the programme, and none were given out from stock.")
        points.append(OpenPoint("no_books", sentence))
    return points
