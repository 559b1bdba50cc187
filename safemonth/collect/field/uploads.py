"""Photos on the way: each upload is two files in a folder of its owner, and the bytes' file says how far it is.

Nothing of this is a record: an upload becomes one when it is whole (`take_when_whole`), and until then it can be lost
and sent again. So it stands in no table and no ledger, and no crash can part an offset from its bytes
(docs/decisions/0010-resumable-uploads.md).
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import locks

from safemonth.collect.field.rules import KEPT_FOR, check_new_upload, is_key
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop

# A photo that arrives altered is asked for again this often; then something else is wrong and a person is told.
MOST_ALTERED = 3


class OffsetConflict(Exception):
    """The bytes do not go where the upload ends; `offset` is where it does."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset)


class TooLong(Exception):
    """More bytes came than the upload has; what fits was kept."""


@dataclass(frozen=True)
class Upload:
    """One photo on the way. `length` in bytes; `metadata` has at least `instanceID` and `filename`."""

    key: str
    folder: Path
    length: int
    metadata: dict[str, str]
    expires_at: datetime
    altered: int = 0
    is_done: bool = False

    @property
    def offset(self) -> int:
        """How many bytes have arrived, 0 to `length`; all of them once it is done."""
        if self.is_done:
            return self.length
        try:
            return self._bytes_path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def _bytes_path(self) -> Path:
        return self.folder / f"{self.key}.part"

    @property
    def _about_path(self) -> Path:
        return self.folder / f"{self.key}.json"


def begin_upload(*, owner: int, length: int, metadata: dict[str, str], at: datetime) -> Upload:
    """Begin an upload of `length` bytes by the account with key `owner`; raises as `check_new_upload` does.

    What expired is cleared away first. An unfinished upload of the same photo (instanceID and file name) gives way, so
    that a lost answer to a beginning leaves nothing behind.
    """
    others = []
    for upload in uploads_of(owner=owner, at=at):
        if _photo(upload.metadata) == _photo(metadata) and not upload.is_done:
            remove_upload(upload)
        elif not upload.is_done:
            others.append(upload)
    check_new_upload(
        length=length,
        metadata=metadata,
        open_uploads=len(others),
        open_bytes=sum(upload.length for upload in others),
    )
    folder = _folder(owner)
    folder.mkdir(parents=True, exist_ok=True)
    upload = Upload(
        key=secrets.token_hex(16), folder=folder, length=length, metadata=metadata, expires_at=at + KEPT_FOR
    )
    upload._bytes_path.touch()
    _write_about(upload)
    return upload


def uploads_of(*, owner: int, at: datetime) -> list[Upload]:
    """Return an account's uploads that have not expired at `at`, in no order; those that have are removed."""
    keys = [path.stem for path in _folder(owner).glob("*.json")]
    return [upload for key in keys if (upload := find_upload(owner=owner, key=key, at=at)) is not None]


def find_upload(*, owner: int, key: str, at: datetime) -> Upload | None:
    """Return an account's upload, None where it has none of that key or it has expired (and is then removed)."""
    if not is_key(key):
        return None
    folder = _folder(owner)
    try:
        about: dict[str, Any] = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
        upload = Upload(
            key=key,
            folder=folder,
            length=about["length"],
            metadata=about["metadata"],
            expires_at=datetime.fromisoformat(about["expires_at"]),
            altered=about["altered"],
            is_done=about["is_done"],
        )
    except (FileNotFoundError, ValueError, KeyError):
        return None
    if upload.expires_at <= at:
        remove_upload(upload)
        return None
    return upload


def append_pieces(upload: Upload, *, offset: int, pieces: Iterable[bytes]) -> int:
    """Add pieces of bytes at `offset` and return where the upload ends then.

    Each piece is written as it comes, so an iterator that breaks off (its error comes through) loses only the piece it
    was reading. Two writers at once can't mix: a piece is written under a lock and only where the file ends; whoever
    comes second gets OffsetConflict. Raises TooLong once more comes than `length`.
    """
    if upload.is_done or upload.offset != offset:
        raise OffsetConflict(upload.offset)
    for piece in pieces:
        with _locked(upload._bytes_path) as file:
            if file.seek(0, os.SEEK_END) != offset:
                raise OffsetConflict(file.tell())
            file.write(piece[: upload.length - offset])
        if offset + len(piece) > upload.length:
            raise TooLong
        offset += len(piece)
    return offset


def take_when_whole(upload: Upload, *, take: Callable[[bytes], object]) -> bool:
    """Hand a whole upload's bytes to `take`, once, and return whether it is done; False while bytes are missing.

    If the process dies in between, the next call does it again: `take` must bear the same photo twice. Where the
    sender said a `sha256` that does not fit, the bytes are dropped and OffsetConflict(0) asks for them again; after
    the third time Refused `photo_altered`. What `take` raises comes through, and the bytes stay.
    """
    if upload.is_done:
        return True
    if upload.offset != upload.length:
        return False
    try:
        with _locked(upload._bytes_path) as file:
            data = file.read()
            expected = upload.metadata.get("sha256", "")
            if expected and sha256_hex(data) != expected:
                file.truncate(0)
                _write_about(_changed(upload, altered=upload.altered + 1))
                if upload.altered + 1 < MOST_ALTERED:
                    raise OffsetConflict(0)
                raise Refused(
                    "photo_altered",
                    gettext_noop("“%(file)s” arrived altered %(count)s times. Take the photo again."),
                    file=upload.metadata["filename"],
                    count=MOST_ALTERED,
                )
            take(data)
            _write_about(_changed(upload, is_done=True))
    except FileNotFoundError:
        # Another request was quicker and has taken it.
        return True
    upload._bytes_path.unlink(missing_ok=True)
    return True


def remove_upload(upload: Upload) -> None:
    """Remove an upload and its bytes; nothing happens where it is gone already."""
    upload._about_path.unlink(missing_ok=True)
    upload._bytes_path.unlink(missing_ok=True)


def _photo(metadata: dict[str, str]) -> tuple[str, str]:
    return metadata.get("instanceID", ""), metadata.get("filename", "")


def _folder(owner: int) -> Path:
    return Path(settings.DATA) / "uploads" / str(owner)


def _changed(upload: Upload, **fields: Any) -> Upload:
    return Upload(**{**upload.__dict__, **fields})


def _write_about(upload: Upload) -> None:
    about = {
        "length": upload.length,
        "metadata": upload.metadata,
        "expires_at": upload.expires_at.isoformat(),
        "altered": upload.altered,
        "is_done": upload.is_done,
    }
    fresh = upload.folder / f"{upload.key}.{secrets.token_hex(4)}.new"
    fresh.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    fresh.replace(upload._about_path)


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading and writing under a lock that holds between processes; it must exist."""
    with path.open("r+b") as file:
        locks.lock(file, locks.LOCK_EX)
        try:
            yield file
            file.flush()
        finally:
            locks.unlock(file)
