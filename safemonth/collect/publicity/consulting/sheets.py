"""Call sheets and site plans as PDF, in the page's language, made from templates as the pages are."""

import hashlib
from collections import defaultdict
from datetime import datetime, timedelta
from importlib.resources import files

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from weasyprint import HTML

from safemonth.collect.publicity.consulting.models import Booth, BoothPlace, ConsultingDay
from safemonth.collect.publicity.consulting.naming import THINGS
from safemonth.collect.publicity.consulting.pictures import picture_of_sites
from safemonth.collect.publicity.consulting.queries import current_roster, places_of, sites_of

# Whoever sets a booth up comes so long before the public does.
SETTING_UP_MIN = 30


def call_sheets_pdf(day: ConsultingDay, *, only: Booth | None = None) -> bytes | None:
    """Return a page for each booth with a place (or for `only` one): where, when, beside whom, what to bring.

    None where the roster has no place for any of them. The same roster gives the same bytes.
    """
    roster = current_roster(day)
    places = places_of(roster)
    chosen = [place for place in places if only is None or place.booth_id == only.pk]
    if not chosen:
        return None
    sites = list(sites_of(day))
    neighbours = _by_site(places)
    return _pdf(
        "collect/consulting_call_sheets.html",
        {
            "day": day,
            "roster": roster,
            "sheets": [
                {
                    "place": place,
                    "brings": brought(place.booth),
                    "come_at": datetime.combine(day.held_on, place.from_time) - timedelta(minutes=SETTING_UP_MIN),
                    "neighbours": [other for other in neighbours[place.site_id] if other.booth_id != place.booth_id],
                    "picture": picture_of_sites(sites, places, marked=place.site_id),
                    "address": (address := report_address(place.booth)),
                    "qr": _qr(address),
                }
                for place in chosen
            ],
        },
    )


def site_plans_pdf(day: ConsultingDay) -> bytes | None:
    """Return the map of all sites, and for each site its numbered booths to put out and tick off. None: no roster."""
    roster = current_roster(day)
    places = places_of(roster)
    if not places:
        return None
    sites = list(sites_of(day))
    at_site = _by_site(places)
    return _pdf(
        "collect/consulting_site_plans.html",
        {
            "day": day,
            "roster": roster,
            "picture": picture_of_sites(sites, places),
            "plans": [(site, [(place, brought(place.booth)) for place in at_site[site.pk]]) for site in sites],
        },
    )


def brought(booth: Booth) -> list[tuple[str, int]]:
    """Return what a booth brings as (name in the page's language, how many)."""
    return [(str(THINGS[thing]), count) for thing, count in booth.brings.items() if thing in THINGS and count]


def report_address(booth: Booth) -> str:
    """Return the full address of a booth's report page."""
    return settings.SITE + reverse("consulting-report", kwargs={"pk": booth.pk})


def _by_site(places: list[BoothPlace]) -> dict[int, list[BoothPlace]]:
    at_site: dict[int, list[BoothPlace]] = defaultdict(list)
    for place in places:
        at_site[place.site_id].append(place)
    return at_site


def _qr(address: str) -> SafeString:
    # segno draws the modules of our own address; nothing that a person typed stands in the SVG.
    return mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=3, border=2))


def _pdf(template: str, context: dict[str, object]) -> bytes:
    style = files("safemonth").joinpath("collect/static/collect/consulting_print.css").read_text(encoding="utf-8")
    page = render_to_string(template, {**context, "style": mark_safe(style)})
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(pdf_identifier=identifier)
    return made


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, and this was asked for: {url}")
