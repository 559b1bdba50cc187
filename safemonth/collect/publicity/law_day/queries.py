"""Reads of days of law to the countryside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.queries import recorded_otherwise
from safemonth.collect.publicity.law_day.models import (
    Guest,
    HazardSeen,
    LawDay,
    ProgrammeItem,
    ProgrammeKind,
    Question,
)
from safemonth.collect.publicity.law_day.rules import Attendance, GuestFacts, OpenPoint, attendance_of, open_points
from safemonth.collect.publicity.materials.models import Handout
from safemonth.collect.publicity.materials.queries import handouts_at
from safemonth.organisation.models import Role, Unit, UnitKind, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind, Campaign


def days_seen_by(user: User, campaign: Campaign) -> QuerySet[LawDay]:
    """Return the days that the user may see: all, or those that their units host, are held in or are asked to."""
    days = LawDay.objects.filter(campaign=campaign).select_related("campaign", "township", "host", "task", "activity")
    if sees_all(user):
        return days
    units = units_seen_by(user)
    asked = Guest.objects.filter(unit__in=units).values("day")
    return days.filter(Q(host__in=units) | Q(township__in=units) | Q(pk__in=asked))


def days_run_by(user: User, campaign: Campaign) -> QuerySet[LawDay]:
    """Return the days that the user runs: the office all, a unit's reporter those that the unit hosts."""
    days = days_seen_by(user, campaign)
    if user.role == Role.CLERK:
        return days
    return days.filter(host__in=units_seen_by(user)) if user.role == Role.REPORTER else days.none()


def guests_answered_by(user: User, campaign: Campaign) -> QuerySet[Guest]:
    """Return the invitations that the user can answer: those of their units."""
    return Guest.objects.filter(day__campaign=campaign, unit__in=units_seen_by(user)).select_related(
        "day", "day__township", "unit"
    )


@dataclass(frozen=True)
class DayRow:
    """A day in the list, with how many units were asked, answered and came, and how many people."""

    day: LawDay
    asked: int
    answered: int
    came: int
    people: int


def day_rows(days: QuerySet[LawDay]) -> list[DayRow]:
    """Return days with their attendance, the latest first; two statements."""
    listed = list(days.order_by("-held_on", "-pk"))
    of: dict[int, list[Guest]] = {}
    for guest in Guest.objects.filter(day__in=listed):
        of.setdefault(guest.day_id, []).append(guest)
    rows = []
    for day in listed:
        attendance = attendance_of(guest_facts(of.get(day.pk, ())))
        asked, answered, came = (
            sum(part.values()) for part in (attendance.asked, attendance.answered, attendance.came)
        )
        rows.append(DayRow(day, asked, answered, came, attendance.people))
    return rows


def guest_facts(guests: Iterable[Guest]) -> list[GuestFacts]:
    """Return guests as the rules see them."""
    return [
        GuestFacts(
            role=guest.role,  # type: ignore[arg-type]
            is_asked=guest.invited_at is not None,
            answer=guest.answer,  # type: ignore[arg-type]
            people_came=guest.people_came,
        )
        for guest in guests
    ]


def occasion_of(day: LawDay) -> str:
    """Return the name under which a day's hand-outs stand in the stock's books."""
    return f"law-day:{day.pk}"


@dataclass(frozen=True)
class DayPage:
    """Everything about a day."""

    day: LawDay
    guests: tuple[Guest, ...]
    programme: tuple[ProgrammeItem, ...]
    questions: tuple[Question, ...]
    hazards: tuple[HazardSeen, ...]
    handouts: tuple[Handout, ...]
    attendance: Attendance
    open_points: tuple[OpenPoint, ...]


def day_page(day: LawDay) -> DayPage:
    """Return a day with its guests, programme, questions, hazards and hand-outs; five statements."""
    guests = tuple(Guest.objects.filter(day=day).select_related("unit"))
    programme = tuple(ProgrammeItem.objects.filter(day=day).select_related("led_by"))
    questions = tuple(Question.objects.filter(day=day).select_related("asked_by", "answered_by"))
    hazards = tuple(HazardSeen.objects.filter(day=day).select_related("unit", "seen_by"))
    handouts = tuple(handouts_at(day.campaign, occasion_of(day)))
    attendance = attendance_of(guest_facts(guests))
    return DayPage(
        day=day,
        guests=guests,
        programme=programme,
        questions=questions,
        hazards=hazards,
        handouts=handouts,
        attendance=attendance,
        open_points=tuple(
            open_points(
                attendance=attendance,
                unanswered=sum(not question.answer for question in questions),
                not_held=sum(not item.was_held for item in programme),
                has_books_planned=any(item.kind == ProgrammeKind.BOOKS for item in programme),
                books=sum(handout.copies for handout in handouts),
            )
        ),
    )


def day_on_record(day: LawDay) -> Activity | None:
    """Return the activity by which a sheet or letter has recorded a day that is not closed yet, None where none has."""
    if day.activity_id:
        return None
    like = {"task": day.task} if day.task else {"kind": ActivityKind.LAW_TO_COUNTRYSIDE}
    return recorded_otherwise(day.campaign, host=day.host, from_on=day.held_on, to_on=day.held_on, besides=None, **like)


def units_to_invite(day: LawDay, *, kind: UnitKind) -> QuerySet[Unit]:
    """Return the units of a kind that are not asked yet."""
    return Unit.objects.filter(kind=kind).exclude(pk__in=Guest.objects.filter(day=day).values("unit")).order_by("path")


def hazards_to_take_over(campaign: Campaign) -> QuerySet[HazardSeen]:
    """Return the hazards seen on the campaign's days that inspections have not taken over, oldest first."""
    return (
        HazardSeen.objects.filter(day__campaign=campaign, taken_over_as="")
        .select_related("day", "unit", "seen_by")
        .order_by("day__held_on", "pk")
    )


def next_number(day: LawDay) -> int:
    """Return the number of the next point of the programme."""
    return ProgrammeItem.objects.filter(day=day).aggregate(count=Count("pk"))["count"] + 1
