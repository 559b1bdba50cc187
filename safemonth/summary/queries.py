"""Reads for the summary: facts out of the records, and whether a frozen summary's figures still hold."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from safemonth.appraisal.lists.queries import issued_lists, units_on
from safemonth.collect.activities.models import Participation
from safemonth.collect.activities.queries import current_activities
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import AWAITED, CLOSED, JOINED
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.figures.exchange import figure_as_json
from safemonth.figures.figure import Coverage, Figure, UnitName
from safemonth.figures.queries import FigureDesk, reporting_units
from safemonth.figures.records import local_day
from safemonth.figures.supported import supported_by
from safemonth.ledger.queries import root_now
from safemonth.organisation.models import Body, BodyKind, Seat, Unit
from safemonth.organisation.queries import unit_called
from safemonth.plan.models import Campaign, Meeting, Notice, Task
from safemonth.summary.facts import (
    BodyFact,
    Facts,
    Language,
    MeetingFact,
    NoticeFact,
    SeatFact,
    TaskFact,
    TestedFact,
    UnitList,
)
from safemonth.summary.models import Outline, Summary, SummaryDocument
from safemonth.summary.supported_figure import PREFIX, supported_figure
from safemonth.verify.visits.queries import draws_of

# The code of the plan's task of commending and criticising.
APPRAISAL = "appraisal"


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
    above = list(Notice.objects.filter(campaign=campaign.parent).order_by("issued_on")) if campaign.parent else []
    meeting = Meeting.objects.filter(campaign=campaign).order_by("held_on").first()
    lead = campaign.office.located_at if campaign.office else None
    return {
        "campaign_code": campaign.code,
        "campaign": say(campaign),
        "county": say(campaign.unit),
        "higher_level": say(campaign.parent) if campaign.parent else "",
        "year": campaign.starts_on.year,
        "theme": say(campaign, "theme"),
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "office": say(campaign.office) if campaign.office else say(campaign.unit),
        "lead_unit": UnitName(lead.code, lead.name, lead.name_en) if lead else None,
        "issued_on": local_day(at),
        "higher_plan": _notice(above, 0, say),
        "plan": _notice(notices, 0, say),
        "arrangement": _notice(notices, 1, say),
        "meeting": MeetingFact(say(meeting, "title"), meeting.held_on, say(meeting, "place")) if meeting else None,
        "bodies": _bodies(say),
        "tasks": _tasks(campaign, say),
        "lists": _lists(campaign, desk, month_coverage(desk), say),
        "tested": _tested(campaign, desk, say),
        "ledger_root": root,
        "ledger_size": size,
        "ledger_on": local_day(at),
    }


def _tasks(campaign: Campaign, say: Any) -> dict[str, TaskFact]:
    counts: dict[int, int] = {}
    places: dict[int, str] = {}
    for task, place in (
        current_activities(campaign)
        .filter(duplicate_of=None, task__isnull=False)
        .values_list("task", "place")
        .order_by("pk")
    ):
        counts[task] = counts.get(task, 0) + 1
        places[task] = places.get(task) or place
    for task, place in (
        Participation.objects.filter(
            activity__campaign=campaign, activity__is_current=True, activity__duplicate_of=None
        )
        .exclude(place="")
        .values_list("activity__task", "place")
        .order_by("pk")
    ):
        places[task] = places.get(task) or place
    # Praise and criticism are done once they are issued as notices: there is no activity of their own.
    issued = issued_lists(campaign).count()
    return {
        task.code: TaskFact(
            title=say(task, "title"),
            held_on=task.held_on,
            place=places.get(task.pk, "") if task.held_on else "",
            activities=counts.get(task.pk, 0) + (issued if task.code == APPRAISAL else 0),
        )
        for task in Task.objects.filter(campaign=campaign)
    }


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
    def listed(title: str, units: Iterable[Unit], source: str, *, noun: str = "units", url: str = "") -> UnitList:
        names = tuple(UnitName(unit.code, unit.name, unit.name_en) for unit in units)
        return UnitList(title, names, source, noun=noun, url=url)

    lists = {
        "expected": UnitList("expected", coverage.expected, "plan", measure="个单位"),
        "received": UnitList("received", coverage.received, "returns", measure="个单位"),
        "missing": UnitList("missing", coverage.missing, "returns", measure="个单位"),
    }
    townships = Unit.objects.filter(kind="township", path__startswith=campaign.unit.path).order_by("path")
    lists["townships"] = listed("townships", townships, "units", noun="townships")
    for task in Task.objects.filter(campaign=campaign):
        title, url = say(task, "title"), f"{settings.SITE}/plan/tasks/{task.code}"
        took_part = reporting_units(desk, task=task.code)
        lists[task.code] = listed(title, took_part, title, url=url)
        if any(unit.kind == "township" for unit in took_part):
            only = [unit for unit in took_part if unit.kind == "township"]
            lists[f"{task.code}-townships"] = listed(title, only, title, noun="townships", url=f"{url}#townships")
    lists |= hazard_lists(campaign)
    lists |= _praise_and_criticism(campaign)
    teams = list(Body.objects.filter(kind=BodyKind.SUPERVISION_TEAM).order_by("pk"))
    if teams:
        names = tuple(UnitName(team.code, team.name, team.name_en) for team in teams)
        lists["supervision-teams"] = UnitList(
            "supervision-teams", names, "bodies", noun="supervision teams", url=f"{settings.SITE}/units#teams"
        )
        seats = Seat.objects.filter(body__in=teams).select_related("unit").order_by("body_id", "rank")
        bodies = dict.fromkeys(seat.unit for seat in seats)
        lists["supervision-bodies"] = listed(
            "supervision-bodies", bodies, "bodies", noun="bodies", url=f"{settings.SITE}/units#bodies"
        )
    return lists


def _praise_and_criticism(campaign: Campaign) -> dict[str, UnitList]:
    """The units that issued notices commend and criticise: `commended`, `criticised`; one that was not issued is left out."""
    lists = {}
    for honour_list in issued_lists(campaign):
        name = "commended" if honour_list.kind == "commend" else "criticised"
        names = tuple(UnitName(unit.code, unit.name, unit.name_en) for unit in units_on(honour_list))
        source = honour_list.notice.number if honour_list.notice else ""
        lists[name] = UnitList(name, names, source, measure="个单位", url=f"{settings.SITE}/plan/notices")
    return lists


def _tested(campaign: Campaign, desk: FigureDesk, say: Any) -> dict[str, TestedFact]:
    """The figures of which visits support something: those with at least one visit made as drawn."""
    found = {}
    for draw in draws_of(campaign):
        supported = supported_by(draw, desk=desk)
        if supported.estimate.visited:
            found[draw.indicator_id] = TestedFact(
                title=say(draw.indicator),
                words=supported.words,
                lower=supported.estimate.lower,
                upper=supported.estimate.upper,
                url=f"{settings.SITE}/supervision/visits/draws/{draw.pk}",
            )
    return found


def hazard_lists(campaign: Campaign) -> dict[str, UnitList]:
    """Return the register's hazards as lists that a text may count and name; an empty one is left out.

    `hazards-found` (all but those that are the same as another), `hazards-closed` with the days from finding to closure,
    `major-hazards-open`: major ones that are not closed, by the workplace and what they are.
    """
    rows = Hazard.objects.filter(campaign=campaign).exclude(state__in=(JOINED, AWAITED)).select_related("workplace")
    found = list(rows.order_by("found_on", "code"))
    closed = [row for row in found if row.state == CLOSED and row.closed_on and row.found_on]
    outstanding = [row for row in found if row.grade == "major" and row.state != CLOSED]
    lists = {
        "hazards-found": _of_hazards("hazards-found", found),
        "hazards-closed": _of_hazards("hazards-closed", closed),
        "major-hazards-open": _of_hazards("major-hazards-open", outstanding),
    }
    return {name: each for name, each in lists.items() if each.units}


def _of_hazards(title: str, rows: list[Hazard]) -> UnitList:
    names = tuple(
        UnitName(row.code, f"{row.workplace.name}：{row.text}" if row.workplace else row.text, "") for row in rows
    )
    days = tuple(max(0, (row.closed_on - row.found_on).days) if row.closed_on and row.found_on else 0 for row in rows)
    url = f"{settings.SITE}/hazards#{title}"
    return UnitList(title, names, "hazards", measure="处", noun="hazards", url=url, days=days)


def current_outline(campaign: Campaign, language: str) -> Outline | None:
    """Return the clerk's own template of a language, None where the shipped one is used."""
    return Outline.objects.filter(campaign=campaign, language=language, is_current=True).first()


