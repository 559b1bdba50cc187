"""Reads of how a consulting day is set up: its sites, booths, wishes, and what booths are asked to count."""

from django.db.models import QuerySet

from safemonth.collect.publicity.consulting.models import Booth, ConsultingDay, Site, Wish
from safemonth.collect.publicity.consulting.rules import COUNTED, NAMED
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Assignment, Campaign, Indicator, Task, TaskIndicator


def days_of(campaign: Campaign) -> QuerySet[ConsultingDay]:
    """Return the campaign's consulting days in order of date, with task and host."""
    return ConsultingDay.objects.filter(task__campaign=campaign).select_related("task", "task__campaign", "host")


def tasks_without_a_day(campaign: Campaign) -> QuerySet[Task]:
    """Return the campaign's tasks for a consulting day that are one event and have no day yet."""
    taken = ConsultingDay.objects.values("task")
    return Task.objects.filter(campaign=campaign, kind="consulting_day", is_one_event=True).exclude(pk__in=taken)


def sites_of(day: ConsultingDay) -> QuerySet[Site]:
    """Return the sites of a day that are used, by number."""
    return Site.objects.filter(day=day, is_used=True).order_by("number")


def booths_of(day: ConsultingDay) -> QuerySet[Booth]:
    """Return the booths that take part, with their units, in the order of the unit list."""
    return Booth.objects.filter(day=day, is_in=True).select_related("unit", "day").order_by("unit__path")


def wishes_of(day: ConsultingDay) -> QuerySet[Wish]:
    """Return the wishes in force between booths that take part and sites that are used: musts first, then oldest first."""
    return (
        Wish.objects.filter(booth__day=day, booth__is_in=True, is_withdrawn=False)
        .exclude(other__is_in=False)
        .exclude(site__is_used=False)
        .select_related("booth__unit", "other__unit", "site")
        .order_by("-is_must", "pk")
    )


def counted_indicators(day: ConsultingDay) -> list[Indicator]:
    """Return what booths of the day are asked to count: the usual, and what the plan expects of the day."""
    expected = set(TaskIndicator.objects.filter(task=day.task).values_list("indicator", flat=True))
    codes = [*COUNTED, *sorted(expected - set(COUNTED) - set(NAMED))]
    return sorted(Indicator.objects.filter(pk__in=codes), key=lambda indicator: codes.index(indicator.code))


def expected_by_name(day: ConsultingDay) -> set[str]:
    """Return which of the things counted by name the plan expects of the day."""
    return set(TaskIndicator.objects.filter(task=day.task, indicator__in=NAMED).values_list("indicator", flat=True))


def booths_seen_by(user: User, campaign: Campaign) -> QuerySet[Booth]:
    """Return the booths of the campaign's days that the user may report for: all, or those of their own units."""
    booths = Booth.objects.filter(day__task__campaign=campaign, is_in=True).select_related(
        "unit", "day__task__campaign", "day__host"
    )
    return booths if sees_all(user) else booths.filter(unit__in=units_seen_by(user))


def units_to_add(day: ConsultingDay) -> QuerySet[Unit]:
    """Return the units that were asked for the day's task and have no booth that takes part."""
    asked = Assignment.objects.filter(task=day.task).values("unit")
    return Unit.objects.filter(pk__in=asked).exclude(pk__in=booths_of(day).values("unit")).order_by("path")


def occasion_of(day: ConsultingDay) -> str:
    """Return by what hand-outs from the stock name this day as where they are counted (`materials.Handout`)."""
    return f"consulting-day:{day.pk}"
