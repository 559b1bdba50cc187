"""Pages of special rectification: the list, one with who was told and how far it is, its notice, and the photos side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.evidence.models import PublicCopy
from safemonth.collect.inspection.drives.models import DriveKind
from safemonth.collect.inspection.drives.queries import drives_of
from safemonth.collect.inspection.hazards.queries import hazards_seen_by
from safemonth.collect.inspection.rectification import actions, forms
from safemonth.collect.inspection.rectification.models import Rectification
from safemonth.collect.inspection.rectification.queries import (
    addressee_rows,
    addressees_answered_by,
    follow_up_rows,
    follow_ups_answered_by,
    follow_ups_of,
    gallery,
    hazards_of,
    inspections_of,
    is_in_gallery,
    joining_units,
    meetings_of,
    rectification_rows,
    rectifications_seen_by,
)
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Role, Unit, UnitKind
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.plan.queries import campaign_called

SHOWN_AT_ONCE = 60


def rectifications(request: HttpRequest) -> HttpResponse:
    """List the month's special rectifications with how far each is."""
    user, campaign, today = viewer(request), campaign_called(), timezone.localdate()
    own = follow_ups_answered_by(user, campaign).filter(done_on=None)
    return render(
        request,
        "collect/rectification.html",
        {
            "rows": rectification_rows(rectifications_seen_by(user, campaign), today=today),
            "may_plan": may_open(user=user, name="rectification-new"),
            "follow_ups": () if sees_all(user) else follow_up_rows(own, today=today),
        },
    )


def _seen(request: HttpRequest, pk: int) -> Rectification:
    return get_object_or_404(rectifications_seen_by(viewer(request), campaign_called()), pk=pk)


def _back(found: Rectification) -> tuple[str, str]:
    return reverse("rectification", args=[found.pk]), found.drive.title


def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one rectification: aims, notice and receipts, inspections, hazards, meetings, what was asked; each unit its own."""
    user, today = viewer(request), timezone.localdate()
    found = _seen(request, pk)
    is_office = sees_all(user)
    hazards, follow_ups = hazards_of(found), follow_ups_of(found)
    if not is_office:
        hazards = hazards.filter(pk__in=hazards_seen_by(user, found.drive.campaign).values("pk"))
        follow_ups = follow_ups.filter(pk__in=follow_ups_answered_by(user, found.drive.campaign).values("pk"))
    told = addressee_rows(found, only=addressees_answered_by(user, found))
    return render(
        request,
        "collect/rectification_one.html",
        {
            "rectification": found,
            "row": rectification_rows([found], today=today)[0],
            "joining": joining_units(found),
            "told": told,
            "waiting": [row for row in told if row.acknowledged_at is None],
            "inspections": inspections_of(found)[:SHOWN_AT_ONCE] if is_office else (),
            "hazards": hazards[:SHOWN_AT_ONCE],
            "meetings": meetings_of(found),
            "follow_ups": follow_up_rows(follow_ups, today=today),
            "is_office": is_office,
            "is_clerk": user.role == Role.CLERK,
            "may_acknowledge": may_open(user=user, name="rectification-acknowledge"),
            "today": today,
        },
    )


def rectification_new(request: HttpRequest) -> HttpResponse:
    """Set up the rectification of a drive."""
    user = viewer(request)

    def set_up(given: dict[str, Any]) -> HttpResponse:
        made = actions.set_up(**given, by=user.username, at=timezone.now())
        return redirect("rectification", pk=made.pk)

    drives = drives_of(campaign_called()).filter(kind=DriveKind.SPECIAL)
    form = forms.SetUpForm(
        request.POST or None,
        drives=drives.exclude(pk__in=Rectification.objects.values("drive")),
        units=Unit.objects.filter(kind=UnitKind.DEPARTMENT).order_by("path"),
    )
    return form_page(
        request,
        form,
        title=_("Set up a special rectification"),
        lead=_("Open the drive first, with its trades, days and who leads it; here stands what it is for."),
        button=_("Set it up"),
        back=(reverse("rectifications"), _("Special rectification")),
        act=set_up,
    )


def rectification_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the notice, or send it to those that have come since."""
    user, found = viewer(request), _seen(request, pk)

    def send(given: dict[str, Any]) -> HttpResponse:
        actions.issue(rectification=found, **given, by=user.username, at=timezone.now())
        messages.info(request, _("Sent to all workplaces of these trades."))
        return redirect("rectification", pk=pk)

    if found.notice is not None:
        if request.method == "POST":
            notice = found.notice
            text = {"number": notice.number, "title": notice.title, "issued_on": notice.issued_on}
            return send({**text, "body_text": notice.body_text})
        return redirect("rectification", pk=pk)
    form = forms.IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    return form_page(
        request, form, title=_("Issue the notice"), button=_("Issue and send"), back=_back(found), act=send
    )


