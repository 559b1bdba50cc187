"""A paper as a Word file, from its blocks. Fonts are named, not shipped. Plain Python: no Django, no database, no clock."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Final
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.shared import Mm

from safemonth.collect.inspection.papers.content import Field, Fields, Seal, Sheet, Signature, Text
from safemonth.lib.official_fonts import BODY_FONT, FONTS, HEADING_FONT, PAGE_FONT, TITLE_FONT
from safemonth.lib.word_format import Page, empty_document, font_size, paragraph_style
from safemonth.lib.word_xml import XML_SPACE, Element, set_properties, w, written

# A4 with room for binding at the left; the width between the margins in twentieths of a point (156 mm).
PAGE: Final = Page(top_mm=26, bottom_mm=24, left_mm=28, right_mm=26, footer_mm=14)
WIDTH_TWENTIETHS: Final = 8845
# Half-points: body size 4 (14 pt) on lines of 24 pt, title size 2 (22 pt), head and number size 4, notes size 5.
BODY_SIZE, TITLE_SIZE, HEAD_SIZE, NOTE_SIZE = 28, 44, 30, 21
LINE_TWENTIETHS: Final = 480
SIGNATURE_HEIGHT_MM, SIGNATURE_WIDTH_MM = 11.0, 38.0
# The name of the style of each role of text.
_STYLES: Final = {
    "body": "BodyText",
    "item": "BodyText",
    "recipient": "Recipient",
    "head": "Head",
    "title": "Title",
    "number": "Number",
    "part": "Part",
    "note": "Note",
    "reading": "Reading",
}
# What stays on the page of what follows, so that no seal and no signature stands on a page without text.
_KEPT: Final = frozenset({"Hand", "Gap", "Seal", "SealDay", "Part"})
_LATIN: Final = "Times New Roman"


def word_file(sheet: Sheet, *, pictures: Mapping[str, bytes], on: date, author: str) -> bytes:
    """Return a sheet as the bytes of a .docx: the same sheet gives the same bytes.

    `pictures` holds the drawn signatures (PNG or JPEG) by digest; one that is not there stays a line to sign on. `on` and
    `author` stand in the file's properties.
    """
    languages = ("en-GB", "zh-CN")
    document = empty_document(
        page=PAGE,
        styles=_styles(),
        fonts={**FONTS, _LATIN: "Liberation Serif,Tinos"},
        languages=languages,
        grid=None,
        odd_footer=_footer(sheet.page_pattern),
        even_footer=_footer(sheet.page_pattern),
    )
    body = document.element.body
    end = body[-1]
    for block, following in zip_longest(sheet.blocks, sheet.blocks[1:]):
        match block:
            case Text():
                is_last = isinstance(following, Signature)
                end.addprevious(_paragraph(block.text, _STYLES[block.role], is_kept=is_last))
            case Fields():
                end.addprevious(_fields(block.fields))
                end.addprevious(_paragraph("", "Gap"))
            case Signature():
                end.addprevious(_signature(document, block, pictures))
            case Seal():
                end.addprevious(_paragraph(block.agency, "Seal"))
                end.addprevious(_paragraph(block.day, "SealDay"))
    title = f"{sheet.title} {sheet.number}".strip()
    set_properties(document, title=title, author=author, language=_tag(sheet), on=on)
    return written(document)


def _tag(sheet: Sheet) -> str:
    return {"zh": "zh-CN", "en": "en-GB"}[sheet.language]


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{name}" w:cs="{_LATIN}"/>'


def _styles() -> str:
    line = f'w:line="{LINE_TWENTIETHS}" w:lineRule="exact"'
    return "".join(
        (
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
            f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" {line}/></w:pPr>'
            f"<w:rPr>{_font(BODY_FONT)}{font_size(BODY_SIZE)}</w:rPr></w:style>",
            paragraph_style(
                "BodyText", "Body Text", '<w:ind w:firstLineChars="200" w:firstLine="560"/><w:jc w:val="both"/>'
            ),
            paragraph_style("Recipient", "Recipient", '<w:jc w:val="left"/>'),
            paragraph_style("Part", "Part", "<w:keepNext/>", _font(HEADING_FONT)),
            paragraph_style("Head", "Head", '<w:jc w:val="center"/>', f"{_font(PAGE_FONT)}{font_size(HEAD_SIZE)}"),
            paragraph_style(
                "Title",
                "Title",
                '<w:keepNext/><w:spacing w:before="80" w:after="80" w:line="680" w:lineRule="exact"/>'
                '<w:jc w:val="center"/>',
                f"{_font(TITLE_FONT)}{font_size(TITLE_SIZE)}",
            ),
            paragraph_style(
                "Number",
                "Number",
                '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="4" w:color="000000"/></w:pBdr>'
                f'<w:spacing w:before="0" w:after="200" {line}/><w:jc w:val="center"/>',
            ),
            # Between two rows of the form, which Word would else take for one table of one grid.
            paragraph_style(
                "Gap", "Gap", '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            ),
            paragraph_style("Cell", "Cell", f'<w:spacing w:before="40" w:after="0" {line}/><w:jc w:val="left"/>'),
            paragraph_style(
                "Hand",
                "Hand",
                '<w:keepNext/><w:spacing w:before="60" w:after="0" w:line="600" w:lineRule="atLeast"/><w:jc w:val="left"/>',
            ),
            paragraph_style(
                "Seal",
                "Seal",
                f'<w:keepNext/><w:spacing w:before="240" {line}/><w:ind w:right="560"/><w:jc w:val="right"/>',
            ),
            paragraph_style("SealDay", "SealDay", '<w:keepNext/><w:ind w:right="560"/><w:jc w:val="right"/>'),
            paragraph_style(
                "Note",
                "Note",
                '<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
                '<w:spacing w:before="240" w:line="320" w:lineRule="exact"/>',
                font_size(NOTE_SIZE),
            ),
            paragraph_style(
                "Reading",
                "Reading",
                '<w:pBdr><w:top w:val="single" w:sz="6" w:space="3" w:color="000000"/>'
                '<w:left w:val="single" w:sz="6" w:space="3" w:color="000000"/>'
                '<w:bottom w:val="single" w:sz="6" w:space="3" w:color="000000"/>'
                '<w:right w:val="single" w:sz="6" w:space="3" w:color="000000"/></w:pBdr>'
                '<w:spacing w:after="160" w:line="320" w:lineRule="exact"/><w:jc w:val="center"/>',
                f"<w:b/>{font_size(NOTE_SIZE)}",
            ),
            paragraph_style(
                "Footer",
                "footer",
                '<w:spacing w:line="300" w:lineRule="exact"/><w:jc w:val="center"/>',
                f"{_font(PAGE_FONT)}{font_size(NOTE_SIZE)}",
            ),
        )
    )


def _footer(pattern: str) -> str:
    """The line with the number of the page and of all pages, as fields that Word counts."""
    pieces = []
    for piece in pattern.replace("{", "\0{").replace("}", "}\0").split("\0"):
        name = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
        if name:
            pieces.append(f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        elif piece:
            pieces.append(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:pStyle w:val="Footer"/>'
        f"</w:pPr>{''.join(pieces)}</w:p>"
    )


def _run(text: str) -> Element:
    run = w("r")
    piece = w("t")
    piece.text = text
    piece.set(XML_SPACE, "preserve")
    run.append(piece)
    return run


def _paragraph(text: str, style: str, *, is_kept: bool = False) -> Element:
    paragraph = w("p")
    properties = w("pPr")
    properties.append(w("pStyle", val=style))
    if is_kept or style in _KEPT:
        # Also here: LibreOffice keeps with what follows only where the paragraph itself says so.
        properties.append(w("keepNext"))
    paragraph.append(properties)
    if text:
        paragraph.append(_run(text))
    return paragraph


def _label_twentieths(text: str) -> int:
    """How wide a label is at the body's size: a Chinese sign takes 14 pt, a Latin one about half."""
    return sum(280 if ord(sign) > 0x2E7F else 145 for sign in text) + 120


