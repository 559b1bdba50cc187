"""SMPP's bytes: smpplib's codec, and a quick way to write the same submission to many phones."""

import struct
from dataclasses import dataclass
from typing import Any, NamedTuple

from smpplib import command, consts

from safemonth.messaging.links import Wording
from safemonth.messaging.text.parts import Coding, header

HEAD = struct.Struct(">LLLL")  # length, command, status, sequence number
# The longest frame that a gateway can reasonably mean (message_payload holds up to 64 KiB); more is a broken stream.
FRAME_OCTETS_MOST = 70_000

BIND_TRANSCEIVER = 0x00000009
UNBIND = 0x00000006
SUBMIT_SM = 0x00000004
DELIVER_SM = 0x00000005
ENQUIRE_LINK = 0x00000015
GENERIC_NACK = 0x80000000
RESPONSE = 0x80000000

OK = 0x00000000
INVALID_COMMAND = 0x00000003
QUEUE_FULL = 0x00000014
THROTTLED = 0x00000058
# Delivery failed for good (ESME_RX_P_APPN): said of a message to us that we cannot read.
UNREADABLE = 0x00000065
# By SMPP 3.4, 5.1.3 these alone say that the message was not taken now and may come again.
TAKEN_LATER = frozenset({THROTTLED, QUEUE_FULL})

DATA_CODINGS = {Coding.GSM7: 0, Coding.UCS2: 8}
# esm_class (5.2.12): the header is in the text; which type an arriving message is of.
UDHI = 0x40
TYPE_MASK = 0x3C
RECEIPT_TYPES = frozenset({0x04, 0x20})


@dataclass(frozen=True)
class Addressing:
    """How numbers are written for this gateway (5.2.5, 5.2.6): 1 and 1 are international numbers by E.164.

    A source with letters is sent as alphanumeric (5, 0), whatever stands here. `validity_s` is how long the gateway
    tries (0: as it likes).
    """

    source_ton: int = 1
    source_npi: int = 1
    destination_ton: int = 1
    destination_npi: int = 1
    service_type: str = ""
    validity_s: int = 0


class Template(NamedTuple):
    """A submission without its phone and reference: header values aside, `before` phone `after` [reference `rest`]."""

    octets: int
    before: bytes
    after: bytes
    reference_octets: int
    rest: bytes


def template(wording: Wording, *, part: int, addressing: Addressing) -> Template:
    """Return the fixed octets of one part's submit_sm, written by smpplib."""
    reference = b"" if not wording.reference_bits else b"\x00" * (wording.reference_bits // 8)
    head = header(reference=0, reference_bits=wording.reference_bits, parts=len(wording.bodies), part=part)
    is_named = any(sign.isalpha() for sign in wording.source)
    pdu = _made(
        "submit_sm",
        service_type=addressing.service_type,
        source_addr_ton=5 if is_named else addressing.source_ton,
        source_addr_npi=0 if is_named else addressing.source_npi,
        source_addr=wording.source,
        dest_addr_ton=addressing.destination_ton,
        dest_addr_npi=addressing.destination_npi,
        destination_addr="",
        esm_class=UDHI if head else 0,
        protocol_id=0,
        priority_flag=0,
        schedule_delivery_time="",
        validity_period=relative_time(addressing.validity_s),
        registered_delivery=1,
        replace_if_present_flag=0,
        data_coding=DATA_CODINGS[wording.coding],
        sm_default_msg_id=0,
        short_message=head + wording.bodies[part - 1],
    )
    octets = pdu.generate()
    # The phone stands after service_type, source (two octets and a text) and its own two octets.
    phone_at = HEAD.size + len(addressing.service_type) + 1 + 2 + len(wording.source) + 1 + 2
    before, after = octets[HEAD.size : phone_at], octets[phone_at:]
    if not reference:
        return Template(len(octets), before, after, 0, b"")
    # The reference stands after the header's length, the element's name and its length.
    reference_at = len(after) - len(head) - len(wording.bodies[part - 1]) + 3
    rest = after[reference_at + len(reference) :]
    return Template(len(octets), before, after[:reference_at], len(reference), rest)


def submission(made: Template, *, destination: str, reference: int, token: int) -> bytes:
    """Return one submit_sm: the same octets as smpplib would write for it."""
    phone = destination.encode("latin-1")
    if not made.reference_octets:
        return HEAD.pack(made.octets + len(phone), SUBMIT_SM, OK, token) + made.before + phone + made.after
    number = (reference & ((1 << 8 * made.reference_octets) - 1)).to_bytes(made.reference_octets, "big")
    head = HEAD.pack(made.octets + len(phone), SUBMIT_SM, OK, token)
    return head + made.before + phone + made.after + number + made.rest


def relative_time(seconds: int) -> str:
    """Return a span in SMPP's relative form YYMMDDhhmmss000R (7.1.1.3), in days at most; empty for 0."""
    if seconds <= 0:
        return ""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    return f"0000{min(days, 99):02}{hours:02}{minutes:02}{left:02}000R"


def bind(*, system_id: str, password: str, system_type: str, sequence: int) -> bytes:
    """Return a bind_transceiver of version 3.4."""
    pdu = _made(
        "bind_transceiver",
        system_id=system_id,
        password=password,
        system_type=system_type,
        interface_version=0x34,
        addr_ton=0,
        addr_npi=0,
        address_range="",
    )
    pdu.sequence = sequence
    return bytes(pdu.generate())


def bare(command_id: int, *, sequence: int, status: int = OK) -> bytes:
    """Return a frame of the header alone."""
    return HEAD.pack(HEAD.size, command_id, status, sequence)


def delivery_answer(*, sequence: int, status: int = OK) -> bytes:
    """Return a deliver_sm_resp; its message_id is unused and empty (4.6.2)."""
    return HEAD.pack(HEAD.size + 1, DELIVER_SM | RESPONSE, status, sequence) + b"\x00"


def delivered(frame: bytes) -> Any:
    """Return smpplib's reading of a deliver_sm. Raises ValueError where it cannot be read."""
    if not _is_whole(frame):
        raise ValueError("a deliver_sm that ends too soon and cannot be read")
    pdu = command.factory("deliver_sm", allow_unknown_opt_params=True, sequence=0)
    try:
        pdu.parse(frame)
    except Exception as error:  # smpplib lets struct's, its own and index errors out alike.
        raise ValueError("a deliver_sm that cannot be read") from error
    return pdu


def status_name(status: int) -> str:
    """Return what SMPP calls a status, or its number in hexadecimal."""
    return str(consts.DESCRIPTIONS.get(status, f"0x{status:08X}"))


def _is_whole(frame: bytes) -> bool:
    """Return whether a deliver_sm has all its fields (4.6.1); smpplib reads on at odd places where a text has no end."""
    at = HEAD.size
    # Each text field with the octets that follow it: service_type, source, destination, the two times.
    for octets in (2, 2, 3, 0, 5):
        end = frame.find(b"\x00", at)
        if end < 0:
            return False
        at = end + 1 + octets
    if at > len(frame):
        return False
    at += frame[at - 1]
    while at + 4 <= len(frame):
        at += 4 + int.from_bytes(frame[at + 2 : at + 4], "big")
    return at == len(frame)


def _made(name: str, **fields: Any) -> Any:
    # With a sequence given the codec asks no client of its own for one.
    pdu = command.factory(name, sequence=0, **fields)
    return pdu
