"""Writes of broadcasts: whom the office may write to, what is to be said, who agreed, and what went out."""

from safemonth.collect.publicity.broadcasts.actions.approval import (
    approve,
    ask_approval,
    change_broadcast,
    draft_broadcast,
    send_back,
)
from safemonth.collect.publicity.broadcasts.actions.contacts import (
    Reach,
    add_contact,
    add_contacts,
    add_list,
    change_contact,
    opt_in_contact,
    opt_out_contact,
    remove_contact,
)
from safemonth.collect.publicity.broadcasts.actions.sending import (
    count_delivered,
    queue_broadcast,
    send_again,
    settle,
    stop_broadcast,
)

__all__ = [
    "Reach",
    "add_contact",
    "add_contacts",
    "add_list",
    "approve",
    "ask_approval",
    "change_broadcast",
    "change_contact",
    "count_delivered",
    "draft_broadcast",
    "opt_in_contact",
    "opt_out_contact",
    "queue_broadcast",
    "remove_contact",
    "send_again",
    "send_back",
    "settle",
    "stop_broadcast",
]
