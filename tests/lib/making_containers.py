"""Small office files made by hand, whole and spoilt, for tests."""

import io
import zipfile

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def word_file(body: str, *, more: dict[str, bytes | str] | None = None) -> bytes:
    """Return a .docx whose document part has this body in WordprocessingML (prefix `w`)."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document, **(more or {})})


def ole_file(*streams: str) -> bytes:
    """Return something that looks like an OLE file with these streams."""
    return OLE_MAGIC + b"\0" * 504 + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
