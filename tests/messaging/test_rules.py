"""Who gets a message and when."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.messaging.fates import OPEN_TO_RECEIPTS, Fate, after_receipt, whole
from safemonth.messaging.rules import LeftOut, QuietHours, Recipient, choose, is_opt_out, number_key

NAMED = st.lists(
    st.builds(
        Recipient,
        st.sampled_from("abcde"),
        st.sampled_from(["", "13900000001", "+86 139 0000 0001", "13900000002", "13900000003"]),
    )
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, 10, hour, minute, tzinfo=UTC)


@given(NAMED, st.sets(st.sampled_from(["13900000001", "13900000002"])))
def test_everyone_named_gets_one_message_or_a_reason(named, opted_out):
    choice = choose(named, opted_out=opted_out)
    assert len(choice.chosen) + len(choice.left_out) == len(named)
    keys = [number_key(recipient.address) for recipient in choice.chosen]
    assert len(set(keys)) == len(keys)
    assert len({recipient.person for recipient in choice.chosen}) == len(choice.chosen)
    assert not set(keys) & opted_out


def test_the_reason_says_why_someone_was_left_out():
    named = [
        Recipient("a", "13900000001"),
        Recipient("a", "13900000002"),
        Recipient("b", "+86 13900000001"),
        Recipient("c", "13900000003"),
        Recipient("d", ""),
    ]
    choice = choose(named, opted_out={"13900000003"})
    assert choice.chosen == (named[0],)
    assert [why for _, why in choice.left_out] == [
        LeftOut.SAME_PERSON,
        LeftOut.SAME_ADDRESS,
        LeftOut.OPTED_OUT,
        LeftOut.NO_ADDRESS,
    ]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("139 0000 0001", "13900000001"),
        ("+8613900000001", "13900000001"),
        ("008613900000001", "13900000001"),
        ("0312-8821234", "03128821234"),
        ("+4915112345678", "4915112345678"),
        ("Office@Example.org", "office@example.org"),
        ("—", ""),
    ],
)
def test_the_same_number_written_otherwise_has_the_same_key(address, key):
    assert number_key(address) == key


NIGHT = QuietHours(time(21), time(8))


@pytest.mark.parametrize(("hour", "is_quiet"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False)])
def test_quiet_hours_may_lie_over_midnight(hour, is_quiet):
    assert NIGHT.holds(at(hour)) is is_quiet


def test_quiet_hours_say_when_they_end():
    assert NIGHT.over_at(at(22, 30)) == at(8) + timedelta(days=1)
    assert NIGHT.over_at(at(3)) == at(8)
    assert NIGHT.over_at(at(12)) == at(12)
    assert QuietHours(time(12), time(14)).over_at(at(13)) == at(14)
    assert not QuietHours(time(9), time(9)).holds(at(9))


@given(st.times(), st.times(), st.datetimes(timezones=st.just(UTC)))
def test_the_moment_after_quiet_hours_is_not_quiet(start, end, moment):
    quiet = QuietHours(start.replace(microsecond=0), end.replace(microsecond=0))
    over = quiet.over_at(moment)
    assert not quiet.holds(over)
    assert moment <= over <= moment + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "is_no"),
    [("TD", True), ("退订。", True), (" Stop ", True), ("TD 请问咨询日在哪", False), ("好", False), ("", False)],
)
def test_only_the_word_alone_opts_out(text, is_no):
    assert is_opt_out(text) is is_no


def test_the_worst_part_tells_what_became_of_a_message():
    assert whole([Fate.DELIVERED, Fate.DELIVERED]) is Fate.DELIVERED
    assert whole([Fate.DELIVERED, Fate.ACCEPTED]) is Fate.ACCEPTED
    assert whole([Fate.DELIVERED, Fate.UNCERTAIN, Fate.FAILED]) is Fate.UNCERTAIN
    assert {whole([fate]) for fate in Fate} == set(Fate)


@given(st.sampled_from(Fate), st.lists(st.sampled_from([Fate.ACCEPTED, Fate.DELIVERED, Fate.FAILED])))
def test_receipts_change_only_what_is_open_and_never_undo_a_delivery(start, said):
    fate = start
    for one in said:
        fate = after_receipt(fate, one)
    if start not in OPEN_TO_RECEIPTS:
        assert fate is start
    elif Fate.DELIVERED in said:
        assert fate is Fate.DELIVERED
    elif Fate.FAILED in said:
        assert fate is Fate.FAILED
    else:
        assert fate is (Fate.ACCEPTED if start is Fate.UNCERTAIN and said else start)
