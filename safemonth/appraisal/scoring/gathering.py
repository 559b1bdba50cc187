"""Gathers what is known of every unit of a campaign from the records, as facts for the rules. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import F

from safemonth.appraisal.scoring.facts import (
    FindingFact,
    HazardFact,
    JudgementFact,
    MeetingFact,
    NoChance,
    TaskFact,
    UnitFacts,
    VolumeFact,
)
from safemonth.appraisal.scoring.models import Excuse, Judgement
from safemonth.appraisal.sheets.models import ScoreSheet
from safemonth.appraisal.sheets.rules import BY_NUMBER, Item
from safemonth.collect.activities.models import Activity, Evidence, Measure, MeasureState, Participation
from safemonth.collect.activities.queries import current_activities
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import AWAITED, JOINED
from safemonth.figures.queries import FigureDesk
from safemonth.figures.records import Asked, Records, local_day
from safemonth.figures.rollup import main_basis
from safemonth.ledger.models import Change
from safemonth.ledger.queries import table_of
from safemonth.plan.models import Assignment, Attendance, Campaign
from safemonth.verify.visits.models import Finding

# What somebody saw on site or on paper; "checked at the desk" looks at numbers alone.
SEEN = (MeasureState.EVIDENCED, MeasureState.CONFIRMED, MeasureState.CORRECTED)
Pair = tuple[int, str]
_SAID: dict[str, NoChance] = {"called_off": "called_off", "assigned_late": "assigned_late", "excused": "excused"}


def facts_of(campaign: Campaign, sheet: ScoreSheet, items: Iterable[Item], *, as_of: date) -> list[UnitFacts]:
    """Return the facts of every unit of which the campaign asks anything, in tree order; some fifteen statements.

    What came, was found or was decided after `as_of` is not known yet. Villages' own reports are the villages'.
    """
    desk = FigureDesk.of(campaign)
    records = desk.records
    asked: dict[int, list[Asked]] = defaultdict(list)
    for each in records.asked:
        asked[each.unit].append(each)
    no_chance = _no_chance(campaign, sheet, records)
    told = _told(campaign, as_of)
    findings, hazards, meetings = _findings(campaign, as_of), _hazards(campaign, as_of), _meetings(campaign, as_of)
    judgements = _judgements(campaign)
    bases = {item.indicator: _basis(records, item.indicator) for item in items if item.way in BY_NUMBER}
    facts = []
    for at, asked_of_unit in sorted(asked.items(), key=lambda each: records.paths[each[0]]):
        code = records.units[at].code
        tasks = tuple(_task(each, records, no_chance, told, as_of) for each in asked_of_unit)
        facts.append(
            UnitFacts(
                code=code,
                kind=records.kinds[at],
                population=records.populations[at],
                tasks=tasks,
                findings=tuple(findings.get(code, ())),
                hazards=tuple(hazards.get(code, ())),
                meetings=tuple(meetings.get(code, ())),
                volumes=_volumes(at, bases, tasks, records, as_of),
                judgements=judgements.get(code, {}),
            )
        )
    return facts


def _task(
    asked: Asked,
    records: Records,
    no_chance: Mapping[tuple[int, int], NoChance],
    told: Mapping[tuple[str, str], "_Told"],
    as_of: date,
) -> TaskFact:
    unit, task = records.units[asked.unit].code, records.tasks[asked.task]
    activities = told.get((unit, task))
    signed = records.signed_on.get(asked.unit)
    signed = signed if signed and signed <= as_of else None
    came = activities.first_on if activities else None
    # When one event's host sends its report is not in the hands of those who took part.
    by_another = activities is not None and activities.is_joint and not activities.is_host
    return TaskFact(
        task=task,
        due_on=None if by_another else asked.due_on,
        came_on=min((day for day in (came, signed) if day), default=None),
        is_nil=activities is None and signed is not None,
        is_evidenced=activities is not None and activities.is_evidenced,
        no_chance=no_chance.get((asked.task, asked.unit), ""),
        records=tuple(f"activity:{pk}" for pk in activities.keys) if activities else (),
    )


def _no_chance(campaign: Campaign, sheet: ScoreSheet, records: Records) -> dict[tuple[int, int], NoChance]:
    """Which assignments (task, unit) gave no chance: by the office's word, or since they came too late (the ledger says when)."""
    task_at = {code: at for at, code in enumerate(records.tasks)}
    found: dict[tuple[int, int], NoChance] = {}
    rows = Assignment.objects.filter(task__campaign=campaign).values_list(
        "pk", "task__code", "unit__code", "due_on", "task__due_on", "task__held_on"
    )
    made: dict[str, datetime] = dict(
        Change.objects.filter(table=table_of(Assignment), before="", key__in=[str(row[0]) for row in rows]).values_list(
            "key", "entry__at"
        )
    )
    for pk, task, unit, own_due, due, held in rows:
        days = [day for day in (held, own_due or due or campaign.returns_due_on) if day]
        at = made.get(str(pk))
        if at and days and local_day(at) + timedelta(days=sheet.notice_days) > min(days):
            found[(task_at[task], records.unit_at[unit])] = "assigned_late"
    excuses = Excuse.objects.filter(task__campaign=campaign, withdrawn_at__isnull=True).values_list(
        "task__code", "unit__code", "kind"
    )
    for task, unit, kind in sorted(excuses, key=lambda each: each[1] is not None):
        at_task = task_at[task]
        units = [records.unit_at[unit]] if unit else [a.unit for a in records.asked if a.task == at_task]
        for at_unit in units:
            found[(at_task, at_unit)] = _SAID[kind]
    return found


@dataclass
class _Told:
    """What is on record of a unit for a task: the current activities, when the first version of the first came."""

    first_on: date
    keys: list[int]
    is_joint: bool
    is_host: bool = False
    is_evidenced: bool = False


