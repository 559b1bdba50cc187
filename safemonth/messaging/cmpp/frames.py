"""CMPP 3.0's messages as bytes and back; section numbers are those of its specification.

Numbers are big-endian; texts have fixed lengths and are filled with zeros.
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import NamedTuple

HEAD = struct.Struct(">LLL")  # Total_Length, Command_Id, Sequence_Id (8.3)
FRAME_OCTETS_MOST = 4_096
VERSION = 0x30

CONNECT = 0x00000001
TERMINATE = 0x00000002
SUBMIT = 0x00000004
DELIVER = 0x00000005
ACTIVE_TEST = 0x00000008
RESPONSE = 0x80000000

OK = 0
# 8.4.3.2: flow control; the only result that says "not now".
FLOW_CONTROL = 8
FORMAT_ASCII, FORMAT_BINARY, FORMAT_UCS2, FORMAT_GBK = 0, 4, 8, 15

CONNECT_RESULTS = {
    1: "wrong message structure",
    2: "this address may not connect",
    3: "the account or password is wrong",
    4: "the gateway does not speak version 3.0",
    5: "another error",
}

_CONNECT = struct.Struct(">6s16sBL")
_CONNECT_ANSWER = struct.Struct(">L16sB")
# Msg_Id … Dest_terminal_type and Msg_Length of a submission to one phone (8.4.3.1).
_SUBMIT = struct.Struct(">8sBBBB10sB32sBBBB6s2s6s17s17s21sB32sBB")
_LINK_ID = b"\x00" * 20
_ANSWER = struct.Struct(">QL")
# Msg_Id … Msg_Length of a delivery (8.4.5.1).
_DELIVER = struct.Struct(">Q21s10sBBB32sBBB")
# Msg_Id, Stat, Submit_time, Done_time; then the phone (32 octets, 21 from gateways that kept version 2's) and a number.
_REPORT = struct.Struct(">Q7s10s10s")


@dataclass(frozen=True)
class Service:
    """What the contract with the carrier says goes into each submission.

    `source_id` is the enterprise code (6 signs), `service_id` the service's (up to 10), `fee_user_type` and
    `fee_type` who pays and how (2 and 01: the service provider, free to the phone), `fee_code` in fen.
    """

    source_id: str
    service_id: str = ""
    fee_user_type: int = 2
    fee_type: str = "01"
    fee_code: str = "000000"
    level: int = 1


class Delivery(NamedTuple):
    """A CMPP_DELIVER: a person's message, or with `is_report` what became of ours."""

    number: int
    destination: str
    format: int
    phone: str
    is_report: bool
    has_header: bool
    content: bytes


class Report(NamedTuple):
    """A status report: `number` is the Msg_Id that the submission was answered with, `state` the seven signs of Stat."""

    number: int
    state: str
    phone: str


def connect(*, source_id: str, secret: str, stamp: int, sequence: int) -> bytes:
    """Return a CMPP_CONNECT (8.4.1.1); `stamp` is the local time MMDDHHMMSS as a number."""
    name = source_id.encode()
    body = _CONNECT.pack(name, authenticator(source_id, secret, stamp), VERSION, stamp)
    return _framed(CONNECT, sequence, body)


def authenticator(source_id: str, secret: str, stamp: int) -> bytes:
    """Return AuthenticatorSource: MD5 of the account, nine zeros, the shared secret and the time in ten digits.

    MD5 is the protocol's, not our choice: who reads the line can guess the secret. Use it inside the carrier's
    tunnel.
    """
    text = source_id.encode() + b"\x00" * 9 + secret.encode() + f"{stamp:010}".encode()
    return hashlib.md5(text, usedforsecurity=False).digest()


def connect_answer(body: bytes) -> tuple[int, bytes, int]:
    """Return status, AuthenticatorISMG and version. Raises ValueError where the body is too short."""
    try:
        status, proof, version = _CONNECT_ANSWER.unpack_from(body)
    except struct.error as error:
        raise ValueError("a CMPP_CONNECT_RESP that is too short") from error
    return status, proof, version


