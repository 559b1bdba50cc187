"""Reads of rounds."""

from safemonth.collect.publicity.rounds.queries.coverage import Coverage, VillageLine, coverage_of, coverage_seen_by
from safemonth.collect.publicity.rounds.queries.plans import (
    DayStops,
    current_plan,
    days_of_plan,
    plan_of,
    problem_of,
)
from safemonth.collect.publicity.rounds.queries.setup import (
    days_of,
    market_hours_of,
    positions_of,
    rounds_of,
    rounds_seen_by,
    vehicles_of,
    villages_of,
    villages_without_position,
)

__all__ = [
    "Coverage",
    "DayStops",
    "VillageLine",
    "coverage_of",
    "coverage_seen_by",
    "current_plan",
    "days_of",
    "days_of_plan",
    "market_hours_of",
    "plan_of",
    "positions_of",
    "problem_of",
    "rounds_of",
    "rounds_seen_by",
    "vehicles_of",
    "villages_of",
    "villages_without_position",
]
