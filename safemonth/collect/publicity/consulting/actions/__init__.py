"""Writes of the consulting day: setting it up, rosters, reports of booths, closing."""

from safemonth.collect.publicity.consulting.actions.closing import close_day
from safemonth.collect.publicity.consulting.actions.day import (
    NewSite,
    add_booths,
    add_sites,
    add_wish,
    change_booth,
    change_day,
    change_site,
    drop_booth,
    drop_site,
    open_day,
    withdraw_wish,
)
from safemonth.collect.publicity.consulting.actions.reports import report_booth
from safemonth.collect.publicity.consulting.actions.roster import make_roster, move_booth, release_booth

__all__ = [
    "NewSite",
    "add_booths",
    "add_sites",
    "add_wish",
    "change_booth",
    "change_day",
    "change_site",
    "close_day",
    "drop_booth",
    "drop_site",
    "make_roster",
    "move_booth",
    "open_day",
    "release_booth",
    "report_booth",
    "withdraw_wish",
]
