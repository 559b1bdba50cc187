"""The page of the English summary: A4, the same styles by name, set for reading on paper and screen."""

from docx.document import Document as WordDocument

from safemonth.lib.word_format import Page, empty_document, font_size, paragraph_style

ENGLISH_PAGE = Page(top_mm=28, bottom_mm=28, left_mm=30, right_mm=30, footer_mm=14)
TEXT_FONT = "Times New Roman"
FONTS = {TEXT_FONT: "Noto Serif,Liberation Serif,Tinos"}
# Half-points: 11.5 pt text on 16 pt lines gives about 75 signs a line on 150 mm.
TEXT_SIZE, TITLE_SIZE, HEADING_SIZE, SMALL_SIZE = 23, 40, 27, 17


_tight = '<w:spacing w:before="0" w:after="0"/>'

STYLES = "".join(
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="120" w:line="320" w:lineRule="exact"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{TEXT_FONT}" w:hAnsi="{TEXT_FONT}" w:cs="{TEXT_FONT}" w:eastAsia="SimSun"/>'
        f"{font_size(TEXT_SIZE)}</w:rPr></w:style>",
        paragraph_style("BodyText", "Body Text", ""),
        paragraph_style(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>',
            f"<w:b/>{font_size(HEADING_SIZE)}",
        ),
        paragraph_style(
            "Heading2",
            "heading 2",
            '<w:keepNext/><w:spacing w:before="160" w:after="40"/><w:outlineLvl w:val="1"/>',
            "<w:b/>",
        ),
        paragraph_style("Heading3", "heading 3", '<w:keepNext/><w:outlineLvl w:val="2"/>', "<w:i/>"),
        paragraph_style("Heading4", "heading 4", '<w:outlineLvl w:val="3"/>', "<w:i/>"),
        paragraph_style(
            "Title",
            "Title",
            '<w:keepNext/><w:spacing w:before="0" w:after="240" w:line="480" w:lineRule="exact"/><w:jc w:val="left"/>',
            f"<w:b/>{font_size(TITLE_SIZE)}",
        ),
        paragraph_style("RedHead", "RedHead", '<w:spacing w:before="0" w:after="40"/>', '<w:color w:val="B00000"/>'),
        paragraph_style(
            "DocumentNumber",
            "DocumentNumber",
            '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="6" w:color="B00000"/></w:pBdr>'
            '<w:spacing w:before="0" w:after="480"/>',
        ),
        paragraph_style("Recipients", "Recipients", ""),
        paragraph_style("AnnexNote", "AnnexNote", '<w:spacing w:before="240"/>'),
        paragraph_style(
            "Signature", "Signature", '<w:keepNext/><w:spacing w:before="480" w:after="0"/><w:jc w:val="right"/>'
        ),
        paragraph_style("IssueDate", "IssueDate", f'{_tight}<w:jc w:val="right"/>'),
        paragraph_style("AnnexMark", "AnnexMark", f"<w:pageBreakBefore/>{_tight}", "<w:b/>"),
        paragraph_style(
            "AnnexTitle",
            "AnnexTitle",
            '<w:keepNext/><w:spacing w:before="0" w:after="120"/>',
            f"<w:b/>{font_size(HEADING_SIZE)}",
        ),
        paragraph_style(
            "TableText",
            "TableText",
            '<w:spacing w:before="30" w:after="30" w:line="220" w:lineRule="exact"/>',
            font_size(SMALL_SIZE),
        ),
        paragraph_style("Footer", "footer", f'{_tight}<w:jc w:val="center"/>', font_size(TEXT_SIZE - 3)),
        '<w:style w:type="character" w:customStyle="1" w:styleId="Figure"><w:name w:val="Figure"/><w:qFormat/>'
        '<w:rPr><w:u w:val="dotted" w:color="8C8C8C"/></w:rPr></w:style>',
        '<w:style w:type="table" w:customStyle="1" w:styleId="FigureSources"><w:name w:val="FigureSources"/>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="000000"/>'
        '<w:bottom w:val="single" w:sz="8" w:color="000000"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="A6A6A6"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>',
    )
)

FOOTER = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
)


def english_document() -> WordDocument:
    """Return an empty Word document for the English summary."""
    return empty_document(
        page=ENGLISH_PAGE,
        styles=STYLES,
        fonts=FONTS,
        languages=("en-GB", "zh-CN"),
        grid=None,
        odd_footer=FOOTER,
        even_footer=FOOTER,
    )
