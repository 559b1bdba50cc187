"""Writes of drives: themes, drives, inspectors and their interests, teams, and the draw."""

from safemonth.collect.inspection.drives.actions.drawing import hold_draw, lay_down_seed
from safemonth.collect.inspection.drives.actions.drives import change_drive, load_themes, open_drive
from safemonth.collect.inspection.drives.actions.people import (
    add_inspector,
    change_inspector,
    declare_interest,
    withdraw_interest,
)
from safemonth.collect.inspection.drives.actions.teams import NewTeam, propose_teams, set_teams

__all__ = [
    "NewTeam",
    "add_inspector",
    "change_drive",
    "change_inspector",
    "declare_interest",
    "hold_draw",
    "lay_down_seed",
    "load_themes",
    "open_drive",
    "propose_teams",
    "set_teams",
    "withdraw_interest",
]
