"""Reads of hazards."""

from safemonth.collect.inspection.hazards.queries.events import events_of, joined_with, said_by, standing_of
from safemonth.collect.inspection.hazards.queries.seen import hazards_seen_by, sides_of

__all__ = ["events_of", "hazards_seen_by", "joined_with", "said_by", "sides_of", "standing_of"]
