"""What a photo's file says of itself: size, time, place, camera, software. Bytes in, plain facts out.

Tags and their meaning: CIPA DC-008 (Exif 2.32), §4.6.4 to §4.6.7; XMP, ISO 16684-1.
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from PIL import ExifTags, Image

from safemonth.collect.evidence.gps import position_in
from safemonth.collect.evidence.photo import FORMATS

# No camera is older, and no phone's clock that was never set is believed.
EARLIEST_YEAR = 1995
LONGEST_TEXT = 120
# Metadata longer than this is not searched for marks: an honest XMP packet has some KB.
LARGEST_METADATA_BYTES = 2**20

_EXIF_TIME = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_XMP_TOOL = re.compile(rb"""(?:CreatorTool|softwareAgent)(?:>|=")([^<"]{1,120})""")
_AIGC = re.compile(rb"AIGC\W{0,12}(\{[^{}]{0,2000}\})")
# IPTC's digital source types for pictures that a model made or changed (cv.iptc.org/newscodes/digitalsourcetype).
_MADE_BY_MODEL = re.compile(rb"(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|algorithmicMedia)")
# GB 45438-2025, annex E: Label 1 made by a model, 2 possibly, 3 suspected.
_AIGC_LABELS = frozenset({"1", "2", "3"})


@dataclass(frozen=True)
class PhotoFacts:
    """What a photo's file says of itself; nothing here was checked against anything.

    `width`, `height` are pixels as shown (turned as the file says). `taken_at` is the camera's clock:
    aware where the file names its offset from UTC, naive (the camera's own local time) where it does
    not, None where there is no time or an impossible one. `changed_at` is the time of the last
    change, in the same manner. `satellite_at` is the time in UTC that the satellites gave.
    `latitude`, `longitude` are degrees, WGS 84 as written (both or none; a phone may have written
    another system, see rules.FAR_M). `software` is what wrote the file, as it calls itself.
    `comment` is the user comment. `is_made_by_model`: the file declares that a model made it
    (GB 45438-2025 or IPTC). `has_camera_data`: there is any of time, camera, exposure. `faults` are
    stable codes of what was there and could not be read: `time`, `position`, `metadata`.
    """

    width: int
    height: int
    format: str
    taken_at: datetime | None = None
    changed_at: datetime | None = None
    satellite_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    camera: str = ""
    software: str = ""
    comment: str = ""
    is_made_by_model: bool = False
    has_camera_data: bool = False
    faults: tuple[str, ...] = ()


def photo_facts(data: bytes) -> PhotoFacts | None:
    """Read what a photo's file says of itself, without decoding its pixels.

    None where the bytes are no picture that can be opened. Never raises: metadata that lies or is
    broken becomes a fault.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _facts_of(image)
    # Decoders meet hostile bytes with many kinds of error, a bomb's among them; none of them is ours to tell apart.
    except Exception:
        return None


def instant(moment: datetime | None, *, zone: tzinfo) -> datetime | None:
    """Return a camera's time as an instant: a naive one is taken to be the office's local time."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone)


def _facts_of(image: Image.Image) -> PhotoFacts:
    faults: list[str] = []
    top, inner, gps = _tables_of(image, faults)
    width, height = image.size
    if top.get(ExifTags.Base.Orientation) in (5, 6, 7, 8):
        width, height = height, width
    taken_at = _time(inner, ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal)
    taken_at = taken_at or _time(inner, ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized)
    changed_at = _time(top, ExifTags.Base.DateTime, ExifTags.Base.OffsetTime, offsets=inner)
    if taken_at is None and _says_a_time(inner):
        faults.append("time")
    position = position_in(gps)
    if position.is_faulty:
        faults.append("position")
    camera = " ".join(dict.fromkeys(filter(None, (_text(top.get(tag)) for tag in _CAMERA))))
    packet = _metadata_bytes(image)
    tool = _XMP_TOOL.search(packet)
    software = _text(top.get(ExifTags.Base.Software)) or _text(image.info.get("Software"))
    if tool:
        software = _text(" / ".join(dict.fromkeys(filter(None, (software, _text(tool[1]))))))
    return PhotoFacts(
        width=width,
        height=height,
        format=image.format or "",
        taken_at=taken_at,
        changed_at=changed_at,
        satellite_at=position.at,
        latitude=position.latitude,
        longitude=position.longitude,
        camera=camera,
        software=software,
        comment=_comment(inner.get(ExifTags.Base.UserComment)),
        is_made_by_model=_declares_a_model(packet, inner),
        has_camera_data=bool(taken_at or camera or inner.keys() & _EXPOSURE),
        faults=tuple(faults),
    )


_CAMERA = (ExifTags.Base.Make, ExifTags.Base.Model)
_EXPOSURE = {
    ExifTags.Base.ExposureTime,
    ExifTags.Base.FNumber,
    ExifTags.Base.ISOSpeedRatings,
    ExifTags.Base.FocalLength,
}


def _tables_of(image: Image.Image, faults: list[str]) -> tuple[dict[int, Any], dict[int, Any], dict[int, Any]]:
    """Return the main, the camera's and the satellites' table of tags; a broken one is empty, and a fault."""
    tables: list[dict[int, Any]] = []
    try:
        exif = image.getexif()
    except Exception:
        faults.append("metadata")
        return {}, {}, {}
    for read in (
        lambda: dict(exif),
        lambda: exif.get_ifd(ExifTags.IFD.Exif),
        lambda: exif.get_ifd(ExifTags.IFD.GPSInfo),
    ):
        try:
            tables.append(dict(read()))
        except Exception:
            faults.append("metadata")
            tables.append({})
    return tables[0], tables[1], tables[2]


def _time(
    table: Mapping[int, Any], tag: int, offset_tag: int, *, offsets: Mapping[int, Any] | None = None
) -> datetime | None:
    """Return a tag's time, aware where its offset is told; None where it is absent or impossible."""
    found = _EXIF_TIME.match(_text(table.get(tag)))
    if not found:
        return None
    try:
        moment = datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    if moment.year < EARLIEST_YEAR:
        return None
    told = _OFFSET.fullmatch(_text((table if offsets is None else offsets).get(offset_tag)))
    if told:
        minutes = int(told[2]) * 60 + int(told[3])
        # The widest offset that any place keeps is 14 hours; more is a broken tag, not a zone.
        if minutes <= 14 * 60:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=minutes if told[1] == "+" else -minutes)))
    return moment


