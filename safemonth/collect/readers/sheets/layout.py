"""Where the tables of a sheet are, and which way round each stands."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.sheets.grid import Cell, Grid, cell_text
from safemonth.collect.readers.sheets.headings import PERIOD, TO_DATE, Heading, looks_like_total, read_heading
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.dates import read_dates
from safemonth.lib.measure_words import MEASURE_WORDS
from safemonth.lib.quantities import read_quantity

Layout = Literal["rows", "columns", "long"]

# "填报单位：富岗乡", "填报时间：6月30日", "负责人：": a line about the sheet and no heading.
CONTEXT = re.compile(
    r"(填报|报送|上报|填表|制表|统计|报告|汇总|reporting|reported)?\s*(单位|部门|时间|日期|人|负责人|联系人|电话|盖章|unit|date|by)\s*(?:（[^）]*）|\([^)]*\))?\s*[:：]\s*(.*)",
    re.IGNORECASE,
)
MOST_HEADER_ROWS = 4
LONGEST_HEADING = 40
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


def is_number(cell: Cell) -> bool:
    """Return whether a cell holds one number, typed as such or as text."""
    if isinstance(cell, date) or cell is None:
        return False
    return isinstance(cell, int | float) or read_quantity(str(cell)) is not None


def find_tables(grid: Grid, *, known: Known, names: Names) -> list[Table]:
    """Return the tables of a sheet from top to bottom; rows in none of them are titles, notes or signatures."""
    reader = _HeadingReader(known)
    tables: list[Table] = []
    row = 0
    while row < len(grid.rows):
        if _is_header(grid, row, reader=reader, names=names):
            table = _table_at(grid, row, reader=reader, names=names)
            tables.append(table)
            row = max(table.end, row + 1)
            continue
        row += 1
    edges = [0, *(edge for table in tables for edge in (table.top, table.end)), len(grid.rows)]
    forms = [_pairs_table(grid, range(*gap), reader=reader) for gap in zip(edges[::2], edges[1::2], strict=True)]
    found = [part for table in tables for part in _side_by_side(table)]
    return sorted([*found, *(form for form in forms if form)], key=lambda table: (table.top, table.left))


class _HeadingReader:
    """Reads each heading once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._read: dict[tuple[str, ...], Heading] = {}

    def __call__(self, *path: str) -> Heading:
        if path not in self._read:
            self._read[path] = read_heading(path, indicators=self._known.indicators, taught=self._known.headings)
        return self._read[path]

    def is_indicator(self, text: str) -> bool:
        """Whether a text is the heading of an indicator; a long text is a sentence and none."""
        if not text or len(text) > LONGEST_HEADING:
            return False
        if (text,) in self._read:
            return self._read[text,].meaning in self._known.indicators
        found = read_heading(
            (text,), indicators=self._known.indicators, taught=self._known.headings, with_choices=False
        )
        return found.meaning in self._known.indicators


def _texts(grid: Grid, row: int) -> dict[int, str]:
    return {column: text for column in range(len(grid.rows[row])) if (text := grid.text(row, column))}


# Headings that only a header has: a row of a table never says 单位 or 序号 of itself.
_HEADER_WORDS = frozenset("serial unit unit_code date place title kind participants note item amount period".split())
SHARE_OF_HEADINGS = 0.6


