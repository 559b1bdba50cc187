"""One SMPP session as a transceiver: bind, keep alive, submit, answer receipts, unbind."""

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from safemonth.messaging.links import TOKENS, Answer, Events, LinkRefused, Piece, Receipt, Verdict, Wordings
from safemonth.messaging.smpp import frames, receipts
from safemonth.messaging.text import gsm7

OPEN_S = 15.0
CLOSE_S = 3.0
TEMPLATES_KEPT = 2_000
_HEAD = frames.HEAD


@dataclass(frozen=True)
class Account:
    """Where a gateway is and who we are to it; `tls` is None for a plain connection."""

    host: str
    port: int
    system_id: str
    password: str = field(repr=False)
    system_type: str = ""
    addressing: frames.Addressing = field(default_factory=frames.Addressing)
    enquire_s: float = 30.0
    tls: ssl.SSLContext | None = None


class SmppLink(asyncio.Protocol):
    """A link (links.Link) by SMPP 3.4."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._transport: asyncio.Transport | None = None
        self._events: Events | None = None
        self._wordings: Wordings | None = None
        self._buffer = b""
        self._templates: dict[tuple[int, int], frames.Template] = {}
        self._bound: asyncio.Future[int] | None = None
        self._unbound: asyncio.Future[None] | None = None
        self._sequence = TOKENS
        self._heard_s = 0.0
        self._pulse: asyncio.TimerHandle | None = None

    # links.Link

    async def open(self, events: Events, wordings: Wordings) -> None:
        """Connect and bind. Raises LinkRefused with the gateway's status, OSError where there is no connection."""
        loop = asyncio.get_running_loop()
        account = self._account
        self._wordings = wordings
        self._bound = loop.create_future()
        async with asyncio.timeout(OPEN_S):
            await loop.create_connection(lambda: self, account.host, account.port, ssl=account.tls)
            self._write(
                frames.bind(
                    system_id=account.system_id,
                    password=account.password,
                    system_type=account.system_type,
                    sequence=self._next(),
                )
            )
            # Set before the answer is read: a gateway may send receipts in the same packet.
            self._events = events
            try:
                status = await self._bound
            except BaseException:
                self._events = None
                self._drop()
                raise
        if status != frames.OK:
            self._events = None
            self._drop()
            raise LinkRefused(f"{account.host}: {frames.status_name(status)}")
        self._heard_s = loop.time()
        self._pulse = loop.call_later(account.enquire_s, self._beat)

    def submit(self, pieces: Sequence[Piece]) -> None:
        """Write the pieces' submit_sm in one go."""
        templates = self._templates
        written = []
        for piece in pieces:
            made = templates.get((piece.wording, piece.part))
            if made is None:
                made = self._template(piece.wording, piece.part)
            written.append(
                frames.submission(
                    made,
                    destination=piece.destination,
                    reference=piece.reference,
                    token=piece.flight % TOKENS + 1,
                )
            )
        self._write(b"".join(written))

    def acknowledge(self, tokens: Sequence[int]) -> None:
        """Answer deliver_sm frames."""
        self._write(b"".join(frames.delivery_answer(sequence=token) for token in tokens))

    async def close(self) -> None:
        """Unbind, wait a little for the answer, and close."""
        self._events = None
        if self._transport and not self._transport.is_closing():
            self._unbound = asyncio.get_running_loop().create_future()
            self._write(frames.bare(frames.UNBIND, sequence=self._next()))
            with suppress(TimeoutError, OSError):
                async with asyncio.timeout(CLOSE_S):
                    await self._unbound
        self._drop()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Read whole frames; answers of one packet are told together."""
        self._heard_s = asyncio.get_running_loop().time()
        buffer = self._buffer + data if self._buffer else data
        answers: list[Answer] = []
        arrived: list[Receipt] = []
        at, end = 0, len(buffer)
        while end - at >= 16:
            length, command, status, sequence = _HEAD.unpack_from(buffer, at)
            if not 16 <= length <= frames.FRAME_OCTETS_MOST:
                self._tell(answers, arrived)
                self._lose(f"a frame of {length} octets")
                return
            if end - at < length:
                break
            if command == 0x80000004:
                stop = buffer.find(b"\x00", at + 16, at + length)
                reference = buffer[at + 16 : stop if stop >= 0 else at + length].decode("latin-1")
                answers.append(Answer(sequence, _verdict(status), status, reference))
            elif command == frames.GENERIC_NACK and sequence <= TOKENS:
                answers.append(Answer(sequence, _verdict(status or 0xFF), status, ""))
            else:
                self._handle(command, status, sequence, buffer[at : at + length], arrived)
            at += length
        self._buffer = buffer[at:]
        self._tell(answers, arrived)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell the sender, unless it closed the link itself."""
        self._lose(str(error) if error else "the gateway closed the connection")

    # Inside

    def _handle(self, command: int, status: int, sequence: int, frame: bytes, arrived: list[Receipt]) -> None:
        if command == frames.DELIVER_SM:
            self._delivered(frame, sequence, arrived)
        elif command == frames.ENQUIRE_LINK:
            self._write(frames.bare(frames.ENQUIRE_LINK | frames.RESPONSE, sequence=sequence))
        elif command == frames.BIND_TRANSCEIVER | frames.RESPONSE:
            if self._bound and not self._bound.done():
                self._bound.set_result(status)
        elif command == frames.GENERIC_NACK:
            if self._bound and not self._bound.done():
                self._bound.set_result(status or 0xFF)
        elif command == frames.UNBIND:
            self._write(frames.bare(frames.UNBIND | frames.RESPONSE, sequence=sequence))
            self._lose("the gateway unbound")
        elif command == frames.UNBIND | frames.RESPONSE:
            if self._unbound and not self._unbound.done():
                self._unbound.set_result(None)
        elif not command & frames.RESPONSE:
            self._write(frames.bare(frames.GENERIC_NACK, sequence=sequence, status=frames.INVALID_COMMAND))

    def _delivered(self, frame: bytes, sequence: int, arrived: list[Receipt]) -> None:
        try:
            pdu = frames.delivered(frame)
            sender = (pdu.source_addr or b"").decode("latin-1")
            octets = pdu.short_message or pdu.message_payload or b""
            if pdu.esm_class & frames.TYPE_MASK in frames.RECEIPT_TYPES:
                reference = (pdu.receipted_message_id or b"").rstrip(b"\x00").decode("latin-1")
                number, said, code = receipts.read(
                    octets.decode("latin-1"), reference=reference or None, state=pdu.message_state
                )
                arrived.append(Receipt(number, sender, said, code, sequence))
                return
            text = octets.decode("utf-16-be", "replace") if pdu.data_coding == 8 else gsm7.decode(octets)
        except (ValueError, TypeError):
            self._write(frames.delivery_answer(sequence=sequence, status=frames.UNREADABLE))
            return
        if self._events:
            self._events.replied(sender, text, sequence)

    def _tell(self, answers: list[Answer], arrived: list[Receipt]) -> None:
        if answers and self._events:
            self._events.answered(answers)
        if arrived and self._events:
            self._events.received(arrived)

    def _template(self, wording: int, part: int) -> frames.Template:
        assert self._wordings is not None
        if len(self._templates) >= TEMPLATES_KEPT:
            self._templates.clear()
        made = frames.template(self._wordings.wording(wording), part=part, addressing=self._account.addressing)
        self._templates[(wording, part)] = made
        return made

    def _beat(self) -> None:
        """Ask whether the gateway is there; one that has said nothing for two spans is gone."""
        loop = asyncio.get_running_loop()
        silent_s = loop.time() - self._heard_s
        if silent_s >= 2 * self._account.enquire_s:
            self._lose("the gateway is silent")
            return
        if silent_s >= self._account.enquire_s * 0.9:
            self._write(frames.bare(frames.ENQUIRE_LINK, sequence=self._next()))
        self._pulse = loop.call_later(self._account.enquire_s, self._beat)

    def _next(self) -> int:
        """Return a sequence number above all tokens, up to SMPP's 0x7FFFFFFF."""
        self._sequence = self._sequence + 1 if self._sequence < 0x7FFFFFFF else TOKENS + 1
        return self._sequence

    def _write(self, octets: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(octets)

    def _lose(self, why: str) -> None:
        for waiting in (self._bound, self._unbound):
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


def _verdict(status: int) -> Verdict:
    if status == frames.OK:
        return Verdict.ACCEPTED
    return Verdict.LATER if status in frames.TAKEN_LATER else Verdict.REFUSED
