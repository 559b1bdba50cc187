"""Pages of units."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from safemonth.organisation.models import Body, Seat, Unit, UnitKind, UnitName
from safemonth.organisation.permissions import viewer
from safemonth.organisation.queries import units_seen_by


def units(request: HttpRequest) -> HttpResponse:
    """List the units that the viewer sees, by kind, found by a part of the name; and the bodies with their seats."""
    seen = units_seen_by(viewer(request))
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    shown = seen.filter(kind=kind) if kind else seen.exclude(kind=UnitKind.VILLAGE)
    if words:
        shown = (seen.filter(kind=kind) if kind else seen).filter(
            Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__startswith=words)
        )
    counts = {row["kind"]: row["count"] for row in seen.order_by().values("kind").annotate(count=Count("pk"))}
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.select_related("unit", "post").order_by("body_id", "rank"):
        seats.setdefault(seat.body_id, []).append(seat)
    return render(
        request,
        "organisation/units.html",
        {
            "units": shown.select_related("parent").order_by("path")[:600],
            "kinds": [(value, label, counts.get(value, 0)) for value, label in UnitKind.choices if counts.get(value)],
            "kind": kind,
            "q": words,
            "bodies": [(body, seats.get(body.pk, [])) for body in Body.objects.order_by("pk")],
        },
    )


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit: what it is called, where it stands, what is below it."""
    shown = get_object_or_404(units_seen_by(viewer(request)).select_related("parent"), code=code)
    return render(
        request,
        "organisation/unit.html",
        {
            "unit": shown,
            "names": UnitName.objects.filter(unit=shown).order_by("name"),
            "children": Unit.objects.filter(parent=shown).order_by("path"),
        },
    )
