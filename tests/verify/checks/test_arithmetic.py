"""Sums that cannot be right are signalled, and those that can be are not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.verify.checks.arithmetic import (
    StatedRate,
    handed_out_beyond_printed,
    part_beyond_whole,
    part_ring,
    parts_beyond_whole,
    put_right_beyond_found,
    rate_off_its_ratio,
    rate_outside_hundred,
    reached_beyond_population,
    running_total_below_its_periods,
    running_total_fell,
    subset_beyond_set,
)
from safemonth.verify.checks.claims import Claim, UnitTotal

LEAFLETS = "leaflets_distributed"


def total(indicator: str, lower: int, upper: int | None = None, basis: str = "things") -> UnitTotal:
    return UnitTotal("town", indicator, basis, lower, lower if upper is None else upper, (lower,))


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_more_given_out_than_printed_and_left_over_is_signalled(printed: int, left: int, given_out: int) -> None:
    totals = [total("leaflets_printed", printed), total(LEAFLETS, given_out)]
    signals = handed_out_beyond_printed(totals, carried_over={("town", "leaflets_printed"): left})
    assert bool(signals) == (given_out > printed + left)


def test_claims_that_may_agree_are_not_signalled() -> None:
    assert handed_out_beyond_printed([total("leaflets_printed", 4_500, 5_500), total(LEAFLETS, 5_200)]) == []
    assert handed_out_beyond_printed([total(LEAFLETS, 5_200)]) == []
    assert handed_out_beyond_printed([total("leaflets_printed", 5), total(LEAFLETS, 9, basis="events")]) == []


def test_more_put_right_than_found_and_carried_over_is_signalled() -> None:
    totals = [total("hazards_found", 40), total("hazards_rectified", 45)]
    assert [signal.code for signal in put_right_beyond_found(totals)] == ["put_right_beyond_found"]
    assert put_right_beyond_found(totals, carried_over={("town", "hazards_found"): 5}) == []


def test_listed_supervision_stays_within_major_hazards_and_these_within_all() -> None:
    totals = [total("hazards_supervised", 4), total("major_hazards_found", 3), total("hazards_found", 2)]
    pairs = [(signal.params["part"], signal.params["whole"]) for signal in subset_beyond_set(totals)]
    assert pairs == [("hazards_supervised", "major_hazards_found"), ("major_hazards_found", "hazards_found")]
    fine = [total("hazards_supervised", 3), total("major_hazards_found", 3), total("hazards_found", 20)]
    assert subset_beyond_set(fine) == []


def test_more_people_than_there_are_is_signalled_but_not_person_times() -> None:
    people = total("people_reached", 9_000, basis="people")
    assert len(reached_beyond_population([people], population={"town": 8_000})) == 1
    assert reached_beyond_population([replace(people, basis="person_times")], population={"town": 8_000}) == []
    assert reached_beyond_population([people], population={}) == []
    assert reached_beyond_population([people], population={"town": 9_000}) == []


DAY = Claim(1, "county", LEAFLETS, 40_000, "more_than")


def test_a_part_beyond_what_its_whole_can_mean_is_signalled() -> None:
    assert part_beyond_whole([DAY, Claim(2, "bureau", LEAFLETS, 50_000, part_of=1)]) == []
    found = part_beyond_whole([DAY, Claim(2, "bureau", LEAFLETS, 50_001, part_of=1)])
    assert [signal.measure_ids for signal in found] == [(2, 1)]


def test_parts_together_beyond_their_whole_are_signalled() -> None:
    parts = [Claim(n, "x", LEAFLETS, 17_000, part_of=1) for n in (2, 3, 4)]
    assert [signal.measure_ids for signal in parts_beyond_whole([DAY, *parts])] == [(1, 2, 3, 4)]
    assert part_beyond_whole([DAY, *parts]) == []
    assert parts_beyond_whole([DAY, *parts[:2]]) == []
    assert parts_beyond_whole([DAY, *(replace(part, basis="events") for part in parts)]) == []


@given(st.lists(st.none() | st.integers(0, 5), max_size=6))
def test_each_ring_of_parts_is_signalled_once(parents: list[int | None]) -> None:
    claims = [Claim(n, "x", LEAFLETS, 1, part_of=parent) for n, parent in enumerate(parents)]

    def comes_back(start: int) -> bool:
        at = parents[start]
        for _ in parents:
            if at is None or at >= len(parents) or at == start:
                break
            at = parents[at]
        return at == start

    on_rings = sorted(identity for signal in part_ring(claims) for identity in signal.measure_ids)
    assert on_rings == [n for n in range(len(parents)) if comes_back(n)]


def to_date(number: int, value: int, day: int) -> Claim:
    return Claim(number, "town", LEAFLETS, value, is_to_date=True, to_on=date(2026, 6, day))


def test_a_running_total_that_falls_is_signalled() -> None:
    found = running_total_fell([to_date(2, 400, 14), to_date(1, 500, 7), to_date(3, 600, 21)])
    assert [signal.measure_ids for signal in found] == [(1, 2)]
    assert running_total_fell([to_date(1, 500, 7), to_date(2, 500, 14)]) == []
    assert running_total_fell([to_date(1, 500, 7), replace(to_date(2, 400, 14), task="drill")]) == []


def test_a_running_total_below_the_weeks_that_it_contains_is_signalled() -> None:
    week = Claim(5, "town", LEAFLETS, 300, from_on=date(2026, 6, 1), to_on=date(2026, 6, 7))
    later = replace(week, measure_id=6, to_on=date(2026, 6, 21))
    assert [s.measure_ids for s in running_total_below_its_periods([to_date(1, 200, 14), week, later])] == [(1, 5)]
    assert running_total_below_its_periods([to_date(1, 300, 14), week, later]) == []


@pytest.mark.parametrize("percent", ["97.4", "97.5", "97", "97.49", "97.50"])
def test_a_rate_may_be_its_ratio_rounded_or_cut(percent: str) -> None:
    assert rate_off_its_ratio([StatedRate(1, "town", Decimal(percent), 19_499, 20_000)]) == []


@pytest.mark.parametrize("percent", ["97.6", "96", "98", "100", "97.51", "99.0"])
def test_a_rate_that_is_not_its_ratio_is_signalled(percent: str) -> None:
    assert len(rate_off_its_ratio([StatedRate(1, "town", Decimal(percent), 19_499, 20_000)])) == 1


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 3))
def test_python_rounded_rates_are_never_signalled(part: int, whole: int, decimals: int) -> None:
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")
    assert rate_off_its_ratio([StatedRate(1, "town", rounded, part, whole)]) == []


def test_rates_without_a_whole_are_passed_over_and_a_whole_of_nought_has_none() -> None:
    assert rate_off_its_ratio([StatedRate(1, "town", Decimal(97))]) == []
    assert len(rate_off_its_ratio([StatedRate(1, "town", Decimal(100), 0, 0)])) == 1


def test_rates_outside_nought_to_a_hundred_are_signalled() -> None:
    rates = [StatedRate(n, "town", Decimal(percent)) for n, percent in enumerate(["0", "100", "100.1", "-1"])]
    found = rate_outside_hundred(rates)
    assert [signal.measure_ids for signal in found] == [(2,), (3,)]
    assert found[0].sentence % found[0].params == "town states a rate of 100.1 %, outside 0 to 100."
