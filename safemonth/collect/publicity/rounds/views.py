"""Pages that set a round up: the list, the round, its vehicles, market hours, where villages lie."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.publicity.rounds import actions, forms
from safemonth.collect.publicity.rounds.actions.setup import RoundTerms, VehicleTerms
from safemonth.collect.publicity.rounds.models import MarketHours, Round, RoundVehicle
from safemonth.collect.publicity.rounds.queries import (
    coverage_seen_by,
    current_plan,
    days_of,
    days_of_plan,
    market_hours_of,
    rounds_of,
    rounds_seen_by,
    vehicles_of,
    villages_of,
    villages_without_position,
)
from safemonth.organisation.models import UnitKind
from safemonth.organisation.permissions import may_open, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.queries import campaign_called


def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds with what has been reached."""
    user = viewer(request)
    today = timezone.localdate()
    rows = []
    for round in rounds_seen_by(user, campaign_called()):
        coverage = coverage_seen_by(user, round, today=today)
        rows.append((round, coverage, len(days_of_plan(current_plan(round)))))
    return render(request, "collect/rounds.html", {"rows": rows, "may_open_one": may_open(user=user, name="round-new")})


def _chosen(pk: int) -> Round:
    return get_object_or_404(rounds_of(campaign_called()), pk=pk)


def _to(round: Round, name: str = "round") -> tuple[str, str]:
    return reverse(name, args=[round.pk]), round.name


def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    user = viewer(request)
    campaign = campaign_called()

    def add(given: dict[str, Any]) -> HttpResponse:
        made = actions.open_round(campaign=campaign, terms=RoundTerms(**given), by=user.username, at=timezone.now())
        return redirect("round-vehicles", pk=made.pk)

    form = forms.RoundForm(
        request.POST or None,
        areas=_areas(user),
        initial={
            "area": campaign.unit.code,
            "from_on": campaign.starts_on,
            "to_on": campaign.ends_on,
            "stop_min": 20,
            "detour_factor": "1.35",
            "km_per_h": 32,
        },
    )
    return form_page(
        request,
        form,
        title=_("New round"),
        lead=_("Vehicles of several units bring a visit to each village at least once."),
        button=_("Open the round"),
        back=(reverse("rounds"), _("Rounds to the villages")),
        act=add,
    )


def round_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a round is held to."""
    user = viewer(request)
    round = _chosen(pk)

    def change(given: dict[str, Any]) -> HttpResponse:
        actions.change_round(round=round, terms=RoundTerms(**given), by=user.username, at=timezone.now())
        messages.info(request, _("Changed. The plan stands as it was until you plan again."))
        return redirect("round", pk=pk)

    return form_page(
        request,
        forms.RoundForm(request.POST or None, areas=_areas(user), initial=forms.round_values(round)),
        title=_("Change the round"),
        button=_("Change"),
        back=_to(round),
        act=change,
    )


def _areas(user: Any) -> Any:
    return units_seen_by(user).filter(kind__in=[UnitKind.COUNTY, UnitKind.TOWNSHIP])


def round_vehicles(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the round is held to: vehicles lent, market hours, villages without a position."""
    round = _chosen(pk)
    unplaced, count = villages_without_position(round), villages_of(round).count()
    return render(
        request,
        "collect/rounds_vehicles.html",
        {
            "round": round,
            "vehicles": vehicles_of(round),
            "hours": market_hours_of(round),
            "unplaced": unplaced,
            "known": count - len(unplaced),
            "count": count,
        },
    )


