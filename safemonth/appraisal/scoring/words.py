"""How a score's reasons are said on a page: sentences with their places, and links to the records."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from safemonth.appraisal.scoring.models import ExcuseKind, ItemScore
from safemonth.appraisal.scoring.rules import SAYINGS

_ROUTES = {"activity": "activity", "task": "task", "hazard": "hazard"}


def said(row: ItemScore) -> str:
    """Return why an item has its points, in the page's language."""
    params: dict[str, Any] = dict(row.params)
    if isinstance(why := params.get("why"), list):
        params["why"] = gettext(", ").join(str(ExcuseKind(code).label) for code in why)
    sentence = gettext(SAYINGS[row.saying]) % params
    if not row.is_left_out and params.get("unknown") and row.saying != "nothing_yet":
        more = SAYINGS["nothing_yet"]
        sentence += " " + gettext(more) % params
    if params.get("without_chance"):
        sentence += " " + gettext("%(count)s more are not scored: the unit had no chance at them.") % {
            "count": params["without_chance"]
        }
    return sentence


def links(records: Iterable[str]) -> list[tuple[str, str]]:
    """Return (text, address) of records that a page shows; the address is empty where a record has none of its own."""
    found = []
    for record in dict.fromkeys(records):
        kind, _, key = record.partition(":")
        if kind == "task":
            continue  # The task is named by the item, and the same for every unit.
        found.append((key, reverse(_ROUTES[kind], args=[key]) if kind in _ROUTES and key else ""))
    return found
