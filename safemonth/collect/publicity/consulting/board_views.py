"""Pages of the day itself: what a booth reports from a phone, the board that fills, and closing the day."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page, key_of
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.consulting.actions import close_day, report_booth
from safemonth.collect.publicity.consulting.models import ConsultingDay
from safemonth.collect.publicity.consulting.queries import (
    BoothLine,
    board_of,
    booths_seen_by,
    came_since_closing,
    closings_of,
    counted_indicators,
    current_roster,
    days_of,
    event_on_record,
    line_of,
    occasion_of,
    sites_of,
)
from safemonth.collect.publicity.consulting.rules import Said, read_said
from safemonth.collect.publicity.materials.actions import Line, hand_out
from safemonth.collect.publicity.materials.forms import FromStockForm
from safemonth.collect.publicity.materials.queries import designs_held_by
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import said
from safemonth.organisation.permissions import viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Indicator
from safemonth.plan.queries import campaign_called


def consulting_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a booth's totals so far; what was typed stays where something cannot be taken."""
    user = viewer(request)
    booth = get_object_or_404(booths_seen_by(user, campaign_called()), pk=pk)
    indicators = counted_indicators(booth.day)
    refused = ""
    if request.method == "POST":
        photo = request.FILES.get("photo")
        try:
            _report, is_new = report_booth(
                booth=booth,
                key=request.POST.get("key", ""),
                counts=_counts(request.POST, indicators),
                note=request.POST.get("note", ""),
                photo=(photo.read(), photo.name or "photo") if photo else None,
                is_correction=bool(request.POST.get("correction")),
                by=user.username,
                at=timezone.now(),
            )
        except Refused as error:
            refused = said(error.sentence, error.params)
        else:
            messages.info(request, _("Received. Thank you.") if is_new else _("This was received already."))
            return redirect("consulting-report", pk=pk)
    line = line_of(booth)
    typed = request.POST if refused else {}
    return render(
        request,
        "collect/consulting_report.html",
        {
            "booth": booth,
            "line": line,
            "fields": [(i, _typed(typed, line, i), line.counts.get(i.pk)) for i in indicators],
            "key": typed.get("key") or uuid.uuid4(),
            "note": typed.get("note", ""),
            "refused": refused,
        },
        status=422 if refused else 200,
    )


def consulting_hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out copies from the stock at a booth; where the booth says no number of its own, the day counts them."""
    user = viewer(request)
    booth = get_object_or_404(booths_seen_by(user, campaign_called()), pk=pk)
    day, units = booth.day, units_seen_by(user)

    def give(given: dict[str, Any]) -> HttpResponse:
        hand_out(
            campaign=day.task.campaign,
            place=given["place"],
            given_on=day.held_on,
            lines=[Line(given["design"], given["copies"])],
            where=day.task.title,
            occasion=occasion_of(day),
            key=key_of(request),
            by=user.username,
            at=timezone.now(),
        )
        return redirect("consulting-report", pk=pk)

    form = FromStockForm(
        request.POST or None,
        designs=designs_held_by(day.task.campaign, units),
        units=units,
        initial={"place": booth.unit.code},
    )
    back = (reverse("consulting-report", args=[pk]), str(booth.unit))
    return form_page(request, form, title=_("Given out from the stock"), button=_("Enter"), back=back, act=give)


def _typed(typed: Mapping[str, str], line: BoothLine, indicator: Indicator) -> str:
    standing = line.counts.get(indicator.pk)
    return typed.get(f"value-{indicator.pk}", standing.text if standing else "")


def _counts(said: Mapping[str, str], indicators: list[Indicator]) -> dict[str, Said]:
    read = {indicator.pk: read_said(said.get(f"value-{indicator.pk}", "")) for indicator in indicators}
    return {code: count for code, count in read.items() if count is not None}


def consulting_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what booths reported so far, and offer the clerk to close the day."""
    day = _day(pk)
    closings = list(closings_of(day))
    standing = event_on_record(day)
    return render(
        request,
        "collect/consulting_board.html",
        {
            **_board(day),
            "closings": closings,
            "late": came_since_closing(day),
            "standing": standing,
            "is_ours": bool(standing and closings and closings[-1].activity_id == standing.pk),
        },
    )


def consulting_board_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the part of the board that fills, for the page to ask for every few seconds."""
    return render(request, "collect/consulting_board_rows.html", _board(_day(pk)))


def _board(day: ConsultingDay) -> dict[str, object]:
    board = board_of(day)
    stated = {code for line in board.lines for code in line.counts}
    indicators = [indicator for indicator in counted_indicators(day) if indicator.pk in stated]
    sites = []
    for site in sites_of(day):
        lines = [line for line in board.lines if line.place and line.place.site_id == site.pk]
        sites.append((site, len(lines), sum(line.state != "silent" for line in lines)))
    return {
        "day": day,
        "board": board,
        "indicators": indicators,
        "totals": [(indicator, board.totals.get(indicator.pk, 0)) for indicator in indicators],
        "rows": [(line, [(i, line.counts.get(i.pk)) for i in indicators]) for line in board.lines],
        "sites": sites,
        "roster": current_roster(day),
        "now": timezone.now(),
    }


@require_POST
def consulting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the day as one event, or record it anew after late reports."""
    day = _day(pk)
    instead = request.POST.get("in_place_of", "")
    closing = close_day(
        day=day,
        reason=request.POST.get("reason", ""),
        in_place_of=Activity.objects.filter(pk=instead).first() if instead.isdecimal() else None,
        by=viewer(request).username,
        at=timezone.now(),
    )
    messages.info(request, _("The day is on record as one event."))
    return redirect("activity", pk=closing.activity_id)


def _day(pk: int) -> ConsultingDay:
    return get_object_or_404(days_of(campaign_called()), pk=pk)
