"""Pages where the office decides: which version stands, which workplace is meant, which items a checklist has."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.forms.models import FormVersion
from safemonth.collect.inspection.checklists.actions import (
    add_its_workplace,
    decide_versions,
    name_workplace,
    offer_checklist,
)
from safemonth.collect.inspection.checklists.comparison import compared
from safemonth.collect.inspection.checklists.forms import NewWorkplaceForm, TableForm
from safemonth.collect.inspection.checklists.lists import names_chosen
from safemonth.collect.inspection.checklists.queries import likely_workplaces
from safemonth.collect.inspection.checklists.tables import Checklist, shipped_checklists, write_items
from safemonth.collect.inspection.hazards.models import Grade
from safemonth.collect.inspection.inspections.models import Inspection, SignedHow
from safemonth.collect.inspection.inspections.queries import inspections_seen_by, merged_of, versions_of
from safemonth.collect.inspection.workplaces.queries import workplaces
from safemonth.organisation.languages import is_english
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called


def inspection_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Show versions that contradict each other side by side, and take the office's decision which stands."""
    user = viewer(request)
    row = _seen(user, code)
    if request.method == "POST":
        decide_versions(
            inspection=row,
            keep=request.POST.get("keep", ""),
            reason=request.POST.get("reason", ""),
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("What stands is decided; the other versions stay readable."))
        return redirect("inspection", code=code)
    together = merged_of(row)
    weighed = [together.standing.key, *row.said.get("rivals", ())]
    versions = sorted(
        (version for version in versions_of(row) if version.version_key in weighed),
        key=lambda version: weighed.index(version.version_key),
    )
    return render(
        request,
        "collect/inspections_versions.html",
        {
            "row": row,
            "versions": versions,
            "lines": [
                (line, list(zip(line.said, versions, strict=True)))
                for line in compared(_readable([version.said for version in versions]))
            ],
            "may_decide": together.has_rivals,
        },
    )


def inspection_workplace(request: HttpRequest, code: str) -> HttpResponse:
    """Say which workplace of the register an inspection means, or enter it there."""
    user = viewer(request)
    row = _seen(user, code)
    if request.method == "POST" and request.POST.get("workplace"):
        chosen = get_object_or_404(workplaces(), pk=_number(request.POST["workplace"]))
        name_workplace(inspection=row, workplace=chosen, by=user.username, at=timezone.now())
        return redirect("inspection", code=code)
    units = Unit.objects.order_by("path")
    host = row.host.code if row.host.kind == UnitKind.TOWNSHIP else ""
    new = NewWorkplaceForm(
        request.POST or None,
        initial={"name": row.workplace_text, "township": host},
        townships=units.filter(kind=UnitKind.TOWNSHIP),
        departments=units.filter(kind=UnitKind.DEPARTMENT),
    )
    if request.method == "POST" or "new" in request.GET:

        def enter(given: dict[str, Any]) -> HttpResponse:
            add_its_workplace(inspection=row, fields=given, by=user.username, at=timezone.now())
            return redirect("inspection", code=code)

        return form_page(
            request,
            new,
            title=_("New workplace"),
            button=_("Enter into the register"),
            back=(reverse("inspection-workplace", args=[code]), _("Which workplace is this?")),
            act=enter,
        )
    text = request.GET.get("text", "").strip()[:80]
    found = list(workplaces().filter(name__icontains=text)[:20]) if text else likely_workplaces(row)
    return render(request, "collect/inspections_workplace.html", {"row": row, "found": found, "text": text})


@require_GET
def checklists(request: HttpRequest) -> HttpResponse:
    """List the checklists by trade, with the form that stands of each."""
    standing = {
        version.form.code: version
        for version in FormVersion.objects.filter(
            is_current=True, form__code__in=[each.form_id for each in shipped_checklists()]
        ).select_related("form")
    }
    return render(
        request,
        "collect/checklists.html",
        {"rows": [(each, standing.get(each.form_id)) for each in shipped_checklists()], "form": TableForm()},
    )


@require_GET
def checklist_table(request: HttpRequest, trade: str) -> HttpResponse:
    """Hand out the shipped table of a trade, to be changed in a spreadsheet and uploaded again."""
    checklist = _checklist(trade)
    response = HttpResponse(write_items(checklist.items), content_type="text/csv; charset=utf-8")
    name = f"{checklist.title_zh.replace('：', '-')}.csv"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_POST
def checklist_offer(request: HttpRequest, trade: str) -> HttpResponse:
    """Offer a trade's checklist as a form: with the items of the table that is sent, or as shipped."""
    checklist = _checklist(trade)
    form = TableForm(request.POST, request.FILES)
    table = request.FILES.get("table") if form.is_valid() else None
    if not form.is_valid():
        raise Http404
    version, is_new = offer_checklist(
        checklist=checklist,
        table=table.read() if table else None,
        by=viewer(request).username,
        at=timezone.now(),
    )
    if is_new:
        messages.info(request, _("The form “%(form)s” is offered now.") % {"form": version})
    else:
        messages.info(request, _("This version stood already; nothing was changed."))
    return redirect("checklists")


def _seen(user: User, code: str) -> Inspection:
    return get_object_or_404(inspections_seen_by(user, campaign_called()), code=code)


def _readable(versions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What versions say with names for keys and words for codes, in the page's language."""
    places = names_chosen(("workplaces.csv", said["workplace"]) for said in versions)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[said["unit"] for said in versions])}
    at = 1 if is_english() else 0

    def unit_name(code: str) -> str:
        unit = units.get(code)
        return code if unit is None else (unit.name_en or unit.name if at else unit.name)

    return [
        {
            **said,
            "workplace": places[said["workplace"]][at] if said["workplace"] in places else said["workplace"],
            "unit": unit_name(said["unit"]),
            "signed_how": str(SignedHow(said["signed_how"]).label),
            "hazards": [
                {
                    **hazard,
                    "grade": str(Grade(hazard["grade"]).label),
                    "on_the_spot": _("put right on the spot") if hazard["on_the_spot"] else "",
                }
                for hazard in said["hazards"]
            ],
        }
        for said in versions
    ]


def _checklist(trade: str) -> Checklist:
    found = next((each for each in shipped_checklists() if each.trade == trade), None)
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0
