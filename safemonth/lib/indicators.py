"""The indicators as plain data, for readers and words that know no database."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class IndicatorName:
    """One indicator: its code, names in both languages, measure words (first is the usual), and how it adds up."""

    code: str
    name_zh: str
    name_en: str
    measure_words: tuple[str, ...]
    aggregation: str
    chapter: str


@cache
def load_indicators() -> dict[str, IndicatorName]:
    """Return the shipped indicators by code, in the order of the list.

    The list is `safemonth/plan/data/indicators.csv`; a county adds its own in the database, and the
    readers are then given both.
    """
    with files("safemonth").joinpath("plan/data/indicators.csv").open(encoding="utf-8") as lines:
        return {
            row["code"]: IndicatorName(
                code=row["code"],
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                measure_words=tuple(row["measure_words"].split()),
                aggregation=row["aggregation"],
                chapter=row["chapter"],
            )
            for row in csv.DictReader(lines)
        }
