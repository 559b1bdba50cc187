"""The format of Chinese official documents, GB/T 9704-2012, as a Word document without text.

Clause numbers are those of the standard. Fonts are named and not shipped: they are licensed, and an office
that issues documents has them.
"""

from docx.document import Document as WordDocument

from safemonth.lib.official_fonts import (
    BODY_FONT,
    FONTS,
    HEADING_FONT,
    PAGE_FONT,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SUBHEADING_FONT,
    TITLE_FONT,
)
from safemonth.lib.word_format import Page, empty_document, font_size, paragraph_style

# 5.2.1: A4, 37 mm above and 28 mm left of the type area of 156 mm x 225 mm; so 26 mm right, 35 mm below.
# The footer stands so that the dash of the page number is 7 mm below the type area (7.5).
OFFICIAL_PAGE = Page(top_mm=37, bottom_mm=35, left_mm=28, right_mm=26, footer_mm=24.9)
# 5.2.3: 22 lines a page of 28 characters each.
LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28
# 225 mm / 22 = 28.99 pt = 579.8 twentieths; Word counts whole twentieths, and 580 would push line 22 off the page.
LINE_TWENTIETHS = 579
# (156 mm / 28 - 16 pt) in 4096ths of a point: what the grid takes off each character.
CHARACTER_SPACE = -849
# The same in twentieths of a point, with a little to spare for the 28th. The text is set by it and by the exact line,
# not by the grid (`snapToGrid` off): LibreOffice gives a character two cells where a cell is narrower than 16 pt.
CONDENSED_TWENTIETHS = -6
TWO_CHARACTERS = '<w:ind w:firstLineChars="200" w:firstLine="630"/>'
FOUR_FROM_THE_RIGHT = '<w:ind w:rightChars="400" w:right="1260"/>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


STYLES = "".join(
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{LINE_TWENTIETHS}" '
        f'w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr>{_font(BODY_FONT)}'
        f'<w:spacing w:val="{CONDENSED_TWENTIETHS}"/>{font_size(SIZE_3)}</w:rPr></w:style>',
        # 7.3.2 and 7.3.3: body size 3, two characters' indent; 一、 黑体, （一） 楷体, 1. and （1） 仿宋.
        paragraph_style("BodyText", "Body Text", TWO_CHARACTERS),
        paragraph_style(
            "Heading1", "heading 1", f'<w:keepNext/>{TWO_CHARACTERS}<w:outlineLvl w:val="0"/>', _font(HEADING_FONT)
        ),
        paragraph_style(
            "Heading2", "heading 2", f'<w:keepNext/>{TWO_CHARACTERS}<w:outlineLvl w:val="1"/>', _font(SUBHEADING_FONT)
        ),
        paragraph_style("Heading3", "heading 3", f'{TWO_CHARACTERS}<w:outlineLvl w:val="2"/>'),
        paragraph_style("Heading4", "heading 4", f'{TWO_CHARACTERS}<w:outlineLvl w:val="3"/>'),
        # 7.3.1: title size 2 小标宋, centred.
        paragraph_style("Title", "Title", '<w:jc w:val="center"/>', _font(TITLE_FONT) + font_size(SIZE_2)),
        # 7.2.4: the issuing body's mark, red 小标宋, 35 mm below the top of the type area; 7.2.5: number two lines below.
        paragraph_style(
            "RedHead",
            "RedHead",
            '<w:spacing w:before="1984" w:line="800" w:lineRule="exact"/><w:jc w:val="center"/>',
            _font(TITLE_FONT) + '<w:color w:val="FF0000"/>' + font_size(60),
        ),
        # 7.2.7: a red line of the type area's width, 4 mm (11 pt) below the number.
        paragraph_style(
            "DocumentNumber",
            "DocumentNumber",
            '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>'
            f'<w:spacing w:before="{2 * LINE_TWENTIETHS}"/><w:jc w:val="center"/>',
        ),
        # 7.3.2: recipients flush left with a full-width colon.
        paragraph_style("Recipients", "Recipients", '<w:jc w:val="left"/>'),
        # 7.3.4: the note of annexes, one line below the text, two characters' indent.
        paragraph_style("AnnexNote", "AnnexNote", f'<w:spacing w:before="{LINE_TWENTIETHS}"/>{TWO_CHARACTERS}'),
        # 7.3.5: signature and date, four characters from the right.
        paragraph_style(
            "Signature",
            "Signature",
            f'<w:keepNext/><w:spacing w:before="{2 * LINE_TWENTIETHS}"/>{FOUR_FROM_THE_RIGHT}<w:jc w:val="right"/>',
        ),
        paragraph_style("IssueDate", "IssueDate", f'{FOUR_FROM_THE_RIGHT}<w:jc w:val="right"/>'),
        # 7.3.7: an annex begins a page, its mark 黑体 size 3 flush left, its title centred on the third line.
        paragraph_style("AnnexMark", "AnnexMark", '<w:pageBreakBefore/><w:jc w:val="left"/>', _font(HEADING_FONT)),
        paragraph_style("AnnexTitle", "AnnexTitle", '<w:jc w:val="center"/>', _font(TITLE_FONT) + font_size(SIZE_2)),
        paragraph_style(
            "TableText",
            "TableText",
            '<w:spacing w:before="30" w:after="30" w:line="280" w:lineRule="exact"/><w:jc w:val="left"/>',
            font_size(SIZE_5),
        ),
        # 7.5: size 4 宋体, odd pages right, even pages left, one character from the edge.
        paragraph_style(
            "Footer", "footer", '<w:spacing w:line="320" w:lineRule="exact"/>', _font(PAGE_FONT) + font_size(SIZE_4)
        ),
        # Text stays black (5.2.2); a hairline of dots tells that there is something behind the number.
        '<w:style w:type="character" w:customStyle="1" w:styleId="Figure"><w:name w:val="Figure"/><w:qFormat/>'
        '<w:rPr><w:u w:val="dotted" w:color="8C8C8C"/></w:rPr></w:style>',
        '<w:style w:type="table" w:customStyle="1" w:styleId="FigureSources"><w:name w:val="FigureSources"/>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="000000"/>'
        '<w:bottom w:val="single" w:sz="8" w:color="000000"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="A6A6A6"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{_font(HEADING_FONT)}</w:rPr><w:tcPr><w:tcBorders>'
        '<w:bottom w:val="single" w:sz="8" w:color="000000"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>',
    )
)

_page_number = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:pStyle w:val="Footer"/>{place}'
    '</w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
    '</w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)
ODD_FOOTER = _page_number.format(place='<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>')
EVEN_FOOTER = _page_number.format(place='<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>')


def official_document() -> WordDocument:
    """Return an empty Word document in the official format: page, grid, styles, page numbers, language zh-CN."""
    return empty_document(
        page=OFFICIAL_PAGE,
        styles=STYLES,
        fonts=FONTS,
        languages=("en-US", "zh-CN"),
        grid={"type": "linesAndChars", "linePitch": str(LINE_TWENTIETHS), "charSpace": str(CHARACTER_SPACE)},
        odd_footer=ODD_FOOTER,
        even_footer=EVEN_FOOTER,
    )
