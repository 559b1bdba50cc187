"""The frame's own pages: home, board, ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from safemonth.collect.readers.queries import waiting_measures, waiting_proposals
from safemonth.figures.figure import Coverage, UnitName
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import latest_entries, root_now
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.languages import is_english
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, tasks_of

CHANGES_SHOWN = 200
# The works of publicity, in the order in which a month meets them: address, title, what is done there.
PUBLICITY = (
    (
        "consulting",
        gettext_noop("Consulting day"),
        gettext_noop("Sites, booths, the roster, and the board of the day."),
    ),
    ("rounds", gettext_noop("Vehicles to villages"), gettext_noop("Rounds that bring each village a visit.")),
    ("materials", gettext_noop("Materials"), gettext_noop("Print runs, stock by place, hand-outs; do they agree?")),
    ("media", gettext_noop("Media"), gettext_noop("Placements planned, made and proven; deadlines.")),
    (
        "carrier-orders",
        gettext_noop("Carriers"),
        gettext_noop("A text to every subscriber: orders and what was reported."),
    ),
    ("broadcasts", gettext_noop("Messages"), gettext_noop("To own contacts, each once, with each message's fate.")),
    ("contacts", gettext_noop("Contacts"), gettext_noop("Posts, managers and volunteers that can be written to.")),
    (
        "law-days",
        gettext_noop("Law to the countryside"),
        gettext_noop("Invitations, attendance, questions, books, hazards."),
    ),
)


def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page that they work from."""
    user = viewer(request)
    return redirect(
        "board" if may_open(user=user, name="board") else "report" if may_open(user=user, name="report") else "plan"
    )


def publicity(request: HttpRequest) -> HttpResponse:
    """Show the works of publicity that the viewer may open."""
    user = viewer(request)
    works = [
        (name, gettext(title), gettext(about)) for name, title, about in PUBLICITY if may_open(user=user, name=name)
    ]
    return render(request, "desk/publicity.html", {"works": works})


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
