"""The estimators and bounds of auditing give the numbers that their sources print."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.figures.estimates.auditing import difference_estimate, quotient_estimate, regression_estimate
from safemonth.figures.estimates.equal_chances import total_by_ratio, total_of_simple_sample
from safemonth.figures.estimates.lqas import chance_of_at_most, decide, plan_lot
from safemonth.figures.estimates.stringer import items_needed, stringer_bound
from safemonth.figures.estimates.unequal_chances import horvitz_thompson, total_by_brewer, total_by_yates_grundy
from safemonth.lib.refusals import Refused

# The first 100 items of the file BuildIt (R's `jfa`): the five that differ, and what the 95 right ones sum to with them.
WRONG = ((307.29, 122.92), (283.07, 113.23), (475.22, 190.09), (347.94, 139.18), (219.76, 87.90))
BOOK_SUM, BOOK_SQUARES, ITEMS, BOOK_TOTAL = 39_369.68, 18_105_099.9148, 3_500, 1_403_220.82


def built_it() -> tuple[list[float], list[float]]:
    """Return book and audit values with the sums of the published sample: 95 right items of two sizes stand for its 95.

    The three estimators use sums, squares and products only, so they cannot tell the difference.
    """
    middle = (BOOK_SUM - sum(book for book, _ in WRONG)) / 95
    spread = (BOOK_SQUARES - sum(book**2 for book, _ in WRONG)) / 95 - middle**2
    right = [middle - sqrt(spread * 48 / 47)] * 47 + [middle + sqrt(spread * 47 / 48)] * 48
    return [*(book for book, _ in WRONG), *right], [*(audit for _, audit in WRONG), *right]


def test_difference_quotient_and_regression_are_those_of_the_published_example() -> None:
    book, audit = built_it()
    difference = difference_estimate(book, audit, population=ITEMS)
    assert [f"{number:.2f}" for number in (difference.value, *difference.interval())] == [
        "34298.60",
        "3437.26",
        "65159.94",
    ]
    quotient = quotient_estimate(book, audit, population=ITEMS)
    assert (f"{quotient.value:.1f}", f"{quotient.interval()[0]:.3f}", f"{quotient.interval()[1]:.2f}") == (
        "34298.6",
        "3138.557",
        "65458.64",
    )
    regression = regression_estimate(book, audit, population=ITEMS, claimed_total=BOOK_TOTAL)
    assert (f"{regression.value:.0f}", f"{regression.interval()[0]:.3f}", f"{regression.interval()[1]:.2f}") == (
        "33872",
        "3069.264",
        "64674.73",
    )


def test_stringer_without_errors_is_the_published_bound_and_grows_with_each_taint() -> None:
    assert f"{stringer_bound([], items=60):.8f}" == "0.04870291"
    assert stringer_bound([0.6], items=60) > stringer_bound([0.5], items=60) > stringer_bound([], items=60)
    assert stringer_bound([1.0] * 5, items=5) == 1
    poisson = stringer_bound([], items=100, factors="poisson")
    assert f"{poisson * 100:.4f}" == "2.9957"


@pytest.mark.parametrize(
    ("expected", "sizes"),
    [
        (0.0, [6, 10, 30, 38, 50, 60, 75, 100, 150, 300, 600]),
        (0.1, [8, 13, 37, 46, 62, 74, 92, 123, 184, 368, 736]),
        (0.2, [10, 16, 47, 58, 78, 93, 116, 155, 232, 463, 925]),
        (0.3, [12, 20, 60, 75, 100, 120, 150, 200, 300, 600, 1199]),
        (0.4, [17, 27, 81, 102, 135, 162, 203, 270, 405, 809, 1618]),
        (0.5, [24, 39, 116, 145, 193, 231, 289, 385, 577, 1154, 2308]),
    ],
)
def test_sample_sizes_are_those_of_table_c_1_at_five_percent(expected: float, sizes: list[int]) -> None:
    tolerable = [0.5, 0.3, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.005]
    assert [items_needed(tolerable=share, expected=share * expected) for share in tolerable] == sizes


@pytest.mark.parametrize("wrong", [{"taints": [1.2], "items": 3}, {"taints": [0.1, 0.2], "items": 1}])
def test_taints_that_cannot_be_are_an_error(wrong: dict) -> None:
    with pytest.raises(ValueError, match="taints"):
        stringer_bound(**wrong)


def test_horvitz_thompson_is_unbiased_over_all_samples_of_a_small_population() -> None:
    values = [3.0, 5.0, 9.0]
    pairs = {(0, 1): 0.2, (0, 2): 0.3, (1, 2): 0.5}
    chances = [sum(chance for pair, chance in pairs.items() if unit in pair) for unit in range(3)]
    mean = sum(
        chance * horvitz_thompson([values[unit] for unit in pair], [chances[unit] for unit in pair])
        for pair, chance in pairs.items()
    )
    assert mean == pytest.approx(17)
    assert horvitz_thompson([], []) == 0


def test_yates_grundy_is_nought_where_values_are_in_proportion_to_chances() -> None:
    import numpy as np

    joint = np.array([[0.5, 0.2], [0.2, 0.8]])
    assert total_by_yates_grundy([5, 8], [0.5, 0.8], joint).standard_error == 0
    assert total_by_brewer([5, 8], [0.5, 0.8]).standard_error == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("chances", [[0.0, 0.5], [1.2, 0.5], [0.5]])
def test_an_inclusion_probability_that_cannot_be_is_an_error(chances: list[float]) -> None:
    with pytest.raises(ValueError, match="inclusion"):
        horvitz_thompson([1, 2], chances)


def test_a_ratio_total_is_what_was_claimed_times_the_ratio() -> None:
    ratio = total_by_ratio([8, 9, 10], [10, 10, 10], population=30, claimed_total=300)
    assert ratio.value == pytest.approx(270)
    with pytest.raises(ValueError, match="sample"):
        total_of_simple_sample([1], population=5)


@given(st.integers(3, 40), st.data())
def test_a_lot_plan_keeps_both_stated_risks_exactly_and_no_smaller_one_does(items: int, data) -> None:
    good = data.draw(st.integers(0, items - 1))
    bad = data.draw(st.integers(good + 1, items))
    plan = plan_lot(items=items, good=good, bad=bad, risk_of_no=Fraction(1, 10), risk_of_yes=Fraction(1, 10))
    assert plan.risk_of_no <= Fraction(1, 10) and plan.risk_of_yes <= Fraction(1, 10)
    fewer = plan.visits - 1
    for allowed in range(fewer + 1):
        wronged = 1 - chance_of_at_most(allowed, items=items, wanting=good, visits=fewer)
        missed = chance_of_at_most(allowed, items=items, wanting=bad, visits=fewer)
        assert wronged > Fraction(1, 10) or missed > Fraction(1, 10)


def test_a_lot_is_decided_as_soon_as_nothing_can_change_it() -> None:
    plan = plan_lot(items=60, good=3, bad=15, risk_of_no=Fraction(1, 10), risk_of_yes=Fraction(1, 10))
    assert (plan.visits, plan.allowed) == (18, 2)
    assert decide(plan, visited=5, wanting=3) == "no"
    assert decide(plan, visited=10, wanting=0) == "open"
    assert decide(plan, visited=16, wanting=0) == "yes"
    assert decide(plan, visited=18, wanting=2) == "yes"
    with pytest.raises(ValueError, match="wanting"):
        decide(plan, visited=3, wanting=4)


def test_a_lot_without_sense_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        plan_lot(items=10, good=5, bad=5, risk_of_no=Fraction(1, 10), risk_of_yes=Fraction(1, 10))
    assert refused.value.code == "lot_out_of_range"
