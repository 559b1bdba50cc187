"""Pages of inspectors and of the interests that they declare."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.inspection.drives import actions, forms, queries
from safemonth.collect.inspection.drives.models import Inspector, Interest
from safemonth.collect.inspection.workplaces.queries import workplaces, workplaces_seen_by
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import may_open, sees_all, viewer


def inspectors(request: HttpRequest) -> HttpResponse:
    """Show who may inspect."""
    user = viewer(request)
    rows = Inspector.objects.select_related("unit", "user")
    return render(
        request,
        "collect/drives_inspectors.html",
        {"rows": rows, "may_enter": may_open(user=user, name="inspector-new")},
    )


def inspector_new(request: HttpRequest) -> HttpResponse:
    """Enter a post that may inspect."""
    user = viewer(request)

    def enter(given: dict[str, Any]) -> HttpResponse:
        given.pop("is_active")
        actions.add_inspector(**given, by=user.username, at=timezone.now())
        return redirect("inspectors")

    return form_page(
        request,
        forms.InspectorForm(request.POST or None, units=queries.units_that_inspect()),
        title=_("New inspector"),
        button=_("Enter"),
        back=(reverse("inspectors"), _("Inspectors")),
        act=enter,
    )


def inspector_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an inspector's line."""
    user = viewer(request)
    row = get_object_or_404(Inspector.objects.select_related("unit", "user"), pk=pk)

    def change(given: dict[str, Any]) -> HttpResponse:
        actions.change_inspector(inspector=row, fields=given, by=user.username, at=timezone.now())
        return redirect("inspectors")

    initial = {
        "unit": row.unit.code,
        "post_title": row.post_title,
        "certificate_number": row.certificate_number,
        "user": row.user.username if row.user else "",
        "is_active": row.is_active,
    }
    return form_page(
        request,
        forms.InspectorForm(request.POST or None, units=queries.units_that_inspect(), initial=initial),
        title=row.post_title,
        button=_("Change"),
        back=(reverse("inspectors"), _("Inspectors")),
        act=change,
    )


def _interests(request: HttpRequest) -> QuerySet[Interest]:
    user = viewer(request)
    rows = Interest.objects.select_related("inspector__unit", "workplace__township", "workplace__merged_into")
    return rows if sees_all(user) else rows.filter(inspector__user=user)


def interests(request: HttpRequest) -> HttpResponse:
    """Show the interests declared: to the office all, to an inspector their own."""
    user = viewer(request)
    own = queries.inspector_of(user)
    if own is None and not sees_all(user):
        raise Http404
    return render(
        request,
        "collect/drives_interests.html",
        {
            "rows": _interests(request).order_by("inspector__unit__path", "inspector", "declared_at"),
            "may_declare": own is not None or user.role == Role.CLERK,
            "may_withdraw": may_open(user=user, name="interest-withdraw"),
        },
    )


def interest_new(request: HttpRequest) -> HttpResponse:
    """Declare an interest: an inspector their own, the office any."""
    user = viewer(request)
    people = queries.inspectors()
    if user.role != Role.CLERK:
        people = people.filter(user=user)
        if not people.exists():
            raise Http404

    def declare(given: dict[str, Any]) -> HttpResponse:
        actions.declare_interest(**given, by=user.username, at=timezone.now())
        return redirect("interests")

    own = people.first() if user.role != Role.CLERK else None
    return form_page(
        request,
        forms.InterestForm(
            request.POST or None,
            inspectors=people,
            # An inspector may have an interest anywhere in the county.
            workplaces=workplaces_seen_by(user) if user.role == Role.CLERK else workplaces(),
            initial={"inspector": own},
        ),
        title=_("Declare an interest"),
        lead=_("Whoever has an interest in a workplace is not drawn to inspect it."),
        button=_("Declare"),
        back=(reverse("interests"), _("Interests")),
        act=declare,
    )


@require_POST
def interest_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an interest no longer holds."""
    user = viewer(request)
    row = get_object_or_404(_interests(request), pk=pk)
    actions.withdraw_interest(interest=row, by=user.username, at=timezone.now())
    return redirect("interests")
