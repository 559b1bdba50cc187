"""An empty Word document of a given page, styles, fonts and page numbers, and nothing else in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.section import _Footer
from docx.shared import Mm

from safemonth.lib.word_xml import W, w

_namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A4_WIDTH_MM, A4_HEIGHT_MM = 210, 297


@dataclass(frozen=True)
class Page:
    """Margins of an A4 page in millimetres, and how far the footer ends above the page's lower edge."""

    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float


def paragraph_style(style_id: str, name: str, paragraph: str, run: str = "") -> str:
    """Return a w:style of paragraphs; `paragraph` and `run` are the insides of w:pPr and w:rPr.

    A style whose id is its name is the office's own; others are Word's under their English names.
    """
    return (
        f'<w:style w:type="paragraph" w:customStyle="{int(style_id == name)}" w:styleId="{style_id}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def font_size(half_points: int) -> str:
    """Return the size of a run, for Latin and for other scripts."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def empty_document(
    *,
    page: Page,
    styles: str,
    fonts: Mapping[str, str],
    languages: tuple[str, str],
    grid: Mapping[str, str] | None,
    odd_footer: str,
    even_footer: str,
) -> WordDocument:
    """Return a document without paragraphs.

    `styles` is the inside of the styles part (w:style elements); `fonts` gives other names (comma-separated) of
    each font; `languages` those of Latin and of East Asian text; `grid` the attributes of the page's character
    grid (None: no grid); the footers are w:p elements, with the same one for both sides where the two are equal.
    """
    document = docx.Document()
    body = document.element.body
    for element in list(body):
        if element.tag != f"{W}sectPr":
            body.remove(element)
    _set_page(document, page, grid)
    _set_styles(document, styles, languages)
    _set_fonts(document, fonts)
    section = document.sections[0]
    _set_footer(section.footer, odd_footer)
    if even_footer != odd_footer:
        document.settings.odd_and_even_pages_header_footer = True
        _set_footer(section.even_page_footer, even_footer)
    settings = document.settings.element
    for old in settings.findall(f"{W}themeFontLang"):
        settings.remove(old)
    return document


def _set_page(document: WordDocument, page: Page, grid: Mapping[str, str] | None) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(A4_WIDTH_MM), Mm(A4_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance, section.footer_distance = Mm(15), Mm(page.footer_mm)
    section.gutter = Mm(0)
    properties = section._sectPr
    for old in properties.findall(f"{W}docGrid"):
        properties.remove(old)
    if grid:
        properties.append(w("docGrid", **grid))


def _set_styles(document: WordDocument, styles: str, languages: tuple[str, str]) -> None:
    latin, east_asian = languages
    root = document.styles.element
    for old in list(root):
        root.remove(old)
    made = parse_xml(
        f"<w:styles {_namespace}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:lang w:val="{latin}" w:eastAsia="{east_asian}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{styles}</w:styles>"
    )
    root.extend(list(made))


def _set_fonts(document: WordDocument, fonts: Mapping[str, str]) -> None:
    entries = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/></w:font>"
        for name, others in fonts.items()
    )
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {_namespace}>{entries}</w:fonts>'.encode()


def _set_footer(footer: _Footer, paragraph: str) -> None:
    footer.is_linked_to_previous = False
    element = footer._element
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(paragraph))
