"""Site meetings: called, who was asked and came, what was shown and asked, and closed into one activity."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.utils import timezone

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.once import entered_once
from safemonth.collect.activities.queries import refuse_double
from safemonth.collect.inspection.hazards.models import Hazard, HazardPhoto
from safemonth.collect.inspection.rectification.models import (
    Example,
    ExampleKind,
    FollowUp,
    MeetingGuest,
    Rectification,
    SiteMeeting,
)
from safemonth.collect.inspection.rectification.queries import (
    MeetingPage,
    hazards_of,
    meeting_on_record,
    meeting_page,
)
from safemonth.collect.inspection.rectification.rules import Shot, side_by_side
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind

# The reason that a version gets which takes the place of what a sheet or letter said of the meeting.
AS_HELD: Final = "按现场会记录"


def call_meeting(
    *,
    rectification: Rectification,
    title: str,
    host: Unit,
    held_on: date,
    by: str,
    at: datetime,
    starts_at: time | None = None,
    workplace: Workplace | None = None,
    place: str = "",
    asked_of_all: str = "",
    key: UUID | None = None,
) -> SiteMeeting:
    """Call a site meeting, once by its `key`. Raises Refused `meeting_exists`, `no_place`."""
    title = title.strip()[:160]
    if workplace is None and not place.strip():
        raise Refused("no_place", gettext_noop("Say where it is: a workplace, or in words."))

    def enter() -> SiteMeeting:
        known = SiteMeeting.objects.filter(rectification=rectification, title=title, held_on=held_on)
        if known.exists():
            raise Refused("meeting_exists", gettext_noop("There is such a meeting on that day already."))
        with writing(by=by, at=at, action="site_meeting.call", about=title) as write:
            return write.create(
                SiteMeeting(
                    key=key,
                    rectification=rectification,
                    title=title,
                    host=host,
                    workplace=workplace,
                    place=place.strip()[:160],
                    held_on=held_on,
                    starts_at=starts_at,
                    asked_of_all=asked_of_all.strip()[:2000],
                )
            )

    return entered_once(SiteMeeting, key, enter)


def invite(
    *,
    meeting: SiteMeeting,
    units: Collection[Unit] = (),
    workplaces: Collection[Workplace] = (),
    post_title: str = "",
    is_asked: bool = True,
    by: str,
    at: datetime,
) -> int:
    """Put units and workplaces on the list, each once; returns how many were new. `is_asked` False: they came unasked."""
    rows = MeetingGuest.objects.filter(meeting=meeting)
    units_there = set(rows.exclude(unit=None).values_list("unit", flat=True))
    places_there = set(rows.exclude(workplace=None).values_list("workplace", flat=True))
    said = {"meeting": meeting, "post_title": post_title.strip()[:120], "is_asked": is_asked}
    with writing(by=by, at=at, action="site_meeting.invite", about=meeting.title) as write:
        new = [MeetingGuest(unit=unit, **said) for unit in dict.fromkeys(units) if unit.pk not in units_there]
        new += [MeetingGuest(workplace=at_, **said) for at_ in dict.fromkeys(workplaces) if at_.pk not in places_there]
        return len(write.create_all(new))


def say_who_came(*, meeting: SiteMeeting, people: Mapping[int, int | None], by: str, at: datetime) -> None:
    """Enter how many came of each guest (by key; None: nobody has said, 0: nobody came)."""
    guests = list(MeetingGuest.objects.filter(meeting=meeting, pk__in=list(people)))
    with writing(by=by, at=at, action="site_meeting.attendance", about=meeting.title) as write:
        write.change_each([(guest, {"people_came": people[guest.pk]}) for guest in guests])


def show_example(
    *, meeting: SiteMeeting, kind: str, words: str, hazard: Hazard | None = None, by: str, at: datetime
) -> Example:
    """Enter what was shown; of a hazard its first photo before and its last one after go along.

    Raises Refused `nothing_said`, `not_of_this` where the hazard is not this rectification's (`queries.hazards_of`).
    """
    if not words.strip() or kind not in ExampleKind.values:
        raise Refused("nothing_said", gettext_noop("Say what it shows."))
    before = after = None
    if hazard is not None:
        if not hazards_of(meeting.rectification).filter(pk=hazard.pk).exists():
            raise Refused("not_of_this", gettext_noop("That hazard was not found by this rectification."))
        before, after = _photos(hazard)
    with writing(by=by, at=at, action="site_meeting.example", about=meeting.title) as write:
        return write.create(
            Example(meeting=meeting, kind=kind, words=words.strip()[:300], hazard=hazard, before=before, after=after)
        )


def _photos(hazard: Hazard) -> tuple[HazardPhoto | None, HazardPhoto | None]:
    rows = {row.pk: row for row in HazardPhoto.objects.filter(hazard_key=hazard.key).select_related("submission")}
    shots = [Shot(row.pk, row.shows, timezone.localdate(row.submission.received_at)) for row in rows.values()]
    before, after = side_by_side(shots)
    return rows[before.key] if before else None, rows[after.key] if after else None


def ask_follow_up(
    *, meeting: SiteMeeting, unit: Unit, text: str, due_on: date, by: str, at: datetime, key: UUID | None = None
) -> FollowUp:
    """Enter what was asked of a unit, by when; once by its `key`. Raises Refused `nothing_said`, `due_before`."""
    if not text.strip():
        raise Refused("nothing_said", gettext_noop("Say what is to be done."))
    if due_on < meeting.held_on:
        raise Refused("due_before", gettext_noop("The day is before the meeting."))

    def enter() -> FollowUp:
        with writing(by=by, at=at, action="site_meeting.follow_up", about=meeting.title) as write:
            return write.create(FollowUp(key=key, meeting=meeting, unit=unit, text=text.strip()[:400], due_on=due_on))

    return entered_once(FollowUp, key, enter)


def say_done(*, follow_up: FollowUp, text: str, done_on: date, by: str, at: datetime) -> FollowUp:
    """Enter what was done of what was asked. Raises Refused `nothing_said`, `not_yet` for a day to come."""
    if not text.strip():
        raise Refused("nothing_said", gettext_noop("Say what was done."))
    if done_on > timezone.localdate(at):
        raise Refused("not_yet", gettext_noop("That time has not come yet."))
    with writing(by=by, at=at, action="site_meeting.done", about=follow_up.meeting.title) as write:
        return write.change(follow_up, done_on=done_on, done_text=text.strip()[:400], done_by=by)


def close_meeting(
    *, meeting: SiteMeeting, by: str, at: datetime, reason: str = "", in_place_of: Activity | None = None
) -> SiteMeeting:
    """Make the meeting one activity with all who came as participants; again, after late reports, a new version of it.

    Raises Refused `nobody_came`, `reason_missing` where a closed meeting changed and no reason is given, and
    `event_on_record` where a sheet or letter has recorded it and `in_place_of` does not say that it may be replaced.
    """
    with writing(by=by, at=at, action="site_meeting.close", about=meeting.title) as write:
        # Two who close it at once: the second waits, and makes a new version of the first one's activity.
        meeting = (
            SiteMeeting.objects.select_for_update(of=("self",))
            .select_related("rectification__drive__campaign", "host", "workplace__township", "activity")
            .get(pk=meeting.pk)
        )
        page = meeting_page(meeting)
        if not page.people:
            raise Refused("nobody_came", gettext_noop("Enter first who came."))
        elsewhere = None if meeting.activity else meeting_on_record(meeting)
        refuse_double(elsewhere, in_place_of=in_place_of)
        activity = record_deed(
            write,
            campaign=meeting.rectification.drive.campaign,
            deed=_deed(page),
            entry={"site_meeting": meeting.pk, "reason": reason, "examples": len(page.examples)},
            file_name=f"site-meeting-{meeting.pk}.json",
            by=by,
            at=at,
            standing=meeting.activity or elsewhere,
            reason=reason or (AS_HELD if elsewhere else ""),
        )
        return write.change(meeting, activity=activity, closed_at=at)


def _deed(page: MeetingPage) -> Deed:
    meeting = page.meeting
    came = [guest for guest in page.guests if guest.people_came]
    participants: dict[Unit, str] = {}
    for guest in came:
        unit = guest.unit or (guest.workplace.unit if guest.workplace else None)
        if unit is not None and unit.pk != meeting.host_id:
            participants[unit] = guest.post_title
    counts = [
        Count("meetings", meeting.host, 1, basis="events", measure_word="次"),
        Count("people_taking_part", meeting.host, page.people, basis="people", measure_word="人"),
    ]
    return Deed(
        kind=ActivityKind.MEETING,
        title=meeting.title,
        host=meeting.host,
        task=meeting.rectification.drive.task,
        place=meeting.place or (meeting.workplace.name if meeting.workplace else ""),
        from_on=meeting.held_on,
        to_on=meeting.held_on,
        participants=participants,
        counts=counts,
    )
