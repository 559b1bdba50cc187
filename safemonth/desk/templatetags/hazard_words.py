"""Filters of the hazards' pages: names of the table, and what an event says, in the reader's language."""

from typing import Any

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safemonth.collect.inspection.hazards.forms import LEVELS
from safemonth.collect.inspection.hazards.guards import GUARDS
from safemonth.collect.inspection.hazards.models import Grade
from safemonth.collect.inspection.hazards.queries.page import Line

register = template.Library()

SIDES = {
    "inspecting": _("who inspects"),
    "responsible": _("who must put it right"),
    "deciding": _("who decides"),
    "system": _("the programme itself"),
}
# What an event's data are called; what is not here is not shown (keys, and what the events are made of).
DATA = {
    "text": _("What it is"),
    "grade": _("Grade"),
    "reason": _("Why"),
    "note": _("Remark"),
    "spot": _("Where exactly"),
    "basis": _("By which clause"),
    "deadline_on": _("Deadline"),
    "until_on": _("Until"),
    "responsible_post": _("Responsible post"),
    "measure": _("Measure"),
    "money_yuan": _("Money (yuan)"),
    "emergency_plan": _("Emergency plan until then"),
    "level": _("By which level"),
    "what": _("What is decided"),
    "review": _("What the review found"),
    "to_unit": _("To which unit"),
    "fine_yuan": _("Fine (yuan)"),
    "case_number": _("Number of the case"),
}


@register.filter
def word(name: str) -> str:
    """Return a name or sentence of the table in the page's language."""
    return gettext(name) if name else ""


@register.filter
def side_word(side: str) -> str:
    """Return who stands on a side."""
    return str(SIDES.get(side, side))


@register.filter
def guard_word(guard: str) -> str:
    """Return what a person reads where a guard holds an event back."""
    return gettext(GUARDS[guard][1]) if guard in GUARDS else guard


@register.filter
def data_lines(line: Line) -> list[tuple[str, str]]:
    """Return what an event says, as names and texts."""
    said = line.event.data if isinstance(line.event.data, dict) else {}
    lines = []
    for name, title in DATA.items():
        value: Any = said.get(name)
        # A rise's level and grade are the table's own numbers.
        if value in (None, "", []) or (line.event.move == "raise" and name in ("level", "grade")):
            continue
        if name == "grade":
            value = dict(Grade.choices).get(value, value)
        elif name == "level":
            value = dict(LEVELS).get(value, value)
        elif name == "to_unit" and line.to_unit is not None:
            value = line.to_unit.name
        lines.append((str(title), str(value)))
    return lines
