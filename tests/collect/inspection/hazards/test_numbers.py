"""What hazards add up to, when they rise, and the picture of the table."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.hazards.diagram import svg_of
from safemonth.collect.inspection.hazards.joins import joined_group, rings_broken, root_of
from safemonth.collect.inspection.hazards.levels import LEVELS, levels_reached, rise_key
from safemonth.collect.inspection.hazards.numbers import (
    HazardFacts,
    UpwardRow,
    below_before,
    broken_rules,
    closure_of,
    put_right_rate,
    total_row,
    upward_table,
)
from safemonth.collect.inspection.hazards.states import MOVES, STATES

FIGURES = Path(__file__).resolve().parents[4] / "docs" / "figures"
DAY = date(2019, 6, 3)


def closed_after(*days: int) -> list[HazardFacts]:
    return [HazardFacts("mine", "ordinary", True, DAY, DAY + timedelta(days=each)) for each in days]


def test_how_soon_hazards_were_closed_is_by_days_that_were():
    soon = closure_of([*closed_after(1, 2, 9, 30), HazardFacts("mine", "major", False, DAY)])
    assert (soon.count, soon.still_open, soon.median_days, soon.nine_in_ten_days, soon.longest_days) == (
        4,
        1,
        2,
        30,
        30,
    )
    assert closure_of(closed_after(-1)).median_days == 0
    assert closure_of([]) == replace(
        soon, count=0, still_open=0, median_days=None, nine_in_ten_days=None, longest_days=None
    )
    assert (put_right_rate(0, 0), put_right_rate(4, 3)) == (None, 0.75)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_half_and_nine_in_ten_were_closed_within_the_days_that_are_said(days):
    soon = closure_of(closed_after(*days))
    assert sum(each <= soon.median_days for each in days) >= len(days) / 2
    assert sum(each < soon.median_days for each in days) < len(days) / 2
    assert sum(each <= soon.nine_in_ten_days for each in days) >= 0.9 * len(days)
    assert sum(each < soon.nine_in_ten_days for each in days) < 0.9 * len(days)


FACTS = st.builds(
    HazardFacts,
    trade=st.sampled_from(["mine", "gas", "made up"]),
    grade=st.sampled_from(["ordinary", "major"]),
    is_closed=st.booleans(),
    is_planned=st.booleans(),
    settled=st.frozensets(st.sampled_from(["measure", "money_yuan", "responsible_post", "deadline_on"])),
    money_yuan=st.decimals(0, 10**6, places=2),
)


@given(st.lists(FACTS, max_size=30))
def test_the_table_sent_upward_keeps_the_rules_printed_on_it_and_counts_each_once(hazards):
    rows = upward_table(hazards, searched={"mine": 3}, trades=["mine", "gas"])
    total = total_row(rows)
    assert total.ordinary_found + total.major_found == len(hazards)
    assert not any(broken_rules(row) for row in (*rows, total))
    assert total.funds_yuan == sum((row.funds_yuan for row in rows), Decimal(0))
    assert rows[0].units_searched == total.units_searched == 3


def test_a_line_that_breaks_a_printed_rule_is_told():
    assert broken_rules(UpwardRow("mine", major_found=2, major_closed=1, in_plan=2))
    assert broken_rules(UpwardRow("mine", major_found=2, in_plan=1, money=2))
    assert broken_rules(UpwardRow("mine", ordinary_found=1, ordinary_closed=2))
    assert below_before(UpwardRow("mine", major_found=1), UpwardRow("mine", major_found=2))
    assert not below_before(UpwardRow("mine", major_found=2), UpwardRow("mine", major_found=2))


@pytest.mark.parametrize(
    ("grade", "days", "numbers"),
    [("ordinary", 0, []), ("ordinary", 1, [1]), ("ordinary", 6, [1]), ("ordinary", 7, [1, 2]), ("major", 3, [1, 2])],
)
def test_levels_are_reached_by_the_days_past_the_deadline(grade, days, numbers):
    reached = levels_reached(grade=grade, deadline_on=DAY, today=DAY + timedelta(days=days))
    assert [level.number for level in reached] == numbers
    assert levels_reached(grade=grade, deadline_on=None, today=DAY) == []


def test_each_rise_has_a_key_of_its_own():
    hazard, other = uuid4(), uuid4()
    keys = {
        rise_key(each, deadline_on=day, grade=level.grade, level=level.number)
        for each in (hazard, other)
        for day in (DAY, DAY + timedelta(days=1))
        for level in LEVELS
    }
    assert len(keys) == 4 * len(LEVELS)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefghz")))
def test_with_rings_broken_every_way_ends_at_one_that_stands(joined):
    found = {key: str(random.Random(key).random()) for key in "abcdefgh"}
    broken = rings_broken(joined, found=found)
    left = {key: other for key, other in joined.items() if key not in broken}
    roots = {key: root_of(key, left) for key in found}
    assert all(root not in left for root in roots.values())
    # No more is broken than there are rings and ways that lead nowhere.
    for key, why in broken.items():
        if why == "unknown_other":
            assert joined[key] == "z"
        else:
            assert root_of(joined[key], left) == key
    says = {key: frozenset({other}) for key, other in joined.items()}
    for key, root in roots.items():
        assert root in joined_group(key, says)


def names(translate=lambda name: name) -> tuple[dict[str, str], dict[str, str]]:
    return {each.code: translate(each.name) for each in STATES}, {each.code: translate(each.name) for each in MOVES}


def test_the_committed_diagram_is_the_table():
    assert (FIGURES / "hazards.svg").read_text(encoding="utf-8") == svg_of(*names())
    with translation.override("zh-hans"):
        chinese = svg_of(*names(translation.gettext))
    assert (FIGURES / "hazards.zh.svg").read_text(encoding="utf-8") == chinese


def test_the_diagram_shows_every_state_and_every_move():
    text = svg_of(*({code: f"&{code}<" for code in each} for each in names()))
    for code in (*names()[0], *names()[1]):
        assert f"&amp;{code}&lt;" in text
    assert "<script" not in text and "style=" not in text
