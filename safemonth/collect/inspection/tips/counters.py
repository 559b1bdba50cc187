"""Counts of what strangers send, in a small file of its own beside the database: no record, nothing of it enters the ledger.

All processes of the office share it. It holds a kind, a digest that changes daily, a moment and a weight, for a day; it may
be deleted at any time. Where it cannot be written, reports are let in: nobody's report is lost for a full disk's counter.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from safemonth.collect.inspection.tips.limits import LONGEST_WINDOW, Limit

log = logging.getLogger(__name__)

FILE: Final = "tips-counters.sqlite3"
# Rows are deleted after a day; this bounds the file under a flood from many addresses (about 10 MB).
MOST_ROWS: Final = 100_000

_TABLE: Final = "CREATE TABLE IF NOT EXISTS seen (kind TEXT, who TEXT, at REAL, weight INTEGER)"
_INDEX: Final = "CREATE INDEX IF NOT EXISTS seen_by ON seen (kind, who, at)"


def is_open(folder: Path, limits: Iterable[Limit], *, who: Sequence[str], at: datetime, weight: int = 1) -> bool:
    """Return whether a sender may do this now, and count nothing; `who` are their digests."""
    with _counts(folder) as counts:
        return counts is None or all(_has_room(counts, limit, who, at, weight) for limit in limits)


def take(folder: Path, limits: Iterable[Limit], *, who: Sequence[str], at: datetime, weight: int = 1) -> bool:
    """Return whether a sender may do this now, and count it where they may; what is refused is not counted.

    Two at one moment are counted one after the other.
    """
    limits = list(limits)
    with _counts(folder) as counts:
        if counts is None:
            return True
        if not all(_has_room(counts, limit, who, at, weight) for limit in limits):
            return False
        now = at.timestamp()
        counts.execute("DELETE FROM seen WHERE at < ?", (now - LONGEST_WINDOW.total_seconds(),))
        (rows,) = counts.execute("SELECT count(*) FROM seen").fetchone()
        if rows >= MOST_ROWS:
            counts.execute(
                "DELETE FROM seen WHERE rowid IN (SELECT rowid FROM seen ORDER BY at LIMIT ?)", (rows // 10,)
            )
        counts.execute("INSERT INTO seen VALUES (?, ?, ?, ?)", (limits[0].kind, who[0], now, weight))
        return True


def _has_room(counts: sqlite3.Connection, limit: Limit, who: Sequence[str], at: datetime, weight: int) -> bool:
    now = at.timestamp()
    since = now - limit.window.total_seconds()
    if limit.per_address:
        marks = ",".join("?" * len(who))
        (own,) = counts.execute(
            f"SELECT coalesce(sum(weight), 0) FROM seen WHERE kind = ? AND who IN ({marks}) AND at > ? AND at <= ?",
            (limit.kind, *who, since, now),
        ).fetchone()
        if own + weight > limit.per_address:
            return False
    if limit.overall:
        (all_of_it,) = counts.execute(
            "SELECT coalesce(sum(weight), 0) FROM seen WHERE kind = ? AND at > ? AND at <= ?", (limit.kind, since, now)
        ).fetchone()
        if all_of_it + weight > limit.overall:
            return False
    return True


@contextmanager
def _counts(folder: Path) -> Iterator[sqlite3.Connection | None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        counts = sqlite3.connect(folder / FILE, timeout=5, isolation_level=None)
    except (OSError, sqlite3.Error):
        log.exception("counters cannot be opened")
        yield None
        return
    try:
        try:
            counts.execute("BEGIN IMMEDIATE")
            counts.execute(_TABLE)
            counts.execute(_INDEX)
        except sqlite3.Error:
            log.exception("counters cannot be written")
            yield None
            return
        yield counts
        counts.execute("COMMIT")
    finally:
        counts.close()
