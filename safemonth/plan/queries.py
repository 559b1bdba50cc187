"""Reads of the plan."""

from collections.abc import Iterable

from django.db.models import QuerySet

from safemonth.lib.indicators import IndicatorName, load_indicators
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Assignment, Campaign, Indicator, Task, TaskIndicator
from safemonth.plan.rules import UnitFacts


def campaign_called(code: str = "") -> Campaign:
    """Return the campaign of that code; without one, the only or the latest. Raises Refused where there is none."""
    campaigns = Campaign.objects.select_related("unit", "office").order_by("-starts_on", "-id")
    campaign = campaigns.filter(code=code).first() if code else campaigns.first()
    if campaign is None:
        raise Refused(
            "unknown_campaign",
            gettext_noop("There is no campaign “%(code)s”. Open one first: safemonth init, or the plan page."),
            code=code or "-",
        )
    return campaign


def task_called(campaign: Campaign, code: str) -> Task:
    """Return the campaign's task of that code; raises Refused `unknown_task`."""
    task = Task.objects.filter(campaign=campaign, code=code).first()
    if task is None:
        raise Refused(
            "unknown_task",
            gettext_noop("The plan has no task “%(code)s”. Its tasks: %(codes)s"),
            code=code,
            codes=", ".join(Task.objects.filter(campaign=campaign).values_list("code", flat=True)) or "-",
        )
    return task


def indicator_names() -> dict[str, IndicatorName]:
    """Return the indicators by code as readers and words use them: the shipped ones and the county's own."""
    own = {
        indicator.code: IndicatorName(
            code=indicator.code,
            name_zh=indicator.name,
            name_en=indicator.name_en,
            measure_words=tuple(indicator.measure_words.split()),
            aggregation=indicator.aggregation,
            chapter=indicator.chapter,
        )
        for indicator in Indicator.objects.order_by("rank")
    }
    return load_indicators() | own


def tasks_of(campaign: Campaign) -> QuerySet[Task]:
    """Return the campaign's tasks in order."""
    return Task.objects.filter(campaign=campaign).order_by("number")


def tasks_asked_of(campaign: Campaign, units: QuerySet[Unit]) -> QuerySet[Assignment]:
    """Return what the campaign asks of these units, by task number."""
    return (
        Assignment.objects.filter(task__campaign=campaign, unit__in=units)
        .select_related("task", "unit")
        .order_by("task__number", "unit__path")
    )


def expected_indicators(task: Task) -> QuerySet[TaskIndicator]:
    """Return what a task expects to be counted."""
    return TaskIndicator.objects.filter(task=task).select_related("indicator").order_by("indicator__rank")


def unit_facts(units: Iterable[Unit]) -> list[UnitFacts]:
    """Return units as rules of assignment see them."""
    return [UnitFacts(code=unit.code, kind=unit.kind, path=unit.path) for unit in units]
