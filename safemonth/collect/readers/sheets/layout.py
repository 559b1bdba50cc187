"""Where the tables of a sheet are, and which way round each stands."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.sheets.grid import Grid
from safemonth.collect.readers.sheets.headers import (
    CONTEXT,
    MOST_HEADER_ROWS,
    HeadingReader,
    is_header,
    is_number,
    is_unknown_header,
    texts_of,
)
from safemonth.collect.readers.sheets.headings import PERIOD, TO_DATE, Heading, looks_like_total
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.measure_words import MEASURE_WORDS

Layout = Literal["rows", "columns", "long"]

ROWS_LOOKED_AT = 60


@dataclass
class Table:
    """One table: rows [top, first_row) are its header, [first_row, end) its body, columns [left, right).

    `layout` `rows`: a row is a unit or an activity and `headings` are its columns. `columns`: a column is a unit
    (`unit_columns`) and `labels` are the columns that name the indicator. `long`: `pairs` of (label columns, amount
    column); without a header `first_row` == `top`. `is_last`: no other table stands to the right of it.
    """

    layout: Layout
    top: int
    first_row: int
    end: int
    left: int
    right: int
    headings: dict[int, Heading] = field(default_factory=dict)
    labels: tuple[int, ...] = ()
    unit_columns: dict[int, str] = field(default_factory=dict)
    pairs: tuple[tuple[tuple[int, ...], int], ...] = ()
    is_last: bool = True
    under_units: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def column_of(self, meaning: str) -> int | None:
        """Return the first column of a meaning, None where there is none."""
        return next((column for column, heading in self.headings.items() if heading.meaning == meaning), None)


def find_tables(grid: Grid, *, known: Known, names: Names) -> list[Table]:
    """Return the tables of a sheet from top to bottom; rows in none of them are titles, notes or signatures."""
    reader = HeadingReader(known)
    tables: list[Table] = []
    row = 0
    while row < len(grid.rows):
        if is_header(grid, row, reader=reader, names=names):
            table = _table_at(grid, row, reader=reader, names=names)
            tables.append(table)
            row = max(table.end, row + 1)
            continue
        row += 1
    edges = [0, *(edge for table in tables for edge in (table.top, table.end)), len(grid.rows)]
    forms = [_pairs_table(grid, range(*gap), reader=reader) for gap in zip(edges[::2], edges[1::2], strict=True)]
    found = [part for table in tables for part in _side_by_side(table)]
    return sorted([*found, *(form for form in forms if form)], key=lambda table: (table.top, table.left))


def _table_at(grid: Grid, top: int, *, reader: HeadingReader, names: Names) -> Table:
    first_row = top + 1
    while first_row < min(top + MOST_HEADER_ROWS, len(grid.rows)) and _continues_header(
        grid, top, first_row, reader, names
    ):
        first_row += 1
    width = max(len(grid.rows[row]) for row in range(top, first_row))
    paths = {column: _path(grid, column, top=top, first_row=first_row) for column in range(width)}
    headings = {column: reader(*path) for column, path in paths.items() if path}
    end = first_row
    blanks = 0
    while end < len(grid.rows):
        texts = texts_of(grid, end)
        if not texts:
            blanks += 1
        elif is_header(grid, end, reader=reader, names=names, is_inside=True):
            if end - 1 > first_row and len(texts_of(grid, end - 1)) == 1:
                end -= 1  # The title of the next table.
            break
        elif (blanks and is_unknown_header(grid, end, texts, names=names)) or (
            blanks >= 2 and not names.is_unit_like(next(iter(texts.values())))
        ):
            break
        elif len(texts) == 1 and blanks and not is_number(next(iter(grid.rows[end][c] for c in texts))):
            break  # A line after a blank row: a note, or the title of the next table.
        else:
            blanks = 0
        end += 1
    table = Table("rows", top, first_row, end, 0, width, headings)
    return _oriented(grid, table, paths, reader=reader, names=names)


def _continues_header(grid: Grid, top: int, row: int, reader: HeadingReader, names: Names) -> bool:
    texts = texts_of(grid, row)
    if not texts or any(is_number(grid.at(row, column)) or isinstance(grid.at(row, column), date) for column in texts):
        return False
    if any(CONTEXT.search(text) for text in texts.values()):
        return False
    first = min(texts)
    heads = texts_of(grid, top)
    if names.is_unit(texts[first]) or (looks_like_total(texts[first]) and first <= min(heads, default=0)):
        return False
    under_merge = any(
        t <= top < row <= b or (t == top and left < right and left <= column <= right)
        for t, left, b, right in grid.merged
        for column in texts
    )
    starts_blank = min(heads, default=0) not in texts
    sure = [reader(text).meaning for text in texts.values()]
    period_only = all(PERIOD.search(text) or TO_DATE.search(text) for text in texts.values())
    return (under_merge or starts_blank) and (
        any(m != "ask" for m in sure) or period_only or under_merge or starts_blank
    )


def _path(grid: Grid, column: int, *, top: int, first_row: int) -> tuple[str, ...]:
    """A column's heading from the top down: merged cells count for all that they cover."""
    parts: list[str] = []
    for row in range(top, first_row):
        text = grid.text(row, column) or _merged_text(grid, row, column)
        if not text and row < first_row - 1 and any(grid.text(below, column) for below in range(row + 1, first_row)):
            text = _group_to_the_left(grid, row, column, first_row)
        if text and text not in parts:
            parts.append(text)
    return tuple(parts)


