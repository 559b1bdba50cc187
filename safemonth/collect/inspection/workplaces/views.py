"""Pages of the register: the list, a workplace with its history, lists to take in, rows that wait, merges."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page, key_of
from safemonth.collect.inspection.workplaces import actions, forms, queries
from safemonth.collect.inspection.workplaces.models import (
    HeldDecision,
    HeldWorkplace,
    RiskClass,
    Size,
    Trade,
    WhyHeld,
    Workplace,
    WorkplaceMerge,
)
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.queries import campaign_called

ON_A_PAGE: Final = 50
HELD_ON_A_PAGE: Final = 20
FIELD_WORDS: Final = {
    "name": gettext_lazy("Name"),
    "uscc": gettext_lazy("Unified social credit code"),
    "trade": gettext_lazy("Trade"),
    "size": gettext_lazy("Enterprise size"),
    "risk_class": gettext_lazy("Class of risk"),
    "township": gettext_lazy("Township"),
    "department": gettext_lazy("Supervising department"),
    "address": gettext_lazy("Address"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "manager_post": gettext_lazy("Who is responsible (post)"),
    "manager_phone": gettext_lazy("Phone"),
    "unit": gettext_lazy("Reports as"),
    "is_working": gettext_lazy("It is working"),
    "merged_into": gettext_lazy("Merged into"),
}
ACTION_WORDS: Final = {
    "workplace.register": gettext_lazy("entered"),
    "workplace.change": gettext_lazy("changed"),
    "workplace.import": gettext_lazy("entered from a list"),
    "workplace.merge": gettext_lazy("merged"),
    "workplace.split": gettext_lazy("merge undone"),
    "workplace.held_same": gettext_lazy("changed as a list says"),
    "workplace.held_new": gettext_lazy("entered from a list"),
}
_CHOICES: Final[dict[str, dict[Any, Any]]] = {
    "trade": dict(Trade.choices),
    "size": dict(Size.choices),
    "risk_class": dict(RiskClass.choices),
    "is_working": {True: gettext_lazy("yes"), False: gettext_lazy("no")},
}


def workplaces(request: HttpRequest) -> HttpResponse:
    """Show the register, fifty a page, narrowed to what is asked for."""
    user = viewer(request)
    seen = queries.workplaces_seen_by(user)
    asked = queries.Asked(
        text=request.GET.get("text", "")[:60],
        **{name: request.GET.get(name, "") for name in ("township", "trade", "risk", "department")},
    )
    rows = queries.narrowed(seen, asked)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    decides = may_open(user=user, name="workplaces-held")
    counts = queries.risk_counts(rows)
    return render(
        request,
        "collect/workplaces.html",
        {
            "page": page,
            "asked": asked,
            "townships": queries.units_to_choose(seen, "township"),
            "departments": queries.units_to_choose(seen, "department"),
            "trades": Trade.choices,
            "risks": [choice for choice in RiskClass.choices if choice[0]],
            "counts": [(risk, word, counts.get(risk, 0)) for risk, word in RiskClass.choices],
            "query": f"&{urlencode({name: value for name, value in asked.__dict__.items() if value})}",
            "may_enter": may_open(user=user, name="workplace-new"),
            "may_take_in": may_open(user=user, name="workplace-list"),
            "waiting": queries.open_held(user).count() if decides else 0,
        },
    )


def workplace(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a workplace with its history; a merged one leads to the one that stands."""
    user = viewer(request)
    row = get_object_or_404(Workplace.objects.select_related("merged_into"), pk=pk)
    survivor = get_object_or_404(queries.workplaces_seen_by(user), pk=queries.standing(row).pk)
    if survivor.pk != row.pk:
        return redirect("workplace", pk=survivor.pk)
    merges = queries.merges_of(survivor)
    history = [
        (line.at, line.by, ACTION_WORDS.get(line.action, line.action), [_change(*change) for change in line.changes])
        for line in queries.history(survivor)
    ]
    return render(
        request,
        "collect/workplaces_one.html",
        {
            "row": survivor,
            "merges": merges,
            "history": history,
            "shows_people": sees_all(user) or queries.workplaces_kept_by(user).filter(pk=survivor.pk).exists(),
            "may_change": queries.workplaces_kept_by(user).filter(pk=survivor.pk).exists()
            and may_open(user=user, name="workplace-change"),
            "may_merge": may_open(user=user, name="workplace-merge"),
        },
    )


def _change(field: str, was: Any, now: Any) -> tuple[Any, Any, Any]:
    words = _CHOICES.get(field, {})

    def said(value: Any) -> Any:
        return words.get(value, value) if value not in ("", None) else ""

    return FIELD_WORDS.get(field, field), said(was), said(now)


