"""The reporter's pages: what is asked of the unit, an activity to enter, the return to sign."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.actions import sign_return
from safemonth.collect.activities.queries import activities_seen_by, returns_of
from safemonth.collect.readers.actions import take_in
from safemonth.collect.readers.entry import activity_entry, return_entry
from safemonth.collect.submissions.actions import receive
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import viewer
from safemonth.organisation.queries import subtree
from safemonth.plan.models import ActivityKind, Indicator, TaskIndicator
from safemonth.plan.queries import campaign_called, tasks_asked_of


def report(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the viewer's unit and take in an activity."""
    user = viewer(request)
    unit = _unit_of(user)
    campaign = campaign_called()
    asked = list(tasks_asked_of(campaign, subtree(unit).filter(pk=unit.pk)))
    wanted = list(
        Indicator.objects.filter(
            pk__in=TaskIndicator.objects.filter(task__in=[a.task_id for a in asked]).values("indicator")
        ).order_by("rank")
    ) or list(Indicator.objects.exclude(code="other_count").order_by("rank")[:20])
    if request.method == "POST":
        data = activity_entry(
            fields={name: str(value) for name, value in request.POST.items()},
            indicators=[indicator.code for indicator in wanted],
            unit=unit.code,
            key=request.POST.get("key", ""),
        )
        task = request.POST.get("task", "")
        taken = take_in(
            campaign=campaign,
            data=data,
            file_name=f"{unit.code}-{request.POST.get('key', '')[:8]}.form.json",
            channel="web",
            sender=unit,
            by=user.username,
            at=timezone.now(),
            task=task if any(a.task.code == task for a in asked) else "",
        )
        if taken.refused:
            raise taken.refused
        if taken.left_open:
            messages.info(request, _("Received. The office will look at one point before it is counted."))
        else:
            messages.info(request, _("Received and counted."))
        return redirect("report")
    return render(
        request,
        "collect/report.html",
        {
            "unit": unit,
            "asked": asked,
            "indicators": wanted,
            "kinds": ActivityKind.choices,
            "key": uuid.uuid4(),
            "mine": activities_seen_by(user, campaign).filter(host__path__startswith=unit.path).order_by("-pk")[:30],
            "returns": returns_of(campaign).filter(unit=unit),
            "today": timezone.localdate(),
        },
    )


@require_POST
def report_sign(request: HttpRequest) -> HttpResponse:
    """Sign the unit's return: that what is listed is complete, or that there is nothing to report."""
    user = viewer(request)
    unit = _unit_of(user)
    campaign = campaign_called()
    is_nil = request.POST.get("statement") == "nil"
    if is_nil and activities_seen_by(user, campaign).filter(host=unit).exists():
        raise Refused(
            "not_nil",
            gettext_noop("There are activities of your unit. Sign that the list is complete, or have them withdrawn."),
        )
    if not request.POST.get("confirm"):
        raise Refused("not_confirmed", gettext_noop("Tick that the statement is true, then sign."))
    signer = user.post_title or user.username
    at = timezone.now()
    data = return_entry(
        unit=unit.code,
        key=request.POST.get("key", ""),
        is_nil=is_nil,
        period_from=campaign.starts_on.isoformat(),
        period_to=campaign.ends_on.isoformat(),
        signed_by=signer,
    )
    submission, _is_new = receive(
        campaign=campaign,
        data=data,
        file_name=f"{unit.code}-return.form.json",
        channel="web",
        sender=unit,
        by=user.username,
        at=at,
    )
    sign_return(
        campaign=campaign,
        unit=unit,
        period_from=campaign.starts_on,
        period_to=campaign.ends_on,
        is_nil=is_nil,
        signed_by=signer,
        submission=submission,
        by=user.username,
        at=at,
    )
    messages.info(request, _("Signed."))
    return redirect("report")


def _unit_of(user: User) -> Unit:
    if user.unit is None:
        raise Refused("no_own_unit", gettext_noop("Your account belongs to no unit. Ask the office to set it."))
    return user.unit