def _is_header(grid: Grid, row: int, *, reader: _HeadingReader, names: Names, is_inside: bool = False) -> bool:
    """Whether a row is the head of a table; inside a table (`is_inside`) it must be sure, or a row would be lost."""
    texts = _texts(grid, row)
    if len(texts) < 2 or any(_is_value(grid.at(row, column)) for column in texts):
        return False
    if any(CONTEXT.search(text) for text in texts.values()) or looks_like_total(next(iter(texts.values()))):
        return False
    meanings = [reader(text).meaning for text in texts.values() if len(text) <= LONGEST_HEADING]
    sure = sum(1 for meaning in meanings if meaning not in ("", "ask"))
    units = sum(1 for text in texts.values() if names.is_unit(text))
    if is_inside and (sure < SHARE_OF_HEADINGS * len(texts) or not _HEADER_WORDS & set(meanings)) and units < 3:
        return False
    if not (sure or units >= 3) or _is_form_row(grid, row, texts, reader=reader):
        return False
    if sure < 2 and units and units + sure < len(texts) and not any(m in ("item", "serial") for m in meanings):
        # "易州镇 | 挂横幅": a row of a table and not its head.
        return units >= 3
    return any(
        is_number(grid.at(below, column))
        for below in range(row + 1, min(row + 1 + MOST_HEADER_ROWS + 3, len(grid.rows)))
        for column in range(len(grid.rows[below]))
    ) or _has_words_with_numbers(grid, row)


def _is_value(cell: Cell) -> bool:
    """Whether a cell is what stands under a heading and never is one: a number, a day, a share, an error."""
    if is_number(cell) or isinstance(cell, date):
        return True
    text = cell_text(cell)
    return bool(re.fullmatch(r"[\d.,]+\s*[%％‰]|#[A-Z/0]+[!?]?|=.*|无|—+|-+|/", text)) or (
        any(sign.isdecimal() for sign in text)
        and not _PERIOD_HEADING.fullmatch(text)
        and read_dates(text, default_year=2000) is not None
    )


# 6月, 6月1日-7日: a column may be a day or a week.
_PERIOD_HEADING = re.compile(r"(20\d\d年?)?\d{1,2}月(份|\d{1,2}日?[-—至~]\d{1,2}日)?")


def _is_form_row(grid: Grid, row: int, texts: dict[int, str], *, reader: _HeadingReader) -> bool:
    """Whether labels stand in this row and under it, each with its value to the right: 单位名称 | 富岗乡."""
    below = next((at for at in range(row + 1, min(row + 4, len(grid.rows))) if _texts(grid, at)), None)
    if below is None:
        return False
    labels = [c for c in texts if reader(texts[c]).meaning not in ("", "ask")]
    return bool(labels) and all(
        (reader.is_indicator(grid.text(below, c)) or CONTEXT.match(grid.text(below, c) + ":") is not None)
        and is_number(grid.at(below, c + 1))
        for c in labels
    )


def _has_words_with_numbers(grid: Grid, row: int) -> bool:
    below = [cell_text(cell) for at in range(row + 1, min(row + 4, len(grid.rows))) for cell in grid.rows[at]]
    return any(re.search(r"\d", text) for text in below)


def _table_at(grid: Grid, top: int, *, reader: _HeadingReader, names: Names) -> Table:
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
        texts = _texts(grid, end)
        if not texts:
            blanks += 1
        elif _is_header(grid, end, reader=reader, names=names, is_inside=True) or (
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


def _continues_header(grid: Grid, top: int, row: int, reader: _HeadingReader, names: Names) -> bool:
    texts = _texts(grid, row)
    if not texts or any(is_number(grid.at(row, column)) or isinstance(grid.at(row, column), date) for column in texts):
        return False
    if any(CONTEXT.search(text) for text in texts.values()):
        return False
    first = min(texts)
    heads = _texts(grid, top)
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
    grid: Grid, table: Table, paths: dict[int, tuple[str, ...]], *, reader: _HeadingReader, names: Names
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


def _pairs_table(grid: Grid, rows: range, *, reader: _HeadingReader) -> Table | None:
    """A form without a header: label and number side by side, perhaps two pairs in a row."""
    found: dict[tuple[tuple[int, ...], int], int] = {}
    at: list[int] = []
    for row in rows:
        texts = _texts(grid, row)
        for column in texts:
            after = min((c for c in texts if c > column), default=None)
            if after is not None and is_number(grid.at(row, after)) and reader.is_indicator(texts[column]):
                found[(column,), after] = found.get(((column,), after), 0) + 1
                at.append(row)
    if sum(found.values()) < 1:
        return None
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
    return bool(texts) and all(re.fullmatch(_measure_words, text) for text in texts)
