"""Supervision teams are mixed, go nowhere they have a tie to, and can be drawn again by anyone."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused
from safemonth.verify.teams.checking import breaches
from safemonth.verify.teams.drawing import WEIGHTS_BELOW, contradiction, draw
from safemonth.verify.teams.problem import Limit, Nominee, Problem, limits_of, problem_from

DAYS = ("2019-06-17", "2019-06-18", "2019-06-19", "2019-06-20")
BODIES = ("committee", "propaganda", "union", "youth", "justice")


def founding_case(**known) -> Problem:
    """Five bodies that each name two people, for two teams and twelve units."""
    people = tuple(
        Nominee(
            key=f"{body}-{number}",
            body=body,
            title="干部",
            may_not_visit=frozenset({f"{body}-own"}),
            days=frozenset(DAYS),
        )
        for body in BODIES
        for number in (1, 2)
    )
    told = {"nominees": people, "units": tuple(f"u{n}" for n in range(12)), "team_count": 2, "days": DAYS}
    return Problem(**{**told, **known})


def test_two_teams_have_one_person_of_each_of_five_bodies_and_six_units_each():
    drawn = draw(founding_case(), seed="2019-06-16")
    assert breaches(founding_case(), drawn) == []
    for team in (1, 2):
        members = [key for key, its in drawn.team_of.items() if its == team]
        assert sorted(key.split("-")[0] for key in members) == sorted(BODIES)
        assert sum(its == team for its in drawn.visited_by.values()) == 6


def test_the_draw_is_the_least_sum_of_the_seeds_numbers_whoever_works_it_out():
    problem = founding_case(units=())
    chances = Chances(seed="公开种子", witness="", frame_sha256=problem.sha256, purpose="people")
    places = sorted((each.key, team) for each in problem.nominees for team in (1, 2))
    weight = {place: chances.below(WEIGHTS_BELOW) for place in places}

    def of(picked):
        team_of: dict[str, int] = {}
        for body, first in zip(BODIES, picked, strict=True):
            team_of |= {f"{body}-1": first, f"{body}-2": 3 - first}
        return team_of

    ways = [of(picked) for picked in itertools.product((1, 2), repeat=5)]
    best = min(ways, key=lambda team_of: sum(weight[place] for place in team_of.items()))
    assert draw(problem, seed="公开种子").team_of == best


def test_another_seed_draws_other_teams_and_the_same_seed_the_same():
    problem = founding_case()
    draws = [tuple(sorted(draw(problem, seed=str(n)).team_of.items())) for n in range(8)]
    assert len(set(draws)) > 4
    assert draw(problem_from(problem.as_json()), seed="0") == draw(problem, seed="0")


def test_nobody_is_in_a_team_that_visits_where_they_have_a_tie():
    tied = Nominee("committee-1", "committee", "干部", frozenset({"u0", "u1", "u2"}), frozenset(DAYS))
    problem = founding_case(nominees=(tied, *founding_case().nominees[1:]))
    for seed in ("a", "b", "c"):
        drawn = draw(problem, seed=seed)
        assert breaches(problem, drawn) == []
        assert not any(drawn.visited_by[unit] == drawn.team_of["committee-1"] for unit in tied.may_not_visit)


def test_two_people_of_one_body_that_both_may_not_go_somewhere_are_the_reason():
    nominees = tuple(
        Nominee(each.key, each.body, each.title, frozenset({"u3"}), each.days) if each.body == "union" else each
        for each in founding_case().nominees
    )
    problem = founding_case(nominees=nominees)
    with pytest.raises(Refused) as refused:
        draw(problem, seed="x")
    assert refused.value.code == "team_draw_impossible"
    assert contradiction(problem) == (Limit("mixed", "union"), Limit("barred", "u3"))


def test_a_team_whose_people_share_too_few_days_is_the_reason():
    nominees = tuple(
        Nominee(each.key, each.body, each.title, frozenset(), frozenset(DAYS[:1] if each.body == "youth" else DAYS))
        for each in founding_case().nominees
    )
    named = contradiction(founding_case(nominees=nominees))
    assert Limit("room") in named and {limit.kind for limit in named} & {"days"}


def test_more_teams_than_people_is_refused():
    with pytest.raises(Refused) as refused:
        draw(founding_case(nominees=founding_case().nominees[:1]), seed="x")
    assert refused.value.code == "team_draw_no_teams"


@st.composite
def problems(pick):
    units = tuple(f"u{n}" for n in range(pick(st.integers(0, 6))))
    count = pick(st.integers(1, 3))
    people = tuple(
        Nominee(
            key=f"p{n}",
            body=f"b{pick(st.integers(0, 2))}",
            title="",
            may_not_visit=frozenset(pick(st.sets(st.sampled_from(units or ("none",)), max_size=2))),
            days=frozenset(pick(st.sets(st.sampled_from(DAYS), min_size=1))),
        )
        for n in range(pick(st.integers(count, 6)))
    )
    return Problem(people, units, count, DAYS, a_day=pick(st.integers(1, 3)))


@settings(max_examples=60, deadline=None)
@given(problems(), st.text(min_size=1, max_size=5))
def test_every_draw_keeps_everything_and_every_refusal_has_a_smallest_reason(problem, seed):
    named = contradiction(problem)
    assert set(named) <= set(limits_of(problem))
    if named:
        with pytest.raises(Refused) as refused:
            draw(problem, seed=seed)
        assert refused.value.code == "team_draw_impossible"
    else:
        assert breaches(problem, draw(problem, seed=seed)) == []
