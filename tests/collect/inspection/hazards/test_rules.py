"""Where a hazard stands does not depend on the order of arrival, and nothing that was said of it is lost."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.hazards.guards import GUARDS
from safemonth.collect.inspection.hazards.rules import (
    Said,
    closed_at,
    found_at,
    is_overdue,
    missing_of_five,
    moves_open_to,
    standing,
    standings,
)
from safemonth.collect.inspection.hazards.states import CLOSED, FIVE, MOVE, MOVES, STATE, STATES
from tests.collect.inspection.hazards.saying import all_keys, history, keys, plain, said

FIND, ORDER, DONE = said("a", "find", 0), said("b", "order", 1), said("c", "report_done", 3)
PASS = said("d", "pass", 4)
FIVE_SETTLED = said("five", "settle", 2)


def state_of(*events: Said) -> str:
    return standing(events).state


def held_of(*events: Said) -> dict[str, str]:
    return {each.said.key: each.code for each in standing(events).held}


def any_event(
    key: str, move: str, day: float, side: str, person: str, answers: str, is_empty: bool, replaces: str
) -> Said:
    event = said(key, move, day, person=person, answers=answers, replaces=replaces) if move in MOVE else FIND
    return replace(
        event,
        key=key,
        move=move,
        side=side or MOVE[move].sides[0] if move in MOVE else "inspecting",
        data={} if is_empty else event.data,
    )


# Any events at all, sensible or not, with clocks anywhere in the month.
ANY_EVENT = st.builds(
    any_event,
    key=st.text("abcdefgh", min_size=1, max_size=2),
    move=st.sampled_from([*MOVE, "unheard_of"]),
    day=st.floats(0, 30),
    side=st.sampled_from(["", "", "", "inspecting", "deciding"]),
    person=st.sampled_from(["A", "B", "a ", ""]),
    answers=st.sampled_from(["", "", "", "a", "b", "zz"]),
    is_empty=st.sampled_from([False, False, False, True]),
    replaces=st.sampled_from(["", "", "a", "b"]),
)


@given(st.lists(ANY_EVENT, max_size=9, unique_by=lambda event: event.key), st.randoms())
def test_any_events_in_any_order_end_the_same_and_none_is_lost(events, dice):
    once = standing(events)
    shuffled = list(events)
    dice.shuffle(shuffled)
    # Some come twice.
    assert standing([*shuffled, *shuffled[:3]]) == once
    assert all_keys(once) == keys(events)


@given(st.lists(ANY_EVENT, max_size=9, unique_by=lambda event: event.key))
def test_whatever_is_said_what_is_closed_was_rechecked_by_another_with_all_in_place(events):
    here = standing([FIND, DONE, PASS, *events])
    if here.state == CLOSED:
        passed = here.last("pass")
        assert passed is not None
        last = passed.said
        before = [each for each in (*events, DONE) if each.move == "report_done" and each.data is not None]
        reporters = {each.person.strip().casefold() for each in before if each.happened_at <= last.happened_at}
        theirs = {each.person.strip().casefold() for each in here.reports} & reporters
        assert last.person.strip().casefold() not in theirs
        assert not here.stops
        assert here.grade != "major" or not missing_of_five(here)


@given(st.integers(0, 10**6), st.integers(1, 14), st.randoms())
def test_a_history_that_happened_is_told_again_whole(seed, length, dice):
    events, here = history(seed, length, has_answers=False)
    arrived = list(events)
    dice.shuffle(arrived)
    assert plain(standing(arrived)) == plain(here)
    assert not here.held
    assert [each.said.key for each in here.applied] == [event.key for event in events]


@given(st.integers(0, 10**6), st.integers(2, 10), st.data())
def test_one_clock_a_day_off_changes_nothing_where_events_name_what_they_answer(seed, length, data):
    events, here = history(seed, length, step_days=0.6)
    turns = [number for number, event in enumerate(events) if MOVE[event.move].is_turn]
    number = data.draw(st.sampled_from(turns))
    off = data.draw(st.sampled_from([-1, 1]))
    wrong = replace(events[number], happened_at=events[number].happened_at + timedelta(days=off))
    there = standing([*events[:number], wrong, *events[number + 1 :]])
    assert there.state == here.state
    assert (there.deadline_on, there.held) == (here.deadline_on, here.held)
    assert len(there.applied) == len(here.applied)


@given(st.integers(0, 10**6), st.integers(2, 9), st.data())
def test_a_clock_a_day_off_never_closes_what_is_open_unless_something_is_held(seed, length, data):
    events, here = history(seed, length, has_answers=False, step_days=0.8)
    number = data.draw(st.integers(0, len(events) - 1))
    off = data.draw(st.floats(-1, 1))
    wrong = replace(events[number], happened_at=events[number].happened_at + timedelta(days=off))
    there = standing([*events[:number], wrong, *events[number + 1 :]])
    assert all_keys(there) == keys(events)
    if there.state == CLOSED and not there.held and not there.also_said:
        assert here.state == CLOSED


def test_every_arrival_on_the_way_ends_where_order_would_have_ended():
    events = [FIND, ORDER, said("b2", "start", 2), DONE, PASS]
    dice = random.Random(5)
    for _ in range(20):
        dice.shuffle(events)
        seen = [state_of(*events[:count]) for count in range(len(events) + 1)]
        assert seen[0] == "awaited" and seen[-1] == CLOSED
        assert CLOSED not in seen[:4] or {event.move for event in events[: seen.index(CLOSED)]} >= {"find", "pass"}


def test_a_recheck_that_arrives_before_the_order_is_held_until_the_rest_is_there():
    assert held_of(PASS) == {"d": "out_of_place"}
    assert held_of(PASS, FIND) == {"d": "out_of_place"}
    assert held_of(FIND, ORDER, PASS) == {"d": "out_of_place"}
    here = standing([PASS, DONE, ORDER, FIND])
    assert (here.state, here.held) == (CLOSED, ())


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("which", range(6))
def test_one_clock_a_day_off_ends_the_same_without_any_answers(which, off):
    events = [
        FIND,
        ORDER,
        said("c", "report_done", 1.6),
        said("d", "fail", 2.1),
        said("e", "report_done", 2.7),
        said("f", "pass", 3.3),
    ]
    events[which] = replace(events[which], happened_at=events[which].happened_at + timedelta(days=off))
    here = standing(events)
    assert (here.state, here.held) == (CLOSED, ())
    assert here.deadline_on == date(2019, 6, 20)


def test_an_inspectors_clock_a_day_late_throughout_ends_the_same():
    events = [
        said("f", "find", 1.0),
        said("o", "order", 1.05),
        said("r", "report_done", 0.2),
        said("x", "fail", 1.3),
        said("r2", "report_done", 0.95),
        said("p", "pass", 2),
    ]
    here = standing(events)
    assert [each.said.key for each in here.applied] == ["f", "o", "r", "x", "r2", "p"]
    assert here.clocks_disagree


def test_a_recheck_of_days_before_does_not_close_what_was_reported_after_it():
    early = said("p", "pass", 3.5)
    rest = [FIND, ORDER, DONE, said("x", "fail", 4), said("r2", "report_done", 6)]
    assert (state_of(*rest, early), held_of(*rest, early)) == ("reported_done", {"p": "too_early"})
    # Where it names the report that it answers, its clock does not matter.
    assert state_of(*rest, replace(early, answers="r2")) == CLOSED


def test_what_comes_days_after_a_closing_is_held_and_not_put_before_it():
    assert held_of(FIND, DONE, PASS, said("o", "order", 8)) == {"o": "out_of_place"}
    assert state_of(FIND, DONE, PASS, said("o", "order", 8), said("g", "grade", 9)) == CLOSED


def test_what_came_days_before_is_no_answer_to_what_came_after():
    early = said("x", "fail", 0.5)
    assert held_of(FIND, early, said("c", "report_done", 9)) == {"x": "too_early"}
    # A clock from before the finding says nothing of when it was, so it is taken where it fits; but it closes nothing.
    assert state_of(FIND, said("x", "fail", -9000), said("c", "report_done", 9)) == "failed"
    assert held_of(FIND, said("p", "pass", -9000), said("c", "report_done", 9)) == {"p": "too_early"}


def test_of_two_rechecks_that_contradict_each_other_the_hazard_stays_open():
    for other in (4.2, 3.8):
        here = standing([FIND, ORDER, DONE, PASS, said("x", "fail", other, person="another")])
        assert (here.state, [each.said.key for each in here.held]) == ("failed", ["d"])


def test_a_second_recheck_that_agrees_and_a_second_report_say_only_the_same():
    events = [FIND, ORDER, DONE, said("c2", "report_done", 3.5), PASS, said("d2", "pass", 5, person="another")]
    here = standing(events)
    assert (here.state, here.held, keys(here.also_said)) == (CLOSED, (), ["c2", "d2"])


def test_who_reported_it_done_cannot_recheck_it_however_the_name_is_written():
    for reporter in ("inspector", " Inspector", "ＩＮＳＰＥＣＴＯＲ"):
        done = replace(DONE, person=reporter)
        assert held_of(FIND, ORDER, done, PASS) == {"d": "another_than_reporter"}
    # Nor one who said so again, nor one who reported it the first time, nor one whom nobody named.
    assert "d" in held_of(FIND, DONE, said("c2", "report_done", 3.5, person="inspector"), PASS)
    again = [said("x", "fail", 4), said("c2", "report_done", 5), said("d", "pass", 6, person="workplace")]
    assert held_of(FIND, DONE, *again) == {"d": "another_than_reporter"}
    assert held_of(FIND, replace(DONE, person=""), PASS) == {"d": "another_than_reporter"}
    assert held_of(FIND, DONE, replace(PASS, person=" ")) == {"d": "another_than_reporter"}


@pytest.mark.parametrize("missing", FIVE)
def test_a_major_hazard_is_closed_only_with_the_five_in_place(missing):
    find = said("a", "find", 0, grade="major")
    assert state_of(find, ORDER, FIVE_SETTLED, DONE, PASS) == CLOSED
    short = replace(FIVE_SETTLED, data={name: v for name, v in FIVE_SETTLED.data.items() if name != missing})
    events = [find, short, DONE, PASS, *([ORDER] if missing != "deadline_on" else [])]
    assert held_of(*events) == {"d": "five_in_place"}
    assert missing_of_five(standing(events)) == (missing,)


def test_money_of_nothing_is_settled_and_an_empty_text_is_not():
    find = said("a", "find", 0, grade="major")
    assert not missing_of_five(standing([find, ORDER, said("s", "settle", 2, money_yuan=0)]))
    assert missing_of_five(standing([find, ORDER, said("s", "settle", 2, measure="  ")])) == ("measure",)


def test_nothing_is_closed_while_production_is_stopped_because_of_it():
    stop = said("s", "stop", 2)
    assert held_of(FIND, ORDER, stop, DONE, PASS) == {"d": "nothing_stopped"}
    assert state_of(FIND, ORDER, stop, DONE, said("e", "resume", 3.5), PASS) == CLOSED
    # A review days after the recheck does not make the recheck one that came after it.
    assert held_of(FIND, ORDER, stop, DONE, PASS, said("e", "resume", 9)) == {"d": "too_early"}


def test_more_time_is_allowed_by_somebody_else_and_only_for_later():
    ask = said("k", "ask_extension", 2, person="leader")
    assert held_of(FIND, ORDER, ask, said("l", "extend", 3)) == {"l": "another_than_asker"}
    assert held_of(FIND, ORDER, said("l", "extend", 3)) == {"l": "asked"}
    asked = said("k", "ask_extension", 2)
    assert held_of(FIND, ORDER, asked, said("l", "extend", 3, until_on="2019-06-20")) == {"l": "later_deadline"}
    here = standing([FIND, ORDER, asked, said("l", "extend", 3)])
    extended = here.last("extend")
    assert extended is not None
    assert (here.state, here.deadline_on, extended.said.person) == ("extended", date(2019, 6, 25), "leader")


def test_a_report_cannot_grade_a_hazard_down_by_what_it_says_besides():
    find = said("a", "find", 0, grade="major")
    here = standing([find, ORDER, said("c", "report_done", 3, grade="ordinary", text="没事")])
    assert (here.grade, here.facts["text"]) == ("major", "配电箱无门")


def test_of_two_findings_of_one_hazard_the_first_stands_and_the_worse_grade_holds():
    other = said("z", "find", 0.1, grade="major", text="箱门缺失", person="another")
    here = standing([other, FIND])
    assert (here.facts["text"], here.grade, keys(here.also_said), here.held) == ("配电箱无门", "major", ["z"], ())
    assert standing([other, FIND, said("g", "grade", 1, grade="ordinary")]).grade == "ordinary"


def test_an_edit_takes_the_place_of_what_it_was_made_from_in_any_order():
    edit = said("z", "find", 0, text="改过的", replaces="a")
    by_instance = [
        replace(FIND, data={**FIND.data, "stands_for": "form-1"}),
        said("z", "find", 0, text="改过的", replaces="form-1"),
    ]
    for events in ([FIND, edit], [edit, FIND], by_instance):
        here = standing(events)
        assert (here.facts["text"], keys(here.also_said)) == ("改过的", ["a"])
    # Two that each say that they replace the other are no reason to lose both.
    assert state_of(replace(FIND, data={**FIND.data, "replaces": "z"}), edit) == "found"


def test_a_rise_holds_as_long_as_its_deadline_and_nothing_is_reported():
    rise = said("u", "raise", 21)
    overdue = standing([FIND, ORDER, rise])
    assert overdue.facts["risen_to"] == "13" and overdue.times("raise") == 1
    # A report of days before that arrives late shows that it was not overdue: the rise is no reason to hold anything.
    late = standing([FIND, ORDER, rise, DONE])
    assert (late.state, late.held, keys(late.also_said)) == ("reported_done", (), ["u"])
    assert "risen_to" not in late.facts
    assert standing([FIND, ORDER, rise, DONE, said("x", "fail", 22)]).facts["risen_to"] == "13"


def test_what_answers_something_that_is_not_there_waits_for_it():
    done = replace(DONE, answers="b")
    assert held_of(FIND, done) == {"c": "awaits_answered"}
    assert state_of(FIND, done, ORDER) == "reported_done"
    rings = [replace(said("x", "grade", 1), answers="y"), replace(said("y", "grade", 1), answers="x")]
    assert held_of(FIND, *rings) == {"x": "out_of_place", "y": "out_of_place"}


def test_what_says_too_little_or_is_not_theirs_is_held_with_the_reason():
    assert held_of(FIND, said("b", "order", 1, deadline_on="bald")) == {"b": "says_too_little"}
    assert held_of(FIND, replace(said("s", "settle", 1), data={})) == {"s": "says_too_little"}
    assert held_of(said("a", "find", 0, grade="awful")) == {"a": "says_too_little"}
    assert held_of(FIND, replace(ORDER, side="responsible")) == {"b": "not_their_move"}
    assert held_of(replace(FIND, move="vanish")) == {"a": "unknown_move"}
    # A finding that says too little does not stand in the way of one that says enough.
    assert state_of(said("a", "find", 0, text=""), said("z", "find", 1)) == "found"


def test_when_it_was_found_and_closed_is_by_the_clocks_of_those_who_did():
    here = standing([FIND, ORDER, DONE, replace(PASS, happened_at=DONE.happened_at - timedelta(hours=5))])
    assert found_at(here) == FIND.happened_at
    assert closed_at(here) == DONE.happened_at
    assert closed_at(standing([FIND])) is None
    assert found_at(standing([ORDER])) is None


def test_overdue_is_past_its_deadline_with_nothing_reported():
    assert not is_overdue(standing([FIND, ORDER]), today=date(2019, 6, 20))
    assert is_overdue(standing([FIND, ORDER]), today=date(2019, 6, 21))
    assert not is_overdue(standing([FIND, ORDER, DONE]), today=date(2019, 6, 21))
    assert not is_overdue(standing([FIND]), today=date(2030, 1, 1))


# One way to each state.
WAYS = {
    "awaited": [],
    "found": [FIND],
    "ordered": [FIND, ORDER],
    "in_hand": [FIND, ORDER, said("w", "start", 2)],
    "extended": [FIND, ORDER, said("k", "ask_extension", 2), said("l", "extend", 3)],
    "reported_done": [FIND, ORDER, DONE],
    "failed": [FIND, ORDER, DONE, said("x", "fail", 4)],
    "escalated": [FIND, ORDER, said("i", "list", 2)],
    "closed": [FIND, ORDER, DONE, PASS],
    "joined": [FIND, ORDER, said("j", "join", 2)],
}


@pytest.mark.parametrize("state", [state.code for state in STATES])
@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.code not in ("find", "raise")], ids=lambda move: move.code
)
def test_from_every_state_a_move_leads_where_the_table_says_or_is_held_with_its_code(state, move):
    way = WAYS[state]
    assert state_of(*way) == state
    new = said("new", move.code, 7, person="somebody else", until_on="2019-07-01")
    here = standing([*way, new])
    held = {each.said.key: each for each in here.held}
    if "new" in held:
        assert held["new"].code in {*move.guards, "out_of_place", "too_early"}
        assert held["new"].sentence
        if held["new"].code == "out_of_place" and state not in move.same_in:
            assert state not in move.from_states
        assert here.state == state
    elif "new" in keys(here.also_said):
        assert state in move.same_in
    elif (state, move.code) == ("closed", "fail"):
        # It contradicts the recheck that closed it, which is held: the hazard stays open.
        assert (here.state, set(held)) == ("failed", {"d"})
    else:
        assert here.applied[-1].said.key == "new"
        assert state in move.from_states
        expected = {"": state, "before": "ordered"}.get(move.to_state, move.to_state)
        assert here.state == expected


def test_only_a_recheck_closes_and_nothing_leads_out_of_the_register():
    assert [move.code for move in MOVES if move.to_state == CLOSED] == ["pass"]
    assert all(move.to_state in {*STATE, "", "before"} for move in MOVES)
    assert {move.code for move in MOVES if CLOSED in move.from_states} == {"reopen", "join"}
    # What is joined can be parted again, and what is closed reopened.
    assert [move.code for move in MOVES if "joined" in move.from_states] == ["part"]
    assert all(set(move.guards) <= set(GUARDS) for move in MOVES)


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_what_is_offered_to_somebody_fits(seed, length):
    events, here = history(seed, length)
    later = datetime(2020, 1, 1, tzinfo=UTC)
    for side in ("inspecting", "responsible", "deciding"):
        for move in moves_open_to(side, "somebody else", here):
            new = replace(
                said("new", move, side=side, person="somebody else", until_on="2021-01-01"), happened_at=later
            )
            after = standing([*events, new])
            assert "new" not in {each.said.key for each in after.held}, move


def joined(key: str, other: str, day: float) -> list[Said]:
    return [said(f"{key}f", "find", int(key)), said(f"{key}j", "join", day, same_as=other)]


@given(st.dictionaries(st.sampled_from("123456"), st.sampled_from("1234567"), max_size=6), st.randoms())
def test_chains_and_rings_of_joins_end_the_same_and_always_leave_one_that_stands(joins, dice):
    events = {key: [said(f"{key}f", "find", int(key))] for key in "123456"}
    for key, other in joins.items():
        events[key] = joined(key, other, 10)
    stand = standings(events)
    order = list(events)
    dice.shuffle(order)
    assert standings({key: list(reversed(events[key])) for key in order}) == stand
    for key in events:
        at, seen = key, set()
        while stand[at].state == "joined":
            assert at not in seen
            seen.add(at)
            at = stand[at].same_as
        assert stand[at].is_open
    held = [each.code for here in stand.values() for each in here.held]
    assert set(held) <= {"ring", "unknown_other"}


def test_of_a_ring_the_one_found_first_stands_and_says_why():
    stand = standings({"2": joined("2", "3", 5), "3": joined("3", "2", 4)})
    assert (stand["2"].state, stand["3"].state, stand["3"].same_as) == ("found", "joined", "2")
    assert [each.code for each in stand["2"].held] == ["ring"]


def test_what_is_parted_stands_where_it_stood():
    join, part = said("j", "join", 2), said("q", "part", 3)
    assert state_of(FIND, ORDER, join, part) == "ordered"
    assert held_of(FIND, ORDER, said("s", "stop", 1.5), join) == {"j": "nothing_stopped"}
