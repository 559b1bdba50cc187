"""The draw: exact probabilities, exactly so many, no one where they may not, even loads, and the same again."""

import json
import math
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.drawing import draw
from safemonth.collect.inspection.drives.frame import FrameWorkplace, frame_from_json
from safemonth.collect.inspection.drives.inclusion import inclusions, selected
from safemonth.collect.inspection.drives.sharing import Shares, drawn_shares
from safemonth.lib.chances import Chances, seed_digest
from safemonth.lib.refusals import Refused
from tests.collect.inspection.drives.frames import RISKS, a_frame, made_or_refused

KEPT = json.loads(Path(__file__).with_name("kept_draw.json").read_text("utf-8"))


def chances(seed: str, purpose: str = "select") -> Chances:
    return Chances(seed=seed, witness="", frame_sha256="0" * 64, purpose=purpose)


def test_the_stream_is_what_the_document_says_and_will_always_be():
    import hashlib

    block = hashlib.sha256(b"safemonth draw 1\0s\0w\0" + b"f" * 64 + b"\0select\0" + bytes(8)).digest()
    stream = Chances(seed="s", witness="w", frame_sha256="f" * 64, purpose="select")
    assert stream.below(2**256) == int.from_bytes(block, "big")
    assert [chances("abc").below(6) for _ in range(3)] == [chances("abc").below(6)] * 3
    # Kept for ever: a change of these numbers is a change of every draw that was made.
    stream = chances("2019-06")
    assert [stream.below(100) for _ in range(8)] == KEPT["below_100"]
    assert chances("2019-06").shuffled(range(10)) == KEPT["shuffled"]
    assert seed_digest("2019-06") == KEPT["seed_digest"]


def test_a_draw_once_made_is_made_again_for_ever():
    frame = a_frame(interests=[("i1a", "w2")])
    again = json.loads(json.dumps(draw(frame, seed="2019-06", witness="17 4 9").as_json()))
    assert again["frame_sha256"] == KEPT["frame_sha256"]
    assert [[v["workplace"], v["team"], v["day"]] for v in again["visits"]] == KEPT["visits"]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_draw_keeps_what_a_draw_must_keep(data):
    there = data.draw(st.integers(1, 30))
    teams = data.draw(st.integers(1, 5))
    frame = a_frame(
        there=there,
        count=data.draw(st.integers(1, there)),
        teams=teams,
        risks=data.draw(st.lists(st.sampled_from(RISKS), min_size=1, max_size=6)),
        interests=data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from([f"i{n}a" for n in range(1, teams + 1)]),
                    st.sampled_from([f"w{n}" for n in range(1, there + 1)]),
                ),
                max_size=12,
            )
        ),
        visits_a_day=30,
    )
    seed = data.draw(st.text(max_size=8))
    drawn, code = made_or_refused(lambda: draw(frame, seed=seed))
    if drawn is None:
        assert code in {"draw_too_few", "draw_all_barred", "draw_not_even"}
        return
    said = json.loads(json.dumps(drawn.as_json(), ensure_ascii=False))
    assert breaches(said) == []
    assert draw(frame_from_json(said["frame"]), seed=seed).as_json() == drawn.as_json()


@given(st.integers(1, 40), st.integers(1, 40), st.lists(st.sampled_from(RISKS[1:]), min_size=1, max_size=5))
def test_probabilities_sum_to_the_number_drawn_and_go_by_the_weights(there, count, risks):
    frame = a_frame(there=max(there, count), count=count, risks=risks)
    found = inclusions(frame)
    assert sum((each.probability for each in found.values()), Fraction(0)) == count
    assert all(0 < each.probability <= 1 for each in found.values())
    free = {
        each.probability / frame.weights[row.risk]
        for row in frame.workplaces
        if (each := found[row.key]).probability < 1
    }
    assert len(free) <= 1
    factor = next(iter(free), None)
    assert factor is None or all(
        factor * frame.weights[row.risk] >= 1 for row in frame.workplaces if found[row.key].probability == 1
    )


