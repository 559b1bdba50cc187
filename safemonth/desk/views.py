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
Works = tuple[tuple[str, str, str], ...]
# The works of publicity, in the order in which a month meets them: address, title, what is done there.
PUBLICITY = (
    (
        "consulting",
        gettext_noop("Consulting day"),
        gettext_noop("Sites, booths, the roster, and the board of the day."),
    ),
    (
        "everyone",
        gettext_noop("Everyone's part"),
        gettext_noop("Banners, slogans, screens in seconds; hotels, shops, schools reached."),
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
# The works of inspection and of supervision, in the same way.
INSPECTION = (
    ("workplaces", gettext_noop("Workplaces"), gettext_noop("The register: who works where, at what risk.")),
    (
        "drives",
        gettext_noop("Drives of inspection"),
        gettext_noop("Themes, joint teams, and the draw of whom to inspect."),
    ),
    ("inspections", gettext_noop("Inspections made"), gettext_noop("What was inspected, found and signed on site.")),
    ("hazards", gettext_noop("Hazards"), gettext_noop("Each from its finding to its recheck; none is lost.")),
    ("papers", gettext_noop("Enforcement papers"), gettext_noop("Records, orders and opinions with their numbers.")),
    ("checklists", gettext_noop("Checklists"), gettext_noop("By trade, each item with its legal basis.")),
    (
        "rectifications",
        gettext_noop("Special rectification"),
        gettext_noop("Site meetings, notices to a trade, before and after."),
    ),
    ("tips", gettext_noop("Reports by the public"), gettext_noop("What people report, and what became of it.")),
    (
        "tips-passed",
        gettext_noop("Reports passed on to you"),
        gettext_noop("What the office asks your unit to answer."),
    ),
)
SUPERVISION = (
    ("supervision-teams", gettext_noop("Supervision teams"), gettext_noop("Drawn from several bodies, free of ties.")),
    (
        "supervision-visits",
        gettext_noop("Visits"),
        gettext_noop("What to visit, what was found, what the total is worth."),
    ),
    ("checks", gettext_noop("Signals"), gettext_noop("What points visits; none is a verdict.")),
    (
        "appraisal",
        gettext_noop("Appraisal"),
        gettext_noop("Scores with their reasons, objections, praise and criticism."),
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
    lead = gettext(
        "What the office runs before and during the month. What is done here enters the same activities and figures as what"
        " units send."
    )
    return _works(request, PUBLICITY, title=gettext("Publicity"), lead=lead)


def inspection(request: HttpRequest) -> HttpResponse:
    """Show the works of inspection that the viewer may open."""
    lead = gettext("Whom to inspect, what was found, and what became of it. Nothing that was found is ever lost.")
    return _works(request, INSPECTION, title=gettext("Safety inspection"), lead=lead)


def supervision(request: HttpRequest) -> HttpResponse:
    """Show the works of supervision and appraisal that the viewer may open."""
    lead = gettext("Claims are tested on a sample; praise and criticism stand on records that everybody can read.")
    return _works(request, SUPERVISION, title=gettext("Supervision"), lead=lead)


def _works(request: HttpRequest, all_works: Works, *, title: str, lead: str) -> HttpResponse:
    user = viewer(request)
    works = [(name, gettext(head), gettext(about)) for name, head, about in all_works if may_open(user=user, name=name)]
    return render(request, "desk/works.html", {"works": works, "title": title, "lead": lead})


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
