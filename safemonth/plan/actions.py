"""Writes of the plan."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from safemonth.ledger.actions import writing
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Body, Unit
from safemonth.organisation.queries import subtree
from safemonth.plan.models import (
    Assignment,
    Attendance,
    Campaign,
    Indicator,
    Level,
    Meeting,
    Notice,
    Receipt,
    Task,
    TaskIndicator,
)
from safemonth.plan.queries import unit_facts
from safemonth.plan.rules import units_by_rule


def load_indicator_list(*, by: str, at: datetime) -> int:
    """Store the shipped indicators that are not stored yet; returns how many were added."""
    known = set(Indicator.objects.values_list("code", flat=True))
    with writing(by=by, at=at, action="indicators.load") as write:
        rows = [
            Indicator(
                code=name.code,
                name=name.name_zh,
                name_en=name.name_en,
                measure_words=" ".join(name.measure_words),
                aggregation=name.aggregation,
                chapter=name.chapter,
                rank=rank,
            )
            for rank, name in enumerate(load_indicators().values())
            if name.code not in known
        ]
        return len(write.create_all(rows))


def open_campaign(
    *,
    code: str,
    name: str,
    unit: Unit,
    starts_on: date,
    ends_on: date,
    returns_due_on: date,
    by: str,
    at: datetime,
    name_en: str = "",
    theme: str = "",
    theme_en: str = "",
    level: str = Level.COUNTY,
    office: Body | None = None,
    parent: Campaign | None = None,
) -> Campaign:
    """Open a campaign; raises Refused `campaign_exists` or `dates_reversed`."""
    if Campaign.objects.filter(code=code).exists():
        raise Refused("campaign_exists", gettext_noop("There is a campaign “%(code)s” already."), code=code)
    if ends_on < starts_on:
        raise Refused("dates_reversed", gettext_noop("The last day must not come before the first."))
    with writing(by=by, at=at, action="campaign.open", about=code) as write:
        return write.create(
            Campaign(
                code=code,
                name=name,
                name_en=name_en,
                theme=theme,
                theme_en=theme_en,
                level=level,
                unit=unit,
                office=office,
                parent=parent,
                starts_on=starts_on,
                ends_on=ends_on,
                returns_due_on=returns_due_on,
            )
        )


def add_task(
    *,
    campaign: Campaign,
    code: str,
    title: str,
    chapter: str,
    kind: str,
    by: str,
    at: datetime,
    title_en: str = "",
    number: int | None = None,
    due_on: date | None = None,
    held_on: date | None = None,
    evidence_asked: str = "",
    is_one_event: bool = False,
    indicators: Mapping[str, int | None] | Sequence[str] = (),
) -> Task:
    """Add a task with the indicators that it expects (code -> cap of one missing unit, or codes alone).

    Raises Refused `unknown_indicator`.
    """
    caps = dict(indicators) if isinstance(indicators, Mapping) else dict.fromkeys(indicators)
    known = Indicator.objects.in_bulk(list(caps))
    for wanted in caps:
        if wanted not in known:
            raise Refused("unknown_indicator", gettext_noop("There is no indicator “%(code)s”."), code=wanted)
    with writing(by=by, at=at, action="task.add", about=f"{campaign.code} {code}") as write:
        task = write.create(
            Task(
                campaign=campaign,
                code=code,
                number=number or Task.objects.filter(campaign=campaign).count() + 1,
                chapter=chapter,
                title=title,
                title_en=title_en,
                kind=kind,
                due_on=due_on,
                held_on=held_on,
                evidence_asked=evidence_asked,
                is_one_event=is_one_event,
            )
        )
        write.create_all([TaskIndicator(task=task, indicator=known[wanted], cap=cap) for wanted, cap in caps.items()])
    return task


def assign(*, task: Task, rule: str, by: str, at: datetime, due_on: date | None = None) -> int:
    """Ask a task of the units that a rule means (`plan.rules.units_by_rule`); returns how many were new."""
    units = list(subtree(task.campaign.unit))
    codes = set(units_by_rule(rule, unit_facts(units)))
    asked = set(Assignment.objects.filter(task=task).values_list("unit_id", flat=True))
    with writing(by=by, at=at, action="task.assign", about=f"{task.code} {rule}") as write:
        return len(
            write.create_all(
                [
                    Assignment(task=task, unit=unit, due_on=due_on, rule=rule[:120])
                    for unit in units
                    if unit.code in codes and unit.pk not in asked
                ]
            )
        )


def issue_notice(
    *,
    campaign: Campaign,
    number: str,
    title: str,
    issued_on: date,
    by: str,
    at: datetime,
    title_en: str = "",
    issued_by: Body | None = None,
    body_text: str = "",
) -> Notice:
    """Issue a notice; raises Refused `number_taken` where the campaign has that document number."""
    if Notice.objects.filter(campaign=campaign, number=number).exists():
        raise Refused("number_taken", gettext_noop("Document number %(number)s is taken."), number=number)
    with writing(by=by, at=at, action="notice.issue", about=number) as write:
        return write.create(
            Notice(
                campaign=campaign,
                number=number,
                title=title,
                title_en=title_en,
                issued_on=issued_on,
                issued_by=issued_by,
                body_text=body_text,
            )
        )


def record_receipts(*, notice: Notice, units: Sequence[Unit], by: str, at: datetime) -> int:
    """Record that units acknowledged a notice; a second acknowledgement changes nothing. Returns how many were new."""
    known = set(Receipt.objects.filter(notice=notice).values_list("unit_id", flat=True))
    with writing(by=by, at=at, action="notice.receipt", about=notice.number) as write:
        return len(
            write.create_all(
                [Receipt(notice=notice, unit=unit, received_at=at) for unit in units if unit.pk not in known]
            )
        )


def hold_meeting(
    *,
    campaign: Campaign,
    title: str,
    held_on: date,
    attendance: Sequence[tuple[Unit, bool]],
    by: str,
    at: datetime,
    title_en: str = "",
    place: str = "",
    place_en: str = "",
    called_by: Body | None = None,
) -> Meeting:
    """Record a meeting and who of those asked came."""
    with writing(by=by, at=at, action="meeting.record", about=title) as write:
        meeting = write.create(
            Meeting(
                campaign=campaign,
                title=title,
                title_en=title_en,
                held_on=held_on,
                place=place,
                place_en=place_en,
                called_by=called_by,
            )
        )
        write.create_all(
            [Attendance(meeting=meeting, unit=unit, was_present=was_present) for unit, was_present in attendance]
        )
    return meeting
