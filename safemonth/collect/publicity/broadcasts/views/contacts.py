"""Pages of contacts and lists of them: for the office, and for each unit its own people."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.publicity.broadcasts import actions, forms
from safemonth.collect.publicity.broadcasts.models import ContactKind
from safemonth.collect.publicity.broadcasts.queries import contacts_seen_by, list_rows
from safemonth.collect.publicity.broadcasts.rules import read_contact_lines
from safemonth.messaging.queries import opted_out
from safemonth.organisation.permissions import may_open, viewer
from safemonth.organisation.queries import units_seen_by

ON_A_PAGE = 100


def contacts(request: HttpRequest) -> HttpResponse:
    """Show the people of the user's units, a hundred a page, and to the office the lists."""
    user = viewer(request)
    seen = contacts_seen_by(user)
    asked = request.GET.get("unit", "").strip()
    kind = request.GET.get("kind", "")
    if asked:
        seen = seen.filter(unit__name__icontains=asked) | seen.filter(unit__name_en__icontains=asked)
    if kind in ContactKind.values:
        seen = seen.filter(kind=kind)
    page = Paginator(seen.order_by("unit__path", "post", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    refusing = opted_out([key for row in page for key in (row.phone_key, row.office_key) if key])
    makes_lists = may_open(user=user, name="contact-list-new")
    return render(
        request,
        "collect/broadcasts_contacts.html",
        {
            "page": page,
            "rows": [(row, bool({row.phone_key, row.office_key} & refusing)) for row in page],
            "lists": list_rows() if makes_lists else (),
            "makes_lists": makes_lists,
            "asked": asked,
            "kind": kind,
            "kinds": ContactKind.choices,
            "query": f"&{urlencode({'unit': asked, 'kind': kind})}",
        },
    )


def contact_new(request: HttpRequest) -> HttpResponse:
    """Enter one contact."""
    user = viewer(request)

    def add(given: dict[str, Any]) -> HttpResponse:
        unit = given.pop("unit")
        actions.add_contact(unit=unit, reach=actions.Reach(**given), by=user.username, at=timezone.now())
        return redirect("contacts")

    return form_page(
        request,
        forms.ContactForm(request.POST or None, units=units_seen_by(user).order_by("path")),
        title=_("New contact"),
        button=_("Enter"),
        back=_to_contacts(),
        act=add,
    )


def contact_lines(request: HttpRequest) -> HttpResponse:
    """Enter many contacts, pasted from a spreadsheet."""
    user = viewer(request)

    def add(given: dict[str, Any]) -> HttpResponse:
        new, standing = actions.add_contacts(
            lines=read_contact_lines(given["lines"]),
            kind=given["kind"],
            within=set(units_seen_by(user).values_list("pk", flat=True)),
            by=user.username,
            at=timezone.now(),
        )
        messages.success(
            request, _("%(new)s entered; %(standing)s stood there already.") % {"new": new, "standing": standing}
        )
        return redirect("contacts")

    return form_page(
        request,
        forms.ContactLinesForm(request.POST or None),
        title=_("Paste contacts"),
        lead=_("All lines are taken or none; the first that cannot be taken is named."),
        button=_("Enter"),
        back=_to_contacts(),
        act=add,
    )


def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one contact."""
    user = viewer(request)
    contact = get_object_or_404(contacts_seen_by(user), pk=pk)

    def change(given: dict[str, Any]) -> HttpResponse:
        actions.change_contact(contact=contact, reach=actions.Reach(**given), by=user.username, at=timezone.now())
        return redirect("contacts")

    fields = ("kind", "post", "phone", "office_address")
    return form_page(
        request,
        forms.ContactForm(request.POST or None, initial={name: getattr(contact, name) for name in fields}),
        title=str(contact),
        button=_("Change"),
        back=_to_contacts(),
        act=change,
    )


@require_POST
def contact_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contact off every list."""
    user = viewer(request)
    contact = get_object_or_404(contacts_seen_by(user), pk=pk)
    actions.remove_contact(contact=contact, by=user.username, at=timezone.now())
    return redirect("contacts")


@require_POST
def contact_opt_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a contact wants no more messages."""
    user = viewer(request)
    contact = get_object_or_404(contacts_seen_by(user), pk=pk)
    actions.opt_out_contact(contact=contact, by=user.username, at=timezone.now())
    return redirect("contacts")


def contact_opt_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a contact asked for messages again, and how."""
    user = viewer(request)
    contact = get_object_or_404(contacts_seen_by(user), pk=pk)

    def note(given: dict[str, Any]) -> HttpResponse:
        actions.opt_in_contact(contact=contact, **given, by=user.username, at=timezone.now())
        return redirect("contacts")

    return form_page(
        request,
        forms.OptInForm(request.POST or None),
        title=_("Wants messages again"),
        lead=_("Only the person's own word counts; how it came is kept."),
        button=_("Enter"),
        back=_to_contacts(),
        act=note,
    )


def contact_list_new(request: HttpRequest) -> HttpResponse:
    """Name a choice of contacts."""
    user = viewer(request)
    units = units_seen_by(user).order_by("path")

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.add_list(**given, by=user.username, at=timezone.now())
        return redirect("contacts")

    return form_page(
        request,
        forms.ContactListForm(request.POST or None, units=units),
        title=_("New list"),
        lead=_("Who is on it is looked up each time it is used."),
        button=_("Enter"),
        back=_to_contacts(),
        act=add,
    )


def _to_contacts() -> tuple[str, str]:
    return reverse("contacts"), _("Contacts")
