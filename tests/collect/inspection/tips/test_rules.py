"""Where a report stands, its code, its form's token, and what makes one wait: plain decisions."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.hazards.codes import SIGNS
from safemonth.collect.inspection.hazards.states import STATES
from safemonth.collect.inspection.tips import codes, form_token, limits, rules, words
from safemonth.lib.refusals import Refused

SECRET = b"a key of the office"
DAY = date(2019, 6, 3)
NOW = datetime(2019, 6, 3, 4, 0, tzinfo=UTC)
NONCES = st.binary(min_size=16, max_size=16).map(bytes.hex)


@given(NONCES)
def test_a_code_is_whole_and_the_same_for_the_same_form(nonce):
    code = codes.code_for(SECRET, nonce)
    assert codes.is_whole(code)
    assert code == codes.code_for(SECRET, nonce) != codes.code_for(b"another key", nonce)


@given(NONCES, st.integers(0, 11), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_found(nonce, at, sign):
    signs = codes.plain_code(codes.code_for(SECRET, nonce))
    changed = signs[:at] + sign + signs[at + 1 :]
    assert codes.is_whole(changed) == (changed == signs)


@given(NONCES, st.integers(0, 10))
def test_two_signs_that_changed_places_are_always_found(nonce, at):
    signs = codes.plain_code(codes.code_for(SECRET, nonce))
    changed = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
    assert codes.is_whole(changed) == (changed == signs)


@given(NONCES)
def test_a_code_is_known_however_it_is_copied(nonce):
    code = codes.code_for(SECRET, nonce)
    for typed in (code.lower(), code.replace("-", " "), f"  {code.replace('-', '')}\n", code.replace("-", "—")):
        assert codes.code_digest(SECRET, typed) == codes.code_digest(SECRET, code)


@given(st.text(max_size=200))
def test_any_text_has_a_digest_and_none_raises(text):
    assert len(codes.code_digest(SECRET, text)) == 64
    assert isinstance(codes.is_whole(text), bool)


def test_a_token_opens_for_its_hours_and_only_with_the_key():
    token = form_token.sealed(SECRET, nonce=b"n" * 16, opened_at=NOW)
    found = form_token.opened(SECRET, token, at=NOW + timedelta(minutes=5))
    assert found is not None
    assert (found.nonce, found.opened_at) == ((b"n" * 16).hex(), NOW)
    assert form_token.opened(b"other", token, at=NOW) is None
    assert form_token.opened(SECRET, token, at=NOW + form_token.VALID_FOR + timedelta(minutes=1)) is None
    assert form_token.opened(SECRET, token, at=NOW - timedelta(minutes=1)) is None


@given(st.text(max_size=120))
def test_a_forged_token_never_opens(text):
    assert form_token.opened(SECRET, text, at=NOW) is None


def test_the_small_task_is_checked():
    token = form_token.sealed(SECRET, nonce=b"n" * 16, opened_at=NOW)
    answer = next(
        str(number)
        for number in range(1_000_000)
        if int.from_bytes(hashlib.sha256(f"{token}:{number}".encode()).digest()[:2]) < 2 ** (16 - form_token.WORK_BITS)
    )
    assert form_token.has_worked(token, answer)
    assert not form_token.has_worked(token, answer + "1")
    assert not any(form_token.has_worked(token, bad) for bad in ("", "-1", "٣", "9" * 13, "x"))


def test_one_customer_of_ipv6_is_one_sender_and_text_is_none():
    assert limits.address_group("2001:db8:1:2::7") == limits.address_group("2001:db8:1:2:ffff::9")
    assert limits.address_group("2001:db8:1:2::7") != limits.address_group("2001:db8:1:3::7")
    assert limits.address_group("::ffff:192.0.2.7") == limits.address_group(" 192.0.2.7 ")
    assert limits.address_group("unix:") == limits.address_group("") == ""


def test_an_address_has_another_digest_each_day_and_yesterdays_is_still_known():
    today = limits.address_digests(SECRET, "192.0.2.7", today=DAY)
    tomorrow = limits.address_digests(SECRET, "192.0.2.7", today=DAY + timedelta(days=1))
    assert today[0] == tomorrow[1]
    assert len({*today, *tomorrow}) == 3
    assert "192" not in today[0]


@pytest.mark.parametrize(
    ("trap", "seconds", "worked", "text", "expected"),
    [
        ("", 60, False, "消防通道堵塞", ()),
        ("", 5, True, "消防通道堵塞", ()),
        ("", 5, False, "消防通道堵塞", ("too_quick",)),
        ("", 1, True, "消防通道堵塞", ("too_quick",)),
        ("x", 60, False, "消防通道堵塞", ("trap_filled",)),
        ("", 60, False, "http://a http://b HTTPS://c", ("many_links",)),
    ],
)
def test_what_looks_like_a_machines_is_told(trap, seconds, worked, text, expected):
    found = limits.suspicions(trap=trap, open_for=timedelta(seconds=seconds), has_worked=worked, text=text)
    assert found == expected


def test_what_a_stranger_sees_has_a_line_for_every_state_of_a_hazard():
    assert set(rules.SHOWN_OF_HAZARD) == {state.code for state in STATES}
    for state in STATES:
        is_settled = rules.SHOWN_OF_HAZARD[state.code] == rules.SETTLED
        assert is_settled == (not state.is_open and state.code != "joined")


MOVES = st.lists(st.sampled_from([move.code for move in rules.MOVES]), max_size=12)


@given(MOVES, st.booleans())
def test_steps_that_may_be_taken_lead_to_a_known_state_and_nobody_makes_one_vanish(moves, is_held):
    taken: list[str] = []
    for code in moves:
        state = rules.state_after(taken, is_held=is_held)
        if state in rules.MOVE[code].from_states:
            taken.append(code)
    state = rules.state_after(taken, is_held=is_held)
    assert state in {*rules.OPEN_STATES, rules.CLOSED, rules.JOINED}
    # From wherever it stands it can be taken up again.
    ways = {move.code for move in rules.MOVES if state in move.from_states and move.to_state not in ("", state)}
    assert ways


@given(MOVES, st.sampled_from([None, *sorted(rules.SHOWN_OF_HAZARD)]))
def test_what_a_stranger_sees_starts_with_arrival_and_ends_as_the_hazard_stands(moves, state):
    taken: list[str] = []
    for code in moves:
        if rules.state_after(taken, is_held=False) in rules.MOVE[code].from_states:
            taken.append(code)
    is_hazard = rules.state_after(taken, is_held=False) == rules.HAZARD
    steps = [rules.Step(code, DAY, "words") for code in taken]
    shown = rules.HazardShown(state, DAY, DAY) if state and is_hazard else None
    stages = rules.course(DAY, steps, shown)
    assert stages[0] == rules.Stage(rules.RECEIVED, DAY)
    if shown is not None:
        assert stages[-1].code == rules.SHOWN_OF_HAZARD[shown.state]
    shows = [rules.MOVE[code].shows for code in taken if rules.MOVE[code].shows and code != "close"]
    assert [stage.code for stage in stages[1 : 1 + len(shows)]] == shows


def test_a_closed_hazard_that_is_reopened_is_being_put_right_again():
    steps = [rules.Step("accept", DAY), rules.Step("hazard", DAY), rules.Step("close", DAY, "done")]
    closed = rules.course(DAY, steps, rules.HazardShown("closed", DAY, DAY))
    again = rules.course(DAY, steps, rules.HazardShown("ordered", DAY))
    assert closed[-1] == rules.Stage(rules.SETTLED, DAY, "", "done")
    assert again[-1].code == rules.IN_HAND


def test_the_next_step_is_due_from_arrival_or_from_passing_on():
    table = (rules.Deadline("new", 3, "received_on"), rules.Deadline("passed", 10, "passed_on"))
    later = DAY + timedelta(days=5)
    assert rules.due_on("new", received_on=DAY, passed_on=None, deadlines=table) == DAY + timedelta(days=3)
    assert rules.due_on("passed", received_on=DAY, passed_on=later, deadlines=table) == later + timedelta(days=10)
    assert rules.due_on("closed", received_on=DAY, passed_on=None, deadlines=table) is None


def test_a_step_without_its_words_or_out_of_place_is_refused():
    with pytest.raises(Refused, match="words_missing"):
        rules.check_move("no_hazard", state="looked", words="  ")
    with pytest.raises(Refused, match="not_here"):
        rules.check_move("no_hazard", state="new", words="why")


def test_two_texts_that_say_the_same_are_one_and_short_ones_are_not():
    assert words.same_form("北关 鞭炮店，没有灭火器！里面堆满了货") == words.same_form(
        "北关鞭炮店没有灭火器。里面堆满了货"
    )
    assert words.same_form("着火了") == ""


@given(st.text(max_size=300))
def test_no_line_break_or_hidden_sign_is_left_in_a_line(text):
    line = words.one_line(text)
    assert "\n" not in line
    assert "\r" not in line
    assert "‮" not in words.plain_text(text + "‮")
    assert "\x00" not in words.plain_text(text + "\x00")


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "10.9.9.9", "192.0.2.7"),
        ("127.0.0.1", "10.9.9.9, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "10.9.9.9, 192.0.2.7, 10.0.0.1", "192.0.2.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", " , ", "127.0.0.1"),
    ],
)
def test_a_sender_is_believed_only_as_far_as_the_offices_own_proxies_say(remote, forwarded, expected):
    assert limits.sender_address(remote, forwarded, proxies=("127.0.0.1", "10.0.0.1")) == expected
