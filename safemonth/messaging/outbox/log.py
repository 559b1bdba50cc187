"""The intent log: a message's intent is on the disk before a byte of it leaves, and what was in flight at a crash is known.

SQLite holds the queue and what became of each message; the journal holds what happened since it was last folded in.
The order for each message: INTENTS is appended and flushed; SENT is appended, then the bytes leave; ANSWERS is
appended. After a crash of the process the journal is whole (the operating system has it), so exactly what was marked
SENT and not answered is uncertain: at most the window. After a power cut SENT marks may be missing, so every flushed
intent without an answer is uncertain: at most the window and what was prepared ahead. The kernel's boot number, kept
in the journal, tells the two apart.
"""

import fcntl
import json
import os
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging import links
from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Answer, Piece, Receipt, Verdict
from safemonth.messaging.outbox import notes, store
from safemonth.messaging.outbox.folding import Folding, write
from safemonth.messaging.outbox.journal import Journal, flush_folder, records

# Linux's number of this start of the machine. Where there is none, every stop counts as a power cut.
BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
JOURNAL_OCTETS_MOST = 16 * 1024 * 1024
START = (-1.0, 0)
WORDINGS_KEPT = 1000


class OutboxLog:
    """The sender's side of one outbox: only one process at a time holds it.

    All but `flush` and `write_fold` are called from one thread; `begin_fold` and `close` never while a `flush` runs.
    One fold ends before the next begins; one that could not be written is left to the next start.
    """

    def __init__(self, folder: Path, *, at_s: float, boot: str | None = None, patience_s: float = 60.0) -> None:
        """Take the lock, read what a crash left behind and hold what was in flight.

        `recovered` then says how many parts became uncertain by it; `boot` is for tests of power cuts; `patience_s`
        is how long a receipt of an unknown number waits for its answer. Raises Refused `outbox_in_use` where another
        sender runs.
        """
        self.folder = folder
        self._boot = _boot() if boot is None else boot
        self._patience_s = patience_s
        self._lock = _lock(folder)
        self.database = store.connect(folder)
        self._fold_database = store.connect(folder)
        self._is_folding = False
        self._journal: Journal
        # Flights intended and not answered, in order: flight → message.
        self._open: dict[int, int] = {}
        self._sent = notes.Sent(-1, 0.0)
        self._marks: list[notes.Sent] = []
        self._next_flight = 0
        self._number = 0
        # Messages that the tables still call queued though they are in flight, or answered since the last fold.
        self._busy: set[int] = set()
        # Where in the queue (time, number) the last part was taken.
        self._cursor = START
        self._must_rewind = False
        self._empty_until_s = 0.0
        self._answers: list[tuple[Fate, float | None, float, int, str | None, int]] = []
        self._states: list[tuple[Fate, float | None, int]] = []
        self._receipts: list[tuple[float, Receipt]] = []
        self._wordings: dict[int, links.Wording] = {}
        self.recovered = self._recover(at_s)

    # What the sender calls, in this order for each message

    def prepare(self, count: int, *, at_s: float, poll_s: float = 0.5) -> list[Piece]:
        """Take up to `count` parts whose time has come, in the order of handing over, and append their intents.

        None may leave before `flush` has returned. Those whose time is over lapse instead. An empty queue is asked
        again after `poll_s` at the earliest.
        """
        if at_s < self._empty_until_s and not self._must_rewind:
            return []
        pieces = self._take(count, at_s=at_s)
        if pieces:
            self._journal.append(notes.INTENTS, notes.intents_bytes(pieces[0].flight, [p.message for p in pieces]))
            self._next_flight = pieces[-1].flight + 1
            for piece in pieces:
                self._open[piece.flight] = piece.message
                self._busy.add(piece.message)
        elif not self._must_rewind:
            self._empty_until_s = at_s + poll_s
        return pieces

    def flush(self) -> None:
        """Wait until what was appended before is on the disk; may run in another thread."""
        self._journal.flush()

    def sent(self, flight: int, *, at_s: float) -> None:
        """Mark that all flights up to this one may leave from now on; call it before the bytes are written."""
        self._journal.append(notes.SENT, notes.sent_bytes(flight, at_s))
        self._sent = notes.Sent(flight, at_s)
        self._marks.append(self._sent)

    def answered(self, answers: Sequence[tuple[int, Answer]], *, at_s: float) -> None:
        """Note what the gateway answered to flights; what it wants later is taken again by a later `prepare`."""
        self._journal.append(notes.ANSWERS, notes.answers_bytes(at_s, answers))
        for flight, answer in answers:
            self._answer(flight, answer, at_s)

    def received(self, arrived: Sequence[Receipt], *, at_s: float) -> None:
        """Note receipts; acknowledge them after the next `flush`."""
        self._journal.append(notes.RECEIPTS, notes.receipts_bytes(at_s, arrived))
        self._receipts += [(at_s, receipt) for receipt in arrived]

    def replied(self, destination: str, text: str, *, at_s: float) -> None:
        """Keep what a person wrote back; durable on return."""
        self.database.execute("INSERT INTO reply (destination, text, at) VALUES (?, ?, ?)", (destination, text, at_s))

    def lost(self, *, at_s: float) -> list[int]:
        """Note that the link is gone: what had left and was not answered is uncertain, what had not goes back.

        Returns the flights that are uncertain now.
        """
        gone = [flight for flight in self._open if flight <= self._sent.flight]
        if gone:
            self._journal.append(notes.LOST, notes.flights_bytes(at_s, gone))
            self._hold(gone)
        self.withdraw(at_s=at_s)
        return gone

    def withdraw(self, *, at_s: float) -> None:
        """Take back the intents of all that has not left; a later `prepare` takes it again, if its time is not over."""
        kept = [flight for flight in self._open if flight > self._sent.flight]
        if kept:
            self._journal.append(notes.WITHDRAWN, notes.flights_bytes(at_s, kept))
            for flight in kept:
                self._busy.discard(self._open.pop(flight))
            self._must_rewind = True

    # Folding

    @property
    def unfolded(self) -> int:
        """Return how many answers and receipts stand in the journal alone."""
        return len(self._answers) + len(self._states) + len(self._receipts)

    def begin_fold(self, *, at_s: float) -> Folding:
        """Take what is to be folded; a journal that has become long ends here and the next begins.

        Raises RuntimeError where a fold has not ended: its outcomes stand in the journal before where this one's would
        be said to begin.
        """
        if self._is_folding:
            raise RuntimeError("a fold has not ended")
        self._is_folding = True
        if self._journal.size > JOURNAL_OCTETS_MOST:
            # What follows stands in the next file, so this one must be whole on the disk before.
            self._journal.flush()
            self._journal.close()
            self._number += 1
            self._journal = self._new_journal(self._number)
        folding = Folding(
            answers=self._answers,
            states=self._states,
            arrived=self._receipts,
            flights=[(flight, message, self._sent_at(flight)) for flight, message in self._open.items()],
            number=self._number,
            size=self._journal.size,
            next_flight=self._next_flight,
            sent=self._sent,
            boot=self._boot,
            at_s=at_s,
        )
        self._answers, self._states, self._receipts = [], [], []
        first_open = next(iter(self._open), self._next_flight)
        del self._marks[: bisect_left(self._marks, (first_open,))]
        return folding

    def write_fold(self, folding: Folding) -> None:
        """Write a fold into the tables, durable on return; may run in another thread, and again where it failed."""
        write(self._fold_database, folding, patience_s=self._patience_s)

    def end_fold(self, folding: Folding) -> None:
        """Let go of what is in the tables now: messages, and journals that nothing needs any more."""
        self._is_folding = False
        self._busy.difference_update(folding.messages)
        for path in self.folder.glob("journal-*"):
            if path.name < _journal_name(folding.number):
                path.unlink()

    def fold(self, *, at_s: float) -> None:
        """Fold here and now."""
        folding = self.begin_fold(at_s=at_s)
        self.write_fold(folding)
        self.end_fold(folding)

    def wording(self, number: int) -> links.Wording:
        """Return a text by its number."""
        found = self._wordings.get(number)
        if found is None:
            if len(self._wordings) >= WORDINGS_KEPT:
                self._wordings.clear()
            found = self._wordings[number] = store.wording(self.database, number)
        return found

    def close(self, *, at_s: float) -> None:
        """Hold what has left unanswered, fold, and let go of the lock."""
        if not self._is_folding:
            self.lost(at_s=at_s)
            self.fold(at_s=at_s)
        self.abandon()

    def abandon(self) -> None:
        """Let go of the lock and leave all as it stands, as a crash would."""
        self._journal.close()
        self.database.close()
        self._fold_database.close()
        os.close(self._lock)

    # Inside

    def _take(self, count: int, *, at_s: float) -> list[Piece]:
        if self._must_rewind:
            self._cursor = START
            self._must_rewind = False
        pieces: list[Piece] = []
        while not pieces:
            rows = self.database.execute(
                "SELECT id, wording, destination, part, parts, not_before, not_after FROM message"
                " WHERE state = 0 AND (not_before, id) > (?, ?) AND not_before <= ? ORDER BY not_before, id LIMIT ?",
                (*self._cursor, at_s, count),
            ).fetchall()
            if not rows:
                # Next time from the start: messages may have come whose time lies before the last one's.
                self._cursor = START
                break
            self._cursor = (rows[-1][5], rows[-1][0])
            for message, wording, destination, part, parts, _, not_after in rows:
                if message in self._busy:
                    continue
                if not_after is not None and not_after < at_s:
                    self._states.append((Fate.LAPSED, None, message))
                    self._busy.add(message)
                    continue
                flight = self._next_flight + len(pieces)
                pieces.append(Piece(flight, message, wording, destination, part, parts, message - part + 1))
        return pieces

    def _answer(self, flight: int, answer: Answer, at_s: float) -> None:
        message = self._open.pop(flight, None)
        if message is None:
            return
        if answer.verdict is Verdict.LATER:
            self._busy.discard(message)
            self._must_rewind = True
            return
        state = Fate.ACCEPTED if answer.verdict is Verdict.ACCEPTED else Fate.REFUSED
        self._answers.append((state, self._sent_at(flight), at_s, answer.status, answer.reference or None, message))

    def _hold(self, flights: Iterable[int]) -> None:
        for flight in flights:
            message = self._open.pop(flight, None)
            if message is not None:
                self._states.append((Fate.UNCERTAIN, self._sent_at(flight), message))

    def _sent_at(self, flight: int) -> float | None:
        at = bisect_left(self._marks, (flight,))
        return self._marks[at].at_s if at < len(self._marks) else None

    def _new_journal(self, number: int) -> Journal:
        journal = Journal(self.folder / _journal_name(number))
        journal.flush()
        flush_folder(self.folder)
        return journal

    def _recover(self, at_s: float) -> int:
        row = self.database.execute("SELECT value FROM meta WHERE name = 'journal'").fetchone()
        start, boot = 0, ""
        if row:
            self._number, start, self._next_flight, flight, sent_at_s, boot = json.loads(row[0])
            self._sent = notes.Sent(flight, sent_at_s)
            for flight, message, sent_at in self.database.execute("SELECT * FROM flight ORDER BY flight"):
                self._open[flight] = message
                if sent_at is not None:
                    self._marks.append(notes.Sent(flight, sent_at))
        # A fold that was not written to its end leaves the journal that it began with, and the next.
        while (path := self.folder / _journal_name(self._number)).exists():
            for kind, payload in records(path, start=start):
                self._replay(kind, payload)
            self._number, start = self._number + 1, 0
        # Under another boot the SENT marks prove nothing: whatever was intended may have left.
        is_same_boot = bool(self._boot) and boot == self._boot
        gone = [flight for flight in self._open if flight <= self._sent.flight or not is_same_boot]
        self._hold(gone)
        self._open.clear()
        # The fold writes this boot's number and which journal is next, before anything is appended to it.
        self._journal = self._new_journal(self._number)
        self.fold(at_s=at_s)
        return len(gone)

    def _replay(self, kind: bytes, payload: bytes) -> None:
        if kind == notes.INTENTS:
            first, messages = notes.intents_of(payload)
            self._open.update(enumerate(messages, start=first))
            self._next_flight = first + len(messages)
        elif kind == notes.SENT:
            self._sent = notes.sent_of(payload)
            self._marks.append(self._sent)
        elif kind == notes.ANSWERS:
            answered_at_s, answers = notes.answers_of(payload)
            for flight, answer in answers:
                self._answer(flight, answer, answered_at_s)
        elif kind == notes.LOST:
            self._hold(notes.flights_of(payload)[1])
        elif kind == notes.WITHDRAWN:
            for flight in notes.flights_of(payload)[1]:
                self._open.pop(flight, None)
        elif kind == notes.RECEIPTS:
            received_at_s, arrived = notes.receipts_of(payload)
            self._receipts += [(received_at_s, receipt) for receipt in arrived]


def _journal_name(number: int) -> str:
    return f"journal-{number:06}"


def _boot() -> str:
    try:
        return BOOT_FILE.read_text().strip()
    except OSError:
        return ""


def _lock(folder: Path) -> int:
    """Take the lock that one sender holds; the operating system lets go of it when the process ends, however."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "sender.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise Refused(
            "outbox_in_use",
            gettext_noop("Another sender works on %(folder)s. Only one may, or a message could leave twice."),
            folder=str(folder),
        ) from error
    return descriptor
