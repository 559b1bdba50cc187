"""A short text as an official document: a Word file and a PDF from the same paragraphs. No Django, no clock."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final

from markupsafe import Markup
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from safemonth.lib.official.format import official_document
from safemonth.lib.word_xml import XML_SPACE, Element, W, set_properties, w, written

# Style of the format: (element, class) in HTML. Other styles are paragraphs without a class.
ELEMENTS: Final = {
    "Title": ("h1", ""),
    "Heading1": ("h2", ""),
    "Heading2": ("h3", ""),
    "Heading3": ("h4", ""),
    "Heading4": ("h5", ""),
    "AnnexTitle": ("h2", "annex-title"),
    "RedHead": ("p", "red-head"),
    "DocumentNumber": ("p", "document-number"),
    "Recipients": ("p", "recipients"),
    "AnnexNote": ("p", "annex-note"),
    "Signature": ("p", "signature"),
    "IssueDate": ("p", "issue-date"),
    "AnnexMark": ("p", "annex-mark"),
}


@dataclass(frozen=True)
class OfficialText:
    """Paragraphs of an official document: (style of the format, words); both empty is an empty line.

    `author` and `on` stand in the Word file's properties.
    """

    title: str
    paragraphs: Sequence[tuple[str, str]]
    author: str
    on: date


def print_style() -> str:
    """Return the style sheet of official documents on paper."""
    return files("safemonth.lib.official").joinpath("official.css").read_text(encoding="utf-8")


def official_word(text: OfficialText) -> bytes:
    """Return the text as the bytes of a .docx: the same text gives the same bytes."""
    document = official_document()
    ending = document.element.body.find(f"{W}sectPr")
    for style, words in text.paragraphs:
        ending.addprevious(word_paragraph(style, words))
    set_properties(document, title=text.title, author=text.author, language="zh-CN", on=text.on)
    return written(document)


def word_paragraph(style: str, words: str) -> Element:
    """Return a Word paragraph of a style of the format ("" for the default one)."""
    paragraph = w("p")
    if style:
        properties = w("pPr")
        properties.append(w("pStyle", val=style))
        paragraph.append(properties)
    if words:
        run, piece = w("r"), w("t")
        piece.text = words
        piece.set(XML_SPACE, "preserve")
        run.append(piece)
        paragraph.append(run)
    return paragraph


def official_pdf(text: OfficialText) -> bytes:
    """Return the text as a PDF (tagged, PDF/UA-1); nothing is fetched, and the same text gives the same bytes."""
    page = official_page(text)
    # A name made from the content: WeasyPrint's own would be another each time.
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    fetcher = URLFetcher(allowed_protocols=set(), fail_on_errors=True)
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return made


def official_page(text: OfficialText) -> str:
    """Return the HTML page that the PDF is printed from; all words are escaped."""
    blocks = []
    for style, words in text.paragraphs:
        if words:
            element, css = ELEMENTS.get(style, ("p", ""))
            blocks.append(
                Markup("<{0}{1}>{2}</{0}>").format(
                    Markup(element), Markup(' class="{}"').format(css) if css else "", words
                )
            )
    return str(
        Markup(
            '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head>\n'
            "<body>\n{}\n</body></html>"
        ).format(text.title, Markup(print_style()), Markup("\n").join(blocks))
    )
