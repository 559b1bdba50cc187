"""Filters of drivers' sheets: times of day, minutes, kilometres."""

from django import template
from django.utils.translation import gettext as _

from safemonth.collect.publicity.rounds.rules import clock_of

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """Return seconds after midnight as a time of day."""
    return clock_of(seconds)


@register.filter
def minutes(seconds: int) -> str:
    """Return seconds as minutes, rounded up."""
    return _("%(n)s min") % {"n": -(-seconds // 60)}


@register.filter
def kilometres(metres: int) -> str:
    """Return metres as kilometres, rounded up."""
    return f"{-(-metres // 1000)} km"
