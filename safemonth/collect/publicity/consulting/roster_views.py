"""Pages of the roster: who stands where, why not, moving a booth by hand; and what is printed of it."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.publicity.consulting.actions import make_roster, move_booth, release_booth
from safemonth.collect.publicity.consulting.models import Booth, BoothPlace, ConsultingDay, Roster, RosterStatus, Site
from safemonth.collect.publicity.consulting.naming import (
    breach_sentences,
    names_by_code,
    reason_sentences,
    remedy_sentences,
    wish_sentence,
)
from safemonth.collect.publicity.consulting.pictures import picture_of_sites
from safemonth.collect.publicity.consulting.queries import (
    booths_of,
    booths_seen_by,
    days_of,
    latest_roster,
    roster_page,
    sites_of,
)
from safemonth.collect.publicity.consulting.sheets import call_sheets_pdf, site_plans_pdf
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called


def consulting_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who stands where, what that breaks, and (where the last attempt failed) why and what would help."""
    day = _day(pk)
    page = roster_page(day)
    booths, sites = list(booths_of(day)), list(sites_of(day))
    names = names_by_code(booths, sites)
    latest = latest_roster(day)
    failed = latest if latest and latest.status in (RosterStatus.IMPOSSIBLE, RosterStatus.UNKNOWN) else None
    at_site: dict[int, list[BoothPlace]] = defaultdict(list)
    for place in page.places:
        at_site[place.site_id].append(place)
    standing = {place.booth_id for place in page.places}
    return render(
        request,
        "collect/consulting_roster.html",
        {
            "day": day,
            "page": page,
            "sites": [(site, at_site[site.pk]) for site in sites],
            "all_sites": sites,
            "without": [booth for booth in booths if booth.pk not in standing],
            "breaches": breach_sentences(page, names),
            "unmet": [wish_sentence(wish, names) for wish in page.unmet],
            "failed": failed,
            "reasons": reason_sentences(page.problem, failed, names) if failed else [],
            "remedies": remedy_sentences(page.problem, failed, names) if failed else [],
            "picture": picture_of_sites(sites, page.places),
            "versions": Roster.objects.filter(day=day).order_by("-version")[:20],
        },
    )


@require_POST
def consulting_solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Solve the day; `fresh` moves as many booths as helps."""
    roster = make_roster(
        day=_day(pk),
        is_fresh=bool(request.POST.get("fresh")),
        by=viewer(request).username,
        at=timezone.now(),
    )
    if roster.is_current:
        messages.info(request, _("Everybody has a place: version %(version)s.") % {"version": roster.version})
    return redirect("consulting-roster", pk=pk)


@require_POST
def consulting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a booth at a site by hand."""
    booth = get_object_or_404(Booth.objects.select_related("unit", "day__task"), pk=pk, day__in=_days(), is_in=True)
    site = get_object_or_404(Site, pk=request.POST.get("site") or 0, day=booth.day_id, is_used=True)
    move_booth(booth=booth, site=site, by=viewer(request).username, at=timezone.now())
    return redirect("consulting-roster", pk=booth.day_id)


@require_POST
def consulting_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a booth that was put by hand go."""
    place = get_object_or_404(
        BoothPlace.objects.select_related("booth__unit"), pk=pk, roster__is_current=True, roster__day__in=_days()
    )
    release_booth(place=place, by=viewer(request).username, at=timezone.now())
    return redirect("consulting-roster", pk=place.booth.day_id)


def consulting_call_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the call sheets of all units as one PDF."""
    day = _day(pk)
    return _pdf(call_sheets_pdf(day), name=f"call-sheets-{day.held_on}.pdf")


def consulting_call_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the call sheet of one booth; a unit sees its own only."""
    booth = get_object_or_404(booths_seen_by(viewer(request), campaign_called()), pk=pk)
    return _pdf(call_sheets_pdf(booth.day, only=booth), name=f"call-sheet-{booth.unit.code}.pdf")


def consulting_site_plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the map and a plan of each site as one PDF."""
    day = _day(pk)
    return _pdf(site_plans_pdf(day), name=f"site-plans-{day.held_on}.pdf")


def _pdf(data: bytes | None, *, name: str) -> HttpResponse:
    if data is None:
        raise Refused("no_roster_yet", gettext_noop("There is no roster to print yet. Make one first."))
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _days() -> QuerySet[ConsultingDay]:
    return days_of(campaign_called())


def _day(pk: int) -> ConsultingDay:
    return get_object_or_404(_days(), pk=pk)
