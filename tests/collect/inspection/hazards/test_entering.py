"""Events are stored once and never lost, the row follows from them, and what does not fit is refused before the screen."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import connection

from safemonth.collect.inspection.hazards import codes
from safemonth.collect.inspection.hazards.actions import add_photos, enter, rebuild
from safemonth.collect.inspection.hazards.actions.row import day_of
from safemonth.collect.inspection.hazards.codes import code_of, read_code
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent, HazardPhoto
from safemonth.collect.inspection.hazards.queries import hazards_seen_by, sides_of, standing_of
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.inspection.hazards.entering import (
    FOUND,
    NOW,
    a_hazard,
    a_workplace,
    an_inspector,
    enter_all,
    say,
)
from tests.collect.inspection.hazards.saying import history

ROW = [field.name for field in Hazard._meta.fields if field.name not in ("id", "key", "code", "facts")]


def row_of(hazard: Hazard) -> dict[str, Any]:
    stored = Hazard.objects.get(pk=hazard.pk)
    facts = {**stored.facts, "measures": [each["data"] for each in stored.facts["measures"]]}
    return {**{name: getattr(stored, name) for name in ROW}, "facts": facts}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_events_arrive_the_row_ends_the_same(county, seed):
    events, _here = history(seed * 17 + 3, 8)
    events = [event for event in events if event.move not in ("join", "part")]
    first = enter_all(county, uuid5(UUID(int=seed), "1"), events)
    shuffled = [*events, *events[:2]]
    random.Random(seed).shuffle(shuffled)
    other = enter_all(county, uuid5(UUID(int=seed), "2"), shuffled)
    assert row_of(first) == row_of(other)
    assert HazardEvent.objects.filter(hazard_key=other.key).count() == len(events)
    assert rebuild(hazard=other, by="t", at=NOW)


@pytest.mark.django_db
def test_a_recheck_of_a_hazard_that_nobody_has_heard_of_waits_for_it(county):
    key = uuid4()
    hazard = say(county, key, "pass", 3)
    assert (hazard.state, hazard.held, hazard.code) == ("awaited", 1, code_of(key))
    say(county, key, "report_done", 2)
    hazard = say(county, key, "find", workplace=a_workplace(county), unit=county.unit("d1"))
    assert (hazard.state, hazard.held, hazard.closed_on) == ("closed", 0, date(2019, 6, 6))
    assert hazard.charge_of and hazard.township and hazard.found_by
    assert (hazard.charge_of.code, hazard.township.code, hazard.found_by.code) == ("d1", "1301", "d1")


@pytest.mark.django_db
def test_the_same_event_twice_is_one_and_writes_nothing(county):
    key, event = uuid4(), uuid4()
    say(county, key, "find", key=event)
    entries = Entry.objects.count()
    again = say(county, key, "find", key=event)
    assert (HazardEvent.objects.count(), Entry.objects.count(), again.state) == (1, entries, "found")


@pytest.mark.django_db
def test_before_the_screen_what_would_be_held_is_refused_and_nothing_is_stored(county):
    hazard = a_hazard(county, "order", "report_done")
    count = HazardEvent.objects.count()

    def refused(move: str, day: float = 5, **given: Any) -> str:
        with pytest.raises(Refused) as error:
            say(county, hazard.key, move, day, is_from_field=False, **given)
        return error.value.code

    assert refused("pass", person="workplace") == "another_than_reporter"
    assert refused("start") == "out_of_place"
    assert refused("report_done") == "said_already"
    assert refused("correct", data={"reason": ""}) == "says_too_little"
    assert refused("pass", side="responsible") == "not_their_move"
    assert refused("pass", 60) == "not_yet"
    assert refused("find") == "said_already"
    assert HazardEvent.objects.count() == count
    assert say(county, hazard.key, "pass", 5, is_from_field=False).state == "closed"
    # A fail of before its closing would take the ground from under the recheck that closed it.
    assert refused("fail", 4.9) == "upsets_others"
    with pytest.raises(Refused, match="unknown_move"):
        enter(
            campaign=county.campaign,
            hazard_key=hazard.key,
            move="vanish",
            happened_at=FOUND,
            side="inspecting",
            person="i",
            data={},
            by="i",
            at=NOW,
        )


@pytest.mark.django_db
def test_what_is_entered_before_the_screen_answers_what_stands_and_keeps_its_place(county):
    hazard = a_hazard(county, "order", "report_done")
    say(county, hazard.key, "pass", 3.5, is_from_field=False)
    report = HazardEvent.objects.get(move="report_done")
    assert HazardEvent.objects.get(move="pass").answers == report.key
    # A phone's order of between, by a clock a day late.
    hazard = say(county, hazard.key, "order", 3.2, data={"deadline_on": "2019-06-30"})
    assert (hazard.state, hazard.held, hazard.deadline_on) == ("closed", 0, date(2019, 6, 30))


@pytest.mark.django_db
def test_the_order_can_name_who_is_in_charge_and_a_merged_workplace_is_its_survivor(county):
    quarry = a_workplace(county)
    hazard = a_hazard(county, "order", workplace=quarry)
    survivor = a_workplace(county, "北乡石料厂", township="1302", department=None)
    quarry.merged_into = survivor
    quarry.save()
    assert not rebuild(hazard=hazard, by="t", at=NOW)
    hazard.refresh_from_db()
    assert hazard.charge_of and hazard.township
    assert (hazard.charge_of.code, hazard.township.code, hazard.workplace) == ("1302", "1302", quarry)
    hazard = say(county, hazard.key, "order", 3, data={"in_charge": "d2"})
    assert hazard.charge_of is not None and hazard.charge_of.code == "d2"


@pytest.mark.django_db
def test_of_hazards_that_are_the_same_one_is_counted_and_nothing_is_joined_away(county):
    first, second, third = (a_hazard(county, "order") for _ in range(3))
    major = a_hazard(county, grade="major")
    closed = a_hazard(county, "report_done", "pass")

    def join(one: Hazard, other: Any, day: float = 6, **given: Any) -> Hazard:
        key = other.key if isinstance(other, Hazard) else other
        return say(county, one.key, "join", day, data={"same_as": str(key)}, **{"is_from_field": False, **given})

    for one, other, code in (
        (first, uuid4(), "unknown_other"),
        (first, "no key", "unknown_other"),
        (first, first, "ring"),
        (first, closed, "other_closed"),
        (major, first, "other_not_major"),
    ):
        with pytest.raises(Refused) as error:
            join(one, other)
        assert error.value.code == code
    assert join(second, first).same_as == first
    with pytest.raises(Refused, match="stands itself"):
        join(third, second)
    # Two who say it at once make a ring: the one found first stands, whichever came first.
    ring = join(first, second, 7, is_from_field=True)
    second.refresh_from_db()
    states = sorted([(ring.state, ring.held), (second.state, second.held)])
    assert states == [("joined", 0), ("ordered", 1)]
    joined = ring if ring.state == "joined" else second
    parted = say(county, joined.key, "part", 8, is_from_field=False)
    assert (parted.state, parted.same_as) == ("ordered", None)
    # What was said of the other one stands until it is parted too.
    other = Hazard.objects.get(state="joined")
    assert other.same_as == parted
    say(county, other.key, "part", 9, is_from_field=False)
    assert Hazard.objects.filter(state="joined").count() == 0


@pytest.mark.django_db
def test_a_join_to_what_has_not_arrived_holds_until_it_has(county):
    hazard, other = a_hazard(county), uuid4()
    hazard = say(county, hazard.key, "join", 2, data={"same_as": str(other).upper()})
    assert (hazard.state, hazard.held) == ("found", 1)
    assert standing_of(hazard).held[0].code == "unknown_other"
    say(county, other, "find", 1)
    hazard.refresh_from_db()
    assert hazard.same_as is not None
    assert (hazard.state, hazard.held, hazard.same_as.key) == ("joined", 0, other)


@pytest.mark.django_db
def test_photos_show_before_or_after_and_each_once(county):
    photos = [
        receive(
            campaign=county.campaign,
            data=b"photo%d" % n,
            file_name="p.jpg",
            channel="photo",
            sender=None,
            by="t",
            at=AT,
        )[0]
        for n in range(3)
    ]
    hazard = a_hazard(county)
    say(county, hazard.key, "order", 1, photos=photos[:1])
    say(county, hazard.key, "report_done", 2, photos=[photos[0], photos[1], photos[1]])
    add_photos(hazard=hazard, submissions=photos, shows="before", by="t", at=NOW)
    assert list(HazardPhoto.objects.values_list("submission", "shows")) == [
        (photos[0].pk, "before"),
        (photos[1].pk, "after"),
        (photos[2].pk, "before"),
    ]


@pytest.mark.django_db
def test_who_sees_a_hazard_and_on_which_side_they_stand(county):
    mine = a_workplace(county, unit=county.unit("130101"))
    hazard = a_hazard(county, "order", workplace=mine)

    def account(name: str, unit: str, role: str = "reporter") -> Any:
        return open_account(username=name, password=PASSWORD, role=role, unit=county.unit(unit), by="t", at=AT)

    people = {
        "clerk": county.clerk,
        "leader": county.leader,
        "township": county.reporter,
        "stranger": county.stranger,
        "workplace": account("w", "130101"),
        "department": account("d", "d1"),
        "inspector": an_inspector(county),
        "own inspector": account("oi", "130101", "inspector"),
        "supervisor": account("s", "d2", "supervisor"),
    }
    sees = {
        who: sides_of(user, hazard) if hazards_seen_by(user, county.campaign).exists() else None
        for who, user in people.items()
    }
    assert sees == {
        "clerk": ("inspecting", "deciding", "responsible"),
        "leader": ("deciding",),
        "township": ("responsible",),
        "stranger": None,
        "workplace": ("responsible",),
        "department": ("responsible",),
        "inspector": ("inspecting",),
        "own inspector": (),
        "supervisor": (),
    }


def test_a_code_is_the_keys_and_a_slip_in_copying_it_is_noticed():
    key = UUID("12345678-1234-5678-1234-567812345678")
    code = code_of(key)
    assert code == code_of(key) != code_of(key, attempt=1)
    assert read_code(f" {code.lower().replace('-', ' ')}") == code == read_code(code[3:])
    signs = code.removeprefix("HZ-").replace("-", "")
    for place in range(len(signs)):
        for sign in codes.SIGNS.replace(signs[place], ""):
            assert read_code(signs[:place] + sign + signs[place + 1 :]) is None
    for one in range(len(signs)):
        for other in range(one):
            swapped = list(signs)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            assert signs[one] == signs[other] or read_code("".join(swapped)) is None
    assert read_code("") is None and read_code("HZ-0000-0000") is None


@pytest.mark.django_db
def test_a_code_that_is_taken_gives_way(county, monkeypatch):
    monkeypatch.setattr(
        "safemonth.collect.inspection.hazards.actions.row.code_of", lambda key, attempt=0: f"HZ-{attempt}"
    )
    assert [a_hazard(county).code for _ in range(3)] == ["HZ-0", "HZ-1", "HZ-2"]


@pytest.mark.django_db(transaction=True)
def test_events_of_one_hazard_that_come_at_once_all_count():
    county = set_up_county()
    key = uuid4()
    moves = ["find", "order", "report_done", "pass", "settle", "correct"]
    keys = {move: uuid4() for move in moves}
    start = Barrier(2 * len(moves))

    def send(move: str) -> None:
        try:
            start.wait()
            say(county, key, move, moves.index(move), key=keys[move])
        finally:
            connection.close()

    with ThreadPoolExecutor(2 * len(moves)) as pool:
        list(pool.map(send, [*moves, *moves]))
    hazard = Hazard.objects.get()
    assert (hazard.state, hazard.held, HazardEvent.objects.count()) == ("closed", 1, len(moves))
    # What came two days after the recheck is held; of what came a day after it the clocks do not say.
    assert [each.said.move for each in standing_of(hazard).held] == ["correct"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_before_the_screen_one_is_refused():
    county = set_up_county()
    hazard = a_hazard(county, "report_done")
    start = Barrier(2)

    def close(person: str) -> str:
        try:
            start.wait()
            return say(county, hazard.key, "pass", 9, person=person, is_from_field=False).state
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, ["one", "another"])) == ["closed", "said_already"]
    assert HazardEvent.objects.filter(move="pass").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_joined_into_each_other_at_once_leave_one_standing():
    county = set_up_county()
    one, other = a_hazard(county), a_hazard(county)
    start = Barrier(2)

    def join(pair: tuple[Hazard, Hazard]) -> None:
        try:
            start.wait()
            say(county, pair[0].key, "join", 3, data={"same_as": str(pair[1].key)})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(join, [(one, other), (other, one)]))
    assert sorted(Hazard.objects.values_list("state", "held")) == [("found", 1), ("joined", 0)]


def test_the_day_of_an_event_is_the_countys():
    assert day_of(FOUND.replace(hour=17)) == date(2019, 6, 4)
    assert day_of(None) is None
