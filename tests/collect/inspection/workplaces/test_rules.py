"""Merges: whatever their order, they end the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.workplaces.rules import check_merge, differences, survivor_of, survivors
from safemonth.lib.refusals import Refused

PAIRS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=14)


def taken(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the merges that are not refused, said one after the other."""
    standing: list[tuple[int, int]] = []
    for pair in pairs:
        try:
            check_merge(pair[0], pair[1], standing)
        except Refused:
            continue
        standing.append(pair)
    return standing


def parts(pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
    into = survivors(pairs)
    by: dict[int, set[int]] = {}
    for number in range(1, 10):
        by.setdefault(into.get(number, number), set()).add(number)
    return {frozenset(each) for each in by.values()}


@given(PAIRS, st.randoms(use_true_random=False))
def test_any_order_of_any_set_of_merges_ends_in_the_same_parts(pairs, chance):
    other = pairs[:]
    chance.shuffle(other)
    assert parts(taken(pairs)) == parts(taken(other))


@given(PAIRS, st.randoms(use_true_random=False))
def test_of_merges_without_a_ring_the_same_one_stands_in_any_order(pairs, chance):
    whole = taken(pairs)
    other = whole[:]
    chance.shuffle(other)
    assert taken(other) == other
    assert survivors(other) == survivors(whole)


@given(PAIRS)
def test_a_survivor_stands_itself_and_was_merged_into_none(pairs):
    whole = taken(pairs)
    into = survivors(whole)
    assert not set(into.values()) & set(into)
    assert not {one for one, _ in whole} & set(into.values())


@given(PAIRS, st.integers(0, 13))
def test_an_undone_merge_is_as_if_it_had_never_been_said(pairs, at):
    whole = taken(pairs)
    if whole:
        gone = whole[at % len(whole)]
        assert survivors([pair for pair in whole if pair != gone]) == survivors(set(whole) - {gone})


def test_a_chain_leads_to_its_end():
    chain = [(1, 2), (3, 4), (2, 3)]
    random.Random(1).shuffle(chain)
    assert {survivor_of(number, chain) for number in (1, 2, 3, 4)} == {4}
    assert survivor_of(7, chain) == 7


def test_where_two_were_named_the_longest_on_record_stands():
    assert survivors([(5, 3), (5, 2)]) == {5: 2, 3: 2}


@pytest.mark.parametrize("pair", [(2, 1), (3, 1), (3, 2)])
def test_a_ring_is_refused(pair):
    with pytest.raises(Refused) as caught:
        check_merge(pair[0], pair[1], [(1, 2), (2, 3)])
    assert caught.value.code == "merge_ring"


def test_what_is_not_said_is_no_change():
    assert differences({"a": 1, "b": "x"}, {"a": 1, "b": "", "c": "new"}) == {"c": (None, "new")}
