"""Writes of intake: derive proposals from a submission, decide on them, remember what the clerk taught."""

from collections.abc import Sequence

from safemonth.collect.readers.actions.accept import accept_sure, accept_value, decide
from safemonth.collect.readers.actions.answers import (
    Answered,
    settle,
    sign_stated,
    take_in_answers,
    take_in_file,
    take_rival,
)
from safemonth.collect.readers.actions.derive import derive, teach_heading
from safemonth.collect.readers.actions.evidence import link_evidence
from safemonth.collect.readers.actions.take_in import TakenIn, take_in

__all__: Sequence[str] = (
    "Answered",
    "TakenIn",
    "accept_sure",
    "accept_value",
    "decide",
    "derive",
    "link_evidence",
    "settle",
    "sign_stated",
    "take_in",
    "take_in_answers",
    "take_in_file",
    "take_rival",
    "teach_heading",
)
