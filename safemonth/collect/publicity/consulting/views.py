"""Pages that set a consulting day up: the list, the day, its sites, its booths and its wishes."""

from datetime import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.publicity.consulting.actions import (
    add_booths,
    add_sites,
    add_wish,
    change_booth,
    change_day,
    change_site,
    drop_booth,
    drop_site,
    open_day,
    withdraw_wish,
)
from safemonth.collect.publicity.consulting.forms import (
    BoothForm,
    DayForm,
    SiteForm,
    booth_values,
    day_values,
    site_values,
)
from safemonth.collect.publicity.consulting.models import Booth, ConsultingDay, Site, Wish, WishChoice
from safemonth.collect.publicity.consulting.naming import THINGS, names_by_code, wish_sentence
from safemonth.collect.publicity.consulting.pictures import picture_of_sites
from safemonth.collect.publicity.consulting.queries import (
    board_of,
    booths_of,
    booths_seen_by,
    came_since_closing,
    closings_of,
    current_roster,
    days_of,
    event_on_record,
    latest_roster,
    places_of,
    roster_page,
    sites_of,
    tasks_without_a_day,
    units_to_add,
    wishes_of,
)
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import sees_all, viewer
from safemonth.organisation.queries import county, subtree
from safemonth.plan.queries import campaign_called


def consulting(request: HttpRequest) -> HttpResponse:
    """List the days for the office; show a reporter the booths of their own units."""
    user, campaign = viewer(request), campaign_called()
    if sees_all(user):
        days = list(days_of(campaign))
        can_open = user.role == Role.CLERK
        return render(
            request,
            "collect/consulting.html",
            {"days": days, "tasks": tasks_without_a_day(campaign) if can_open else (), "form": DayForm()},
        )
    booths = list(booths_seen_by(user, campaign))
    place_of = {
        place.booth_id: place
        for day in {booth.day_id: booth.day for booth in booths}.values()
        for place in places_of(current_roster(day))
    }
    return render(
        request,
        "collect/consulting_own.html",
        {"booths": [(booth, place_of.get(booth.pk)) for booth in booths], "can_report": user.role == Role.REPORTER},
    )


@require_POST
def consulting_open(request: HttpRequest) -> HttpResponse:
    """Open the day of a task; the body that has the campaign's office runs it, else the clerk's own unit."""
    user, campaign = viewer(request), campaign_called()
    task = get_object_or_404(tasks_without_a_day(campaign), pk=request.POST.get("task"))
    office = campaign.office.located_at if campaign.office else None
    day = open_day(
        task=task,
        host=office or user.unit or county(),
        held_on=task.held_on or campaign.starts_on,
        from_time=time(8, 30),
        to_time=time(11, 30),
        by=user.username,
        at=timezone.now(),
    )
    return redirect("consulting-day", pk=day.pk)


def consulting_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one day: where it stands in its course, its sites on a map, and what comes next."""
    day = _day(pk)
    sites, page, board = list(sites_of(day)), roster_page(day), board_of(day)
    return render(
        request,
        "collect/consulting_day.html",
        {
            "day": day,
            "sites": sites,
            "booths": list(booths_of(day)),
            "wishes": list(wishes_of(day)),
            "page": page,
            "latest": latest_roster(day),
            "board": board,
            "picture": picture_of_sites(sites, page.places),
            "closings": list(closings_of(day)),
            "late": came_since_closing(day),
            "standing": event_on_record(day),
        },
    )


def consulting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the day's date, hours and shortest stay."""
    day = _day(pk)
    form = DayForm(request.POST or None, initial=day_values(day))

    def act(said: dict[str, object]) -> HttpResponse:
        change_day(day=day, by=viewer(request).username, at=timezone.now(), **said)  # type: ignore[arg-type]
        return redirect("consulting-day", pk=pk)

    return form_page(request, form, title=_("Date and hours"), button=_("Save"), back=_back(day), act=act)


def consulting_site_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a site."""
    day = _day(pk)
    form = SiteForm(request.POST or None)

    def act(_said: dict[str, object]) -> HttpResponse:
        add_sites(day=day, sites=[form.stated()], by=viewer(request).username, at=timezone.now())
        return redirect("consulting-sites", pk=pk)

    return form_page(request, form, title=_("Add a site"), button=_("Add"), back=_back(day, "sites"), act=act)


def consulting_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a site, or take it off the day."""
    site = get_object_or_404(Site.objects.select_related("day__task"), pk=pk, day__in=days_of(campaign_called()))
    form = SiteForm(request.POST or None, initial=site_values(site))

    def act(_said: dict[str, object]) -> HttpResponse:
        change_site(site=site, new=form.stated(), by=viewer(request).username, at=timezone.now())
        return redirect("consulting-sites", pk=site.day_id)

    return form_page(request, form, title=site.name, button=_("Save"), back=_back(site.day, "sites"), act=act)


