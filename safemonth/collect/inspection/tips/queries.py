"""Reads of reports by the public: by their code, for the office, and for a unit that one was passed on to."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.tips.codes import code_digest
from safemonth.collect.inspection.tips.models import Tip, TipMessage, TipPhoto, TipState, TipStep
from safemonth.collect.inspection.tips.rules import (
    OPEN_STATES,
    RECEIVED,
    Deadline,
    HazardShown,
    Stage,
    Step,
    course,
)
from safemonth.organisation.languages import named
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

# What asks the side that is responsible to put a hazard right.
_ASKS: Final = ("order", "start", "report_done", "stop", "list", "refer", "penalise")


def secret() -> bytes:
    """Return the office's key, with which codes, forms and addresses are digested."""
    return str(settings.SECRET_KEY).encode()


@cache
def deadlines() -> tuple[Deadline, ...]:
    """Return by when the office and units do what is next; the table is data that the office may set anew."""
    text = files("safemonth.collect.inspection.tips.data").joinpath("deadlines.csv").read_text("utf-8")
    return tuple(Deadline(row["state"], int(row["days"]), row["since"]) for row in csv.DictReader(text.splitlines()))


def look_days() -> int:
    """Return within how many days a new report is looked at, as strangers are told."""
    return next(each.days for each in deadlines() if each.state == TipState.NEW)


def townships() -> QuerySet[Unit]:
    """Return the townships that a stranger may choose from."""
    return Unit.objects.filter(kind=UnitKind.TOWNSHIP).order_by("path")


def tip_by_code(text: str) -> Tip | None:
    """Return the report that a typed code opens, None where it opens none; a mistyped code asks just as much as another."""
    return _with_rows(Tip.objects.all()).filter(code_digest=code_digest(secret(), text)).first()


def root_of(tip: Tip) -> Tip:
    """Return the report whose case a double follows; itself where it is none."""
    seen = {tip.pk}
    while tip.joined_to_id is not None and tip.joined_to_id not in seen:
        seen.add(tip.joined_to_id)
        tip = _with_rows(Tip.objects.all()).get(pk=tip.joined_to_id)
    return tip


def public_course(tip: Tip) -> list[Stage]:
    """Return what the holder of a code sees: its own arrival, then the stages of the case that it follows."""
    root = root_of(tip)
    steps = [
        Step(step.move, _day(step.taken_at), step.words, named(step.unit))
        for step in TipStep.objects.filter(tip=root).select_related("unit")
    ]
    stages = course(_day(root.received_at), steps, _shown(root.hazard) if root.hazard else None)
    own = Stage(RECEIVED, _day(tip.received_at))
    return [own, *stages[1:]]


def _shown(hazard: Hazard) -> HazardShown:
    seen: set[int] = set()
    while hazard.same_as is not None and hazard.pk not in seen:
        seen.add(hazard.pk)
        hazard = hazard.same_as
    asked = HazardEvent.objects.filter(hazard_key=hazard.key, move__in=_ASKS).order_by("happened_at").first()
    return HazardShown(hazard.state, _day(asked.happened_at) if asked else None, hazard.closed_on)


def messages_of(tip: Tip) -> QuerySet[TipMessage]:
    """Return what went back and forth by a report's own code, oldest first."""
    return TipMessage.objects.filter(tip=tip).order_by("id")


@dataclass(frozen=True)
class TipCounts:
    """How many reports of a month stand how; `late` are past the day of their next step, `asked` wait for a reply."""

    all: int
    open: int
    held: int
    late: int
    asked: int
    closed: int


def _with_rows(rows: QuerySet[Tip]) -> QuerySet[Tip]:
    return rows.select_related("campaign__unit", "township", "passed_to", "workplace", "hazard__same_as", "joined_to")


def _waiting(tip: str) -> Exists:
    return Exists(TipMessage.objects.filter(tip=OuterRef(tip), is_question=True, replied_at=None))


def _narrowing(today: date) -> Mapping[str, Q]:
    return {
        "open": Q(state__in=[state for state in OPEN_STATES if state != TipState.HELD]),
        "held": Q(state=TipState.HELD),
        "late": Q(due_on__lt=today),
        "asked": Q(is_asked=True),
        "closed": Q(state__in=[TipState.CLOSED, TipState.JOINED]),
    }


