"""Pages of site meetings: one meeting, and a page for each entry."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import ClosingForm, form_page, key_of
from safemonth.collect.inspection.drives.queries import units_that_inspect, workplaces_of
from safemonth.collect.inspection.rectification import actions, forms
from safemonth.collect.inspection.rectification.models import SiteMeeting
from safemonth.collect.inspection.rectification.queries import (
    follow_up_rows,
    hazards_of,
    meeting_on_record,
    meeting_page,
    pairs_of_examples,
    rectifications_seen_by,
)
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.queries import campaign_called


def _meeting(request: HttpRequest, pk: int) -> SiteMeeting:
    rows = SiteMeeting.objects.select_related(
        "rectification__drive__campaign__unit", "rectification__drive__led_by", "host", "workplace", "activity"
    )
    seen = rectifications_seen_by(viewer(request), campaign_called())
    return get_object_or_404(rows.filter(rectification__in=seen.values("pk")), pk=pk)


def _back(meeting: SiteMeeting) -> tuple[str, str]:
    return reverse("site-meeting", args=[meeting.pk]), meeting.title


def site_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one site meeting; a unit sees what was shown and asked of all, and of who came only itself."""
    user = viewer(request)
    meeting = _meeting(request, pk)
    page = meeting_page(meeting)
    pairs = pairs_of_examples(page.examples)
    follow_ups, guests = page.follow_ups, page.guests
    if not sees_all(user):
        units = set(units_seen_by(user).values_list("pk", flat=True))
        follow_ups = [row for row in follow_ups if row.unit_id in units]
        guests = [
            row
            for row in guests
            if row.unit_id in units or (row.workplace and {row.workplace.unit_id, row.workplace.township_id} & units)
        ]
    return render(
        request,
        "collect/rectification_meeting.html",
        {
            "meeting": meeting,
            "page": page,
            "guests": guests,
            "examples": [(row, pairs.get(row.hazard_id or 0)) for row in page.examples],
            "follow_ups": follow_up_rows(follow_ups, today=timezone.localdate()),
            "runs": may_open(user=user, name="site-meeting-close"),
            "is_office": sees_all(user),
        },
    )


def site_meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a site meeting."""
    user = viewer(request)
    found = get_object_or_404(rectifications_seen_by(user, campaign_called()), pk=pk)

    def call(given: dict[str, Any]) -> HttpResponse:
        made = actions.call_meeting(
            rectification=found, **given, key=key_of(request), by=user.username, at=timezone.now()
        )
        return redirect("site-meeting", pk=made.pk)

    form = forms.MeetingForm(
        request.POST or None,
        hosts=units_that_inspect(),
        workplaces=workplaces_of(found.drive),
        initial={"host": found.drive.led_by.code},
    )
    back = (reverse("rectification", args=[pk]), found.drive.title)
    return form_page(request, form, title=_("Call a site meeting"), button=_("Call it"), back=back, act=call)


def site_meeting_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Put workplaces and units on the list of a site meeting."""
    user, meeting = viewer(request), _meeting(request, pk)

    def invite(given: dict[str, Any]) -> HttpResponse:
        count = actions.invite(
            meeting=meeting,
            units=given["units"],
            workplaces=given["workplaces"],
            post_title=given["post_title"],
            is_asked=not given["came_unasked"],
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("Put on the list: %(count)s.") % {"count": count})
        return redirect("site-meeting", pk=pk)

    form = forms.InviteForm(
        request.POST or None, units=units_that_inspect(), workplaces=workplaces_of(meeting.rectification.drive)
    )
    return form_page(
        request, form, title=_("Invite"), button=_("Put them on the list"), back=_back(meeting), act=invite
    )


@require_POST
def site_meeting_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in how many came of each guest: one form on the meeting's page."""
    user, meeting = viewer(request), _meeting(request, pk)
    people: dict[int, int | None] = {}
    for guest in meeting_page(meeting).guests:
        typed = request.POST.get(f"came-{guest.pk}", "").strip()
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=typed[:40])
        people[guest.pk] = int(typed) if typed else None
    actions.say_who_came(meeting=meeting, people=people, by=user.username, at=timezone.now())
    messages.info(request, _("Entered."))
    return redirect("site-meeting", pk=pk)


def site_meeting_example(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was shown."""
    user, meeting = viewer(request), _meeting(request, pk)

    def show(given: dict[str, Any]) -> HttpResponse:
        actions.show_example(meeting=meeting, **given, by=user.username, at=timezone.now())
        return redirect("site-meeting", pk=pk)

    form = forms.ExampleForm(request.POST or None, hazards=hazards_of(meeting.rectification))
    return form_page(request, form, title=_("What was shown"), button=_("Enter"), back=_back(meeting), act=show)


def site_meeting_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was asked of a unit."""
    user, meeting = viewer(request), _meeting(request, pk)

    def ask(given: dict[str, Any]) -> HttpResponse:
        actions.ask_follow_up(meeting=meeting, **given, key=key_of(request), by=user.username, at=timezone.now())
        return redirect("site-meeting", pk=pk)

    form = forms.FollowUpForm(request.POST or None, units=units_that_inspect())
    return form_page(request, form, title=_("What is asked of a unit"), button=_("Enter"), back=_back(meeting), act=ask)


def site_meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a site meeting into one activity, or close it again after late reports."""
    user, meeting = viewer(request), _meeting(request, pk)
    elsewhere = None if meeting.activity else meeting_on_record(meeting)

    def close(given: dict[str, Any]) -> HttpResponse:
        actions.close_meeting(
            meeting=meeting,
            reason=given.get("reason", ""),
            in_place_of=elsewhere if given.get("in_place_of") else None,
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("The meeting is closed and counted once."))
        return redirect("site-meeting", pk=pk)

    form = ClosingForm(
        request.POST if request.method == "POST" else None, is_again=bool(meeting.closed_at), elsewhere=elsewhere
    )
    title = _("Close the meeting again") if meeting.closed_at else _("Close the meeting")
    return form_page(request, form, title=title, button=_("Close"), back=_back(meeting), act=close)
