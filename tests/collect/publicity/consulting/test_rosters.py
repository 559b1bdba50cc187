"""Rosters keep every limit, are the best there is, and say truly why there is none."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings

from safemonth.collect.publicity.consulting.checking import breaches, unmet_wishes
from safemonth.collect.publicity.consulting.limits import Item, items_of, limits_of
from safemonth.collect.publicity.consulting.problem import Booth as StatedBooth
from safemonth.collect.publicity.consulting.problem import Hours, Lock, Placed, Problem, Wish
from safemonth.collect.publicity.consulting.problem import Site as StatedSite
from safemonth.collect.publicity.consulting.reasons import WEIGHT, WEIGHTS, smallest_contradiction
from safemonth.collect.publicity.consulting.remedies import remedies
from safemonth.collect.publicity.consulting.solving import (
    COPIES_BAND_PERCENT,
    COST_OF_COPIES,
    COST_OF_MOVED_BOOTH,
    COST_OF_UNEVEN_BOOTH,
    COST_OF_WISH,
    can_be_done,
    even_share,
    solve,
)
from tests.collect.publicity.consulting.days import MORNING, all_rosters, problems, stated

QUICK = settings(max_examples=60, deadline=None)


def cost_of(problem, roster):
    """What a roster costs, written from docs/figures/roster.md and not from the solver's model."""
    fewest, most = even_share(problem)
    total = sum(booth.copies for booth in problem.booths)
    cost = COST_OF_WISH * len(unmet_wishes(problem, roster))
    for site in problem.sites:
        here = [row.booth for row in roster if row.site == site.code]
        cost += COST_OF_UNEVEN_BOOTH * max(len(here) - most[site.code], fewest[site.code] - len(here), 0)
        share = 1000 // len(problem.sites)
        band = share * COPIES_BAND_PERCENT // 100
        brought = sum(round(1000 * problem.booth[code].copies / total) if total else 0 for code in here)
        cost += COST_OF_COPIES * max(brought - share - band, share - band - brought, 0) if brought_any(problem) else 0
    stands = {row.booth: row.site for row in roster}
    moved = [code for code, site in problem.standing.items() if site in problem.site and stands[code] != site]
    return cost + COST_OF_MOVED_BOOTH * len(moved)


def brought_any(problem):
    return any(booth.copies for booth in problem.booths)


def holds_together(problem, items):
    """Whether some way to put (or leave out) the booths keeps these statements; all ways are tried."""
    limits = [limit for limit in limits_of(problem) if limit.items <= set(items)]
    ways: list[dict[str, str | None]] = [{}]
    for booth in problem.booths:
        ways = [{**way, booth.code: site} for way in ways for site in [*problem.site, None]]
    for way in ways:
        sums = [sum(f for f, (booth, site) in limit.terms if way.get(booth) == site) for limit in limits]
        if all(
            (limit.least is None or total >= limit.least) and (limit.most is None or total <= limit.most)
            for limit, total in zip(limits, sums, strict=True)
        ):
            return True
    return False


@QUICK
@given(problems())
def test_a_roster_is_found_exactly_where_trying_all_ways_finds_one_and_costs_no_more(problem):
    possible = all_rosters(problem)
    solved = solve(problem, seed=1)
    assert solved.status == ("best" if possible else "impossible")
    if possible:
        assert breaches(problem, solved.places) == ()
        assert cost_of(problem, solved.places) == solved.cost == min(cost_of(problem, roster) for roster in possible)


@QUICK
@given(problems())
def test_the_reason_contradicts_itself_and_no_lighter_set_does(problem):
    assume(not all_rosters(problem))
    reason, is_smallest = smallest_contradiction(problem, seed=1, effort=5.0)
    assert is_smallest and not holds_together(problem, reason)

    def weight(items):
        return sum(WEIGHTS.get(item.kind, WEIGHT) for item in items)

    for item in reason:
        assert holds_together(problem, [other for other in reason if other != item])
    if len(items_of(problem)) <= 12:
        for size in range(len(reason) + 1):
            for items in combinations(items_of(problem), size):
                assert weight(items) >= weight(reason) or holds_together(problem, items)


@QUICK
@given(problems())
def test_each_remedy_makes_the_whole_problem_possible(problem):
    solved = solve(problem, seed=1)
    assume(solved.status == "impossible")
    for remedy in remedies(problem, solved.reason, seed=1, effort=5.0):
        assert all_rosters(mended(problem, remedy))


