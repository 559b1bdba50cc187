"""The roll-up: against a slow second writing of its rules, and rule by rule."""

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.figures.columns import Selection, Tree, columns_from_lists, columns_of
from safemonth.figures.counting import REASONS, count
from safemonth.figures.missing_units import add_missing
from safemonth.figures.rollup import Total, main_basis, roll_up, roll_up_everywhere
from tests.figures.slow_roll_up import slow_reasons, slow_totals

PATHS = ["C/", "C/T/", "C/T/V/", "C/T/W/", "C/U/", "C/U/X/Y/", "C/T1/", "D/"]
HOW = ["sum", "sum", "distinct", "max", "latest"]
DAYS = st.integers(0, 6)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    size = draw(st.integers(0, 9))
    one = st.fixed_dictionaries(
        {
            "indicator": st.integers(0, len(HOW) - 1) if draw(st.booleans()) else st.just(draw(st.integers(0, 4))),
            "unit": st.integers(0, len(PATHS) - 1) if draw(st.booleans()) else st.integers(1, 2),
            "value": st.sampled_from([0, 1, 7, 20, 86, 100, 250, 5_000, 14_000]),
            "qualifier": st.sampled_from(["exact", "more_than", "nearly", "about"]),
            "basis": st.sampled_from(["people", "person_times", "places"]),
            "part_of": st.integers(-1, size - 1),
            "is_duplicate": st.sampled_from([False, False, True]),
            "is_to_date": st.booleans(),
            "from_on": DAYS,
            "to_on": DAYS,
            "task": st.integers(-1, 1),
            "named": st.integers(-1, 1),
            "state": st.sampled_from(["claimed", "confirmed", "corrected"]),
        }
    )
    found: list[dict[str, Any]] = [draw(one) for _ in range(size)]
    for place, row in enumerate(found):
        row["measure_id"] = place
        if row["part_of"] == place:
            row["part_of"] = -1
        if row["to_on"]:
            row["from_on"] = min(row["from_on"], row["to_on"])
    return found


selections = st.fixed_dictionaries(
    {
        "unit": st.none() | st.integers(0, len(PATHS) - 1),
        "task": st.sampled_from([None, None, -1, 0]),
        "from_on": st.sampled_from([None, None, 2]),
        "to_on": st.sampled_from([None, None, 5]),
    }
)


def as_tuple(total: Total) -> tuple[int, int, int, bool, int, int, str]:
    return (total.value, total.lower, total.upper, total.lower_is_open, total.measures, total.units, total.state)


@given(rows(), selections)
@settings(max_examples=150, deadline=None)
def test_a_scope_gives_what_the_slow_rules_give(found: list[dict[str, Any]], selection: dict[str, Any]) -> None:
    columns, tree = columns_of(found), Tree.from_paths(PATHS)
    counting = count(columns, tree, Selection(**selection), aggregations=HOW)
    assert [REASONS[code] for code in counting.reason] == slow_reasons(found, PATHS, selection, HOW)
    totals = roll_up(columns, tree, Selection(**selection), aggregations=HOW)
    assert {key: as_tuple(total) for key, total in totals.items()} == slow_totals(found, PATHS, selection, HOW)


@given(rows(), selections)
@settings(max_examples=100, deadline=None)
def test_all_units_at_once_give_what_each_scope_gives(found: list[dict[str, Any]], selection: dict[str, Any]) -> None:
    columns, tree = columns_of(found), Tree.from_paths(PATHS)
    shared = {name: value for name, value in selection.items() if name != "unit"}
    everywhere = roll_up_everywhere(columns, tree, aggregations=HOW, selection=Selection(**shared))
    for unit in range(len(PATHS)):
        one = roll_up(columns, tree, Selection(unit=unit, **shared), aggregations=HOW)
        at_once = {key: everywhere.of(unit, *key) for key in everywhere.keys}
        assert {key: total for key, total in at_once.items() if total} == one


@given(rows())
@settings(max_examples=150, deadline=None)
def test_the_value_of_a_sum_is_never_above_what_the_claims_of_all_units_add_up_to(found: list[dict[str, Any]]) -> None:
    totals = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["sum"] * 5)
    for (indicator, basis), total in totals.items():
        claims = [row for row in found if (row["indicator"], row["basis"]) == (indicator, basis)]
        assert total.lower <= total.value <= total.upper
        assert total.value <= sum(row["value"] for row in claims)


def value_of(found: list[dict[str, Any]], *, unit: int = 0, how: str = "sum", basis: str = "things") -> int | None:
    for place, row in enumerate(found):
        row["measure_id"] = place
    total = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(unit=unit), aggregations=[how]).get((0, basis))
    return total.value if total else None


def test_a_part_counts_where_its_whole_is_not_in_the_scope() -> None:
    day = [
        {"unit": 0, "value": 40_000},
        {"unit": 1, "value": 20_000, "part_of": 0},
        {"unit": 2, "value": 5_000, "part_of": 1},
    ]
    assert [value_of(day, unit=unit) for unit in (0, 1, 2, 3)] == [40_000, 20_000, 5_000, None]


def test_a_part_of_another_indicator_is_a_figure_of_its_own() -> None:
    found = [{"measure_id": 0, "value": 9, "indicator": 1}, {"measure_id": 1, "value": 4, "part_of": 0}]
    totals = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["sum", "sum"])
    assert (totals[0, "things"].value, totals[1, "things"].value) == (4, 9)


def test_a_ring_of_parts_is_counted_once_by_its_largest_claim() -> None:
    ring = [{"value": 5, "part_of": 1}, {"value": 9, "part_of": 2}, {"value": 7, "part_of": 0}]
    assert value_of(ring) == 9


