"""Signals raise the chance of a visit by a stated, bounded factor, and never lower one."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.bench.cheating import CHEATS, CHECKS, honest, measure_signals, signalled, signals_for
from safemonth.figures.pointing import MOST, codes_by_unit, pointing_signals, raised_by
from safemonth.figures.records import load_records
from safemonth.verify.checks.claims import UnitTotal
from safemonth.verify.checks.outliers import outliers_per_head
from safemonth.verify.checks.power import FALSE_SHARE, MEASURED
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.sampling.design import design

CODES = st.sampled_from(("outlier", "same_returns", "heaped_on_00", "heaped_on_5", "nested_parts", "stock_at_odds"))


@given(st.lists(CODES, max_size=12), CODES)
def test_another_signal_never_lowers_a_chance_and_none_makes_more_than_three_times(codes, another):
    assert 1 <= raised_by(codes) <= raised_by([*codes, another]) <= MOST


def test_what_is_mended_at_the_desk_points_no_visit_and_heaps_count_once():
    assert raised_by(["nested_parts", "part_beyond_whole"]) == 1
    assert raised_by(["heaped_on_00", "heaped_on_5"]) == raised_by(["heaped_on_5"]) == Decimal("1.5")


def test_a_signal_raises_the_units_chance_in_the_design_and_takes_nobodys_away():
    claims = [Claim(f"u{n:02}", 100 + n) for n in range(20)]
    plain = {m.claim.code: m.chance for m in design(claims, visits=5, seed="x").members}
    raised = [Claim("u07", 107, raised_by=raised_by(["outlier", "same_returns"])), *claims[:7], *claims[8:]]
    pointed = {m.claim.code: m.chance for m in design(raised, visits=5, seed="x").members}
    assert pointed["u07"] > plain["u07"]
    assert all(chance > 0 for chance in pointed.values())


def test_a_large_unit_is_no_outlier_per_head_and_a_threefold_one_is():
    totals = [
        UnitTotal(f"u{n}", "leaflets_distributed", "things", 100 * (n + 5) + n, 100 * (n + 5) + n) for n in range(12)
    ]
    population = {f"u{n}": 1000 * (n + 5) for n in range(12)}
    assert outliers_per_head(totals, population=population) == []
    padded = [*totals[:11], UnitTotal("u11", "leaflets_distributed", "things", 6000, 6000)]
    assert [signal.unit_codes for signal in outliers_per_head(padded, population=population)] == [("u11",)]


@pytest.mark.parametrize(
    ("cheat", "check"), [("invented_round", "heaped"), ("last_days", "crowded_last_days"), ("copied", "same_returns")]
)
def test_made_cheating_of_three_ways_is_named(cheat, check):
    draw = np.random.default_rng(7)
    found = sum((check, "u00") in signalled(signals_for(CHEATS[cheat](honest(draw), draw))) for _ in range(5))
    assert found == 5


def test_the_bench_says_how_often_honest_units_are_named_too():
    figures = measure_signals(months=3)
    assert 0 <= figures["false: any"] <= 0.2 and figures["months"] == 3
    assert figures["half_more: any"] < 1


def test_what_the_page_says_is_found_is_found_in_a_few_made_months_too():
    figures = measure_signals(months=12, seed=3)
    for each in MEASURED:
        assert abs(figures[f"{each.way}: any"] - each.found_share) <= 0.3, each.way
        best = max(CHECKS, key=lambda check: figures[f"{each.way}: {check}"])
        assert figures[f"{each.way}: {each.by}"] >= figures[f"{each.way}: {best}"] - 0.2
    assert figures["false: any"] <= 2 * FALSE_SHARE


@pytest.mark.django_db
def test_a_campaign_without_records_has_no_signals(county):
    assert codes_by_unit(pointing_signals(county.campaign, load_records(county.campaign))) == {}
