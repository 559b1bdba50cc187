"""Opening .xlsx and .docx safely: every part is unpacked once and counted before a reader sees the file."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from safemonth.lib.containers.kinds import checked_kind
from safemonth.lib.containers.limits import (
    MOST_ENTRIES,
    MOST_SHRUNK,
    MOST_UNPACKED_BYTES,
    SHRUNK_FLOOR_BYTES,
)
from safemonth.lib.refusals import Refused, gettext_noop

_CHUNK = 1 << 20
# Office files never declare a document type; entities are how a small part becomes gigabytes, or reads
# other files (OWASP, XML External Entity). In all encodings that an XML part may have.
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS))
# What zipfile and zlib raise on damaged or hostile archives.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    struct.error,
    RuntimeError,
)


@dataclass(frozen=True)
class OfficeZip:
    """An office file whose parts were counted and found safe; `kind` is `xlsx` or `docx`."""

    kind: str
    file_name: str
    archive: zipfile.ZipFile

    def namelist(self) -> list[str]:
        """Return the names of the parts, in the file's order."""
        return self.archive.namelist()

    def read(self, name: str) -> bytes:
        """Return one part; raises Refused `broken_file` where there is no such part."""
        try:
            return self.archive.read(name)
        except (KeyError, *_BROKEN) as error:
            raise _broken(self.file_name) from error


def open_office_zip(data: bytes, *, file_name: str) -> OfficeZip:
    """Return an .xlsx or .docx file with all its parts checked.

    Guarantees: at most MOST_ENTRIES parts with distinct, relative names; at most MOST_UNPACKED_BYTES in
    all, by counting what really comes out and not what the archive says; no part shrunk more than
    MOST_SHRUNK times above SHRUNK_FLOOR_BYTES; no archive inside (embedded office files excepted: they
    are never opened); no document type or entities in XML; all checksums right. Raises Refused: what
    `checked_kind` refuses, `not_an_office_file`, `broken_file`, `zip_bomb`, `encrypted_file`,
    `unsafe_paths`, `archive_inside`, `xml_entities`.
    """
    kind = checked_kind(data, file_name=file_name)
    if kind not in ("xlsx", "docx"):
        raise Refused(
            "not_an_office_file",
            gettext_noop("“%(file)s” is not an .xlsx or .docx file. Open it, save it as one of them and send that."),
            file=file_name,
        )
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise _bomb(file_name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        _check_names(entries, file_name=file_name)
        left = MOST_UNPACKED_BYTES
        for entry in entries:
            left -= _unpacked_size(archive, entry, left=left, file_name=file_name)
    except _BROKEN as error:
        raise _broken(file_name) from error
    if "[Content_Types].xml" not in archive.namelist():
        raise _broken(file_name)
    return OfficeZip(kind=kind, file_name=file_name, archive=archive)


def _check_names(entries: list[zipfile.ZipInfo], *, file_name: str) -> None:
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len(set(names)) < len(names) or any(
        name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/") for name in names
    ):
        raise Refused(
            "unsafe_paths",
            gettext_noop(
                "“%(file)s” was not made by an office program (names of its parts). Save it again and send that."
            ),
            file=file_name,
        )


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, left: int, file_name: str) -> int:
    """Unpack one part in pieces and return its true size, refusing it as soon as it is too much."""
    if entry.flag_bits & 0x1:  # APPNOTE.TXT 4.4.4: bit 0, encrypted
        raise Refused(
            "encrypted_file",
            gettext_noop("“%(file)s” is protected by a password. Save it without one and send it again."),
            file=file_name,
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _broken(file_name)
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            if size == 0 and piece.startswith(b"PK\x03\x04") and "/embeddings/" not in entry.filename:
                raise Refused(
                    "archive_inside",
                    gettext_noop("“%(file)s” has an archive inside. Take it out and send its files singly."),
                    file=file_name,
                )
            size += len(piece)
            if size > left or (size > SHRUNK_FLOOR_BYTES and size > MOST_SHRUNK * max(entry.compress_size, 1)):
                raise _bomb(file_name)
            if is_xml:
                window = tail + piece
                if any(word in window for word in _DECLARATIONS):
                    raise Refused(
                        "xml_entities",
                        gettext_noop(
                            "“%(file)s” holds XML that no office program writes. Save it again and send that."
                        ),
                        file=file_name,
                    )
                tail = window[-_LONGEST_DECLARATION:]
    return size


def _broken(file_name: str) -> Refused:
    return Refused(
        "broken_file",
        gettext_noop("“%(file)s” is damaged or was cut off on its way. Open it, save it again and send that."),
        file=file_name,
    )


def _bomb(file_name: str) -> Refused:
    return Refused(
        "zip_bomb",
        gettext_noop(
            "“%(file)s” unpacks to far more than a return can hold. Copy what counts into a new file and send that."
        ),
        file=file_name,
    )
