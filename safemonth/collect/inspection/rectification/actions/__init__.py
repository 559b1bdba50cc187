"""Writes of special rectification: who was told, and site meetings."""

from safemonth.collect.inspection.rectification.actions.meetings import (
    ask_follow_up,
    call_meeting,
    close_meeting,
    invite,
    say_done,
    say_who_came,
    show_example,
)
from safemonth.collect.inspection.rectification.actions.telling import acknowledge, issue, make_copies, remind, set_up

__all__ = [
    "acknowledge",
    "ask_follow_up",
    "call_meeting",
    "close_meeting",
    "invite",
    "issue",
    "make_copies",
    "remind",
    "say_done",
    "say_who_came",
    "set_up",
    "show_example",
]