def test_weekly_running_totals_are_not_added_and_replace_the_weeks_before() -> None:
    weeks = [
        {"value": 300, "from_on": 1, "to_on": 7},
        {"value": 500, "is_to_date": True, "to_on": 14},
        {"value": 900, "is_to_date": True, "to_on": 21},
        {"value": 50, "from_on": 22, "to_on": 28},
    ]
    assert value_of(weeks) == 950


def test_a_week_that_straddles_a_running_total_only_raises_the_upper_bound() -> None:
    found = [
        {"measure_id": 1, "value": 500, "is_to_date": True, "to_on": 10},
        {"measure_id": 2, "value": 80, "from_on": 8, "to_on": 14},
    ]
    total = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["sum"])[0, "things"]
    assert (total.value, total.lower, total.upper) == (500, 500, 580)


def test_named_things_are_counted_once_and_unnamed_counts_are_not_added() -> None:
    found = [{"value": 1, "named": 0}, {"value": 1, "named": 0}, {"value": 1, "named": 1}]
    assert value_of(found, how="distinct") == 2
    assert value_of([*found, {"value": 12}, {"value": 20}], how="distinct") == 20


def test_a_distinct_count_is_strictly_more_only_where_the_larger_of_both_is() -> None:
    found: list[dict[str, Any]] = [
        {"measure_id": 1, "value": 30, "named": 0},
        {"measure_id": 2, "value": 20, "qualifier": "more_than"},
    ]
    totals = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["distinct"])
    assert (totals[0, "things"].lower, totals[0, "things"].lower_is_open) == (30, False)
    found[1]["value"] = 30
    totals = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["distinct"])
    assert (totals[0, "things"].lower, totals[0, "things"].lower_is_open) == (30, True)


def test_a_later_running_total_of_one_task_overlaps_an_earlier_one_of_all_tasks() -> None:
    found = [
        {"measure_id": 1, "value": 500, "is_to_date": True, "from_on": 1, "to_on": 10},
        {"measure_id": 2, "value": 90, "is_to_date": True, "from_on": 14, "to_on": 20, "task": 1},
    ]
    total = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["sum"])[0, "things"]
    assert (total.value, total.upper) == (500, 590)


def test_a_place_named_twice_is_one_place_and_two_times() -> None:
    twice = [{"value": 1, "named": 0, "unit": 1}, {"value": 1, "named": 0, "unit": 4}, {"value": 1, "named": 1}]
    places = [{**claim, "measure_id": number, "basis": "places"} for number, claim in enumerate(twice, start=1)]
    places.append({"measure_id": 4, "value": 7, "basis": "places"})
    assert value_of(places, basis="places") == 9
    assert value_of([{**claim, "basis": "place_times"} for claim in places], basis="place_times") == 10


def test_people_and_person_times_stay_apart_and_the_basis_of_most_units_leads() -> None:
    found = [
        {"measure_id": 1, "unit": 1, "value": 10, "basis": "people"},
        {"measure_id": 2, "unit": 1, "value": 30, "basis": "person_times"},
        {"measure_id": 3, "unit": 4, "value": 40, "basis": "person_times"},
    ]
    totals = roll_up(columns_of(found), Tree.from_paths(PATHS), Selection(), aggregations=["sum"])
    assert {basis: total.value for (_, basis), total in totals.items()} == {"people": 10, "person_times": 70}
    assert main_basis(totals, 0) == "person_times"
    assert main_basis(totals, 1) is None


def test_nothing_claimed_is_not_nought() -> None:
    assert value_of([]) is None
    assert value_of([{"value": 0}]) == 0


def test_a_township_whose_code_begins_another_code_does_not_hold_it() -> None:
    assert value_of([{"unit": 6, "value": 3}], unit=1) is None


def test_values_that_are_negative_or_too_large_to_add_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        columns_of([{"measure_id": 1, "value": -1}])
    with pytest.raises(OverflowError):
        columns_of([{"measure_id": number, "value": 2**61} for number in range(4)])


def test_paths_without_a_slash_at_the_end_are_refused() -> None:
    with pytest.raises(ValueError, match="slash"):
        Tree.from_paths(["C/", "C/T"])


def test_a_county_of_a_hundred_thousand_measures_adds_up_in_half_a_second() -> None:
    random = np.random.default_rng(2026)
    size, units = 100_000, 600
    paths = ["C/", *(f"C/T{n}/" for n in range(99)), *(f"C/T{n % 99}/V{n}/" for n in range(500))]
    indicator = random.integers(0, 59, size)
    before = np.arange(size) - random.integers(1, 40, size)
    is_part = (before >= 0) & (random.random(size) < 0.2) & (indicator[before] == indicator)
    columns = columns_from_lists(
        {
            "measure_id": np.arange(size),
            "indicator": indicator,
            "unit": random.integers(0, units, size),
            "value": random.integers(0, 10_000, size),
            "qualifier": random.integers(0, 4, size),
            "basis": random.integers(0, 2, size),
            "part_of": np.where(is_part, before, -1),
            "is_duplicate": random.random(size) < 0.05,
            "is_to_date": random.random(size) < 0.1,
            "from_on": np.full(size, 100),
            "to_on": random.integers(100, 130, size),
            "task": random.integers(-1, 10, size),
            "named": np.where(random.random(size) < 0.3, random.integers(0, 500, size), -1),
            "state": random.integers(0, 5, size),
        }
    )
    how = ["sum"] * 56 + ["distinct"] * 3
    tree = Tree.from_paths(paths)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        totals = roll_up_everywhere(columns, tree, aggregations=how)
        add_missing(
            totals,
            tree,
            kinds=["township"] * units,
            is_missing=random.random(units) < 0.1,
            is_nil=np.zeros(units, dtype=np.bool_),
            aggregations=how,
        )
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.5
