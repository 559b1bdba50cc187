"""Pages of intake: what arrived, what was read from it, what is doubtful, and the decisions."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.queries import current_activities
from safemonth.collect.readers.actions import accept_sure, accept_value, decide, derive, take_in, teach_heading
from safemonth.collect.readers.files import channel_of
from safemonth.collect.readers.models import Proposal, ProposedMeasure, ReadingRecord
from safemonth.collect.readers.queries import current_reading, measures_proposed, proposals_of
from safemonth.collect.readers.source_page import source_page
from safemonth.collect.submissions.models import Source
from safemonth.collect.submissions.queries import submissions_seen_by
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.permissions import sees_all, viewer
from safemonth.organisation.queries import unit_called
from safemonth.plan.models import Indicator
from safemonth.plan.queries import campaign_called, task_called, tasks_of


def submissions(request: HttpRequest) -> HttpResponse:
    """List what arrived, newest first, with how much of each waits for a decision."""
    shown = submissions_seen_by(viewer(request), campaign_called())
    readings: dict[int, dict[str, Any]] = {
        row["submission"]: {**row}
        for row in ReadingRecord.objects.filter(is_current=True, submission__in=shown).values(
            "submission", "reader", "questions"
        )
    }
    counts: dict[int, dict[str, Any]] = {
        row["reading__submission"]: {**row}
        for row in Proposal.objects.filter(reading__is_current=True, reading__submission__in=shown)
        .values("reading__submission")
        .annotate(waiting=Count("pk", filter=Q(state="open")), accepted=Count("pk", filter=Q(state="accepted")))
        .order_by()
    }
    values = dict(
        ProposedMeasure.objects.filter(
            proposal__reading__is_current=True,
            proposal__reading__submission__in=shown,
            proposal__state="accepted",
            state="open",
        )
        .values_list("proposal__reading__submission")
        .annotate(waiting=Count("pk"))
        .order_by()
    )
    rows = [
        {
            "submission": submission,
            "waiting": counts.get(submission.pk, {}).get("waiting", 0) + values.get(submission.pk, 0),
            "accepted": counts.get(submission.pk, {}).get("accepted", 0),
            "questions": len(readings.get(submission.pk, {}).get("questions", [])),
            "is_unreadable": readings.get(submission.pk, {}).get("reader", "").startswith("unreadable"),
        }
        for submission in shown
    ]
    if request.GET.get("waiting"):
        rows = [row for row in rows if row["waiting"] or row["questions"] or row["is_unreadable"]]
    return render(request, "collect/submissions.html", {"rows": rows, "only_waiting": request.GET.get("waiting")})


def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one file's proposals with everything doubtful marked, and the decisions open to the viewer."""
    user = viewer(request)
    campaign = campaign_called()
    shown = get_object_or_404(submissions_seen_by(user, campaign), pk=pk)
    reading = current_reading(shown)
    proposals = proposals_of(reading) if reading else Proposal.objects.none()
    values = measures_proposed(proposals)
    return render(
        request,
        "collect/submission.html",
        {
            "submission": shown,
            "reading": reading,
            "proposals": [(proposal, values.get(proposal.pk, [])) for proposal in proposals],
            "may_decide": sees_all(user) and user.role == "clerk",
            "tasks": tasks_of(campaign),
            "indicators": Indicator.objects.order_by("rank"),
        },
    )