def mended(problem, remedy):
    item, amount = remedy.item, remedy.amount
    site = problem.site.get(item.code)
    match item.kind:
        case "wish":
            return replace(problem, wishes=tuple(w for w in problem.wishes if w.key != item.code))
        case "lock":
            return replace(problem, locks=())
        case "least_stay":
            return replace(problem, least_stay_min=amount)
        case "needs_place":
            kept = [booth for booth in problem.booths if booth.code != item.code]
            wishes = [w for w in problem.wishes if item.code not in (w.booth, w.other)]
            locks = [lock for lock in problem.locks if lock.booth != item.code]
            standing = {b: s for b, s in problem.standing.items() if b != item.code}
            return replace(problem, booths=tuple(kept), wishes=tuple(wishes), locks=tuple(locks), standing=standing)
        case "holds" | "least":
            changed = replace(site, **{item.kind: amount})
        case "room":
            changed = replace(site, room={item.thing: amount})
        case "site_hours":
            changed = replace(site, hours=None)
    return replace(problem, sites=tuple(changed if s.code == item.code else s for s in problem.sites))


def test_twenty_units_at_five_intersections_stand_four_at_each():
    solved = solve(stated(20, (4, 4, 4, 4, 4)), seed=1)
    assert solved.status == "best" and solved.cost == 0
    assert sorted(row.number for row in solved.places) == sorted([1, 2, 3, 4] * 5)


def test_the_same_problem_and_seed_give_the_same_roster():
    wishes = (Wish("w", "together", "b0", other="b7"), Wish("v", "apart", "b1", other="b2"))
    problem = stated(20, (5, 5, 5, 5, 5), wishes=wishes)
    assert solve(problem, seed=7) == solve(problem, seed=7)


def test_one_unit_too_many_is_said_with_every_unit_and_every_site_and_any_site_could_hold_one_more():
    problem = stated(21, (4, 4, 4, 4, 4))
    solved = solve(problem, seed=1)
    assert solved.status == "impossible" and solved.is_smallest
    assert {item.kind for item in solved.reason} == {"needs_place", "holds"} and len(solved.reason) == 26
    found = remedies(problem, solved.reason, seed=1, effort=5.0)
    assert {(r.item.code, r.amount) for r in found if r.item.kind == "holds"} == {(f"s{n}", 5) for n in range(5)}


def test_of_many_wishes_only_those_that_contradict_are_named():
    wishes = (
        Wish("a", "together", "b0", other="b1"),
        Wish("b", "together", "b1", other="b2"),
        Wish("c", "apart", "b0", other="b2"),
        Wish("d", "at", "b5", site="s1"),
        Wish("e", "not_at", "b6", site="s2"),
        Wish("f", "apart", "b7", other="b8"),
    )
    solved = solve(stated(10, (5, 5, 5), wishes=wishes), seed=1)
    # Left out, all would keep their wishes: so one of the three must need a place.
    assert [item.code for item in solved.reason if item.kind == "wish"] == ["a", "b", "c"]
    assert sum(item.kind == "needs_place" for item in solved.reason) == 1 and len(solved.reason) == 4


def test_a_booth_put_by_hand_stays_and_the_others_move_only_where_they_must():
    before = solve(stated(8, (2, 2, 2, 2)), seed=1)
    standing = {row.booth: row.site for row in before.places}
    target = next(site for site in ("s0", "s1") if standing["b0"] != site)
    problem = stated(8, (2, 2, 2, 2), locks=(Lock("b0", target),), standing=standing)
    after = {row.booth: row.site for row in solve(problem, seed=1).places}
    assert after["b0"] == target
    assert sum(after[code] != site for code, site in standing.items()) == 2


def test_two_units_with_hours_apart_share_one_place():
    wishes = (
        Wish("early", "hours", "b0", hours=Hours(510, 600)),
        Wish("late", "hours", "b1", hours=Hours(600, 690)),
    )
    solved = solve(stated(2, (1,), wishes=wishes), seed=1)
    assert [(row.booth, row.number, row.hours) for row in solved.places] == [
        ("b0", 1, Hours(510, 600)),
        ("b1", 1, Hours(600, 690)),
    ]


def test_units_that_stand_together_have_neighbouring_numbers():
    wishes = (Wish("w", "together", "b0", other="b5"), Wish("at", "at", "b0", site="s0"))
    solved = solve(stated(6, (6,), wishes=wishes), seed=1)
    number = {row.booth: row.number for row in solved.places}
    assert abs(number["b0"] - number["b5"]) == 1


def test_what_booths_bring_fits_the_room_at_each_moment():
    problem = Problem(
        hours=MORNING,
        sites=(StatedSite("s0", 9, room={"vehicle": 1}), StatedSite("s1", 9)),
        booths=tuple(StatedBooth(f"b{n}", {"vehicle": 1}) for n in range(4)),
    )
    solved = solve(problem, seed=1)
    assert sum(row.site == "s0" for row in solved.places) == 1


