"""Pages of the media plan: the plan with its deadlines, one placement, and one page for each entry."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.activities.form_page import file_in, form_page
from safemonth.collect.publicity.media import actions, forms
from safemonth.collect.publicity.media.models import Placement
from safemonth.collect.publicity.media.queries import outlets_known, placement_rows, placements_seen_by
from safemonth.organisation.permissions import may_open, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.queries import campaign_called, tasks_of


def media(request: HttpRequest) -> HttpResponse:
    """Show the plan, what is overdue or due soon first."""
    user = viewer(request)
    rows = placement_rows(placements_seen_by(user, campaign_called()), today=timezone.localdate())
    return render(
        request,
        "collect/media.html",
        {
            "rows": rows,
            "urgent": [row for row in rows if row.state in ("overdue", "due_soon")],
            "unproven": sum(row.state in ("made", "made_late") for row in rows),
            "outlets": outlets_known(),
            "may_plan": may_open(user=user, name="placement-new"),
        },
    )


def placement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one placement."""
    user = viewer(request)
    seen = placements_seen_by(user, campaign_called()).filter(pk=pk)
    get_object_or_404(seen)
    return render(
        request,
        "collect/media_placement.html",
        {
            "row": placement_rows(seen, today=timezone.localdate())[0],
            "may_enter": may_open(user=user, name="placement-made"),
            "may_call_off": may_open(user=user, name="placement-call-off"),
        },
    )


def _chosen(request: HttpRequest, pk: int) -> Placement:
    return get_object_or_404(placements_seen_by(viewer(request), campaign_called()), pk=pk)


def _to(chosen: Placement) -> tuple[str, str]:
    return reverse("placement", args=[chosen.pk]), chosen.title


def outlet_new(request: HttpRequest) -> HttpResponse:
    """Add an outlet."""
    user = viewer(request)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.add_outlet(**given, by=user.username, at=timezone.now())
        return redirect("media")

    return form_page(
        request,
        forms.OutletForm(request.POST or None, units=units_seen_by(user)),
        title=_("New outlet"),
        button=_("Add the outlet"),
        back=(reverse("media"), _("Media")),
        act=add,
    )


def placement_new(request: HttpRequest) -> HttpResponse:
    """Plan a placement."""
    user = viewer(request)
    campaign = campaign_called()

    def plan(given: dict[str, Any]) -> HttpResponse:
        made = actions.plan_placement(campaign=campaign, **given, by=user.username, at=timezone.now())
        return redirect("placement", pk=made.pk)

    form = forms.PlacementForm(
        request.POST or None,
        outlets=outlets_known(),
        units=units_seen_by(user),
        tasks=tasks_of(campaign),
        initial={"unit": user.unit.code if user.unit else "", "due_on": request.GET.get("due_on")},
    )
    return form_page(
        request,
        form,
        title=_("Plan a placement"),
        button=_("Put it into the plan"),
        back=(reverse("media"), _("Media")),
        act=plan,
    )


def placement_made(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter how a placement appeared, or correct that."""
    user = viewer(request)
    chosen = _chosen(request, pk)

    def enter(given: dict[str, Any]) -> HttpResponse:
        reason = given.pop("reason", "")
        actions.say_made(
            placement=chosen,
            appearance=actions.Appearance(**given),
            reason=reason,
            by=user.username,
            at=timezone.now(),
        )
        return redirect("placement", pk=pk)

    fields = ("made_on", "until_on", "slot", "times", "length_s", "area_cm2", "audience", "audience_claimed_by")
    initial = {name: getattr(chosen, name) for name in fields}
    initial["made_on"] = chosen.made_on or timezone.localdate()
    initial["slot"] = chosen.slot or chosen.planned_slot
    return form_page(
        request,
        forms.MadeForm(request.POST or None, placement=chosen, initial=initial),
        title=_("It appeared"),
        lead=_("An audience is a claim; say whose. It stands under that name."),
        button=_("Enter"),
        back=_to(chosen),
        act=enter,
    )


def placement_prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file or a link that bears a placement out."""
    user = viewer(request)
    chosen = _chosen(request, pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        file = file_in(given, "file")
        actions.prove(
            placement=chosen,
            files=[file] if file else [],
            link=given["link"],
            note=given["note"],
            by=user.username,
            at=timezone.now(),
        )
        return redirect("placement", pk=pk)

    return form_page(
        request,
        forms.ProofForm(request.POST or None, request.FILES or None),
        title=_("Add proof"),
        lead=_("A file is kept and bears the claim out. What stands behind a link can change: it is only pointed at."),
        button=_("Add"),
        back=_to(chosen),
        act=add,
    )


def placement_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a placement off."""
    user = viewer(request)
    chosen = _chosen(request, pk)

    def call_off(given: dict[str, Any]) -> HttpResponse:
        actions.call_off(placement=chosen, reason=given["reason"], by=user.username, at=timezone.now())
        return redirect("placement", pk=pk)

    return form_page(
        request,
        forms.CallOffForm(request.POST or None),
        title=_("Call it off"),
        lead=_("It stays in the plan with the reason. Where it was entered as made, its activity is withdrawn."),
        button=_("Call it off"),
        back=_to(chosen),
        act=call_off,
    )
