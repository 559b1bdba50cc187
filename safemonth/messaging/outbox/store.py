"""The outbox's tables, for whoever hands messages over or asks after them; the sender works beside (`log`)."""

import hashlib
import secrets
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from safemonth.messaging import links
from safemonth.messaging.fates import Fate
from safemonth.messaging.text import parts

FILE = "outbox.sqlite3"
# Messages in one transaction: the sender waits for the lock meanwhile.
AT_ONCE = 2_000
WAIT_S = 30.0
_SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Parcel:
    """One message to hand over: `key` names it for ever, times are seconds since 1970 (0 and None: no bound)."""

    key: str
    destination: str
    wording: parts.Wording
    source: str
    not_before_s: float = 0.0
    not_after_s: float | None = None


class Line(NamedTuple):
    """One part of a message as the outbox knows it; times are seconds since 1970."""

    key: str
    part: int
    parts: int
    destination: str
    state: Fate
    sent_at_s: float | None
    answered_at_s: float | None
    status: int | None
    reference: str
    receipt_at_s: float | None
    code: str


class Stray(NamedTuple):
    """A receipt that fits no message."""

    reference: str
    destination: str
    said: Fate
    code: str
    at_s: float


_LINE = "key, part, parts, destination, state, sent_at, answered_at, status, reference, receipt_at, code"


def connect(folder: Path) -> sqlite3.Connection:
    """Open the outbox of a folder, made at first need; what is committed is on the disk (WAL, synchronous FULL)."""
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(
        folder / FILE,
        isolation_level=None,
        timeout=WAIT_S,
        check_same_thread=False,
        # A fold's statements are long and of many lengths: kept by the hundred they would take tens of megabytes.
        cached_statements=16,
    )
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        database.executescript(f"BEGIN IMMEDIATE;\n{_SCHEMA}\nCOMMIT;")
    database.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", (secrets.token_hex(8),))
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Do all of it or nothing, durable at the end."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield database
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def identity(database: sqlite3.Connection) -> str:
    """Return what tells this outbox from another that was made in its place."""
    return str(database.execute("SELECT value FROM meta WHERE name = 'identity'").fetchone()[0])


def add(database: sqlite3.Connection, parcels: Iterable[Parcel]) -> int:
    """Take messages in and return how many were new; those whose key is known change nothing.

    They are taken in some thousands at a time, each lot wholly or not at all.
    """
    source = iter(parcels)
    known: dict[tuple[str, parts.Wording], int] = {}
    new = 0
    while lot := list(islice(source, AT_ONCE)):
        with transaction(database):
            rows = []
            for parcel in lot:
                number = known.get((parcel.source, parcel.wording))
                if number is None:
                    number = _wording(database, parcel.wording, source=parcel.source)
                    if len(known) < AT_ONCE:
                        known[(parcel.source, parcel.wording)] = number
                count = parcel.wording.parts
                rows += [
                    (parcel.key, part, count, number, parcel.destination, parcel.not_before_s, parcel.not_after_s)
                    for part in range(1, count + 1)
                ]
            before = database.total_changes
            database.executemany(
                "INSERT INTO message (key, part, parts, wording, destination, not_before, not_after)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                rows,
            )
            new += database.total_changes - before
    return new


def wording(database: sqlite3.Connection, number: int) -> links.Wording:
    """Return a text by its number. Raises LookupError where there is none."""
    row = database.execute(
        "SELECT coding, reference_bits, bodies, source FROM wording WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no wording {number}")
    coding, reference_bits, packed, source = row
    bodies = []
    at = 0
    while at < len(packed):
        (length,) = struct.unpack_from(">L", packed, at)
        bodies.append(packed[at + 4 : at + 4 + length])
        at += 4 + length
    return links.Wording(parts.Coding(coding), reference_bits, tuple(bodies), source)


def stop(database: sqlite3.Connection, keys: Sequence[str]) -> int:
    """Let queued messages lapse and return how many parts; what has left or is about to leave is not touched."""
    with transaction(database):
        stopped = 0
        for key in keys:
            rows = database.execute(
                "UPDATE message SET state = ? WHERE key = ? AND state = 0 AND id NOT IN (SELECT message FROM flight)"
                " RETURNING id",
                (Fate.LAPSED, key),
            ).fetchall()
            database.executemany("INSERT INTO news (message) VALUES (?)", rows)
            stopped += len(rows)
    return stopped


