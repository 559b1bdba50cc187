"""Pages of visits: the draw, the order, each visit with its findings and answers, and what the total is worth."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.activities.form_page import file_in, form_page, key_of
from safemonth.desk.supervision import forms
from safemonth.desk.supervision.pictures import bar_of
from safemonth.desk.supervision.rounds import team_rounds
from safemonth.figures.queries import FigureDesk
from safemonth.figures.supported import claims_for, indicators_claimed, supported_by, teams_by_unit
from safemonth.organisation.languages import named
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.models import Indicator
from safemonth.plan.queries import campaign_called
from safemonth.verify.teams.queries import current_draw
from safemonth.verify.visits.actions import Found, answer_visit, draw_visits, record_visit, settle_visit
from safemonth.verify.visits.models import Finding, PlannedVisit, Visit, VisitDraw
from safemonth.verify.visits.queries import answers_to, draws_of, measures_to_compare, photos_of, planned_seen_by


def supervision_visits(request: HttpRequest) -> HttpResponse:
    """Show what is tested: each draw with its progress and what the visits support."""
    user, campaign = viewer(request), campaign_called()
    sees_draws = may_open(user=user, name="visit-draw")
    rows = []
    if sees_draws:
        desk = FigureDesk.of(campaign)
        rows = [supported_by(draw, desk=desk) for draw in draws_of(campaign)]
    own = [] if sees_draws else list(planned_seen_by(user, campaign))
    return render(
        request,
        "desk/visits.html",
        {
            "rows": [(row, bar_of(row.estimate)) for row in rows],
            "own": own,
            "may_draw": may_open(user=user, name="visits-draw"),
        },
    )


def supervision_rounds(request: HttpRequest) -> HttpResponse:
    """Show when each drawn team visits its units."""
    draw = current_draw(campaign_called())
    return render(request, "desk/team_rounds.html", {"rounds": team_rounds(draw) if draw else []})


def visits_draw(request: HttpRequest) -> HttpResponse:
    """Draw units to visit for an indicator."""
    user, campaign = viewer(request), campaign_called()
    desk = FigureDesk.of(campaign)
    claimed = indicators_claimed(desk)

    def draw(given: dict[str, Any]) -> HttpResponse:
        found = claims_for(desk, given["indicator"].pk, with_signals=given["with_signals"])
        row = draw_visits(
            campaign=campaign,
            indicator=given["indicator"],
            claims=found.claims,
            measures=found.measures,
            visits=given["visits"],
            seed=given["seed"],
            cap=given["cap"],
            reason=given["reason"],
            by=user.username,
            at=timezone.now(),
        )
        return redirect("visit-draw", pk=row.pk)

    return form_page(
        request,
        forms.DrawForm(request.POST or None, indicators=Indicator.objects.filter(pk__in=[each.pk for each in claimed])),
        title=_("Draw units to visit"),
        lead=_(
            "Chances follow what units claim; the largest are certain. A few visits then say something about the total."
        ),
        button=_("Draw"),
        back=(reverse("supervision-visits"), _("Supervision visits")),
        act=draw,
    )


def visit_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one draw: its order, what was found, and what the total is worth after it."""
    user, campaign = viewer(request), campaign_called()
    draw = get_object_or_404(VisitDraw.objects.select_related("indicator"), campaign=campaign, pk=pk)
    found = supported_by(draw, desk=FigureDesk.of(campaign))
    return render(
        request,
        "desk/visit_draw.html",
        {
            "found": found,
            "bar": bar_of(found.estimate),
            "teams": teams_by_unit(campaign),
            "may_visit": may_open(user=user, name="visit-record"),
            "claimed_by_signal": [
                member for member in draw.design["members"] if member["raised_by"] not in ("1", "1.0")
            ],
        },
    )


