"""Bounds: intervals of claims, sums of them, and what missing units could add."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.figures.aggregates import intervals_of
from safemonth.figures.bounds import bound_total, cap_of
from safemonth.figures.columns import QUALIFIERS, Selection, Tree, columns_of
from safemonth.figures.missing_units import NO_CAP, add_missing
from safemonth.figures.rollup import roll_up_everywhere
from safemonth.lib.intervals import Interval, Number, interval_of, step_of

counts = st.integers(0, 10**12) | st.integers(1, 99).map(lambda digits: digits * 1000)
qualifiers = st.sampled_from(["exact", "more_than", "nearly", "about"])
claims = st.lists(st.tuples(counts, qualifiers), max_size=6)


@pytest.mark.parametrize(
    ("value", "qualifier", "lower", "upper"),
    [
        (500, "exact", 500, 500),
        (20_000, "more_than", 20_000, 30_000),
        (86, "more_than", 86, 87),
        (5_000, "nearly", 4_000, 5_000),
        (100, "nearly", 50, 100),
        (1, "nearly", 0, 1),
        (300, "about", 250, 350),
        (87, "about", 86, 88),
        (0, "about", 0, 1),
        (Decimal("3.5"), "more_than", Decimal("3.5"), Decimal("3.6")),
    ],
)
def test_a_claim_means_its_interval(value: Number, qualifier: str, lower: Number, upper: Number) -> None:
    assert interval_of(value, qualifier) == Interval(lower, upper, qualifier == "more_than")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "step"), [(0, 1), (86, 1), (250, 10), (20_000, 10_000), (Decimal("35.50"), Decimal("0.1"))]
)
def test_the_step_is_the_place_of_the_last_digit_said(value: Number, step: Number) -> None:
    assert step_of(value) == step


def test_a_negative_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        interval_of(-1, "exact")


@given(counts, qualifiers)
def test_a_claim_lies_within_its_interval_and_only_an_exact_one_is_a_point(value: int, qualifier: str) -> None:
    interval = interval_of(value, qualifier)  # type: ignore[arg-type]
    assert 0 <= interval.lower <= value <= interval.upper
    if value:
        assert (interval.lower == interval.upper) == (qualifier == "exact")


@given(claims)
def test_many_claims_at_once_mean_what_each_means(found: list[tuple[int, str]]) -> None:
    value = np.array([claim[0] for claim in found], dtype=np.int64)
    code = np.array([QUALIFIERS.index(claim[1]) for claim in found], dtype=np.int64)
    at_once = [Interval(int(a), int(b), bool(c)) for a, b, c in zip(*intervals_of(value, code), strict=True)]
    assert at_once == [interval_of(value, qualifier) for value, qualifier in found]  # type: ignore[arg-type]


@given(claims, st.lists(st.sampled_from(["township", "school"]), max_size=4), st.lists(counts, max_size=5))
def test_missing_units_never_move_the_lower_end(
    found: list[tuple[int, str]], missing: list[str], townships: list[int]
) -> None:
    like = {"township": townships}
    alone = bound_total(found, like_totals=like)  # type: ignore[arg-type]
    bounds = bound_total(found, missing_kinds=missing, like_totals=like)  # type: ignore[arg-type]
    assert (bounds.lower, bounds.lower_is_open) == (alone.lower, alone.lower_is_open)
    if bounds.upper is None:
        assert bounds.method == "no_cap"
        assert "school" in missing or len(townships) < 3
    else:
        assert alone.upper is not None
        assert bounds.upper == alone.upper + len(missing) * (max(townships) if missing else 0)


def test_the_methods_are_told_apart() -> None:
    like = {"township": [3, 9, 0]}
    assert bound_total([(5, "exact")], like_totals={}).method == "exact"
    assert bound_total([(5, "about")], like_totals={}).method == "as_claimed"
    assert bound_total([(5, "exact")], missing_kinds=["township"], like_totals=like).method == "largest_like"
    assert bound_total([(5, "exact")], missing_kinds=["township"], like_totals=like, plan_cap=1).method == "plan_cap"


def test_two_like_units_give_no_cap_and_the_plan_comes_first() -> None:
    assert cap_of("township", like_totals={"township": [3, 9]}, plan_cap=None) is None
    assert cap_of("township", like_totals={"township": [3, 9, 0]}, plan_cap=None) == 9
    assert cap_of("township", like_totals={"township": [3, 9, 0]}, plan_cap=7) == 7


def test_a_missing_unit_can_only_raise_a_maximum_to_its_cap() -> None:
    found = [(50, "exact"), (30, "exact")]
    high = bound_total(found, missing_kinds=["a", "a"], like_totals={}, plan_cap=80, aggregation="max")  # type: ignore[arg-type]
    low = bound_total(found, missing_kinds=["a"], like_totals={}, plan_cap=40, aggregation="max")  # type: ignore[arg-type]
    assert (high.lower, high.upper, high.added_for_missing) == (50, 80, 30)
    assert (low.upper, low.added_for_missing) == (50, 0)


KINDS = ["county", "township", "township", "township", "township", "township", "school"]
PATHS = ["C/", "C/1/", "C/2/", "C/3/", "C/4/", "C/5/", "C/1/S/"]


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 900), qualifiers), max_size=8),
    st.sets(st.integers(1, 6)),
    st.sets(st.integers(1, 6)),
    st.none() | st.integers(0, 500),
    st.sampled_from(["sum", "max"]),
)
def test_all_scopes_at_once_get_what_each_scope_gets(
    found: list[tuple[int, int, str]], missing: set[int], nil: set[int], plan_cap: int | None, how: str
) -> None:
    rows = [{"measure_id": n, "unit": u, "value": v, "qualifier": q} for n, (u, v, q) in enumerate(found)]
    tree = Tree.from_paths(PATHS)
    totals = roll_up_everywhere(columns_of(rows), tree, aggregations=[how])
    flags = [np.array([unit in chosen for unit in range(7)]) for chosen in (missing, nil)]
    caps = None if plan_cap is None else {(0, "things"): plan_cap}
    additions = add_missing(
        totals, tree, kinds=KINDS, is_missing=flags[0], is_nil=flags[1], aggregations=[how], plan_caps=caps
    )
    if not totals.keys:
        return
    like: dict[str, list[Number]] = {}
    for unit, kind in enumerate(KINDS):
        total = totals.at(unit, 0)
        if total or unit in nil:
            like.setdefault(kind, []).append(total.upper if total else 0)
    for unit in range(7):
        below = [other for other in missing if PATHS[other].startswith(PATHS[unit])]
        inside = [(v, q) for u, v, q in found if PATHS[u].startswith(PATHS[unit])]
        bounds = bound_total(
            inside,  # type: ignore[arg-type]
            missing_kinds=[KINDS[other] for other in below],
            like_totals=like,
            plan_cap=plan_cap,
            aggregation=how,
        )
        assert additions.missing[unit] == len(below)
        assert additions.upper[unit, 0] == (NO_CAP if bounds.upper is None else bounds.upper)


def test_a_scope_without_claims_still_says_who_is_missing() -> None:
    totals = roll_up_everywhere(columns_of([]), Tree.from_paths(PATHS), aggregations=["sum"])
    flags = np.array([unit == 3 for unit in range(7)])
    additions = add_missing(
        totals, Tree.from_paths(PATHS), kinds=KINDS, is_missing=flags, is_nil=~flags, aggregations=["sum"]
    )
    assert additions.missing[0] == 1
    assert Selection().unit is None