@require_POST
def consulting_site_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a site off the day."""
    site = get_object_or_404(Site, pk=pk, day__in=days_of(campaign_called()))
    drop_site(site=site, by=viewer(request).username, at=timezone.now())
    return redirect("consulting-sites", pk=site.day_id)


def consulting_sites(request: HttpRequest, pk: int) -> HttpResponse:
    """List the day's sites with what each holds, and draw them."""
    day = _day(pk)
    sites = list(sites_of(day))
    room = [(site, [(THINGS[thing], most) for thing, most in site.room.items() if thing in THINGS]) for site in sites]
    return render(
        request,
        "collect/consulting_sites.html",
        {"day": day, "rows": room, "picture": picture_of_sites(sites), "holds": sum(site.holds for site in sites)},
    )


def consulting_booths(request: HttpRequest, pk: int) -> HttpResponse:
    """List the units that take part with what each brings; offer those that were asked and are not in yet."""
    day = _day(pk)
    booths = [
        (booth, [(THINGS[thing], count) for thing, count in booth.brings.items() if thing in THINGS])
        for booth in booths_of(day)
    ]
    others = subtree(county()).exclude(kind__in=("village", "county")).exclude(pk__in=booths_of(day).values("unit"))
    return render(
        request,
        "collect/consulting_booths.html",
        {"day": day, "rows": booths, "asked": list(units_to_add(day)), "others": others},
    )


@require_POST
def consulting_booth_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let units take part: all that were asked (`asked`), or the one chosen."""
    day = _day(pk)
    chosen = subtree(county()).filter(code=request.POST.get("unit", ""))
    units = list(units_to_add(day) if request.POST.get("asked") else chosen)
    if not units:
        raise Refused("no_unit", gettext_noop("Choose a unit first."))
    added = add_booths(day=day, units=units, by=viewer(request).username, at=timezone.now())
    messages.info(request, _("Units added: %(count)s.") % {"count": len(added)})
    return redirect("consulting-booths", pk=pk)


def consulting_booth(request: HttpRequest, pk: int) -> HttpResponse:
    """State what a booth brings."""
    booth = _booth(pk)
    form = BoothForm(request.POST or None, initial=booth_values(booth))

    def act(said: dict[str, object]) -> HttpResponse:
        change_booth(
            booth=booth,
            brings=form.brings(),
            copies=int(str(said["copies"])),
            materials=str(said["materials"]),
            by=viewer(request).username,
            at=timezone.now(),
        )
        return redirect("consulting-booths", pk=booth.day_id)

    return form_page(request, form, title=booth.unit.name, button=_("Save"), back=_back(booth.day, "booths"), act=act)


@require_POST
def consulting_booth_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a unit stay away."""
    booth = _booth(pk)
    drop_booth(booth=booth, by=viewer(request).username, at=timezone.now())
    return redirect("consulting-booths", pk=booth.day_id)


def consulting_wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """List the wishes in words and offer the three sorts."""
    day = _day(pk)
    page = roster_page(day)
    booths, sites = list(booths_of(day)), list(sites_of(day))
    names = names_by_code(booths, sites)
    stated = {wish.key: wish for wish in page.problem.wishes}
    unmet = {wish.key for wish in page.unmet}
    rows = [
        (wish, wish_sentence(stated[f"wish-{wish.pk}"], names), f"wish-{wish.pk}" in unmet) for wish in wishes_of(day)
    ]
    return render(
        request,
        "collect/consulting_wishes.html",
        {"day": day, "rows": rows, "booths": booths, "sites": sites, "kinds": WishChoice},
    )


@require_POST
def consulting_wish_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a wish."""
    day, said = _day(pk), request.POST
    booth = get_object_or_404(booths_of(day), pk=said.get("booth") or 0)
    add_wish(
        booth=booth,
        kind=said.get("kind", ""),
        other=booths_of(day).filter(pk=said.get("other") or 0).first(),
        site=sites_of(day).filter(pk=said.get("site") or 0).first(),
        from_time=_time(said.get("from_time", "")),
        to_time=_time(said.get("to_time", "")),
        is_must=said.get("must", "1") == "1",
        note=said.get("note", ""),
        by=viewer(request).username,
        at=timezone.now(),
    )
    return redirect("consulting-wishes", pk=pk)


@require_POST
def consulting_wish_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish back."""
    wish = get_object_or_404(
        Wish.objects.select_related("booth__unit"), pk=pk, booth__day__in=days_of(campaign_called())
    )
    withdraw_wish(wish=wish, by=viewer(request).username, at=timezone.now())
    return redirect("consulting-wishes", pk=wish.booth.day_id)


def _day(pk: int) -> ConsultingDay:
    return get_object_or_404(days_of(campaign_called()), pk=pk)


def _booth(pk: int) -> Booth:
    booths = Booth.objects.select_related("unit", "day__task").filter(is_in=True)
    return get_object_or_404(booths, pk=pk, day__in=days_of(campaign_called()))


def _back(day: ConsultingDay, page: str = "day") -> tuple[str, str]:
    titles = {"day": str(day.task), "sites": _("Sites"), "booths": _("Units and booths")}
    return reverse(f"consulting-{page}", kwargs={"pk": day.pk}), titles[page]


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
