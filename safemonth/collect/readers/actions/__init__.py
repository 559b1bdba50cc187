"""Writes of intake: derive proposals from a submission, decide on them, remember what the clerk taught."""

from collections.abc import Sequence

from safemonth.collect.readers.actions.accept import accept_sure, accept_value, decide
from safemonth.collect.readers.actions.derive import derive, teach_heading
from safemonth.collect.readers.actions.take_in import TakenIn, take_in

__all__: Sequence[str] = (
    "TakenIn",
    "accept_sure",
    "accept_value",
    "decide",
    "derive",
    "take_in",
    "teach_heading",
)