def _choices_of(user: User) -> dict[str, QuerySet[Unit]]:
    everyone = Unit.objects.order_by("path")
    seen = everyone if sees_all(user) else units_seen_by(user)
    townships = seen.filter(kind=UnitKind.TOWNSHIP)
    return {
        # A department's reporter enters workplaces of any township, supervised by the department.
        "townships": townships if townships.exists() else everyone.filter(kind=UnitKind.TOWNSHIP),
        "departments": everyone.filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.TOWNSHIP))
        if sees_all(user) or townships.exists()
        else seen.filter(kind=UnitKind.DEPARTMENT),
    }


def _own_units(user: User) -> QuerySet[Unit] | None:
    kinds = (UnitKind.ENTERPRISE, UnitKind.PREMISES, UnitKind.SCHOOL, UnitKind.HOSPITAL)
    return Unit.objects.filter(kind__in=kinds).order_by("path") if sees_all(user) else None


def workplace_new(request: HttpRequest) -> HttpResponse:
    """Enter a workplace."""
    user = viewer(request)
    choices = _choices_of(user)

    def enter(given: dict[str, Any]) -> HttpResponse:
        if not sees_all(user) and user.unit and user.unit.kind == UnitKind.DEPARTMENT:
            given["department"] = user.unit
        row = actions.register_workplace(fields=given, key=key_of(request), by=user.username, at=timezone.now())
        return redirect("workplace", pk=row.pk)

    return form_page(
        request,
        forms.WorkplaceForm(request.POST or None, units=_own_units(user), **choices),
        title=_("New workplace"),
        button=_("Enter"),
        back=_to_workplaces(),
        act=enter,
    )


def workplace_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a workplace's line."""
    user = viewer(request)
    row = get_object_or_404(queries.workplaces_kept_by(user), pk=pk)
    names = [*FIELD_WORDS][:-1]
    initial = {name: getattr(row, name) for name in names}
    for name in ("township", "department", "unit"):
        initial[name] = initial[name].code if initial[name] else ""

    def change(given: dict[str, Any]) -> HttpResponse:
        actions.change_workplace(workplace=row, fields=given, by=user.username, at=timezone.now())
        return redirect("workplace", pk=pk)

    return form_page(
        request,
        forms.WorkplaceForm(request.POST or None, initial=initial, units=_own_units(user), **_choices_of(user)),
        title=row.name,
        button=_("Change"),
        back=(reverse("workplace", args=[pk]), row.name),
        act=change,
    )


def workplace_list(request: HttpRequest) -> HttpResponse:
    """Take in a list from a spreadsheet."""
    user = viewer(request)

    def take_in(given: dict[str, Any]) -> HttpResponse:
        file = given["file"]
        done = actions.import_list(
            campaign=campaign_called(),
            data=file.read(),
            file_name=file.name,
            sender=user.unit,
            near_m=given["near_m"],
            by=user.username,
            at=timezone.now(),
        )
        if done.is_again:
            messages.info(request, _("This very file was taken in before. Nothing has changed."))
        else:
            messages.info(
                request,
                _("Entered: %(new)s. Waiting for you: %(held)s. Nothing new in: %(same)s.")
                % {"new": len(done.new), "held": len(done.held), "same": done.same},
            )
            unknown = [str(number) for number, remark in done.remarks if remark.code == "unknown_trade"]
            if unknown:
                messages.info(
                    request, _("Entered as another trade, rows: %(rows)s.") % {"rows": ", ".join(unknown[:30])}
                )
        return redirect("workplaces-held" if done.held else "workplaces")

    return form_page(
        request,
        forms.ListForm(request.POST or None, request.FILES or None),
        title=_("Take in a list"),
        lead=_(
            "A spreadsheet with a row of headings: name, credit code, trade, township … New ones are entered; what looks like one on "
            "record waits for you. The same file twice changes nothing."
        ),
        button=_("Take in"),
        back=_to_workplaces(),
        act=take_in,
    )


def workplaces_held(request: HttpRequest) -> HttpResponse:
    """Show the rows that wait, each beside what it looks like; with `why`, one sort of them."""
    user = viewer(request)
    rows = queries.open_held(user)
    why = request.GET.get("why", "")
    counts = {value: rows.filter(why=value).count() for value in WhyHeld.values}
    if why in WhyHeld.values:
        rows = rows.filter(why=why)
    page = Paginator(rows.order_by("submission", "row_number"), HELD_ON_A_PAGE).get_page(request.GET.get("page"))
    units = dict(Unit.objects.filter(code__in=_codes(page.object_list)).values_list("code", "name"))
    return render(
        request,
        "collect/workplaces_held.html",
        {
            "page": page,
            "cards": [(row, row.said.get("name", ""), _beside(row, units)) for row in page],
            "whys": [(value, word, counts[value]) for value, word in WhyHeld.choices],
            "why": why,
            "query": f"&{urlencode({'why': why})}" if why else "",
        },
    )


