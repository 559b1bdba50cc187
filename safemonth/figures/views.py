"""Pages of figures: all of them, one with its trace, and the checks."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from safemonth.figures.checks import signals_of
from safemonth.figures.queries import FigureDesk
from safemonth.figures.records import load_records
from safemonth.organisation.languages import is_english
from safemonth.organisation.queries import county, subtree
from safemonth.plan.queries import campaign_called
from safemonth.verify.checks.power import FALSE_SHARE, MEASURED

LINES_SHOWN = 500


def figures(request: HttpRequest) -> HttpResponse:
    """Show every figure of the month, for the county or one unit's subtree."""
    campaign = campaign_called()
    desk = FigureDesk.of(campaign)
    unit = request.GET.get("unit", "")
    return render(
        request,
        "figures/figures.html",
        {
            "figures": [(figure, indicator_name(desk, figure.indicator)) for figure in desk.all_figures(unit=unit)],
            "unit": unit,
            "units": subtree(county()).exclude(kind="village"),
        },
    )


def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show one figure: words, value, coverage by name, bounds, and the records that it is made of."""
    desk = FigureDesk.of(campaign_called())
    shown = desk.figure(
        indicator,
        task=request.GET.get("task", ""),
        unit=request.GET.get("unit", ""),
        basis=request.GET.get("basis", ""),
    )
    lines = sorted(shown.trace, key=lambda line: (not line.counted, -line.value))
    return render(
        request,
        "figures/figure.html",
        {
            "figure": shown,
            "name": indicator_name(desk, indicator),
            "lines": lines[:LINES_SHOWN],
            "more": max(0, len(lines) - LINES_SHOWN),
            "counted": sum(1 for line in lines if line.counted),
            "task_title": _task_title(desk, shown.scope.task),
        },
    )


def checks(request: HttpRequest) -> HttpResponse:
    """Show what the desk checks found: reasons to look, never verdicts."""
    records = load_records(campaign_called())
    signals = signals_of(records)
    codes = {code for signal in signals for code in signal.unit_codes}
    names: dict[object, str] = {u.code: u.name_en if is_english() and u.name_en else u.name for u in records.units}
    names |= {i.code: i.name_en if is_english() else i.name_zh for i in records.indicators}
    signals = [
        replace(signal, params={key: names.get(value, value) for key, value in signal.params.items()})
        for signal in signals
    ]
    return render(
        request,
        "figures/checks.html",
        {
            "signals": signals[:LINES_SHOWN],
            "more": max(0, len(signals) - LINES_SHOWN),
            "units": {unit.code: unit for unit in records.units if unit.code in codes},
            "power": [{"what": gettext(each.what), "percent": round(100 * each.found_share)} for each in MEASURED],
            "false_percent": round(100 * FALSE_SHARE),
        },
    )


def indicator_name(desk: FigureDesk, code: str) -> str:
    """Return an indicator's name in the page's language."""
    name = desk.records.indicators[desk.records.indicator_position(code)]
    return name.name_en if is_english() else name.name_zh


def _task_title(desk: FigureDesk, code: str) -> str:
    position = desk.records.task_position(code)
    if position is None:
        return ""
    title, title_en = desk.records.task_titles[position]
    return title_en if title_en and is_english() else title
