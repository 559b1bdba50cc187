"""The shapes of table that units send: a row an activity, a row a unit, a column a unit, a line an indicator."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from safemonth.demo.county import short_name
from safemonth.demo.saying import Style, say, say_number, word_of
from safemonth.demo.sheets.grids import Cell, Grid, total_of
from safemonth.demo.truth import Deed, Said, village_deeds

CellStyle = Literal["number", "text", "worded", "comma", "wide", "wan", "chinese"]
DateStyle = Literal["date", "iso", "chinese", "dotted"]
# A unit's name and its counts: one line of a table.
Line = tuple[str, Mapping[str, Said]]
# What most townships say of their inspections.
INSPECTION = {
    "enterprises_inspected": "检查企业（家）",
    "hazards_found": "查出隐患（处）",
    "hazards_rectified": "已整改隐患（处）",
}


def village_lines(township: str) -> list[Line]:
    """Return a line for each of a township's villages that did something, in the order of their codes."""
    return [(short_name(deed.unit), deed.counts) for deed in village_deeds(township)]


def cell_of(indicator: str, said: Said | None, style: CellStyle) -> Cell:
    """Return a count as a cell: a number where `style` is `number` and it is exact, else text; None stays blank."""
    if said is None:
        return None
    if style == "number":
        return said.value if said.qualifier == "exact" else say_number(said)
    if style == "worded":
        return say(indicator, said)
    written: Style = "digits" if style == "text" else style
    return say_number(said, written)


def day_cell(deed: Deed, style: DateStyle) -> Cell:
    """Return the day or days of a deed as units write them: a date cell, 2019-06-13, 6月13日, 2019.6.13."""
    first, last = deed.from_on, deed.to_on
    if style == "date" and first == last:
        return first
    if style in ("date", "iso"):
        return first.isoformat() if first == last else f"{first.isoformat()}至{last.isoformat()}"
    if style == "dotted":
        dotted = f"{first.year}.{first.month}.{first.day}"
        return dotted if first == last else f"{dotted}-{last.month}.{last.day}"
    return _chinese_day(first) if first == last else f"{_chinese_day(first)}至{last.day}日"


def all_told(lines: Iterable[Mapping[str, Said]], headings: Mapping[str, str]) -> None:
    """Raise ValueError where a count has no heading: a file must not keep silent about a part of the truth."""
    silent = {code for counts in lines for code in counts} - headings.keys()
    if silent:
        raise ValueError(f"no heading for {sorted(silent)}")


def _chinese_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def by_activity(
    deeds: Sequence[Deed],
    *,
    headings: Mapping[str, str],
    title: str = "",
    unit_name: str = "",
    date_style: DateStyle = "iso",
    style: CellStyle = "number",
    names: Sequence[str] = ("序号", "活动时间", "活动名称", "活动地点"),
    numbered: bool = True,
) -> Grid:
    """Return a row an activity; `headings` maps indicator code -> heading, `names` are the first four headings.

    `unit_name` adds a column 单位 where it is given. Without `numbered` the first column is left out.
    """
    all_told((deed.counts for deed in deeds), headings)
    grid = Grid()
    first = [*(names if numbered else names[1:]), *(["单位"] if unit_name else [])]
    header = [*first, *headings.values()]
    if title:
        grid.add_merged(title, width=len(header))
    grid.add(*header)
    for number, deed in enumerate(deeds, start=1):
        grid.add(
            *([number] if numbered else []),
            day_cell(deed, date_style),
            deed.title,
            deed.place,
            *([unit_name] if unit_name else []),
            *(cell_of(code, deed.counts.get(code), style) for code in headings),
        )
    return grid


def by_unit(
    lines: Sequence[Line],
    *,
    headings: Mapping[str, str],
    title: str = "",
    groups: Sequence[tuple[str, int]] = (),
    unit_heading: str = "单位",
    total_label: str = "",
    style: CellStyle = "number",
    notes: Sequence[str] = (),
) -> Grid:
    """Return a row a unit with indicators as columns.

    `groups` (text, number of columns) make an upper header row over the indicators; `total_label` adds a
    total row with the sums of numeric columns; `notes` follow below, merged over the width.
    """
    all_told((counts for _, counts in lines), headings)
    grid = Grid()
    width = len(headings) + 2
    if title:
        grid.add_merged(title, width=width)
    if groups:
        upper: list[Cell] = ["序号", unit_heading]
        row = len(grid.rows) + 1
        for text, span in groups:
            grid.merges.append((row, len(upper) + 1, row, len(upper) + span))
            upper += [text, *[None] * (span - 1)]
        grid.add(*upper)
        grid.merges += [(row, 1, row + 1, 1), (row, 2, row + 1, 2)]
        grid.add(None, None, *headings.values())
    else:
        grid.add("序号", unit_heading, *headings.values())
    rows: list[list[Cell]] = [
        [number, name, *(cell_of(code, counts.get(code), style) for code in headings)]
        for number, (name, counts) in enumerate(lines, start=1)
    ]
    grid.rows += rows
    if total_label:
        grid.add(total_label, None, *(total_of(rows, column) for column in range(2, width)))
        grid.merges.append((len(grid.rows), 1, len(grid.rows), 2))
    for note in notes:
        grid.add_merged(note, width=width)
    return grid


def by_indicator(
    counts: Mapping[str, Said],
    *,
    headings: Mapping[str, str],
    title: str,
    sender: str,
    style: CellStyle = "number",
    words: bool = True,
    period: str = "2019年6月1日至6月30日",
) -> Grid:
    """Return a line an indicator: its name, its measure word (with `words`), the number; the sender stands above."""
    all_told([counts], headings)
    grid = Grid()
    width = 4 if words else 3
    grid.add_merged(title, width=width)
    grid.add_merged(f"填报单位：{sender}（盖章）        统计时段：{period}", width=width)
    grid.add(*(("序号", "指标名称", "计量单位", "数量") if words else ("序号", "项目", "数量")))
    for number, (code, heading) in enumerate(headings.items(), start=1):
        said = counts.get(code)
        word = [word_of(code, said or Said(0))] if words else []
        grid.add(number, heading, *word, cell_of(code, said, style))
    return grid


def by_column(
    lines: Sequence[Line],
    *,
    headings: Mapping[str, str],
    title: str,
    total_label: str = "",
    style: CellStyle = "number",
) -> Grid:
    """Return the reverse of a row a unit: indicators down, units across, a total column at the right."""
    all_told((counts for _, counts in lines), headings)
    grid = Grid()
    width = len(lines) + 1 + bool(total_label)
    grid.add_merged(title, width=width)
    grid.add("项目", *(name for name, _ in lines), *([total_label] if total_label else []))
    for code, heading in headings.items():
        cells = [cell_of(code, counts.get(code), style) for _, counts in lines]
        total = total_of([[cell] for cell in cells], 0)
        grid.add(heading, *cells, *([total] if total_label else []))
    return grid
