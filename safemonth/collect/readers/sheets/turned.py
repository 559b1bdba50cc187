"""Tables that stand the other way round: indicators as rows, units as columns; and label-value forms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, ReadMeasure
from safemonth.collect.readers.sheets.cells import read_cell
from safemonth.collect.readers.sheets.columns import counts_rows, locator
from safemonth.collect.readers.sheets.context import Context
from safemonth.collect.readers.sheets.grid import Cell, Grid, cell_text
from safemonth.collect.readers.sheets.headers import is_number
from safemonth.collect.readers.sheets.headings import Heading, looks_like_total, read_heading
from safemonth.collect.readers.sheets.layout import Table, is_measure_word, is_measure_word_column, label_path
from safemonth.collect.readers.sheets.measures import measure_of
from safemonth.collect.readers.sheets.prose_cells import measures_of_text
from safemonth.collect.readers.sheets.rows import FILLED_IN, Output, days_of
from safemonth.collect.readers.sheets.totals import is_rectification_rate, part_doubts, ratio_doubts
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
    _without_label(grid, table, labels, out)
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
    rate = next((row for row, heading in labels.items() if is_rectification_rate(heading.text)), None)
    for name, (at, measures) in lines.items():
        column = (at.column or 1) - 1
        doubts = ratio_doubts(grid.text(rate, column), measures) if rate is not None else []
        said = [(h.meaning, grid.at(row, column)) for row, h in labels.items() if _says_of_event(h)]
        words = dict(said) if len(dict(said)) == len(said) else {}  # twice: cards below each other
        out.activities.append(_event(_line(name, at, measures, context, doubts), words, known=known))
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


def _without_label(grid: Grid, table: Table, labels: Mapping[int, Heading], out: Output) -> None:
    """Tell of numbers that stand beside no label or under no unit."""
    for column in range(table.left, max(table.right, *(len(grid.rows[r]) for r in range(table.first_row, table.end)))):
        meaning = table.headings[column].meaning if column in table.headings else ""
        for row in range(table.first_row, table.end):
            if not is_number(grid.at(row, column)) or (row in labels and column in table.unit_columns):
                continue
            path = label_path(grid, row, table.labels or (table.left,))
            if path and looks_like_total(path[-1]):
                out.skipped.append((locator(grid, row, column), "total_row"))
            elif meaning in ("serial", "note", "measure_word", "ignore", "ratio"):
                out.skipped.append((locator(grid, row, column), meaning))
            elif not counts_rows(grid, range(table.first_row, table.end), column):
                out.loose.append(grid.text(row, column))
                out.skipped.append((locator(grid, row, column), "not_under_a_label"))
            else:
                out.skipped.append((locator(grid, row, column), "serial"))


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
            measure = replace(measure, part_of=whole, doubts=(*measure.doubts, *part_doubts(measure, measures[whole])))
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
    wholes: dict[tuple[str, int], int] = {}
    rates: dict[str, str] = {}
    unit = card = ""
    words: dict[str, dict[str, Cell]] = {}
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
                if is_rectification_rate(heading.text):
                    rates[unit if unit_column is not None else card or context.unit] = cell_text(cell)
                if heading.meaning == "unit" and unit_column is None and names.is_unit_like(cell_text(cell)):
                    card = cell_text(cell)  # A card of its own for each unit, one below the other.
                if _says_of_event(heading) and cell_text(cell):
                    words.setdefault(card, {}).setdefault(heading.meaning, cell)
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
            who = unit if unit_column is not None else card or context.unit
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
            so_far = by_unit.setdefault(who, [])
            whole = wholes.get((who, amount))
            if heading.is_part and whole is not None:
                measure = replace(
                    measure, part_of=whole, doubts=(*measure.doubts, *part_doubts(measure, so_far[whole]))
                )
            elif not heading.is_part:
                wholes[who, amount] = len(so_far)
            so_far.append(measure)
    out.activities = [
        _event(
            _line(who, places[who], measures, context, ratio_doubts(rates.get(who, ""), measures)),
            words.get(who, words.get("", {})) if unit_column is None else {},
            known=known,
        )
        for who, measures in by_unit.items()
    ]
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


# What a form says of one event beside its counts.
EVENT_WORDS = frozenset(("title", "date", "place"))


def _says_of_event(heading: Heading) -> bool:
    return heading.meaning in EVENT_WORDS and not FILLED_IN.search(heading.text)


def _event(line: ReadActivity, words: Mapping[str, Cell], *, known: Known) -> ReadActivity:
    """Return a line of counts as the event that its form names (title, day, place); unchanged where it names none."""
    doubts = list(line.doubts)
    from_on, to_on = line.from_on, line.to_on
    if cell_text(words.get("date")):
        from_on, to_on, found = days_of(words["date"], known)
        doubts += found
    title = cell_text(words.get("title"))
    return replace(
        line,
        title=title or line.title,
        place=cell_text(words.get("place")),
        from_on=from_on,
        to_on=to_on,
        is_report_line=line.is_report_line and not title,
        doubts=tuple(doubts),
    )


def _line(
    unit: str, at: Locator, measures: list[ReadMeasure], context: Context, doubts: Sequence[Doubt] = ()
) -> ReadActivity:
    is_event = context.is_one_day and not context.is_to_date
    return ReadActivity(
        unit_text=unit,
        locator=at,
        measures=tuple(measures),
        title=context.title if is_event else "",
        from_on=context.from_on,
        to_on=context.to_on,
        is_report_line=not is_event,
        doubts=tuple(doubts),
    )
