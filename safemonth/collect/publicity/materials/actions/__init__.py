"""Writes of materials: what is printed, moved, counted and given out."""

from safemonth.collect.publicity.materials.actions.corrections import correct_copies
from safemonth.collect.publicity.materials.actions.handouts import (
    Line,
    counts_of_handouts,
    hand_out,
    keep_apart,
    say_contained,
    settle_occasion,
)
from safemonth.collect.publicity.materials.actions.stock import (
    add_design,
    add_print_run,
    confirm_transfer,
    count_stock,
    say_lost,
    send_on,
)

__all__ = [
    "Line",
    "add_design",
    "add_print_run",
    "confirm_transfer",
    "correct_copies",
    "count_stock",
    "counts_of_handouts",
    "hand_out",
    "keep_apart",
    "say_contained",
    "say_lost",
    "send_on",
    "settle_occasion",
]
