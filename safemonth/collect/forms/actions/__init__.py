"""Writes of forms, devices and filled forms."""

from safemonth.collect.forms.actions.devices import add_device, revoke_device
from safemonth.collect.forms.actions.files import receive_file
from safemonth.collect.forms.actions.forms import add_form, open_or_close
from safemonth.collect.forms.actions.receive import Received, receive_answers
from safemonth.collect.forms.actions.rivals import decide_rival

__all__ = [
    "Received",
    "add_device",
    "add_form",
    "decide_rival",
    "open_or_close",
    "receive_answers",
    "receive_file",
    "revoke_device",
]
