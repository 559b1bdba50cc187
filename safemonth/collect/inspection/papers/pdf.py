"""A paper as a PDF, from the same blocks as its Word file. Plain Python: no Django, no database, no clock."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final

from markupsafe import Markup
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from safemonth.collect.inspection.papers.content import Fields, Seal, Sheet, Signature, Text

_TAGS: Final = {"title": "h1", "part": "h2"}


def pdf_file(sheet: Sheet, *, pictures: Mapping[str, bytes]) -> bytes:
    """Return a sheet as a PDF (tagged, PDF/UA-1): the same sheet gives the same bytes, and nothing comes from elsewhere.

    `pictures` holds the drawn signatures (PNG or JPEG) by digest; one that is not there stays a line to sign on.
    """
    page = print_page(sheet, pictures=pictures)
    # A name made from the content: WeasyPrint's own would be another each time.
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return made


def print_page(sheet: Sheet, *, pictures: Mapping[str, bytes]) -> str:
    """Return the HTML page that the PDF is printed from; all that was filled in is escaped."""
    style = files("safemonth.collect.inspection.papers").joinpath("paper.css").read_text(encoding="utf-8")
    counted = sheet.page_pattern.replace("{pages}", '" counter(pages) "').replace("{page}", '" counter(page) "')
    tag = {"zh": "zh-CN", "en": "en-GB"}[sheet.language]
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title><style>{}\n'
            '@page {{ @bottom-center {{ content: "{}"; }} }}</style></head>\n<body>\n{}\n</body></html>'
        ).format(
            tag,
            f"{sheet.title} {sheet.number}".strip(),
            Markup(style),
            Markup(counted),
            body_of(sheet, pictures=pictures, tags=_TAGS),
        )
    )


def body_of(sheet: Sheet, *, pictures: Mapping[str, bytes], tags: Mapping[str, str]) -> Markup:
    """Return the blocks of a sheet as HTML, without a page around them; `tags` gives roles of text another tag than p."""
    return Markup("\n").join(_blocks(sheet, pictures, tags))


def _blocks(sheet: Sheet, pictures: Mapping[str, bytes], tags: Mapping[str, str]) -> Iterator[Markup]:
    for block in sheet.blocks:
        match block:
            case Text():
                yield Markup('<{0} class="{1}">{2}</{0}>').format(
                    Markup(tags.get(block.role, "p")), block.role, block.text
                )
            case Fields():
                cells = Markup("").join(
                    Markup('<div class="label">{}</div><div class="value">{}</div>').format(each.label, each.value)
                    for each in block.fields
                )
                pair = " pair" if len(block.fields) > 1 else ""
                yield Markup('<div class="fields{}">{}</div>').format(pair, cells)
            case Signature():
                yield Markup(
                    '<div class="fields hand"><div class="label">{}</div><div class="value">{}</div>'
                    '<div class="behind">{}</div></div>'
                ).format(block.label, _picture(block, pictures), block.behind)
            case Seal():
                yield Markup('<div class="seal"><p>{}</p><p>{}</p></div>').format(block.agency, block.day)


def _picture(signature: Signature, pictures: Mapping[str, bytes]) -> Markup:
    data = pictures.get(signature.drawn) if signature.drawn else None
    if not data:
        return Markup("")
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return Markup('<img alt="{}" src="data:image/{};base64,{}">').format(
        signature.label, kind, b64encode(data).decode()
    )
