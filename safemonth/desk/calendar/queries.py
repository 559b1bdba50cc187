"""Reads of the calendar: what a viewer may see, with how often each record changed."""

from collections import defaultdict
from datetime import datetime

from safemonth.desk.calendar.rules import Line, with_history
from safemonth.desk.calendar.sources import SOURCES
from safemonth.ledger.queries import histories
from safemonth.organisation.models import User
from safemonth.plan.models import Campaign


def lines_for(user: User, campaign: Campaign) -> list[Line]:
    """Return all lines that the user may see, whatever the day, without their history."""
    return [line for source in SOURCES for line in source(user, campaign)]


def lines_with_history(user: User, campaign: Campaign) -> list[Line]:
    """Return all lines that the user may see, each with how often its record changed and when last; a feed needs both.

    A source that counts versions itself keeps its count.
    """
    lines = lines_for(user, campaign)
    keys: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for table, key in (line.row, *line.also):
            keys[table].add(key)
    known: dict[tuple[str, str], tuple[int, datetime]] = {}
    for table, of_table in keys.items():
        known.update({(table, key): found for key, found in histories(table, of_table).items()})
    out = []
    for line in lines:
        found = [known[row] for row in (line.row, *line.also) if row in known]
        times = [at for _changes, at in found] + ([line.changed_at] if line.changed_at else [])
        # Each record was written once when it was made; only what came after that is a change.
        changes = 1 + sum(changes - 1 for changes, _at in found)
        out.append(with_history(line, changes=changes + line.sequence, changed_at=max(times, default=None)))
    return out
