"""One CMPP 3.0 connection: sign in, active test, submit, answer deliveries and reports, terminate."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from safemonth.messaging.cmpp import frames
from safemonth.messaging.links import TOKENS, Answer, Events, LinkRefused, Piece, Receipt, Verdict, Wordings
from safemonth.messaging.smpp.receipts import fate_of
from safemonth.messaging.text.parts import header

OPEN_S = 15.0
CLOSE_S = 3.0


@dataclass(frozen=True)
class Account:
    """Where a gateway is and who we are to it; `active_test_s` is the specification's C (three minutes)."""

    host: str
    port: int
    secret: str = field(repr=False)
    service: frames.Service
    active_test_s: float = 180.0


class CmppLink(asyncio.Protocol):
    """A link (links.Link) by CMPP 3.0. `clock` gives the local time, which the sign-in carries."""

    def __init__(self, account: Account, *, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._transport: asyncio.Transport | None = None
        self._events: Events | None = None
        self._wordings: Wordings | None = None
        self._buffer = b""
        self._signed_in: asyncio.Future[bytes] | None = None
        self._terminated: asyncio.Future[None] | None = None
        self._sequence = TOKENS
        self._heard_s = 0.0
        self._pulse: asyncio.TimerHandle | None = None
        # Sequence number of a delivery → its Msg_Id, which the answer repeats.
        self._numbers: dict[int, int] = {}

    # links.Link

    async def open(self, events: Events, wordings: Wordings) -> None:
        """Connect and sign in. Raises LinkRefused with the gateway's reason, OSError where there is no connection.

        A gateway that cannot prove that it knows the secret is refused too.
        """
        loop = asyncio.get_running_loop()
        account, service = self._account, self._account.service
        self._wordings = wordings
        self._signed_in = loop.create_future()
        stamp = int(self._clock().strftime("%m%d%H%M%S"))
        async with asyncio.timeout(OPEN_S):
            await loop.create_connection(lambda: self, account.host, account.port)
            self._events = events
            self._write(
                frames.connect(source_id=service.source_id, secret=account.secret, stamp=stamp, sequence=self._next())
            )
            try:
                status, proof, _ = frames.connect_answer(await self._signed_in)
            except BaseException:
                self._events = None
                self._drop()
                raise
        reason = frames.CONNECT_RESULTS.get(status, f"status {status}") if status else ""
        ours = frames.authenticator(service.source_id, account.secret, stamp)
        if not reason and proof != frames.gateway_proof(status=status, ours=ours, secret=account.secret):
            reason = "it does not know the shared secret"
        if reason:
            self._events = None
            self._drop()
            raise LinkRefused(f"{account.host}: {reason}")
        self._heard_s = loop.time()
        self._pulse = loop.call_later(account.active_test_s, self._beat)

    def submit(self, pieces: Sequence[Piece]) -> None:
        """Write the pieces' CMPP_SUBMIT in one go."""
        self._write(b"".join(self._submission(piece) for piece in pieces))

    def acknowledge(self, tokens: Sequence[int]) -> None:
        """Answer deliveries: they are kept."""
        self._write(
            b"".join(
                frames.answer(frames.DELIVER, number=self._numbers.pop(token, 0), result=frames.OK, sequence=token)
                for token in tokens
            )
        )

    async def close(self) -> None:
        """Terminate, wait a little for the answer, and close."""
        self._events = None
        if self._transport and not self._transport.is_closing():
            self._terminated = asyncio.get_running_loop().create_future()
            self._write(frames.bare(frames.TERMINATE, sequence=self._next()))
            with suppress(TimeoutError, OSError):
                async with asyncio.timeout(CLOSE_S):
                    await self._terminated
        self._drop()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Read whole messages; answers of one packet are told together."""
        self._heard_s = asyncio.get_running_loop().time()
        buffer = self._buffer + data
        answers: list[Answer] = []
        arrived: list[Receipt] = []
        at = 0
        why = ""
        while len(buffer) - at >= frames.HEAD.size and not why:
            length, command, sequence = frames.HEAD.unpack_from(buffer, at)
            if not frames.HEAD.size <= length <= frames.FRAME_OCTETS_MOST:
                why = f"a message of {length} octets"
                break
            if len(buffer) - at < length:
                break
            body = buffer[at + frames.HEAD.size : at + length]
            at += length
            try:
                why = self._handle(command, sequence, body, answers, arrived)
            except ValueError as error:
                why = str(error)
        self._buffer = buffer[at:]
        if answers and self._events:
            self._events.answered(answers)
        if arrived and self._events:
            self._events.received(arrived)
        if why:
            self._lose(why)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell the sender, unless it closed the link itself."""
        self._lose(str(error) if error else "the gateway closed the connection")

    # Inside

    def _handle(self, command: int, sequence: int, body: bytes, answers: list[Answer], arrived: list[Receipt]) -> str:
        """Take one message in; returns why the link ends, empty where it goes on."""
        if command == frames.SUBMIT | frames.RESPONSE:
            number, result = frames.answer_of(body)
            answers.append(Answer(sequence, _verdict(result), result, str(number) if result == frames.OK else ""))
        elif command == frames.DELIVER:
            self._delivered(body, sequence, arrived)
        elif command == frames.ACTIVE_TEST:
            self._write(frames.bare(frames.ACTIVE_TEST | frames.RESPONSE, sequence=sequence))
        elif command == frames.CONNECT | frames.RESPONSE:
            if self._signed_in and not self._signed_in.done():
                self._signed_in.set_result(body)
        elif command == frames.TERMINATE:
            self._write(frames.bare(frames.TERMINATE | frames.RESPONSE, sequence=sequence))
            return "the gateway terminated"
        elif command == frames.TERMINATE | frames.RESPONSE and self._terminated and not self._terminated.done():
            self._terminated.set_result(None)
        return ""

    def _delivered(self, body: bytes, sequence: int, arrived: list[Receipt]) -> None:
        found = frames.delivery(body)
        self._numbers[sequence] = found.number
        if found.is_report:
            said = frames.report(found.content)
            arrived.append(Receipt(str(said.number), said.phone, fate_of(said.state), said.state, sequence))
        elif self._events:
            self._events.replied(found.phone, frames.content_text(found), sequence)

    def _submission(self, piece: Piece) -> bytes:
        assert self._wordings is not None
        wording = self._wordings.wording(piece.wording)
        head = header(
            reference=piece.reference, reference_bits=wording.reference_bits, parts=piece.parts, part=piece.part
        )
        return frames.submit(
            self._account.service,
            source=wording.source,
            destination=piece.destination,
            # UCS-2 always: gateways.py words texts for CMPP by the Chinese tariff.
            content=head + wording.bodies[piece.part - 1],
            text_format=frames.FORMAT_UCS2,
            has_header=bool(head),
            part=piece.part,
            parts=piece.parts,
            sequence=piece.token,
        )

    def _beat(self) -> None:
        """Ask whether the gateway is there; one that has said nothing for two spans is gone."""
        loop = asyncio.get_running_loop()
        silent_s = loop.time() - self._heard_s
        if silent_s >= 2 * self._account.active_test_s:
            self._lose("the gateway is silent")
            return
        if silent_s >= self._account.active_test_s * 0.9:
            self._write(frames.bare(frames.ACTIVE_TEST, sequence=self._next()))
        self._pulse = loop.call_later(self._account.active_test_s, self._beat)

    def _next(self) -> int:
        """Return a sequence number above all tokens."""
        self._sequence = self._sequence + 1 if self._sequence < 0xFFFFFFFF else TOKENS + 1
        return self._sequence

    def _write(self, octets: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(octets)

    def _lose(self, why: str) -> None:
        for waiting in (self._signed_in, self._terminated):
            if waiting and not waiting.done():
                waiting.set_exception(ConnectionError(why))
        events, self._events = self._events, None
        self._drop()
        if events:
            events.lost(why)

    def _drop(self) -> None:
        if self._pulse:
            self._pulse.cancel()
            self._pulse = None
        if self._transport:
            self._transport.abort()


def _verdict(result: int) -> Verdict:
    if result == frames.OK:
        return Verdict.ACCEPTED
    return Verdict.LATER if result == frames.FLOW_CONTROL else Verdict.REFUSED
