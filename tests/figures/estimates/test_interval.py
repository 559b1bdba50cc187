"""The interval holds at every look, tells what it assumes, and promises nothing where nothing can be promised."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.bench.estimate_samples import draw_samples, intervals_of
from safemonth.bench.estimate_scenarios import Cheating, Counties, Scenario, make_counties
from safemonth.bench.estimates import measure_scenario
from safemonth.figures.estimates.betting import Draws, bets_on, highest_log_wealth, lower_bound
from safemonth.figures.estimates.estimate import Estimate, is_certain_enough
from safemonth.figures.estimates.estimating import add_missing, estimate, estimate_without_design
from safemonth.figures.estimates.rest import EXPECTED_TRUE
from safemonth.figures.estimates.stratified_bound import Stratum, least_sum
from safemonth.figures.estimates.visits import visits_of
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.sampling.design import Design, as_json, design, from_json

TRUTH = {f"u{number:02}": 100 + 37 * number % 400 for number in range(30)}
CLAIMS = [Claim(code, value * 2 if code in ("u03", "u11") else value, kind="") for code, value in TRUTH.items()]
DESIGN = design(CLAIMS, visits=10, seed="2026-07-03")


def audited(drawn: Design, count: int) -> dict[str, int | Decimal | None]:
    return {code: TRUTH[code] for code in drawn.order[:count]}


def upper(estimated: Estimate) -> float:
    """Return the upper end, which these tests expect to be there."""
    assert estimated.upper is not None
    return estimated.upper


def codes(estimated: Estimate) -> set[str]:
    return {remark.code for remark in estimated.remarks}


def test_the_interval_only_narrows_from_visit_to_visit_and_holds_the_truth() -> None:
    looks = [estimate(DESIGN, audited(DESIGN, count)) for count in range(len(DESIGN.order) + 1)]
    total = sum(TRUTH.values())
    for before, after in pairwise(looks):
        assert after.lower >= before.lower - 1e-6
        assert upper(after) <= upper(before) + 1e-6
    assert all(look.lower <= total <= upper(look) for look in looks)
    assert (looks[0].lower, looks[0].upper) == (0, sum(claim.claimed for claim in CLAIMS))


def test_once_all_are_counted_the_total_is_exact() -> None:
    everybody = design(CLAIMS, visits=30, seed="x")
    done = estimate(everybody, dict(TRUTH))
    assert done.value == done.lower == done.upper == sum(TRUTH.values())
    assert is_certain_enough(done, within=0.0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from([0, 0.5, 1, 1.5])), min_size=2, max_size=20),
    st.integers(1, 20),
    st.sampled_from([1, 2]),
)
def test_the_ends_are_always_possible_and_the_point_lies_between(county, visits: int, kinds: int) -> None:
    claims = [Claim(f"u{number}", said, kind=str(number % kinds)) for number, (said, _) in enumerate(county)]
    there = {f"u{number}": Decimal(said) * Decimal(share) for number, (said, share) in enumerate(county)}
    drawn = design(claims, visits=visits, seed="h", cap=Decimal("1.5"))
    found = estimate(drawn, {code: there[code] for code in drawn.order[: drawn.visits]})
    known = float(sum(there[code] for code in drawn.order[: drawn.visits]))
    assert known - 1e-6 <= found.lower <= upper(found) <= 1.5 * float(found.claimed) + 1e-6
    assert found.value is None or found.lower <= found.value <= upper(found)


def test_strata_with_the_same_bets_bound_a_sum_as_one_stratum_does() -> None:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.ones(20))[None, :12]
    values = np.where(rng.random((1, 12)) < 0.3, rng.random((1, 12)), 1)
    draws = Draws(values, shares, np.ones((1, 12), dtype=bool))
    bets = bets_on(draws, planned=np.array([12.0]), risk=0.04, expected=EXPECTED_TRUE)
    made = np.tril(np.ones((12, 12), dtype=bool))
    looks = Draws(np.tile(values, (12, 1)), np.tile(shares, (12, 1)), made)
    alone = least_sum([Stratum(np.full(12, 3.0), looks, np.tile(bets, (12, 1)))], risk=0.04).max()
    assert alone == pytest.approx(3 * lower_bound(draws, bets, risk=0.04)[0], abs=1e-6)


def test_wealth_at_the_true_mean_is_a_fair_game() -> None:
    """The mean of what one unit of wealth becomes is 1, whatever the values: the whole proof rests on it."""
    sizes, values = np.array([1.0, 2, 3, 4, 5]), np.array([0.0, 1, 0.3, 1, 0.8])
    shares = sizes / sizes.sum()
    mean, total = float(shares @ values), 0.0
    for first in range(5):
        for second in set(range(5)) - {first}:
            chance = shares[first] * shares[second] / (1 - shares[first])
            draws = Draws(values[None, [first, second]], shares[None, [first, second]], np.ones((1, 2), dtype=bool))
            drawn_mean = np.array([mean, (mean - shares[first] * values[first]) / (1 - shares[first])])
            total += chance * float(np.prod(1 + 0.7 * (draws.values[0] / drawn_mean - 1)))
    assert total == pytest.approx(1, abs=1e-12)


def test_a_mean_that_is_rejected_stays_rejected_for_all_smaller_ones() -> None:
    rng = np.random.default_rng(5)
    draws = Draws(rng.random((40, 8)), np.full((40, 8), 0.05), np.ones((40, 8), dtype=bool))
    bets = bets_on(draws, planned=np.full(40, 8.0), risk=0.05, expected=0.85)
    wealth = [highest_log_wealth(np.full(40, mean), draws, bets) for mean in np.linspace(0.45, 1.4, 30)]
    assert all((after <= before + 1e-9).all() for before, after in pairwise(wealth))


@pytest.mark.parametrize("cheating", [Cheating("in", inflated=0.3), Cheating("under", under_reported=0.3, cap=1.5)])
@pytest.mark.parametrize("strata", [1, 2])
def test_the_bench_reckons_what_the_office_reckons(cheating: Cheating, strata: int) -> None:
    rng = np.random.default_rng(2)
    made = make_counties(Scenario(24, 8, cheating, strata), runs=1, rng=rng)
    claims = [
        Claim(f"u{unit:02}", Decimal(float(made.claimed[0, unit])), kind=str(int(made.kinds[0, unit])))
        for unit in range(24)
    ]
    drawn = design(claims, visits=8, seed="b", cap=Decimal(str(cheating.cap)))
    there = {f"u{unit:02}": Decimal(float(made.there[0, unit])) for unit in range(24)}
    ours = estimate(drawn, {code: there[code] for code in drawn.order[:8]})
    samples = draw_samples(made, visits=8, strata=strata, rng=cast(np.random.Generator, _Clocks(drawn)))
    theirs = intervals_of(made, samples, strata=strata, cap=cheating.cap)
    assert ours.lower == pytest.approx(theirs.lower[0], rel=1e-6)
    assert ours.upper == pytest.approx(theirs.upper[0], rel=1e-6)


class _Clocks:
    """Rings in the order of a design instead of by chance."""

    def __init__(self, drawn: Design) -> None:
        places = {code: number for number, code in enumerate(drawn.order)}
        self.times = np.array([[places.get(member.claim.code, 99) + 1.0 for member in drawn.members]])
        self.sizes = np.array([[float(member.size) for member in drawn.members]])

    def exponential(self, size: tuple[int, int]):
        return self.times * self.sizes


@pytest.mark.parametrize("cheating", [Cheating("none"), Cheating("10 %", fabricated=0.1, inflated=0.2)])
def test_the_truth_is_covered_at_every_look_in_19_of_20_counties(cheating: Cheating) -> None:
    row = measure_scenario(Scenario(60, 12, cheating), runs=400, seed=3)
    assert row["covered"] >= 0.95
    assert row["to_stringer"] < 0.9


def test_counties_are_made_as_asked() -> None:
    made: Counties = make_counties(Scenario(50, 5, Cheating("all", inflated=1.0)), runs=3, rng=np.random.default_rng(0))
    assert ((made.claimed / made.there >= 1.2) & (made.claimed / made.there <= 3)).all()


def test_more_than_the_cap_leaves_no_upper_end_and_a_cap_that_allows_it_does() -> None:
    found = audited(DESIGN, 10)
    found[DESIGN.order[4]] = 10_000
    beyond = estimate(DESIGN, found)
    assert beyond.upper is None and not beyond.is_promised and "beyond_cap" in codes(beyond)
    assert not is_certain_enough(beyond, within=1.0)
    wide = design(CLAIMS, visits=10, seed="2026-07-03", cap=200)
    assert estimate(wide, {**audited(wide, 10), wide.order[4]: 10_000}).is_promised


def test_a_kind_without_visits_is_named() -> None:
    drawn = design([Claim(f"{kind}{n}", 10, kind=kind) for kind in "abc" for n in range(3)], visits=2, seed="s")
    found = estimate(drawn, dict.fromkeys(drawn.order[:2], 10))
    assert "stratum_without_visits" in codes(found) and found.value is None and not found.is_promised


@given(st.permutations([f"u{n}" for n in range(6)]), st.dictionaries(st.integers(0, 5), st.integers(0, 9)))
def test_only_visits_up_to_the_first_gap_in_the_drawn_order_are_used(order: list[str], found: dict[int, int]) -> None:
    drawn = replace(design([Claim(code, 10) for code in sorted(order)], visits=6, seed="s"), order=tuple(order))
    audited = {f"u{number}": value for number, value in found.items()}
    visits = visits_of(drawn, audited)
    used, waiting = visits.in_turn, visits.out_of_turn
    assert list(used) == list(order[: len(used)])
    assert len(used) == len(order) or order[len(used)] not in audited
    assert set(used) | set(waiting) == set(audited) and not set(used) & set(waiting)
    with pytest.raises(ValueError, match="u6"):
        visits_of(drawn, audited | {"u6": 1})


def test_visits_that_somebody_chose_say_nothing_of_the_others() -> None:
    chosen = {code: TRUTH[code] for code in DESIGN.order[3:6]}
    found = estimate(DESIGN, chosen)
    assert codes(found) >= {"haphazard"} and not found.is_promised and found.value is None
    assert found.lower == sum(chosen.values())
    mixed = estimate(DESIGN, {**audited(DESIGN, 6), DESIGN.order[8]: TRUTH[DESIGN.order[8]]})
    assert "not_by_draw" in codes(mixed) and mixed.is_promised and mixed.visited == 6


def test_without_a_design_only_what_was_found_holds() -> None:
    found = estimate_without_design(CLAIMS, {"u00": 90, "u01": None})
    assert "unknown_chances" in codes(found) and not found.is_promised and found.value is None
    assert found.lower == 90


def test_an_order_that_does_not_come_out_of_its_seed_proves_nothing() -> None:
    forged = from_json({**as_json(DESIGN), "seed": "another"})
    found = estimate(forged, audited(forged, 10))
    assert "not_repeatable" in codes(found) and found.lower == sum(TRUTH[code] for code in forged.order[:10])


def test_what_could_not_be_counted_is_taken_at_its_worst_both_ways() -> None:
    counted = audited(DESIGN, 10)
    unsure = {**counted, DESIGN.order[9]: None}
    found = estimate(DESIGN, unsure)
    assert "not_checked" in codes(found)
    assert found.lower <= estimate(DESIGN, counted).lower
    assert upper(found) >= upper(estimate(DESIGN, counted))


def test_before_the_first_visits_there_is_no_point() -> None:
    assert estimate(DESIGN, {}).value is None
    assert "too_early" in codes(estimate(DESIGN, {}))


def test_units_that_did_not_report_add_up_to_their_cap_and_nothing_to_the_value() -> None:
    before = estimate(DESIGN, audited(DESIGN, 10))
    after = add_missing(before, missing=2, added=700)
    assert (after.value, after.lower, after.upper) == (before.value, before.lower, upper(before) + 700)
    assert add_missing(before, missing=1, added=None).upper is None
    assert not add_missing(before, missing=1, added=None).is_promised
    assert add_missing(before, missing=0, added=None) == before


@pytest.mark.parametrize("wrong", [{"u00": -1}, {"nobody": 3}])
def test_what_no_visit_can_have_found_is_an_error(wrong: dict) -> None:
    with pytest.raises(ValueError, match="visit"):
        estimate(DESIGN, wrong)


def test_a_hidden_claim_of_nothing_is_covered_by_its_stated_cap() -> None:
    claims = [*CLAIMS, Claim("zero", 0)]
    drawn = design(claims, visits=30, seed="z", cap=2, zero_cap=500)
    found = estimate(drawn, {code: TRUTH.get(code, 400) for code in drawn.order[:30]})
    assert upper(found) >= sum(TRUTH.values()) + 400
    assert found.is_promised
