"""Bringing what the journal holds into the tables: gathered in the sender's thread, written in another."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Receipt
from safemonth.messaging.outbox import notes, receipts, store

# Rows in one statement, since the interpreter's lock is let go once a statement: SQLite works beside the sender.
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Folding:
    """What is to be written together: outcomes, and how the sender stood just after them.

    `answers` are (state, sent_at, answered_at, status, reference, message), `states` (state, sent_at, message),
    `flights` (flight, message, sent_at) of what is intended and not answered; what stands in journal `number` before
    offset `size` is in here.
    """

    answers: Sequence[tuple[Fate, float | None, float, int, str | None, int]]
    states: Sequence[tuple[Fate, float | None, int]]
    arrived: Sequence[tuple[float, Receipt]]
    flights: Sequence[tuple[int, int, float | None]]
    number: int
    size: int
    next_flight: int
    sent: notes.Sent
    boot: str
    at_s: float

    @property
    def messages(self) -> list[int]:
        """Return the messages whose outcome is in here."""
        return [row[-1] for row in self.answers] + [row[-1] for row in self.states]


def write(database: sqlite3.Connection, folding: Folding, *, patience_s: float) -> None:
    """Write it in one durable transaction; what the receipts among it settle is written after the answers."""
    with store.transaction(database):
        _in_bulk(
            database,
            "UPDATE message SET state = v.column1, sent_at = coalesce(sent_at, v.column2), answered_at = v.column3,"
            " status = v.column4, reference = v.column5 FROM (VALUES ",
            "(?, ?, ?, ?, ?, ?)",
            ") AS v WHERE message.id = v.column6",
            folding.answers,
        )
        database.executemany("UPDATE message SET state = ?, sent_at = ? WHERE id = ?", folding.states)
        settled = receipts.match(database, folding.arrived, at_s=folding.at_s, patience_s=patience_s)
        changed = [(message,) for message in folding.messages + settled]
        _in_bulk(database, "INSERT INTO news (message) VALUES ", "(?)", "", changed)
        database.execute("DELETE FROM flight")
        database.executemany("INSERT INTO flight VALUES (?, ?, ?)", folding.flights)
        state = json.dumps([folding.number, folding.size, folding.next_flight, *folding.sent, folding.boot])
        database.execute("INSERT OR REPLACE INTO meta VALUES ('journal', ?)", (state,))


def _in_bulk(database: sqlite3.Connection, before: str, row: str, after: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        lot = rows[start : start + ROWS_AT_ONCE]
        database.execute(before + ", ".join([row] * len(lot)) + after, list(chain.from_iterable(lot)))