def test_copies_are_spread_where_the_count_of_booths_leaves_a_choice():
    problem = Problem(
        hours=MORNING,
        sites=(StatedSite("s0", 2), StatedSite("s1", 2)),
        booths=tuple(StatedBooth(f"b{n}", copies=copies) for n, copies in enumerate((5000, 5000, 100, 100))),
    )
    solved = solve(problem, seed=1)
    assert {row.site for row in solved.places if row.booth in ("b0", "b1")} == {"s0", "s1"}


def test_a_small_site_is_full_and_the_others_share_the_rest_evenly():
    solved = solve(stated(14, (2, 9, 9)), seed=1)
    counts = [sum(row.site == site for row in solved.places) for site in ("s0", "s1", "s2")]
    assert counts == [2, 6, 6] and solved.cost == 0


def test_sixty_units_at_twelve_sites_with_many_wishes_are_solved_to_the_best():
    wishes = tuple(Wish(f"t{n}", "together", f"b{n}", other=f"b{n + 30}") for n in range(0, 20, 2)) + tuple(
        Wish(f"a{n}", "apart", f"b{n}", other=f"b{n + 1}") for n in range(20, 50, 3)
    )
    problem = stated(60, (5,) * 12, wishes=wishes)
    solved = solve(problem, seed=1)
    assert solved.status == "best" and breaches(problem, solved.places) == ()


def test_no_effort_at_all_is_called_unknown_and_not_impossible():
    problem = stated(40, (3,) * 14, wishes=tuple(Wish(f"w{n}", "apart", f"b{n}", other=f"b{n + 1}") for n in range(30)))
    assert can_be_done(problem, seed=1, effort=0.0) in (None, True)
    assert solve(problem, seed=1, effort=0.0).status in ("unknown", "good", "best")


def test_a_wish_about_a_unit_that_is_not_there_is_the_reason_and_no_error():
    solved = solve(stated(1, (3,), wishes=(Wish("w", "together", "b0", other="gone"),)), seed=1)
    assert solved.status == "impossible"
    assert set(solved.reason) == {Item("needs_place", "b0"), Item("wish", "w")}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Placed("b0", "s0", 1, Hours(500, 690)), "outside_hours"),
        (Placed("b0", "s0", 1, Hours(510, 540)), "too_short"),
        (Placed("b0", "s0", 3, MORNING), "number_beyond"),
        (Placed("b0", "s9", 1, MORNING), "unknown_site"),
        (Placed("b0", "s1", 1, MORNING), "outside_site_hours"),
        (Placed("b0", "s1", 1, Hours(510, 570)), "lock_lost"),
        (Placed("b9", "s0", 1, MORNING), "unknown_booth"),
    ],
)
def test_the_checker_names_what_is_wrong_with_one_place(row, code):
    problem = Problem(
        hours=MORNING,
        sites=(StatedSite("s0", 2), StatedSite("s1", 2, hours=Hours(510, 570))),
        booths=(StatedBooth("b0"),),
        locks=(Lock("b0", "s0"),),
    )
    assert code in {breach.code for breach in breaches(problem, [row])}


def test_the_checker_names_what_is_wrong_with_several():
    problem = Problem(
        hours=MORNING,
        sites=(StatedSite("s0", 1, room={"boards": 1}), StatedSite("s1", 2, least=2)),
        booths=tuple(StatedBooth(f"b{n}", {"boards": 1}) for n in range(4)),
        wishes=(
            Wish("t", "together", "b0", other="b2"),
            Wish("a", "apart", "b0", other="b1"),
            Wish("at", "at", "b0", site="s1"),
            Wish("n", "not_at", "b1", site="s0"),
            Wish("h", "hours", "b2", hours=Hours(510, 570)),
        ),
    )
    rows = [Placed(code, site, 1, MORNING) for code, site in (("b0", "s0"), ("b1", "s0"), ("b2", "s1"), ("b2", "s1"))]
    assert {breach.code for breach in breaches(problem, rows)} == {
        *("not_placed", "placed_twice", "too_full", "no_room", "number_shared", "outside_wished_hours"),
        *("not_together", "not_apart", "not_at_site", "at_site"),
    }


def test_two_wishes_for_hours_of_one_booth_are_no_statement():
    wishes = tuple(Wish(f"h{n}", "hours", "b0", hours=MORNING) for n in range(2))
    with pytest.raises(ValueError, match="one wish for hours"):
        stated(1, (1,), wishes=wishes)
