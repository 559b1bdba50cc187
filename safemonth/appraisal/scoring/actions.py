"""Writes of scores: judgements and excuses before, the run itself, its publication to the units, and corrections."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from safemonth.appraisal.scoring.facts import UnitFacts
from safemonth.appraisal.scoring.gathering import facts_of
from safemonth.appraisal.scoring.models import Excuse, ExcuseKind, ItemScore, Judgement, ScoreRun, UnitScore
from safemonth.appraisal.scoring.queries import current_run, lines_of_score
from safemonth.appraisal.scoring.rules import Line, lines_of
from safemonth.appraisal.scoring.weighing import Points, points_of, rounded
from safemonth.appraisal.sheets.models import ScoreSheet, SheetItem
from safemonth.appraisal.sheets.queries import items_of, sheet_needed, sheet_of
from safemonth.figures.records import local_day
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Assignment, Campaign, Task


def judge(
    *, campaign: Campaign, item: str, unit: Unit, share_percent: int, reason: str, by: str, at: datetime
) -> Judgement:
    """Enter what share of an item's points a scorer gives a unit; a second time it is another version.

    Raises Refused `not_to_judge` where the sheet has no such item, `reason_missing`, `share_out_of_range`, `sheet_frozen`.
    """
    sheet = _open_sheet(campaign)
    if not SheetItem.objects.filter(sheet=sheet, code=item, way="judged").exists():
        raise Refused("not_to_judge", gettext_noop("Item %(item)s is not scored by a person."), item=item)
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("A judgement needs its reason."))
    if not 0 <= share_percent <= 100:
        raise Refused("share_out_of_range", gettext_noop("Give from 0 to 100 per cent of the points."))
    before = Judgement.objects.filter(campaign=campaign, item=item, unit=unit, is_current=True).first()
    with writing(by=by, at=at, action="score.judge", about=f"{unit.code} {item}") as write:
        if before:
            write.change(before, is_current=False)
        return write.create(
            Judgement(
                campaign=campaign,
                item=item,
                unit=unit,
                version=before.version + 1 if before else 1,
                share_percent=share_percent,
                reason=reason.strip()[:300],
                made_by=by,
                made_at=at,
            )
        )


def excuse(*, task: Task, unit: Unit | None, kind: str, reason: str, by: str, at: datetime) -> Excuse:
    """Enter that a task is not to be scored, for a unit or (None) for all.

    Raises Refused `reason_missing`, `unknown_kind`, `not_asked` (nobody asked it of the unit), `excused_already` or
    `sheet_frozen`.
    """
    sheet = sheet_of(task.campaign)
    if sheet and sheet.frozen_at:
        raise _frozen()
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why the task is not scored."))
    if kind not in ExcuseKind.values:
        raise Refused(
            "unknown_kind",
            gettext_noop("There is no such reason “%(kind)s”. It may be one of %(kinds)s."),
            kind=kind,
            kinds=", ".join(ExcuseKind.values),
        )
    if unit and not Assignment.objects.filter(task=task, unit=unit).exists():
        raise Refused("not_asked", gettext_noop("This task was not asked of %(unit)s."), unit=unit)
    if Excuse.objects.filter(task=task, unit=unit, withdrawn_at__isnull=True).exists():
        raise Refused("excused_already", gettext_noop("That is on record already."))
    with writing(by=by, at=at, action="score.excuse", about=f"{task.code} {unit.code if unit else '*'}") as write:
        return write.create(
            Excuse(task=task, unit=unit, kind=kind, reason=reason.strip()[:200], made_by=by, made_at=at)
        )


def withdraw_excuse(*, excuse: Excuse, by: str, at: datetime) -> Excuse:
    """Take an excuse back; it stays readable. Raises Refused `sheet_frozen`."""
    sheet = sheet_of(excuse.task.campaign)
    if sheet and sheet.frozen_at:
        raise _frozen()
    with writing(by=by, at=at, action="score.excuse.withdraw", about=excuse.task.code) as write:
        return write.change(excuse, withdrawn_at=excuse.withdrawn_at or at)


def score_units(*, campaign: Campaign, by: str, at: datetime, as_of: date | None = None) -> ScoreRun:
    """Score every unit by the campaign's sheet from the records as of a day (None: the day of `at`).

    Scored again it is another version, until scores are published. Raises Refused `no_sheet`, `sheet_frozen`,
    `nobody_asked` where the plan asks nothing of anybody, or `day_to_come`.
    """
    sheet = _open_sheet(campaign)
    day = as_of or local_day(at)
    if day > local_day(at):
        raise Refused("day_to_come", gettext_noop("That day has not come yet."))
    items = items_of(sheet)
    facts = facts_of(campaign, sheet, items, as_of=day)
    if not facts:
        raise Refused("nobody_asked", gettext_noop("The plan asks nothing of any unit: there is nobody to score."))
    lines = lines_of(items, facts, as_of=day)
    units = Unit.objects.in_bulk([each.code for each in facts], field_name="code")
    before = current_run(campaign)
    with writing(by=by, at=at, action="score.units", about=f"{campaign.code} {day.isoformat()}") as write:
        if before:
            write.change(before, is_current=False)
        run = write.create(
            ScoreRun(
                sheet=sheet,
                campaign=campaign,
                version=before.version + 1 if before else 1,
                as_of=day,
                made_by=by,
                made_at=at,
            )
        )
        points = {each.code: points_of(items, lines[each.code]) for each in facts}
        rows = write.create_all(
            [
                UnitScore(
                    run=run,
                    unit=units[each.code],
                    low=said.low if (said := points[each.code]) else None,
                    high=said.high if said else None,
                    silent_percent=silent_percent(each, as_of=day),
                    made_by=by,
                    made_at=at,
                )
                for each in facts
            ]
        )
        write.create_all(
            [row for score in rows for row in _item_rows(score, lines[score.unit.code], points[score.unit.code])]
        )
    return run


def silent_percent(facts: UnitFacts, *, as_of: date) -> int | None:
    """Return which share of the returns that were due never came, in whole per cent rounded down; None where none was due."""
    due = [task for task in facts.tasks if not task.no_chance and task.due_on and task.due_on < as_of]
    if not due:
        return None
    return 100 * sum(task.came_on is None or task.came_on > as_of for task in due) // len(due)


def publish_scores(*, run: ScoreRun, by: str, at: datetime) -> ScoreRun:
    """Let units see their scores: from now their days to object run, and sheet and scores are frozen.

    Raises Refused `published_already` or `old_run`.
    """
    if run.published_at:
        raise Refused("published_already", gettext_noop("Units see these scores already."))
    if not run.is_current:
        raise Refused("old_run", gettext_noop("Units were scored again meanwhile: publish the newest scores."))
    with writing(by=by, at=at, action="score.publish", about=f"{run.campaign.code} {run.version}") as write:
        write.change(run.sheet, frozen_at=at)
        return write.change(run, published_at=at, published_by=by)


def correct_score(
    *, write: Write, score: UnitScore, item: str, share_percent: int, reason: str, by: str, at: datetime
) -> UnitScore:
    """Within another action's transaction, make a new version of a unit's score with another share of one item.

    The item is then in force, also where it was left out. Raises Refused `unknown_item`, `share_out_of_range`,
    `reason_missing` or `old_score`.
    """
    if not 0 <= share_percent <= 100:
        raise Refused("share_out_of_range", gettext_noop("Give from 0 to 100 per cent of the points."))
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("A corrected score needs its reason."))
    if not score.is_current:
        raise Refused("old_score", gettext_noop("The score was changed meanwhile. Look at the new one."))
    items = items_of(score.run.sheet)
    lines = lines_of_score(score)
    if item not in {line.item for line in lines}:
        raise Refused("unknown_item", gettext_noop("The sheet has no item “%(item)s”."), item=item)
    share = Fraction(share_percent, 100)
    lines = [
        Line(
            item,
            "corrected",
            share,
            share,
            params={"count": share_percent, "why": reason.strip()},
            records=line.records,
        )
        if line.item == item
        else line
        for line in lines
    ]
    points = points_of(items, lines)
    write.change(score, is_current=False)
    new = write.create(
        UnitScore(
            run=score.run,
            unit=score.unit,
            version=score.version + 1,
            reason=reason.strip()[:300],
            low=points.low if points else None,
            high=points.high if points else None,
            silent_percent=score.silent_percent,
            made_by=by,
            made_at=at,
        )
    )
    write.create_all(_item_rows(new, lines, points))
    return new


def _open_sheet(campaign: Campaign) -> ScoreSheet:
    sheet = sheet_needed(campaign)
    if sheet.frozen_at:
        raise _frozen()
    return sheet


def _frozen() -> Refused:
    return Refused("sheet_frozen", gettext_noop("Scores are published: they change only by answers to objections."))


def _item_rows(score: UnitScore, lines: Sequence[Line], points: Points | None) -> list[ItemScore]:
    weighed = points.lines if points else [None] * len(lines)
    return [
        ItemScore(
            score=score,
            rank=rank,
            item=line.item,
            is_left_out=line.is_left_out,
            low_share=str(line.low),
            high_share=str(line.high),
            weight=rounded(each.weight) if each else Decimal(0),
            low=rounded(each.low) if each else Decimal(0),
            high=rounded(each.high) if each else Decimal(0),
            saying=line.saying,
            params=_plain(line.params),
            records=list(line.records),
        )
        for rank, (line, each) in enumerate(zip(lines, weighed, strict=True), start=1)
    ]


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, int | str | list) else str(value) for key, value in params.items()}