def visit_draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draw as JSON, for anyone to repeat."""
    draw = get_object_or_404(VisitDraw, campaign=campaign_called(), pk=pk)
    answer = JsonResponse(
        {"format": "safemonth visit draw 1", "sha256": draw.design_sha256, "design": draw.design},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = f'attachment; filename="visit-draw-{draw.pk}.json"'
    return answer


def _planned(request: HttpRequest, pk: int) -> PlannedVisit:
    return get_object_or_404(planned_seen_by(viewer(request), campaign_called()), pk=pk)


def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit: claim beside finding, the unit's answers, and what became of it."""
    user = viewer(request)
    planned = _planned(request, pk)
    made = Visit.objects.filter(planned=planned, is_current=True).first()
    findings = Finding.objects.filter(visit=made).select_related("measure__activity") if made else []
    return render(
        request,
        "desk/visit.html",
        {
            "planned": planned,
            "visit": made,
            "findings": findings,
            "measures": measures_to_compare(planned) if not made else [],
            "answers": answers_to(made) if made else [],
            "photos": photos_of(made) if made else [],
            "may_visit": may_open(user=user, name="visit-record"),
            "may_answer": may_open(user=user, name="visit-answer"),
            "may_settle": may_open(user=user, name="visit-settle"),
            "sees_draw": may_open(user=user, name="visit-draw"),
        },
    )


def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a visit found beside what was claimed."""
    user, planned = viewer(request), _planned(request, pk)
    measures = measures_to_compare(planned)
    standing = Visit.objects.filter(planned=planned, is_current=True).first()
    form = forms.VisitForm(
        request.POST or None,
        request.FILES or None,
        measures=measures,
        is_again=standing is not None,
        initial=_initial(planned, standing),
    )

    def record(given: dict[str, Any]) -> HttpResponse:
        file = file_in(given, "photo")
        record_visit(
            planned=planned,
            found=[Found(m.pk, given[f"found-{m.pk}"], given[f"how-{m.pk}"], given[f"note-{m.pk}"]) for m in measures],
            visited_on=given["visited_on"],
            key=standing.key if standing else key_of(request),
            team=given["team"],
            note=given["note"],
            reason=given.get("reason", ""),
            files=[file] if file else [],
            user=user,
            by=user.username,
            at=timezone.now(),
        )
        return redirect("visit", pk=pk)

    return form_page(
        request,
        form,
        title=named(planned.unit),
        lead=named(planned.draw.indicator),
        button=_("Enter the visit"),
        back=(reverse("visit", args=[pk]), named(planned.unit)),
        act=record,
        template="desk/visit_record.html",
    )


def _initial(planned: PlannedVisit, standing: Visit | None) -> dict[str, Any]:
    team = teams_by_unit(planned.draw.campaign).get(planned.unit.code)
    if standing is None:
        return {"visited_on": timezone.localdate(), "team": team}
    said: dict[str, Any] = {"visited_on": standing.visited_on, "team": standing.team, "note": standing.note}
    for finding in Finding.objects.filter(visit=standing):
        said |= {f"found-{finding.measure_id}": finding.found, f"how-{finding.measure_id}": finding.how}
        said |= {f"note-{finding.measure_id}": finding.note}
    return said


def _made(planned: PlannedVisit) -> Visit:
    return get_object_or_404(
        Visit.objects.select_related("planned__unit", "planned__draw__campaign"), planned=planned, is_current=True
    )


def visit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the unit says to the findings."""
    user, planned = viewer(request), _planned(request, pk)
    made = _made(planned)

    def answer(given: dict[str, Any]) -> HttpResponse:
        answer_visit(visit=made, text=given["text"], file=file_in(given, "file"), by=user.username, at=timezone.now())
        return redirect("visit", pk=pk)

    form = forms.AnswerForm(request.POST or None, request.FILES or None)
    return form_page(request, form, title=_("Answer"), button=_("Enter"), back=_to(planned), act=answer)


def visit_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the findings become the unit's record."""
    user, planned = viewer(request), _planned(request, pk)
    made = _made(planned)

    def settle(given: dict[str, Any]) -> HttpResponse:
        settle_visit(visit=made, reason=given["reason"], by=user.username, at=timezone.now())
        return redirect("visit", pk=pk)

    return form_page(
        request,
        forms.SettleForm(request.POST or None),
        title=_("Put the findings on record"),
        lead=_(
            "What was confirmed is marked so; what differs is corrected by a new version, and the old one stays readable."
        ),
        button=_("Put on record"),
        back=_to(planned),
        act=settle,
    )


def _to(planned: PlannedVisit) -> tuple[str, str]:
    return reverse("visit", args=[planned.pk]), str(planned.unit)