def _vehicle_page(
    request: HttpRequest, round: Round, *, vehicle: RoundVehicle | None, title: str, button: str
) -> HttpResponse:
    user = viewer(request)

    def keep(given: dict[str, Any]) -> HttpResponse:
        terms = VehicleTerms(**given)
        if vehicle is None:
            actions.add_vehicle(round=round, terms=terms, by=user.username, at=timezone.now())
        else:
            actions.change_vehicle(vehicle=vehicle, terms=terms, by=user.username, at=timezone.now())
        return redirect("round-vehicles", pk=round.pk)

    last = vehicle or vehicles_of(round).order_by("-pk").first()
    initial = forms.vehicle_values(last) if last else {"from_time": "08:00", "to_time": "17:00"}
    form = forms.VehicleForm(
        request.POST or None,
        units=units_seen_by(user).filter(kind__in=[UnitKind.DEPARTMENT, UnitKind.TOWNSHIP, UnitKind.MEDIA]),
        days=days_of(round),
        initial=initial if vehicle else {**initial, "name": "", "days": []},
    )
    return form_page(request, form, title=title, button=button, back=_to(round, "round-vehicles"), act=keep)


def round_vehicle_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Lend a vehicle."""
    return _vehicle_page(request, _chosen(pk), vehicle=None, title=_("Lend a vehicle"), button=_("Lend it"))


def round_vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a vehicle is lent for."""
    vehicle = get_object_or_404(
        RoundVehicle.objects.filter(is_used=True, round__in=rounds_of(campaign_called())).select_related(
            "round", "unit"
        ),
        pk=pk,
    )
    return _vehicle_page(request, vehicle.round, vehicle=vehicle, title=vehicle.name, button=_("Change"))


@require_POST
def round_vehicle_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a vehicle back."""
    vehicle = get_object_or_404(RoundVehicle, pk=pk, round__in=rounds_of(campaign_called()))
    actions.drop_vehicle(vehicle=vehicle, by=viewer(request).username, at=timezone.now())
    return redirect("round-vehicles", pk=vehicle.round_id)


def round_hours_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a village's stop lie within hours."""
    user = viewer(request)
    round = _chosen(pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.add_market_hours(round=round, **given, by=user.username, at=timezone.now())
        return redirect("round-vehicles", pk=pk)

    return form_page(
        request,
        forms.MarketHoursForm(
            request.POST or None, villages=villages_of(round), initial={"from_time": "08:00", "to_time": "11:30"}
        ),
        title=_("Market hours"),
        lead=_("The whole stop will lie within these hours. Enter each market day of a village on its own."),
        button=_("Add"),
        back=_to(round, "round-vehicles"),
        act=add,
    )


@require_POST
def round_hours_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take hours back."""
    hours = get_object_or_404(
        MarketHours.objects.select_related("village"), pk=pk, round__in=rounds_of(campaign_called())
    )
    actions.drop_market_hours(hours=hours, by=viewer(request).username, at=timezone.now())
    return redirect("round-vehicles", pk=hours.round_id)


def round_positions(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a list of where villages lie."""
    user = viewer(request)
    round = _chosen(pk)

    def take_in(given: dict[str, Any]) -> HttpResponse:
        file = given["file"]
        count = actions.place_villages(data=file.read(), file_name=file.name, by=user.username, at=timezone.now())
        messages.info(request, ngettext("%(n)s position was kept.", "%(n)s positions were kept.", count) % {"n": count})
        return redirect("round-vehicles", pk=pk)

    return form_page(
        request,
        forms.PositionsForm(request.POST or None, request.FILES or None),
        title=_("Where villages lie"),
        lead=_(
            "A list with the columns village, latitude and longitude (degrees, WGS 84). "
            "A village is named by its code, or by its name with the township before it."
        ),
        button=_("Take in"),
        back=_to(round, "round-vehicles"),
        act=take_in,
    )


@require_POST
def round_positions_noted(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the positions that were noted at stops already made."""
    round = _chosen(pk)
    count = actions.positions_from_stops(
        round=round, today=timezone.localdate(), by=viewer(request).username, at=timezone.now()
    )
    messages.info(request, ngettext("%(n)s position was kept.", "%(n)s positions were kept.", count) % {"n": count})
    return redirect("round-vehicles", pk=pk)
