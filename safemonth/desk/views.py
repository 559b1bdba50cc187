"""The frame's own pages: home, board, ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from safemonth.collect.readers.queries import waiting_measures, waiting_proposals
from safemonth.figures.figure import Coverage, UnitName
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import latest_entries, root_now
from safemonth.organisation.languages import is_english
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, tasks_of

CHANGES_SHOWN = 200


def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page that they work from."""
    user = viewer(request)
    return redirect(
        "board" if may_open(user=user, name="board") else "report" if may_open(user=user, name="report") else "plan"
    )


def board(request: HttpRequest) -> HttpResponse:
    """Show the month on one page: who reported, what waits, what it adds up to, the root of the day."""
    campaign = campaign_called()
    desk = FigureDesk.of(campaign)
    names = {indicator.code: indicator for indicator in desk.records.indicators}
    figures = desk.all_figures()
    shown = []
    seen: set[str] = set()
    for figure in figures:
        if figure.indicator in seen or figure.indicator == "other_count":
            continue
        seen.add(figure.indicator)
        name = names[figure.indicator]
        shown.append({**figure.__dict__, "title": name.name_en if is_english() else name.name_zh})
    rows = []
    for task in tasks_of(campaign):
        coverage = desk.coverage("", task=task.code)
        rows.append({"task": task, "coverage": coverage, "expected": len(coverage.expected)})
    return render(
        request,
        "desk/board.html",
        {
            "campaign": campaign,
            "coverage": _all_asked(desk, [row["coverage"] for row in rows]),  # type: ignore[misc]
            "figures": shown,
            "tasks": rows,
            "waiting": waiting_proposals(campaign).count() + waiting_measures(campaign).count(),
            "root": root_now(),
        },
    )


def _all_asked(desk: FigureDesk, coverages: list[Coverage]) -> Coverage:
    """Everyone who was asked anything: received where something came of them at all."""
    asked: dict[str, UnitName] = {unit.code: unit for coverage in coverages for unit in coverage.expected}
    came = {desk.records.units[who].code for _, who in desk.records.came_on}
    signed = {desk.records.units[who].code for who in desk.records.signed_on}
    late = {unit.code for coverage in coverages for unit in coverage.late}
    nil = {desk.records.units[who].code for who in desk.records.nil_on} - came
    received = (came | signed) & asked.keys()

    def pick(codes: set[str]) -> tuple[UnitName, ...]:
        return tuple(unit for code, unit in asked.items() if code in codes)

    return Coverage(
        expected=tuple(asked.values()),
        received=pick(received),
        nil=pick(nil),
        late=pick(late & received),
        missing=pick(asked.keys() - received),
    )


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest entries and the root."""
    return render(request, "desk/ledger.html", {"entries": latest_entries(200), "root": root_now()})


def ledger_entry(request: HttpRequest, seq: int) -> HttpResponse:
    """Show one entry with its rows before and after."""
    entry = get_object_or_404(Entry, pk=seq)
    changes = Change.objects.filter(entry=entry)
    count = changes.count()
    return render(
        request,
        "desk/ledger_entry.html",
        {
            "entry": entry,
            "changes": changes[:CHANGES_SHOWN],
            "shown": CHANGES_SHOWN,
            "more": count if count > CHANGES_SHOWN else 0,
        },
    )
