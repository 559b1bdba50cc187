"""Writes of rounds: setting them up, plans, and what was reached."""

from safemonth.collect.publicity.rounds.actions.booking import book_reached
from safemonth.collect.publicity.rounds.actions.plans import lock_stop, move_stop, plan_round
from safemonth.collect.publicity.rounds.actions.setup import (
    add_market_hours,
    add_vehicle,
    change_round,
    change_vehicle,
    drop_market_hours,
    drop_vehicle,
    keep_positions,
    open_round,
    place_villages,
    positions_from_stops,
)

__all__ = [
    "add_market_hours",
    "add_vehicle",
    "book_reached",
    "change_round",
    "change_vehicle",
    "drop_market_hours",
    "drop_vehicle",
    "keep_positions",
    "lock_stop",
    "move_stop",
    "open_round",
    "place_villages",
    "plan_round",
    "positions_from_stops",
]
