"""The code by which a stranger follows what they reported: unguessable, easy to read aloud, kept only as a digest. Plain Python."""

import hashlib
import hmac
import re
from typing import Final

from safemonth.collect.inspection.hazards.codes import SIGNS

# 23 signs: eleven of them are 2**49.7 codes. Guessing is limited to a few an hour (`limits.py`), so none is ever guessed.
_LENGTH: Final = 11
_LONGEST: Final = 60


def code_for(secret: bytes, nonce: str) -> str:
    """Return the code of the report that a form with this nonce makes, as `4K7M-A9TC-2HXP`: the same for every call.

    A form that is sent twice over a bad network gives the same code twice, and nothing but its digest is kept. The last
    sign is the check sign: the sum of the signs, each times its place, modulo 23. As 23 is a prime, one wrong sign and
    two that changed places are always found.
    """
    number = int.from_bytes(hmac.digest(secret, b"tips/code/" + nonce.encode(), "sha256"))
    body = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(SIGNS))
        body += SIGNS[place]
    return written(body + _check_sign(body))


def written(signs: str) -> str:
    """Return the signs of a code in groups of four."""
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def plain_code(text: str) -> str:
    """Return what somebody typed as a code is compared: case, spaces and dashes do not matter; cut after 60 signs."""
    return re.sub(r"[\s‐-―－_.·-]", "", text[:_LONGEST].upper())


def is_whole(text: str) -> bool:
    """Return whether a typed code has its length, its signs and its check sign."""
    signs = plain_code(text)
    return len(signs) == _LENGTH + 1 and all(sign in SIGNS for sign in signs) and _check_sign(signs[:-1]) == signs[-1]


def code_digest(secret: bytes, text: str) -> str:
    """Return the keyed digest under which a code is kept: 64 hexadecimal digits; for a text that is no code as well.

    Who copies the database without the key can try no codes against it.
    """
    return hmac.digest(secret, b"tips/digest/" + plain_code(text).encode(), "sha256").hex()


def keyed_digest(secret: bytes, purpose: str, text: str) -> str:
    """Return a keyed digest of a text for one purpose: 64 hexadecimal digits."""
    return hmac.digest(secret, f"tips/{purpose}/{text}".encode(), hashlib.sha256).hex()


def _check_sign(body: str) -> str:
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=1)) % len(SIGNS)]
