"""Pages of many hazards: the register, the table sent upward, the diagram of states."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.inspection.hazards.diagram import svg_of
from safemonth.collect.inspection.hazards.levels import LEVELS
from safemonth.collect.inspection.hazards.models import Grade, Hazard
from safemonth.collect.inspection.hazards.numbers import FIVE_COLUMNS, UpwardRow, broken_rules, total_row
from safemonth.collect.inspection.hazards.queries import hazards_seen_by
from safemonth.collect.inspection.hazards.queries.register import (
    Asked,
    counts_of,
    narrowed,
    units_in,
)
from safemonth.collect.inspection.hazards.queries.upward import closure, upward_since_january
from safemonth.collect.inspection.hazards.sheets import xlsx_of
from safemonth.collect.inspection.hazards.states import MOVES, STATES, UNDONE
from safemonth.collect.inspection.workplaces.models import Trade
from safemonth.collect.inspection.workplaces.queries import workplaces_seen_by
from safemonth.organisation.languages import is_english
from safemonth.organisation.models import User
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.plan.queries import campaign_called

SHOWN_AT_ONCE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hazards(request: HttpRequest) -> HttpResponse:
    """Show the register as far as the viewer sees it, with what wants something on top."""
    user, today = viewer(request), timezone.localdate()
    seen = hazards_seen_by(user, campaign_called())
    asked = _asked(request, user)
    rows = narrowed(seen, asked, today=today).order_by("deadline_on", "found_on", "code")
    page = Paginator(rows, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "collect/hazards.html",
        {
            "page": page,
            "asked": asked,
            "query": query.urlencode(),
            "counts": counts_of(seen, today=today),
            "today": today,
            "undone": UNDONE,
            "states": [(state.code, _(state.name)) for state in STATES],
            "grades": Grade.choices,
            "trades": Trade.choices,
            "townships": units_in(seen, "township"),
            "charges": units_in(seen, "charge_of"),
            "may_enter": may_open(user=user, name="hazard-new"),
            "closure": closure(campaign_called()) if sees_all(user) else None,
            "sees_upward": may_open(user=user, name="hazards-upward"),
        },
    )


def _asked(request: HttpRequest, user: User) -> Asked:
    given = {
        name: request.GET.get(name, "") for name in ("text", "state", "grade", "township", "charge", "trade", "only")
    }
    place = request.GET.get("workplace", "")
    workplace = workplaces_seen_by(user).filter(pk=place).first() if place.isascii() and place.isdigit() else None
    return Asked(**given, workplace=workplace)


def hazards_sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the register, narrowed as the page is, as a spreadsheet."""
    user, today = viewer(request), timezone.localdate()
    rows = narrowed(hazards_seen_by(user, campaign_called()), _asked(request, user), today=today)
    headings = [
        _("Hazard"),
        _("Workplace"),
        _("Trade"),
        _("Township"),
        _("Where exactly"),
        _("What it is"),
        _("Grade"),
        _("Found"),
        _("Deadline"),
        _("State"),
        _("Days overdue"),
        _("Unit in charge"),
        _("Responsible post"),
        _("Measure"),
        _("Money (yuan)"),
        _("Closed"),
    ]
    lines = [_line(row, today) for row in rows.order_by("found_on", "code")]
    widths = [14, 22, 12, 10, 16, 36, 8, 11, 11, 12, 8, 16, 14, 24, 10, 11]
    return _sheet(
        xlsx_of(_("Register of hazards"), headings, lines, widths=widths), f"hazards-{today.isoformat()}.xlsx"
    )


