"""What people call a hazard: a short code made from its key, that can be read aloud and copied by hand. Plain Python."""

import hashlib
import re
from typing import Final
from uuid import UUID

# No two of these look or sound alike (no 0 and O, 1, I and L, 5 and S, 8 and B, U and V …); 23 is a prime.
SIGNS: Final = "234679ACDEFHJKMNPRTVWXY"
_LENGTH: Final = 7


def code_of(key: UUID, *, attempt: int = 0) -> str:
    """Return the code of a key, as `HZ-4K7M-A9TC`; the same for every call. `attempt` > 0 where a code is taken.

    Seven signs drawn from the key's SHA-256 (3.4 thousand million codes) and a check sign: the sum of the signs, each
    times its place, modulo 23. As 23 is a prime, one wrong sign and two that changed places are always found.
    """
    number = int.from_bytes(hashlib.sha256(f"{key}/{attempt}".encode()).digest()[:8])
    body = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(SIGNS))
        body += SIGNS[place]
    signs = body + _check_sign(body)
    return f"HZ-{signs[:4]}-{signs[4:]}"


def read_code(text: str) -> str | None:
    """Return the code that somebody typed, as it is written; None where it is none or mistyped.

    Case, spaces, dashes and the letters before it do not matter.
    """
    signs = re.sub(r"[\s‐-―－-]", "", text.upper()).removeprefix("HZ")
    if len(signs) != _LENGTH + 1 or any(sign not in SIGNS for sign in signs):
        return None
    return f"HZ-{signs[:4]}-{signs[4:]}" if _check_sign(signs[:-1]) == signs[-1] else None


def _check_sign(body: str) -> str:
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=1)) % len(SIGNS)]
