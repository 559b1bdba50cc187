"""Writes of everyone's part."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from safemonth.collect.activities.actions import attach_evidence, withdraw
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.once import entered_once
from safemonth.collect.publicity.everyone.models import Part
from safemonth.collect.publicity.everyone.queries import task_for
from safemonth.collect.publicity.everyone.rules import COUNTED
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel
from safemonth.ledger.actions import writing
from safemonth.lib.containers.kinds import kind_of
from safemonth.lib.measure_words import basis_of
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Campaign, Indicator

# The reason that the last version of an entry gets which was sent by mistake.
TAKEN_BACK: Final = "误报，填报人收回"


def enter_part(
    *,
    campaign: Campaign,
    unit: Unit,
    counts: Mapping[str, int],
    place: str,
    done_on: date,
    key: UUID,
    by: str,
    at: datetime,
    photo: tuple[bytes, str] | None = None,
) -> Part:
    """Enter what a unit did at a place as one activity of its own; the same `key` again is the first entry.

    `counts` are indicators of COUNTED with numbers above zero; `photo` is (bytes, file name) and bears it out. Raises
    Refused `place_missing`, `nothing_counted`, `day_to_come`, `not_a_photo`, and as `receive` does.
    """
    if not place.strip():
        raise Refused("place_missing", gettext_noop("Say where it is."))
    if not counts or set(counts) - set(COUNTED):
        raise Refused("nothing_counted", gettext_noop("Say how many of what there are."))
    if done_on > localdate(at):
        raise Refused("day_to_come", gettext_noop("That day has not come yet."))
    if photo and kind_of(photo[0], file_name=photo[1]) != "image":
        raise Refused("not_a_photo", gettext_noop("“%(file)s” is no photo."), file=photo[1])

    def enter() -> Part:
        names = dict(Indicator.objects.filter(pk__in=counts).values_list("code", "name"))
        where = place.strip()[:100]
        with writing(by=by, at=at, action="part.enter", about=f"{unit.code} {where}") as write:
            activity = record_deed(
                write,
                campaign=campaign,
                deed=Deed(
                    kind=ActivityKind.PUBLICITY,
                    title=f"{where}：{'、'.join(names[code] for code in COUNTED if code in counts)}",
                    host=unit,
                    task=task_for(campaign, unit),
                    place=where,
                    from_on=done_on,
                    to_on=done_on,
                    counts=[
                        Count(code, unit, counts[code], basis=basis_of(word), measure_word=word)
                        for code, word in COUNTED.items()
                        if code in counts
                    ],
                ),
                entry={"part": str(key), "place": where, "done_on": done_on},
                file_name=f"part-{key}.json",
                by=by,
                at=at,
            )
            part = write.create(Part(key=key, unit=unit, place=where, activity=activity, entered_by=by, entered_at=at))
            if photo:
                kept, _is_new = receive(
                    campaign=campaign,
                    data=photo[0],
                    file_name=photo[1],
                    channel=Channel.PHOTO,
                    sender=unit,
                    by=by,
                    at=at,
                )
                attach_evidence(activity=activity, submissions=[kept], by=by, at=at)
        return part

    return entered_once(Part, key, enter)


def take_back(*, part: Part, by: str, at: datetime) -> Activity:
    """Take an entry back that was sent by mistake: it counts no more and stays readable. Twice changes nothing."""
    with writing(by=by, at=at, action="part.take_back", about=f"{part.unit.code} {part.place}") as write:
        current = Activity.objects.select_for_update().get(key=part.activity.key, is_current=True)
        if current.is_withdrawn:
            return current
        return withdraw(write, activity=current, submission=current.submission, reason=TAKEN_BACK)
