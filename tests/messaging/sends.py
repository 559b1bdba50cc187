"""What the tests of sending share: parcels to made phones, and a sender run to its end."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safemonth.messaging.links import Link
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.outbox.store import Parcel
from safemonth.messaging.sending import Account, Sender, Terms
from safemonth.messaging.smpp.link import Account as SmppAccount
from safemonth.messaging.smpp.link import SmppLink
from safemonth.messaging.text.parts import word

SHORT = word("Work Safety Month: 16 June, consulting day on the square.")


def now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


def phone(number: int) -> str:
    """Return a made phone number."""
    return f"861390000{number:04}" if number < 10_000 else f"86139{number:08}"


def fill(folder: Path, count: int, *, start: int = 0, text: Any = SHORT, **fields: Any) -> list[str]:
    """Hand messages over to `count` phones and return the phones."""
    database = store.connect(folder)
    phones = [phone(number) for number in range(start, start + count)]
    store.add(database, [Parcel(f"m:{p}", p, text, "10690001", **fields) for p in phones])
    database.close()
    return phones


def smpp(port: int, **fields: Any) -> Callable[[], Link]:
    """Return what makes a link to an SMSC on this machine."""
    return lambda: SmppLink(SmppAccount("127.0.0.1", port, "safemonth", "secret", **fields))


def run(folder: Path, make_link: Callable[[], Link], terms: Terms | None = None, *, patience_s: float = 0.0) -> Account:
    """Send all that is due and return the account."""
    log = OutboxLog(folder, at_s=now().timestamp(), patience_s=patience_s)
    sender = Sender(log, make_link, terms or Terms(), clock=now)
    try:
        return asyncio.run(asyncio.wait_for(sender.run(until_empty=True), timeout=60))
    finally:
        log.close(at_s=now().timestamp())
