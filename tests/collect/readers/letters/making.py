"""Letters as files: .docx by python-docx, PDF by WeasyPrint, and what the tests know of the county."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

import docx
import weasyprint

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.letters import read_letter
from safemonth.collect.readers.reading import ReadActivity, Reading

UNITS = {
    "易县安全生产委员会办公室": "130633-office",
    "县安委办": "130633-office",
    "易县安全生产监督管理局": "130633-safety",
    "县安监局": "130633-safety",
    "易县公安局": "130633-police",
    "县公安局": "130633-police",
    "易县水利局": "130633-water",
    "易县气象局": "130633-weather",
    "塘湖镇": "130633109",
    "塘湖镇东关村": "130633109201",
    "富岗乡": "130633207",
    "坡仓乡": "130633208",
    "富岗乡人民政府": "130633207",
    "Fugang Township": "130633207",
}
JUNE = Known(unit_names=UNITS, from_on=date(2026, 6, 1), to_on=date(2026, 6, 30))


def read(text: str, *, known: Known = JUNE) -> Reading:
    """Read a letter that came as plain text, and check that its spans hold."""
    reading = read_letter(text.encode(), file_name="总结.txt", known=known)
    check_spans(reading)
    return reading


def check_spans(reading: Reading) -> None:
    """Every span must be the text that it claims to be."""
    for activity in reading.activities:
        places = [activity.locator, *(measure.within for measure in activity.measures if measure.within)]
        assert all(0 <= (p.start or 0) < (p.end or 0) <= len(reading.text) for p in places if p.kind == "span")
        for measure in activity.measures:
            if measure.locator.kind == "span":
                assert reading.text[measure.locator.start : measure.locator.end] == measure.surface
            assert measure.part_of is None or 0 <= measure.part_of < len(activity.measures)


def told(activity: ReadActivity) -> tuple[str, str | None, str | None]:
    """Return an activity's kind and days, `line` for a report line."""
    kind = "line" if activity.is_report_line else activity.kind
    first, last = activity.from_on, activity.to_on
    return (kind, first.isoformat() if first else None, last.isoformat() if last else None)


def counted(activity: ReadActivity) -> dict[str, int]:
    """Return an activity's values by indicator; of several the first."""
    values: dict[str, int] = {}
    for measure in activity.measures:
        values.setdefault(str(measure.indicator), int(measure.value or 0))
    return values


def doubt_codes(activity: ReadActivity) -> set[str]:
    """Return the codes of all doubts on an activity and its values."""
    return {doubt.code for doubt in (*activity.doubts, *(d for measure in activity.measures for d in measure.doubts))}


def word_letter(paragraphs: Iterable[str | Sequence[Sequence[str]]]) -> bytes:
    """Return a .docx of paragraphs (texts) and tables (rows of cell texts)."""
    document = docx.Document()
    for block in paragraphs:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for number, row in enumerate(block):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_letter(html: str, *, size: str = "16pt") -> bytes:
    """Return a PDF of a page, set as an official letter is, with page numbers."""
    style = (
        f"<style>@page{{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{{content:'— ' counter(page) ' —'}}}}"
        f"body{{font-family:'Noto Serif CJK SC';font-size:{size}}}p{{text-indent:2em}}</style>"
    )
    return bytes(weasyprint.HTML(string=style + html).write_pdf())