def _merged_text(grid: Grid, row: int, column: int) -> str:
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and left <= column <= right:
            return grid.text(top, left)
    return ""


def _group_to_the_left(grid: Grid, row: int, column: int, first_row: int) -> str:
    """A group's name stands in its first column only, where merges were lost (csv)."""
    for left in range(column - 1, -1, -1):
        if grid.text(row, left):
            # The cell to the left heads a group only where something stands under it.
            return grid.text(row, left) if any(grid.text(below, left) for below in range(row + 1, first_row)) else ""
    return ""


def _oriented(
    grid: Grid, table: Table, paths: dict[int, tuple[str, ...]], *, reader: HeadingReader, names: Names
) -> Table:
    # Enough to see which way round a table stands; a list of activities has thousands of rows.
    body = range(table.first_row, min(table.end, table.first_row + ROWS_LOOKED_AT))
    unit_columns = {
        column: next(part for part in path if names.is_unit(part))
        for column, path in paths.items()
        if any(names.is_unit(part) for part in path)
    }
    label_hits = {
        column: sum(
            1
            for row in body
            if not isinstance(grid.at(row, column), int | float | date)
            and reader.is_indicator(_label(grid, row, (column,)))
        )
        for column in range(table.right)
    }
    indicators = [c for c, heading in table.headings.items() if reader.is_indicator(paths[c][-1]) or heading.choices]
    best = max(label_hits, key=lambda column: (label_hits[column], -column), default=0)
    unknown = {
        column: path[-1]
        for column, path in paths.items()
        if path and column > best and column not in unit_columns and names.is_unit_like(path[-1])
    }
    columns = {**unit_columns, **unknown}
    if label_hits.get(best, 0) >= 2 and (len(columns) >= 2 or unit_columns) and best not in columns:
        first_unit = min(columns)
        table.layout = "columns"
        table.unit_columns = {
            column: path[-1]
            for column, path in paths.items()
            if path
            and column >= first_unit
            and (looks_like_total(path[-1]) or table.headings[column].meaning not in ("note", "measure_word"))
        }
        # 易州镇 over 本周 and 累计: the unit is one part of the heading, the rest belongs to each number.
        for column, path in paths.items():
            unit = next((part for part in path if names.is_unit(part)), "")
            if column in table.unit_columns and unit and unit != path[-1]:
                table.unit_columns[column] = unit
                table.under_units[column] = tuple(part for part in path if part != unit)
        table.labels = tuple(
            c for c in range(first_unit) if table.headings.get(c, _NONE).meaning not in ("serial", "measure_word")
        )
        return table
    items = [c for c, h in table.headings.items() if h.meaning == "item"]
    if items and not label_hits.get(best, 0):
        best = items[-1]  # Every item is unknown, and each is asked by its name.
        label_hits[best] = 1
    amounts = [c for c, h in table.headings.items() if h.meaning == "amount" or _is_period_only(h)]
    if label_hits.get(best, 0) >= 1 and amounts and len(indicators) < 2 + len(amounts):
        pairs = []
        for amount in amounts:
            label = max((c for c in range(amount) if label_hits.get(c)), default=best)
            group = (
                tuple(c for c in range(label) if table.headings.get(c, _NONE).meaning == "item")
                if len(amounts) < 2
                else ()
            )
            pairs.append(((*group, label), amount))
        table.layout = "long"
        table.pairs = tuple(pairs)
    return table


