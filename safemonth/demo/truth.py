"""What Yi County's units did in the demo's June, as data: the truth that the files of `demo/` then tell in many shapes.

The numbers are made up; the events, their days and the sizes of the totals follow the founding case.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Literal

CHINA_TIME = timezone(timedelta(hours=8), "CST")
Qualifier = Literal["exact", "more_than", "nearly", "about"]

SAID = re.compile(r"([~<]?)(\d+)(\+?)(\D*)")
QUALIFIERS: Mapping[str, Qualifier] = {"": "exact", "~": "about", "<": "nearly", "+": "more_than"}


@dataclass(frozen=True)
class Said:
    """A count as a unit says it: `word` is its measure word, empty for the indicator's usual one."""

    value: int
    qualifier: Qualifier = "exact"
    word: str = ""


@dataclass(frozen=True)
class Deed:
    """One event, or one unit's counts of the month (`title` is empty), with indicator code -> what the unit says."""

    unit: str
    task: str
    title: str
    place: str
    from_on: date
    to_on: date
    counts: Mapping[str, Said]

    @property
    def is_report_line(self) -> bool:
        """Whether these are a unit's counts of the month rather than one event."""
        return not self.title


def parse_said(text: str) -> Said:
    """Return what `2000+` (more than), `~800` (about), `<1000` (nearly), `420人次` says; else raises ValueError."""
    found = SAID.fullmatch(text)
    if not found or (found[1] and found[3]):
        raise ValueError(f"{text!r} is not a count")
    return Said(value=int(found[2]), qualifier=QUALIFIERS[found[1] or found[3]], word=found[4])


@cache
def all_deeds() -> tuple[Deed, ...]:
    """Return every deed of `data/deeds.csv` in its order; events of several units stand there once."""
    with files("safemonth").joinpath("demo/data/deeds.csv").open(encoding="utf-8") as lines:
        return tuple(
            Deed(
                unit=row["unit"],
                task=row["task"],
                title=row["title"],
                place=row["place"],
                from_on=date.fromisoformat(row["from_on"]),
                to_on=date.fromisoformat(row["to_on"]),
                counts={
                    code: parse_said(said) for code, _, said in (pair.partition("=") for pair in row["counts"].split())
                },
            )
            for row in csv.DictReader(lines)
        )


def deeds_of(unit: str, *, task: str = "") -> tuple[Deed, ...]:
    """Return a unit's own deeds in order, of one task where it is named; its villages' deeds are theirs, not its."""
    return tuple(deed for deed in all_deeds() if deed.unit == unit and task in ("", deed.task))


def month_of(unit: str) -> Mapping[str, Said]:
    """Return a unit's counts of the month; raises LookupError where it gives events or nothing instead."""
    for deed in deeds_of(unit, task="everyone"):
        if deed.is_report_line:
            return deed.counts
    raise LookupError(f"{unit} has no line of counts")


def village_deeds(township: str) -> tuple[Deed, ...]:
    """Return the deeds of a township's villages, in the order of their codes."""
    below = (deed for deed in all_deeds() if deed.unit.startswith(township) and deed.unit != township)
    return tuple(sorted(below, key=lambda deed: deed.unit))


def consulting_day() -> tuple[Deed, ...]:
    """Return the deeds of the consulting day, one a department; `place` is its intersection."""
    return tuple(deed for deed in all_deeds() if deed.task == "consulting-day")
