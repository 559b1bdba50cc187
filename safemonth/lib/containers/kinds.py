"""The kind of a file, by its content first and its name second."""

import io
import re
import zipfile

from safemonth.lib.containers.limits import MOST_ENTRIES
from safemonth.lib.refusals import Refused, gettext_noop

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2, header signature
_ZIP_MAGIC = b"PK\x03\x04"
_IMAGE_MAGICS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")

# Which kinds of content are what a name promises. A newer format under the older name (a .docx saved as
# .doc) is harmless and common; the other way round is left to the reader, which asks for a new copy.
_PROMISED: dict[str, frozenset[str]] = {
    "xlsx": frozenset({"xlsx", "xls"}),
    "xls": frozenset({"xls", "xlsx"}),
    "xlsm": frozenset({"xlsx", "xlsm"}),
    "et": frozenset({"xls", "xlsx"}),
    "docx": frozenset({"docx", "doc"}),
    "doc": frozenset({"doc", "docx"}),
    "docm": frozenset({"docx", "docm"}),
    "wps": frozenset({"doc", "docx"}),
    "pdf": frozenset({"pdf"}),
}
# Refused for themselves, with a better sentence than "not what its name says".
_REFUSED_FOR_THEMSELVES = frozenset({"encrypted", "xlsm", "docm", "empty"})

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|h[1-6])\b", re.IGNORECASE)


def kind_of(data: bytes, *, file_name: str) -> str:
    """Return what a file is, judged by its content, and by its name only where content cannot tell.

    One of `xlsx xlsm xls docx docm doc pptx odt ods pdf html mhtml rtf csv tsv txt image zip ole encrypted
    binary empty`. A damaged zip file counts as what its name says. Text is `csv` or `tsv` where it is
    named so, else `txt`. Never raises; a kind says nothing yet about whether the file is safe
    (`checked_kind`, `open_office_zip`).
    """
    if not data:
        return "empty"
    if data.startswith(_ZIP_MAGIC):
        return _kind_of_zip(data, suffix_of(file_name))
    if data.startswith(_OLE_MAGIC):
        return _kind_of_ole(data, suffix_of(file_name))
    # Old PDF writers put some bytes before the mark; readers accept it within the first 1,024.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGE_MAGICS):
        return "image"
    return _kind_of_text(data, suffix_of(file_name))


def checked_kind(data: bytes, *, file_name: str) -> str:
    """Return `kind_of`, after refusing what no reader takes.

    Raises Refused: `empty_file`; `encrypted_file` (a password); `macro_file`; `not_what_its_name_says`.
    """
    kind = kind_of(data, file_name=file_name)
    if kind == "empty":
        raise Refused(
            "empty_file",
            gettext_noop("“%(file)s” is empty. Ask the unit to send it again."),
            file=file_name,
        )
    if kind == "encrypted":
        raise Refused(
            "encrypted_file",
            gettext_noop("“%(file)s” is protected by a password. Save it without one and send it again."),
            file=file_name,
        )
    if kind in ("xlsm", "docm") or suffix_of(file_name) in ("xlsm", "docm") or _has_old_macros(data):
        raise Refused(
            "macro_file",
            gettext_noop("“%(file)s” has macros or is named as if it had. Save it as .xlsx or .docx and send that."),
            file=file_name,
        )
    promised = _PROMISED.get(suffix_of(file_name))
    if promised and kind not in promised and kind not in _REFUSED_FOR_THEMSELVES:
        raise Refused(
            "not_what_its_name_says",
            gettext_noop(
                "“%(file)s” is not what its name says: its content is %(kind)s. "
                "Open it, save it as .xlsx or .docx and send that."
            ),
            file=file_name,
            kind=kind,
        )
    return kind


def suffix_of(file_name: str) -> str:
    """Return what follows the last dot of a file name, in small letters; empty without a dot."""
    return file_name.rpartition(".")[2].strip().lower() if "." in file_name else ""


def _kind_of_zip(data: bytes, suffix: str) -> str:
    named = suffix if suffix in ("xlsx", "xlsm", "docx", "docm") else "zip"
    # Counted before the directory is parsed: parsing hundreds of thousands of entries is slow by itself.
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        return named
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return named
    if "[Content_Types].xml" not in names:
        return _kind_of_open_document(data) if "mimetype" in names else "zip"
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if any(name.startswith("xl/") for name in names):
        return "xlsm" if has_macros else "xlsx"
    if any(name.startswith("word/") for name in names):
        return "docm" if has_macros else "docx"
    return "pptx" if any(name.startswith("ppt/") for name in names) else "zip"


def _kind_of_open_document(data: bytes) -> str:
    # The type stands uncompressed at the front: OpenDocument 1.3 part 2, 3.3.
    return (
        "ods" if b"opendocument.spreadsheet" in data[:128] else "odt" if b"opendocument.text" in data[:128] else "zip"
    )


def _kind_of_ole(data: bytes, suffix: str) -> str:
    # Names of the streams inside stand in UTF-16 in the directory: [MS-CFB] 2.6.1.
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if holds("EncryptedPackage"):
        return "encrypted"
    is_word, is_excel = holds("WordDocument"), holds("Workbook") or holds("Book")
    if is_word and is_excel:
        # One is embedded in the other; which is the outer one only the name says.
        return "xls" if suffix in ("xls", "xlsx", "et") else "doc"
    return "doc" if is_word else "xls" if is_excel else "ole"


def _has_old_macros(data: bytes) -> bool:
    return data.startswith(_OLE_MAGIC) and "_VBA_PROJECT".encode("utf-16-le") in data


def _kind_of_text(data: bytes, suffix: str) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[2:8192].replace(b"\0", b"")
    elif b"\0" in data[:65536]:
        return "binary"
    if head[:13].lower() == b"mime-version:":
        return "mhtml"
    if suffix in ("csv", "tsv", "txt"):
        return suffix
    if suffix in ("html", "htm", "xhtml") or (head.startswith(b"<") and _MARKUP.search(head)):
        return "html"
    return "txt"