_NONE = Heading("", "")


def _is_period_only(heading: Heading) -> bool:
    rest = re.sub(r"(数量|数|完成|情况|[（(].*?[)）]|\s)", "", PERIOD.sub("", TO_DATE.sub("", heading.text)))
    return not rest and bool(heading.text)


def _label(grid: Grid, row: int, columns: tuple[int, ...]) -> str:
    return "".join(grid.text(row, column) or _merged_text(grid, row, column) for column in columns)


def label_path(grid: Grid, row: int, columns: tuple[int, ...]) -> tuple[str, ...]:
    """Return a row's label from its label columns, merged groups included."""
    texts = (grid.text(row, column) or _merged_text(grid, row, column) for column in columns)
    return tuple(dict.fromkeys(text for text in texts if text))


# What a form says in words beside its numbers.
FORM_WORDS = frozenset(("title", "date", "place", "unit"))


def _pairs_table(grid: Grid, rows: range, *, reader: HeadingReader) -> Table | None:
    """A form without a header: label and number side by side, perhaps two pairs in a row."""
    found: dict[tuple[tuple[int, ...], int], int] = {}
    at: list[int] = []
    words: set[tuple[tuple[int, ...], int]] = set()
    for row in rows:
        texts = texts_of(grid, row)
        for column in texts:
            after = min((c for c in texts if c > column and not is_measure_word(texts[c])), default=None)
            if after is not None and is_number(grid.at(row, after)) and reader.is_indicator(texts[column]):
                found[(column,), after] = found.get(((column,), after), 0) + 1
                at.append(row)
            elif after is not None and len(texts) % 2 == 0 and reader(texts[column]).meaning in FORM_WORDS:
                words.add(((column,), after))
                at.append(row)
    if not found:
        return None
    found |= dict.fromkeys(words, 0)
    width = max(len(grid.rows[row]) for row in rows)
    return Table("long", min(at), min(at), _last_pair(grid, rows, set(found)) + 1, 0, width, pairs=tuple(sorted(found)))


def _last_pair(grid: Grid, rows: range, pairs: set[tuple[tuple[int, ...], int]]) -> int:
    """The last row that has a label and a number where the form has them, known label or not."""
    return max(
        row
        for row in rows
        if any(grid.text(row, label[-1]) and is_number(grid.at(row, amount)) for label, amount in pairs)
    )


def _side_by_side(table: Table) -> list[Table]:
    """Two tables next to each other under one header row: the unit column comes twice."""
    units = [column for column, heading in table.headings.items() if heading.meaning == "unit"]
    if table.layout != "rows" or len(units) < 2:
        return [table]
    serials = [column for column, heading in table.headings.items() if heading.meaning == "serial"]
    if [table.headings[c].text for c in units].count(table.headings[units[0]].text) < 2:
        return [table]
    starts = [max((s for s in serials if s < unit and unit - s == 1), default=unit) for unit in units]
    starts[0] = table.left  # what stands before the first unit is its table's too
    parts = []
    for left, right in zip(starts, [*starts[1:], table.right], strict=True):
        headings = {column: heading for column, heading in table.headings.items() if left <= column < right}
        is_last = right == table.right
        parts.append(Table("rows", table.top, table.first_row, table.end, left, right, headings, is_last=is_last))
    return parts


_measure_words = "[万千百亿]?(?:" + "|".join((*MEASURE_WORDS, r"[一-鿿]{1,2}[（(/／、][一-鿿]{1,2}[)）]?")) + ")"


def is_measure_word_column(grid: Grid, table: Table, column: int) -> bool:
    """Return whether a column headed 单位 holds measure words (份, 条) and no units."""
    texts = [grid.text(row, column) for row in range(table.first_row, table.end) if grid.text(row, column)]
    return bool(texts) and all(is_measure_word(text) for text in texts)


def is_measure_word(text: str) -> bool:
    """Return whether a text is a measure word and no more: 份, 万份, 人（次）."""
    return bool(re.fullmatch(_measure_words, text))
