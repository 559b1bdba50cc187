"""Writes of hazards: events that are only added, and the rows made again from them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError

from safemonth.collect.inspection.hazards.actions.checks import check_said
from safemonth.collect.inspection.hazards.actions.row import locked, refresh
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent, HazardPhoto
from safemonth.collect.inspection.hazards.queries.events import is_uuid, joined_with, standings_of
from safemonth.collect.inspection.hazards.rules import answered_by_default
from safemonth.collect.inspection.hazards.states import MOVE
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.submissions.models import Submission
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

__all__ = ["add_photos", "enter", "rebuild"]

# A photo that comes with these shows how it was; with any other, how it is now.
_SHOW_BEFORE = frozenset({"find", "grade", "correct", "order", "stop"})


def enter(
    *,
    campaign: Campaign,
    hazard_key: UUID,
    move: str,
    happened_at: datetime,
    side: str,
    person: str,
    data: Mapping[str, Any],
    by: str,
    at: datetime,
    key: UUID | None = None,
    answers: UUID | None = None,
    unit: Unit | None = None,
    post_title: str = "",
    inspection: Inspection | None = None,
    submission: Submission | None = None,
    workplace: Workplace | None = None,
    photos: Collection[Submission] = (),
    is_from_field: bool = False,
) -> Hazard:
    """Enter one event of a hazard, once by its `key`, and make the hazard's row again from all its events.

    `data` is plain JSON, days as ISO text. From the field everything is kept, and held where it does not fit. Before the
    screen (`is_from_field` False) what would be held, say again what stands, upset what stands, or has not happened yet
    is refused with the guard's code and sentence, and nothing is stored; `answers` is then what stands last, unless given.
    One hazard a transaction: within an outer one that enters events of several, two such may wait for each other.
    Raises Refused `unknown_move` for a move that the table has not.
    """
    if move not in MOVE:
        raise Refused("unknown_move", gettext_noop("It is not known what this means."))
    known = HazardEvent.objects.filter(key=key).first() if key else None
    if known is not None:
        return Hazard.objects.get(key=known.hazard_key)
    event = HazardEvent(
        key=key or uuid4(),
        hazard_key=hazard_key,
        campaign=campaign,
        move=move,
        happened_at=happened_at,
        answers=answers,
        side=side,
        person=person.strip()[:150],
        post_title=post_title.strip()[:120],
        unit=unit,
        data=_plain(move, data),
        workplace=workplace,
        inspection=inspection,
        submission=submission,
        received_at=at,
    )
    try:
        with writing(by=by, at=at, action=f"hazard.{move}", about=f"{hazard_key}") as write:
            same_as = UUID(event.data["same_as"]) if is_uuid(event.data.get("same_as")) else None
            hazard = locked(write, campaign, hazard_key, same_as=same_as if move == "join" else None)
            if not is_from_field:
                if event.answers is None:
                    event.answers = _answered(hazard, move)
                check_said(event, hazard)
            write.create(event)
            _add_photos(write, event, photos)
            return refresh(write, hazard)
    except IntegrityError:
        # The same event came at the same moment, and who came second is given the first one's hazard.
        known = HazardEvent.objects.filter(key=event.key).first()
        if known is None:
            raise
        return Hazard.objects.get(key=known.hazard_key)


def add_photos(
    *, hazard: Hazard, submissions: Collection[Submission], shows: str, by: str, at: datetime
) -> list[HazardPhoto]:
    """Add photos to a hazard (`shows`: before or after); what is there already is passed over."""
    there = set(HazardPhoto.objects.filter(hazard_key=hazard.key).values_list("submission", flat=True))
    with writing(by=by, at=at, action="hazard.photos", about=hazard.code) as write:
        return write.create_all(
            [
                HazardPhoto(hazard_key=hazard.key, submission=each, shows=shows)
                for each in {row.pk: row for row in submissions}.values()
                if each.pk not in there
            ]
        )


def rebuild(*, hazard: Hazard, by: str, at: datetime) -> bool:
    """Make a hazard's row again from its events; returns whether it was as they say, and then writes nothing.

    It may differ where what it was made from has changed since: a workplace that was merged, or whose department did.
    """
    with writing(by=by, at=at, action="hazard.rebuild", about=hazard.code) as write:
        before = Hazard.objects.filter(pk=hazard.pk).values().get()
        refresh(write, locked(write, hazard.campaign, hazard.key))
        return before == Hazard.objects.filter(pk=hazard.pk).values().get()


def _plain(move: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as it is kept: the key of another hazard is written in one way, so that it is found by it."""
    kept = dict(data)
    if move == "join" and is_uuid(kept.get("same_as")):
        kept["same_as"] = str(UUID(str(kept["same_as"])))
    return kept


def _answered(hazard: Hazard, move: str) -> UUID | None:
    here = standings_of(joined_with(hazard.key))[str(hazard.key)]
    answered = answered_by_default(move, here)
    return UUID(answered) if answered else None


def _add_photos(write: Write, event: HazardEvent, photos: Collection[Submission]) -> None:
    there = set(HazardPhoto.objects.filter(hazard_key=event.hazard_key).values_list("submission", flat=True))
    shows = "before" if event.move in _SHOW_BEFORE else "after"
    new = [each for each in {row.pk: row for row in photos}.values() if each.pk not in there]
    write.create_all(
        [HazardPhoto(hazard_key=event.hazard_key, submission=each, shows=shows, event_key=event.key) for each in new]
    )
