"""What the columns of a table of rows are: whose unit, which claims, and which only number or name things."""

import re
from collections.abc import Iterable
from dataclasses import replace

from safemonth.collect.readers.reading import Locator
from safemonth.collect.readers.sheets.grid import Grid, cell_text
from safemonth.collect.readers.sheets.headers import is_number
from safemonth.collect.readers.sheets.headings import Heading
from safemonth.collect.readers.sheets.layout import Table, is_measure_word_column
from safemonth.collect.readers.sheets.unit_names import Names

# A longer run of digits is a code or a telephone number and numbers no rows.
MOST_DIGITS = 7


def locator(grid: Grid, row: int, column: int) -> Locator:
    """Return a cell's place, counted from 1."""
    return Locator("cell", sheet=grid.name, row=row + 1, column=column + 1)


_column_labels = re.compile(r"[甲乙丙丁]|[A-Da-d]|[栏列项]次|序号")


def only_numbers_columns(filled: dict[int, str]) -> bool:
    """Whether a row under the header only numbers the columns: 甲, 1, 2, 3 (as forms of the statistics offices do)."""
    numbers = [int(text) for text in filled.values() if text.isdecimal()]
    labels = [text for text in filled.values() if not text.isdecimal()]
    return (
        len(numbers) >= 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 2
        and bool(labels or numbers[0] == 1)
        and all(_column_labels.fullmatch(text) for text in labels)
    )


def numbers_beyond_headings(grid: Grid, table: Table, row: int) -> list[str]:
    """The numbers of a row that stand under no heading; a column that only numbers the rows is none."""
    width = max(table.right, len(grid.rows[row])) if table.is_last else table.right
    first, body = min(table.headings, default=0), range(table.first_row, table.end)
    return [
        grid.text(row, column)
        for column in range(table.left, width)
        if (column not in table.headings or not table.headings[column].text)
        and is_number(grid.at(row, column))
        and not (column <= first and counts_rows(grid, body, column))
    ]


def counts_rows(grid: Grid, rows: Iterable[int], column: int) -> bool:
    """Return whether a column only numbers its rows 1, 2, 3 (rows without a number do not count)."""
    numbers = [int(text) for row in rows if (text := grid.text(row, column)).isdecimal() and len(text) < MOST_DIGITS]
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1))


def claiming_columns(grid: Grid, table: Table) -> dict[int, Heading]:
    """The columns whose numbers are claims: indicators, headings that are open, and words that hold numbers."""
    return {
        column: heading
        for column, heading in ((column, _with_numbers(grid, table, column)) for column in table.headings)
        if table.left <= column < table.right
        and not heading.why_not
        and (heading.is_open or heading.meaning not in _NO_CLAIMS)
        and not (heading.is_open and not _has_numbers(grid, table, column))
    }


_WORDS = frozenset(("amount", "item", "title", "place", "participants", "kind", "measure_word"))
_taking_part = re.compile(r"参加|参与|participa|taking part", re.IGNORECASE)


def _with_numbers(grid: Grid, table: Table, column: int) -> Heading:
    """A column's heading; one of words under which numbers stand is asked (数量 alone counts anything)."""
    heading = table.headings[column]
    if heading.why_not or heading.meaning not in _WORDS | {"unit"}:
        return heading
    cells = [grid.at(row, column) for row in range(table.first_row, table.end)]
    numbers = sum(is_number(cell) for cell in cells)
    if heading.meaning in ("unit", "participants"):
        if _taking_part.search(heading.text) and numbers and numbers == sum(bool(cell_text(cell)) for cell in cells):
            return replace(heading, meaning="departments_taking_part")
        # A column 企业 or 学校 of numbers is no column of units; codes are long.
        all_numbers = (
            numbers
            and all(len(cell_text(cell)) < 6 for cell in cells)
            and numbers == sum(map(bool, map(cell_text, cells)))
        )
        return (
            replace(heading, meaning="ask")
            if all_numbers or (numbers and heading.meaning == "participants")
            else heading
        )
    return replace(heading, meaning="ask") if numbers else heading


_NO_CLAIMS = frozenset(
    "serial unit unit_code date place title kind participants note item amount measure_word period total ratio ignore".split()
) | {""}


def _has_numbers(grid: Grid, table: Table, column: int) -> bool:
    return any(
        re.search(r"\d|[一二三四五六七八九十百千万]", grid.text(row, column))
        for row in range(table.first_row, table.end)
    )


def columns_passed_over(grid: Grid, table: Table, columns: dict[int, Heading]) -> list[tuple[Locator, str]]:
    """Columns whose numbers are no claims, and numbers under no heading at all: told, cell by cell for the latter."""
    skipped = []
    for column in range(table.left, table.right):
        heading = table.headings.get(column)
        if heading is None or not heading.text:
            skipped += [
                (locator(grid, row, column), "no_heading")
                for row in range(table.first_row, table.end)
                if re.search(r"\d", grid.text(row, column))
            ]
        elif column not in columns and _has_numbers(grid, table, column):
            skipped.append((locator(grid, table.first_row - 1, column), heading.why_not or heading.meaning or "text"))
    return skipped


def unit_column_of(grid: Grid, table: Table, names: Names) -> int | None:
    """Return the column that names the units of a table, None where none does."""
    candidates = [
        c
        for c in table.headings
        if _with_numbers(grid, table, c).meaning == "unit" and not is_measure_word_column(grid, table, c)
    ]
    codes = [c for c, h in table.headings.items() if h.meaning == "unit_code"]
    if not candidates and codes:
        return codes[0]
    if not candidates:
        if table.column_of("title") is not None or table.column_of("date") is not None:
            return None  # A list of one unit's own activities: a township in it is where, not who.
        # No heading says so, but a column is full of units.
        body = range(table.first_row, table.end)
        hits = {
            c: sum(names.is_unit(grid.text(row, c)) for row in body)
            for c, h in table.headings.items()
            if h.meaning in ("ask", "", "note", "item", "place")
        }
        best = max(hits, key=lambda c: hits[c], default=None)
        return best if best is not None and hits[best] >= max(1, len(body) // 2) else None
    if len(candidates) == 1:
        return candidates[0]
    # Township and village side by side: the lower one names the unit where it is filled.
    body = range(table.first_row, table.end)
    return max(candidates, key=lambda c: (sum(names.is_unit(grid.text(row, c)) for row in body), -c))