def _told(campaign: Campaign, as_of: date) -> dict[tuple[str, str], _Told]:
    """What is on record by (unit, task): as host, as taking part, or as whose count it is."""
    # A later version (a correction, a day closed again) does not make the event's first report late.
    first: dict[UUID, date] = {}
    for key, at in Activity.objects.filter(campaign=campaign).order_by().values_list("key", "submission__received_at"):
        first[key] = min(first.get(key, local_day(at)), local_day(at))
    rows = {
        pk: (key, task, is_joint, host)
        for pk, key, task, is_joint, host in current_activities(campaign)
        .exclude(task=None)
        .values_list("pk", "key", "task__code", "task__is_one_event", "host__code")
        if first[key] <= as_of
    }
    pairs: set[Pair] = {(pk, host) for pk, (*_, host) in rows.items()}
    pairs |= set(Participation.objects.filter(activity__campaign=campaign).values_list("activity", "unit__code"))
    measured = list(
        Measure.objects.filter(activity__campaign=campaign, activity__is_current=True)
        .order_by()
        .values_list("activity", "unit__code", "state")
        .distinct()
    )
    pairs |= {(pk, unit) for pk, unit, _ in measured}
    seen_measures = {(pk, unit) for pk, unit, state in measured if state in SEEN}
    # A file bears an event out through all of its versions.
    borne = {
        key
        for key, at in Evidence.objects.filter(activity__campaign=campaign).values_list(
            "activity__key", "submission__received_at"
        )
        if local_day(at) <= as_of
    }
    told: dict[tuple[str, str], _Told] = {}
    for pk, unit in sorted(pairs):
        if pk not in rows:
            continue
        key, task, is_joint, host = rows[pk]
        one = told.setdefault((unit, task), _Told(first[key], [], is_joint))
        one.keys.append(pk)
        one.first_on = min(one.first_on, first[key])
        one.is_host |= unit == host
        one.is_evidenced |= key in borne or (pk, unit) in seen_measures
    return told


def _findings(campaign: Campaign, as_of: date) -> dict[str, list[FindingFact]]:
    found: dict[str, list[FindingFact]] = defaultdict(list)
    rows = Finding.objects.filter(
        visit__is_current=True, visit__planned__draw__campaign=campaign, visit__visited_on__lte=as_of
    ).values_list("visit__planned__unit__code", "claimed", "found", "measure__activity")
    for unit, claimed, there, activity in rows:
        found[unit].append(FindingFact(claimed, there, f"activity:{activity}"))
    return found


def _hazards(campaign: Campaign, as_of: date) -> dict[str, list[HazardFact]]:
    found: dict[str, list[HazardFact]] = defaultdict(list)
    rows = (
        Hazard.objects.filter(campaign=campaign, deadline_on__isnull=False)
        .exclude(state__in=(AWAITED, JOINED))
        .values_list("charge_of__code", "deadline_on", "reported_on", "closed_on", "code")
    )
    for unit, deadline, reported, closed, code in rows:
        # Reported done counts while the recheck is waited for: that is not the unit's to hasten.
        done = min((day for day in (reported, closed) if day and day <= as_of), default=None)
        if unit and deadline:
            found[unit].append(HazardFact(deadline, done, f"hazard:{code}"))
    return found


def _meetings(campaign: Campaign, as_of: date) -> dict[str, list[MeetingFact]]:
    found: dict[str, list[MeetingFact]] = defaultdict(list)
    rows = Attendance.objects.filter(meeting__campaign=campaign, meeting__held_on__lte=as_of).values_list(
        "unit__code", "was_present", "meeting__title"
    )
    for unit, was_present, title in rows:
        found[unit].append(MeetingFact(was_present, f"meeting:{title}"))
    return found


def _judgements(campaign: Campaign) -> dict[str, dict[str, JudgementFact]]:
    found: dict[str, dict[str, JudgementFact]] = defaultdict(dict)
    for row in Judgement.objects.filter(campaign=campaign, is_current=True).annotate(unit_code=F("unit__code")):
        found[row.unit_code][row.item] = JudgementFact(Fraction(row.share_percent, 100), row.reason)
    return found


def _basis(records: Records, indicator: str) -> str:
    """The basis in which most units counted; only numbers of one basis are compared ("" where nobody counted)."""
    position, top = records.indicator_position(indicator), records.unit_position("")
    found = {key: total for place, key in enumerate(records.totals.keys) if (total := records.totals.at(top, place))}
    return main_basis(found, position) or ""


def _volumes(
    at: int, bases: Mapping[str, str], tasks: Iterable[TaskFact], records: Records, as_of: date
) -> dict[str, VolumeFact]:
    """The numbers that were asked of the unit and that it had a chance to reach: unknown where it is still silent."""
    said: dict[str, VolumeFact] = {}
    by_code = {task.task: task for task in tasks}
    totals = records.totals
    for indicator in bases:
        expecting = {records.tasks[task] for task, _ in records.expecting.get(indicator, ())}
        asking = [task for code, task in by_code.items() if code in expecting and not task.no_chance]
        if not asking:
            continue
        found = totals.of(at, records.indicator_position(indicator), bases[indicator])
        if found:
            said[indicator] = VolumeFact(found.lower, f"figure:{indicator}")
        else:
            # A signed return without the number says that there was none; counted in another way it cannot be compared.
            is_said = (signed := records.signed_on.get(at)) is not None and signed <= as_of
            is_otherwise = any(
                key[0] == records.indicator_position(indicator) and totals.at(at, place)
                for place, key in enumerate(totals.keys)
            )
            said[indicator] = VolumeFact(0 if is_said and not is_otherwise else None)
    return said
