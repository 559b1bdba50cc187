"""What surrounds a source, for a person to look at: rows of the sheet, the text, the form's entry."""

import json
from dataclasses import dataclass

from safemonth.collect.readers.models import ReadingRecord
from safemonth.collect.readers.queries import current_reading
from safemonth.collect.readers.sheets import grid_of
from safemonth.collect.submissions.models import Source, SourceKind
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.collect.submissions.rules import column_letters
from safemonth.lib.refusals import Refused

ROWS_AROUND = 6
COLUMNS_SHOWN = 16
HEADER_ROWS = 4


@dataclass(frozen=True)
class SourcePage:
    """Rows of (row number, cells), each cell (text, is it here); or a text with [start, end); or form lines."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[tuple[str, bool], ...]], ...] = ()
    text: str = ""
    start: int = 0
    end: int = 0
    lines: tuple[tuple[str, bool], ...] = ()


def source_page(source: Source) -> SourcePage:
    """Return what to show of a source; an empty page where the file cannot be opened any more."""
    try:
        match source.kind:
            case SourceKind.CELL:
                return _sheet(source)
            case SourceKind.SPAN:
                reading = current_reading(source.submission) or ReadingRecord()
                return SourcePage(text=reading.text, start=source.start or 0, end=source.end or 0)
            case _:
                return _form(source)
    except Refused:
        return SourcePage()


def _sheet(source: Source) -> SourcePage:
    grid = grid_of(bytes_kept(source.submission.sha256), file_name=source.submission.file_name, sheet=source.sheet)
    row, column = source.row or 1, source.column or 1
    first = max(1, min(column - COLUMNS_SHOWN // 2, max((len(cells) for cells in grid), default=1) - COLUMNS_SHOWN + 1))
    wanted = [number for number in range(1, len(grid) + 1) if number <= HEADER_ROWS or abs(number - row) <= ROWS_AROUND]
    width = max((len(grid[number - 1]) for number in wanted), default=0)
    last = min(first + COLUMNS_SHOWN - 1, width)
    return SourcePage(
        columns=tuple(column_letters(number) for number in range(first, last + 1)),
        rows=tuple(
            (
                number,
                tuple(
                    (grid[number - 1][at - 1] if at <= len(grid[number - 1]) else "", number == row and at == column)
                    for at in range(first, last + 1)
                ),
            )
            for number in wanted
        ),
    )


def _form(source: Source) -> SourcePage:
    form = json.loads(bytes_kept(source.submission.sha256))
    lines: list[tuple[str, bool]] = []
    for position, activity in enumerate(form.get("activities", [])):
        lines.append((activity.get("title", ""), source.field == f"activities.{position}"))
        for number, measure in enumerate(activity.get("measures", [])):
            place = f"activities.{position}.measures.{number}.value"
            lines.append((f"{measure.get('indicator')}: {measure.get('value')}", source.field == place))
    return SourcePage(lines=tuple(lines))
