"""Writes of hand-outs: copies leave the stock, and are counted exactly once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from safemonth.collect.activities.actions import mark_duplicate
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.materials.models import Design, Handout
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Assignment, Campaign, Task, TaskIndicator


@dataclass(frozen=True)
class Line:
    """Copies (> 0) of one design in a hand-out."""

    design: Design
    copies: int


def hand_out(
    *,
    campaign: Campaign,
    place: Unit,
    given_on: date,
    lines: Sequence[Line],
    by: str,
    at: datetime,
    where: str = "",
    at_event: Activity | None = None,
    occasion: str = "",
    key: UUID | None = None,
) -> list[Handout]:
    """Enter copies given out from a place's stock; the rows in the order of `lines`.

    With neither `at_event` nor `occasion` they become an activity of their own (a line of the unit's counts for that
    day, under the one task that asks the unit for it). `at_event` is an activity on record that counts them already,
    `occasion` an event that will when it closes: then the stock goes down and nothing is added to any figure here.
    What was entered under `key` already is given back. Raises Refused `no_copies`, or `counted_once` where both are
    given.
    """
    if not lines or any(line.copies < 1 for line in lines):
        raise Refused("no_copies", gettext_noop("Say how many copies; one at least."))
    if at_event and occasion:
        raise Refused("counted_once", gettext_noop("Copies are counted in one event, not in two."))
    if standing := _under(key):
        return standing
    try:
        return _hand_out(
            campaign=campaign,
            place=place,
            given_on=given_on,
            lines=lines,
            where=where,
            at_event=at_event,
            occasion=occasion,
            key=key,
            by=by,
            at=at,
        )
    except IntegrityError:
        # The same form came twice at once, and the other one was first.
        if standing := _under(key):
            return standing
        raise


def _under(key: UUID | None) -> list[Handout]:
    return list(Handout.objects.filter(key=key).select_related("place").order_by("pk")) if key else []


def _hand_out(
    *,
    campaign: Campaign,
    place: Unit,
    given_on: date,
    lines: Sequence[Line],
    by: str,
    at: datetime,
    where: str,
    at_event: Activity | None,
    occasion: str,
    key: UUID | None,
) -> list[Handout]:
    is_own = at_event is None and not occasion
    with writing(by=by, at=at, action="materials.hand_out", about=f"{place.code} {where}") as write:
        activity = at_event
        if is_own:
            deed = _deed(place, given_on=given_on, where=where, lines=lines, campaign=campaign)
            activity = record_deed(
                write,
                campaign=campaign,
                deed=deed,
                entry=_entry(place, given_on=given_on, where=where, lines=lines),
                file_name=f"{place.code}-handout.json",
                by=by,
                at=at,
            )
        return write.create_all(
            [
                Handout(
                    key=key,
                    design=line.design,
                    place=place,
                    copies=line.copies,
                    given_on=given_on,
                    where=where.strip()[:160],
                    occasion=occasion[:60],
                    activity=activity,
                    is_own_activity=is_own,
                )
                for line in lines
            ]
        )


def _entry(place: Unit, *, given_on: date, where: str, lines: Sequence[Line]) -> dict[str, object]:
    return {
        "handout": place.code,
        "given_on": given_on,
        "where": where,
        "lines": [{"design": line.design.pk, "title": line.design.title, "copies": line.copies} for line in lines],
    }


def _deed(place: Unit, *, given_on: date, where: str, lines: Sequence[Line], campaign: Campaign) -> Deed:
    titles = "、".join(dict.fromkeys(line.design.title for line in lines))
    return Deed(
        kind=ActivityKind.PUBLICITY,
        title=f"发放{titles}",
        host=place,
        counts=[_count(line.design, place, line.copies) for line in lines],
        task=_task_asking(campaign, place, {line.design.indicator_id for line in lines}),
        place=where.strip(),
        from_on=given_on,
        to_on=given_on,
        # A line of counts, as the unit's sheets are: so the rule for doubles holds the two against each other.
        is_report_line=True,
    )


def _count(design: Design, unit: Unit, copies: int) -> Count:
    return Count(
        indicator=design.indicator_id,
        unit=unit,
        value=copies,
        measure_word=next(iter(design.indicator.measure_words.split()), ""),
        heading=design.title,
    )


def _task_asking(campaign: Campaign, unit: Unit, indicators: set[str]) -> Task | None:
    """The one task that asks the unit for these counts; None where none or several do."""
    expecting = TaskIndicator.objects.filter(indicator__in=indicators).values("task")
    asked = Assignment.objects.filter(
        task__campaign=campaign, task__is_one_event=False, unit=unit, task__in=expecting
    ).select_related("task")
    tasks = {assignment.task_id: assignment.task for assignment in asked}
    return next(iter(tasks.values())) if len(tasks) == 1 else None


def recount(write: Write, *, handouts: Sequence[Handout], reason: str, by: str, at: datetime) -> Activity:
    """Bring the activity of hand-outs that are counted by themselves up to what they say now, as a new version."""
    first = handouts[0]
    lines = [Line(handout.design, handout.copies) for handout in handouts]
    campaign = first.design.campaign
    return record_deed(
        write,
        campaign=campaign,
        deed=_deed(first.place, given_on=first.given_on, where=first.where, lines=lines, campaign=campaign),
        entry={**_entry(first.place, given_on=first.given_on, where=first.where, lines=lines), "reason": reason},
        file_name=f"{first.place.code}-handout.json",
        by=by,
        at=at,
        standing=first.activity,
        reason=reason,
    )


def counts_of_handouts(handouts: Iterable[Handout]) -> list[Count]:
    """Return what hand-outs of an occasion add to the event that counts them: one count a design and unit."""
    copies: dict[tuple[int, int], int] = {}
    of: dict[tuple[int, int], Handout] = {}
    for handout in handouts:
        key = (handout.design_id, handout.place_id)
        copies[key] = copies.get(key, 0) + handout.copies
        of[key] = handout
    return [_count(of[key].design, of[key].place, number) for key, number in copies.items() if number]


def settle_occasion(write: Write, *, handouts: Iterable[Handout], activity: Activity) -> None:
    """Note in which activity an occasion's hand-outs are counted, within the `writing` that closes it."""
    write.change_each([(handout, {"activity": activity}) for handout in handouts])


def say_contained(*, handouts: Sequence[Handout], report: Activity, reason: str, by: str, at: datetime) -> None:
    """Decide that a report of the unit contains hand-outs: they stay on record and are not counted a second time.

    Raises Refused `reason_missing`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    activities = {handout.activity_id: handout.activity for handout in handouts if handout.activity}
    with writing(by=by, at=at, action="materials.contained", about=reason):
        for activity in activities.values():
            mark_duplicate(activity=activity, of=report, by=by, at=at, reason=reason.strip())


def keep_apart(*, handouts: Sequence[Handout], reason: str, by: str, at: datetime) -> None:
    """Decide that hand-outs come on top of what the unit reported; raises Refused `reason_missing`."""
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    with writing(by=by, at=at, action="materials.apart", about=reason) as write:
        write.change_each([(handout, {"is_apart": True}) for handout in handouts])
