"""A rendered Word summary as HTML: headings, paragraphs, tables, and links that know their figure."""

import io
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from markupsafe import Markup, escape

from safemonth.lib.official.document import ELEMENTS
from safemonth.lib.word_xml import Element, R, W, style_of
from safemonth.summary.facts import Language, Rendered
from safemonth.summary.source_table import TABLE_CAPTION

LANGUAGE_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}


@dataclass
class WebText:
    """A summary's text as HTML: `html` of the body, and the figures' ids in order of first mention in it."""

    language: Language
    title: str
    html: Markup
    mentioned: list[str] = field(default_factory=list)


@dataclass
class _Page:
    """What stays the same, and what is counted, while a document is turned into HTML."""

    document: WordDocument
    rendered: Rendered
    with_numbers: bool
    mentioned: list[str] = field(default_factory=list)
    title: str = ""


def note_id(figure_id: str) -> str:
    """Return the HTML id of a figure's note: `figure-…`, without signs that an address would have to escape."""
    return "figure-" + "".join(sign if sign.isalnum() or sign in "-_" else "." for sign in figure_id)


def web_text(rendered: Rendered, *, with_numbers: bool = False) -> WebText:
    """Return the text of a rendered summary as HTML.

    A figure's words are `<a class="figure" href="#figure-…" data-figure="id" data-trace="address">`; the first mention
    of each has the id `said-<language>-figure-…`. With `with_numbers` its number in the table of sources follows,
    raised. Other links keep their address where it is http(s) or mailto. Pictures and text boxes are left out.
    """
    page = _Page(docx.Document(io.BytesIO(rendered.docx)), rendered, with_numbers)
    blocks = [_block(element, page) for element in page.document.element.body]
    return WebText(rendered.language, page.title, Markup("\n").join(block for block in blocks if block), page.mentioned)


def _block(element: Element, page: _Page) -> Markup:
    if element.tag == f"{W}tbl":
        return _table(element, page)
    if element.tag != f"{W}p":
        return Markup("")
    inner = _inline(element, page)
    if not inner.strip():
        return Markup("")
    name, css = ELEMENTS.get(style_of(element), ("p", ""))
    if name == "h1" and not page.title:
        page.title = inner.striptags()
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), Markup(f' class="{css}"' if css else ""), inner)


def _inline(paragraph: Element, page: _Page, *, in_sources: bool = False) -> Markup:
    """Return the runs and links of a paragraph as HTML."""
    parts = []
    for child in paragraph:
        if child.tag == f"{W}r":
            parts.append(_run(child))
        elif child.tag == f"{W}hyperlink":
            parts.append(_link(child, page, in_sources=in_sources))
    return Markup("").join(parts)


def _run(run: Element) -> Markup:
    text = Markup("")
    for child in run:
        if child.tag == f"{W}t":
            text += escape(child.text or "")
        elif child.tag == f"{W}br":
            text += Markup("<br>")
        elif child.tag == f"{W}tab":
            text += " "
    properties = run.find(f"{W}rPr")
    if properties is not None and text:
        for name, element in (("b", "strong"), ("i", "em")):
            flag = properties.find(f"{W}{name}")
            if flag is not None and flag.get(f"{W}val") not in ("0", "false"):
                text = Markup("<{0}>{1}</{0}>").format(Markup(element), text)
    return text


def _link(link: Element, page: _Page, *, in_sources: bool) -> Markup:
    words = Markup("").join(_run(run) for run in link.findall(f"{W}r"))
    address = _address(link, page)
    figure_id = page.rendered.urls.get(address)
    if figure_id is None:
        if not address.startswith(("https://", "http://", "mailto:")):
            return words
        return Markup('<a href="{}">{}</a>').format(address, words)
    said = Markup("")
    if not in_sources and figure_id not in page.mentioned:
        page.mentioned.append(figure_id)
        said = Markup(' id="said-{}-{}"').format(page.rendered.language, note_id(figure_id))
    made = Markup('<a class="figure"{} href="#{}" data-figure="{}" data-trace="{}">{}</a>').format(
        said, note_id(figure_id), figure_id, address, words
    )
    if page.with_numbers and not in_sources:
        # A word joiner keeps the number on the line of its figure.
        made += Markup('&#8288;<sup class="note">{}</sup>').format(page.mentioned.index(figure_id) + 1)
    return made


def _table(table: Element, page: _Page) -> Markup:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    is_sources = caption is not None and caption.get(f"{W}val") == TABLE_CAPTION
    head: list[Markup] = []
    body: list[Markup] = []
    for row in table.findall(f"{W}tr"):
        is_heading = row.find(f"{W}trPr/{W}tblHeader") is not None
        opening, closing = (
            (Markup('<th scope="col">'), Markup("</th>")) if is_heading else (Markup("<td>"), Markup("</td>"))
        )
        cells = Markup("").join(
            opening
            + Markup("<br>").join(
                _inline(paragraph, page, in_sources=is_sources) for paragraph in cell.findall(f"{W}p")
            )
            + closing
            for cell in row.findall(f"{W}tc")
        )
        figure_id = _figure_of(row, page) if is_sources and page.with_numbers else ""
        anchor = Markup(' id="{}"').format(note_id(figure_id)) if figure_id else ""
        (head if is_heading else body).append(Markup("<tr{}>{}</tr>").format(anchor, cells))
    return Markup("<table{}>\n{}<tbody>\n{}\n</tbody></table>").format(
        Markup(' class="figure-sources"' if is_sources else ""),
        Markup("<thead>{}</thead>\n").format(Markup("").join(head)) if head else "",
        Markup("\n").join(body),
    )


def _figure_of(row: Element, page: _Page) -> str:
    """Return the id of the figure that a row of the table of sources is about ("" for none)."""
    found = (page.rendered.urls.get(_address(link, page), "") for link in row.iter(f"{W}hyperlink"))
    return next(found, "")


def _address(link: Element, page: _Page) -> str:
    """Return the address that a link goes to ("" for one within the document)."""
    relation = page.document.part.rels.get(link.get(f"{R}id", ""))
    return relation.target_ref if relation is not None and relation.is_external else ""