def test_each_start_of_the_line_is_counted_so_the_probabilities_are_exact():
    """Over all orders and starts of a small frame, how often each is chosen is its probability exactly."""
    from itertools import permutations

    frame = a_frame(there=5, count=2, risks=("orange", "yellow", "blue"))
    total = sum(frame.weights[row.risk] for row in frame.workplaces)
    times: Counter[str] = Counter()

    class Given(Chances):
        def __init__(self, order, start):
            self.order, self.start = order, start

        def shuffled(self, items):
            return [items[at] for at in self.order]

        def below(self, count):
            assert count == total
            return self.start

    for order in permutations(range(5)):
        for start in range(total):
            times.update(selected(frame, Given(order, start)))
    found = inclusions(frame)
    assert {key: Fraction(times[key], math.factorial(5) * total) for key in found} == {
        key: each.probability for key, each in found.items()
    }


def test_simulated_draws_choose_each_as_often_as_stated():
    frame = a_frame(there=24, count=9, risks=RISKS)
    found = inclusions(frame)
    runs = 4000
    times: Counter[str] = Counter()
    for run in range(runs):
        chosen = selected(frame, chances(str(run)))
        assert len(set(chosen)) == 9
        times.update(chosen)
    for key, each in found.items():
        p = float(each.probability)
        # Five standard deviations: one of 24 false alarms in some 100,000 suites; seeds are fixed besides.
        assert abs(times[key] / runs - p) <= 5 * math.sqrt(p * (1 - p) / runs), key


def test_with_no_one_barred_every_even_sharing_is_as_likely():
    shares = Shares(workplaces=("a", "b", "c", "d"), teams=(1, 2, 3), barred={})
    runs = 7200
    times = Counter(tuple(drawn_shares(shares, chances(str(run))).values()) for run in range(runs))
    assert len(times) == 36
    expected = runs / 36
    chi_square = sum((count - expected) ** 2 / expected for count in times.values())
    assert chi_square < 66.6  # the 99.9th percentile at 35 degrees of freedom


@settings(deadline=None)
@given(
    st.integers(1, 5),
    st.integers(1, 3),
    st.sets(st.tuples(st.integers(0, 4), st.integers(1, 3))),
    st.integers(0, 10**6),
)
def test_a_sharing_is_found_wherever_there_is_one_and_refused_wherever_there_is_none(there, teams, bars, seed):
    workplaces = tuple(f"w{n}" for n in range(there))
    barred = {w: frozenset(t for n, t in bars if f"w{n}" == w) for w in workplaces}
    shares = Shares(workplaces=workplaces, teams=tuple(range(1, teams + 1)), barred=barred)
    possible = [
        each
        for each in product(shares.teams, repeat=there)
        if all(t not in barred[w] for w, t in zip(workplaces, each, strict=True))
        and max(map(each.count, shares.teams)) - min(map(each.count, shares.teams)) <= 1
    ]
    found, code = made_or_refused(lambda: tuple(drawn_shares(shares, chances(str(seed))).values()))
    if found is None:
        assert code in {"draw_all_barred", "draw_not_even"}
        assert possible == []
    else:
        assert found in possible


def test_red_and_named_ones_are_in_and_say_so():
    frame = a_frame(there=10, count=4)
    named = FrameWorkplace("w99", "被点名", "blue", "mine", "1301", is_named=True)
    frame = type(frame)(**{**frame.__dict__, "workplaces": (*frame.workplaces, named)})
    why = {visit.workplace: visit.why for visit in draw(frame, seed="x").visits}
    assert {key for key, each in why.items() if each == "certain"} == {"w10", "w5"}
    assert why["w99"] == "named"
    assert Counter(why.values()) == {"certain": 2, "named": 1, "random": 1}


