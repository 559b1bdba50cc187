"""Where the calendar's lines come from: one function a source, each showing what the viewer may see.

Each takes the viewer and the campaign; a new source is one more function in SOURCES.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from safemonth.collect.activities.models import Activity, Participation
from safemonth.collect.publicity.broadcasts.models import Broadcast
from safemonth.collect.publicity.carriers.queries import orders_seen_by
from safemonth.collect.publicity.consulting.models import Booth
from safemonth.collect.publicity.consulting.queries import current_roster, places_of
from safemonth.collect.publicity.consulting.queries import days_of as consulting_days
from safemonth.collect.publicity.law_day.models import Guest
from safemonth.collect.publicity.law_day.queries import days_seen_by
from safemonth.collect.publicity.media.queries import placements_seen_by
from safemonth.collect.publicity.rounds.models import RoundPlan, VehicleDay
from safemonth.collect.publicity.rounds.queries import rounds_seen_by
from safemonth.desk.calendar.rules import Kind, Line
from safemonth.ledger.queries import table_of
from safemonth.organisation.languages import is_english, named
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import may_open, sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Assignment, Attendance, Campaign, Meeting, Task

CHINA: Final = ZoneInfo("Asia/Shanghai")
# A new version is a new record: its count starts above whatever the old one's reached.
VERSION: Final = 100
Source = Callable[[User, Campaign], Iterator[Line]]


def _line(
    row: models.Model, campaign: Campaign, kind: Kind, what: str, from_on: date, to_on: date, **known: object
) -> Line:
    return Line(
        uid=f"{what}-{row.pk}@{campaign.code}.safemonth",
        kind=kind,
        from_on=from_on,
        to_on=max(from_on, to_on),
        row=(table_of(type(row)), str(row.pk)),
        **known,  # type: ignore[arg-type]
    )


def of_the_plan(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield the days on which tasks are held or due, by whom they were asked of, and on which returns are due."""
    asked: dict[int, list[Assignment]] = {}
    assignments = Assignment.objects.filter(task__campaign=campaign).select_related("unit")
    if not sees_all(user):
        assignments = assignments.filter(unit__in=units_seen_by(user))
    for each in assignments:
        asked.setdefault(each.task_id, []).append(each)
    # A consulting day that was opened (for a unit: its booth there) has its hours, and stands for its task.
    days = consulting_days(campaign)
    if not sees_all(user):
        days = days.filter(pk__in=Booth.objects.filter(is_in=True, unit__in=units_seen_by(user)).values("day"))
    with_a_day = set(days.values_list("task", flat=True))
    for task in Task.objects.filter(campaign=campaign):
        mine = asked.get(task.pk, [])
        if not mine and not sees_all(user):
            continue
        units = tuple(each.unit.path for each in mine)
        known = {"title": named(task), "address": reverse("task", args=[task.code]), "units": units}
        if task.held_on and task.pk not in with_a_day:
            yield _line(task, campaign, "event", "task", task.held_on, task.held_on, **known)
        title = gettext("Due: %(what)s") % {"what": named(task)}
        by_task = tuple(each.unit.path for each in mine if each.due_on in (None, task.due_on))
        if task.due_on and (by_task or not mine):
            yield _line(
                task, campaign, "due", "due", task.due_on, task.due_on, **{**known, "title": title, "units": by_task}
            )
        for each in mine:
            if each.due_on and each.due_on != task.due_on:
                of_unit = f"{title} · {named(each.unit)}"
                yield _line(
                    each,
                    campaign,
                    "due",
                    "due-of",
                    each.due_on,
                    each.due_on,
                    also=((table_of(Task), str(task.pk)),),
                    **{**known, "title": of_unit, "units": (each.unit.path,)},
                )
    yield _line(
        campaign,
        campaign,
        "due",
        "returns",
        campaign.returns_due_on,
        campaign.returns_due_on,
        title=gettext("Due: the signed return of the month"),
        address=reverse("report") if may_open(user=user, name="report") else reverse("plan"),
    )