def changed_figures() -> Iterator[dict[str, Any]]:
    """Yield, for each frozen summary, which of its figures the records no longer give."""
    desks: dict[int, FigureDesk] = {}
    tested: dict[int, dict[str, TestedFact]] = {}
    for summary in Summary.objects.select_related("campaign", "campaign__unit", "campaign__office").order_by("made_at"):
        if summary.campaign_id not in desks:
            desks[summary.campaign_id] = FigureDesk.of(summary.campaign)
        desk = desks[summary.campaign_id]
        changed = []
        for frozen in summary.figures:
            scope = frozen["scope"]
            if frozen["indicator"].startswith("list:"):
                continue  # A count of a list of the plan or of a body: the ledger holds those rows.
            if frozen["indicator"].startswith(PREFIX):
                indicator = frozen["indicator"].removeprefix(PREFIX)
                if summary.campaign_id not in tested:
                    tested[summary.campaign_id] = _tested(summary.campaign, desk, str)
                fact = tested[summary.campaign_id].get(indicator)
                if fact is None:
                    changed.append(frozen["id"])
                    continue
                found = supported_figure(indicator, fact, summary.campaign.code)
            else:
                found = desk.figure(
                    frozen["indicator"], task=scope["task"], unit=scope["unit"]["code"], basis=scope["basis"]
                )
            now = figure_as_json(found)
            if any(now[part] != frozen[part] for part in ("value", "words", "coverage", "bounds")):
                changed.append(frozen["id"])
        yield {
            "campaign": summary.campaign.code,
            "number": summary.number,
            "figures": len(summary.figures),
            "changed": changed,
        }


def documents_of(summary: Summary) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, bytes) of a summary's documents, in the order in which they were made."""
    for document in SummaryDocument.objects.filter(summary=summary).order_by("pk"):
        yield document.file_name, bytes_kept(document.sha256)
