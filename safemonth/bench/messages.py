"""How fast messages leave, beside Kannel; at a distance; from a long queue; and what killing the sender does.

All rates are the peer's: arrivals by the time between the first and the last.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from safemonth.bench import message_gateways, message_kannel, message_kills
from safemonth.bench.message_gateways import Gateway
from safemonth.messaging.outbox import store
from safemonth.messaging.text.parts import word

TEXT = "Work Safety Month: 16 June, consulting day on the square."
WINDOWS = (10, 100)
# Ours and Kannel's runs alternate, so that what else the machine does meets both alike.
TURNS = 3
MESSAGES_A_TURN = 20_000
ROUND_TRIP_MS = 20.0
SHORT_QUEUE = 1_000
SHORT_TURNS = 9
KILL_WINDOW = 10
KILL_ROUND_TRIP_MS = 3
KANNEL_S = 300.0


@dataclass(frozen=True)
class Run:
    """One outbox sent: messages a second as the peer saw it, the sender's peak memory, the most that a phone got."""

    rate_per_s: float
    peak_mib: float
    most: int


def steps_of(kills: int) -> int:
    """Return how often `measure_messages` calls its `step`."""
    return len(WINDOWS) * (2 * TURNS + 1) + SHORT_TURNS + 2 + kills


def measure_messages(*, kills: int, queued: int, step: Callable[[str], None]) -> dict[str, Any]:
    """Return the figures of all four measurements; what this machine lacks (Kannel, npm's SMSC) is said in their place."""
    return _beside_kannel(step) | _at_a_distance(step) | _from_a_long_queue(queued, step) | _killed(kills, step)


def _beside_kannel(step: Callable[[str], None]) -> dict[str, Any]:
    """Same window, same folder, same peer. Kannel's file store never waits for the disk; ours does for each intent."""
    found: dict[str, Any] = {}
    for window in WINDOWS:
        ours, theirs = [], []
        for turn in range(TURNS):
            ours.append(_sent(MESSAGES_A_TURN, window=window).rate_per_s)
            step(f"ours, window {window}, {turn + 1}")
            if message_kannel.is_here():
                theirs.append(_kannel_rate(MESSAGES_A_TURN, window=window))
            step(f"Kannel, window {window}, {turn + 1}")
        found[f"window {window}: ours /s"] = _spread(ours)
        found[f"window {window}: Kannel /s"] = _spread(theirs) if theirs else "not installed (apt-get install kannel)"
        if theirs:
            found[f"window {window}: times Kannel"] = round(median(ours) / median(theirs), 2)
    return found


def _at_a_distance(step: Callable[[str], None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for window in WINDOWS:
        most_per_s = window * 1000 / ROUND_TRIP_MS
        run = _sent(int(most_per_s * 3), window=window, delay_ms=ROUND_TRIP_MS)
        found[f"at {ROUND_TRIP_MS:.0f} ms, window {window}: /s"] = round(run.rate_per_s)
        found[f"at {ROUND_TRIP_MS:.0f} ms, window {window}: of possible"] = round(run.rate_per_s / most_per_s, 3)
        step(f"{ROUND_TRIP_MS:.0f} ms, window {window}")
    return found


def _from_a_long_queue(queued: int, step: Callable[[str], None]) -> dict[str, Any]:
    short = []
    for turn in range(SHORT_TURNS):
        short.append(_sent(SHORT_QUEUE, window=WINDOWS[-1]))
        step(f"{SHORT_QUEUE} queued, {turn + 1}")
    # A tenth of it too: what the tables' own buffers take is full by then, so that growth with the queue shows.
    middle = _sent(queued // 10, window=WINDOWS[-1])
    step(f"{queued // 10} queued")
    long = _sent(queued, window=WINDOWS[-1])
    step(f"{queued} queued")
    rate = median(run.rate_per_s for run in short)
    return {
        f"{SHORT_QUEUE} queued: /s": round(rate),
        f"{SHORT_QUEUE} queued: peak MiB": max(run.peak_mib for run in short),
        f"{queued // 10} queued: /s": round(middle.rate_per_s),
        f"{queued // 10} queued: peak MiB": middle.peak_mib,
        f"{queued} queued: /s": round(long.rate_per_s),
        f"{queued} queued: peak MiB": long.peak_mib,
        f"{queued} queued: of the rate with {SHORT_QUEUE}": round(long.rate_per_s / rate, 2),
    }


def _killed(kills: int, step: Callable[[str], None]) -> dict[str, Any]:
    reason = message_gateways.missing()
    if reason:
        return {"kills": f"not measured: {reason}"}
    with (
        tempfile.TemporaryDirectory(prefix="safemonth-kills-") as folder,
        message_gateways.smsc(delay_ms=KILL_ROUND_TRIP_MS) as gateway,
    ):
        found = message_kills.kill_senders(
            Path(folder), gateway, kills=kills, window=KILL_WINDOW, seed=kills, step=step
        )
    return {
        "kills (and links cut)": f"{found.kills} ({found.cuts})",
        "kills: in mid-sending": found.in_mid_sending,
        "kills: messages": found.messages,
        "kills: phones written to twice": found.twice,
        "kills: lost in silence": found.lost,
        f"kills: most uncertain at once (window {KILL_WINDOW})": found.most_uncertain,
        "kills: uncertain in all, each listed": found.uncertain,
    }


def _sent(count: int, *, window: int, delay_ms: float = 0.0) -> Run:
    """Send an outbox of `count` messages by a process of its own, on the disk that holds temporary files."""
    with (
        tempfile.TemporaryDirectory(prefix="safemonth-outbox-") as name,
        message_gateways.quick_peer(delay_ms=delay_ms) as peer,
    ):
        folder = Path(name)
        database = store.connect(folder)
        wording = word(TEXT)
        store.add(database, (store.Parcel(f"bench:{n}", f"8613{n:09}", wording, "10690001") for n in range(count)))
        database.close()
        command = [sys.executable, "-m", "safemonth.bench.message_sender", name, str(peer.port), str(window)]
        done = json.loads(
            subprocess.run(
                command, check=True, capture_output=True, text=True, cwd=message_gateways.HERE.parents[1]
            ).stdout
        )
        seen = peer.ask()
        if done["accepted"] != count or seen["arrived"] != count:
            raise RuntimeError(f"{count} handed over, {done} said, {seen} seen")
        return Run((count - 1) / seen["seconds"], done["peak_mib"], seen["most"])


def _kannel_rate(count: int, *, window: int) -> float:
    with tempfile.TemporaryDirectory(prefix="safemonth-kannel-") as folder:
        port = _free_port()
        with message_kannel.kannel(Path(folder), port=port, window=window):
            message_kannel.feed(count, text=TEXT)
            with message_gateways.quick_peer(port=port) as peer:
                seen = _wait_for(peer, count)
    return (count - 1) / float(seen["seconds"])


def _wait_for(peer: Gateway, count: int) -> dict[str, Any]:
    until = time.monotonic() + KANNEL_S
    while (seen := peer.ask())["arrived"] < count:
        if time.monotonic() > until:
            raise RuntimeError(f"Kannel sent {seen['arrived']} of {count} in {KANNEL_S:.0f} s")
        time.sleep(0.5)
    return seen


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _spread(rates: list[float]) -> str:
    return f"{median(rates):.0f} ({min(rates):.0f} to {max(rates):.0f})"
