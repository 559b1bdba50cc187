"""A draw can be repeated by anyone, follows its chances, and leaves nobody out of reach."""

import json
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused
from safemonth.verify.sampling.chances import chances_of
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.sampling.design import as_json, design, from_json, is_repeatable
from safemonth.verify.sampling.drawing import draw_in_turn
from safemonth.verify.sampling.sizes import sizes_of, whole_sizes
from safemonth.verify.sampling.strata import share_out
from safemonth.verify.sampling.take_all import take_all

CLAIMS = [Claim(f"u{number}", number * number * 10, kind="ab"[number % 2]) for number in range(1, 21)]
numbers = st.lists(st.integers(0, 10_000) | st.decimals(0, 1000, places=2), min_size=1, max_size=25)


def brute(sizes: tuple[int, ...], draws: int) -> list[float]:
    """Add up every order in which `draws` could come out."""
    chances = [0.0] * len(sizes)
    for order in permutations(range(len(sizes)), draws):
        chance, left = 1.0, float(sum(sizes))
        for place in order:
            chance *= sizes[place] / left
            left -= sizes[place]
        for place in order:
            chances[place] += chance
    return chances


def test_a_draw_takes_the_first_whose_running_sum_passes_the_chance() -> None:
    def stream() -> Chances:
        return Chances(seed="公布的种子", witness="三点", frame_sha256="0" * 64, purpose="visits 镇")

    chances, sizes, left, expected = stream(), {0: 5, 1: 1, 2: 4, 3: 10}, [0, 1, 2, 3], []
    while left:
        point, running = chances.below(sum(sizes[place] for place in left)), 0
        for place in left:
            running += sizes[place]
            if point < running:
                break
        expected.append(place)
        left.remove(place)
    assert draw_in_turn(list(sizes.values()), count=9, stream=stream()) == tuple(expected)


@pytest.mark.parametrize(
    ("sizes", "draws"), [((1, 2, 3, 4), 2), ((1, 1, 1, 10, 20), 3), ((1, 50, 50, 70, 1000, 10), 4)]
)
def test_chances_equal_the_sum_over_all_orders(sizes: tuple[int, ...], draws: int) -> None:
    assert chances_of(sizes, draws=draws) == pytest.approx(brute(sizes, draws), abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.01, 1000), min_size=2, max_size=40), st.integers(1, 39))
def test_chances_sum_to_the_number_of_draws_and_follow_size(sizes: list[float], draws: int) -> None:
    chances = chances_of(sizes, draws=draws)
    assert sum(chances) == pytest.approx(min(draws, len(sizes)), abs=1e-8)
    by_size = [chance for _, chance in sorted(zip(sizes, chances, strict=True))]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(by_size))


def _stream(seed: str) -> Chances:
    return Chances(seed=seed, witness="", frame_sha256="", purpose="")


def test_draws_come_as_often_as_their_chances_say() -> None:
    sizes, runs = (1, 2, 3, 10), 4000
    counts = [0] * 4
    for run in range(runs):
        for place in draw_in_turn(sizes, count=2, stream=_stream(f"run {run}")):
            counts[place] += 1
    for count, chance in zip(counts, brute(sizes, 2), strict=True):
        assert abs(count / runs - chance) < 4 * (chance * (1 - chance) / runs) ** 0.5


def test_the_large_are_taken_again_and_again_until_nobody_is_too_large() -> None:
    assert take_all([100, 40, 10, 10, 10, 10], visits=3) == (0, 1)
    assert take_all([1, 1, 1], visits=3) == (0, 1, 2)
    assert take_all([5, 5], visits=0) == ()


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.integers(0, 30))
def test_after_taking_all_the_large_every_chance_left_is_below_one(sizes: list[int], visits: int) -> None:
    taken = take_all(sizes, visits=visits)
    rest = [size for place, size in enumerate(sizes) if place not in taken]
    left = visits - len(taken)
    assert not rest or visits >= len(sizes) or all(left * size < sum(rest) for size in rest)
    assert not rest or visits == 0 or left > 0


def test_visits_are_shared_out_by_claimed_size_with_two_for_each_kind() -> None:
    members, totals = {"a": 20, "b": 20, "c": 1}, {"a": 900, "b": 90, "c": 10}
    assert share_out(12, members=members, totals=totals) == {"a": 9, "b": 2, "c": 1}
    assert share_out(2, members=members, totals=totals) == {"a": 1, "b": 1, "c": 0}
    assert sum(share_out(100, members=members, totals=totals).values()) == 41


def test_a_claim_of_nothing_keeps_a_small_chance_and_a_signal_raises_one() -> None:
    claims = [Claim("a", 0), Claim("b", 100), Claim("c", 200, raised_by=3), Claim("d", 300)]
    assert [float(size) for size in sizes_of(claims)] == [20, 100, 600, 300]
    assert sizes_of(claims, zero_cap=Decimal(50))[0] == 50
    assert float(sizes_of([Claim("a", 0)])[0]) == 1
    assert whole_sizes([Decimal("0.25"), Decimal(3)]) == (25, 300)


@settings(max_examples=30, deadline=None)
@given(numbers, st.integers(1, 30), st.randoms())
def test_a_design_can_be_repeated_in_any_order_of_claims(claimed: list[int | Decimal], visits: int, random) -> None:
    claims = [Claim(f"u{number}", value, kind="xyz"[number % 3]) for number, value in enumerate(claimed)]
    drawn = design(claims, visits=visits, seed="s", cap=2)
    random.shuffle(claims)
    assert design(claims, visits=visits, seed="s", cap=2) == drawn
    assert is_repeatable(drawn)
    assert from_json(json.loads(json.dumps(as_json(drawn)))) == drawn
    assert sum(member.chance for member in drawn.members) == pytest.approx(drawn.visits, abs=1e-7)
    assert len(set(drawn.order)) == len(drawn.order) >= drawn.visits


def test_another_seed_draws_others_and_a_changed_order_is_found_out() -> None:
    one, other = design(CLAIMS, visits=8, seed="1"), design(CLAIMS, visits=8, seed="2")
    assert one.order != other.order != design(CLAIMS, visits=8, seed="2", witness="7").order
    swapped = {**as_json(one), "order": [*one.order[:-2], one.order[-1], one.order[-2]]}
    assert not is_repeatable(from_json(swapped))


def test_those_visited_for_certain_come_first_and_larger_ones_before_smaller() -> None:
    drawn = design([*CLAIMS, Claim("big", 50_000, kind="a"), Claim("bigger", 60_000, kind="b")], visits=8, seed="1")
    certain = [member.claim.code for member in drawn.members if member.is_certain]
    assert drawn.order[:2] == ("bigger", "big")
    assert set(drawn.order[: len(certain)]) == set(certain)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"claims": []}, "nobody_to_visit"),
        ({"claims": [Claim("a", 1), Claim("a", 2)]}, "drawn_twice"),
        ({"visits": 0}, "no_visits"),
        ({"seed": ""}, "no_seed"),
        ({"cap": Decimal("0.9")}, "design_out_of_range"),
        ({"level": 1}, "design_out_of_range"),
    ],
)
def test_a_design_that_makes_no_sense_is_refused(changed: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        design(**{"claims": CLAIMS, "visits": 3, "seed": "s", **changed})
    assert refused.value.code == code


@pytest.mark.parametrize("claim", [("", 1), ("a", -1), ("a", Decimal("NaN")), ("a", 1, "", Decimal("0.5"))])
def test_a_claim_that_makes_no_sense_is_an_error(claim: tuple) -> None:
    with pytest.raises(ValueError, match=r"claim|signal"):
        Claim(*claim)
