"""How pages of supervision say numbers and estimates."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.translation import gettext

from safemonth.figures.estimates.approximation import Approximation

register = template.Library()


@register.simple_tag
def approximation_words(approximate: Approximation) -> str:
    """Return a classical answer, labelled approximate."""
    lower, upper = approximate.interval()
    return gettext("classical (Brewer), approximate: %(lower)s to %(upper)s") % {
        "lower": grouped(max(lower, 0)),
        "upper": grouped(upper),
    }


@register.filter
def grouped(number: Any) -> str:
    """Return a number rounded to whole ones, in groups of three."""
    try:
        return f"{int(Decimal(str(number)).to_integral_value()):,}"
    except (InvalidOperation, ValueError):
        return str(number)


@register.filter
def of_unit(teams: Mapping[str, int], code: str) -> str:
    """Return the number of the team that visits a unit, a dash where none does."""
    return str(teams.get(code, "–"))


@register.filter
def clock(second: int) -> str:
    """Return a second after midnight as an hour of the day (8:05), rounded down to the minute."""
    return f"{second // 3600}:{second % 3600 // 60:02}"


@register.filter
def percent(share: float) -> str:
    """Return a share (0 to 1) in per cent, to a tenth below ten."""
    return f"{share:.0%}" if share >= 0.1 else f"{share:.1%}"


@register.filter
def unlocal(number: float) -> str:
    """Return a number as SVG wants it, whatever the page's language."""
    return f"{number:.1f}"