def of_meetings(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield meetings, for a unit's people those to which their units were asked."""
    meetings = Meeting.objects.filter(campaign=campaign)
    asked: dict[int, list[str]] = {}
    for of_meeting, path in Attendance.objects.filter(meeting__campaign=campaign).values_list("meeting", "unit__path"):
        asked.setdefault(of_meeting, []).append(path)
    paths = None if sees_all(user) else set(units_seen_by(user).values_list("path", flat=True))
    for meeting in meetings:
        units = tuple(asked.get(meeting.pk, ()))
        if paths is None or paths & set(units):
            place = meeting.place_en if is_english() and meeting.place_en else meeting.place
            day = meeting.held_on
            yield _line(
                meeting,
                campaign,
                "meeting",
                "meeting",
                day,
                day,
                title=named(meeting),
                place=place,
                units=units,
                address=reverse("plan"),
            )


def of_consulting_days(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield the consulting day: for the office as a whole, for a unit its booth with hours and site."""
    for day in consulting_days(campaign):
        if sees_all(user):
            yield _line(
                day,
                campaign,
                "event",
                "consulting",
                day.held_on,
                day.held_on,
                title=named(day.task),
                starts_at=_moment(day.held_on, day.from_time),
                ends_at=_moment(day.held_on, day.to_time),
                address=reverse("consulting-day", args=[day.pk]),
                units=tuple(Booth.objects.filter(day=day, is_in=True).values_list("unit__path", flat=True)),
            )
            continue
        roster = current_roster(day)
        places = {place.booth_id: place for place in places_of(roster)}
        for booth in Booth.objects.filter(day=day, unit__in=units_seen_by(user)).select_related("unit"):
            place = places.get(booth.pk)
            rows = [(table_of(type(day)), str(day.pk))]
            rows += [(table_of(type(row)), str(row.pk)) for row in ((place, place.site) if place else ())]
            yield _line(
                booth,
                campaign,
                "event",
                "booth",
                day.held_on,
                day.held_on,
                title=gettext("%(what)s: booth of %(unit)s") % {"what": named(day.task), "unit": named(booth.unit)},
                starts_at=_moment(day.held_on, place.from_time if place else day.from_time),
                ends_at=_moment(day.held_on, place.to_time if place else day.to_time),
                place=f"{named(place.site)} {place.number}" if place else "",
                units=(booth.unit.path,),
                address=reverse("consulting-report", args=[booth.pk]) if booth.is_in else reverse("consulting"),
                also=tuple(rows),
                is_off=not booth.is_in,
                sequence=roster.version * VERSION if roster else 0,
                changed_at=roster.made_at if roster else None,
            )


def of_rounds(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield each vehicle's days; a day that a later plan no longer has was called off."""
    days = VehicleDay.objects.filter(plan__round__in=rounds_seen_by(user, campaign)).select_related(
        "plan__round", "vehicle__unit"
    )
    paths = None if sees_all(user) else set(units_seen_by(user).values_list("path", flat=True))
    standing = {plan.round_id: plan for plan in RoundPlan.objects.filter(is_current=True)}
    newest: dict[tuple[int, date], VehicleDay] = {}
    for each in days.order_by("plan__version"):
        newest[each.vehicle_id, each.day] = each
    for each in newest.values():
        unit = each.vehicle.unit
        if paths is not None and unit.path not in paths:
            continue
        title = f"{named(each.plan.round)} · {each.vehicle}"
        now = standing.get(each.plan.round_id, each.plan)
        yield Line(
            uid=f"vehicle-{each.vehicle_id}-{each.day:%Y%m%d}@{campaign.code}.safemonth",
            kind="round",
            title=title,
            from_on=each.day,
            to_on=each.day,
            starts_at=_second(each.day, each.leaves_yard_s),
            ends_at=_second(each.day, each.back_s),
            address=reverse("round-day", args=[each.pk]),
            units=(unit.path,),
            row=(table_of(VehicleDay), str(each.pk)),
            is_off=not each.plan.is_current,
            # Taking a day off is the newest plan's doing.
            sequence=now.version * VERSION,
            changed_at=now.made_at,
        )


def of_law_days(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield days of law to the countryside, for who holds them, where they are held, and who is asked."""
    asked: dict[int, list[str]] = {}
    for guest, path in Guest.objects.filter(day__campaign=campaign).values_list("day", "unit__path"):
        asked.setdefault(guest, []).append(path)
    for day in days_seen_by(user, campaign):
        starts_at = _moment(day.held_on, day.starts_at) if day.starts_at else None
        yield _line(
            day,
            campaign,
            "event",
            "law-day",
            day.held_on,
            day.held_on,
            title=day.title,
            starts_at=starts_at,
            place=f"{named(day.township)} {day.place}".strip(),
            address=reverse("law-day", args=[day.pk]),
            units=(day.township.path, day.host.path, *asked.get(day.pk, ())),
        )


def of_media(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield placements: until made their deadline, then the days on which they appeared."""
    for each in placements_seen_by(user, campaign).select_related("outlet__unit", "unit"):
        if each.made_on:
            first, last, title = each.made_on, each.until_on or each.made_on, f"{named(each.outlet)}: {each.title}"
        elif each.due_on:
            # "Before 1 June" is due on the day before.
            first = last = each.due_on - timedelta(days=int(each.is_before))
            title = gettext("Due: %(what)s") % {"what": f"{named(each.outlet)}: {each.title}"}
        else:
            continue
        yield _line(
            each,
            campaign,
            "media",
            "placement",
            first,
            last,
            title=title,
            note=each.slot or each.planned_slot,
            units=(each.unit.path, *([each.outlet.unit.path] if each.outlet.unit else [])),
            address=reverse("placement", args=[each.pk]),
            is_off=bool(each.called_off_because),
        )


def of_messages(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield the windows of orders to carriers and of broadcasts."""
    for order in orders_seen_by(user, campaign).select_related("carrier"):
        title = gettext("Messages to every subscriber: %(carrier)s") % {"carrier": named(order.carrier)}
        yield _line(
            order,
            campaign,
            "message",
            "carrier-order",
            order.window_from,
            order.window_to,
            title=title,
            units=(order.carrier.path,),
            address=reverse("carrier-order", args=[order.pk]),
            is_off=bool(order.called_off_because or order.declined_because),
        )
    if not may_open(user=user, name="broadcast"):
        return
    for row in Broadcast.objects.filter(campaign=campaign).select_related("unit"):
        opens, closes = row.opens_at.astimezone(CHINA), row.closes_at.astimezone(CHINA)
        title = gettext("Broadcast: %(text)s") % {"text": row.text[:40]}
        yield _line(
            row,
            campaign,
            "message",
            "broadcast",
            opens.date(),
            closes.date(),
            title=title,
            starts_at=opens,
            ends_at=closes,
            units=(row.unit.path,),
            address=reverse("broadcast", args=[row.pk]),
            is_off=row.stopped_at is not None,
        )


def of_activities(user: User, campaign: Campaign) -> Iterator[Line]:
    """Yield what is on record as done, and what was taken back as called off.

    Lines of counts for a whole month are no event, and stay out.
    """
    rows = _versions(user, campaign).filter(is_report_line=False, duplicate_of=None, from_on__isnull=False)
    taking_part: dict[int, list[str]] = {}
    for activity, path in Participation.objects.filter(activity__in=rows).values_list("activity", "unit__path"):
        taking_part.setdefault(activity, []).append(path)
    for each in rows:
        assert each.from_on is not None
        yield Line(
            uid=f"activity-{each.key}@{campaign.code}.safemonth",
            kind="done",
            title=f"{named(each.host)}: {each.title}" if each.title else named(each.host),
            from_on=each.from_on,
            to_on=each.to_on or each.from_on,
            place=each.place,
            address="" if each.is_withdrawn else reverse("activity", args=[each.pk]),
            units=(each.host.path, *taking_part.get(each.pk, ())),
            row=(table_of(type(each)), str(each.pk)),
            is_off=each.is_withdrawn,
            sequence=each.version * VERSION,
        )


def _versions(user: User, campaign: Campaign) -> models.QuerySet[Activity]:
    """The last version of each activity that the user may see, also of those that were taken back."""
    rows = Activity.objects.filter(campaign=campaign, is_current=True).select_related("host")
    if sees_all(user):
        return rows
    units = units_seen_by(user)
    own = Participation.objects.filter(unit__in=units).values("activity")
    return rows.filter(models.Q(host__in=units) | models.Q(pk__in=own))


# In the order of a month. Inspections stay out until they have been: most are unannounced.
SOURCES: Final[tuple[Source, ...]] = (
    of_the_plan,
    of_meetings,
    of_consulting_days,
    of_rounds,
    of_law_days,
    of_media,
    of_messages,
    of_activities,
)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=CHINA)


def _second(day: date, second: int) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA) + timedelta(seconds=second)


def units_to_choose(user: User) -> list[Unit]:
    """Return the units by which the page may be narrowed: the viewer's own, townships and departments first."""
    return list(units_seen_by(user).exclude(kind="village").order_by("path"))
