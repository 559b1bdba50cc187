"""Drivers' sheets as PDF, in the page's language: a page or two for each vehicle's day, with its map and a line a stop."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from weasyprint import HTML

from safemonth.collect.publicity.rounds.pictures import picture_of_day
from safemonth.collect.publicity.rounds.queries import DayStops


def drivers_sheets_pdf(days: Sequence[DayStops]) -> bytes | None:
    """Return the sheets of vehicle-days in order, None where there are none. The same plan gives the same bytes."""
    if not days:
        return None
    style = files("safemonth").joinpath("collect/static/collect/rounds_print.css").read_text(encoding="utf-8")
    page = render_to_string(
        "collect/rounds_sheets.html",
        {
            "style": mark_safe(style),
            "sheets": [
                {"one": one, "picture": picture_of_day(one), "address": (at := _address(one)), "qr": _qr(at)}
                for one in days
            ],
        },
    )
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return made


def _address(one: DayStops) -> str:
    """Return the full address of the day's own page, where each stop has its form."""
    return settings.SITE + reverse("round-day", kwargs={"pk": one.day.pk})


def _qr(address: str) -> SafeString:
    # segno draws the modules of our own address; nothing that a person typed stands in the SVG.
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=3, border=2))


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, and this was asked for: {url}")