def _codes(rows: Any) -> set[str]:
    return {str(row.said.get(name, "")) for row in rows for name in ("township", "department")}


def _beside(held: HeldWorkplace, units: dict[str, str]) -> list[tuple[Any, Any, Any, bool]]:
    """Return (field, on record, the row says, whether they differ) for what either says."""
    now = queries.fields_of(held.looks_like) if held.looks_like else {}
    lines = []
    for field in (*FIELD_WORDS,)[:12]:
        said = held.said.get(field, "") or held.said.get("cells", {}).get(field, "")
        stands = now.get(field) or ""
        if said in ("", None) and stands in ("", None):
            continue
        differs = bool(now) and said not in ("", None) and said != stands
        if field in ("township", "department"):
            said, stands = units.get(said, said), getattr(held.looks_like, field, "") or ""
        words = _CHOICES.get(field, {})
        lines.append((FIELD_WORDS[field], words.get(stands, stands), words.get(said, said), differs))
    return lines


@require_POST
def workplace_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a row that waits: the same, the same and taken over, another one, or not taken."""
    user = viewer(request)
    held = get_object_or_404(queries.held_seen_by(user), pk=pk)
    decision = request.POST.get("decision", "")
    actions.decide_held(
        held=held,
        decision=HeldDecision.SAME if decision == "take_over" else decision,
        takes_over=decision == "take_over",
        by=user.username,
        at=timezone.now(),
    )
    why = request.POST.get("why", "")
    return redirect(reverse("workplaces-held") + (f"?{urlencode({'why': why})}" if why in WhyHeld.values else ""))


def workplace_held_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a row that waits as another workplace, mended by hand."""
    user = viewer(request)
    held = get_object_or_404(queries.open_held(user), pk=pk)

    def enter(given: dict[str, Any]) -> HttpResponse:
        actions.decide_held(held=held, decision=HeldDecision.NEW, instead=given, by=user.username, at=timezone.now())
        return redirect("workplaces-held")

    said = {**held.said.get("cells", {}), **{name: value for name, value in held.said.items() if name != "cells"}}
    return form_page(
        request,
        forms.WorkplaceForm(request.POST or None, initial=said, **_choices_of(user)),
        title=_("Row %(row)s of %(file)s") % {"row": held.row_number, "file": held.submission.file_name},
        button=_("Enter as another workplace"),
        back=(reverse("workplaces-held"), _("Rows that wait")),
        act=enter,
    )


def workplace_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a workplace is the same as another; those of its township and trade are offered first."""
    user = viewer(request)
    row = get_object_or_404(queries.workplaces_seen_by(user), pk=pk)
    asked = request.GET.get("text", "") or request.POST.get("text", "")
    others = queries.workplaces_seen_by(user).exclude(pk=pk)
    others = queries.narrowed(others, queries.Asked(text=asked)) if asked else others.filter(township=row.township)

    def merge(given: dict[str, Any]) -> HttpResponse:
        made = actions.merge(workplace=row, **given, by=user.username, at=timezone.now())
        messages.info(request, _("They are one workplace now; all papers of both stand there."))
        return redirect("workplace", pk=made.into_id)

    return form_page(
        request,
        forms.MergeForm(request.POST or None, others=others),
        title=_("Merge %(name)s") % {"name": row.name},
        lead=_("Offered are workplaces of the same township. Nothing is deleted, and it can be undone with a reason."),
        button=_("Merge"),
        back=(reverse("workplace", args=[pk]), row.name),
        act=merge,
    )


def workplace_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a merge, with a reason."""
    user = viewer(request)
    merge = get_object_or_404(
        WorkplaceMerge.objects.filter(undone_at__isnull=True).select_related("workplace", "into"), pk=pk
    )

    def split(given: dict[str, Any]) -> HttpResponse:
        actions.split(merge=merge, reason=given["reason"], by=user.username, at=timezone.now())
        messages.info(request, _("The merge is undone; each has its own papers again."))
        return redirect("workplace", pk=merge.workplace_id)

    return form_page(
        request,
        forms.SplitForm(request.POST or None),
        title=_("Undo: %(one)s is %(other)s") % {"one": merge.workplace, "other": merge.into},
        button=_("Undo the merge"),
        back=(reverse("workplace", args=[merge.into_id]), merge.into.name),
        act=split,
    )


def _to_workplaces() -> tuple[str, str]:
    return reverse("workplaces"), _("Workplaces")
