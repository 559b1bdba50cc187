"""The one sender behind every protocol: intents first, a window, the agreed rate, and an account of all that left."""

import asyncio
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from safemonth.messaging.links import TOKENS, Answer, Link, Piece, Receipt, Verdict
from safemonth.messaging.outbox.folding import Folding
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.pace import Backoff, TokenBucket
from safemonth.messaging.rules import QuietHours

log = logging.getLogger(__name__)

# Answers and receipts folded into the tables at once, and how long they may wait for it.
FOLD_AT = 4_000
FOLD_AFTER_S = 1.0
# With so many not folded yet nothing new is made ready: memory is bounded, whatever holds the tables.
UNFOLDED_MOST = 3 * FOLD_AT
BUSY_S = 1.0
# Intents made durable ahead of their turn, at most; what a power cut can add to the uncertain ones.
AHEAD_MOST = 4_000
WAIT_S = 0.01


@dataclass
class Terms:
    """What was agreed with a gateway.

    `window` is how many parts may be in flight; `rate_per_s` of 0 means no limit; no answer for `answer_s` means that
    the link is dead. `quiet` is in the local time that `Sender.clock` gives.
    """

    window: int = 10
    rate_per_s: float = 0.0
    burst: int = 1
    answer_s: float = 30.0
    reconnect: Backoff = field(default_factory=lambda: Backoff(first_s=1.0, most_s=60.0))
    later: Backoff = field(default_factory=lambda: Backoff(first_s=0.5, most_s=30.0))
    quiet: QuietHours | None = None


@dataclass
class Account:
    """What a sender did since it started, in parts of messages."""

    sent: int = 0
    accepted: int = 0
    refused: int = 0
    later: int = 0
    uncertain: int = 0
    receipts: int = 0
    links_lost: int = 0


