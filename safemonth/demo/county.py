"""The demo county's units beyond the list of divisions: departments, media, carriers, and one of each other kind.

English names of townships are pinyin with the official generic. Populations of townships are made up
(their sum is near the county's). The power company stands with the departments, since the plan counts it so.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COUNTY = "130633"
COUNTY_NAME_EN = "Yi County"

CONSULTING_DEPARTMENTS = tuple(
    f"{COUNTY}-{name}"
    for name in (
        *("safety", "police", "education", "land", "transport", "power", "weather", "quality", "construction"),
        *("environment", "food-drug", "fire", "mine", "traffic", "agriculture", "forestry", "water", "health"),
        *("commerce", "labour"),
    )
)
VEHICLE_UNITS = tuple(f"{COUNTY}-{name}" for name in ("safety", "mine", "fire", "traffic"))
CARRIERS = tuple(f"{COUNTY}-{name}" for name in ("netcom", "unicom", "telecom"))
MEDIA = tuple(f"{COUNTY}-{name}" for name in ("newspaper", "television"))
SUPERVISING = tuple(f"{COUNTY}-{name}" for name in ("office", "publicity", "union", "youth", "justice"))
OTHER_PUBLICITY = tuple(
    f"{COUNTY}-{name}"
    for name in ("hospital", "tcm-hospital", "cement", "iron-mine", "hotel", "supermarket", "restaurant")
)
# 坡仓, 良岗, 富岗, 桥家河, 甘河净
COUNTRYSIDE_TOWNSHIPS = ("130633213", "130633106", "130633212", "130633215", "130633216")


@dataclass(frozen=True)
class DemoUnit:
    """A unit to add or, for townships, to complete; `other_names` are short names that papers use."""

    code: str
    name: str
    name_en: str
    kind: str
    parent_code: str
    population: int | None
    other_names: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with files("safemonth").joinpath(f"demo/data/{name}").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def division_names() -> Mapping[str, str]:
    """Return code -> Chinese name of the county, its townships and villages, from the list of divisions."""
    with files("safemonth").joinpath("organisation/data/yixian.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


@cache
def townships() -> tuple[DemoUnit, ...]:
    """Return the 29 townships with English names and made-up populations, in the order of their codes."""
    return tuple(
        DemoUnit(
            code=row["code"],
            name=division_names()[row["code"]],
            name_en=row["name_en"],
            kind="township",
            parent_code=COUNTY,
            population=int(row["population"]),
            other_names=tuple(row["other_names"].split()),
        )
        for row in _rows("townships.csv")
    )


@cache
def other_units() -> tuple[DemoUnit, ...]:
    """Return the units of the county itself: departments, media, carriers, hospitals, enterprises, premises."""
    return tuple(
        DemoUnit(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            kind=row["kind"],
            parent_code=COUNTY,
            population=None,
            other_names=tuple(row["other_names"].split()),
        )
        for row in _rows("units.csv")
    )


def villages_of(township: str) -> list[str]:
    """Return the codes of a township's villages and communities, in order."""
    return [code for code in division_names() if len(code) == 12 and code.startswith(township)]


@cache
def names() -> Mapping[str, str]:
    """Return code -> Chinese full name of every unit."""
    return {**division_names(), **{unit.code: unit.name for unit in other_units()}}


def short_name(code: str) -> str:
    """Return what papers call a unit: its first other name (县安监局) or its full name; 解村 for 解村村民委员会."""
    known = {unit.code: unit for unit in other_units()}
    if code in known:
        return known[code].other_names[0]
    name = names()[code]
    if name.endswith("村民委员会"):
        stem = name.removesuffix("民委员会")
        return stem.removesuffix("村") if stem.endswith("村村") else stem
    return name.removesuffix("居民委员会") + "社区" if name.endswith("居民委员会") else name


def reporting_units() -> tuple[str, ...]:
    """Return the 56 units expected to report their publicity of the month: townships, the 20 departments, others."""
    return (*(unit.code for unit in townships()), *CONSULTING_DEPARTMENTS, *OTHER_PUBLICITY)
