"""Digests and the one way in which records become bytes before they are digested."""

import hashlib
import json
from typing import Any


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no spaces and plain Unicode: equal values always give equal text.

    Floats are refused (their text differs between databases): ValueError.
    """
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_refuse, allow_nan=False
    )


def _refuse(value: object) -> Any:
    raise ValueError(f"not a JSON value: {value!r}")
