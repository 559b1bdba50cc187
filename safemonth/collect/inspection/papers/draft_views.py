"""Pages that change papers: begin, fill in, issue, serve, void, correct; and the agencies that issue them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import file_in, form_page, key_of
from safemonth.collect.inspection.drives.queries import units_that_inspect
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.inspections.queries import inspections_seen_by
from safemonth.collect.inspection.papers import actions, queries
from safemonth.collect.inspection.papers.forms import (
    DraftForm,
    NewPaperForm,
    OfficeForm,
    ServeForm,
    SignedForm,
    VoidForm,
    kind_words,
)
from safemonth.collect.inspection.papers.kinds import DRAFT, KIND, NUMBER_PATTERN, STANDING
from safemonth.collect.inspection.papers.models import Paper, PaperOffice
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import said
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called


def _own(user: User, pk: int) -> Paper:
    """A paper that the user may issue, else 404."""
    row = get_object_or_404(queries.papers_seen_by(user, campaign_called()), pk=pk)
    if not queries.may_issue(user, row):
        raise Http404
    return row


def _back(row: Paper) -> tuple[str, str]:
    return reverse("paper", args=[row.pk]), str(row)


def paper_of_inspection(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Begin a paper of a kind from an inspection."""
    user = viewer(request)
    inspection = get_object_or_404(inspections_seen_by(user, campaign_called()), code=code)
    if kind not in KIND or inspection.workplace is None:
        raise Http404
    earlier = queries.papers_to_follow(kind, inspection.workplace)
    back = (reverse("inspection-papers", args=[code]), _("Papers of the inspection"))
    return _begin(request, user, kind, earlier=earlier, back=back, inspection=inspection)


