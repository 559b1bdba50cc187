"""A CMPP 3.0 gateway for tests: signs in, answers, reports; it counts what arrives for each phone."""

import asyncio
import struct
from collections import Counter

from safemonth.messaging.cmpp import frames

SECRET = "888888"


class Gateway(asyncio.Protocol):
    """One connection; `counts`, `frames` and the faults are shared by all connections of a `serve`."""

    def __init__(self, state: "State") -> None:
        self.state = state
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport
        self.state.transports.append(transport)

    def data_received(self, data):
        self.buffer += data
        while len(self.buffer) >= 12:
            length, command, sequence = struct.unpack_from(">LLL", self.buffer)
            if len(self.buffer) < length:
                return
            body, self.buffer = self.buffer[12:length], self.buffer[length:]
            self.handle(command, sequence, body)

    def handle(self, command, sequence, body):
        state = self.state
        if command == frames.CONNECT:
            name, proof, version, stamp = struct.unpack(">6s16sBL", body)
            expected = frames.authenticator(name.decode(), SECRET, stamp)
            status = 0 if proof == expected and version == 0x30 else 3
            ours = frames.gateway_proof(status=status, ours=proof, secret=state.secret_shown)
            self.write(frames.CONNECT | frames.RESPONSE, sequence, struct.pack(">L16sB", status, ours, 0x30))
        elif command == frames.SUBMIT:
            self.submitted(sequence, body)
        elif command == frames.ACTIVE_TEST:
            state.asked += 1
            self.write(frames.ACTIVE_TEST | frames.RESPONSE, sequence, b"\x00")
        elif command == frames.TERMINATE:
            state.terminated += 1
            self.write(frames.TERMINATE | frames.RESPONSE, sequence, b"")
        elif command == frames.DELIVER | frames.RESPONSE:
            state.acknowledged.append(struct.unpack(">QL", body))

    def submitted(self, sequence, body):
        state = self.state
        state.arrived += 1
        phone = body[129:161].rstrip(b"\x00").decode()
        if state.busy_every and state.arrived % state.busy_every == 0:
            self.write(frames.SUBMIT | frames.RESPONSE, sequence, struct.pack(">QL", 0, frames.FLOW_CONTROL))
            return
        state.counts[phone] += 1
        length = body[162]
        state.contents.setdefault(phone, []).append((body[8], body[9], body[57], body[58], body[163 : 163 + length]))
        state.number += 1
        if state.cut_after and state.counts.total() % state.cut_after == 0:
            self.transport.abort()
            return
        self.write(frames.SUBMIT | frames.RESPONSE, sequence, struct.pack(">QL", state.number, 0))
        if state.reports:
            report = struct.pack(
                ">Q7s10s10s32sL", state.number, state.reports, b"2606100900", b"2606100901", phone.encode(), 1
            )
            self.deliver(report, phone, is_report=True)

    def deliver(self, content, phone, *, is_report, text_format=0):
        state = self.state
        state.delivered += 1
        body = struct.pack(
            ">Q21s10sBBB32sBBB",
            state.delivered,
            b"1069",
            b"",
            0,
            0,
            text_format,
            phone.encode(),
            0,
            is_report,
            len(content),
        )
        self.write(frames.DELIVER, state.delivered, body + content + b"\x00" * 20)

    def write(self, command, sequence, body):
        self.transport.write(struct.pack(">LLL", 12 + len(body), command, sequence) + body)


class State:
    """What a gateway was told to do and what it saw."""

    def __init__(self, *, busy_every=0, cut_after=0, reports=b"", secret_shown=SECRET):
        self.busy_every = busy_every
        self.cut_after = cut_after
        self.reports = reports
        self.secret_shown = secret_shown
        self.counts: Counter[str] = Counter()
        self.contents: dict[str, list] = {}
        self.acknowledged: list = []
        self.transports: list = []
        self.arrived = self.asked = self.terminated = self.delivered = 0
        self.number = 0xB2B9DA8000010000
        self.port = 0


async def serve(state: State) -> asyncio.Server:
    """Listen on this machine; the port is set in the state."""
    server = await asyncio.get_running_loop().create_server(lambda: Gateway(state), "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    return server