def _fields(fields: Sequence[Field]) -> Element:
    """A line of the form: each label, and behind it what was filled in, over a rule."""
    labels = [_label_twentieths(field.label) for field in fields]
    room = WIDTH_TWENTIETHS - sum(labels)
    cells = []
    for field, label in zip(fields, labels, strict=True):
        cells.append((label, _paragraph(field.label, "Cell"), False))
        cells.append((room // len(fields), _paragraph(field.value, "Cell"), True))
    return _table(cells)


def _signature(document: WordDocument, signature: Signature, pictures: Mapping[str, bytes]) -> Element:
    """A line to sign on: label, rule, and what stands behind it; a paragraph with tabs, which every program keeps together."""
    label = max(_label_twentieths(signature.label), 2600)
    behind = max(_label_twentieths(signature.behind), 400)
    line = _paragraph(signature.label, "Hand")
    tabs = w("tabs")
    tabs.append(w("tab", val="left", pos=str(label)))
    picture = pictures.get(signature.drawn) if signature.drawn else None
    rule = "none" if picture else "underscore"
    tabs.append(w("tab", val="left", leader=rule, pos=str(WIDTH_TWENTIETHS - behind)))
    line[0].append(tabs)
    line.append(_tab())
    if picture:
        line.append(_picture(document, picture, signature.label))
    line.append(_tab())
    if signature.behind:
        line.append(_run(signature.behind))
    return line


def _tab() -> Element:
    run = w("r")
    run.append(w("tab"))
    return run


def _picture(document: WordDocument, data: bytes, name: str) -> Element:
    """A drawn signature in a run, as high as its line, with its label as the words for who cannot see it."""
    inline = document.part.new_pic_inline(io.BytesIO(data), None, Mm(SIGNATURE_HEIGHT_MM))
    most = Mm(SIGNATURE_WIDTH_MM)
    if inline.extent.cx > most:
        inline = document.part.new_pic_inline(io.BytesIO(data), most, None)
    inline.docPr.set("descr", name)
    run = w("r")
    drawing = w("drawing")
    drawing.append(inline)
    run.append(drawing)
    return run


def _table(cells: Sequence[tuple[int, Element, bool]]) -> Element:
    """One row of cells: width, paragraph, and whether a rule stands under it."""
    table = w("tbl")
    properties = w("tblPr")
    properties.append(w("tblW", w=str(WIDTH_TWENTIETHS), type="dxa"))
    properties.append(w("tblLayout", type="fixed"))
    margins = w("tblCellMar")
    margins.append(w("left", w="20", type="dxa"))
    margins.append(w("right", w="20", type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = w("tblGrid")
    row = w("tr")
    row_properties = w("trPr")
    row_properties.append(w("cantSplit"))
    row.append(row_properties)
    for width, paragraph, has_rule in cells:
        grid.append(w("gridCol", w=str(width)))
        cell = w("tc")
        cell_properties = w("tcPr")
        cell_properties.append(w("tcW", w=str(width), type="dxa"))
        if has_rule:
            borders = w("tcBorders")
            borders.append(w("bottom", val="single", sz="6", space="0", color="000000"))
            cell_properties.append(borders)
        cell_properties.append(w("vAlign", val="bottom"))
        cell.append(cell_properties)
        cell.append(paragraph)
        row.append(cell)
    table.append(grid)
    table.append(row)
    return table
