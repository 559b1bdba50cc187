"""Pages of the office's work on scores: scoring, letting units see them, judgements and excuses."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.appraisal.scoring import actions, forms
from safemonth.appraisal.scoring.queries import current_run, excuses_of, judgements_of
from safemonth.appraisal.sheets.models import SheetItem
from safemonth.appraisal.sheets.queries import sheet_of
from safemonth.collect.activities.form_page import form_page
from safemonth.organisation.models import Unit
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.models import Assignment
from safemonth.plan.queries import campaign_called, tasks_of


def score_run(request: HttpRequest) -> HttpResponse:
    """Score all units as of a day, or score them again."""
    user, campaign = viewer(request), campaign_called()

    def score(given: dict[str, Any]) -> HttpResponse:
        actions.score_units(campaign=campaign, as_of=given["as_of"], by=user.username, at=timezone.now())
        return redirect("appraisal")

    return form_page(
        request,
        forms.ScoreForm(request.POST or None, initial={"as_of": timezone.localdate()}),
        title=_("Score all units"),
        lead=_("From the records, by the sheet in use. Until they are published only the office sees scores."),
        button=_("Score"),
        back=_back(),
        act=score,
    )


@require_POST
def score_publish(request: HttpRequest) -> HttpResponse:
    """Let units see their scores: the days to object begin."""
    user, campaign = viewer(request), campaign_called()
    run = current_run(campaign)
    if run is None:
        raise Http404
    actions.publish_scores(run=run, by=user.username, at=timezone.now())
    messages.info(request, _("Each unit sees its own score now, and its days to object have begun."))
    return redirect("appraisal")


def score_judge(request: HttpRequest) -> HttpResponse:
    """Enter a scorer's judgement; below it those that stand."""
    user, campaign = viewer(request), campaign_called()
    sheet = sheet_of(campaign)

    def judge(given: dict[str, Any]) -> HttpResponse:
        actions.judge(
            campaign=campaign,
            item=given["item"].code,
            unit=given["unit"],
            share_percent=given["share_percent"],
            reason=given["reason"],
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("Entered. It counts when units are scored again."))
        return redirect("score-notes")

    form = forms.JudgementForm(
        request.POST or None,
        items=SheetItem.objects.filter(sheet=sheet, way="judged").order_by("rank"),
        units=_asked_units(),
        initial={"unit": request.GET.get("unit", "")},
    )
    return form_page(request, form, title=_("Judge a unit"), button=_("Enter"), back=_notes(), act=judge)


def score_excuse(request: HttpRequest) -> HttpResponse:
    """Enter that a task is not to be scored."""
    user, campaign = viewer(request), campaign_called()

    def excuse(given: dict[str, Any]) -> HttpResponse:
        actions.excuse(**given, by=user.username, at=timezone.now())
        messages.info(request, _("Entered. It counts when units are scored again."))
        return redirect("score-notes")

    return form_page(
        request,
        forms.ExcuseForm(request.POST or None, tasks=tasks_of(campaign), units=_asked_units()),
        title=_("Leave a task out"),
        lead=_("Nobody is marked down for what they had no chance to do."),
        button=_("Enter"),
        back=_notes(),
        act=excuse,
    )


@require_POST
def score_excuse_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an excuse back."""
    row = get_object_or_404(excuses_of(campaign_called()), pk=pk)
    actions.withdraw_excuse(excuse=row, by=viewer(request).username, at=timezone.now())
    return redirect("score-notes")


def score_notes(request: HttpRequest) -> HttpResponse:
    """Show the judgements that stand and what is left out for whom."""
    user, campaign = viewer(request), campaign_called()
    sheet = sheet_of(campaign)
    titles = {item.code: item for item in SheetItem.objects.filter(sheet=sheet)}
    is_open = not (sheet and sheet.frozen_at)
    return render(
        request,
        "appraisal/notes.html",
        {
            "judgements": [(titles.get(each.item), each) for each in judgements_of(campaign)],
            "excuses": excuses_of(campaign),
            "may_judge": is_open and may_open(user=user, name="score-judge"),
            "may_excuse": is_open and may_open(user=user, name="score-excuse"),
        },
    )


def _asked_units() -> Any:
    asked = Assignment.objects.filter(task__campaign=campaign_called()).values("unit")
    return Unit.objects.filter(pk__in=asked).order_by("path")


def _back() -> tuple[str, str]:
    return reverse("appraisal"), _("Appraisal")


def _notes() -> tuple[str, str]:
    return reverse("score-notes"), _("Judgements and what is left out")
