"""Kill the sender at random points: how often does a phone get a message twice, and what is lost in silence?"""

import asyncio
import contextlib
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path

from safemonth.bench.message_gateways import Gateway
from safemonth.messaging.fates import Fate
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.pace import Backoff
from safemonth.messaging.sending import Sender, Terms
from safemonth.messaging.smpp.link import Account, SmppLink
from safemonth.messaging.text.parts import word

TEXT = word("6月16日咨询日，请到县城五个路口。")
# Each round hands over this many messages and is killed within this time, of its start or, in most rounds, of its
# bind; each seventh has its link cut before.
MESSAGES_A_ROUND = 60
KILLED_WITHIN_S = 0.08
FROM_ITS_START = 0.25
CUT_EVERY = 7
# A round in two is looked at by itself: in the others the next sender finds two crashes at once.
LOOKED_AT = 0.5


@dataclass(frozen=True)
class Kills:
    """What became of all messages. `most_uncertain` is the most that one kill (or cut) left uncertain.

    `twice` counts phones that got their message more than once, `lost` those that got none though the outbox does
    not list theirs as uncertain; `settled` the uncertain ones that receipts settled.
    """

    kills: int
    cuts: int
    in_mid_sending: int
    messages: int
    arrived: int
    twice: int
    lost: int
    uncertain: int
    most_uncertain: int
    settled: int


def kill_senders(
    folder: Path, gateway: Gateway, *, kills: int, window: int, seed: int, step: Callable[[str], None] = lambda _: None
) -> Kills:
    """Start and kill (SIGKILL) a sender process `kills` times, then let one finish, and count at the gateway.

    The moments come from the seed, yet where in the sender's work they fall is up to the machine.
    """
    chance = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    watch = _Watch(folder, window)
    cuts = 0
    for number in range(kills):
        _hand_over(folder, start=number * MESSAGES_A_ROUND, count=MESSAGES_A_ROUND)
        binds = gateway.ask(binds=True)["bound"]
        process = context.Process(target=send, args=(folder, gateway.port, window), daemon=True)
        process.start()
        if chance.random() >= FROM_ITS_START:
            while gateway.ask(binds=True)["bound"] == binds:
                time.sleep(0.001)
        started = time.monotonic()
        kill_at = chance.uniform(0, KILLED_WITHIN_S)
        if number % CUT_EVERY == CUT_EVERY - 1:
            time.sleep(kill_at)
            gateway.ask(cut=True)
            cuts += 1
            kill_at += chance.uniform(0, KILLED_WITHIN_S / 2)
        time.sleep(max(0.0, started + kill_at - time.monotonic()))
        process.kill()
        process.join()
        watch.killed(is_cut=number % CUT_EVERY == CUT_EVERY - 1, is_looked_at=chance.random() < LOOKED_AT)
        step(f"kill {number + 1}")
    watch.killed(is_cut=False, is_looked_at=True)
    uncertain = _count(folder, Fate.UNCERTAIN)
    _finish(context, folder, gateway, window)
    return _judged(folder, gateway.counts(), kills=kills, cuts=cuts, uncertain=uncertain, watch=watch)


def send(folder: Path, port: int, window: int, *, until_empty: bool = False) -> None:
    """Run one sender on an outbox until it is killed, or with `until_empty` until all is answered and settled."""
    held = OutboxLog(folder, at_s=_now().timestamp(), patience_s=0)
    terms = Terms(window=window, reconnect=Backoff(0.01, 0.05))
    link = Account("127.0.0.1", port, "safemonth", "secret")
    sender = Sender(held, lambda: SmppLink(link), terms, clock=_now)
    asyncio.run(sender.run(until_empty=until_empty))
    held.close(at_s=_now().timestamp())


class _Watch:
    """Counts what each kill left uncertain."""

    def __init__(self, folder: Path, window: int) -> None:
        self.folder = folder
        self.window = window
        self.most = 0
        self.in_mid_sending = 0
        self._crashes = 0
        self._known = 0

    def killed(self, *, is_cut: bool, is_looked_at: bool) -> None:
        self._crashes += 1 + is_cut
        if not is_looked_at:
            return
        held = OutboxLog(self.folder, at_s=_now().timestamp(), patience_s=0)
        (total,) = held.database.execute("SELECT count(*) FROM message WHERE state = 6").fetchone()
        held.abandon()
        new = total - self._known
        self._known = total
        self.in_mid_sending += new > 0
        # Of several crashes since the last look at least one left this many.
        self.most = max(self.most, -(-new // self._crashes))
        self._crashes = 0


def _hand_over(folder: Path, *, start: int, count: int) -> None:
    with _opened(folder) as database:
        store.add(
            database,
            [store.Parcel(f"kill:{n}", f"8613{n:09}", TEXT, "10690001") for n in range(start, start + count)],
        )


def _finish(context: ForkServerContext, folder: Path, gateway: Gateway, window: int) -> None:
    """Let senders work in peace until all is sent and the gateway's receipts have come."""
    while True:
        process = context.Process(target=send, args=(folder, gateway.port, window), kwargs={"until_empty": True})
        process.start()
        process.join()
        if process.exitcode:
            raise RuntimeError("the last sender did not finish")
        if not gateway.ask(counts=True).get("waiting"):
            return


def _judged(folder: Path, counts: Mapping[str, int], *, kills: int, cuts: int, uncertain: int, watch: _Watch) -> Kills:
    with _opened(folder) as database:
        states: dict[str, Fate] = {
            phone: Fate(state) for phone, state in database.execute("SELECT destination, state FROM message")
        }
    held = {phone for phone, state in states.items() if state is Fate.UNCERTAIN}
    return Kills(
        kills=kills,
        cuts=cuts,
        in_mid_sending=watch.in_mid_sending,
        messages=len(states),
        arrived=sum(counts.values()),
        twice=sum(count > 1 for count in counts.values()),
        lost=len(set(states) - set(counts) - held),
        uncertain=uncertain,
        most_uncertain=watch.most,
        settled=uncertain - len(held),
    )


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    database = store.connect(folder)
    try:
        yield database
    finally:
        database.close()


def _count(folder: Path, fate: Fate) -> int:
    with _opened(folder) as database:
        return store.counts(database).get(fate, 0)


def _now() -> datetime:
    return datetime.now(UTC)
