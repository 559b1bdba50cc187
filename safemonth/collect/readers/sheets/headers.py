"""Which rows of a sheet are the header of a table, and what their cells are."""

import re
from datetime import date

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.sheets.grid import Cell, Grid, cell_text
from safemonth.collect.readers.sheets.headings import Heading, looks_like_total, read_heading
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.dates import read_dates
from safemonth.lib.quantities import read_quantity

# "填报单位：富岗乡", "填报时间：6月30日", "负责人：": a line about the sheet and no heading.
CONTEXT = re.compile(
    r"(填报|报送|上报|填表|制表|统计|报告|汇总|reporting|reported)?\s*(单位|部门|时间|日期|人|负责人|联系人|电话|盖章|unit|date|by)\s*(?:（[^）]*）|\([^)]*\))?\s*[:：]\s*(.*)",
    re.IGNORECASE,
)
MOST_HEADER_ROWS = 4
LONGEST_HEADING = 40


class HeadingReader:
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


def is_number(cell: Cell) -> bool:
    """Return whether a cell holds one number, typed as such or as text."""
    if isinstance(cell, date) or cell is None:
        return False
    return isinstance(cell, int | float) or read_quantity(str(cell)) is not None


def texts_of(grid: Grid, row: int) -> dict[int, str]:
    """Return the texts of a row by column; blank cells are left out."""
    return {column: text for column in range(len(grid.rows[row])) if (text := grid.text(row, column))}


# Headings that only a header has: a row of a table never says 单位 or 序号 of itself.
_HEADER_WORDS = frozenset("serial unit unit_code date place title kind participants note item amount period".split())
SHARE_OF_HEADINGS = 0.6


def is_header(grid: Grid, row: int, *, reader: HeadingReader, names: Names, is_inside: bool = False) -> bool:
    """Whether a row is the head of a table; inside a table (`is_inside`) it must be sure, or a row would be lost."""
    texts = texts_of(grid, row)
    if len(texts) < 2 or any(_is_value(grid.at(row, column), may_be_day=column != min(texts)) for column in texts):
        return False
    if any(CONTEXT.search(text) for text in texts.values()) or looks_like_total(next(iter(texts.values()))):
        return False
    meanings = [reader(text).meaning for text in texts.values() if len(text) <= LONGEST_HEADING]
    sure = sum(1 for meaning in meanings if meaning not in ("", "ask"))
    units = sum(1 for text in texts.values() if names.is_unit(text))
    if is_inside and (sure < SHARE_OF_HEADINGS * len(texts) or not _HEADER_WORDS & set(meanings)) and units < 3:
        return False
    has_corner = len(texts) > units >= 2 and bool(_CORNER.search(texts[min(texts)]))
    if not (sure or units >= 3 or has_corner) or _is_form_row(grid, row, texts, reader=reader):
        return False
    if sure < 2 and units and units + sure < len(texts) and not any(m in ("item", "serial") for m in meanings):
        # "易州镇 | 挂横幅": a row of a table and not its head.
        return units >= 3 or has_corner
    if sure > 1 and _HEADER_WORDS & set(meanings) and row + 1 < len(grid.rows):
        return True
    return any(
        is_number(grid.at(below, column))
        for below in range(row + 1, min(row + 1 + MOST_HEADER_ROWS + 3, len(grid.rows)))
        for column in range(len(grid.rows[below]))
    ) or _has_words_with_numbers(grid, row)


# 项目\\单位, 指标/乡镇: the corner of a table that stands the other way round.
_CORNER = re.compile(r"项目|指标|内容|类别|item|indicator", re.IGNORECASE)


def _is_value(cell: Cell, *, may_be_day: bool) -> bool:
    """Whether a cell is what stands under a heading and never is one: a number, a day, a share, an error."""
    if is_number(cell) or isinstance(cell, date):
        return True
    text = cell_text(cell)
    return bool(re.fullmatch(r"[\d.,]+\s*[%％‰]|#[A-Z/0]+[!?]?|=.*|无|—+|-+|/", text)) or (
        any(sign.isdecimal() for sign in text)
        and not (may_be_day and _PERIOD_HEADING.fullmatch(text))
        and read_dates(text, default_year=2000) is not None
    )


# 6月, 6月1日-7日: a column may be a day or a week.
_PERIOD_HEADING = re.compile(r"(20\d\d年?)?\d{1,2}月(份|\d{1,2}日|\d{1,2}日?[-—至~]\d{1,2}日)?")


def _is_form_row(grid: Grid, row: int, texts: dict[int, str], *, reader: HeadingReader) -> bool:
    """Whether labels stand in this row and under it, each with its value to the right: 单位名称 | 富岗乡."""
    below = next((at for at in range(row + 1, min(row + 4, len(grid.rows))) if texts_of(grid, at)), None)
    if below is None:
        return False
    labels, values = sorted(texts)[::2], sorted(texts)[1::2]
    if len(labels) != len(values):
        return False
    if any(reader(texts[c]).meaning in _NEVER_IN_A_FORM for c in labels):
        return False
    return all(
        _is_label(grid.text(below, c), reader=reader) and grid.text(below, v)
        for c, v in zip(labels, values, strict=True)
    )


# 项目 | 易州镇 heads a table that stands the other way round.
_NEVER_IN_A_FORM = frozenset(("", "ask", "item", "amount", "serial", "measure_word", "period"))


def _is_label(text: str, *, reader: HeadingReader) -> bool:
    if not text or len(text) > LONGEST_HEADING:
        return False
    return reader(text).meaning not in _NEVER_IN_A_FORM or CONTEXT.match(text + ":") is not None


def _has_words_with_numbers(grid: Grid, row: int) -> bool:
    below = [cell_text(cell) for at in range(row + 1, min(row + 4, len(grid.rows))) for cell in grid.rows[at]]
    return any(re.search(r"\d", text) for text in below)


def is_unknown_header(grid: Grid, row: int, texts: dict[int, str], *, names: Names) -> bool:
    """Whether a row after a blank one begins a table whose headings nobody knows: words only, numbers under them."""
    if len(texts) < 2 or any(_is_value(grid.at(row, column), may_be_day=True) for column in texts):
        return False
    is_unit = names.is_unit_like(texts[min(texts)])
    return not is_unit and any(is_number(grid.at(row + 1, column)) for column in texts)
