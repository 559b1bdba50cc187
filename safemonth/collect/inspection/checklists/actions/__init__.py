"""Writes of what inspectors fill in: versions of inspections, the events of their hazards, decisions, figures."""

from safemonth.collect.inspection.checklists.actions.decisions import (
    add_its_workplace,
    decide_sent_twice,
    decide_versions,
    name_workplace,
)
from safemonth.collect.inspection.checklists.actions.figures import refresh_figures
from safemonth.collect.inspection.checklists.actions.forms import offer_checklist
from safemonth.collect.inspection.checklists.actions.photos import link_photos
from safemonth.collect.inspection.checklists.actions.take_in import take_in_inspection

__all__ = [
    "add_its_workplace",
    "decide_sent_twice",
    "decide_versions",
    "link_photos",
    "name_workplace",
    "offer_checklist",
    "refresh_figures",
    "take_in_inspection",
]
