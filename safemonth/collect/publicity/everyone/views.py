"""The page on which anyone enters a banner in seconds, and how far publicity reached by kind of premises."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import key_of
from safemonth.collect.publicity.everyone.actions import enter_part, take_back
from safemonth.collect.publicity.everyone.models import Part
from safemonth.collect.publicity.everyone.queries import (
    PartLine,
    parts_of,
    parts_seen_by,
    places_used,
    reach_seen_by,
)
from safemonth.collect.publicity.everyone.rules import COUNTED, read_counts
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.languages import said
from safemonth.organisation.models import PremisesKind, Role
from safemonth.organisation.permissions import may_open, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Indicator
from safemonth.plan.queries import campaign_called

OTHER_KINDS = {"hospital": gettext_noop("hospital"), "school": gettext_noop("school"), "other": gettext_noop("other")}


def my_part(request: HttpRequest) -> HttpResponse:
    """Show the quick entry with the newest entries below it, or take one in."""
    user, campaign = viewer(request), campaign_called()
    refused = ""
    typed: Mapping[str, str] = request.POST.dict()
    if request.method == "POST":
        unit = get_object_or_404(units_seen_by(user), code=request.POST.get("unit", ""))
        photo = request.FILES.get("photo")
        try:
            part = enter_part(
                campaign=campaign,
                unit=unit,
                counts=read_counts((code, request.POST.get(code, "")) for code in COUNTED),
                place=request.POST.get("place", ""),
                done_on=timezone.localdate(),
                key=key_of(request),
                photo=(photo.read(), photo.name or "photo") if photo else None,
                by=user.username,
                at=timezone.now(),
            )
        except Refused as error:
            refused = said(error.sentence, error.params)
        else:
            messages.info(request, gettext("Received: %(what)s. Thank you.") % {"what": part.activity.title})
            return redirect("my-part")
    names = {each.pk: each for each in Indicator.objects.filter(pk__in=COUNTED)}
    lines = parts_of(user, campaign)
    last = lines[0].part if lines else None
    if request.method == "GET" and request.GET.get("again", "").isdecimal():
        typed, last = _again(lines, int(request.GET["again"][:12]), otherwise=last)
    chosen = typed.get("unit") or (last.unit.code if last else user.unit.code if user.unit else "")
    return render(
        request,
        "collect/everyone_part.html",
        {
            "fields": [(names[code], typed.get(code, "")) for code in COUNTED if code in names],
            "units": units_seen_by(user).select_related("parent").order_by("path"),
            "chosen": chosen,
            "place": typed.get("place") or (last.place if last else ""),
            "places": list(dict.fromkeys(part.place for part in places_used(user))),
            "lines": lines,
            "may_take_back_all": user.role == Role.CLERK,
            "key": key_of(request),
            "refused": refused,
        },
        status=422 if refused else 200,
    )


def _again(lines: Sequence[PartLine], pk: int, *, otherwise: Part | None) -> tuple[dict[str, str], Part | None]:
    """Return an entry's counts as if typed, and the entry, for one like it; of one that is not listed, nothing."""
    for line in lines:
        if line.part.pk == pk:
            return {measure.indicator_id: str(measure.value) for measure in line.counts}, line.part
    return {}, otherwise


@require_POST
def my_part_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an entry of the viewer's own (the office: any)."""
    user = viewer(request)
    parts = parts_seen_by(user, campaign_called())
    if user.role != Role.CLERK:
        parts = parts.filter(entered_by=user.username)
    part = get_object_or_404(parts, pk=pk)
    take_back(part=part, by=user.username, at=timezone.now())
    messages.info(request, gettext("Taken back: it is not counted."))
    return redirect("my-part")


def everyone(request: HttpRequest) -> HttpResponse:
    """Show by kind of premises where something was done, and where nothing is on record, by name."""
    user = viewer(request)
    page = reach_seen_by(user, campaign_called())
    words = {**{kind.value: kind.label for kind in PremisesKind}, **{k: gettext(w) for k, w in OTHER_KINDS.items()}}
    rows = [
        {
            "kind": words.get(reach.kind, reach.kind),
            "reach": reach,
            "percent": int(100 * reach.share),
            "missing": [(page.units[code], code in reach.nil) for code in reach.missing],
            "count": reach.count,
        }
        for reach in page.kinds
    ]
    kinds = [(reach.kind, words.get(reach.kind, reach.kind)) for reach in page.kinds]
    townships = [
        (unit, [(word, next((reach for reach in reaches if reach.kind == kind), None)) for kind, word in kinds])
        for unit, reaches in page.townships
    ]
    return render(
        request,
        "collect/everyone.html",
        {"rows": rows, "townships": townships, "may_enter": may_open(user=user, name="my-part")},
    )
