"""Plain decisions of resumable uploads: tus 1.0.0 (https://tus.io/protocols/resumable-upload) as far as photos need it."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from safemonth.collect.submissions.rules import LARGEST_FILE_BYTES
from safemonth.lib.refusals import Refused, gettext_noop

TUS_VERSION: Final = "1.0.0"
EXTENSIONS: Final = ("creation", "creation-with-upload", "checksum", "expiration", "termination")
CHECKSUMS: Final = ("sha1", "sha256")
CONTENT_TYPE: Final = "application/offset+octet-stream"

# What one person may have on the way at once: a day's photos with no network, and no more than a disk bears.
MOST_OPEN_UPLOADS: Final = 200
MOST_OPEN_BYTES: Final = 600 * 1024 * 1024
# A phone may be without a network for a working week; what was cut off before that is started again.
KEPT_FOR: Final = timedelta(days=7)
# A body is written as it comes in, in pieces of this size, so that a cut keeps what had arrived.
PIECE_BYTES: Final = 64 * 1024
LARGEST_METADATA: Final = 4096
LONGEST_NAME: Final = 255

_KEY = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_key(text: str) -> bool:
    """Return whether text can be an upload's key (32 hex digits), before a disk is asked."""
    return _KEY.fullmatch(text) is not None


def count_in(header: str | None) -> int | None:
    """Return the non-negative whole number of a header, None where there is none or it is something else."""
    if header is None or not (header.isascii() and header.isdecimal()) or len(header) > 15:
        return None
    return int(header)


def read_metadata(header: str) -> dict[str, str]:
    """Return `Upload-Metadata` as text by name: pairs `name base64` with commas between; a name alone has "".

    Raises Refused `upload_metadata` where it is longer than 4,096 characters, a name comes twice, or a value is not
    base64 of UTF-8.
    """
    found: dict[str, str] = {}
    if len(header) > LARGEST_METADATA:
        raise _metadata_refused()
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        if not name and not value:
            continue
        try:
            text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise _metadata_refused() from None
        if not name or name in found:
            raise _metadata_refused()
        found[name] = text
    return found


def _metadata_refused() -> Refused:
    return Refused("upload_metadata", gettext_noop("The upload does not say which photo it is. Send it again."))


def check_new_upload(*, length: int, metadata: Mapping[str, str], open_uploads: int, open_bytes: int) -> None:
    """Raise Refused where an upload may not begin.

    `length` is the photo's size in bytes; `open_uploads` and `open_bytes` are what the person has on the way already
    (without this one). Codes: `upload_metadata` (no instanceID or file name, or a digest that is none), `empty_file`,
    `file_too_large`, `too_many_uploads`.
    """
    name = metadata.get("filename", "")
    if not metadata.get("instanceID") or not name or len(name) > LONGEST_NAME:
        raise _metadata_refused()
    if metadata.get("sha256") and not _SHA256.fullmatch(metadata["sha256"]):
        raise _metadata_refused()
    if length == 0:
        raise Refused("empty_file", gettext_noop("“%(file)s” is empty. Take the photo again."), file=name)
    if length > LARGEST_FILE_BYTES:
        raise Refused(
            "file_too_large",
            gettext_noop("“%(file)s” has %(size)s MB; at most %(most)s MB are taken. Choose a smaller photo."),
            file=name,
            size=length // 2**20,
            most=LARGEST_FILE_BYTES // 2**20,
        )
    if open_uploads >= MOST_OPEN_UPLOADS or open_bytes + length > MOST_OPEN_BYTES:
        raise Refused(
            "too_many_uploads",
            gettext_noop(
                "Too many photos of yours are on the way at once. Wait until some have arrived, then send this again."
            ),
        )


def checksum_in(header: str) -> tuple[str, bytes] | None:
    """Return algorithm and digest of `Upload-Checksum` (`sha1 base64`); None where it is malformed or not offered."""
    algorithm, _, value = header.partition(" ")
    if algorithm not in CHECKSUMS:
        return None
    try:
        return algorithm, base64.b64decode(value, validate=True)
    except binascii.Error:
        return None


def checksum_fits(data: bytes, *, algorithm: str, digest: bytes) -> bool:
    """Return whether data has that digest; `algorithm` is one of `CHECKSUMS`."""
    return hashlib.new(algorithm, data, usedforsecurity=False).digest() == digest
