"""Reads of activities, measures and returns."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from safemonth.collect.activities.models import Activity, Measure, Participation, Return
from safemonth.collect.activities.rules import EventFacts
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def current_activities(campaign: Campaign) -> QuerySet[Activity]:
    """Return the campaign's activities as they stand: current versions that are not withdrawn."""
    return Activity.objects.filter(campaign=campaign, is_current=True, is_withdrawn=False)


def activities_seen_by(user: User, campaign: Campaign) -> QuerySet[Activity]:
    """Return the current activities that the user may see, with host, task and submission."""
    activities = current_activities(campaign).select_related("host", "task", "submission", "duplicate_of")
    if sees_all(user):
        return activities
    units = units_seen_by(user)
    taking_part = Participation.objects.filter(unit__in=units).values("activity")
    return activities.filter(Q(host__in=units) | Q(pk__in=taking_part))


def versions_of(activity: Activity) -> QuerySet[Activity]:
    """Return all versions of an event, oldest first."""
    return Activity.objects.filter(key=activity.key).select_related("submission", "host").order_by("version")


def measures_of(activity: Activity) -> QuerySet[Measure]:
    """Return an activity's measures with indicator, unit and source."""
    return (
        Measure.objects.filter(activity=activity)
        .select_related("indicator", "unit", "source", "source__submission")
        .order_by("indicator__rank", "pk")
    )


def participations_of(activity: Activity) -> QuerySet[Participation]:
    """Return who took part, host first."""
    return Participation.objects.filter(activity=activity).select_related("unit").order_by("role", "unit__path")


def returns_of(campaign: Campaign) -> QuerySet[Return]:
    """Return the current signed statements of the campaign."""
    return Return.objects.filter(campaign=campaign, is_current=True).select_related("unit")


def recorded_otherwise(
    campaign: Campaign, *, host: Unit, from_on: date, to_on: date, besides: Activity | None, **like: object
) -> Activity | None:
    """Return the current activity of a host in some days that another way recorded (a sheet, a letter), None if none.

    `besides` is the one that is known already; `like` narrows by fields of Activity (task, kind). One that says no day
    is taken to be in any. Doubles of others are left out.
    """
    there = current_activities(campaign).filter(host=host, duplicate_of=None, **like)
    if besides:
        there = there.exclude(key=besides.key)
    within = Q(from_on__isnull=True) | Q(from_on__lte=to_on, to_on__gte=from_on)
    return there.filter(within).select_related("submission", "host").order_by("pk").first()


def refuse_double(standing: Activity | None, *, in_place_of: Activity | None) -> None:
    """Raise Refused `event_on_record` where an event stands already and nobody said that it may be replaced."""
    if standing and (in_place_of is None or in_place_of.pk != standing.pk):
        raise Refused(
            "event_on_record",
            gettext_noop(
                "“%(title)s” is on record already, from %(file)s. Tick that this takes its place, or leave it."
            ),
            title=standing.title,
            file=standing.submission.file_name,
        )


@dataclass(frozen=True)
class Near:
    """Which known activities new ones can be doubles of: events between two days, and lines of counts of some units."""

    first: date | None = None
    last: date | None = None
    line_units: frozenset[str] = frozenset()


def events_known(campaign: Campaign, *, near: Near | None = None) -> list[tuple[int, EventFacts]]:
    """Return the current, counted activities as doubles are looked for among them: (key, facts).

    `near` keeps those that can be doubles of what it speaks of (None: all of the campaign).
    """
    activities = current_activities(campaign).filter(duplicate_of=None).select_related("task")
    if near is not None:
        of_units = Participation.objects.filter(unit__code__in=near.line_units).values("activity")
        wanted_rows = Q(is_report_line=True, pk__in=of_units)
        if near.first and near.last:
            still_on = Q(to_on__gte=near.first) | Q(to_on__isnull=True, from_on__gte=near.first)
            wanted_rows |= Q(is_report_line=False, from_on__lte=near.last) & still_on
        activities = activities.filter(wanted_rows)
    rows = list(activities)
    units: dict[int, set[str]] = defaultdict(set)
    values: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    keys = [row.pk for row in rows]
    wanted = {"activity__in": keys} if near is not None else {"activity__campaign": campaign}
    for activity_id, code in Participation.objects.filter(**wanted).values_list("activity", "unit__code"):
        units[activity_id].add(code)
    to_date: set[int] = set()
    for activity_id, indicator, unit, value, period_kind in Measure.objects.filter(**wanted).values_list(
        "activity", "indicator", "unit__code", "value", "period_kind"
    ):
        values[activity_id][(indicator, unit)] = value
        if period_kind == "to_date":
            to_date.add(activity_id)
        units[activity_id].add(unit)
    return [
        (
            row.pk,
            EventFacts(
                units=frozenset(units[row.pk]),
                kind=row.kind,
                title=row.title,
                place=row.place,
                from_on=row.from_on,
                to_on=row.to_on,
                is_report_line=row.is_report_line,
                task=row.task.code if row.task else "",
                is_to_date=row.pk in to_date,
                is_one_event=bool(row.task and row.task.is_one_event),
                values=values[row.pk],
            ),
        )
        for row in rows
    ]


def activity_seen_by(user: User, pk: int) -> Activity:
    """Return the activity (any version) if the user may see it; raises Refused `no_such_activity`."""
    activity = Activity.objects.filter(pk=pk).select_related("campaign", "host", "task", "submission", "source").first()
    if activity is not None and not sees_all(user):
        units = units_seen_by(user)
        took_part = Participation.objects.filter(activity=activity, unit__in=units).exists()
        if not (took_part or units.filter(pk=activity.host_id).exists()):
            activity = None
    if activity is None:
        raise Refused("no_such_activity", gettext_noop("There is no such activity."))
    return activity


def current_version(activity: Activity) -> Activity | None:
    """Return the version of an event that stands, None where it was withdrawn."""
    return Activity.objects.filter(key=activity.key, is_current=True, is_withdrawn=False).first()


def has_activities(campaign: Campaign, unit: Unit) -> bool:
    """Return whether a unit has activities of its own on record that were not withdrawn."""
    return current_activities(campaign).filter(host=unit).exists()
