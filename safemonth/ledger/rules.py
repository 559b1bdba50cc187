"""How a change and an entry become bytes (docs/ledger.md has a worked example)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.lib.merkle import leaf_hash


def plain(value: Any) -> Any:
    """Return a field's value as JSON can hold it: times in UTC and ISO 8601, decimals as text.

    Guaranteed the same for a value before it is stored and after it is read back, on SQLite and on
    PostgreSQL.
    """
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case float():
            return repr(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def change_line(*, table: str, key: str, before: str, after: str) -> str:
    """Return the canonical text of one change; `before` and `after` are canonical JSON or empty."""
    return canonical_json([table, key, before, after])


def changes_digest(lines: Iterable[str]) -> str:
    """Return the digest of an entry's change lines in order (64 hexadecimal digits)."""
    return sha256_hex("\n".join(lines).encode())


def entry_leaf(*, seq: int, at: datetime, by: str, action: str, about: str, digest: str) -> str:
    """Return an entry's leaf hash (64 hexadecimal digits): RFC 6962 over its canonical JSON."""
    return leaf_hash(canonical_json([seq, plain(at), by, action, about, digest]).encode()).hex()
