"""The summary as a PDF in the format of its language, made from the same text as the web page."""

import hashlib

from markupsafe import Markup
from weasyprint import HTML

from safemonth.lib.official.document import print_style
from safemonth.summary.facts import Rendered
from safemonth.summary.source_table import HEADINGS, row_of
from safemonth.summary.web import style_sheet
from safemonth.summary.word_html import LANGUAGE_TAGS, WebText, note_id, web_text


def render_pdf(rendered: Rendered) -> bytes:
    """Return the PDF: tagged (PDF/UA-1), in the official format for Chinese, with a note to each number at the end.

    Each figure in the text carries its number in the table of sources, which closes the document also where the
    outline has none. Nothing is fetched from outside, and the same input gives the same bytes.
    """
    page = print_page(rendered, web_text(rendered, with_numbers=True))
    # A name made from the content: WeasyPrint's own would be another each time.
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return made


def print_page(rendered: Rendered, text: WebText) -> str:
    """Return the HTML page that the PDF is printed from."""
    sheet = print_style() if rendered.language == "zh" else style_sheet("english")
    notes = Markup("") if 'class="figure-sources"' in text.html else _end_notes(rendered, text)
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head>\n'
            "<body>\n{}\n{}\n</body></html>"
        ).format(LANGUAGE_TAGS[rendered.language], text.title, Markup(sheet), text.html, notes)
    )


def _end_notes(rendered: Rendered, text: WebText) -> Markup:
    """Return the table of sources as end notes, for an outline that has no such table."""
    language = rendered.language
    figures = {figure.id: figure for figure in rendered.used}
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in HEADINGS[language])
    rows = Markup("\n").join(
        Markup('<tr id="{}">{}</tr>').format(
            note_id(figure_id),
            Markup("").join(
                Markup("<td>{}</td>").format(cell)
                for cell in row_of(figures[figure_id], number, rendered.titles[figure_id], language)
            ),
        )
        for number, figure_id in enumerate(text.mentioned, start=1)
    )
    return Markup('<table class="figure-sources"><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>').format(
        head, rows
    )


def _fetch_nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """Refuse every address: a summary is made from what is in it."""
    raise ValueError(f"a summary fetches nothing, and this was asked for: {url}")
