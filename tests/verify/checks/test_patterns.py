"""Signals from patterns: far from the like, heaped digits, same returns, crowded last days."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.verify.checks.chance import binomial_tail
from safemonth.verify.checks.claims import Claim, Event, UnitTotal
from safemonth.verify.checks.heaped_digits import heaped_digits
from safemonth.verify.checks.last_days import crowded_last_days
from safemonth.verify.checks.outliers import modified_z, outliers
from safemonth.verify.checks.same_returns import same_returns, significant_digits


def totals_of(values: list[int], *, kind: str = "township", indicator: str = "drills") -> list[UnitTotal]:
    return [
        UnitTotal(f"{kind}{n}", indicator, "events", value, value, (n,), kind=kind) for n, value in enumerate(values)
    ]


LIKE = [900, 1_000, 1_050, 1_100, 1_200, 1_250, 1_300]


def test_a_tenfold_value_is_found_and_the_others_are_not() -> None:
    assert [signal.unit_codes for signal in outliers(totals_of([*LIKE, 12_000]))] == [("township7",)]
    assert [signal.unit_codes for signal in outliers(totals_of([*LIKE, 90]))] == [("township7",)]
    assert outliers(totals_of([*LIKE, 1_400])) == []


def test_fewer_than_eight_like_units_say_nothing() -> None:
    assert outliers(totals_of([*LIKE[:6], 12_000])) == []
    assert outliers(totals_of(LIKE) + totals_of([12_000], kind="school")) == []


def test_where_most_say_the_same_the_mean_deviation_stands_in() -> None:
    assert [signal.measure_ids for signal in outliers(totals_of([2] * 30 + [90]))] == [(30,)]
    assert outliers(totals_of([2] * 30)) == []


def test_the_score_is_the_published_formula() -> None:
    # Median 3, MAD 1: 0.6745 * (10 - 3) / 1.
    assert modified_z([1, 2, 3, 4, 10])[4] == pytest.approx(4.7215)
    assert len(modified_z([])) == 0


def test_honest_lognormal_units_are_seldom_signalled() -> None:
    random = np.random.default_rng(1)
    values = np.round(random.lognormal(6, 0.5, 3_000)).astype(int).tolist()
    assert len(outliers(totals_of(values))) < 0.005 * len(values)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9))
def test_the_binomial_tail_is_the_sum_of_its_terms(successes: int, trials: int, tenths: int) -> None:
    chance = Fraction(tenths, 10)
    exact = sum(comb(trials, n) * chance**n * (1 - chance) ** (trials - n) for n in range(successes, trials + 1))
    assert binomial_tail(successes, trials, tenths / 10) == pytest.approx(float(exact), rel=1e-9, abs=1e-15)


def test_a_chance_outside_nought_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="chance"):
        binomial_tail(1, 2, 1.5)


def claims_of(values: list[int], qualifier: str = "exact") -> list[Claim]:
    return [Claim(n, "town", f"i{n % 7}", value, qualifier) for n, value in enumerate(values)]  # type: ignore[arg-type]


def test_a_unit_whose_numbers_end_in_0_and_5_is_signalled() -> None:
    found = heaped_digits(claims_of([10 + 5 * n for n in range(24)]))
    assert [(signal.code, signal.unit_codes) for signal in found] == [("heaped_on_0_and_5", ("town",))]


def test_hundreds_heap_on_00_by_unit_and_by_indicator() -> None:
    hundreds = [Claim(n, f"u{n}", "leaflets_distributed", 100 * n) for n in range(1, 30)]
    assert {(signal.code, signal.params["of"]) for signal in heaped_digits(hundreds)} == {
        ("heaped_on_00", "leaflets_distributed"),
        ("heaped_on_0_and_5", "leaflets_distributed"),
    }


def test_counted_numbers_few_numbers_and_rounded_claims_are_not_signalled() -> None:
    assert heaped_digits(claims_of(list(range(10, 210)))) == []
    assert heaped_digits(claims_of([100] * 19)) == []
    assert heaped_digits(claims_of([100] * 30, "about")) == []
    assert heaped_digits(claims_of([5] * 30)) == []


def returns(**units: list[int]) -> list[UnitTotal]:
    return [
        UnitTotal(unit, f"i{n}", "things", value, value, (n,))
        for unit, values in units.items()
        for n, value in enumerate(values)
    ]


def test_two_units_with_the_same_telling_numbers_are_signalled_together() -> None:
    found = same_returns(returns(a=[12, 35, 1_250, 0], b=[12, 35, 1_250], c=[12, 35, 1_251]))
    assert [signal.unit_codes for signal in found] == [("a", "b")]


def test_round_or_few_numbers_agree_by_chance_and_are_not_signalled() -> None:
    assert same_returns(returns(a=[1, 2, 200], b=[1, 2, 200])) == []
    assert same_returns(returns(a=[1_234, 5_678], b=[1_234, 5_678])) == []
    assert same_returns(returns(a=[12, 35, 1_250, 1], b=[12, 35, 1_250])) == []


@pytest.mark.parametrize(("value", "digits"), [(1_250, 3), (200, 1), (0, 0), (1_005, 4)])
def test_trailing_noughts_are_not_significant(value: int, digits: int) -> None:
    assert significant_digits(value) == digits


START, END = date(2026, 6, 1), date(2026, 6, 30)


def events_on(days: list[int]) -> list[Event]:
    return [
        Event(n, "publicity", "x", "town", frozenset(), from_on=START + timedelta(days=day - 1))
        for n, day in enumerate(days)
    ]


def test_a_unit_whose_activities_crowd_on_the_last_days_is_signalled() -> None:
    crowded = crowded_last_days(events_on([3, 9, 16, 28, 28, 29, 29, 30, 30, 30]), starts_on=START, ends_on=END)
    assert [signal.activity_ids for signal in crowded] == [(3, 4, 5, 6, 7, 8, 9)]
    assert crowded_last_days(events_on(list(range(1, 31))), starts_on=START, ends_on=END) == []
    assert crowded_last_days(events_on([30] * 9), starts_on=START, ends_on=END) == []
    assert crowded_last_days(events_on([30] * 12), starts_on=date(2026, 6, 28), ends_on=END) == []
