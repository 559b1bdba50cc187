"""A campaign's current claims, loaded once: columns for adding up, and what names them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from safemonth.collect.activities.models import Activity, Measure, Participation, Return
from safemonth.figures.columns import BASES, NONE, QUALIFIERS, STATES, UNDATED, Columns, Tree, columns_from_lists
from safemonth.figures.figure import UnitName
from safemonth.figures.rollup import Totals, roll_up_everywhere
from safemonth.lib.indicators import IndicatorName
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Assignment, Campaign, TaskIndicator
from safemonth.plan.queries import indicator_names, tasks_of


@dataclass(frozen=True)
class Asked:
    """One assignment: who, of which task, due when (None: no date)."""

    unit: int
    task: int
    due_on: date | None


@dataclass(frozen=True)
class Records:
    """Everything that figures of one campaign are made of.

    Positions (`unit`, `task`, `indicator`) are those of the lists here and of `columns`. `activity_ids` and
    `is_report_line` run along the columns. `came_on[(task, unit)]` is the day on which a unit's first report
    for a task (-1: for none) came; `nil_on[unit]` the day of its nil return, `signed_on[unit]` of any signed
    return.
    """

    campaign: Campaign
    columns: Columns
    tree: Tree
    units: Sequence[UnitName]
    kinds: Sequence[str]
    paths: Sequence[str]
    populations: Sequence[int | None]
    indicators: Sequence[IndicatorName]
    tasks: Sequence[str]
    task_titles: Sequence[tuple[str, str]]
    activity_ids: Sequence[int]
    named: Sequence[str]
    asked: Sequence[Asked]
    expecting: dict[str, tuple[tuple[int, int | None], ...]]
    came_on: dict[tuple[int, int], date]
    nil_on: dict[int, date] = field(default_factory=dict)
    signed_on: dict[int, date] = field(default_factory=dict)

    @cached_property
    def unit_at(self) -> dict[str, int]:
        """Position of each unit's code."""
        return {unit.code: position for position, unit in enumerate(self.units)}

    @cached_property
    def indicator_at(self) -> dict[str, int]:
        """Position of each indicator's code."""
        return {indicator.code: position for position, indicator in enumerate(self.indicators)}

    @cached_property
    def aggregations(self) -> list[str]:
        """How each indicator comes together, by position."""
        return [indicator.aggregation for indicator in self.indicators]

    @cached_property
    def totals(self) -> Totals:
        """The totals of every unit's subtree over the whole campaign."""
        return roll_up_everywhere(self.columns, self.tree, aggregations=self.aggregations)

    def unit_position(self, code: str) -> int:
        """Return a unit's position; empty means the campaign's own unit. Raises Refused `unknown_unit`."""
        position = self.unit_at.get(code or self.campaign.unit.code)
        if position is None:
            raise Refused(
                "unknown_unit", gettext_noop("There is no unit “%(unit)s”. See the unit list for its code."), unit=code
            )
        return position

    def task_position(self, code: str) -> int | None:
        """Return a task's position, None for all tasks (empty). Raises Refused `unknown_task`."""
        if not code:
            return None
        if code not in self.tasks:
            raise Refused(
                "unknown_task",
                gettext_noop("The plan has no task “%(code)s”. Its tasks: %(codes)s"),
                code=code,
                codes=", ".join(self.tasks) or "-",
            )
        return list(self.tasks).index(code)

    def indicator_position(self, code: str) -> int:
        """Return an indicator's position; raises Refused `unknown_indicator`."""
        if code not in self.indicator_at:
            raise Refused("unknown_indicator", gettext_noop("There is no indicator “%(code)s”."), code=code)
        return self.indicator_at[code]


