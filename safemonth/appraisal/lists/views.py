"""Pages of lists to commend and to criticise: proposal, edits, approval, notices to download."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.appraisal.lists import actions, forms
from safemonth.appraisal.lists.models import HonourList, ListedUnit
from safemonth.appraisal.lists.queries import issued_lists, lists_of
from safemonth.appraisal.lists.rules import REASONS
from safemonth.appraisal.lists.wording import notice_text
from safemonth.appraisal.objections.queries import last_day_of, open_objections
from safemonth.appraisal.scoring.models import UnitScore
from safemonth.appraisal.scoring.queries import current_run
from safemonth.collect.activities.form_page import form_page
from safemonth.lib.official.document import official_pdf, official_word
from safemonth.organisation.languages import named
from safemonth.organisation.models import Unit
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def honour_lists(request: HttpRequest) -> HttpResponse:
    """Show both lists with reasons, who was taken off and why, approval and notice."""
    user, campaign = viewer(request), campaign_called()
    run = current_run(campaign)
    pages = lists_of(campaign)
    last = last_day_of(run) if run else None
    return render(
        request,
        "appraisal/lists.html",
        {
            "run": run,
            "pages": [
                (
                    page.honour_list,
                    [(row, _because(row)) for row in page.on],
                    [(row, _because(row)) for row in page.off],
                )
                for page in pages
            ],
            "last_day": last,
            "is_time": last is not None and timezone.localdate() > last,
            "open_count": open_objections(run).count() if run else 0,
            "is_approved": any(page.honour_list.approved_at for page in pages),
            "may_change": may_open(user=user, name="honour-list-put"),
            "may_approve": may_open(user=user, name="honour-list-approve"),
            "may_publish": may_open(user=user, name="honour-list-publish"),
        },
    )


def _because(row: ListedUnit) -> str:
    return _(REASONS[row.because]) % row.params if row.because else ""


def _list(pk: int) -> HonourList:
    lists = HonourList.objects.filter(run__campaign=campaign_called(), is_current=True)
    return get_object_or_404(lists.select_related("run__sheet", "run__campaign__office", "notice"), pk=pk)


@require_POST
def honour_lists_propose(request: HttpRequest) -> HttpResponse:
    """Propose both lists by the sheet's thresholds."""
    run = current_run(campaign_called())
    if run is None:
        raise Http404
    actions.propose_lists(run=run, by=viewer(request).username, at=timezone.now())
    return redirect("honour-lists")


def honour_list_put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit on a list."""
    user, honour_list = viewer(request), _list(pk)

    def put(given: dict[str, Any]) -> HttpResponse:
        actions.put_on_list(honour_list=honour_list, **given, by=user.username, at=timezone.now())
        return redirect("honour-lists")

    scored = UnitScore.objects.filter(run=honour_list.run, is_current=True).values("unit")
    return form_page(
        request,
        forms.PutForm(request.POST or None, units=Unit.objects.filter(pk__in=scored).order_by("path")),
        title=_("Put a unit on the list %(kind)s") % {"kind": honour_list.get_kind_display()},
        button=_("Put on the list"),
        back=_back(),
        act=put,
    )


def honour_list_take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit off a list."""
    user = viewer(request)
    rows = ListedUnit.objects.filter(
        honour_list__run__campaign=campaign_called(), honour_list__is_current=True, is_on=True
    )
    row = get_object_or_404(rows.select_related("honour_list", "unit"), pk=pk)

    def take(given: dict[str, Any]) -> HttpResponse:
        actions.take_off_list(row=row, **given, by=user.username, at=timezone.now())
        return redirect("honour-lists")

    return form_page(
        request,
        forms.TakeOffForm(request.POST or None),
        title=_("Take %(unit)s off the list") % {"unit": named(row.unit)},
        button=_("Take off the list"),
        back=_back(),
        act=take,
    )


@require_POST
def honour_list_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a list, as the leader."""
    actions.approve_list(honour_list=_list(pk), user=viewer(request), at=timezone.now())
    messages.info(request, _("Approved. The office can issue it now."))
    return redirect("honour-lists")


def honour_list_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue an approved list as a notice."""
    user, honour_list = viewer(request), _list(pk)

    def issue(given: dict[str, Any]) -> HttpResponse:
        actions.issue_list(honour_list=honour_list, **given, by=user.username, at=timezone.now())
        return redirect("honour-lists")

    return form_page(
        request,
        forms.IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()}),
        title=_("Issue as a notice"),
        lead=_(
            "It gets its number and stands among the campaign's notices. Whether it is published is decided by itself."
        ),
        button=_("Issue"),
        back=_back(),
        act=issue,
    )


@require_POST
def honour_list_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether an issued list may be published."""
    actions.decide_publication(
        honour_list=_list(pk),
        is_published=request.POST.get("is_published") == "yes",
        by=viewer(request).username,
        at=timezone.now(),
    )
    return redirect("honour-lists")


def honour_list_document(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Give an issued notice as a Word file or a PDF in the official format."""
    honour_list = get_object_or_404(issued_lists(campaign_called()).select_related("notice__issued_by"), pk=pk)
    notice = honour_list.notice
    if notice is None or suffix not in _TYPES:
        raise Http404
    campaign = notice.campaign
    issuer = notice.issued_by.name if notice.issued_by else campaign.unit.name
    text = notice_text(
        issuer=issuer, number=notice.number, title=notice.title, body=notice.body_text, issued_on=notice.issued_on
    )
    data = official_word(text) if suffix == "docx" else official_pdf(text)
    answer = HttpResponse(data, content_type=_TYPES[suffix])
    answer["Content-Disposition"] = f'attachment; filename="notice-{honour_list.kind}.{suffix}"'
    return answer


def _back() -> tuple[str, str]:
    return reverse("honour-lists"), _("Praise and criticism")
