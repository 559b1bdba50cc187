"""The table at a summary's end: every figure of the text, to the last unit, with coverage, bounds and records."""

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from safemonth.figures.figure import Figure
from safemonth.lib.word_xml import XML_SPACE, Element, R, W, paragraphs_of, text_of, w
from safemonth.summary.facts import Language
from safemonth.summary.figure_words import bounds_words, value_words
from safemonth.summary.marks import SOURCES_MARK
from safemonth.summary.tags import Tags

HEADINGS: dict[Language, tuple[str, ...]] = {
    "zh": ("序号", "指标（范围）", "文中表述", "汇总数", "可能范围", "应报/已报", "记录数"),
    "en": ("No.", "Figure (scope)", "As said", "Sum of reports", "Could be", "Expected / reported", "Records"),
}
# Shares of the text's width, in thousandths.
WIDTHS = (65, 265, 135, 115, 195, 125, 100)
TABLE_STYLE, CELL_STYLE, TABLE_CAPTION = "FigureSources", "TableText", "figure-sources"


def put_source_table(document: WordDocument, tags: Tags, order: list[int]) -> None:
    """Replace the paragraph that asks for the table by the table, its rows in `order`; no such paragraph, no table."""
    for paragraph in list(paragraphs_of(document)):
        if SOURCES_MARK in text_of(paragraph):
            paragraph.addprevious(_table(document, tags, [tags.used[number] for number in order]))
            next(paragraph.iterancestors()).remove(paragraph)


def row_of(figure: Figure, number: int, title: str, language: Language) -> tuple[str, ...]:
    """Return the cells of a figure's row, in the order of HEADINGS; `number` counts from 1."""
    coverage = figure.coverage
    return (
        str(number),
        title,
        figure.words.zh if language == "zh" else figure.words.en,
        value_words(figure, language),
        bounds_words(figure, language),
        f"{len(coverage.expected)}/{len(coverage.received)}" if coverage.expected else "—",
        str(sum(line.counted for line in figure.trace)),
    )


def _table(document: WordDocument, tags: Tags, figures: list[Figure]) -> Element:
    section = document.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    assert page is not None and left is not None and right is not None  # the outline's page was checked on the way in
    width = round((page - left - right) / 635)  # EMU to twentieths of a point
    columns = [width * share // 1000 for share in WIDTHS]
    table = w("tbl")
    properties = w("tblPr")
    properties.append(w("tblStyle", val=TABLE_STYLE))
    properties.append(w("tblW", w=str(sum(columns)), type="dxa"))
    properties.append(w("tblLayout", type="fixed"))
    properties.append(w("tblLook", val="0020", firstRow="1"))
    properties.append(w("tblCaption", val=TABLE_CAPTION))
    grid = w("tblGrid")
    for column in columns:
        grid.append(w("gridCol", w=str(column)))
    table.extend([properties, grid, _row(HEADINGS[tags.language], columns, is_heading=True)])
    url_of = {figure_id: url for url, figure_id in tags.urls.items()}
    for number, figure in enumerate(figures, start=1):
        row = _row(row_of(figure, number, tags.titles[figure.id], tags.language), columns)
        link_id = document.part.relate_to(url_of[figure.id], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        _link_cell(row, 2, link_id)
        table.append(row)
    return table


def _row(cells: tuple[str, ...], columns: list[int], *, is_heading: bool = False) -> Element:
    row = w("tr")
    properties = w("trPr")
    properties.append(w("cantSplit"))
    if is_heading:
        properties.append(w("tblHeader"))
    row.append(properties)
    for cell, column in zip(cells, columns, strict=True):
        made = w("tc")
        cell_properties = w("tcPr")
        cell_properties.append(w("tcW", w=str(column), type="dxa"))
        paragraph = w("p")
        paragraph_properties = w("pPr")
        paragraph_properties.append(w("pStyle", val=CELL_STYLE))
        run, text = w("r"), w("t")
        text.text = cell
        text.set(XML_SPACE, "preserve")
        run.append(text)
        paragraph.extend([paragraph_properties, run])
        made.extend([cell_properties, paragraph])
        row.append(made)
    return row


def _link_cell(row: Element, place: int, link_id: str) -> None:
    """Make the text of a row's cell a link."""
    run = row.findall(f"{W}tc")[place].find(f"{W}p/{W}r")
    assert run is not None  # `_row` gave each cell a run
    link = w("hyperlink", history="1")
    link.set(f"{R}id", link_id)
    run.addprevious(link)
    link.append(run)