def upload(request: HttpRequest) -> HttpResponse:
    """Take files in; each is told what became of it."""
    user = viewer(request)
    campaign = campaign_called()
    if request.method != "POST":
        return render(request, "collect/upload.html", {"tasks": tasks_of(campaign)})
    if not request.FILES.getlist("files"):
        raise Refused("no_file", gettext_noop("Choose a file first."))
    sender = user.unit
    if sees_all(user):
        sender = unit_called(request.POST["unit"]) if request.POST.get("unit", "").strip() else None
    task = request.POST.get("task", "")
    if task:
        task_called(campaign, task)
    taken = None
    for file in request.FILES.getlist("files"):
        data = file.read()
        taken = take_in(
            campaign=campaign,
            data=data,
            file_name=file.name or "",
            channel=channel_of(data, file_name=file.name or ""),
            sender=sender,
            by=user.username,
            at=timezone.now(),
            task=task,
        )
        if taken.is_new:
            messages.info(
                request,
                _("%(file)s: %(accepted)s accepted, %(waiting)s wait for a look.")
                % {"file": file.name, "accepted": taken.accepted, "waiting": taken.left_open},
            )
        else:
            messages.info(request, _("%(file)s had arrived already; nothing was changed.") % {"file": file.name})
    if taken and len(request.FILES.getlist("files")) == 1:
        return redirect("submission", pk=taken.submission.pk)
    return redirect("submissions")


@require_POST
def submission_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what is sure of a file (or also what is doubtful and does not block)."""
    user = viewer(request)
    shown = get_object_or_404(submissions_seen_by(user, campaign_called()), pk=pk)
    reading = current_reading(shown)
    if reading:
        accepted, left = accept_sure(
            reading=reading, by=user.username, at=timezone.now(), even_doubtful=bool(request.POST.get("doubtful"))
        )
        messages.info(
            request,
            ngettext("%(count)s entry accepted, %(left)s left.", "%(count)s entries accepted, %(left)s left.", accepted)
            % {"count": accepted, "left": left},
        )
    return redirect("submission", pk=pk)


@require_POST
def proposal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one proposal."""
    user = viewer(request)
    campaign = campaign_called()
    proposal = get_object_or_404(Proposal.objects.filter(reading__submission__campaign=campaign), pk=pk)
    of: Activity | None = proposal.likely_double_of
    if request.POST.get("of", "").strip():
        of = get_object_or_404(current_activities(campaign), pk=request.POST["of"])
    elif of is not None:
        of = current_activities(campaign).filter(key=of.key).first()
    decide(
        proposal=proposal,
        decision=request.POST.get("decision", ""),
        reason=request.POST.get("reason", ""),
        of=of,
        unit=unit_called(request.POST["unit"]) if request.POST.get("unit", "").strip() else None,
        task=task_called(campaign, request.POST["task"]) if request.POST.get("task") else None,
        by=user.username,
        at=timezone.now(),
    )
    messages.info(request, _("Decided."))
    return redirect("submission", pk=proposal.reading.submission_id)


@require_POST
def value_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one value that was held, as the clerk reads it."""
    user = viewer(request)
    value = get_object_or_404(
        ProposedMeasure.objects.filter(proposal__reading__submission__campaign=campaign_called()), pk=pk
    )
    number = request.POST.get("number", "").strip()
    if number and not number.isdecimal():
        raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=number)
    accept_value(
        value=value,
        indicator=request.POST.get("indicator", ""),
        number=int(number) if number else None,
        reason=request.POST.get("reason", "") or _("held value accepted after a look"),
        by=user.username,
        at=timezone.now(),
    )
    return redirect("submission", pk=value.proposal.reading.submission_id)


@require_POST
def heading_teach(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember what a heading means and read the file again."""
    user = viewer(request)
    shown = get_object_or_404(submissions_seen_by(user, campaign_called()), pk=pk)
    teach_heading(
        heading=request.POST.get("heading", ""),
        meaning=request.POST.get("meaning", ""),
        by=user.username,
        at=timezone.now(),
    )
    reading = derive(submission=shown, by=user.username, at=timezone.now())
    accept_sure(reading=reading, by=user.username, at=timezone.now())
    messages.info(request, _("Remembered, for this and every later file."))
    return redirect("submission", pk=pk)


def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the place that something was read from: the row of the sheet, the sentence of the letter, the field."""
    shown = get_object_or_404(Source.objects.select_related("submission__sender", "submission__campaign"), pk=pk)
    user = viewer(request)
    get_object_or_404(submissions_seen_by(user, shown.submission.campaign), pk=shown.submission_id)
    return render(request, "collect/source.html", {"source": shown, "page": source_page(shown)})
