"""An append-only file of records, each with its length and checksum: what was written before a crash is read after it.

A file of our own and not a table, since a commit of SQLite writes whole pages and waits for the disk while it holds
the lock; here the loop appends some bytes and another thread waits for the disk.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_HEAD = struct.Struct(">IIc")  # length of the payload, CRC-32 of kind and payload, kind
# No record of ours comes near: a length beyond is damage.
RECORD_OCTETS_MOST = 16 * 1024 * 1024


class Journal:
    """One journal file, open for appending; only one process may hold it (the outbox's lock sees to that)."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and cut off what stands after its last whole record."""
        self.path = path
        self._is_broken = False
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self.size = whole_size(path)
        if os.fstat(self._file).st_size != self.size:
            os.ftruncate(self._file, self.size)

    def append(self, kind: bytes, payload: bytes) -> None:
        """Hand one record to the operating system: it outlives this process, and the machine's power after `flush`.

        Raises OSError where the disk is full; then the journal takes nothing more, since half a record may stand
        at its end.
        """
        if self._is_broken:
            raise OSError(f"{self.path} could not be written to before")
        body = kind + payload
        record = _HEAD.pack(len(payload), zlib.crc32(body), kind) + payload
        written = 0
        try:
            while written < len(record):
                written += os.write(self._file, record[written:] if written else record)
        except OSError:
            self._is_broken = True
            raise
        self.size += len(record)

    def flush(self) -> None:
        """Wait until all that was appended before this call is on the disk; may run in another thread."""
        os.fdatasync(self._file)

    def close(self) -> None:
        """Close the file without waiting for the disk."""
        os.close(self._file)


def records(path: Path, *, start: int = 0) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and payload of each whole record from offset `start` on; stops at the first damaged one.

    What stands after a damaged record was never known to be on the disk, so nothing durable is lost by stopping.
    A missing file has none.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(start)
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            length, checksum, kind = _HEAD.unpack(head)
            if length > RECORD_OCTETS_MOST:
                return
            payload = file.read(length)
            if len(payload) < length or zlib.crc32(kind + payload) != checksum:
                return
            yield kind, payload


def whole_size(path: Path) -> int:
    """Return where the last whole record ends; 0 where there is none."""
    return sum(_HEAD.size + len(payload) for _, payload in records(path))


def flush_folder(folder: Path) -> None:
    """Wait until a folder's list of names is on the disk, so that a new file is found after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
