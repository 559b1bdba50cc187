"""Writes of the register: lines, lists that are taken in, rows that waited, and merges."""

from safemonth.collect.inspection.workplaces.actions.lists import Imported, decide_held, import_list
from safemonth.collect.inspection.workplaces.actions.merging import merge, split
from safemonth.collect.inspection.workplaces.actions.register import change_workplace, register_workplace

__all__ = [
    "Imported",
    "change_workplace",
    "decide_held",
    "import_list",
    "merge",
    "register_workplace",
    "split",
]
