"""What a sheet says about itself outside its tables: title, reporting unit, dates."""

import re
from dataclasses import dataclass, replace
from datetime import date

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.reading import Locator
from safemonth.collect.readers.sheets.grid import Grid
from safemonth.collect.readers.sheets.headers import CONTEXT, is_number
from safemonth.collect.readers.sheets.headings import SCALES
from safemonth.collect.readers.sheets.layout import Table
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.dates import find_dates
from safemonth.lib.measure_words import MEASURE_WORDS

TO_DATE_TITLE = re.compile(r"截至|截止|累计")
# "活动时间：2019年6月10日", "统计时段：6月1日至14日": the days that the sheet is about.
DAYS = re.compile(
    r"(?:活动|统计|开展|举办)(?:时间|时段|日期|期间|区间)\s*[:：]\s*([^\s　]*(?:\s*(?:至|-|—)\s*[^\s　]+)?)"
)
NIL = re.compile(r"(无相关活动|无活动|未开展|零报告|无数据|无情况|没有开展|nothing to report)", re.IGNORECASE)


_scale = re.compile(rf"([万千百亿])({'|'.join(MEASURE_WORDS)})?")
_unit_label = re.compile(r"(填报|报送|上报|填表|报告)?单位(名称)?|(reporting )?unit|name of unit", re.IGNORECASE)
# Numbers beside these are no claims: telephone numbers, years, numbers of issues and pages.
_about_the_sheet = re.compile(
    r"电话|手机|年|月|日|第|号|期|页|注|负责|填[表报]|审核|签|tel|phone|page|date", re.IGNORECASE
)


@dataclass
class Context:
    """A sheet's own words: `title`, the unit that it names, its days (one day: `is_one_day`), whether it runs to date.

    `captions` are (row, unit) of lines that name a unit: each holds for the tables below it. `scale` and `scale_word` are of "单位：万份" (10,000 and 份); `loose` are numbers in no table, as they stand.
    """

    title: str = ""
    unit: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_one_day: bool = False
    is_to_date: bool = False
    says_nil: bool = False
    scale: int = 1
    scale_word: str = ""
    loose: tuple[str, ...] = ()
    captions: tuple[tuple[int, str], ...] = ()
    skipped: tuple[tuple[Locator, str], ...] = ()


def context_of(grid: Grid, tables: list[Table], *, known: Known, names: Names) -> Context:
    """Read the lines outside the tables; numbers in them are listed as passed over."""
    inside = {row for table in tables for row in range(table.top, table.end) if table.first_row > table.top}
    forms = {row for table in tables for row in range(table.top, table.end)} - inside
    loose: list[str] = []
    captions: list[tuple[int, str]] = []
    found = Context()
    skipped: list[tuple[Locator, str]] = []
    year = known.from_on.year if known.from_on else None
    first_table = min((table.top for table in tables), default=len(grid.rows))
    for row in range(len(grid.rows)):
        if row in inside:
            continue
        texts = [(column, text) for column in range(len(grid.rows[row])) if (text := grid.text(row, column))]
        for column, text in texts:
            if len(texts) == 1 and names.is_unit(text):
                captions.append((row, text))
            before, found.unit = found.unit, ""
            _read_line(text, found, names=names, year=year, is_above=row < first_table, after=_next_text(texts, column))
            if found.unit:
                captions.append((row, found.unit))
            found.unit = before or found.unit
            if row in forms:
                continue
            if (is_number(grid.at(row, column)) or _claims(text)) and not any(
                _about_the_sheet.search(other) for _, other in texts
            ):
                loose.append(text[:40])
            if re.search(r"\d", text):
                skipped.append((Locator("cell", sheet=grid.name, row=row + 1, column=column + 1), "outside_table"))
    found.skipped, found.loose, found.captions = tuple(skipped), tuple(loose), tuple(captions)
    if not found.unit and found.title:
        found.unit = names.in_text(found.title)
    return found


def _claims(text: str) -> bool:
    """Whether a line outside the tables reports something: 发放宣传资料300份."""
    return any(sign.isdecimal() for sign in text) and bool(read_figures(text))


def context_at(context: Context, table: Table, *, tables: list[Table]) -> Context:
    """Return the context of one table: the unit named between the table before it and itself goes before the sheet's."""
    above = max((other.end for other in tables if other.end <= table.top), default=0)
    named = [
        unit
        for row, unit in context.captions
        if above <= row < table.end and (row < table.top or table.top == table.first_row)
    ]
    return replace(context, unit=named[-1]) if named else context


def _next_text(texts: list[tuple[int, str]], column: int) -> str:
    return next((text for at, text in texts if at > column), "")


def _read_line(text: str, found: Context, *, names: Names, year: int | None, is_above: bool, after: str) -> None:
    if NIL.search(text):
        found.says_nil = True
    if days := DAYS.search(text):
        _set_days(found, days[1], year)
    match = re.search(
        r"(?:填报|报送|上报|填表)?单位\s*(?:[（(][^）)]*[）)])?\s*[:：]\s*(\S+)", text
    ) and CONTEXT.search(text, text.index("单位") if "单位" in text else 0)
    match = match or CONTEXT.search(text)
    if _unit_label.fullmatch(text) and names.is_unit_like(after):
        found.unit = found.unit or after
        return
    if match:
        scale = _scale.fullmatch(match[3].strip() or after) if match[2] == "单位" else None
        if scale:
            found.scale, found.scale_word = SCALES[scale[1]], scale[2]
            return
        what, said = match[2].casefold(), match[3].strip() or after
        said = re.split(r"\s{2,}|　", said)[0].strip() if "　" in said or "  " in said else said
        inner = re.match(r"(.+?)\s+(?:填报|填表|报送|时间|日期|负责|审核)", said)
        said = inner[1].strip() if inner else said
        said = re.sub(r"[（(]\s*(?:盖章|公章|签章)\s*[)）]|盖章|公章", "", said).strip()
        if what in ("单位", "部门", "unit") and said and said.strip("个") not in MEASURE_WORDS and len(said) <= 40:
            found.unit = found.unit or said
        return
    if is_above and not found.title and len(text) <= 80:
        found.title = text
        _set_days(found, text, year)
        found.is_to_date = bool(TO_DATE_TITLE.search(text))


def _set_days(found: Context, text: str, year: int | None) -> None:
    span = find_dates(text, default_year=year)
    if span:
        found.from_on, found.to_on = span.from_on, span.to_on
        found.is_one_day = span.is_exact and span.from_on == span.to_on
