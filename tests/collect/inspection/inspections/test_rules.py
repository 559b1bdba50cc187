"""Versions of one inspection together: the same end whatever the order, and no hazard is lost."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.inspections.rules import Version, code_of, merged, visit_key

START = datetime(2019, 6, 12, 9, tzinfo=UTC)
HAZARDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)


def version(key, *hazards, made_from="", minute=0, aside=False, instance=""):
    said = {"hazards": [{"key": name, "text": f"{name} by {key}"} for name in hazards]}
    return Version(key, instance or key, made_from, START + timedelta(minutes=minute), said, aside)


@st.composite
def histories(draw):
    """Versions made from nothing, from each other in chains and forks, with clocks up to two days off."""
    count = draw(st.integers(1, 6))
    rows: list[Version] = []
    for number in range(count):
        made_from = draw(st.sampled_from(["", "gone", *(row.instance_id for row in rows)]))
        instance = draw(st.sampled_from([f"v{number}", f"v{number}", *(row.instance_id for row in rows)]))
        minute = draw(st.integers(-2880, 2880))
        key = f"{instance}#{number}"
        rows.append(version(key, *draw(HAZARDS), made_from=made_from, minute=minute, instance=instance))
    return rows


@given(histories(), st.randoms())
def test_the_order_of_arrival_does_not_matter(rows, chance):
    shuffled = [*rows, *chance.sample(rows, k=len(rows) // 2)]
    chance.shuffle(shuffled)
    assert merged(shuffled) == merged(rows)


@given(histories())
def test_every_hazard_that_a_version_names_is_there_and_those_left_out_are_flagged(rows):
    found = merged(rows)
    named = {hazard["key"] for row in rows for hazard in row.said["hazards"]}
    assert {hazard.key for hazard in found.hazards} == named
    own = {hazard["key"] for hazard in found.standing.said["hazards"]}
    assert {hazard.key for hazard in found.hazards if hazard.is_dropped} == named - own


@given(histories())
def test_what_stands_was_not_edited_unless_all_edit_each_other(rows):
    found = merged(rows)
    edited = {row.made_from for row in rows if row.made_from != row.instance_id}
    if any(row.instance_id not in edited for row in rows):
        assert found.standing.instance_id not in edited


@given(histories())
def test_a_person_who_sets_all_but_one_aside_has_decided(rows):
    found = merged(rows)
    weighed = {each.key for each in (*found.left, *found.rivals)}
    decided = [
        Version(r.key, r.instance_id, r.made_from, r.finished_at, r.said, r.key in weighed and r != found.standing)
        for r in rows
    ]
    after = merged(decided)
    assert (after.standing.key, after.has_rivals) == (found.standing.key, False)
    assert [each.key for each in after.hazards] == [each.key for each in found.hazards]


def test_an_edit_replaces_what_it_was_made_from():
    found = merged([version("a", "x"), version("b", "x", "y", made_from="a", minute=5)])
    assert (found.standing.key, found.has_rivals) == ("b", False)
    assert {hazard.key: hazard.said["text"] for hazard in found.hazards} == {"x": "x by b", "y": "y by b"}


def test_two_edits_of_one_inspection_are_rivals_and_the_first_finished_stands():
    found = merged(
        [
            version("a", "x"),
            version("c", "x", "z", made_from="a", minute=9),
            version("b", "x", "y", made_from="a", minute=5),
        ]
    )
    assert (found.standing.key, [each.key for each in found.rivals]) == ("b", ["c"])
    assert [(hazard.key, hazard.is_dropped) for hazard in found.hazards] == [("x", False), ("y", False), ("z", True)]


def test_a_hazard_that_an_edit_leaves_out_stays_flagged():
    found = merged([version("a", "x", "y"), version("b", "x", made_from="a", minute=5)])
    assert [(hazard.key, hazard.is_dropped) for hazard in found.hazards] == [("x", False), ("y", True)]


def test_other_content_under_one_number_is_a_rival_even_where_an_edit_follows():
    rows = [version("a#1", "x", instance="a"), version("a#2", "y", instance="a"), version("b", "x", made_from="a")]
    found = merged(rows)
    assert found.standing.key == "b"
    assert {each.key for each in found.rivals} == {"a#1", "a#2"}


def test_a_version_that_comes_after_the_decision_is_a_rival_again():
    rows = [version("a"), version("b", aside=True), version("c", minute=60)]
    assert [each.key for each in merged(rows).rivals] == ["c"]


def test_what_an_edit_moved_to_another_visit_stands_here_no_more():
    found = merged([version("a", "x")], moved={"a"})
    assert found.is_moved and not found.has_rivals
    assert [each.key for each in found.hazards] == ["x"]


def test_without_a_version_there_is_no_inspection():
    with pytest.raises(ValueError, match="at least one"):
        merged([])


def test_a_visit_has_one_identity_however_often_the_draw_is_made():
    place, other = UUID(int=1), UUID(int=2)
    assert visit_key(drive=1, workplace=place) == visit_key(drive=1, workplace=place)
    assert len({visit_key(drive=d, workplace=w) for d in (1, 2) for w in (place, other)}) == 4
    assert len({code_of(place), code_of(place, attempt=1), code_of(other)}) == 3
