"""Plain decisions of the consulting day: hours, what booths count, what their reports add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final, Literal

from safemonth.collect.publicity.consulting.problem import Hours
from safemonth.lib.measure_words import Basis, basis_of
from safemonth.lib.quantities import read_quantity
from safemonth.lib.refusals import Refused, gettext_noop

# What a booth is asked to count, besides what the plan expects of the day; people first, then materials by kind.
COUNTED: Final = (
    "people_consulted",
    "leaflets_distributed",
    "handbooks_distributed",
    "items_distributed",
    "banners_hung",
    "display_boards",
    "staff_deployed",
)
# Counted by name when the day is closed, never asked of a booth.
NAMED: Final = ("departments_taking_part", "consulting_sites")
# What booths bring that a site may have no room for.
THINGS: Final = ("banner", "boards", "vehicle", "power")

BoothState = Literal["silent", "here", "counted"]


@dataclass(frozen=True)
class Said:
    """A count as it was typed: whole, not below 0, and how it was said (`lib.quantities.Qualifier`)."""

    value: int
    qualifier: str
    text: str


def read_said(text: str) -> Said | None:
    """Return what was typed ("320", "约300", "5000余"), None where nothing was; raises Refused `not_a_number`."""
    typed = text.strip()
    if not typed:
        return None
    quantity = read_quantity(typed)
    if quantity is None or quantity.is_range or quantity.value < 0 or quantity.value != int(quantity.value):
        raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=typed)
    return Said(value=int(quantity.value), qualifier=quantity.qualifier, text=typed)


def basis_counted(indicator: str, measure_words: str) -> Basis:
    """Return the basis on which a booth counts: whoever asks at two booths is two person-times, not two people.

    Others count on the basis of their first measure word, as everywhere.
    """
    if indicator == "people_consulted":
        return "person_times"
    return basis_of(measure_words.split()[0] if measure_words.split() else "")


def standing_counts(reports: Iterable[Mapping[str, Said]]) -> dict[str, Said]:
    """Return what a booth's reports, oldest first, come to: of each indicator the latest number.

    A report states the booth's total so far, so a later one takes the place of an earlier; they are never added. What
    a later report is silent on stands as it was.
    """
    standing: dict[str, Said] = {}
    for report in reports:
        standing |= report
    return standing


def fallen(standing: Mapping[str, Said], report: Mapping[str, Said]) -> tuple[str, ...]:
    """Return the indicators of a report that are smaller than what stands: a total so far cannot fall."""
    return tuple(code for code, said in report.items() if code in standing and said.value < standing[code].value)


def state_of(reports: Sequence[Mapping[str, Said]]) -> BoothState:
    """Return what is known of a booth: nothing, that it is there, or what it counted."""
    if not reports:
        return "silent"
    return "counted" if any(reports) else "here"


def totals(counts: Iterable[Mapping[str, Said]]) -> dict[str, int]:
    """Return the sum over booths of each indicator that any of them stated."""
    added: dict[str, int] = {}
    for said_by_code in counts:
        for code, said in said_by_code.items():
            added[code] = added.get(code, 0) + said.value
    return added


def hours_of(start: time | None, end: time | None) -> Hours | None:
    """Return a stretch of a day in minutes, None where either end is not given."""
    if start is None or end is None:
        return None
    return Hours(start.hour * 60 + start.minute, end.hour * 60 + end.minute)


def time_of(minute: int) -> time:
    """Return a minute of the day as a time of day; the last minute stands for the end of the day."""
    return time(*divmod(min(minute, 24 * 60 - 1), 60))
