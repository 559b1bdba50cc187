"""From a spreadsheet's bytes to what it claims: each row right, or asked about (docs/reading-sheets.md)."""

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.reading import Doubt, Locator, Question, ReadActivity, Reading
from safemonth.collect.readers.sheets.context import Context, context_at, context_of
from safemonth.collect.readers.sheets.grid import Grid, load_grids
from safemonth.collect.readers.sheets.headers import is_number
from safemonth.collect.readers.sheets.headings import Heading, normalise_heading
from safemonth.collect.readers.sheets.layout import Table, find_tables
from safemonth.collect.readers.sheets.rows import Output, read_rows
from safemonth.collect.readers.sheets.second_look import looked_at_again
from safemonth.collect.readers.sheets.totals import total_doubts
from safemonth.collect.readers.sheets.turned import read_columns, read_long
from safemonth.collect.readers.sheets.unit_names import Names
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
        if not context.unit and names.is_unit(grid.name):
            context.unit = grid.name
        skipped += context.skipped
        for table in tables:
            here = context_at(context, table, tables=tables)
            out = _read(grid, table, known=known, names=names, context=here)
            context.loose += tuple(out.loose)
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
            activities += looked_at_again(out.activities, grid=grid, table=table)
            skipped += out.skipped
            for text, (heading, at) in out.open_headings.items():
                questions.setdefault(normalise_heading(text), _question(text, heading, at))
        doubts += _loose_numbers(grid, context) or ([] if tables else _nothing_found(grid))
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


def _loose_numbers(grid: Grid, context: Context) -> list[Doubt]:
    if not context.loose:
        return []
    return [
        Doubt(
            "numbers_outside_tables",
            gettext_noop(
                "Sheet “%(sheet)s”: %(numbers)s stand outside its tables and were not read. What do they count?"
            ),
            {"sheet": grid.name, "numbers": ", ".join(context.loose[:8])},
        )
    ]


def _nothing_found(grid: Grid) -> list[Doubt]:
    if not any(is_number(cell) for row in grid.rows for cell in row):
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
