"""Plain decisions about filled forms that arrive."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["new", "known", "conflict", "stale"]

# A phone shows the whole list of a county's villages in one question; beyond this a form is no form.
LARGEST_FORM_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class Standing:
    """What is on record under an instanceID: the digest of its canonical XML, and digests a person took later."""

    canonical_sha256: str
    taken: frozenset[str] = frozenset()


def outcome_of(
    *, sent: str, standing: Standing | None, original_is_current: bool | None = None, is_taken_stale: bool = False
) -> Outcome:
    """Return what becomes of answers whose canonical digest is `sent`.

    `standing` is what is on record under the same instanceID (None: nothing). `original_is_current` speaks of the
    instance that the answers say they edit: None where they edit none (or one that has not arrived yet), False where
    another edit came first. `is_taken_stale`: a person has taken this very edit already.

    The same content again is known and changes nothing, whoever sends it and however it is laid out; other content
    under the same id is a conflict; an edit of what is no longer current is stale.
    """
    if standing is not None:
        return "known" if sent == standing.canonical_sha256 or sent in standing.taken else "conflict"
    if original_is_current is False and not is_taken_stale:
        return "stale"
    return "new"


def identity_of(*, instance_id: str, canonical_sha256: str) -> str:
    """Return the id that an instance is known by: its own, or one made of its content where it has none."""
    return instance_id or f"sha256:{canonical_sha256}"


def device_key_is_plausible(key: str) -> bool:
    """Return whether text can be a device's key at all (43 URL-safe characters), before a database is asked."""
    return len(key) == 43 and all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in key)
