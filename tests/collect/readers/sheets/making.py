"""Sheets for tests: a table of values as an .xlsx file, with merges where asked."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import ReadActivity, Reading, ReadMeasure
from safemonth.collect.readers.sheets import read_sheet

UNITS = {
    "山县": "13", "易州镇": "1", "西陵镇": "2", "富岗乡": "3", "坡仓乡": "4", "安监局": "d1", "公安局": "d2", "气象局": "d3",
    "东关村": "v1", "河口村": "v2",
}  # fmt: skip
KNOWN = Known(unit_names=UNITS, from_on=date(2019, 6, 1), to_on=date(2019, 6, 30))


def workbook(*sheets: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> bytes:
    """Return the bytes of an .xlsx file; `merges` are ranges of the first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number + 1}")
        for row in rows:
            sheet.append(list(row))
    for merge in merges:
        book.worksheets[0].merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*sheets: Sequence[Sequence[object]], merges: Sequence[str] = (), known: Known = KNOWN) -> Reading:
    """Return what the reader makes of sheets."""
    return read_sheet(workbook(*sheets, merges=merges), file_name="t.xlsx", known=known)


def values(reading: Reading) -> list[tuple[str, str | None, object, str]]:
    """Return (unit, indicator, value, qualifier) of every measure in order."""
    return [
        (activity.unit_text, measure.indicator, measure.value, measure.qualifier)
        for activity in reading.activities
        for measure in activity.measures
    ]


def doubts(reading: Reading) -> set[str]:
    """Return the codes of all doubts, of the file, its lines and its values."""
    holders: list[Reading | ReadActivity | ReadMeasure] = [reading, *reading.activities]
    holders += [measure for activity in reading.activities for measure in activity.measures]
    return {doubt.code for holder in holders for doubt in holder.doubts}


def reasons(reading: Reading) -> set[str]:
    """Return why places were passed over."""
    return {why for _, why in reading.skipped}
