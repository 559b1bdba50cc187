"""The pages that are read: all designs, one design, one place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from safemonth.collect.publicity.materials.queries import (
    books_of,
    designs_seen_by,
    disagreements_in,
    entries_at,
    possible_doubles,
    stock_rows,
    transfers_waiting_for,
)
from safemonth.collect.publicity.materials.rules import total_of
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.queries import campaign_called

ENTRIES_SHOWN = 200


def materials(request: HttpRequest) -> HttpResponse:
    """Show what was printed, given out and left, design by design; first what does not agree."""
    user = viewer(request)
    campaign = campaign_called()
    units = units_seen_by(user)
    own = None if sees_all(user) else units
    books = books_of(campaign, units=own)
    rows = stock_rows(campaign, books)
    designs = list(designs_seen_by(user, campaign))
    totals = [
        (
            design,
            total_of([row.stock for row in rows if row.design.pk == design.pk], books.carriages.get(design.pk, ())),
        )
        for design in designs
    ]
    may_write = may_open(user=user, name="material-hand-out")
    return render(
        request,
        "collect/materials.html",
        {
            "totals": totals,
            "rows": rows,
            "odd": disagreements_in(campaign, books, rows, today=timezone.localdate(), units=own),
            "doubles": possible_doubles(campaign, units=own),
            "waiting": transfers_waiting_for(campaign, units) if may_write else (),
            "sees_all": own is None,
            "may_write": may_write,
        },
    )


def material_design(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one design: where its copies are, every entry, and what does not agree."""
    user = viewer(request)
    campaign = campaign_called()
    design = get_object_or_404(designs_seen_by(user, campaign), pk=pk)
    own = None if sees_all(user) else units_seen_by(user)
    books = books_of(campaign, units=own, designs=[design])
    rows = stock_rows(campaign, books)
    entries = entries_at(campaign, places=own, designs=[design])
    return render(
        request,
        "collect/materials_design.html",
        {
            "design": design,
            "rows": rows,
            "total": total_of([row.stock for row in rows], books.carriages.get(design.pk, ())),
            "entries": entries[:ENTRIES_SHOWN],
            "more": max(0, len(entries) - ENTRIES_SHOWN),
            "odd": [
                found
                for found in disagreements_in(campaign, books, rows, today=timezone.localdate(), units=own)
                if found.design == design
            ],
            "may_write": may_open(user=user, name="material-hand-out"),
        },
    )


def material_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show the stock and the entries of one place."""
    user = viewer(request)
    campaign = campaign_called()
    place = get_object_or_404(units_seen_by(user), code=code)
    here = units_seen_by(user).filter(pk=place.pk)
    books = books_of(campaign, units=here)
    rows = stock_rows(campaign, books)
    entries = entries_at(campaign, places=here)
    return render(
        request,
        "collect/materials_place.html",
        {
            "place": place,
            "rows": rows,
            "entries": entries[:ENTRIES_SHOWN],
            "more": max(0, len(entries) - ENTRIES_SHOWN),
            "odd": disagreements_in(campaign, books, rows, today=timezone.localdate(), units=here),
            "waiting": transfers_waiting_for(campaign, here),
            "may_write": may_open(user=user, name="material-hand-out"),
        },
    )
