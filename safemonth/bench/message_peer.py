"""A quick SMSC for measuring senders: `python -m safemonth.bench.message_peer DELAY_MS [PORT]`.

It answers every submit_sm after the delay, counts how often each phone was written to, and keeps up with more than any
sender measured here, which npm's server and Kannel's test SMSC do not. It prints its port; each line on standard input
is answered with {"arrived", "phones", "most", "seconds"}: `most` is the most that any phone got, `seconds` what passed
between the first and the last arrival.
"""

import asyncio
import json
import struct
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import cast

_HEAD = struct.Struct(">LLLL")
SUBMIT_SM, ENQUIRE_LINK, UNBIND = 0x04, 0x15, 0x06
BINDS = frozenset({0x01, 0x02, 0x09})


@dataclass
class Seen:
    """What arrived in all sessions, and when the first and the last did."""

    counts: Counter[bytes] = field(default_factory=Counter)
    first_s: float = 0.0
    last_s: float = 0.0


class Peer(asyncio.Protocol):
    """One session."""

    def __init__(self, seen: Seen, delay_s: float) -> None:
        self._seen = seen
        self._delay_s = delay_s
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer whole frames, all submissions of one packet together."""
        buffer = self._buffer + data
        at, end = 0, len(buffer)
        answers: list[bytes] = []
        counts = self._seen.counts
        while end - at >= 16:
            length, command, _, sequence = _HEAD.unpack_from(buffer, at)
            if end - at < length:
                break
            if command == SUBMIT_SM:
                counts[_phone(buffer, at + 16)] += 1
                answers.append(_HEAD.pack(25, 0x80000004, 0, sequence) + b"%08x\x00" % (sequence & 0xFFFFFFFF))
            elif command in BINDS:
                self._write(_HEAD.pack(17, command | 0x80000000, 0, sequence) + b"\x00")
            elif command in (ENQUIRE_LINK, UNBIND):
                self._write(_HEAD.pack(16, command | 0x80000000, 0, sequence))
            at += length
        self._buffer = buffer[at:]
        if answers:
            self._seen.last_s = time.monotonic()
            self._seen.first_s = self._seen.first_s or self._seen.last_s
            octets = b"".join(answers)
            if self._delay_s:
                asyncio.get_running_loop().call_later(self._delay_s, self._write, octets)
            else:
                self._write(octets)

    def _write(self, octets: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(octets)


def _phone(buffer: bytes, at: int) -> bytes:
    """Return the destination of a submit_sm whose body starts at `at`."""
    at = buffer.index(b"\x00", at) + 3
    at = buffer.index(b"\x00", at) + 3
    return buffer[at : buffer.index(b"\x00", at)]


async def serve(delay_s: float, port: int) -> None:
    """Listen until standard input ends; port 0 takes a free one."""
    loop = asyncio.get_running_loop()
    seen = Seen()
    server = await loop.create_server(lambda: Peer(seen, delay_s), "127.0.0.1", port)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    asked = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(asked), sys.stdin)
    while await asked.readline():
        found = {
            "arrived": seen.counts.total(),
            "phones": len(seen.counts),
            "most": max(seen.counts.values(), default=0),
            "seconds": seen.last_s - seen.first_s,
        }
        print(json.dumps(found), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