def _line(row: Hazard, today: date) -> list[object]:
    place = row.workplace
    facts = row.facts.get("settled", {})
    is_overdue = row.deadline_on is not None and row.deadline_on < today and row.state in UNDONE
    return [
        row.code,
        place.name if place else None,
        place.get_trade_display() if place else None,
        str(row.township) if row.township else None,
        row.spot,
        row.text,
        row.get_grade_display(),
        row.found_on,
        row.deadline_on,
        _(row.get_state_display()),
        (today - row.deadline_on).days if is_overdue and row.deadline_on else None,
        str(row.charge_of) if row.charge_of else None,
        str(facts.get("responsible_post") or ""),
        str(facts.get("measure") or ""),
        facts.get("money_yuan") if isinstance(facts.get("money_yuan"), int | float) else None,
        row.closed_on,
    ]


def hazards_upward(request: HttpRequest) -> HttpResponse:
    """Show the table that is sent upward, checked against the rules printed on it."""
    viewer(request)
    until = _until(request)
    rows = upward_since_january(campaign_called(), until=until)
    total = total_row(rows)
    return render(
        request,
        "collect/hazards_upward.html",
        {
            "until": until,
            "rows": [(_trade(row), row, _percents(row)) for row in rows if _says(row)],
            "total": (total, _percents(total)),
            "problems": [(_trade(row), _(sentence)) for row in [*rows, total] for sentence in broken_rules(row)],
        },
    )


def hazards_upward_sheet(request: HttpRequest) -> HttpResponse:
    """Hand out the table that is sent upward as a spreadsheet, with every trade."""
    viewer(request)
    until = _until(request)
    rows = upward_since_january(campaign_called(), until=until)
    headings = [
        _("Trade"),
        _("Units searched"),
        _("Ordinary found"),
        _("Put right"),
        _("Rate (%)"),
        _("Major found"),
        _("Put right and closed"),
        _("Rate (%)"),
        _("In plan"),
        _("Aims settled"),
        _("Money settled"),
        _("People settled"),
        _("Time settled"),
        _("Contingency settled"),
        _("Funds (10,000 yuan)"),
    ]
    lines = [_upward_line(row) for row in [*rows, total_row(rows)]]
    title = _("Hazards from 1 January to %(until)s") % {"until": until.isoformat()}
    notes = [_("In plan ≤ major found − closed; each of the five ≤ in plan; cumulative since January.")]
    return _sheet(xlsx_of(title, headings, lines, widths=[22, *[11] * 14], notes=notes), f"hazards-upward-{until}.xlsx")


def _upward_line(row: UpwardRow) -> list[object]:
    ordinary, major = _percents(row)
    return [
        _trade(row),
        row.units_searched,
        row.ordinary_found,
        row.ordinary_closed,
        ordinary,
        row.major_found,
        row.major_closed,
        major,
        row.in_plan,
        *(getattr(row, column) for column in FIVE_COLUMNS),
        float(row.funds_yuan / 10000),
    ]


def _until(request: HttpRequest) -> date:
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("until", "")), today)
    except ValueError:
        # Of a month of years ago, its own year's table.
        return min(today, date(campaign_called().starts_on.year, 12, 31))


def _trade(row: UpwardRow) -> str:
    return _("Total") if row.trade == "total" else str(Trade(row.trade).label)


def _percents(row: UpwardRow) -> tuple[float | None, float | None]:
    # Rounded down: 99.96 per cent is not all.
    rates = (row.ordinary_rate, row.major_rate)
    ordinary, major = (None if rate is None else int(rate * 1000) / 10 for rate in rates)
    return ordinary, major


def _says(row: UpwardRow) -> bool:
    return bool(row.units_searched or row.ordinary_found or row.major_found)


def hazard_states(request: HttpRequest) -> HttpResponse:
    """Show the one table of states and moves, drawn and written, and when an overdue hazard rises."""
    viewer(request)
    context: dict[str, Any] = {
        "diagram": svg_of({state.code: _(state.name) for state in STATES}, {move.code: _(move.name) for move in MOVES}),
        "moves": MOVES,
        "state_names": {state.code: state.name for state in STATES},
        "levels": LEVELS,
        "is_english": is_english(),
    }
    return render(request, "collect/hazards_states.html", context)


def _sheet(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
