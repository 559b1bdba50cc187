"""Pages of the score sheet: what is scored and how, its table to edit, and its versions."""

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.appraisal.sheets.actions import load_sheet
from safemonth.appraisal.sheets.forms import SheetForm, thresholds_of
from safemonth.appraisal.sheets.models import SheetItem
from safemonth.appraisal.sheets.queries import as_item, items_of, sheet_of, sheets_of
from safemonth.appraisal.sheets.rules import WAYS
from safemonth.appraisal.sheets.table import as_rows, founding_items, plain, read_items
from safemonth.collect.activities.form_page import form_page
from safemonth.lib.tables import read_table
from safemonth.organisation.models import UnitKind
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, indicator_names, tasks_of


def score_sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet in use (or, by version, an earlier one): items, weights, who scores, thresholds."""
    campaign = campaign_called()
    version = request.GET.get("version", "")
    sheet = (
        get_object_or_404(sheets_of(campaign), version=int(version))
        if version.isascii() and version.isdigit() and len(version) < 5
        else sheet_of(campaign)
    )
    rows = SheetItem.objects.filter(sheet=sheet).order_by("rank") if sheet else ()
    tasks = {task.code: task for task in tasks_of(campaign)}
    names = indicator_names()
    kinds = dict(UnitKind.choices)
    items = [
        {
            "row": row,
            "weight": plain(row.weight),
            "way": _(WAYS[row.way].name),
            "group": row_item.group,
            "scorer": row_item.scorer,
            "tasks": [tasks[code] for code in row_item.tasks if code in tasks],
            "indicator": names.get(row.indicator),
            "kinds": [kinds.get(kind, kind) for kind in row_item.kinds],
            "full_at": plain(row.full_at),
            "none_at": plain(row.none_at),
        }
        for row in rows
        for row_item in (as_item(row),)
    ]
    return render(
        request,
        "appraisal/sheet.html",
        {
            "sheet": sheet,
            "items": items,
            "versions": sheets_of(campaign),
            "may_load": may_open(user=viewer(request), name="score-sheet-load")
            and not ((current := sheet_of(campaign)) and current.frozen_at),
        },
    )


def score_sheet_file(request: HttpRequest) -> HttpResponse:
    """Give the sheet in use (else the shipped one) as a table to edit and load again."""
    sheet = sheet_of(campaign_called())
    out = io.StringIO()
    csv.writer(out).writerows(as_rows(items_of(sheet) if sheet else founding_items()))
    # With a mark of the encoding, without which spreadsheets show Chinese as nonsense.
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="score-sheet.csv"'
    return answer


def score_sheet_load(request: HttpRequest) -> HttpResponse:
    """Load a sheet as the one that the campaign uses."""
    user, campaign = viewer(request), campaign_called()
    standing = sheet_of(campaign)
    if standing and standing.frozen_at:
        raise Http404

    def load(given: dict[str, Any]) -> HttpResponse:
        file = given.get("file")
        if file:
            items = read_items(read_table(file.read(), file_name=file.name))
        else:
            items = items_of(standing) if standing else founding_items()
        load_sheet(
            campaign=campaign,
            items=items,
            thresholds=thresholds_of(given),
            reason=given.get("reason", ""),
            by=user.username,
            at=timezone.now(),
        )
        return redirect("score-sheet")

    return form_page(
        request,
        SheetForm(request.POST or None, request.FILES or None, standing=standing),
        title=_("Load a score sheet"),
        lead=_("The weights are 100 together, and volume never weighs more than evidence and timeliness."),
        button=_("Load"),
        back=(reverse("score-sheet"), _("Score sheet")),
        act=load,
    )
