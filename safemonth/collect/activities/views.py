"""Pages of activities: the list, one with its versions, and its correction."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.activities.actions import correct_values
from safemonth.collect.activities.queries import (
    activities_seen_by,
    activity_seen_by,
    measures_of,
    participations_of,
    versions_of,
)
from safemonth.ledger.queries import history_of
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called, tasks_of

SHOWN_AT_ONCE = 300


def activities(request: HttpRequest) -> HttpResponse:
    """List the current activities that the viewer sees, by task where asked."""
    campaign = campaign_called()
    shown = activities_seen_by(viewer(request), campaign).order_by("-from_on", "-pk")
    task = request.GET.get("task", "")
    if task:
        shown = shown.filter(task__code=task)
    count = shown.count()
    return render(
        request,
        "collect/activities.html",
        {"activities": shown[:SHOWN_AT_ONCE], "count": count, "tasks": tasks_of(campaign), "task": task},
    )


def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one activity: who, where, when, what was counted, where it came from, its versions."""
    shown = activity_seen_by(viewer(request), pk)
    return render(
        request,
        "collect/activity.html",
        {
            "activity": shown,
            "measures": measures_of(shown),
            "participations": participations_of(shown),
            "versions": versions_of(shown),
            "history": history_of(shown),
        },
    )


def activity_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an activity's values by a new version with its reason."""
    user = viewer(request)
    shown = activity_seen_by(user, pk)
    measures = list(measures_of(shown))
    if request.method == "POST":
        new = correct_values(
            activity=shown,
            values={m.pk: request.POST.get(f"m{m.pk}", "") for m in measures},
            reason=request.POST.get("reason", ""),
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("A new version was made; the old one stays readable."))
        return redirect("activity", pk=new.pk)
    return render(request, "collect/activity_correct.html", {"activity": shown, "measures": measures})