def load_records(campaign: Campaign) -> Records:
    """Load a campaign's current claims (20,000 activities with 100,000 measures: about a second)."""
    units = list(
        Unit.objects.order_by("path").values_list("pk", "code", "name", "name_en", "kind", "path", "population")
    )
    unit_at = {row[0]: position for position, row in enumerate(units)}
    tasks = list(tasks_of(campaign))
    task_at = {task.pk: position for position, task in enumerate(tasks)}
    indicators = list(indicator_names().values())
    indicator_at = {indicator.code: position for position, indicator in enumerate(indicators)}
    activities = {
        row[0]: row
        for row in Activity.objects.filter(campaign=campaign, is_current=True, is_withdrawn=False).values_list(
            "pk", "task", "duplicate_of", "from_on", "to_on", "submission__received_at", "host"
        )
    }
    # Filtered by campaign in the database and by version here: a join over the flags is slower.
    measures = [
        row
        for row in Measure.objects.filter(activity__campaign=campaign)
        .order_by("pk")
        .values_list(
            "pk",
            "activity",
            "indicator",
            "unit",
            "value",
            "qualifier",
            "basis",
            "part_of",
            "period_kind",
            "named",
            "state",
        )
        if row[1] in activities
    ]
    columns, named = _columns(measures, activities, unit_at=unit_at, task_at=task_at, indicator_at=indicator_at)
    returns = list(Return.objects.filter(campaign=campaign, is_current=True).values_list("unit", "signed_at", "is_nil"))
    return Records(
        campaign=campaign,
        columns=columns,
        tree=Tree.from_paths([row[5] for row in units]),
        units=[UnitName(row[1], row[2], row[3]) for row in units],
        kinds=[row[4] for row in units],
        paths=[row[5] for row in units],
        populations=[row[6] for row in units],
        indicators=indicators,
        tasks=[task.code for task in tasks],
        task_titles=[(task.title, task.title_en) for task in tasks],
        activity_ids=[row[1] for row in measures],
        named=named,
        asked=[
            Asked(unit=unit_at[unit], task=task_at[task], due_on=own or due or campaign.returns_due_on)
            for unit, task, own, due in Assignment.objects.filter(task__campaign=campaign)
            .order_by("unit__path")
            .values_list("unit", "task", "due_on", "task__due_on")
        ],
        expecting=_expecting(campaign, task_at),
        came_on=_came_on(campaign, measures, activities, unit_at=unit_at, task_at=task_at),
        nil_on={unit_at[unit]: local_day(at) for unit, at, is_nil in returns if is_nil},
        signed_on={unit_at[unit]: local_day(at) for unit, at, _ in returns},
    )


def _columns(
    measures: Sequence[tuple],  # type: ignore[type-arg]
    activities: dict[int, tuple],  # type: ignore[type-arg]
    *,
    unit_at: dict[int, int],
    task_at: dict[int, int],
    indicator_at: dict[str, int],
) -> tuple[Columns, list[str]]:
    position_of = {row[0]: position for position, row in enumerate(measures)}
    named_at: dict[str, int] = {}
    qualifier_at = {word: position for position, word in enumerate(QUALIFIERS)}
    basis_at = {word: position for position, word in enumerate(BASES)}
    state_at = {word: position for position, word in enumerate(STATES)}
    days = {
        key: (
            row[3].toordinal() if row[3] else UNDATED,
            (row[4] or row[3]).toordinal() if row[3] or row[4] else UNDATED,
        )
        for key, row in activities.items()
    }
    columns = columns_from_lists(
        {
            "measure_id": [row[0] for row in measures],
            "indicator": [indicator_at[row[2]] for row in measures],
            "unit": [unit_at[row[3]] for row in measures],
            "value": [row[4] for row in measures],
            "qualifier": [qualifier_at[row[5]] for row in measures],
            "basis": [basis_at[row[6]] for row in measures],
            "part_of": [position_of.get(row[7], NONE) if row[7] else NONE for row in measures],
            "is_duplicate": [activities[row[1]][2] is not None for row in measures],
            "is_to_date": [row[8] == "to_date" for row in measures],
            "from_on": [days[row[1]][0] for row in measures],
            "to_on": [days[row[1]][1] for row in measures],
            "task": [task_at.get(activities[row[1]][1], NONE) for row in measures],
            "named": [named_at.setdefault(row[9], len(named_at)) if row[9] else NONE for row in measures],
            "state": [state_at[row[10]] for row in measures],
        }
    )
    return columns, list(named_at)


def _expecting(campaign: Campaign, task_at: dict[int, int]) -> dict[str, tuple[tuple[int, int | None], ...]]:
    """Which tasks expect an indicator, each with the cap that the plan states for a missing unit."""
    expecting: dict[str, tuple[tuple[int, int | None], ...]] = {}
    rows = TaskIndicator.objects.filter(task__campaign=campaign).values_list("indicator", "task", "cap")
    for indicator, task, cap in rows:
        expecting[indicator] = (*expecting.get(indicator, ()), (task_at[task], cap))
    return expecting


def _came_on(
    campaign: Campaign,
    measures: Sequence[tuple],  # type: ignore[type-arg]
    activities: dict[int, tuple],  # type: ignore[type-arg]
    *,
    unit_at: dict[int, int],
    task_at: dict[int, int],
) -> dict[tuple[int, int], date]:
    """The day on which each unit's first report for each task came: as host, as taking part, or as whose count it is."""
    pairs = {(row[1], row[3]) for row in measures}
    pairs |= {(key, row[6]) for key, row in activities.items()}
    pairs |= {
        pair
        for pair in Participation.objects.filter(activity__campaign=campaign).values_list("activity", "unit")
        if pair[0] in activities
    }
    came: dict[tuple[int, int], datetime] = {}
    for activity, unit in pairs:
        row = activities[activity]
        where = (task_at.get(row[1], NONE), unit_at[unit])
        if where not in came or row[5] < came[where]:
            came[where] = row[5]
    return {where: local_day(at) for where, at in came.items()}


_zone = ZoneInfo(settings.TIME_ZONE)


def local_day(at: datetime) -> date:
    """Return the office's calendar day of a moment."""
    return at.astimezone(_zone).date()