def test_nobody_inspects_the_workplace_of_their_own_unit():
    frame = a_frame(there=6, count=6, teams=2, risks=("blue",))
    own = FrameWorkplace("w7", "自家", "blue", "mine", "1301", unit="d9")
    teams = tuple(
        type(team)(team.number, (*team.inspectors, type(team.inspectors[0])("x", "d9"))) if team.number == 1 else team
        for team in frame.teams
    )
    frame = type(frame)(**{**frame.__dict__, "workplaces": (*frame.workplaces, own), "teams": teams, "count": 7})
    for seed in range(20):
        assert next(visit.team for visit in draw(frame, seed=str(seed)).visits if visit.workplace == "w7") == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 21}, "draw_too_many"),
        ({"count": 0}, "draw_too_many"),
        ({"count": 3}, "draw_too_few"),
        ({"teams": 0}, "draw_no_teams"),
        ({"days": 0}, "draw_no_days"),
        ({"visits_a_day": 0}, "draw_no_days"),
        ({"days": 1, "visits_a_day": 2}, "draw_too_few_days"),
        ({"interests": [(f"i{n}a", "w5") for n in (1, 2, 3)]}, "draw_all_barred"),
        ({"interests": [("i1a", f"w{n}") for n in range(1, 21)]}, "draw_not_even"),
        ({"risks": ("purple",)}, "draw_bad_weight"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(changes, code):
    with pytest.raises(Refused) as caught:
        draw(a_frame(**changes), seed="x")
    assert caught.value.code == code


def test_a_change_of_the_frame_or_of_the_word_said_is_another_draw():
    frame = a_frame(there=60, count=30)
    first = [visit.workplace for visit in draw(frame, seed="x").visits]
    assert first != [visit.workplace for visit in draw(frame, seed="x", witness="7").visits]
    assert first != [visit.workplace for visit in draw(a_frame(there=60, count=30, days=4), seed="x").visits]


SPOILED = [
    ("count", lambda said: said["visits"].pop()),
    ("twice", lambda said: said["visits"][0].update(workplace=said["visits"][1]["workplace"])),
    ("unknown_workplace", lambda said: said["visits"][0].update(workplace="x")),
    ("unknown_team", lambda said: said["visits"][0].update(team=9)),
    ("certain_left_out", lambda said: said["visits"].remove(next(v for v in said["visits"] if v["why"] == "certain"))),
    ("barred", lambda said: said["frame"]["interests"].extend(_interest_everywhere(said))),
    ("uneven", lambda said: [visit.update(team=1) for visit in said["visits"]]),
    ("unknown_day", lambda said: said["visits"][0].update(day="2019-07-01")),
    ("full_day", lambda said: [visit.update(day="2019-06-03", team=1) for visit in said["visits"]]),
    ("probability", lambda said: next(v for v in said["visits"] if v["why"] == "random").update(probability="1/2")),
    ("digest", lambda said: said["frame"].update(count=said["frame"]["count"] + 1)),
    ("positions", lambda said: said["visits"][0].update(position=77)),
]


def _interest_everywhere(said):
    return [{"inspector": "i1a", "workplace": visit["workplace"]} for visit in said["visits"]]


@pytest.mark.parametrize(("code", "spoil"), SPOILED, ids=[code for code, _ in SPOILED])
def test_the_check_sees_each_thing_that_a_draw_does_not_keep(code, spoil):
    said = json.loads(json.dumps(draw(a_frame(), seed="x").as_json()))
    assert breaches(said) == []
    spoil(said)
    assert code in {breach.code for breach in breaches(said)}


def test_what_is_no_frame_is_refused():
    for data in (
        {},
        {"format": "other"},
        {**a_frame().as_json(), "count": "many"},
        {**a_frame().as_json(), "teams": 3},
    ):
        with pytest.raises(Refused) as caught:
            frame_from_json(data)
        assert caught.value.code == "not_a_frame"