def gateway_proof(*, status: int, ours: bytes, secret: str) -> bytes:
    """Return the AuthenticatorISMG that a gateway which knows the secret sends: MD5 of status, ours and the secret."""
    return hashlib.md5(struct.pack(">L", status) + ours + secret.encode(), usedforsecurity=False).digest()


def submit(
    service: Service,
    *,
    source: str,
    destination: str,
    content: bytes,
    text_format: int,
    has_header: bool,
    part: int,
    parts: int,
    sequence: int,
) -> bytes:
    """Return a CMPP_SUBMIT to one phone that asks for a report (8.4.3.1).

    `content` is at most 140 octets (160 in ASCII), with the user data header where `has_header`. Raises ValueError
    where it is longer.
    """
    if len(content) > (160 if text_format == FORMAT_ASCII else 140):
        raise ValueError(f"{len(content)} octets in one message")
    body = _SUBMIT.pack(
        b"",
        parts,
        part,
        1,
        service.level,
        service.service_id.encode(),
        service.fee_user_type,
        b"",
        0,
        0,
        int(has_header),
        text_format,
        service.source_id.encode(),
        service.fee_type.encode(),
        service.fee_code.encode(),
        b"",
        b"",
        source.encode(),
        1,
        destination.encode(),
        0,
        len(content),
    )
    return _framed(SUBMIT, sequence, body + content + _LINK_ID)


def answer(command: int, *, number: int, result: int, sequence: int) -> bytes:
    """Return the answer to a CMPP_DELIVER or CMPP_SUBMIT: its Msg_Id and a result."""
    return _framed(command | RESPONSE, sequence, _ANSWER.pack(number, result))


def answer_of(body: bytes) -> tuple[int, int]:
    """Return Msg_Id and result of a CMPP_SUBMIT_RESP. Raises ValueError where it is too short."""
    try:
        number, result = _ANSWER.unpack_from(body)
    except struct.error as error:
        raise ValueError("a CMPP_SUBMIT_RESP that is too short") from error
    return number, result


def bare(command: int, *, sequence: int) -> bytes:
    """Return a message without a body; the answer to CMPP_ACTIVE_TEST has one octet, which is reserved (8.4.8.2)."""
    return _framed(command, sequence, b"\x00" if command == ACTIVE_TEST | RESPONSE else b"")


def delivery(body: bytes) -> Delivery:
    """Return what a CMPP_DELIVER holds. Raises ValueError where it ends too soon."""
    if len(body) < _DELIVER.size or len(body) < _DELIVER.size + body[_DELIVER.size - 1]:
        raise ValueError("a CMPP_DELIVER that ends too soon")
    number, destination, _, _, has_header, text_format, phone, _, report, length = _DELIVER.unpack_from(body)
    content = body[_DELIVER.size : _DELIVER.size + length]
    return Delivery(number, _text(destination), text_format, _text(phone), bool(report), bool(has_header), content)


def report(content: bytes) -> Report:
    """Return what a status report says. Raises ValueError where it ends too soon."""
    if len(content) < _REPORT.size + 4:
        raise ValueError("a status report that ends too soon")
    number, state, _, _ = _REPORT.unpack_from(content)
    return Report(number, _text(state), _text(content[_REPORT.size : len(content) - 4]))


def content_text(found: Delivery) -> str:
    """Return the text of a person's message; what cannot be read becomes U+FFFD."""
    content = found.content
    if found.has_header and content:
        content = content[1 + content[0] :]
    coding = {FORMAT_UCS2: "utf-16-be", FORMAT_GBK: "gb18030"}.get(found.format, "ascii")
    return content.decode(coding, "replace")


def _text(octets: bytes) -> str:
    return octets.split(b"\x00", 1)[0].decode("ascii", "replace").strip()


def _framed(command: int, sequence: int, body: bytes) -> bytes:
    return HEAD.pack(HEAD.size + len(body), command, sequence) + body
