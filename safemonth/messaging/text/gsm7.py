"""The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038, 6.2.1)."""

# Position in the text is the code. 0x1B leads into the extension table and is no sign of its own; no text holds U+FFFF.
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uffffÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPE = 0x1B
# 6.2.1.1; sent as the escape and this code, so each takes two septets.
EXTENSION = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}

_CODES = {sign: bytes([code]) for code, sign in enumerate(BASIC) if code != ESCAPE} | {
    sign: bytes([ESCAPE, code]) for sign, code in EXTENSION.items()
}
_SIGNS = {codes: sign for sign, codes in _CODES.items()}


def septets(sign: str) -> bytes | None:
    """Return the one or two codes of a sign, one septet an octet; None where the alphabet lacks it."""
    return _CODES.get(sign)


def outside(text: str) -> str:
    """Return the signs of a text that the alphabet lacks, each once, in the order in which they stand.

    Empty means that the text can go in septets; else each of these alone makes the whole text UCS-2.
    """
    return "".join(dict.fromkeys(sign for sign in text if sign not in _CODES))


def decode(codes: bytes) -> str:
    """Return the text of unpacked septets; an unknown code after the escape stands for a space (6.2.1.1).

    Codes over 0x7F are taken without their high bit, as a gateway that packs them would.
    """
    text: list[str] = []
    at = 0
    while at < len(codes):
        code = codes[at] & 0x7F
        if code == ESCAPE and at + 1 < len(codes):
            text.append(_SIGNS.get(bytes([ESCAPE, codes[at + 1] & 0x7F]), " "))
            at += 2
        else:
            text.append(" " if code == ESCAPE else BASIC[code])
            at += 1
    return "".join(text)
