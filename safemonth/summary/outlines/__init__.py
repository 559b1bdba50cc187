"""The outlines that Safemonth comes with: Word files for the clerk, made from the texts beside them.

`python -m safemonth.summary.outlines` makes the Word files again after a text or the format has changed; a
test holds the two together.
"""

from datetime import date
from importlib.resources import files

from safemonth.lib.official.document import word_paragraph
from safemonth.lib.official.format import official_document
from safemonth.lib.word_xml import W, set_properties, written
from safemonth.summary.english_format import english_document
from safemonth.summary.facts import Language

# A fixed day in the properties: the same text makes the same file.
_first_day = date(2026, 1, 1)
BODY_STYLE = "BodyText"


def shipped_outline(language: Language) -> bytes:
    """Return the Word file of the outline that Safemonth comes with."""
    return files(__name__).joinpath(f"summary.{language}.docx").read_bytes()


def outline_text(language: Language) -> str:
    """Return the text from which the outline is made: a paragraph a line, with its style before a bar."""
    return files(__name__).joinpath(f"summary.{language}.txt").read_text(encoding="utf-8")


def built_outline(language: Language, text: str | None = None) -> bytes:
    """Return the outline as a Word file in the language's format, made from `text` (None: the shipped one).

    Each line is a paragraph: "Style| text", or text alone for body text; "Empty|" is an empty line.
    """
    document = official_document() if language == "zh" else english_document()
    body = document.element.body
    ending = body.find(f"{W}sectPr")
    for line in (outline_text(language) if text is None else text).splitlines():
        style, bar, words = line.partition("| ")
        if not bar:
            style, words = (BODY_STYLE, line) if not line.endswith("|") else ("", "")
        ending.addprevious(word_paragraph(style, words))
    set_properties(
        document,
        title="安全生产月活动总结提纲" if language == "zh" else "Outline of the work summary",
        author="Safemonth",
        language="zh-CN" if language == "zh" else "en-GB",
        on=_first_day,
    )
    return written(document)
