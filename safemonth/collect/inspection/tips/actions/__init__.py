"""Writes of reports by the public."""

from safemonth.collect.inspection.tips.actions.handling import (
    MOST_REWARD_YUAN,
    accept,
    answer,
    finish,
    join,
    make_hazard,
    part,
    pass_on,
    reopen,
    reply,
    reward,
    see_contact,
)
from safemonth.collect.inspection.tips.actions.personal import remove_personal_data
from safemonth.collect.inspection.tips.actions.receive import (
    KEPT_DAYS,
    Said,
    has_words_unchanged,
    key_of,
    receive_tip,
    send_message,
)

__all__ = [
    "KEPT_DAYS",
    "MOST_REWARD_YUAN",
    "Said",
    "accept",
    "answer",
    "finish",
    "has_words_unchanged",
    "join",
    "key_of",
    "make_hazard",
    "part",
    "pass_on",
    "receive_tip",
    "remove_personal_data",
    "reopen",
    "reply",
    "reward",
    "see_contact",
    "send_message",
]
