"""From a spreadsheet's bytes to what it claims: each row right, or asked about (docs/reading-sheets.md)."""

from dataclasses import replace

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Doubt, Locator, Question, ReadActivity, Reading
from safemonth.collect.readers.sheets.context import Context, context_of
from safemonth.collect.readers.sheets.grid import Grid, load_grids
from safemonth.collect.readers.sheets.headings import Heading, normalise_heading
from safemonth.collect.readers.sheets.layout import Names, Table, find_tables
from safemonth.collect.readers.sheets.rows import Output, read_rows
from safemonth.collect.readers.sheets.totals import total_doubts
from safemonth.collect.readers.sheets.turned import read_columns, read_long
from safemonth.lib.refusals import gettext_noop


def read_sheet(data: bytes, *, file_name: str, known: Known) -> Reading:
    """Return what a spreadsheet claims. Raises Refused where it cannot be opened safely.

    Guaranteed: every number in it is a measure, or stands in `skipped` with a reason, or makes a
    question; a total row is never a unit; a heading that is not certain is asked.
    """
    return read_grids(load_grids(data, file_name=file_name), known=known)


def read_grids(grids: list[Grid], *, known: Known) -> Reading:
    """Return what grids claim (sheets, or tables of a letter)."""
    names = Names(known.unit_names)
    activities: list[ReadActivity] = []
    skipped: list[tuple[Locator, str]] = []
    doubts: list[Doubt] = []
    questions: dict[str, Question] = {}
    says_nil = False
    for grid in grids:
        tables = find_tables(grid, known=known, names=names)
        context = context_of(grid, tables, known=known, names=names)
        says_nil |= context.says_nil
        skipped += context.skipped
        for table in tables:
            out = _read(grid, table, known=known, names=names, context=context)
            doubts += total_doubts(
                out.totals,
                [
                    (
                        a.locator.row - 1,
                        {m.locator.column - 1: m.value for m in a.measures if m.value is not None and m.locator.column},
                    )
                    for a in out.activities
                    if a.locator.row
                ],
            )
            found = [_checked(activity, out.activities) for activity in out.activities]
            if grid.is_hidden:
                found = [_hidden(activity, grid.name) for activity in found]
            activities += found
            skipped += out.skipped
            for text, (heading, at) in out.open_headings.items():
                questions.setdefault(normalise_heading(text), _question(text, heading, at))
        if not tables:
            doubts += _nothing_found(grid)
    return Reading(
        format="sheet",
        activities=tuple(activities),
        questions=tuple(questions.values()),
        doubts=tuple(doubts),
        skipped=tuple(skipped),
        signed_nil=says_nil and not activities,
    )


def _read(grid: Grid, table: Table, *, known: Known, names: Names, context: Context) -> Output:
    match table.layout:
        case "columns":
            return read_columns(grid, table, known=known, context=context)
        case "long":
            return read_long(grid, table, known=known, names=names, context=context)
        case _:
            return read_rows(grid, table, known=known, names=names, context=context)


def _question(text: str, heading: Heading, at: Locator) -> Question:
    return Question(
        code="unknown_heading",
        subject=normalise_heading(text),
        locator=at,
        sentence=gettext_noop("What does “%(heading)s” count?"),
        params={"heading": text},
        choices=heading.choices,
    )


def _checked(activity: ReadActivity, table: list[ReadActivity]) -> ReadActivity:
    """Doubt a line whose every number is the sum of the lines before it: a total row under another name."""
    before = table[: next(i for i, other in enumerate(table) if other is activity)]
    if len(before) < 3 or not activity.is_report_line:
        return activity
    sums: dict[int | None, int] = {}
    for other in before:
        for measure in other.measures:
            if measure.value is not None:
                sums[measure.locator.column] = sums.get(measure.locator.column, 0) + int(measure.value)
    values = {m.locator.column: m.value for m in activity.measures if m.value}
    if not values or any(sums.get(column) != value for column, value in values.items()):
        return activity
    doubt = Doubt(
        "may_be_a_total",
        gettext_noop("Every number of “%(unit)s” is the sum of the lines above: is this a total?"),
        {"unit": activity.unit_text},
    )
    return replace(activity, doubts=(*activity.doubts, doubt))


def _hidden(activity: ReadActivity, sheet: str) -> ReadActivity:
    doubt = Doubt("hidden_sheet", gettext_noop("The sheet “%(sheet)s” is hidden in the file."), {"sheet": sheet})
    return replace(activity, doubts=(*activity.doubts, doubt))


def _nothing_found(grid: Grid) -> list[Doubt]:
    if not any(isinstance(cell, int | float) for row in grid.rows for cell in row):
        return []
    return [
        Doubt(
            "no_table",
            gettext_noop(
                "In sheet “%(sheet)s” no heading is known, so none of its numbers were read. Name its columns."
            ),
            {"sheet": grid.name},
        )
    ]
