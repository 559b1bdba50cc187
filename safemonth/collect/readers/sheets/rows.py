"""Tables whose rows are units or activities: each row becomes one."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, ReadMeasure
from safemonth.collect.readers.sheets.cells import read_cell, scaled
from safemonth.collect.readers.sheets.columns import (
    claiming_columns,
    columns_passed_over,
    locator,
    numbers_beyond_headings,
    only_numbers_columns,
    unit_column_of,
)
from safemonth.collect.readers.sheets.context import Context
from safemonth.collect.readers.sheets.grid import Cell, Grid, cell_text
from safemonth.collect.readers.sheets.headers import is_number
from safemonth.collect.readers.sheets.headings import Heading, looks_like_total, normalise_heading
from safemonth.collect.readers.sheets.layout import Table
from safemonth.collect.readers.sheets.measures import measure_of, scale_of
from safemonth.collect.readers.sheets.prose_cells import add_from_words, measures_of_text, moved
from safemonth.collect.readers.sheets.totals import TotalRow, is_rectification_rate, part_doubts, ratio_doubts
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.dates import date_of_serial, read_dates
from safemonth.lib.refusals import gettext_noop

# 填报时间 is when the sheet was filled in, not when something was done.
FILLED_IN = re.compile(r"填报|填表|报送|上报|report")
# Rows that compare the others and claim nothing.
_statistics = re.compile(
    r"(平均|均)(值|数)?|最[大小高低](值|数)?|中位数|占比|比例|排名|average|mean|median|max(imum)?|min(imum)?|share|rank"
)
PARTS = re.compile(r"[、,，;；/]| and ")


@dataclass
class Output:
    """What a table gives: activities, places passed over with their reason, total rows to hold against the rest."""

    activities: list[ReadActivity] = field(default_factory=list)
    skipped: list[tuple[Locator, str]] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    open_headings: dict[str, tuple[Heading, Locator]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


def read_rows(grid: Grid, table: Table, *, known: Known, names: Names, context: Context) -> Output:
    """Read a table whose rows are units or activities."""
    out = Output()
    columns = claiming_columns(grid, table)
    out.skipped += columns_passed_over(grid, table, columns)
    unit_column = unit_column_of(grid, table, names)
    unit, unit_row, section = "", -1, ""
    for row in range(table.first_row, table.end):
        filled = {c: text for c in range(table.left, table.right) if (text := grid.text(row, c))}
        if not filled:
            continue
        if row == table.first_row and only_numbers_columns(filled):
            out.skipped += [(locator(grid, row, c), "column_numbers") for c in filled]
            continue
        label = next(iter(filled.values()))
        total_at = next((c for c, text in filled.items() if looks_like_total(text)), None)
        if total_at is not None and (total_at == unit_column or total_at == min(filled) or unit_column is None):
            values = {
                c: scaled(read_cell(grid.at(row, c)), scale_of(h, context, known=known)).value
                for c, h in columns.items()
            }
            out.totals.append(
                TotalRow(row, label, {c: v for c, v in values.items() if v is not None}, locator(grid, row, total_at))
            )
            out.skipped.append((locator(grid, row, total_at), "total_row"))
            continue
        if _statistics.fullmatch(normalise_heading(label)):
            out.skipped.append((locator(grid, row, min(filled)), "statistics_row"))
            continue
        if unit_column is None and len(filled) == 1 and names.is_unit_like(label):
            # A unit's name over the rows that are its own.
            section = label
            out.skipped.append((locator(grid, row, min(filled)), "unit_of_the_rows_below"))
            continue
        said = grid.text(row, unit_column) if unit_column is not None else section
        if unit_column is not None and not said:
            if _is_merged_down(grid, row, unit_column) or (unit and _is_event(grid, table, row, context)):
                said = unit
            elif not any(c in filled for c in columns):
                out.skipped += [(locator(grid, row, c), "no_unit_and_no_numbers") for c in filled]
                continue
        elif said and unit_column is not None:
            unit, unit_row = said, row
        is_carried = (
            unit_column is not None
            and bool(said)
            and unit_row != row
            and not _is_merged_down(grid, row, unit_column or 0)
        )
        if _is_note(filled, columns, said=said, names=names, unit_column=unit_column):
            out.skipped += [(locator(grid, row, c), "note_row") for c in filled]
            continue
        activity = _activity(
            grid, table, row, columns, unit=said, known=known, context=context, out=out, unit_column=unit_column
        )
        if is_carried and not _is_merged_down(grid, row, unit_column or 0):
            doubt = Doubt(
                "unit_from_above",
                gettext_noop("The unit's cell is blank; “%(unit)s” was taken from the row above."),
                {"unit": said},
                blocks=False,
            )
            activity = replace(activity, doubts=(*activity.doubts, doubt))
        if unit_column is not None and not said and activity.measures:
            doubt = Doubt("no_unit_in_row", gettext_noop("There are numbers in this row, but its unit is blank."))
            activity = replace(activity, doubts=(*activity.doubts, doubt))
        if beyond := numbers_beyond_headings(grid, table, row):
            activity = replace(activity, doubts=(*activity.doubts, _shifted(beyond)))
        if activity.measures or activity.title or activity.is_nil:
            out.activities.append(activity)
        else:
            out.skipped.append((locator(grid, row, min(filled)), "row_says_nothing"))
    if unit_column is None and not section and len(out.activities) > 1:
        out.activities = [_without_unit(activity, grid=grid, columns=columns) for activity in out.activities]
    return out


def _shifted(numbers: list[str]) -> Doubt:
    return Doubt(
        "numbers_without_heading",
        gettext_noop(
            "%(numbers)s in this row stand under no heading: did the columns shift (1,200 read as 1 and 200)?"
        ),
        {"numbers": ", ".join(numbers[:6])},
    )


def _without_unit(activity: ReadActivity, *, grid: Grid, columns: dict[int, Heading]) -> ReadActivity:
    """Hold a line of counts of a table that has no units: a trade, a part, or a unit nobody knows."""
    row = (activity.locator.row or 1) - 1
    if not activity.is_report_line:
        return activity
    label = next((t for c in range(len(grid.rows[row])) if c not in columns and (t := grid.text(row, c))), "")
    doubt = Doubt(
        "line_without_unit",
        gettext_noop("The line “%(label)s” names no unit: is it one part of this return among others?"),
        {"label": label[:60]},
    )
    return replace(activity, title=activity.title or label[:60], doubts=(*activity.doubts, doubt))


def _is_merged_down(grid: Grid, row: int, column: int) -> bool:
    return any(top < row <= bottom and left <= column <= right for top, left, bottom, right in grid.merged)


def _is_event(grid: Grid, table: Table, row: int, context: Context) -> bool:
    """Whether a row is one event: it has a title or a day of its own, or the sheet is about one day."""
    title, day = table.column_of("title"), table.column_of("date")
    if title is not None and grid.text(row, title):
        return True
    if day is not None and grid.text(row, day) and not FILLED_IN.search(table.headings[day].text):
        return True
    return context.is_one_day and not context.is_to_date


# Who filled in, checked and signed the sheet.
_signature = re.compile(
    r"^(填表|填报|制表|审核|审批|复核|负责|联系|分管|主管|单位负责|签发|报送|经办)(人|者|领导|电话|时间|日期|负责人)?\s*([:：]|$)"
)


def _is_note(
    filled: dict[int, str], columns: dict[int, Heading], *, said: str, names: Names, unit_column: int | None
) -> bool:
    """Whether a row under a table is a remark or signature: one long text, or "label: …", and no claims."""
    first = next(iter(filled.values()))
    if _signature.search(first) and not any(is_number(filled[column]) for column in columns if column in filled):
        return True
    if any(is_number(filled[column]) or column != min(filled) for column in columns if column in filled):
        return False
    return (
        bool(re.search(r"[:：]", first))
        or len(first) > 25
        or (unit_column is not None and not names.is_unit_like(said) and len(filled) <= 2)
    )


def _activity(
    grid: Grid,
    table: Table,
    row: int,
    columns: dict[int, Heading],
    *,
    unit: str,
    known: Known,
    context: Context,
    out: Output,
    unit_column: int | None,
) -> ReadActivity:
    doubts: list[Doubt] = []
    from_on, to_on = context.from_on, context.to_on
    day = table.column_of("date")
    if day is not None and not FILLED_IN.search(table.headings[day].text):
        cell = grid.at(row, day)
        if cell_text(cell) or _is_merged_down(grid, row, day):
            from_on, to_on, found = _days(grid, row, day, known)
            doubts += found
    measures: list[ReadMeasure] = []
    whole: int | None = None
    for column, heading in columns.items():
        cell = grid.at(row, column)
        found_here = read_cell(cell)
        if found_here.is_silent:
            continue
        if heading.is_open:
            out.open_headings.setdefault(heading.text, (heading, locator(grid, table.first_row - 1, column)))
        if found_here.is_text and (
            read := measures_of_text(cell_text(cell), at=locator(grid, row, column), known=known)
        ):
            measures += moved(read, by=len(measures))
            continue
        measure = measure_of(
            found_here, heading, at=locator(grid, row, column), surface=cell_text(cell), known=known, context=context
        )
        if heading.is_part and whole is not None:
            measure = replace(measure, part_of=whole, doubts=(*measure.doubts, *part_doubts(measure, measures[whole])))
        elif not heading.is_part:
            whole = len(measures)
        measures.append(measure)
    for column in _text_columns(table):
        text = grid.text(row, column)
        if re.search(r"\d", text):
            said = measures_of_text(text, at=locator(grid, row, column), known=known)
            doubts += add_from_words(measures, said, is_note=table.headings[column].meaning == "note")
    rate = next((c for c, h in table.headings.items() if is_rectification_rate(h.text)), None)
    doubts += ratio_doubts(grid.text(row, rate), measures) if rate is not None else []
    title = _text(grid, table, row, "title")
    is_event = _is_event(grid, table, row, context)
    participants = _text(grid, table, row, "participants")
    return ReadActivity(
        unit_text=unit or (context.unit if unit_column is None else ""),
        locator=locator(grid, row, unit_column if unit_column is not None else table.left),
        measures=tuple(measures),
        title=title or (context.title if is_event else ""),
        kind="",
        place=_text(grid, table, row, "place"),
        from_on=from_on,
        to_on=to_on,
        participants=tuple(filter(None, (part.strip() for part in PARTS.split(participants)))),
        is_report_line=not is_event,
        is_nil=False,
        doubts=tuple(doubts),
    )


def _text(grid: Grid, table: Table, row: int, meaning: str) -> str:
    column = table.column_of(meaning)
    if column is None:
        return ""
    text = grid.text(row, column)
    if not text:
        for top, left, bottom, right in grid.merged:
            if top < row <= bottom and left <= column <= right:
                return grid.text(top, left)
    return text


def _text_columns(table: Table) -> list[int]:
    return [column for column, heading in table.headings.items() if heading.meaning in ("title", "note")]


def _days(grid: Grid, row: int, column: int, known: Known) -> tuple[date | None, date | None, list[Doubt]]:
    cell = grid.at(row, column)
    if cell is None:
        for top, left, bottom, right in grid.merged:
            if top < row <= bottom and left <= column <= right:
                cell = grid.at(top, left)
    return days_of(cell, known)


def days_of(cell: Cell, known: Known) -> tuple[date | None, date | None, list[Doubt]]:
    """Return the first and last day that a cell names, with doubts; None and a doubt where it names none."""
    if isinstance(cell, date):
        return cell, cell, []
    if isinstance(cell, int | float) and (day := date_of_serial(cell)):
        return day, day, []
    # 6.10 typed as a number is kept as 6.1: the first or the tenth.
    lost_zero = isinstance(cell, float) and re.fullmatch(r"\d{1,2}\.[123]", cell_text(cell)) is not None
    year = known.from_on.year if known.from_on else None
    span = read_dates(cell_text(cell), default_year=year)
    if span is None:
        doubt = Doubt("unreadable_date", gettext_noop("“%(text)s” is not a date."), {"text": cell_text(cell)[:40]})
        return None, None, [doubt]
    doubts = []
    if span.is_ambiguous or lost_zero:
        doubts.append(
            Doubt(
                "ambiguous_date", gettext_noop("“%(text)s” may be read as two dates."), {"text": cell_text(cell)[:40]}
            )
        )
    return span.from_on, span.to_on, doubts
