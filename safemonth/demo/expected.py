"""What a right intake and roll-up must come to: from the same truth that the demo's files and forms are written from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from safemonth.demo.county import reporting_units
from safemonth.demo.field.filled import filled_forms, task_of
from safemonth.demo.publicity.said import OFFICE_SAID
from safemonth.demo.saying import word_of
from safemonth.demo.truth import CHINA_TIME, Said, all_deeds, consulting_day
from safemonth.lib.measure_words import basis_of

RETURNS_DUE_ON = date(2019, 7, 3)

# Who of the 56 sent nothing at all.
MISSING = ("130633214", "130633217", "130633-tcm-hospital", "130633-iron-mine", "130633-restaurant")
# Who signed that there is nothing to report.
NIL = ("130633211", "130633-supermarket")
# Whose return came after RETURNS_DUE_ON.
LATE = ("130633400", "130633401", "130633-labour")


def reported() -> tuple[str, ...]:
    """Return the 51 codes, of the 56 expected, whose return arrived, in the order in which they were expected."""
    return tuple(code for code in reporting_units() if code not in MISSING)


def true_totals(*, task: str = "", unit: str = "") -> Mapping[tuple[str, str], int]:
    """Return (indicator code, basis) -> the sum of what was said, each event once.

    `task` limits it to one task of the plan (empty: all), `unit` to one unit with its villages (empty:
    the county). Counts said with "more than", "about" or "nearly" go in with the number that was said.
    """
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for of_task, of_unit, counts in _all_said():
        if task not in ("", of_task) or (unit and not of_unit.startswith(unit)):
            continue
        for indicator, said in counts.items():
            totals[indicator, basis_of(word_of(indicator, said))] += said.value
    return totals


def _all_said() -> Iterator[tuple[str, str, Mapping[str, Said]]]:
    """Yield task, unit and counts of each deed, each form and each entry of the office: what those say stands nowhere else."""
    for deed in all_deeds():
        yield deed.task, deed.unit, deed.counts
    for filled in filled_forms():
        yield task_of(filled), filled.unit, filled.counts
        if filled.form == "inspection":
            # One workplace, inspected once: a place and a time, which are never added.
            yield task_of(filled), filled.unit, {"enterprises_inspected": Said(1, word="家次")}
    yield from OFFICE_SAID


def true_total(indicator: str, *, task: str = "", unit: str = "") -> int:
    """Return one indicator's total on the basis that has most of it; 0 where nobody said anything."""
    found = [value for (code, _), value in true_totals(task=task, unit=unit).items() if code == indicator]
    return max(found, default=0)


def intersections() -> tuple[str, ...]:
    """Return the names of the consulting day's five intersections, in the order of the host's sheet."""
    return tuple(dict.fromkeys(deed.place for deed in consulting_day()))


def is_late(received_at: datetime) -> bool:
    """Return whether something came after the day on which returns were due (China time)."""
    return received_at.astimezone(CHINA_TIME).date() > RETURNS_DUE_ON