def paper_following(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Begin a paper of a kind that follows on this one, of the same inspection."""
    user = viewer(request)
    row = _own(user, pk)
    if kind not in KIND or row.kind not in KIND[kind].follows or row.state not in STANDING:
        raise Http404
    # A recheck is another visit; which one, the person who drafts says by its day.
    inspection = None if kind == "recheck" else row.inspection
    return _begin(request, user, kind, earlier=[row], back=_back(row), inspection=inspection, after=row)


def _begin(
    request: HttpRequest,
    user: User,
    kind: str,
    *,
    earlier: list[Paper],
    back: tuple[str, str],
    inspection: Inspection | None,
    after: Paper | None = None,
) -> HttpResponse:
    offices = queries.offices_of(user)
    first = after or (earlier[0] if earlier else None)

    def begin(given: dict[str, Any]) -> HttpResponse:
        row = actions.draft_paper(
            campaign=campaign_called(),
            kind=kind,
            office=given["office"],
            inspection=inspection,
            after=given.get("after"),
            key=key_of(request),
            by=user.username,
            at=timezone.now(),
        )
        return redirect("paper-draft", pk=row.pk)

    start = {"office": offices.first(), "after": first.pk if first else None}
    return form_page(
        request,
        NewPaperForm(request.POST or None, offices=offices, earlier=earlier, kind=kind, initial=start),
        title=kind_words(kind).capitalize(),
        lead=_("What is on record is filled in; look through it before you issue it."),
        button=_("Begin the draft"),
        back=back,
        act=begin,
    )


def paper_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a draft."""
    user = viewer(request)
    row = _own(user, pk)
    if row.state != DRAFT:
        return redirect("paper", pk=pk)
    earlier = queries.papers_to_follow(row.kind, row.workplace) if KIND[row.kind].follows else []
    units = units_that_inspect()
    form = DraftForm(request.POST or None, paper=row, items=queries.all_items_of(row), earlier=earlier, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_draft(
                paper=row,
                said=form.said(),
                items=form.said_of_items(),
                after=form.cleaned_data.get("after"),
                by=user.username,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, said(refused.sentence, refused.params))
        else:
            return redirect("paper", pk=pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "row": row, "kind": kind_words(row.kind), "back": _back(row)}
    return render(request, "collect/papers_draft.html", context, status=status)


@require_POST
def paper_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a draft."""
    user = viewer(request)
    row = actions.issue(paper=_own(user, pk), by=user.username, at=timezone.now())
    messages.info(request, _("It is issued as %(number)s.") % {"number": row.number_text})
    return redirect("paper", pk=pk)


@require_POST
def paper_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    user = viewer(request)
    actions.drop_draft(paper=_own(user, pk), by=user.username, at=timezone.now())
    messages.info(request, _("The draft is put away. It had no number, so none is lost."))
    return redirect("papers")


@require_POST
def paper_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the paper that takes the place of this one."""
    user = viewer(request)
    row = actions.correct(paper=_own(user, pk), by=user.username, at=timezone.now())
    return redirect("paper-draft", pk=row.pk)


def paper_serve(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter how a paper was handed over."""
    user = viewer(request)
    row = _own(user, pk)

    def serve(given: dict[str, Any]) -> HttpResponse:
        actions.serve(paper=row, **given, by=user.username, at=timezone.now())
        return redirect("paper", pk=pk)

    start = {"served_at": timezone.localtime(), "how": "signed"}
    return form_page(
        request,
        ServeForm(request.POST or None, initial=start),
        title=_("Served: %(number)s") % {"number": row.number_text},
        button=_("Enter"),
        back=_back(row),
        act=serve,
    )


def paper_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a scan of the signed paper."""
    user = viewer(request)
    row = _own(user, pk)

    def attach(given: dict[str, Any]) -> HttpResponse:
        file = file_in(given, "file")
        if file is not None:
            actions.attach_signed(paper=row, data=file[0], file_name=file[1], by=user.username, at=timezone.now())
        return redirect("paper", pk=pk)

    return form_page(
        request,
        SignedForm(request.POST or None, request.FILES or None),
        title=_("Signed paper: %(number)s") % {"number": row.number_text},
        button=_("Attach"),
        back=_back(row),
        act=attach,
    )


def paper_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a paper is void, and why."""
    user = viewer(request)
    row = _own(user, pk)

    def declare(given: dict[str, Any]) -> HttpResponse:
        actions.void(paper=row, reason=given["reason"], by=user.username, at=timezone.now())
        return redirect("paper", pk=pk)

    return form_page(
        request,
        VoidForm(request.POST or None),
        title=_("Void: %(number)s") % {"number": row.number_text},
        lead=_(
            "It keeps its number and is never given again. What it said of hazards stays until another paper says otherwise."
        ),
        button=_("Say that it is void"),
        back=_back(row),
        act=declare,
    )


def offices(request: HttpRequest) -> HttpResponse:
    """Show the agencies that issue papers."""
    viewer(request)
    return render(request, "collect/papers_offices.html", {"rows": PaperOffice.objects.select_related("unit")})


def office_new(request: HttpRequest) -> HttpResponse:
    """Enter an agency."""
    return _office(request, None)


def office_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what papers of an agency print from now on."""
    return _office(request, get_object_or_404(PaperOffice.objects.select_related("unit"), pk=pk))


def _office(request: HttpRequest, row: PaperOffice | None) -> HttpResponse:
    user = viewer(request)
    names = [name for name in OfficeForm.base_fields if name != "unit"]
    start = {name: getattr(row, name) for name in names} if row else {"pattern": NUMBER_PATTERN}
    form = OfficeForm(request.POST or None, initial={**start, "unit": row.unit.code if row else ""})
    units = Unit.objects.filter(pk=row.unit_id) if row else Unit.objects.filter(kind__in=("department", "township"))
    form.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]

    def enter(given: dict[str, Any]) -> HttpResponse:
        unit = given.pop("unit")
        actions.set_office(unit=unit, fields=given, by=user.username, at=timezone.now())
        return redirect("paper-offices")

    return form_page(
        request,
        form,
        title=row.name if row else _("New agency"),
        lead=_("Papers that are issued already stay as they are."),
        button=_("Enter"),
        back=(reverse("paper-offices"), _("Agencies that issue papers")),
        act=enter,
    )
