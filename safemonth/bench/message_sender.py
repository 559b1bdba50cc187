"""Our sender as a process of its own, for measuring: `python -m safemonth.bench.message_sender FOLDER PORT WINDOW`.

It sends until the outbox is empty and prints {"accepted", "uncertain", "peak_mib"}.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.sending import Account, Sender, Terms
from safemonth.messaging.smpp import link


def send_all(folder: Path, *, port: int, window: int) -> Account:
    """Send an outbox to a gateway on this machine until it is empty."""
    held = OutboxLog(folder, at_s=_now().timestamp(), patience_s=0)
    account = link.Account("127.0.0.1", port, "safemonth", "secret")
    sender = Sender(held, lambda: link.SmppLink(account), Terms(window=window), clock=_now)
    try:
        return asyncio.run(sender.run(until_empty=True))
    finally:
        held.close(at_s=_now().timestamp())


def _now() -> datetime:
    return datetime.now(UTC)


def _peak_mib() -> float:
    """Return the most memory that this program had; getrusage would count the parent's before the exec too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024, 1)


if __name__ == "__main__":
    done = send_all(Path(sys.argv[1]), port=int(sys.argv[2]), window=int(sys.argv[3]))
    print(json.dumps({"accepted": done.accepted, "uncertain": done.uncertain, "peak_mib": _peak_mib()}))
