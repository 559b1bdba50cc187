"""Which reader takes the text out of a document, and what is refused."""

from safemonth.collect.readers.letters.document import DocumentText
from safemonth.collect.readers.letters.page_text import text_of_pdf
from safemonth.collect.readers.letters.plain_text import text_of_plain
from safemonth.collect.readers.letters.web_text import text_of_html
from safemonth.collect.readers.letters.word_text import text_of_docx
from safemonth.lib.containers import checked_kind
from safemonth.lib.refusals import Refused, gettext_noop

# A letter has one to twenty pages, at most 20,000 characters. Five times that is a book, or several letters in one.
MOST_CHARACTERS = 100_000


def extract_text(data: bytes, *, file_name: str) -> DocumentText:
    """Return the text of a .docx, .txt, .html or text PDF.

    What is hidden, struck out or deleted in tracked changes is left out; headers, footers, notes and
    generated list numbers are not read. Raises Refused: what `containers` refuses, `old_word_file`,
    `picture_file`, `not_a_letter`, `broken_document`, `scanned_pdf`, `unreadable_pdf_text`, `too_many_pages`,
    `no_text`, `letter_too_long`.
    """
    kind = checked_kind(data, file_name=file_name)
    match kind:
        case "docx":
            document = text_of_docx(data, file_name=file_name)
        case "html":
            document = text_of_html(data, file_name=file_name)
        case "pdf":
            document = text_of_pdf(data, file_name=file_name)
        case "txt":
            document = text_of_plain(data)
        case _:
            raise _refusal_of_kind(kind, file_name)
    if not document.text.strip():
        raise Refused(
            "no_text",
            gettext_noop("“%(file)s” holds no text. If the letter is a picture, type it in or send a sheet."),
            file=file_name,
        )
    if len(document.text) > MOST_CHARACTERS:
        raise Refused(
            "letter_too_long",
            gettext_noop("“%(file)s” has %(length)s characters; a letter has at most %(most)s. Send letters singly."),
            file=file_name,
            length=len(document.text),
            most=MOST_CHARACTERS,
        )
    return document


def _refusal_of_kind(kind: str, file_name: str) -> Refused:
    if kind in ("doc", "rtf", "odt", "mhtml"):
        return Refused(
            "old_word_file",
            gettext_noop("“%(file)s” is in the format %(kind)s. Open it, choose “save as .docx” and send that."),
            file=file_name,
            kind=kind,
        )
    if kind == "image":
        return Refused(
            "picture_file",
            gettext_noop("“%(file)s” is a picture; its text cannot be read. Send a .docx, or enter the figures."),
            file=file_name,
        )
    return Refused(
        "not_a_letter",
        gettext_noop("“%(file)s” is %(kind)s, which is no letter. Send a .docx, .txt, .html or PDF file with text."),
        file=file_name,
        kind=kind,
    )
