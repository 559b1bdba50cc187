"""Figures as JSON: the keys that others rely on, and nothing that JSON cannot hold."""

import json
from datetime import date
from decimal import Decimal

from safemonth.figures.exchange import figure_as_json
from safemonth.figures.figure import Bounds, Coverage, Figure, Scope, TraceLine, UnitName, Words

COUNTY, TOWN, OTHER = UnitName("1", "易县", "Yi County"), UnitName("2", "甲镇"), UnitName("3", "乙镇")
FIGURE = Figure(
    id="fines_yuan@month",
    indicator="fines_yuan",
    scope=Scope("month", COUNTY, task="checks", from_on=date(2026, 6, 1), basis="yuan"),
    value=Decimal("35000.50"),
    aggregation="sum",
    coverage=Coverage(expected=(TOWN, OTHER), received=(TOWN,), late=(TOWN,), missing=(OTHER,)),
    state="claimed",
    bounds=Bounds(Decimal("35000.50"), None, lower_is_open=True, method="no_cap"),
    words=Words("more than 35,000", "3.5万余"),
    trace=(
        TraceLine(7, TOWN, Decimal(35), "exact", "yuan", 1, "check", "fines.xlsx Sheet1!C7"),
        TraceLine(8, TOWN, 9, "about", "yuan", 1, "check", "letter.docx chars 3-9", counted=False, why_not="part_of"),
    ),
)


def test_a_figure_has_the_keys_of_figures_json() -> None:
    data = figure_as_json(FIGURE)
    assert list(data) == ["id", "indicator", "scope", "value", "words", "coverage", "state", "bounds", "trace"]
    assert list(data["bounds"]) == ["lower", "upper", "lower_is_open", "method", "added_for_missing"]
    assert list(data["trace"][0]) == ["id", "unit", "value", "qualifier", "source", "counted", "why_not"]
    assert data["words"] == {"en": "more than 35,000", "zh": "3.5万余"}


def test_coverage_is_given_in_counts_and_in_names() -> None:
    coverage = figure_as_json(FIGURE)["coverage"]
    names = coverage.pop("names")
    assert coverage == {"expected": 2, "received": 1, "nil": 0, "missing": 1, "late": 1}
    assert {key: [unit["code"] for unit in units] for key, units in names.items()} == {
        "expected": ["2", "3"],
        "received": ["2"],
        "nil": [],
        "missing": ["3"],
        "late": ["2"],
    }


def test_it_survives_json_unchanged() -> None:
    data = figure_as_json(FIGURE)
    assert json.loads(json.dumps(data)) == data
    assert (data["value"], data["trace"][0]["value"]) == (35000.5, 35)
    assert data["trace"][1]["why_not"] == "part_of"


def test_a_figure_without_bounds_says_so() -> None:
    bare = Figure(
        "x", "drills", Scope("m", COUNTY), None, "sum", Coverage(), "claimed", None, Words("not reported", "未报")
    )
    data = figure_as_json(bare)
    assert (data["value"], data["bounds"], data["scope"]["from_on"]) == (None, None, None)
