"""Pages of supervision teams: who is named, what ties them, and the draw that anyone can repeat."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.organisation.models import Unit, UnitKind
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called
from safemonth.verify.teams import actions, forms
from safemonth.verify.teams.models import Nominee, TeamDraw, Tie
from safemonth.verify.teams.queries import current_draw, draw_as_json, nominees_of, teams_of, ties_of


def supervision_teams(request: HttpRequest) -> HttpResponse:
    """Show the teams that stand, who was named, and what ties them."""
    campaign = campaign_called()
    drawn = current_draw(campaign)
    ties: dict[int, list[Tie]] = {}
    for tie in ties_of(campaign):
        ties.setdefault(tie.nominee_id, []).append(tie)
    return render(
        request,
        "verify/teams.html",
        {
            "draw": drawn,
            "teams": teams_of(drawn) if drawn else [],
            "nominees": [(each, ties.get(each.pk, [])) for each in nominees_of(campaign)],
            "earlier": TeamDraw.objects.filter(campaign=campaign, is_current=False),
            "may_change": may_open(user=viewer(request), name="nominee-new"),
        },
    )


def _back() -> tuple[str, str]:
    return reverse("supervision-teams"), _("Supervision teams")


def nominee_new(request: HttpRequest) -> HttpResponse:
    """Enter somebody whom a body names."""
    user, campaign = viewer(request), campaign_called()

    def name(given: dict[str, Any]) -> HttpResponse:
        actions.name_nominee(campaign=campaign, **given, by=user.username, at=timezone.now())
        return redirect("supervision-teams")

    units = Unit.objects.exclude(kind=UnitKind.VILLAGE).order_by("path")
    form = forms.NomineeForm(request.POST or None, units=units, campaign=campaign)
    return form_page(request, form, title=_("Name somebody"), button=_("Enter"), back=_back(), act=name)


@require_POST
def nominee_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    nominee: Nominee = get_object_or_404(nominees_of(campaign_called()), pk=pk)
    actions.withdraw_nominee(nominee=nominee, by=viewer(request).username, at=timezone.now())
    return redirect("supervision-teams")


def tie_new(request: HttpRequest) -> HttpResponse:
    """Declare why somebody may not visit a unit."""
    user, campaign = viewer(request), campaign_called()

    def declare(given: dict[str, Any]) -> HttpResponse:
        actions.declare_tie(**given, by=user.username, at=timezone.now())
        return redirect("supervision-teams")

    form = forms.TieForm(
        request.POST or None, nominees=nominees_of(campaign), units=Unit.objects.exclude(kind=UnitKind.COUNTY)
    )
    return form_page(
        request,
        form,
        title=_("Declare a tie"),
        lead=_("The own unit, those above it and those below it need no declaration."),
        button=_("Enter"),
        back=_back(),
        act=declare,
    )


@require_POST
def tie_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a tie holds no more."""
    tie: Tie = get_object_or_404(ties_of(campaign_called()), pk=pk)
    actions.withdraw_tie(tie=tie, by=viewer(request).username, at=timezone.now())
    return redirect("supervision-teams")


def teams_draw(request: HttpRequest) -> HttpResponse:
    """Draw teams, or draw them again with a reason."""
    user, campaign = viewer(request), campaign_called()

    def draw(given: dict[str, Any]) -> HttpResponse:
        row = actions.draw_teams(campaign=campaign, **given, by=user.username, at=timezone.now())
        return redirect("team-draw", version=row.version)

    form = forms.DrawForm(
        request.POST or None,
        units=Unit.objects.filter(kind__in=(UnitKind.TOWNSHIP, UnitKind.DEPARTMENT)).order_by("path"),
        campaign=campaign,
        is_again=current_draw(campaign) is not None,
    )
    return form_page(
        request,
        form,
        title=_("Draw supervision teams"),
        lead=_("Each team is mixed, nobody visits where they have a tie, loads are even, and people's days are kept."),
        button=_("Draw"),
        back=_back(),
        act=draw,
    )


def team_draw(request: HttpRequest, version: int) -> HttpResponse:
    """Show one draw with what it was made from and how to repeat it."""
    row = get_object_or_404(TeamDraw, campaign=campaign_called(), version=version)
    return render(request, "verify/team_draw.html", {"draw": row, "teams": teams_of(row)})


def team_draw_file(request: HttpRequest, version: int) -> HttpResponse:
    """Give a draw as JSON, for anyone to repeat (`safemonth draw FILE`)."""
    row = get_object_or_404(TeamDraw, campaign=campaign_called(), version=version)
    answer = JsonResponse(draw_as_json(row), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="team-draw-{version}.json"'
    return answer
