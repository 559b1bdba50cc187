"""What shows only when a table is seen whole: values shared by rows, one count twice, lines that are totals, hidden cells."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from safemonth.collect.readers.reading import Doubt, ReadActivity, ReadMeasure
from safemonth.collect.readers.sheets.grid import Grid
from safemonth.collect.readers.sheets.layout import Table
from safemonth.lib.refusals import gettext_noop

# A total of fewer lines than this is as likely chance: 1 + 1 = 2.
FEWEST_LINES_OF_A_TOTAL = 3
HARDLY_CHANCE = 20


def looked_at_again(activities: Sequence[ReadActivity], *, grid: Grid, table: Table) -> list[ReadActivity]:
    """Return a table's activities in order, with the doubts that need the whole table added."""
    merges = _merges_by_row(grid)
    found = [
        replace(
            activity,
            measures=_counted_once(
                [_with_place_doubts(measure, grid=grid, table=table, merges=merges) for measure in activity.measures]
            ),
        )
        for activity in activities
    ]
    found = _totals_under_another_name(_units_twice(found))
    if grid.is_hidden:
        doubt = Doubt(
            "hidden_sheet", gettext_noop("The sheet “%(sheet)s” is hidden in the file."), {"sheet": grid.name}
        )
        found = [replace(activity, doubts=(*activity.doubts, doubt)) for activity in found]
    return found


def _merges_by_row(grid: Grid) -> dict[int, list[tuple[int, int, int, int]]]:
    by_row: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for merge in grid.merged:
        by_row[merge[0]].append(merge)
    return by_row


def _with_place_doubts(
    measure: ReadMeasure, *, grid: Grid, table: Table, merges: dict[int, list[tuple[int, int, int, int]]]
) -> ReadMeasure:
    row, column = (measure.locator.row or 1) - 1, (measure.locator.column or 1) - 1
    doubts = list(measure.doubts)
    for top, left, bottom, right in merges.get(row, ()):
        if left != column or (top, left) == (bottom, right):
            continue
        # A row that is merged as a whole is one tall row; a value merged alone belongs to several.
        tall = any(other[1] < column and (other[0], other[2]) == (top, bottom) for other in merges[row])
        wide = sum(1 for c in range(left, right + 1) if c in table.headings and table.headings[c].text) > 1
        if (bottom > top and not tall) or (wide and table.layout == "rows") or (wide and table.layout == "columns"):
            doubts.append(
                Doubt(
                    "merged_value",
                    gettext_noop("The cell of %(text)s is merged over several lines or columns: whose number is it?"),
                    {"text": measure.surface},
                )
            )
    if row in grid.marks.hidden_rows or grid.marks.hides_column(column):
        doubts.append(
            Doubt(
                "hidden_cell",
                gettext_noop("The row or column of %(text)s is hidden in the file."),
                {"text": measure.surface},
                blocks=False,
            )
        )
    return measure if len(doubts) == len(measure.doubts) else replace(measure, doubts=tuple(doubts))


def _counted_once(measures: list[ReadMeasure]) -> tuple[ReadMeasure, ...]:
    """Hold values of one line that count the same thing from two headings: one may be a part of the other."""
    places: dict[tuple[str, str, str], set[tuple[int | None, int | None]]] = defaultdict(set)
    for measure in measures:
        if measure.indicator and measure.part_of is None:
            places[_counted(measure)].add((measure.locator.row, measure.locator.column))
    return tuple(
        replace(
            measure,
            doubts=(
                *measure.doubts,
                Doubt(
                    "counted_twice",
                    gettext_noop(
                        "“%(heading)s” and another heading count the same thing: are they two numbers, a part and its "
                        "whole, or one number twice?"
                    ),
                    {"heading": measure.heading},
                ),
            ),
        )
        if measure.indicator and measure.part_of is None and len(places[_counted(measure)]) > 1
        else measure
        for measure in measures
    )


def _counted(measure: ReadMeasure) -> tuple[str, str, str]:
    return measure.indicator or "", measure.basis, measure.period_kind


def _units_twice(activities: list[ReadActivity]) -> list[ReadActivity]:
    """Hold lines of counts whose unit stands twice in one table."""
    times = Counter(activity.unit_text for activity in activities if activity.is_report_line and activity.unit_text)
    return [
        replace(
            activity,
            doubts=(
                *activity.doubts,
                Doubt(
                    "unit_twice",
                    gettext_noop("“%(unit)s” stands %(times)s times in this table."),
                    {"unit": activity.unit_text, "times": times[activity.unit_text]},
                ),
            ),
        )
        if activity.is_report_line and times[activity.unit_text] > 1
        else activity
        for activity in activities
    ]


def _totals_under_another_name(activities: list[ReadActivity]) -> list[ReadActivity]:
    """Hold a line whose every number is the sum of those before it, or of all others: a total under another name."""
    sums: dict[int | None, int] = defaultdict(int)
    all_sums: dict[int | None, int] = defaultdict(int)
    for activity in activities:
        for measure in activity.measures:
            all_sums[measure.locator.column] += int(measure.value or 0)
    found = []
    for position, activity in enumerate(activities):
        values = {m.locator.column: int(m.value) for m in activity.measures if m.value}
        is_sum = bool(values) and all(sums[column] == value for column, value in values.items())
        is_of_all = bool(values) and all(all_sums[column] == 2 * value for column, value in values.items())
        if activity.is_report_line and (
            (is_sum and position >= FEWEST_LINES_OF_A_TOTAL)
            or (
                is_of_all
                and position in (0, len(activities) - 1)
                and len(activities) > 2
                and (len(values) > 1 or max(values.values()) >= HARDLY_CHANCE)
            )
        ):
            doubt = Doubt(
                "may_be_a_total",
                gettext_noop("Every number of “%(unit)s” is the sum of the other lines: is this a total?"),
                {"unit": activity.unit_text},
            )
            activity = replace(activity, doubts=(*activity.doubts, doubt))
        for measure in activity.measures:
            if measure.value is not None:
                sums[measure.locator.column] += int(measure.value)
        found.append(activity)
    return found
