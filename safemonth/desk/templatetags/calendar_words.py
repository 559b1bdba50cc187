"""How the calendar's page writes a line, and the address of another month with the same choice."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safemonth.desk.calendar.rules import Line

register = template.Library()


@register.simple_tag
def calendar_line(line: Line, signs: Mapping[str, tuple[str, str]]) -> SafeString:
    """Return a line with its kind's sign and word (for who sees no colour), its hour, and its title as a link."""
    word, sign = signs[line.kind]
    hour = f"{line.starts_at:%H:%M} " if line.starts_at else ""
    said = format_html("{}{}", hour, line.title)
    inner = format_html('<a href="{}" title="{}">{}</a>', line.address, line.title, said) if line.address else said
    return format_html(
        '<span class="sign" aria-hidden="true">{}</span><span class="visually-hidden">{}: </span>{}', sign, word, inner
    )


@register.filter
def kind_word(line: Line, signs: Mapping[str, tuple[str, str]]) -> str:
    """Return the word for a line's kind, for lists that have the room to show it."""
    return signs[line.kind][0]


@register.simple_tag(takes_context=True)
def month_query(context: Mapping[str, Any], month: date) -> str:
    """Return the query of another month with the unit and kind that are chosen now."""
    chosen = {"month": f"{month:%Y-%m}"}
    if context.get("unit"):
        chosen["unit"] = context["unit"].code
    if context.get("kind"):
        chosen["kind"] = context["kind"]
    return urlencode(chosen)
