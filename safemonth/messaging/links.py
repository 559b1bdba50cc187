"""What a protocol to a gateway must offer the sender, and what it tells it. SMPP and CMPP are such links."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

from safemonth.messaging.fates import Fate
from safemonth.messaging.text.parts import Coding

# A flight's token is its number within this range, from 1 on: protocols carry it as their sequence number, and keep
# the numbers above for their own questions.
TOKENS = 0x60000000


class Verdict(IntEnum):
    """What a gateway answered to one submission; the numbers are stored."""

    ACCEPTED = 0
    REFUSED = 1
    # Not taken now (too fast, queue full): by the protocol's own words it was not accepted, so it may go again.
    LATER = 2


class Wording(NamedTuple):
    """A text ready to go: its parts' octets without header, as `text.parts.Wording` has them, and who it is from."""

    coding: Coding
    reference_bits: int
    bodies: tuple[bytes, ...]
    source: str


class Piece(NamedTuple):
    """One part of one message, about to leave as flight `flight`.

    `part` counts from 1; `reference` is the same for all parts of a message.
    """

    flight: int
    message: int
    wording: int
    destination: str
    part: int
    parts: int
    reference: int

    @property
    def token(self) -> int:
        """Return the sequence number that the submission goes under."""
        return self.flight % TOKENS + 1


class Answer(NamedTuple):
    """A gateway's answer to the submission with that token; `status` is the protocol's, `reference` the gateway's number."""

    token: int
    verdict: Verdict
    status: int
    reference: str


class Receipt(NamedTuple):
    """What a gateway says of a message later: DELIVERED, FAILED, or ACCEPTED for "on its way".

    `reference` may be empty, `destination` is the phone's number as the gateway writes it, `code` the network's word
    or error. `token` acknowledges the receipt.
    """

    reference: str
    destination: str
    said: Fate
    code: str
    token: int


class Events(Protocol):
    """What a link tells the sender."""

    def answered(self, answers: Sequence[Answer]) -> None:
        """Say what was answered, in the order of arrival."""

    def received(self, receipts: Sequence[Receipt]) -> None:
        """Say which receipts came; each is acknowledged once it is durable."""

    def replied(self, destination: str, text: str, token: int) -> None:
        """Say that a person sent a message back (it may ask to opt out)."""

    def lost(self, why: str) -> None:
        """Say that the link is gone; said once, and nothing after it."""


class Wordings(Protocol):
    """Where a link looks up a text by its number."""

    def wording(self, number: int) -> Wording:
        """Return the text."""


class Link(Protocol):
    """One connection to a gateway."""

    async def open(self, events: Events, wordings: Wordings) -> None:
        """Connect and sign in. Raises LinkRefused where the gateway says no, OSError where it cannot be reached."""

    def submit(self, pieces: Sequence[Piece]) -> None:
        """Write the pieces out, in this order, at once; never waits."""

    def acknowledge(self, tokens: Sequence[int]) -> None:
        """Answer receipts and replies: they are kept."""

    async def close(self) -> None:
        """Say goodbye as the protocol wants it, and close; nothing is told after it."""


class LinkRefused(Exception):
    """A gateway would not let us in: wrong password, wrong kind of account; trying again soon is of no use."""
