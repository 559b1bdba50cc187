"""A workbook or text table as grids of cells, opened safely: values, merged cells, hidden sheets."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from safemonth.collect.readers.sheets.cell_marks import CellMarks, marks_of
from safemonth.lib.containers import checked_kind, decode_text, open_office_zip
from safemonth.lib.refusals import Refused, gettext_noop

# A county's largest return has some 500 villages by 60 columns; ten times that is no return but an export.
MOST_ROWS = 50_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
DELIMITERS = ("\t", ",", ";", "，", "|")

Cell = str | int | float | date | None


@dataclass
class Grid:
    """One sheet: `rows[r][c]` counts from 0; `merged` are (top, left, bottom, right), ends included."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False
    marks: CellMarks = field(default_factory=CellMarks)

    def at(self, row: int, column: int) -> Cell:
        """Return a cell, None beyond the edge."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if 0 <= column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """Return a cell as a person sees it, without spaces around it."""
        return cell_text(self.at(row, column))


def cell_text(cell: Cell) -> str:
    """Return a cell's value as a person sees it: whole numbers without a point, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def load_grids(data: bytes, *, file_name: str) -> list[Grid]:
    """Return the sheets of a file in order, empty ones left out.

    Raises Refused: what `containers` refuses, `broken_workbook`, `too_many_cells`, `no_cells`.
    """
    kind = checked_kind(data, file_name=file_name)
    if kind in ("xlsx", "xls"):
        marks = marks_of(open_office_zip(data, file_name=file_name)) if kind == "xlsx" else {}
        grids = _workbook(data, file_name=file_name)
        for grid in grids:
            _mark(grid, marks.get(grid.name, CellMarks()))
    elif kind in ("csv", "tsv", "txt"):
        grids = [_text_table(data, file_name=file_name)]
    else:
        raise Refused(
            "not_a_sheet",
            gettext_noop("“%(file)s” is not a spreadsheet. Send it as .xlsx, .xls or .csv."),
            file=file_name,
        )
    for grid in grids:
        _check_size(grid, file_name=file_name)
    filled = [grid for grid in grids if any(cell_text(cell) for row in grid.rows for cell in row)]
    if not filled:
        raise Refused(
            "no_cells", gettext_noop("There is nothing in “%(file)s”. Ask the unit to send it again."), file=file_name
        )
    return filled


def _workbook(data: bytes, *, file_name: str) -> list[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden = {meta.name for meta in workbook.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
        grids = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > 16_384:
                raise _too_large(file_name, name)
            rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = [
                (top, left, bottom, right)
                for (top, left), (bottom, right) in (getattr(sheet, "merged_cell_ranges", None) or [])
            ]
            grids.append(Grid(name=name, rows=rows, merged=merged, is_hidden=name in hidden))
        return grids
    except Refused:
        raise
    except (CalamineError, OSError, ValueError, OverflowError, TypeError, EOFError) as error:
        raise _broken(file_name, error) from error
    except BaseException as error:  # A panic of the Rust reader is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise _broken(file_name, error) from error


def _mark(grid: Grid, marks: CellMarks) -> None:
    """Put back into the cells what the value reader left out: errors, formulas without a value, percent signs."""
    grid.marks = marks
    for (row, column), text in marks.texts.items():
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            continue
        grid.rows.extend([] for _ in range(row + 1 - len(grid.rows)))
        cells = grid.rows[row]
        cells.extend(None for _ in range(column + 1 - len(cells)))
        if not cell_text(cells[column]):
            cells[column] = text
    for row, column in marks.shares:
        value = grid.at(row, column)
        if isinstance(value, int | float):
            grid.rows[row][column] = f"{round(value * 100, 6):g}%"


def _broken(file_name: str, error: BaseException) -> Refused:
    return Refused(
        "broken_workbook",
        gettext_noop("“%(file)s” cannot be opened as a workbook (%(error)s). Open it, save it again and send that."),
        file=file_name,
        error=str(error)[:80],
    )


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date()
        case date() | int() | float() | None:
            return value
        case str():
            return value.strip() or None
        case time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _text_table(data: bytes, *, file_name: str) -> Grid:
    text, _ = decode_text(data)
    sample = "\n".join(text.splitlines()[:50])
    delimiter = max(DELIMITERS, key=lambda sign: (sample.count(sign), -DELIMITERS.index(sign)))
    if not sample.count(delimiter):
        delimiter = ","
    try:
        rows: list[list[Cell]] = [
            [cell.strip() or None for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise _broken(file_name, error) from error
    return Grid(name="csv", rows=rows)


def _check_size(grid: Grid, *, file_name: str) -> None:
    if len(grid.rows) > MOST_ROWS or sum(len(row) for row in grid.rows) > MOST_CELLS:
        raise _too_large(file_name, grid.name)
    if max((len(row) for row in grid.rows), default=0) > MOST_COLUMNS:
        for row in grid.rows:
            if any(cell_text(cell) for cell in row[MOST_COLUMNS:]):
                raise _too_large(file_name, grid.name)
            del row[MOST_COLUMNS:]


def _too_large(file_name: str, sheet: str) -> Refused:
    return Refused(
        "too_many_cells",
        gettext_noop(
            "Sheet “%(sheet)s” of “%(file)s” is larger than any return (over %(rows)s rows or %(columns)s columns). "
            "Delete what is not part of it, or split it."
        ),
        file=file_name,
        sheet=sheet,
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def grid_of(data: bytes, *, file_name: str, sheet: str) -> list[list[str]]:
    """Return one sheet's cells as texts, rows from the top; an empty list where there is no such sheet."""
    for grid in load_grids(data, file_name=file_name):
        if grid.name == sheet:
            return [[cell_text(cell) for cell in row] for row in grid.rows]
    return []