def rectification_acknowledge(request: HttpRequest, pk: int, addressee: int) -> HttpResponse:
    """Enter that a workplace or unit has the notice."""
    user, found = viewer(request), _seen(request, pk)
    row = get_object_or_404(addressees_answered_by(user, found), pk=addressee)

    def enter(given: dict[str, Any]) -> HttpResponse:
        actions.acknowledge(addressee=row, how=given["how"], by=user.username, at=timezone.now())
        messages.info(request, _("Entered."))
        return redirect("rectification", pk=pk)

    name = str(row.workplace or row.unit)
    form = forms.HowForm(request.POST if request.method == "POST" else None)
    title = _("%(name)s has the notice") % {"name": name}
    return form_page(request, form, title=title, button=_("Enter"), back=_back(found), act=enter)


def rectification_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that those who have not acknowledged were reminded."""
    user, found = viewer(request), _seen(request, pk)

    def enter(given: dict[str, Any]) -> HttpResponse:
        count = actions.remind(rectification=found, how=given["how"], by=user.username, at=timezone.now())
        messages.info(request, _("Reminders noted: %(count)s.") % {"count": count})
        return redirect("rectification", pk=pk)

    form = forms.HowForm(request.POST if request.method == "POST" else None)
    lead = _("All who have not acknowledged the notice; each reminder is listed by name.")
    return form_page(
        request, form, title=_("Remind"), button=_("Note the reminders"), back=_back(found), act=enter, lead=lead
    )


def rectification_gallery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show hazards before and after, side by side, by their public copies alone; to print."""
    user, found = viewer(request), _seen(request, pk)
    pairs = gallery(found)
    return render(
        request,
        "collect/rectification_gallery.html",
        {
            "rectification": found,
            "pairs": [pair for pair in pairs if pair.is_shown],
            "lacking": [pair for pair in pairs if not pair.is_shown] if sees_all(user) else (),
            "is_office": sees_all(user),
            "is_clerk": user.role == Role.CLERK,
        },
    )


@require_POST
def rectification_copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the public copies that the gallery lacks."""
    made = actions.make_copies(rectification=_seen(request, pk), by=viewer(request).username, at=timezone.now())
    messages.info(request, _("Public copies made: %(count)s. Look for faces, and cover them.") % {"count": made})
    return redirect("rectification-gallery", pk=pk)


def rectification_photo(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """Hand out a public copy that stands in this rectification's gallery; nothing else."""
    found = _seen(request, pk)
    row = get_object_or_404(PublicCopy.objects.select_related("photo"), pk=copy)
    if not is_in_gallery(found, row):
        raise Http404
    response = HttpResponse(bytes_kept(row.sha256), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def follow_up_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was done of what was asked at a site meeting."""
    user = viewer(request)
    row = get_object_or_404(follow_ups_answered_by(user, campaign_called()), pk=pk)

    def enter(given: dict[str, Any]) -> HttpResponse:
        actions.say_done(follow_up=row, **given, by=user.username, at=timezone.now())
        messages.info(request, _("Entered."))
        return redirect("rectifications")

    form = forms.DoneForm(request.POST or None, initial={"done_on": timezone.localdate(), "text": row.done_text})
    back = (reverse("rectifications"), _("Special rectification"))
    return form_page(request, form, title=_("It was done"), button=_("Enter"), back=back, act=enter, lead=row.text)
