"""A table as cells and merges, and its bytes as .xlsx, .xls and .csv."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Font

from safemonth.demo.packing import settle

Cell = str | int | date | None


@dataclass
class Grid:
    """Rows of cells from the top left; `merges` are (first row, first column, last row, last column) from 1."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def add(self, *cells: Cell) -> int:
        """Add a row; returns its number from 1."""
        self.rows.append(list(cells))
        return len(self.rows)

    def add_merged(self, text: str, *, width: int) -> None:
        """Add a row whose one text spans `width` columns."""
        number = self.add(text, *[None] * (width - 1))
        self.merges.append((number, 1, number, width))


def xlsx_bytes(sheets: Mapping[str, Grid]) -> bytes:
    """Return a workbook with these sheets in order; the same bytes for the same cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, grid in sheets.items():
        sheet = book.create_sheet(title)
        for row in grid.rows:
            sheet.append(row)
        for first_row, first_column, last_row, last_column in grid.merges:
            sheet.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column)
            corner = sheet.cell(first_row, first_column)
            corner.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            corner.font = Font(bold=True)
        for row_cells in sheet.iter_rows():
            for cell in row_cells:
                if isinstance(cell.value, date):
                    cell.number_format = "yyyy-mm-dd"
    target = io.BytesIO()
    book.save(target)
    return settle(target.getvalue())


def xls_bytes(sheets: Mapping[str, Grid]) -> bytes:
    """Return a workbook in the format of Excel 97-2003, which county offices still send."""
    book = xlwt.Workbook(encoding="utf-8")
    day_style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for title, grid in sheets.items():
        sheet = book.add_sheet(title)
        merged = {(row, column): (last_row, last_column) for row, column, last_row, last_column in grid.merges}
        for row_number, row in enumerate(grid.rows, start=1):
            for column, value in enumerate(row, start=1):
                if (row_number, column) in merged:
                    last_row, last_column = merged[row_number, column]
                    sheet.write_merge(row_number - 1, last_row - 1, column - 1, last_column - 1, value)
                elif isinstance(value, date):
                    sheet.write(row_number - 1, column - 1, value, day_style)
                elif value is not None:
                    sheet.write(row_number - 1, column - 1, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_bytes(grid: Grid, *, encoding: str) -> bytes:
    """Return the cells as comma-separated text in `encoding` (`gb18030`, `utf-8`, `utf-8-sig`), lines ended by CRLF."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    for row in grid.rows:
        writer.writerow(["" if value is None else value for value in row])
    return lines.getvalue().encode(encoding)


def total_of(rows: Sequence[Sequence[Cell]], column: int) -> int | None:
    """Return the sum of the whole numbers of a column counted from 0, None where there are none."""
    numbers = [value for row in rows if isinstance(value := row[column], int)]
    return sum(numbers) if numbers else None
