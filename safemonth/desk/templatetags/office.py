"""Filters and tags of the screens: names, sentences and places in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from safemonth.collect.submissions.models import Source
from safemonth.collect.submissions.queries import place_of
from safemonth.desk.gate import sentence_of
from safemonth.organisation.languages import is_english, named

register = template.Library()
register.filter("named", named)


@register.filter
def theme(campaign: Any) -> str:
    """Return a campaign's theme in the page's language."""
    return str(campaign.theme_en if is_english() and campaign.theme_en else campaign.theme)


@register.filter
def said(words: Any) -> str:
    """Return a figure's words in the page's language."""
    return str(words.en if is_english() else words.zh)


@register.filter
def sentence(doubt: Mapping[str, Any]) -> str:
    """Return a stored doubt's (or question's) sentence in the page's language."""
    return sentence_of(doubt["sentence"], doubt.get("params") or {})


@register.filter
def caution(found: Any) -> str:
    """Return a caution's sentence in the page's language."""
    return sentence_of(found.sentence, found.params)


@register.filter
def place(source: Source) -> str:
    """Return where a source stands: a cell, characters, a field."""
    return place_of(source)


@register.filter
def share(part: int, whole: int) -> int:
    """Return part of whole in per cent, rounded down; 0 of nothing."""
    return 100 * int(part) // int(whole) if whole else 0


@register.simple_tag
def mark(text: str, start: int, end: int) -> SafeString:
    """Return a text with the characters [start, end) marked, and some hundred around them."""
    first, last = max(0, start - 400), min(len(text), end + 400)
    return format_html(
        '{}{}<mark id="here">{}</mark>{}{}',
        "…" if first else "",
        text[first:start],
        text[start:end],
        text[end:last],
        "…" if last < len(text) else "",
    )


@register.filter
def entry(table: Mapping[str, Any], key: str) -> Any:
    """Return a table's entry, or the key where there is none."""
    return table.get(key, key)


# What the records call by a code, as a person would say it.
TERMS = {
    "exact": _("exact"),
    "more_than": _("more than"),
    "nearly": _("nearly"),
    "about": _("about"),
    "claimed": _("claimed"),
    "evidenced": _("with evidence"),
    "checked": _("checked at the desk"),
    "confirmed": _("confirmed on site"),
    "corrected": _("corrected on site"),
    "plan_cap": _("by the plan's cap for each missing unit"),
    "largest_like": _("by the largest of like units for each missing one"),
    "no_cap": _("no cap can be stated"),
    "as_claimed": _("by how the numbers were said"),
    "part_of": _("part of another number"),
    "duplicate": _("double of another activity"),
    "running_total": _("within a later running total"),
    "overlap": _("overlaps a running total"),
    "earlier": _("replaced by a later value"),
    "undated": _("without a date"),
    "total_row": _("total row"),
    "total_column": _("total column"),
    "serial": _("running number"),
    "outside_table": _("outside the table"),
    "no_heading": _("no heading over it"),
    "note_row": _("remark"),
    "plan": _("a plan, not a result"),
    "last_year": _("last year"),
    "ratio": _("a rate"),
    "change": _("a change"),
}


@register.filter
def term(code: str) -> str:
    """Return a stable code in the page's language; an unknown one as it stands."""
    return str(TERMS.get(code, code))