class Sender:
    """Sends an outbox through one link at a time until it is stopped.

    `clock` gives the local time. A part leaves only when its intent is on the disk, the window has room, the rate
    allows it and the hours are not quiet. Nothing that left unanswered is ever sent again.
    """

    def __init__(
        self, log: OutboxLog, make_link: Callable[[], Link], terms: Terms, *, clock: Callable[[], datetime]
    ) -> None:
        self.log = log
        self.terms = terms
        self.account = Account(uncertain=log.recovered)
        self._make_link = make_link
        self._clock = clock
        self._bucket = TokenBucket(terms.rate_per_s, max(terms.burst, 1))
        self._link: Link | None = None
        self._gone = asyncio.Event()
        self._stopping = asyncio.Event()
        self._failure: Exception | None = None
        # Token → flight of all that left and was not answered, in order of leaving.
        self._in_flight: dict[int, int] = {}
        self._ready: deque[Piece] = deque()
        self._preparing: list[Piece] = []
        self._flushing: asyncio.Task[None] | None = None
        self._folding: asyncio.Task[None] | None = None
        self._to_acknowledge: list[int] = []
        self._sent_since = 0
        self._adapted_at_s = 0.0
        self._flush_began_s = 0.0
        self._ahead = terms.window
        self._hold_until_s = 0.0
        self._folded_at_s = 0.0
        self._left_at_s: deque[tuple[int, float]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._must_take_back = False
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox-flush")
        self._tables = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox-fold")

    # Running

    async def run(self, *, until_empty: bool = False) -> Account:
        """Connect, send, connect again after a loss; returns when stopped, or with `until_empty` when all is answered.

        Raises LinkRefused where the gateway does not let us in, OSError where the disk takes nothing more; what was
        in flight is then held as uncertain, here or at the next start.
        """
        try:
            while not self._stopping.is_set():
                is_done = await self._one_link(until_empty=until_empty)
                if self._failure:
                    raise self._failure
                if is_done:
                    break
        finally:
            self._disk.shutdown(wait=True)
            self._tables.shutdown(wait=True)
        return self.account

    def stop(self) -> None:
        """Ask `run` to end: what is in flight is waited for, nothing more leaves."""
        self._stopping.set()

    async def _one_link(self, *, until_empty: bool) -> bool:
        """Work on one connection until it is lost; returns whether all is done."""
        link = self._make_link()
        self._gone.clear()
        try:
            await link.open(self, self.log)
        except OSError:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), timeout=self.terms.reconnect.refused())
            return False
        self._link = link
        self.terms.reconnect.succeeded()
        try:
            return await self._work(until_empty=until_empty)
        finally:
            self._link = None
            await link.close()
            await self._settle_down()

    async def _work(self, *, until_empty: bool) -> bool:
        """Look around some times a second: start what waits, fold, watch for a dead link. True where all is done."""
        while not self._gone.is_set():
            self._go_on()
            self._watch()
            if not self._in_flight and not self._flushing:
                if self._stopping.is_set():
                    return True
                if until_empty and not self._ready and self._now_s() >= self._hold_until_s and self._is_empty():
                    return True
            with suppress(TimeoutError):
                await asyncio.wait_for(self._gone.wait(), timeout=0.02 if until_empty else 0.1)
        return False

    async def _settle_down(self) -> None:
        """After a link: wait for the disk, hold what left unanswered, take back what had not left."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if under_way := [task for task in (self._flushing, self._folding) if task]:
            await asyncio.wait(under_way)
        self._ready.clear()
        self._to_acknowledge.clear()
        self._preparing = []
        self._must_take_back = False
        self._in_flight.clear()
        self._left_at_s.clear()
        if self._failure is None:
            self.account.uncertain += len(self.log.lost(at_s=self._now_s()))
            await self._fold(self.log.begin_fold(at_s=self._now_s()))

    def _fail(self, error: Exception) -> None:
        """Stop at once: what stands in the journal is read at the next start."""
        self._failure = self._failure or error
        self._gone.set()

    # What the link tells (links.Events)

    def answered(self, answers: Sequence[Answer]) -> None:
        """Note answers; those to nothing in flight (answered twice, or of another link) are left out."""
        known = [
            (flight, answer) for answer in answers if (flight := self._in_flight.pop(answer.token, None)) is not None
        ]
        if not known:
            return
        self.log.answered(known, at_s=self._now_s())
        refused = later = 0
        for _, answer in known:
            if answer.verdict is Verdict.REFUSED:
                refused += 1
            elif answer.verdict is Verdict.LATER:
                later += 1
        self.account.refused += refused
        self.account.later += later
        self.account.accepted += len(known) - refused - later
        if later:
            self._hold_back()
        elif refused < len(known):
            self.terms.later.succeeded()
        self._go_on()

    def received(self, receipts: Sequence[Receipt]) -> None:
        """Note receipts; they are acknowledged once they are on the disk."""
        self.log.received(receipts, at_s=self._now_s())
        self.account.receipts += len(receipts)
        self._to_acknowledge += [receipt.token for receipt in receipts]
        self._start_flush()

    def replied(self, destination: str, text: str, token: int) -> None:
        """Keep what a person wrote back, and acknowledge it."""
        self.log.replied(destination, text, at_s=self._now_s())
        if self._link:
            self._link.acknowledge([token])

    def lost(self, why: str) -> None:
        """Note that the link is gone."""
        log.info("link lost: %s", why)
        self.account.links_lost += 1
        self._gone.set()

    # Sending

    def _go_on(self) -> None:
        """Send what may leave now, and make ready what comes next."""
        if self._link is None or self._gone.is_set() or self._stopping.is_set():
            return
        if self._is_held():
            return
        self._send()
        if not self._flushing and 2 * len(self._ready) <= self._ahead and self.log.unfolded < UNFOLDED_MOST:
            self._prepare(self._ahead - len(self._ready))

    def _send(self) -> None:
        room = min(self.terms.window - len(self._in_flight), len(self._ready))
        if room <= 0 or self._link is None:
            return
        at_s = self._now_s()
        count = self._bucket.take(room, at_s=time.monotonic())
        if count < room and self._timer is None:
            wait_s = self._bucket.wait_s(at_s=time.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._on_timer)
        if count == 0:
            return
        take = self._ready.popleft
        pieces = [take() for _ in range(count)]
        last = pieces[-1].flight
        self.log.sent(last, at_s=at_s)
        for piece in pieces:
            self._in_flight[piece.flight % TOKENS + 1] = piece.flight
        self._left_at_s.append((last, time.monotonic()))
        self._sent_since += count
        self.account.sent += count
        self._link.submit(pieces)

    def _on_timer(self) -> None:
        self._timer = None
        self._go_on()

    def _prepare(self, count: int, *, poll_s: float = 0.5) -> None:
        """Take the next from the queue and make their intents durable beside the sending."""
        self._fold_if_due()
        self._preparing = self.log.prepare(count, at_s=self._now_s(), poll_s=poll_s)
        if self._preparing:
            self._start_flush()

    def _start_flush(self) -> None:
        if self._flushing is None:
            self._flush_began_s = time.monotonic()
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        prepared, self._preparing = self._preparing, []
        acknowledge, self._to_acknowledge = self._to_acknowledge, []
        try:
            await asyncio.get_running_loop().run_in_executor(self._disk, self.log.flush)
        except Exception as error:
            # After a failed wait nobody knows what is on the disk: nothing may leave any more.
            self._fail(error)
        finally:
            self._flushing = None
        if self._link is None or self._gone.is_set():
            return
        if acknowledge:
            self._link.acknowledge(acknowledge)
        self._adapt()
        self._ready.extend(prepared)
        self._take_back_if_due()
        self._go_on()
        if self._to_acknowledge:
            self._start_flush()

    def _adapt(self) -> None:
        """Choose how much to make ready: what leaves in two waits for the disk, and more where the window had to wait.

        So the disk holds nothing up, and a power cut leaves little in doubt: at the rates that carriers grant this
        is the window. A wait counts as `WAIT_S` at least, since each costs some work.
        """
        now_s = time.monotonic()
        since_s, flush_s = now_s - self._adapted_at_s, now_s - self._flush_began_s
        wanted = int(2 * self._sent_since * max(flush_s, WAIT_S) / max(since_s, WAIT_S))
        if not self._ready and len(self._in_flight) < self.terms.window:
            wanted = max(wanted, 2 * self._ahead)
        self._ahead = min(AHEAD_MOST, max(self.terms.window, wanted, self._ahead * 7 // 8))
        self._adapted_at_s, self._sent_since = now_s, 0

    # Watching

    def _is_held(self) -> bool:
        """Return whether nothing may leave now: quiet hours, or the gateway asked us to wait."""
        if self._now_s() < self._hold_until_s:
            return True
        quiet = self.terms.quiet
        if quiet is None:
            return False
        now = self._clock()
        if not quiet.holds(now):
            return False
        self._hold_until_s = quiet.over_at(now).timestamp()
        self._must_take_back = True
        self._take_back_if_due()
        return True

    def _hold_back(self) -> None:
        """Wait, longer each time, since the gateway takes nothing now."""
        self._hold_until_s = max(self._hold_until_s, self._now_s() + self.terms.later.refused())
        self._must_take_back = True
        self._take_back_if_due()

    def _take_back_if_due(self) -> None:
        """Return what is ready but has not left to the queue: its time may be over when we go on."""
        if self._must_take_back and not self._flushing:
            self._must_take_back = False
            self._ready.clear()
            self.log.withdraw(at_s=self._now_s())

    def _watch(self) -> None:
        self._fold_if_due()
        oldest = next(iter(self._in_flight.values()), None)
        while self._left_at_s and (oldest is None or self._left_at_s[0][0] < oldest):
            self._left_at_s.popleft()
        if self._left_at_s and time.monotonic() - self._left_at_s[0][1] > self.terms.answer_s and self._link:
            self.lost("no answer in time")

    def _fold_if_due(self) -> None:
        if self._flushing or self._folding or not self.log.unfolded:
            return
        if self.log.unfolded >= FOLD_AT or time.monotonic() - self._folded_at_s >= FOLD_AFTER_S:
            folding = self.log.begin_fold(at_s=self._now_s())
            self._folding = asyncio.get_running_loop().create_task(self._fold(folding))

    async def _fold(self, folding: Folding) -> None:
        """Write what happened into the tables, beside the sending; tables that are busy elsewhere are waited for."""
        try:
            while True:
                try:
                    await asyncio.get_running_loop().run_in_executor(self._tables, self.log.write_fold, folding)
                    break
                except sqlite3.OperationalError as error:
                    # Whatever it is (locked by a long reading, disk full), the journal has it too.
                    log.warning("the outbox's tables take nothing: %s", error)
                    if self._stopping.is_set():
                        raise
                    await asyncio.sleep(BUSY_S)
            self.log.end_fold(folding)
        except Exception as error:
            self._fail(error)
        finally:
            self._folding = None
            self._folded_at_s = time.monotonic()
        self._go_on()

    def _is_empty(self) -> bool:
        self._prepare(self._ahead, poll_s=0.0)
        return not self._preparing

    def _now_s(self) -> float:
        return self._clock().timestamp()
