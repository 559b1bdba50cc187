"""Reads for the summary: facts out of the records, and whether a frozen summary's figures still hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from safemonth.figures.exchange import figure_as_json
from safemonth.figures.figure import Coverage, Figure, UnitName
from safemonth.figures.queries import FigureDesk, reporting_units
from safemonth.figures.records import local_day
from safemonth.ledger.queries import root_now
from safemonth.organisation.models import Body, Seat, Unit
from safemonth.organisation.queries import unit_called
from safemonth.plan.models import Assignment, Campaign, Meeting, Notice, Task
from safemonth.summary.facts import BodyFact, Facts, Language, MeetingFact, NoticeFact, SeatFact, TaskFact, UnitList
from safemonth.summary.models import Outline, Summary


class SummaryFigures:
    """Figures for a template, which may name a unit as people do; each is added up once."""

    def __init__(self, desk: FigureDesk) -> None:
        self._desk = desk
        self._asked: dict[tuple[str, str, str, str], Figure] = {}

    def figure(self, indicator: str, *, task: str = "", unit: str = "", basis: str = "") -> Figure:
        """Return the figure; raises Refused where indicator, task or unit is unknown."""
        asked = (indicator, task, unit, basis)
        if asked not in self._asked:
            code = unit_called(unit).code if unit else ""
            self._asked[asked] = self._desk.figure(indicator, task=task, unit=code, basis=basis)
        return self._asked[asked]


def facts_of(campaign: Campaign, desk: FigureDesk, *, language: Language, at: datetime) -> Facts:
    """Return what a template may name besides figures, in the document's language."""
    size, root = root_now()

    def say(thing: Any, field: str = "name") -> str:
        english = getattr(thing, f"{field}_en", "")
        return str(english if language == "en" and english else getattr(thing, field))

    notices = list(Notice.objects.filter(campaign=campaign).order_by("issued_on", "number"))
    meeting = Meeting.objects.filter(campaign=campaign).order_by("held_on").first()
    coverage = month_coverage(desk)
    facts: Facts = {
        "campaign": campaign.code,
        "county": say(campaign.unit),
        "higher_level": say(campaign.parent) if campaign.parent else "",
        "year": campaign.starts_on.year,
        "theme": say(campaign, "theme"),
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "office": say(campaign.office) if campaign.office else say(campaign.unit),
        "recipients": "",
        "document_number": "",
        "issued_on": local_day(at),
        "higher_plan": NoticeFact(say(campaign.parent), "", campaign.parent.starts_on) if campaign.parent else None,
        "plan": _notice(notices, 0, say),
        "arrangement": _notice(notices, 1, say),
        "meeting": MeetingFact(say(meeting, "title"), meeting.held_on, say(meeting, "place")) if meeting else None,
        "bodies": _bodies(say),
        "tasks": {
            task.code: TaskFact(say(task, "title"), task.held_on or task.due_on)
            for task in Task.objects.filter(campaign=campaign)
        },
        "lists": _lists(campaign, desk, coverage, say),
        "ledger_root": root,
        "ledger_size": size,
        "ledger_on": local_day(at),
    }
    return facts


def _notice(notices: list[Notice], position: int, say: Any) -> NoticeFact | None:
    if len(notices) <= position:
        return None
    notice = notices[position]
    return NoticeFact(say(notice, "title"), notice.number, notice.issued_on)


def _bodies(say: Any) -> dict[str, BodyFact]:
    seats: dict[int, list[SeatFact]] = {}
    for seat in Seat.objects.select_related("unit", "post").order_by("body_id", "rank"):
        who = say(seat.post, "title") if seat.post else say(seat.unit)
        seats.setdefault(seat.body_id, []).append(SeatFact(seat.role, who))
    return {
        body.code: BodyFact(say(body), tuple(seats.get(body.pk, ())), say(body.located_at) if body.located_at else "")
        for body in Body.objects.select_related("located_at")
    }


def month_coverage(desk: FigureDesk) -> Coverage:
    """Return the coverage of the task that asks most units: who of the month's reporters has reported."""
    records = desk.records
    if not records.asked:
        return Coverage()
    counts: dict[int, int] = {}
    for asked in records.asked:
        counts[asked.task] = counts.get(asked.task, 0) + 1
    widest = max(counts, key=lambda task: (counts[task], -task))
    return desk.coverage("", task=records.tasks[widest])


def _lists(campaign: Campaign, desk: FigureDesk, coverage: Coverage, say: Any) -> dict[str, UnitList]:
    def listed(title: str, units: list[Unit], noun: str = "units") -> UnitList:
        return UnitList(title, tuple(UnitName(u.code, u.name, u.name_en) for u in units), title, noun=noun)

    lists = {
        "expected": UnitList("expected", coverage.expected, "plan"),
        "received": UnitList("received", coverage.received, "returns"),
        "missing": UnitList("missing", coverage.missing, "returns"),
    }
    townships = list(Unit.objects.filter(kind="township", path__startswith=campaign.unit.path).order_by("path"))
    lists["townships"] = listed("townships", townships, "townships")
    for task in Task.objects.filter(campaign=campaign):
        asked = [row.unit for row in Assignment.objects.filter(task=task).select_related("unit").order_by("unit__path")]
        lists[f"{task.code}-asked"] = listed(say(task, "title"), asked)
        lists[task.code] = listed(say(task, "title"), reporting_units(desk, task=task.code))
    for body in Body.objects.all():
        seats = Seat.objects.filter(body=body).select_related("unit").order_by("rank")
        lists[f"body-{body.code}"] = listed(say(body), [seat.unit for seat in seats])
    return lists


def current_outline(campaign: Campaign, language: str) -> Outline | None:
    """Return the clerk's own template of a language, None where the shipped one is used."""
    return Outline.objects.filter(campaign=campaign, language=language, is_current=True).first()


def changed_figures() -> Iterator[dict[str, Any]]:
    """Yield, for each frozen summary, which of its figures the records no longer give."""
    desks: dict[int, FigureDesk] = {}
    for summary in Summary.objects.select_related("campaign", "campaign__unit", "campaign__office").order_by("made_at"):
        desk = desks.setdefault(summary.campaign_id, FigureDesk.of(summary.campaign))
        changed = []
        for frozen in summary.figures:
            scope = frozen["scope"]
            if scope["basis"] == "" and frozen["value"] is not None and not frozen["trace"]:
                continue
            try:
                now = figure_as_json(
                    desk.figure(
                        frozen["indicator"],
                        task=scope["task"],
                        unit=scope["unit"]["code"],
                        basis=scope["basis"],
                    )
                )
            except LookupError:
                changed.append(frozen["id"])
                continue
            if any(now[part] != frozen[part] for part in ("value", "words", "coverage", "bounds")):
                changed.append(frozen["id"])
        yield {
            "campaign": summary.campaign.code,
            "number": summary.number,
            "figures": len(summary.figures),
            "changed": changed,
        }
