"""Photos from strangers: hostile bytes until shown otherwise; out comes a copy that holds nothing of who or where. Plain Python."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from safemonth.collect.evidence.copies import public_copy
from safemonth.collect.evidence.exif import photo_facts
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.inspection.tips.limits import MOST_JPEG_PIXELS, MOST_OTHER_PIXELS, MOST_PHOTO_BYTES
from safemonth.lib.refusals import Refused, gettext_noop

# What phones make. The file's own first bytes say what it is, never its name.
TAKEN: Final = {
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "webp": (b"RIFF",),
    "heif": (b"ftyp",),
}


@dataclass(frozen=True)
class CleanPhoto:
    """A photo that could be opened: the bytes as they came, and a copy of its pixels alone (JPEG, 1,600 px at most)."""

    original: bytes
    copy: bytes
    width: int
    height: int
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    taken_at: datetime | None = None


def clean_photo(data: bytes) -> CleanPhoto:
    """Open a stranger's photo and make its copy.

    Raises Refused `photo_too_large` (bytes, or pixels by its head, before anything is unpacked) and `not_a_photo`.
    """
    if len(data) > MOST_PHOTO_BYTES:
        raise Refused(
            "photo_too_large", gettext_noop("A photo may have %(most)s MB at most."), most=MOST_PHOTO_BYTES // 2**20
        )
    kind = _kind(data)
    facts = photo_facts(data) if kind else None
    if facts is None or not facts.width or not facts.height:
        raise Refused("not_a_photo", gettext_noop("One file is no photo that can be read (JPEG, PNG, WebP or HEIC)."))
    if facts.width * facts.height > (MOST_JPEG_PIXELS if kind == "jpeg" else MOST_OTHER_PIXELS):
        raise Refused("photo_too_large", gettext_noop("One photo has too many pixels. Send a smaller copy."))
    try:
        copy = public_copy(open_photo(data), ())
    except Refused as refused:
        if refused.code == "photo_too_large":
            raise
        raise Refused(
            "not_a_photo", gettext_noop("One file is no photo that can be read (JPEG, PNG, WebP or HEIC).")
        ) from refused
    return CleanPhoto(data, copy, facts.width, facts.height, facts.latitude, facts.longitude, facts.taken_at)


def _kind(data: bytes) -> str:
    for kind, marks in TAKEN.items():
        at = 4 if kind == "heif" else 0
        if data.startswith(marks, at) and (kind != "webp" or data[8:12] == b"WEBP"):
            return kind
    return ""