def _says_a_time(table: Mapping[int, Any]) -> bool:
    """Whether a time stands there at all; blanks and zeros mean "unknown" by the standard."""
    said = _text(table.get(ExifTags.Base.DateTimeOriginal)) + _text(table.get(ExifTags.Base.DateTimeDigitized))
    return bool(said.strip(" :0"))


def _text(value: Any) -> str:
    """Return a tag's text: trimmed at the first NUL, control characters gone, at most LONGEST_TEXT characters."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in value.split("\0")[0] if sign.isprintable()).strip()[:LONGEST_TEXT]


def _comment(value: Any) -> str:
    """Return a user comment without the eight bytes that name its coding (CIPA DC-008, §4.6.5 H)."""
    if not isinstance(value, bytes):
        return _text(value)
    coding, text = value[:8], value[8:]
    if coding.startswith(b"UNICODE"):
        return _text(text.decode("utf-16", errors="replace"))
    return _text(text if coding.rstrip(b"\0") in (b"ASCII", b"JIS", b"") else value)


def _metadata_bytes(image: Image.Image) -> bytes:
    """Return what the file carries beside pixels and tags: its XMP packet and text chunks, bounded."""
    parts = [value for key, value in image.info.items() if key in ("xmp", "XML:com.adobe.xmp", "AIGC", "comment")]
    packet = b"\n".join(part if isinstance(part, bytes) else str(part).encode(errors="replace") for part in parts)
    if isinstance(image.info.get("AIGC"), str | bytes):
        packet += b"\nAIGC: " + packet
    return packet[:LARGEST_METADATA_BYTES]


def _declares_a_model(packet: bytes, inner: Mapping[int, Any]) -> bool:
    """Whether the file says that a model made or changed the picture."""
    comment = inner.get(ExifTags.Base.UserComment)
    searched = packet + b"\n" + (comment if isinstance(comment, bytes) else str(comment or "").encode())
    searched = searched.replace(b"&quot;", b'"')[:LARGEST_METADATA_BYTES]
    if _MADE_BY_MODEL.search(searched):
        return True
    for found in _AIGC.finditer(searched):
        try:
            declared = json.loads(found[1])
        except ValueError:
            continue
        if isinstance(declared, dict) and str(declared.get("Label")) in _AIGC_LABELS:
            return True
    return False
