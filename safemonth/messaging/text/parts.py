"""How a text is cut and counted, as it will be sent and billed (3GPP TS 23.038 and 23.040; docs/figures/message-parts.md)."""

from dataclasses import dataclass
from enum import StrEnum

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.text import gsm7

# TP-User-Data holds 140 octets (TS 23.040, 9.2.3.24), header included.
USER_DATA_OCTETS = 140
# Length of the header, element, its length, reference of 8 or 16 bits, parts, number of this part (9.2.3.24.1, 9.2.3.24.8).
HEADER_OCTETS = {8: 6, 16: 7}
# The number of parts is one octet.
PARTS_MOST = 255


class Coding(StrEnum):
    """How the signs become octets."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"
    # As it is (UTF-8), for rooms and mailboxes, where nothing is cut or billed.
    PLAIN = "plain"


class Tariff(StrEnum):
    """Whose way of counting: any network's, or Chinese carriers', who bill every text by 70 and 67 signs."""

    NETWORK = "network"
    CHINA = "china"


@dataclass(frozen=True)
class Wording:
    """A text as it goes out.

    `bodies` are the parts without header, at least one: unpacked septets (one an octet) or UTF-16BE. `units` is
    what is billed: septets (a sign of the extension table is two) or UTF-16 units (a sign outside the basic plane
    is two). `room` is how many units the last part still takes. `reference_bits` is 8 or 16 where there are
    several parts, 0 where there is one, which needs no header.
    """

    text: str
    coding: Coding
    units: int
    room: int
    bodies: tuple[bytes, ...]
    reference_bits: int

    @property
    def parts(self) -> int:
        """Return how many messages are billed for one recipient."""
        return len(self.bodies)


def part_units(coding: Coding, *, reference_bits: int = 0) -> int:
    """Return how many units one part holds: 160 or 70 alone; 153 or 67 after an 8-bit header; 152 or 66 after 16 bits.

    Septets start on a septet boundary after the header (fill bits), so 6 octets of header cost 7 septets.
    """
    octets = USER_DATA_OCTETS - HEADER_OCTETS.get(reference_bits, 0)
    return octets * 8 // 7 if coding is Coding.GSM7 else octets // 2


def word(text: str, *, tariff: Tariff = Tariff.NETWORK, reference_bits: int = 8) -> Wording:
    """Return a text's parts, coded in septets where the alphabet has every sign and the tariff allows it, else UCS-2.

    No escape pair and no surrogate pair is cut in two, so a part may end one unit short. A lone surrogate is
    refused, since no phone could show it. Raises Refused `empty_text`, `unsendable_sign`, `text_too_long`
    (over 255 parts).
    """
    if not text.strip():
        raise Refused("empty_text", gettext_noop("The message has no text."))
    coding = Coding.UCS2 if tariff is Tariff.CHINA or gsm7.outside(text) else Coding.GSM7
    signs = _signs_in_units(text, coding)
    size = len(b"".join(signs))
    octets_a_unit = 1 if coding is Coding.GSM7 else 2
    alone = part_units(coding) * octets_a_unit
    if size <= alone:
        return Wording(text, coding, size // octets_a_unit, (alone - size) // octets_a_unit, (b"".join(signs),), 0)
    most = part_units(coding, reference_bits=reference_bits) * octets_a_unit
    bodies: list[bytearray] = [bytearray()]
    for sign in signs:
        if len(bodies[-1]) + len(sign) > most:
            bodies.append(bytearray())
        bodies[-1] += sign
    if len(bodies) > PARTS_MOST:
        raise Refused(
            "text_too_long",
            gettext_noop("The message has %(parts)s parts; %(most)s are possible. Shorten it."),
            parts=len(bodies),
            most=PARTS_MOST,
        )
    return Wording(
        text,
        coding,
        size // octets_a_unit,
        (most - len(bodies[-1])) // octets_a_unit,
        tuple(bytes(body) for body in bodies),
        reference_bits,
    )


def plain(text: str) -> Wording:
    """Return a text for a room or a mailbox: one part as it is; units are its signs. Raises Refused `empty_text`."""
    if not text.strip():
        raise Refused("empty_text", gettext_noop("The message has no text."))
    return Wording(text, Coding.PLAIN, len(text), 0, (text.encode("utf-8", "replace"),), 0)


def header(*, reference: int, reference_bits: int, parts: int, part: int) -> bytes:
    """Return the user data header of one part (from 1) of several: element 00 for 8 bits of reference, 08 for 16.

    The reference is taken modulo its size. `reference_bits` 0 gives no header.
    """
    if reference_bits == 8:
        return bytes([5, 0, 3, reference & 0xFF, parts, part])
    if reference_bits == 16:
        return bytes([6, 8, 4, reference >> 8 & 0xFF, reference & 0xFF, parts, part])
    return b""


def _signs_in_units(text: str, coding: Coding) -> list[bytes]:
    """Return each sign's octets, never to be cut."""
    if coding is Coding.GSM7:
        return [gsm7.septets(sign) or b"" for sign in text]
    for place, sign in enumerate(text, start=1):
        if "\ud800" <= sign <= "\udfff":
            raise Refused(
                "unsendable_sign",
                gettext_noop("Sign %(place)s of the message is half a sign and cannot be sent."),
                place=place,
            )
    return [sign.encode("utf-16-be") for sign in text]
