"""Tables that stand the other way round: indicators as rows, units as columns; and label-value forms."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, ReadMeasure
from safemonth.collect.readers.sheets.cells import read_cell
from safemonth.collect.readers.sheets.columns import counts_rows, locator
from safemonth.collect.readers.sheets.context import Context
from safemonth.collect.readers.sheets.grid import Grid, cell_text
from safemonth.collect.readers.sheets.headers import is_number
from safemonth.collect.readers.sheets.headings import Heading, looks_like_total, read_heading
from safemonth.collect.readers.sheets.layout import Table, is_measure_word, is_measure_word_column, label_path
from safemonth.collect.readers.sheets.measures import measure_of
from safemonth.collect.readers.sheets.prose_cells import measures_of_text
from safemonth.collect.readers.sheets.rows import Output
from safemonth.collect.readers.sheets.unit_names import Names
from safemonth.lib.refusals import gettext_noop


def read_columns(grid: Grid, table: Table, *, known: Known, context: Context) -> Output:
    """Read a table whose columns are units: each column becomes one line of counts."""
    out = Output()
    labels = _labels(grid, table, known)
    lines: dict[str, tuple[Locator, list[ReadMeasure]]] = {}
    for row, heading in labels.items():
        if heading.why_not or (not heading.is_open and heading.meaning not in known.indicators):
            out.skipped.append(
                (
                    locator(grid, row, table.labels[-1] if table.labels else 0),
                    heading.why_not or heading.meaning or "text",
                )
            )
    sums: dict[int, dict[int, Decimal]] = {}
    for column, name in table.unit_columns.items():
        if looks_like_total(name):
            out.skipped.append((locator(grid, table.first_row - 1, column), "total_column"))
            sums[column] = {r: Decimal(v) for r in labels if (v := read_cell(grid.at(r, column)).value) is not None}
            continue
        under = table.under_units.get(column, ())
        of_column = _labels(grid, table, known, under=under) if under else labels
        measures = _column_measures(grid, of_column, column, known=known, context=context, out=out)
        if measures:
            _, before = lines.setdefault(name, (locator(grid, table.first_row - 1, column), []))
            before += [_moved(measure, len(before)) for measure in measures]
        elif under and (why_not := next((h.why_not for h in of_column.values() if h.why_not), "")):
            out.skipped.append((locator(grid, table.first_row - 1, column), why_not))
        else:
            out.skipped.append((locator(grid, table.first_row - 1, column), "column_says_nothing"))
    out.activities = [_line(name, at, measures, context) for name, (at, measures) in lines.items()]
    for printed in sums.values():
        for row, value in printed.items():
            added = sum(
                (
                    Decimal(m.value)
                    for a in out.activities
                    for m in a.measures
                    if m.locator.row == row + 1 and m.value is not None
                ),
                Decimal(0),
            )
            if added != value:
                for position, activity in enumerate(out.activities):
                    out.activities[position] = replace(
                        activity, measures=tuple(_doubted(m, row, value, added) for m in activity.measures)
                    )
    return out


def _doubted(measure: ReadMeasure, row: int, printed: Decimal, added: Decimal) -> ReadMeasure:
    if measure.locator.row != row + 1:
        return measure
    doubt = Doubt(
        "row_total_differs",
        gettext_noop("The printed total of this line, %(printed)s, is not the sum of its units (%(sum)s)."),
        {"printed": str(printed), "sum": str(added)},
        blocks=False,
    )
    return replace(measure, doubts=(*measure.doubts, doubt))


def _moved(measure: ReadMeasure, by: int) -> ReadMeasure:
    return replace(measure, part_of=measure.part_of + by) if measure.part_of is not None else measure


def _labels(grid: Grid, table: Table, known: Known, *, under: tuple[str, ...] = ()) -> dict[int, Heading]:
    labels: dict[int, Heading] = {}
    for row in range(table.first_row, table.end):
        path = label_path(grid, row, table.labels or (table.left,))
        if path and not looks_like_total(path[-1]):
            labels[row] = read_heading((*path, *under), indicators=known.indicators, taught=known.headings)
    return labels


def _column_measures(
    grid: Grid, labels: Mapping[int, Heading], column: int, *, known: Known, context: Context, out: Output
) -> list[ReadMeasure]:
    measures: list[ReadMeasure] = []
    whole: int | None = None
    for row, heading in labels.items():
        if heading.why_not or (not heading.is_open and heading.meaning not in known.indicators):
            continue
        cell = grid.at(row, column)
        found = read_cell(cell)
        if found.is_silent:
            continue
        if heading.is_open:
            out.open_headings.setdefault(heading.text, (heading, locator(grid, row, 0)))
        measure = measure_of(
            found, heading, at=locator(grid, row, column), surface=cell_text(cell), known=known, context=context
        )
        if heading.is_part and whole is not None:
            measure = replace(measure, part_of=whole)
        elif not heading.is_part:
            whole = len(measures)
        measures.append(measure)
    return measures


def read_long(grid: Grid, table: Table, *, known: Known, names: Names, context: Context) -> Output:
    """Read label-value tables: one unit's form, or unit, indicator and number in three columns."""
    out = Output()
    unit_column = table.column_of("unit")
    if unit_column is not None and not any(
        names.is_unit_like(grid.text(r, unit_column)) for r in range(table.first_row, table.end)
    ):
        unit_column = None  # A column 单位 of measure words.
    word_column = _measure_word_column(grid, table)
    by_unit: dict[str, list[ReadMeasure]] = {}
    places: dict[str, Locator] = {}
    unit = ""
    used: set[tuple[int, int]] = set()
    for row in range(table.first_row, table.end):
        if unit_column is not None:
            said = grid.text(row, unit_column)
            if looks_like_total(said):
                out.skipped.append((locator(grid, row, unit_column), "total_row"))
                used |= {(row, c) for _, c in table.pairs}
                continue
            unit = said or unit
        for label_columns, amount in table.pairs:
            path = label_path(grid, row, label_columns)
            cell = grid.at(row, amount)
            if not path or (row, amount) in used:
                continue
            if looks_like_total(path[-1]):
                out.skipped.append((locator(grid, row, label_columns[-1]), "total_row"))
                used.add((row, amount))
                continue
            between = (grid.text(row, c) for c in range(label_columns[-1] + 1, amount))
            word = grid.text(row, word_column) if word_column is not None else ""
            word = word or next((text for text in between if text and is_measure_word(text)), "")
            if word:
                path = (*path[:-1], f"{path[-1]}（{word}）")
            heading = read_heading(path, indicators=known.indicators, taught=known.headings)
            over = table.headings.get(amount)
            if over is not None and over.why_not:
                out.skipped.append((locator(grid, row, amount), over.why_not))
                used.add((row, amount))
                continue
            if heading.why_not or (not heading.is_open and heading.meaning not in known.indicators):
                if cell_text(cell):
                    out.skipped.append((locator(grid, row, amount), heading.why_not or heading.meaning or "text"))
                used.add((row, amount))
                continue
            found = read_cell(cell)
            if found.is_silent:
                continue
            if heading.is_open and (found.value is None and not found.is_text):
                continue  # A line of words and no claim.
            used.add((row, amount))
            if heading.is_open:
                out.open_headings.setdefault(heading.text, (heading, locator(grid, row, label_columns[-1])))
            if over is not None and over.is_to_date:
                heading = replace(heading, is_to_date=True)
            who = unit if unit_column is not None else context.unit
            places.setdefault(who, locator(grid, row, unit_column if unit_column is not None else label_columns[0]))
            if found.is_text and (
                read := measures_of_text(cell_text(cell), at=locator(grid, row, amount), known=known)
            ):
                so_far = by_unit.setdefault(who, [])
                so_far += [_moved(measure, len(so_far)) for measure in read]
                continue
            measure = measure_of(
                found, heading, at=locator(grid, row, amount), surface=cell_text(cell), known=known, context=context
            )
            by_unit.setdefault(who, []).append(measure)
    out.activities = [_line(who, places[who], measures, context) for who, measures in by_unit.items()]
    for column in range(table.left, table.right):
        meaning = table.headings[column].meaning if column in table.headings else ""
        why_not = table.headings[column].why_not if column in table.headings else ""
        left = [
            row
            for row in range(table.first_row, table.end)
            if is_number(grid.at(row, column)) and (row, column) not in used
        ]
        is_passed = why_not or (meaning and meaning not in ("ask", "amount", "total", *known.indicators))
        reason = why_not or (meaning if is_passed else "serial" if counts_rows(grid, left, column) else "")
        out.skipped += [(locator(grid, row, column), reason or "not_under_a_label") for row in left]
        out.loose += [grid.text(row, column) for row in left if not reason]
    return out


def _measure_word_column(grid: Grid, table: Table) -> int | None:
    """The column of measure words (计量单位, or 单位 that holds 份 and 条), None where there is none."""
    for column, heading in table.headings.items():
        if heading.meaning in ("measure_word", "unit") and is_measure_word_column(grid, table, column):
            return column
    return None


def _line(unit: str, at: Locator, measures: list[ReadMeasure], context: Context) -> ReadActivity:
    is_event = context.is_one_day and not context.is_to_date
    return ReadActivity(
        unit_text=unit,
        locator=at,
        measures=tuple(measures),
        title=context.title if is_event else "",
        from_on=context.from_on,
        to_on=context.to_on,
        is_report_line=not is_event,
    )
