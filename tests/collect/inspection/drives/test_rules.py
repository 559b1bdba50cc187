"""Joint teams: mixed, even, and refused only where they cannot be."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.drives.rules import Candidate, proposed_teams
from safemonth.lib.refusals import Refused
from tests.collect.inspection.drives.frames import made_or_refused


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(1, 6))
def test_teams_are_mixed_even_and_refused_only_where_they_cannot_be(sizes, count):
    people = [Candidate(unit * 100 + n, f"d{unit}") for unit, size in enumerate(sizes) for n in range(size)]
    total, largest = len(people), max(sizes)
    teams, code = made_or_refused(lambda: proposed_teams(people, count=count))
    if teams is None:
        assert code == ("teams_too_small" if total < 2 * count else "teams_one_unit")
        assert total < 2 * count or total - largest < count
        return
    unit_of = {each.key: each.unit for each in people}
    assert sorted(key for team in teams for key in team.members) == sorted(unit_of)
    counts = [len(team.members) for team in teams]
    assert max(counts) - min(counts) <= 1
    for unit in set(unit_of.values()):
        spread = [sum(unit_of[key] == unit for key in team.members) for team in teams]
        assert max(spread) - min(spread) <= 1
    assert all(len({unit_of[key] for key in team.members}) > 1 for team in teams)


def test_the_order_in_which_people_are_given_does_not_matter():
    people = [Candidate(1, "a"), Candidate(2, "a"), Candidate(3, "b"), Candidate(4, "c")]
    assert len({tuple(proposed_teams(order, count=2)) for order in permutations(people)}) == 1


def test_a_head_has_a_certificate_where_anybody_has_and_units_take_turns():
    people = [Candidate(unit * 10 + n, f"d{unit}", has_certificate=n == 1) for unit in (1, 2, 3) for n in (1, 2)]
    heads = [team.members[0] for team in proposed_teams(people, count=3)]
    assert all(key % 10 == 1 for key in heads)
    assert max(Counter(key // 10 for key in heads).values()) == 1


def test_no_people_make_no_team():
    with pytest.raises(Refused) as caught:
        proposed_teams([], count=1)
    assert caught.value.code == "teams_too_small"