def settle(database: sqlite3.Connection, key: str, *, was_sent: bool) -> int:
    """Note a person's decision on the uncertain parts of a message and return how many there were.

    Nothing is sent by this: who wants the message sent again hands over a new one.
    """
    state = Fate.SETTLED_SENT if was_sent else Fate.SETTLED_UNSENT
    with transaction(database):
        rows = database.execute(
            "UPDATE message SET state = ? WHERE key = ? AND state = ? RETURNING id", (state, key, Fate.UNCERTAIN)
        ).fetchall()
        database.executemany("INSERT INTO news (message) VALUES (?)", rows)
    return len(rows)


def uncertain(database: sqlite3.Connection) -> list[Line]:
    """Return every part that may or may not have left, in the order of handing over."""
    return _lines(database, f"SELECT {_LINE} FROM message WHERE state = 6 ORDER BY id")


def lines(database: sqlite3.Connection, key: str) -> list[Line]:
    """Return the parts of a message; empty where it was never handed over."""
    return _lines(database, f"SELECT {_LINE} FROM message WHERE key = ? ORDER BY part", key)


def counts(database: sqlite3.Connection) -> dict[Fate, int]:
    """Return how many parts are in each state; states that none is in are left out."""
    return {
        Fate(state): count for state, count in database.execute("SELECT state, count(*) FROM message GROUP BY state")
    }


def changed(database: sqlite3.Connection, *, most: int) -> tuple[int, list[Line]]:
    """Return a mark and up to about `most` parts of messages that changed, whole messages; give the mark to `read`."""
    (mark,) = database.execute(
        "SELECT coalesce(max(id), 0) FROM (SELECT id FROM news ORDER BY id LIMIT ?)", (most,)
    ).fetchone()
    query = (
        f"SELECT {_LINE} FROM message WHERE key IN"
        " (SELECT m.key FROM news n JOIN message m ON m.id = n.message WHERE n.id <= ?) ORDER BY id"
    )
    return mark, _lines(database, query, mark)


def read(database: sqlite3.Connection, mark: int) -> None:
    """Forget the news up to a mark: they are kept elsewhere."""
    with transaction(database):
        database.execute("DELETE FROM news WHERE id <= ?", (mark,))


def strays(database: sqlite3.Connection) -> list[Stray]:
    """Return the receipts that fit no message, oldest first."""
    rows = database.execute("SELECT reference, destination, said, code, at FROM stray ORDER BY id")
    return [Stray(reference, destination, Fate(said), code, at) for reference, destination, said, code, at in rows]


def replies(database: sqlite3.Connection) -> list[tuple[int, str, str, float]]:
    """Return number, phone, text and time of what people wrote back, oldest first."""
    return list(database.execute("SELECT id, destination, text, at FROM reply ORDER BY id"))


def forget_replies(database: sqlite3.Connection, number: int) -> None:
    """Forget what people wrote up to a number: it is kept elsewhere."""
    with transaction(database):
        database.execute("DELETE FROM reply WHERE id <= ?", (number,))


def _lines(database: sqlite3.Connection, query: str, *values: object) -> list[Line]:
    found = []
    for row in database.execute(query, values):
        key, part, count, destination, state, sent, answered, status, reference, receipt, code = row
        known = Fate(state), sent, answered, status, reference or "", receipt, code or ""
        found.append(Line(key, part, count, destination, *known))
    return found


def _wording(database: sqlite3.Connection, given: parts.Wording, *, source: str) -> int:
    packed = b"".join(struct.pack(">L", len(body)) + body for body in given.bodies)
    named = f"{source}\n{given.coding}\n{given.reference_bits}\n".encode()
    digest = hashlib.sha256(named + packed).digest()
    database.execute(
        "INSERT INTO wording (digest, source, coding, reference_bits, bodies) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (digest, source, given.coding.value, given.reference_bits, packed),
    )
    return int(database.execute("SELECT id FROM wording WHERE digest = ?", (digest,)).fetchone()[0])
