"""The register and the table sent upward as spreadsheets. Plain Python."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

_LINE = Side(style="thin", color="999999")


def xlsx_of(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[int],
    notes: Sequence[str] = (),
) -> bytes:
    """Return a workbook of one sheet: title, headings, rows (texts and numbers; None is empty), notes under them.

    A text that starts as a formula does stays a text. `widths` are in characters, one for each heading.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for number, row in enumerate([headings, *rows], start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            _fill(cell, value)
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 2:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EDF0")
    for number, note in enumerate(notes, start=len(rows) + 3):
        _fill(sheet.cell(row=number, column=1), note)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(cell: Any, value: object) -> None:
    cell.value = value
    if isinstance(value, str):
        # What openpyxl would read as a formula or an error is what somebody typed.
        cell.data_type = "s"