def tips_shown(campaign: Campaign, *, show: str, township: str, today: date) -> QuerySet[Tip]:
    """Return a month's reports, the newest first: all, or those that `show` names, in a township by its code."""
    rows = _with_rows(Tip.objects.filter(campaign=campaign)).annotate(is_asked=_waiting("pk"))
    if show in (narrowing := _narrowing(today)):
        rows = rows.filter(narrowing[show])
    return rows.filter(township__code=township) if township else rows


def tip_counts(campaign: Campaign, *, today: date) -> TipCounts:
    """Return how many reports of a month stand how; six small statements."""
    rows = Tip.objects.filter(campaign=campaign).annotate(is_asked=_waiting("pk"))
    return TipCounts(
        all=rows.count(), **{name: rows.filter(which).count() for name, which in _narrowing(today).items()}
    )


def tips_passed_to(user: User, campaign: Campaign) -> QuerySet[Tip]:
    """Return the reports that were passed on to the user's units and are still with them or were answered by them."""
    return (
        _with_rows(Tip.objects.filter(campaign=campaign, passed_to__in=units_seen_by(user)))
        .exclude(state__in=(TipState.HELD, TipState.NEW, TipState.JOINED))
        .order_by("due_on", "id")
    )


def last_passed(tip: Tip) -> TipStep | None:
    """Return the step with which a report was last passed on; None where it never was."""
    return TipStep.objects.filter(tip=tip, move="pass_on").select_related("unit").order_by("-id").first()


@dataclass(frozen=True)
class TipPage:
    """All that the office's page of one report shows, less who reported it; `alike` may be the same matter."""

    tip: Tip
    stages: list[Stage]
    steps: list[TipStep]
    messages: list[TipMessage]
    photos: list[TipPhoto]
    doubles: list[Tip]
    alike: list[Tip]


def tip_page(tip: Tip) -> TipPage:
    """Return what the office's page of a report shows."""
    return TipPage(
        tip=tip,
        stages=public_course(tip),
        steps=list(TipStep.objects.filter(tip=tip).select_related("unit")),
        messages=list(messages_of(tip)),
        photos=list(TipPhoto.objects.filter(tip=tip)),
        doubles=list(Tip.objects.filter(joined_to=tip).order_by("id")),
        alike=_alike(tip),
    )


def _alike(tip: Tip) -> list[Tip]:
    """Open reports that may be of the same matter: same text or photo, or the same workplace as it was named."""
    photos = [sha for sha in TipPhoto.objects.filter(tip=tip).values_list("original_sha256", flat=True) if sha]
    alike = Q(pk__in=TipPhoto.objects.filter(original_sha256__in=photos).values("tip"))
    if tip.same_text:
        alike |= Q(same_text=tip.same_text)
    if tip.workplace_text:
        alike |= Q(workplace_text=tip.workplace_text)
    rows = Tip.objects.filter(alike, campaign=tip.campaign).exclude(pk=tip.pk).exclude(state=TipState.JOINED)
    return list(rows.order_by("-id")[:10])


def double_of(campaign: Campaign, *, same_text: str, photos: Collection[str], township: Unit | None) -> Tip | None:
    """Return the open report that says word for word the same, or has the same photo; the earliest, None where none has.

    What waits as a machine's is not among them, nor what is in another township.
    """
    same = Q(pk__in=TipPhoto.objects.filter(original_sha256__in=list(photos)).values("tip"))
    if same_text:
        same |= Q(same_text=same_text)
    rows = Tip.objects.filter(same, campaign=campaign, state__in=OPEN_STATES).exclude(state=TipState.HELD)
    if township is not None:
        rows = rows.filter(Q(township=township) | Q(township=None))
    return rows.order_by("received_at", "id").first()


def personal_data_due(*, today: date) -> list[str]:
    """Return the keys of reports whose personal data is to be removed by now."""
    return [
        str(key)
        for key in Tip.objects.filter(remove_on__lte=today, personal_removed_at=None)
        .order_by("id")
        .values_list("key", flat=True)
    ]


def _day(when: datetime) -> date:
    return timezone.localdate(when)
