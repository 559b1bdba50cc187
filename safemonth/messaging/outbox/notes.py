"""What stands in the journal's records, as bytes and back."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Answer, Receipt, Verdict

# The kinds of records.
INTENTS = b"I"
SENT = b"S"
ANSWERS = b"A"
LOST = b"L"
WITHDRAWN = b"W"
RECEIPTS = b"R"

_SENT = struct.Struct(">Qd")
_TIME = struct.Struct(">d")
_ANSWER = struct.Struct(">QBIB")


class Sent(NamedTuple):
    """All flights up to `flight` may have left by `at_s` (seconds since 1970)."""

    flight: int
    at_s: float


def intents_bytes(first: int, messages: Sequence[int]) -> bytes:
    """Return flights `first`, first + 1, … each with the message that it carries."""
    return struct.pack(f">{len(messages) + 1}Q", first, *messages)


def intents_of(payload: bytes) -> tuple[int, tuple[int, ...]]:
    """Return the first flight and the messages."""
    first, *messages = struct.unpack(f">{len(payload) // 8}Q", payload)
    return first, tuple(messages)


def sent_bytes(flight: int, at_s: float) -> bytes:
    """Return the mark up to which flights may have left."""
    return _SENT.pack(flight, at_s)


def sent_of(payload: bytes) -> Sent:
    """Return the mark."""
    return Sent(*_SENT.unpack(payload))


def flights_bytes(at_s: float, flights: Sequence[int]) -> bytes:
    """Return a moment and the flights that it concerns."""
    return struct.pack(f">d{len(flights)}Q", at_s, *flights)


def flights_of(payload: bytes) -> tuple[float, tuple[int, ...]]:
    """Return the moment and the flights."""
    at_s, *flights = struct.unpack(f">d{len(payload) // 8 - 1}Q", payload)
    return at_s, tuple(flights)


def answers_bytes(at_s: float, answers: Iterable[tuple[int, Answer]]) -> bytes:
    """Return a moment and each flight's answer; a gateway's number is kept up to 255 octets of UTF-8."""
    pack = _ANSWER.pack
    pieces = [_TIME.pack(at_s)]
    for flight, answer in answers:
        reference = answer.reference.encode()[:255]
        pieces.append(pack(flight, answer.verdict, answer.status & 0xFFFFFFFF, len(reference)) + reference)
    return b"".join(pieces)


def answers_of(payload: bytes) -> tuple[float, list[tuple[int, Answer]]]:
    """Return the moment and each flight's answer (its token is not kept: it is 0)."""
    (at_s,) = _TIME.unpack_from(payload)
    at = _TIME.size
    found = []
    while at < len(payload):
        flight, verdict, status, length = _ANSWER.unpack_from(payload, at)
        at += _ANSWER.size
        reference = payload[at : at + length].decode(errors="replace")
        at += length
        found.append((flight, Answer(0, Verdict(verdict), status, reference)))
    return at_s, found


def receipts_bytes(at_s: float, receipts: Iterable[Receipt]) -> bytes:
    """Return a moment and the receipts; tabs and line ends inside them become spaces."""
    lines = (
        "\t".join(" ".join(str(value).split()) for value in (r.reference, r.destination, int(r.said), r.code))
        for r in receipts
    )
    return _TIME.pack(at_s) + "\n".join(lines).encode()


def receipts_of(payload: bytes) -> tuple[float, list[Receipt]]:
    """Return the moment and the receipts (their tokens are not kept: they are 0)."""
    (at_s,) = _TIME.unpack_from(payload)
    found = []
    for line in payload[_TIME.size :].decode().split("\n"):
        reference, destination, said, code = line.split("\t")
        found.append(Receipt(reference, destination, Fate(int(said)), code, 0))
    return at_s, found
