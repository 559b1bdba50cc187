"""Scores are fair: what may change them, what must not, and which way."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.appraisal.scoring.facts import FindingFact, TaskFact, UnitFacts, VolumeFact
from safemonth.appraisal.scoring.ranking import standings
from safemonth.appraisal.scoring.rules import lines_of
from tests.appraisal.making import AS_OF, DUE, SHEET, bounds, counties, item, scored

EXAMPLES = settings(max_examples=50, deadline=None)


def line(unit, code, items=SHEET, others=()):
    lines = lines_of(items, [unit, *others], as_of=AS_OF)[unit.code]
    return next(each for each in lines if each.item == code)


@EXAMPLES
@given(counties(), st.randoms(use_true_random=False))
def test_relabelling_units_and_their_order_changes_no_score(units, random):
    names = [f"乡{at}" for at in range(len(units))]
    random.shuffle(names)
    renamed = [replace(unit, code=name) for unit, name in zip(units, names, strict=True)]
    random.shuffle(renamed)
    before, after = scored(units), scored(renamed)
    for unit, name in zip(units, names, strict=True):
        assert before[unit.code] == after[name]


@EXAMPLES
@given(counties(), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_names_or_order(units, random):
    points = {code: bounds(each) for code, each in scored(units).items() if each}
    order = list(points)
    random.shuffle(order)
    again = standings({f"x{code}": points[code] for code in order})
    assert {f"x{code}": each for code, each in standings(points).items()} == again


@EXAMPLES
@given(counties(), st.sampled_from(["assigned_late", "called_off", "excused"]), st.data())
def test_a_task_without_chance_counts_as_one_that_was_never_asked(units, why, data):
    at = data.draw(st.integers(0, len(units) - 1))
    if not units[at].tasks:
        return
    task = data.draw(st.integers(0, len(units[at].tasks) - 1))
    tasks = list(units[at].tasks)
    without = replace(units[at], tasks=(*tasks[:task], *tasks[task + 1 :]))
    excused = replace(units[at], tasks=(*tasks[:task], replace(tasks[task], no_chance=why), *tasks[task + 1 :]))
    assert bounds(scored([*units[:at], without, *units[at + 1 :]])[units[at].code]) == bounds(
        scored([*units[:at], excused, *units[at + 1 :]])[units[at].code]
    )


def test_a_county_wide_call_off_leaves_the_item_out_gives_its_weight_away_and_says_so():
    good = TaskFact("everyone", DUE, DUE, is_evidenced=True)
    off = TaskFact("media", DUE, None, no_chance="called_off")
    items = [item("all", "on_time", 60, tasks=("everyone",)), item("media", "done", 40, tasks=("media",))]
    unit = UnitFacts("a", "township", tasks=(good, off))
    points = scored([unit], items)["a"]
    assert bounds(points) == (100, 100)
    assert [each.weight for each in points.lines] == [100, 0]
    assert points.lines[1].line.saying == "no_chance" and points.lines[1].line.params["why"] == ["called_off"]


@EXAMPLES
@given(counties())
def test_a_county_where_all_tasks_are_called_off_marks_nobody_down_for_them(units):
    off = [replace(u, tasks=tuple(replace(t, no_chance="called_off") for t in u.tasks)) for u in units]
    none = [replace(u, tasks=()) for u in units]
    assert {code: bounds(each) for code, each in scored(off).items()} == {
        code: bounds(each) for code, each in scored(none).items()
    }


def test_what_is_missing_is_not_nought_but_from_to():
    silent = UnitFacts("a", "township", tasks=(TaskFact("everyone", DUE),))
    done, evidence = line(silent, "done"), line(silent, "evidenced")
    assert (done.low, done.high, evidence.low, evidence.high) == (0, 1, 0, 1)
    assert done.saying == "nothing_yet" and not done.is_known and not done.is_left_out
    points = scored([silent])["a"]
    assert points.low < points.high and not points.is_known


def test_that_a_return_never_came_is_known_and_not_excused_by_silence():
    silent = UnitFacts("a", "township", tasks=(TaskFact("everyone", DUE),))
    assert (line(silent, "answered").high, line(silent, "on-time").high) == (0, 0)
    early = UnitFacts("a", "township", tasks=(TaskFact("everyone", AS_OF + timedelta(days=1)),))
    assert (line(early, "answered").low, line(early, "answered").high) == (0, 1)


def test_a_signed_nil_return_is_an_answer_and_says_that_nothing_was_done():
    nil = UnitFacts("a", "township", tasks=(TaskFact("everyone", DUE, DUE, is_nil=True),))
    assert line(nil, "answered").low == line(nil, "on-time").low == 1
    assert (line(nil, "done").low, line(nil, "done").high) == (0, 0)
    silent = replace(nil, tasks=(TaskFact("everyone", DUE),))
    assert scored([nil])["a"].low > scored([silent])["a"].low


def test_an_unknown_number_is_not_nought_and_a_nil_one_is():
    others = [UnitFacts(f"o{n}", "township", volumes={"leaflets": VolumeFact(100)}) for n in range(5)]
    unknown = UnitFacts("a", "township", volumes={"leaflets": VolumeFact(None)})
    nil = replace(unknown, volumes={"leaflets": VolumeFact(0)})
    assert (line(unknown, "leaflets", others=others).low, line(unknown, "leaflets", others=others).high) == (0, 1)
    assert line(nil, "leaflets", others=others).high == 0


@EXAMPLES
@given(counties(), st.data())
def test_more_evidence_never_lowers_a_score(units, data):
    at = data.draw(st.integers(0, len(units) - 1))
    if not units[at].tasks:
        return
    task = data.draw(st.integers(0, len(units[at].tasks) - 1))
    tasks = list(units[at].tasks)
    came = tasks[task].came_on or AS_OF
    tasks[task] = replace(tasks[task], came_on=min(came, AS_OF), is_nil=False, is_evidenced=True)
    better = [*units[:at], replace(units[at], tasks=tuple(tasks)), *units[at + 1 :]]
    before, after = scored(units)[units[at].code], scored(better)[units[at].code]
    assert (before is None) == (after is None)
    if before and after:
        assert after.low >= before.low


@EXAMPLES
@given(counties(), st.integers(1, 12), st.data())
def test_earlier_never_lowers_a_score(units, earlier, data):
    at = data.draw(st.integers(0, len(units) - 1))
    unit = units[at]
    sooner = replace(
        unit,
        tasks=tuple(replace(t, came_on=(t.came_on or AS_OF) - timedelta(days=earlier)) for t in unit.tasks),
        hazards=tuple(replace(h, done_on=(h.done_on or AS_OF) - timedelta(days=earlier)) for h in unit.hazards),
    )
    before = scored(units)[unit.code]
    after = scored([*units[:at], sooner, *units[at + 1 :]])[unit.code]
    if before and after:
        assert after.low >= before.low


@EXAMPLES
@given(st.lists(st.integers(1, 500), min_size=4, max_size=9), st.integers(0, 10**9))
def test_volume_beyond_the_cap_changes_nothing_for_anybody(values, more):
    others = [UnitFacts(f"o{n}", "township", volumes={"leaflets": VolumeFact(v)}) for n, v in enumerate(values)]
    items = [item("on-time", "on_time", 90), item("leaflets", "volume", 10, indicator="leaflets")]
    most = max(values) + 1
    mine = UnitFacts("me", "township", tasks=(TaskFact("t", DUE, DUE),), volumes={"leaflets": VolumeFact(most)})
    far = replace(mine, volumes={"leaflets": VolumeFact(most + more)})
    assert lines_of(items, [mine, *others], as_of=AS_OF)["me"][1].low == 1
    one, two = scored([mine, *others], items), scored([far, *others], items)
    assert {code: bounds(each) for code, each in one.items()} == {code: bounds(each) for code, each in two.items()}


@EXAMPLES
@given(counties(least=2), st.integers(0, 5000))
def test_more_volume_never_lowers_the_own_score(units, more):
    volume = units[0].volumes.get("leaflets")
    if volume is None or volume.value is None:
        return
    bigger = replace(units[0], volumes={"leaflets": VolumeFact(volume.value + more)})
    before, after = scored(units)["u0"], scored([bigger, *units[1:]])["u0"]
    if before and after:
        assert after.low >= before.low


def test_units_are_compared_with_units_of_their_kind_only():
    towns = [UnitFacts(f"t{n}", "township", volumes={"leaflets": VolumeFact(1000)}) for n in range(6)]
    offices = [UnitFacts(f"d{n}", "department", volumes={"leaflets": VolumeFact(10)}) for n in range(6)]
    lines = lines_of(SHEET, [*towns, *offices], as_of=AS_OF)
    assert lines["d0"][-1].low == 1 and lines["d0"][-1].params["median"] == "10"


def test_a_township_of_few_people_is_not_measured_by_one_of_many():
    items = [item("on-time", "on_time", 50), item("per-head", "volume_per_head", 50, indicator="leaflets")]
    units = [
        UnitFacts(f"t{n}", "township", population=1000 * (n + 1), volumes={"leaflets": VolumeFact(100 * (n + 1))})
        for n in range(6)
    ]
    assert all(lines[1].low == 1 for lines in lines_of(items, units, as_of=AS_OF).values())


def test_nobody_is_marked_down_for_not_being_visited_and_what_was_not_found_counts():
    unit = UnitFacts("a", "township", tasks=(TaskFact("everyone", DUE, DUE, is_evidenced=True),))
    assert line(unit, "borne-out").is_left_out
    found = replace(unit, findings=(FindingFact(40, 10), FindingFact(10, 30)))
    assert line(found, "borne-out").low * 8 == 5  # (10/40 + 1) / 2: what is over one claim makes up for no other.


@EXAMPLES
@given(counties())
def test_points_are_of_a_hundred_and_weights_in_force_add_up(units):
    for points in scored(units).values():
        if points:
            assert 0 <= points.low <= points.high <= 100
            weight = sum(each.weight for each in points.lines)
            assert weight == 100 or (weight < 100 and any(e.line.item == "leaflets" for e in points.lines))
            # Volume never weighs more than the sheet gives it.
            assert points.lines[-1].weight <= 5


@EXAMPLES
@given(counties())
def test_the_exact_points_follow_from_the_stated_weights_and_shares(units):
    for points in scored(units).values():
        if points:
            exact = sum(each.weight * each.line.low for each in points.lines)
            assert abs(float(exact) - float(points.low)) <= 0.005 + 1e-9
