"""The calendar's page, and the feeds that calendar programs read."""

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from safemonth.desk.calendar.feed import feed_of
from safemonth.desk.calendar.queries import lines_for, lines_with_history
from safemonth.desk.calendar.rules import Day, Line, agenda_of, by_weight, concerns, weeks_of
from safemonth.desk.calendar.sources import units_to_choose
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.actions import open_feed, revoke_feed
from safemonth.organisation.languages import is_english, named
from safemonth.organisation.models import CalendarFeed
from safemonth.organisation.permissions import viewer
from safemonth.organisation.queries import feed_by_key, feeds_of, units_seen_by
from safemonth.plan.queries import campaign_called

# Kind -> its word and the sign that stands beside its colour.
KINDS: Final = {
    "due": (gettext_noop("deadline"), "!"),
    "event": (gettext_noop("event"), "★"),
    "meeting": (gettext_noop("meeting"), "▣"),
    "round": (gettext_noop("vehicle round"), "➜"),
    "media": (gettext_noop("media"), "¶"),
    "message": (gettext_noop("messages"), "✉"),
    "inspection": (gettext_noop("inspection"), "◆"),
    "supervision": (gettext_noop("supervision"), "◎"),
    "done": (gettext_noop("on record"), "✓"),
}
MONDAY: Final = date(2019, 6, 3)
# Of what is done there may be dozens on one day: the grid shows so many of all, and how many more.
SHOWN_A_DAY: Final = 5
# A month outside is a slip in the address; the first and the last year there are have no neighbour.
YEARS: Final = (1949, 2199)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a month: a grid where there is room, else the days with something on them."""
    user = viewer(request)
    campaign = campaign_called()
    month = _month(request.GET.get("month", ""), campaign.starts_on, campaign.ends_on)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    unit = units_seen_by(user).filter(code=request.GET.get("unit", "")).first()
    seen = [line for line in lines_for(user, campaign) if not line.is_off]
    lines = [
        line for line in seen if (not kind or line.kind == kind) and (unit is None or concerns(line, path=unit.path))
    ]
    next_month = (month + timedelta(days=31)).replace(day=1)
    return render(
        request,
        "desk/calendar.html",
        {
            "month": month,
            "before": (month - timedelta(days=1)).replace(day=1),
            "after": next_month,
            "weeks": [[(day, *_split(day)) for day in week] for week in weeks_of(month, lines)],
            "agenda": agenda_of(lines, from_on=month, to_on=next_month - timedelta(days=1)),
            "kinds": [(code, gettext(word), sign) for code, (word, sign) in KINDS.items()],
            "signs": {code: (gettext(word), sign) for code, (word, sign) in KINDS.items()},
            "kind": kind,
            "unit": unit,
            "units": units_to_choose(user),
            "weekdays": [date_format(MONDAY + timedelta(days=n), "D") for n in range(7)],
            "today": timezone.localdate(),
        },
    )


def _split(day: Day) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines that a day of the grid shows, what matters most first, and those folded away."""
    ordered = by_weight(day.lines, on=day.on)
    shown = ordered if len(ordered) <= SHOWN_A_DAY else ordered[: SHOWN_A_DAY - 1]
    return tuple(shown), tuple(ordered[len(shown) :])


def _month(text: str, first: date, last: date) -> date:
    """Return the first day of the month asked for; else of the present one within the campaign, else of its first."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        asked = date.min
    if YEARS[0] <= asked.year <= YEARS[1]:
        return asked
    today = timezone.localdate()
    return (today if first <= today <= last else first).replace(day=1)


def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """Show the viewer's feeds, and open one; its address is shown this once."""
    user = viewer(request)
    address, opened = "", None
    if request.method == "POST":
        unit = get_object_or_404(units_seen_by(user), code=request.POST.get("unit", ""))
        opened, key = open_feed(
            user=user,
            unit=unit,
            label=request.POST.get("label", ""),
            language="en" if is_english() else "zh-hans",
            by=user.username,
            at=timezone.now(),
        )
        address = _site(request) + reverse("calendar-feed", args=[key])
    answer = render(
        request,
        "desk/calendar_feeds.html",
        {
            "feeds": feeds_of(user),
            "units": units_to_choose(user),
            "own": user.unit,
            "opened": opened,
            "address": address,
            "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        },
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def calendar_feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the viewer's own feeds."""
    user = viewer(request)
    feed: CalendarFeed = get_object_or_404(feeds_of(user), pk=pk)
    revoke_feed(feed=feed, by=user.username, at=timezone.now())
    return redirect("calendar-feeds")


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give what concerns the feed's unit, as its account may see it now; 304 where the asker has just that."""
    feed = feed_by_key(key)
    if feed is None:
        raise Http404
    campaign = campaign_called()
    with translation.override(feed.language):
        lines = [line for line in lines_with_history(feed.user, campaign) if concerns(line, path=feed.unit.path)]
        name = f"{named(campaign)} · {named(feed.unit)}"
        data = feed_of(lines, name=name, site=_site(request))
    tag = f'"{sha256_hex(data)[:32]}"'
    asked = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    # Only the tag tells: what is gone from the feed leaves no later time behind.
    is_same = tag in asked
    answer = HttpResponse(status=304) if is_same else HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _site(request: HttpRequest) -> str:
    """Return the address of the site: the stated one, since behind a proxy a request does not know it."""
    return settings.SITE if settings.SITE_IS_STATED else request.build_absolute_uri("/").rstrip("/")
