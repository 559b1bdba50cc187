"""Word's XML: names, the runs and text of a paragraph, and a file that is the same each time it is written."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from docx.document import Document as WordDocument
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The earliest day that a zip can hold: the day of writing would make each file another.
_no_time = (1980, 1, 1, 0, 0, 0)

Element = etree._Element


def w(name: str, **attributes: str) -> Element:
    """Return a new element of the main namespace with attributes of the same namespace."""
    return etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def runs_of(paragraph: Element) -> list[Element]:
    """Return a paragraph's runs in order, also those within links, without those of text boxes inside it."""
    return [run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph]


def text_of(paragraph: Element) -> str:
    """Return a paragraph's text."""
    return "".join(piece.text or "" for run in runs_of(paragraph) for piece in run.findall(f"{W}t"))


def style_of(paragraph: Element) -> str:
    """Return the id of a paragraph's style ("" for the default one)."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def paragraphs_of(document: WordDocument) -> Iterator[Element]:
    """Give each paragraph of the text in order, also those in tables and text boxes."""
    yield from document.element.body.iter(f"{W}p")


def set_properties(document: WordDocument, *, title: str, author: str, language: str, on: date) -> None:
    """Set the file's properties from what is known, and nothing from the clock or the machine."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], language
    properties.last_modified_by, properties.comments, properties.keywords = "", "", ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(on, time(), tzinfo=UTC)
    properties.last_printed = properties.created


def written(document: WordDocument) -> bytes:
    """Return the document as the bytes of a .docx: the same document gives the same bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _no_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, given.read(name))
    return out.getvalue()
