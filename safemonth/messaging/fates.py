"""What became of a message, and which news may change it. Plain decisions."""

from collections.abc import Iterable
from enum import IntEnum


class Fate(IntEnum):
    """Where a message is; the numbers are stored. See docs/messages.md for the picture."""

    QUEUED = 0
    ACCEPTED = 1
    DELIVERED = 2
    FAILED = 3
    REFUSED = 4
    LAPSED = 5
    UNCERTAIN = 6
    SETTLED_SENT = 7
    SETTLED_UNSENT = 8


# Of a message's parts the worst tells what became of the whole; what is still open comes before what is done.
WORST_FIRST = (
    Fate.UNCERTAIN,
    Fate.REFUSED,
    Fate.FAILED,
    Fate.LAPSED,
    Fate.SETTLED_UNSENT,
    Fate.QUEUED,
    Fate.ACCEPTED,
    Fate.SETTLED_SENT,
    Fate.DELIVERED,
)
# What a receipt may still change. A person's decision gives way to what the network says later.
OPEN_TO_RECEIPTS = frozenset(
    {Fate.ACCEPTED, Fate.UNCERTAIN, Fate.FAILED, Fate.SETTLED_SENT, Fate.SETTLED_UNSENT},
)


def whole(parts: Iterable[Fate]) -> Fate:
    """Return the fate of a message of several parts: its worst part's. Raises ValueError where there are none."""
    return min(parts, key=WORST_FIRST.index)


def after_receipt(now: Fate, said: Fate) -> Fate:
    """Return the fate after a receipt says DELIVERED, FAILED or ACCEPTED (that it is on its way).

    Delivered is final: it was seen to arrive, whatever is said later. A failure may yet turn into a delivery (some
    centres try again). That it is on its way proves acceptance where that was uncertain.
    """
    if now not in OPEN_TO_RECEIPTS or now is said:
        return now
    if said is Fate.ACCEPTED:
        return Fate.ACCEPTED if now is Fate.UNCERTAIN else now
    return said
