"""A letter as title, paragraphs and signature, and its bytes as .docx, .txt, .html and .pdf."""

import io
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from weasyprint import HTML

from safemonth.demo.packing import settle
from safemonth.demo.saying import Style, say
from safemonth.demo.truth import Said


@dataclass(frozen=True)
class Letter:
    """A letter: `to` is the addressee (empty: none), `table` rows of cells that stand before the signature."""

    title: str
    to: str
    paragraphs: Sequence[str]
    signed: str
    dated: str
    number: str = ""
    table: Sequence[Sequence[str]] = ()

    @property
    def lines(self) -> list[str]:
        """The letter's lines from title to date, without the table."""
        head = [self.title, *([self.number] if self.number else []), *([self.to + "："] if self.to else [])]
        return [*head, *("　　" + text for text in self.paragraphs), self.signed, self.dated]


class _Filler(string.Formatter):
    """Fills `{leaflets_distributed}` and `{leaflets_distributed:wan}` with counts and remembers which it used."""

    def __init__(self, counts: Mapping[str, Said]) -> None:
        self.counts = counts
        self.used: set[str] = set()

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[str, Said]:
        self.used.add(str(key))
        return str(key), self.counts[str(key)]

    def format_field(self, value: tuple[str, Said], format_spec: str) -> str:
        indicator, said = value
        return say(indicator, said, cast(Style, format_spec or "digits"))


def fill(paragraphs: Sequence[str], counts: Mapping[str, Said]) -> list[str]:
    """Return the paragraphs with their counts filled in; each place is `{indicator}` or `{indicator:style}`.

    Raises KeyError where a place has no count, and ValueError where a count is not told in any paragraph.
    """
    filler = _Filler(counts)
    filled = [filler.format(text) for text in paragraphs]
    if silent := counts.keys() - filler.used:
        raise ValueError(f"the letter says nothing of {sorted(silent)}")
    return filled


def docx_bytes(letter: Letter) -> bytes:
    """Return the letter as a Word document; the same bytes for the same letter."""
    document = docx.Document()
    document.styles["Normal"].font.name = "仿宋"
    document.styles["Normal"].font.size = Pt(16)
    heading = document.add_paragraph(letter.title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if letter.number:
        document.add_paragraph(letter.number).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if letter.to:
        document.add_paragraph(letter.to + "：")
    for text in letter.paragraphs:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    if letter.table:
        table = document.add_table(rows=0, cols=len(letter.table[0]))
        for row in letter.table:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    for text in (letter.signed, letter.dated):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    target = io.BytesIO()
    document.save(target)
    return settle(target.getvalue())


def txt_bytes(letter: Letter, *, encoding: str = "utf-8") -> bytes:
    """Return the letter as plain text in `encoding`, lines ended by CRLF as Windows writes them."""
    return "".join(line + "\r\n" for line in letter.lines).encode(encoding)


def html_bytes(letter: Letter, *, encoding: str = "utf-8") -> bytes:
    """Return the letter as a page of a unit's site, with a menu and a foot that are no part of it."""
    body = "\n".join(f"<p>{escape(line)}</p>" for line in letter.lines[1:])
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{encoding}"><title>{escape(letter.title)}</title>
<style>p {{ text-indent: 2em }}</style><script>var visits = 3200;</script></head>
<body><ul class="nav"><li>首页</li><li>机构概况</li><li>政务公开</li></ul>
<h1>{escape(letter.title)}</h1>
{body}
<div class="foot">主办：{escape(letter.signed)}</div></body></html>
""".encode(encoding)


def pdf_bytes(letter: Letter) -> bytes:
    """Return the letter as a PDF with its text in it (set in a Chinese font of this machine)."""
    body = "".join(f"<p>{escape(line)}</p>" for line in letter.lines[1:-2])
    foot = "".join(f'<p class="right">{escape(line)}</p>' for line in letter.lines[-2:])
    style = (
        "@page { size: A4; margin: 37mm 26mm 35mm 28mm } h1 { font-size: 20pt; text-align: center }"
        "body { font: 16pt/29pt FangSong, 'Noto Serif CJK SC', 'Noto Sans CJK SC', serif } p { margin: 0 }"
        ".right { text-align: right }"
    )
    page = f'<html lang="zh-CN"><style>{style}</style><h1>{escape(letter.title)}</h1>{body}{foot}</html>'
    return cast(bytes, HTML(string=page).write_pdf(pdf_identifier=letter.title.encode()))
