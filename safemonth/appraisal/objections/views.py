"""Pages of objections: the inbox, making one, answering one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.appraisal.objections import actions, forms
from safemonth.appraisal.objections.queries import last_day_of, lines_seen_by, objections_seen_by
from safemonth.appraisal.scoring.models import UnitScore
from safemonth.appraisal.scoring.queries import current_run, scores_seen_by
from safemonth.appraisal.sheets.models import SheetItem
from safemonth.collect.activities.form_page import form_page, key_of
from safemonth.organisation.languages import named
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called


def objections(request: HttpRequest) -> HttpResponse:
    """Show the objections that the viewer may see, the open ones first."""
    user, campaign = viewer(request), campaign_called()
    run = current_run(campaign)
    titles = {item.code: item for item in SheetItem.objects.filter(sheet=run.sheet)} if run else {}
    return render(
        request,
        "appraisal/objections.html",
        {
            "lines": [(line, titles.get(line.objection.item)) for line in lines_seen_by(user, campaign)],
            "last_day": last_day_of(run) if run else None,
            "may_answer": may_open(user=user, name="objection-answer"),
        },
    )


def score_object(request: HttpRequest, code: str) -> HttpResponse:
    """Object to the score of an own unit (the office: of any, as it came on paper)."""
    user, campaign = viewer(request), campaign_called()
    score = get_object_or_404(scores_seen_by(user, campaign), unit__code=code)
    last = last_day_of(score.run)
    if last is None:
        raise Http404

    def say(given: dict[str, Any]) -> HttpResponse:
        made = actions.object_to(score=score, **given, key=key_of(request), by=user.username, at=timezone.now())
        messages.info(
            request,
            _("Entered. It came after the last day and is kept as late; it is answered all the same.")
            if made.is_late
            else _("Entered. Somebody else than the scorer answers it on the record."),
        )
        return redirect("unit-score", code=code)

    return form_page(
        request,
        forms.ObjectionForm(request.POST or None, items=_items(score), initial={"item": request.GET.get("item", "")}),
        title=_("Object to the score of %(unit)s") % {"unit": named(score.unit)},
        lead=_("In time until %(day)s. A later one is kept and said to be late.") % {"day": last},
        button=_("Object"),
        back=(reverse("unit-score", args=[code]), named(score.unit)),
        act=say,
    )


def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    user, campaign = viewer(request), campaign_called()
    objection = get_object_or_404(objections_seen_by(user, campaign), pk=pk)

    def answer(given: dict[str, Any]) -> HttpResponse:
        actions.answer_objection(objection=objection, **given, by=user.username, at=timezone.now())
        messages.info(request, _("Answered."))
        return redirect("objections")

    return form_page(
        request,
        forms.AnswerForm(
            request.POST or None, items=_items(objection.score), initial={"item": objection.item, "is_upheld": ""}
        ),
        title=_("Answer the objection of %(unit)s") % {"unit": named(objection.score.unit)},
        lead=objection.text,
        button=_("Answer"),
        back=(reverse("objections"), _("Objections")),
        act=answer,
    )


def _items(score: UnitScore) -> list[tuple[str, str]]:
    rows = SheetItem.objects.filter(sheet=score.run.sheet).order_by("rank")
    return [(row.code, named(row)) for row in rows]
