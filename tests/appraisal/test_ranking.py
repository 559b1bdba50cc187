"""Ranks: ties, what the unknown and other weights could make of them."""

import time
from datetime import timedelta
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.appraisal.scoring.facts import MeetingFact, TaskFact, UnitFacts, VolumeFact
from safemonth.appraisal.scoring.ranking import standings
from safemonth.appraisal.scoring.rules import ALL as ONE
from safemonth.appraisal.scoring.rules import NONE as NOUGHT
from safemonth.appraisal.scoring.rules import Line, lines_of
from safemonth.appraisal.scoring.stability import STEPS, stability
from safemonth.appraisal.scoring.weighing import points_of
from tests.appraisal.making import AS_OF, DUE, SHEET, counties, item


def ranks(**points):
    return {
        code: each.rank for code, each in standings({c: (Decimal(p), Decimal(p)) for c, p in points.items()}).items()
    }


def test_equal_points_share_a_rank_and_the_next_is_skipped():
    assert ranks(a=90, b=95, c=95, d=20) == {"b": 1, "c": 1, "a": 3, "d": 4}


def test_an_unknown_gives_a_span_of_ranks_and_no_rank():
    found = standings(
        {"a": (Decimal(50), Decimal(80)), "b": (Decimal(70), Decimal(70)), "c": (Decimal(10), Decimal(10))}
    )
    assert (found["a"].best, found["a"].worst, found["a"].rank) == (1, 2, None)
    assert (found["b"].best, found["b"].worst) == (1, 2)
    assert found["c"].rank == 3


pairs = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (Decimal(min(p)), Decimal(max(p))))


@settings(max_examples=60, deadline=None)
@given(st.lists(pairs, min_size=1, max_size=5))
def test_the_span_is_exactly_what_the_unknown_can_make(all_pairs):
    found = standings({str(at): pair for at, pair in enumerate(all_pairs)})
    seen: dict[str, set[int]] = {str(at): set() for at in range(len(all_pairs))}
    for world in product(*({low, high} for low, high in all_pairs)):
        for at, own in enumerate(world):
            seen[str(at)].add(1 + sum(other > own for other in world))
    for code, ranks_seen in seen.items():
        assert (found[code].best, found[code].worst) == (min(ranks_seen), max(ranks_seen))


def test_how_many_points_would_move_a_unit():
    found = standings({c: (Decimal(p), Decimal(p)) for c, p in {"a": "90", "b": "88.5", "c": "80"}.items()})
    assert (found["b"].to_rise, found["b"].to_fall) == (Decimal("1.51"), Decimal("8.51"))
    assert found["a"].to_rise is None and found["c"].to_fall is None
    assert found["b"].to_rise is not None
    risen = standings(
        {"a": (Decimal(90),) * 2, "b": (Decimal("88.5") + found["b"].to_rise,) * 2, "c": (Decimal(80),) * 2}
    )
    assert risen["b"].rank == 1


def test_other_weights_show_whose_rank_hangs_on_one_item():
    items = [item("time", "on_time", 50), item("proof", "evidenced", 50)]
    lines = {
        "a": [Line("time", "on_time", ONE, ONE), Line("proof", "evidenced", NOUGHT, NOUGHT)],
        "b": [Line("time", "on_time", NOUGHT, NOUGHT), Line("proof", "evidenced", ONE, ONE)],
        "c": [Line("time", "on_time", NOUGHT, NOUGHT), Line("proof", "evidenced", NOUGHT, NOUGHT)],
    }
    found = stability(items, lines)
    assert (found["a"].rank, found["b"].rank, found["c"].rank) == (1, 1, 3)
    assert found["a"].change_percent in (STEPS[0], -STEPS[0]) and found["a"].rank_then == 2
    assert (found["c"].highest, found["c"].lowest, found["c"].change_percent) == (3, 3, None)


@settings(max_examples=30, deadline=None)
@given(counties())
def test_the_ranks_without_a_change_are_those_of_the_points(units):
    lines = lines_of(SHEET, units, as_of=AS_OF)
    points = {code: points_of(SHEET, each) for code, each in lines.items()}
    lows = {code: (each.low if each else Decimal(0)) for code, each in points.items()}
    expected = {code: 1 + sum(other > own for other in lows.values()) for code, own in lows.items()}
    assert {code: each.rank for code, each in stability(SHEET, lines).items()} == expected


def test_eighty_units_are_ranked_and_their_stability_found_within_a_second():
    units = [
        UnitFacts(
            f"u{n}",
            "township",
            tasks=(TaskFact("everyone", DUE, DUE + timedelta(days=n % 12), is_evidenced=n % 3 == 0),),
            meetings=(MeetingFact(n % 2 == 0),),
            volumes={"leaflets": VolumeFact(n * 7 % 40)},
        )
        for n in range(80)
    ]
    lines = lines_of(SHEET, units, as_of=AS_OF)
    begun = time.process_time()
    stability(SHEET, lines)
    standings({code: (p.low, p.high) for code, each in lines.items() if (p := points_of(SHEET, each))})
    assert len(units) == 80 and time.process_time() - begun < 1
