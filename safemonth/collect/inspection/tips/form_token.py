"""What a form carries so that it is known when it was opened, and that it is sent once. Plain Python.

No cookie and no account: the token is signed, says nothing about who opened it, and its nonce makes the report's code.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

# A form may lie open while somebody looks for words; after that it is opened anew, what was typed stays.
VALID_FOR: Final = timedelta(hours=12)
# Who sends again what has arrived (no answer came) is told the code again only so long.
TOLD_AGAIN_WITHIN: Final = timedelta(minutes=30)
_NONCE_BYTES: Final = 16
_MAC_BYTES: Final = 16
_TIME_BYTES: Final = 6
# Twelve zero bits: 4,096 digests on average, well under a second on an old phone.
WORK_BITS: Final = 12


@dataclass(frozen=True)
class FormToken:
    """A form that was opened: `nonce` is 32 hexadecimal digits, unguessable and used once."""

    nonce: str
    opened_at: datetime


def sealed(secret: bytes, *, nonce: bytes, opened_at: datetime) -> str:
    """Return the token for a form; `nonce` are 16 random bytes. ValueError for another length."""
    if len(nonce) != _NONCE_BYTES:
        raise ValueError("a nonce has 16 bytes")
    body = nonce + int(opened_at.timestamp()).to_bytes(_TIME_BYTES, "big")
    return base64.urlsafe_b64encode(body + _mac(secret, body)).decode()


def opened(secret: bytes, text: str, *, at: datetime) -> FormToken | None:
    """Return the token that a form carries; None where it is forged, from the future, or older than VALID_FOR."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
    except (ValueError, UnicodeError, binascii.Error):
        return None
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if len(body) != _NONCE_BYTES + _TIME_BYTES or not hmac.compare_digest(mac, _mac(secret, body)):
        return None
    opened_at = datetime.fromtimestamp(int.from_bytes(body[_NONCE_BYTES:], "big"), tz=UTC)
    if not timedelta(0) <= at - opened_at + timedelta(seconds=1) <= VALID_FOR + timedelta(seconds=1):
        return None
    return FormToken(body[:_NONCE_BYTES].hex(), opened_at)


def has_worked(token: str, answer: str) -> bool:
    """Return whether SHA-256 of the token, a colon and the answer starts with WORK_BITS zero bits (hashcash; Back 2002)."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > 12:
        return False
    digest = hashlib.sha256(f"{token}:{answer}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - WORK_BITS) == 0


def _mac(secret: bytes, body: bytes) -> bytes:
    return hmac.digest(secret, b"tips/form/" + body, "sha256")[:_MAC_BYTES]
