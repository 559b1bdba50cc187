"""The text of a PDF that has text; a scan is refused with what to do."""

import io
import logging
import re
import unicodedata

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from safemonth.collect.readers.letters.document import DocumentText
from safemonth.collect.readers.letters.plain_text import join_lines, without_spaces
from safemonth.lib.refusals import Refused, gettext_noop

# A page takes about 20 ms; a letter has a few.
MOST_PAGES = 100
# A page of a scan holds at most a stamp or a page number as text.
_LEAST_SIGNS = 10
# Fonts without a table to Unicode give private or replacement signs; a few are bullets and logos.
_MOST_NONSENSE = 0.05
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–·]\s*\d{1,3}\s*[-—–·]|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3})\s*")
# pypdf raises these, and Python's own errors, on damaged and hostile files.
_BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, ArithmeticError)
_DAMAGE = (*_BROKEN, RecursionError, AssertionError, NotImplementedError, MemoryError)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def text_of_pdf(data: bytes, *, file_name: str) -> DocumentText:
    """Return the text of a PDF, its lines joined to paragraphs and page numbers left out.

    Pages that hold only a picture are named in `pages_without_text`. Raises Refused `encrypted_file`,
    `broken_document`, `too_many_pages`, `scanned_pdf`, `unreadable_pdf_text`.
    """
    try:
        pages = _pages(data, file_name=file_name)
    except _DAMAGE as error:
        raise Refused(
            "broken_document",
            gettext_noop("“%(file)s” is damaged or was cut off on its way. Make the PDF again and send that."),
            file=file_name,
        ) from error
    without = tuple(number for number, page in enumerate(pages, 1) if len("".join(page.split())) < _LEAST_SIGNS)
    if len(without) == len(pages):
        raise Refused(
            "scanned_pdf",
            gettext_noop("“%(file)s” holds only pictures of pages. Send the .docx, or enter the figures."),
            file=file_name,
        )
    text = _clean("\n".join(pages))
    nonsense = sum(unicodedata.category(sign) in ("Co", "Cn") or sign == "\ufffd" for sign in text)
    if nonsense > _MOST_NONSENSE * len(text):
        raise Refused(
            "unreadable_pdf_text",
            gettext_noop("The text inside “%(file)s” is scrambled by its fonts. Send the .docx it was made from."),
            file=file_name,
        )
    return DocumentText(text, "pdf", pages_without_text=without)


def _pages(data: bytes, *, file_name: str) -> list[str]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(
            "encrypted_file",
            gettext_noop("“%(file)s” is protected by a password. Save it without one and send it again."),
            file=file_name,
        )
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused(
            "too_many_pages",
            gettext_noop("“%(file)s” has %(count)s pages; a letter has at most %(most)s. Send each letter by itself."),
            file=file_name,
            count=count,
            most=MOST_PAGES,
        )
    return [page.extract_text() for page in reader.pages]


def _clean(text: str) -> str:
    # Fonts often map 一 and 日 to the radicals that look like them (U+2F00, U+2F47).
    plain = "".join(_unified(sign) for sign in text if unicodedata.category(sign) not in ("Cs", "Cc") or sign == "\n")
    lines = [line for line in plain.split("\n") if not _PAGE_NUMBER.fullmatch(line)]
    return join_lines([without_spaces(line) for line in lines])


def _unified(sign: str) -> str:
    if "\u2e80" <= sign <= "\u2fdf" or "\uf900" <= sign <= "\ufaff":
        plain = unicodedata.normalize("NFKC", sign)
        return plain if len(plain) == 1 else sign
    return sign
