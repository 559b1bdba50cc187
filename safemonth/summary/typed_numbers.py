"""Numbers that a clerk typed into a template by hand: no figure vouches for them."""

import io
import re

import docx

from safemonth.lib.quantities import find_chinese_quantities, half_width
from safemonth.lib.word_xml import paragraphs_of, style_of, text_of

# Where digits are numbering, names or the record of another system.
STYLES_WITH_DIGITS = frozenset(
    (
        "Title",
        "RedHead",
        "DocumentNumber",
        "IssueDate",
        "AnnexMark",
        "AnnexTitle",
        "Heading1",
        "Heading2",
        "Heading3",
        "Heading4",
    )
)
_tag = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_months = "January|February|March|April|May|June|July|August|September|October|November|December"
_no_figure = re.compile(
    r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|份)?|\d{1,2}日|\d{1,2}[:：]\d{2}"  # days and hours
    r"|[〔\[(（]\d{4}[〕\])）](?:第?\d+号| No\. ?\d+)?|第\d+[号条款项章次届个]"  # documents, articles, ordinals
    r"|“[^”]*\d[^”]*”|《[^》]*》|12350"  # names, titles, the hotline
    rf"|\d{{1,2}} (?:{_months})(?: \d{{4}})?|(?:{_months}) \d{{4}}|No\. ?\d+|\b(?:19|20)\d\d\b"
)
_digits = re.compile(r"\d[\d,，.]*\d|\d")
_numbering = re.compile(r"^\s*(?:\d+[.．、]|[(（]\d+[)）])")
_around = 12


def typed_numbers(template: bytes) -> list[str]:
    """Return the numbers in the template's running text that no tag gives, each with a little of the text around it.

    Days, years, document numbers, articles, ordinals, names in quotes and numbering are not counted; numbers in
    Chinese signs are where a measure word follows (二十个部门), except 一 (一次, 一项). Empty where every number is a figure's.
    """
    found: list[str] = []
    for paragraph in paragraphs_of(docx.Document(io.BytesIO(template))):
        if style_of(paragraph) in STYLES_WITH_DIGITS:
            continue
        text = half_width(_tag.sub(lambda tag: "\ufffc" * len(tag[0]), text_of(paragraph)))
        text = _no_figure.sub(
            lambda name: "\ufffc" * len(name[0]), _numbering.sub(lambda n: "\ufffc" * len(n[0]), text)
        )
        spans = [match.span() for match in _digits.finditer(text)]
        spans += [
            (quantity.start, quantity.end)
            for quantity in find_chinese_quantities(text)
            if quantity.unit_word and quantity.value != 1 and not any(sign.isdigit() for sign in quantity.surface)
        ]
        for start, end in sorted(spans):
            around = text[max(0, start - _around) : end + _around]
            found.append(around.replace("\ufffc", "").strip())
    return found
