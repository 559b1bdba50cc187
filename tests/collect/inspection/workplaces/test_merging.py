"""Merges in the database: rows and what hangs on them stay, and all leads to the one that stands."""

from itertools import permutations

import pytest

from safemonth.collect.inspection.workplaces.actions import change_workplace, merge, register_workplace, split
from safemonth.collect.inspection.workplaces.models import Workplace, WorkplaceMerge
from safemonth.collect.inspection.workplaces.queries import keys_of, merges_of, standing, standing_keys, workplaces
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.inspection.workplaces.codes import code_of

pytestmark = pytest.mark.django_db


def a_workplace(county, name: str, **fields) -> Workplace:
    township = county.unit(fields.pop("township", "1301"))
    return register_workplace(fields={"name": name, "trade": "mine", "township": township, **fields}, by="c", at=AT)


def joined(one: Workplace, other: Workplace) -> WorkplaceMerge:
    return merge(workplace=one, into=other, reason="同一家", by="c", at=AT)


def test_a_merged_workplace_stays_and_leads_to_its_survivor(county):
    one, other = a_workplace(county, "甲"), a_workplace(county, "乙")
    joined(one, other)
    one.refresh_from_db()
    assert standing(one) == standing(other) == other
    assert keys_of(one) == keys_of(other) == [one.pk, other.pk]
    assert list(workplaces()) == [other]
    assert standing_keys() == standing_keys([one.pk]) == {one.pk: other.pk}
    assert list(disagreements()) == []


def test_merges_in_any_order_end_the_same(county):
    ends = set()
    for number, order in enumerate(permutations(range(3))):
        rows = [a_workplace(county, f"{number}{name}") for name in "甲乙丙丁"]
        pairs = [(rows[0], rows[1]), (rows[2], rows[3]), (rows[1], rows[2])]
        for at in order:
            joined(*pairs[at])
        ends.add(tuple(rows.index(standing(Workplace.objects.get(pk=row.pk))) for row in rows))
        assert keys_of(rows[0]) == [row.pk for row in rows]
    assert ends == {(3, 3, 3, 3)}


def test_a_merge_said_twice_is_one(county):
    one, other = a_workplace(county, "甲"), a_workplace(county, "乙")
    assert joined(one, other) == joined(one, other)


def test_a_split_is_as_if_the_merge_had_never_been_said(county):
    rows = [a_workplace(county, name) for name in "甲乙丙"]
    first, second = joined(rows[0], rows[1]), joined(rows[1], rows[2])
    split(merge=first, reason="两家", by="c", at=AT)
    assert [standing(Workplace.objects.get(pk=row.pk)).name for row in rows] == ["甲", "丙", "丙"]
    assert [made.undone_at for made in merges_of(rows[2])] == [AT, None]
    with pytest.raises(Refused) as caught:
        split(merge=first, reason="两家", by="c", at=AT)
    assert caught.value.code == "merge_undone"
    split(merge=second, reason="两家", by="c", at=AT)
    assert standing_keys() == {}


def test_a_reason_is_needed_and_rings_are_refused(county):
    one, other = a_workplace(county, "甲"), a_workplace(county, "乙")
    made = joined(one, other)
    for attempt, code in (
        (lambda: merge(workplace=other, into=one, reason="x", by="c", at=AT), "merge_ring"),
        (lambda: merge(workplace=one, into=one, reason="x", by="c", at=AT), "merge_of_one"),
        (lambda: merge(workplace=one, into=other, reason=" ", by="c", at=AT), "reason_missing"),
        (lambda: split(merge=made, reason="", by="c", at=AT), "reason_missing"),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == code


def test_a_merged_line_is_changed_no_more(county):
    one, other = a_workplace(county, "甲"), a_workplace(county, "乙")
    joined(one, other)
    with pytest.raises(Refused) as caught:
        change_workplace(workplace=one, fields={"address": "x"}, by="c", at=AT)
    assert caught.value.code == "workplace_merged"


def test_a_split_whose_code_another_bears_by_now_is_refused_and_nothing_changes(county):
    one, other = a_workplace(county, "甲", uscc=code_of(1)), a_workplace(county, "乙")
    made = joined(one, other)
    change_workplace(workplace=other, fields={"uscc": code_of(1)}, by="c", at=AT)
    with pytest.raises(Refused) as caught:
        split(merge=made, reason="两家", by="c", at=AT)
    assert caught.value.code == "uscc_taken"
    assert WorkplaceMerge.objects.get().undone_at is None
    assert standing(Workplace.objects.get(pk=one.pk)) == other
