"""Plain decisions about broadcasts."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.publicity.broadcasts.rules import (
    QUIET_BY_DEFAULT,
    RECEIPTS_COME_WITHIN,
    BroadcastFacts,
    ContactLine,
    as_cell,
    check_phone,
    check_window,
    is_over,
    looks_unsigned,
    masked,
    meets,
    needs_second_person,
    read_contact_lines,
    state_of,
)
from safemonth.lib.refusals import Refused
from safemonth.messaging.rules import QuietHours

DAY = datetime(2026, 6, 10, tzinfo=UTC)
CLOSES = DAY + timedelta(hours=18)
minutes = st.integers(0, 3 * 24 * 60)


def facts(**known: Any) -> BroadcastFacts:
    told = {"is_asked": True, "is_approved": True, "is_queued": True, "is_stopped": False, "closes_at": CLOSES}
    return BroadcastFacts(**{**told, **known})


@pytest.mark.parametrize(
    ("known", "after", "state"),
    [
        ({"is_asked": False, "is_approved": False, "is_queued": False}, timedelta(), "draft"),
        ({"is_approved": False, "is_queued": False}, timedelta(), "waiting"),
        ({"is_queued": False}, timedelta(), "approved"),
        ({"waiting": 1}, timedelta(days=9), "queued"),
        ({"uncertain": 1}, timedelta(days=9), "queued"),
        ({"on_the_way": 1}, RECEIPTS_COME_WITHIN - timedelta(seconds=1), "queued"),
        ({"on_the_way": 1}, RECEIPTS_COME_WITHIN, "done"),
        ({"on_the_way": 1, "has_receipts": False}, timedelta(), "done"),
        ({}, timedelta(), "done"),
        ({"is_stopped": True, "waiting": 1}, timedelta(), "stopped"),
    ],
)
def test_a_broadcast_comes_forward_by_what_is_known_of_it(known: Any, after: timedelta, state: str):
    assert state_of(facts(**known), at=CLOSES + after) == state


def test_what_was_never_queued_has_no_account_to_complete():
    assert not is_over(facts(is_queued=False), at=CLOSES + timedelta(days=9))


def test_five_people_need_one_person_and_six_need_two():
    assert [needs_second_person(count) for count in (0, 5, 6)] == [False, False, True]


@given(minutes, st.integers(1, 3 * 24 * 60), st.integers(0, 23), st.integers(0, 23))
def test_a_window_meets_quiet_hours_where_one_of_its_minutes_is_quiet(begin: int, length: int, start: int, end: int):
    opens = DAY + timedelta(minutes=begin)
    quiet = QuietHours(time(start), time(end))
    looked = any(quiet.holds(opens + timedelta(minutes=minute)) for minute in range(length))
    assert meets(quiet, opens_at=opens, closes_at=opens + timedelta(minutes=length)) == looked


@given(minutes, st.integers(1, 3 * 24 * 60))
def test_a_gateways_quiet_hours_leave_time_exactly_where_some_minute_is_not_quiet(begin: int, length: int):
    opens = DAY + timedelta(minutes=begin)
    closes = opens + timedelta(minutes=length)
    leaves = any(not QUIET_BY_DEFAULT.holds(opens + timedelta(minutes=minute)) for minute in range(length))
    said: AbstractContextManager[object] = nullcontext() if leaves else pytest.raises(Refused, match="quiet hours")
    with said:
        check_window(opens_at=opens, closes_at=closes, quiet=QUIET_BY_DEFAULT)


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [(9, 9, "window_reversed"), (9, 22, "window_meets_quiet_hours"), (7, 9, "window_meets_quiet_hours")],
)
def test_without_the_gateways_quiet_hours_the_window_itself_must_keep_them(opens: int, closes: int, code: str):
    with pytest.raises(Refused) as refused:
        check_window(opens_at=DAY + timedelta(hours=opens), closes_at=DAY + timedelta(hours=closes), quiet=None)
    assert refused.value.code == code


def test_a_days_window_from_eight_to_nine_in_the_evening_is_taken():
    check_window(opens_at=DAY + timedelta(hours=8), closes_at=DAY + timedelta(hours=21), quiet=None)


@given(st.integers(10**4, 10**15 - 1))
def test_a_number_is_the_same_however_it_is_written(number: int):
    written = f"{number}"
    assert check_phone(f" {written[:3]}-{written[3:]} ") == check_phone(written)


@pytest.mark.parametrize("phone", ["1234", "1" * 16, "ask 12345", "—"])
def test_what_is_no_number_is_refused(phone: str):
    with pytest.raises(Refused) as refused:
        check_phone(phone)
    assert refused.value.code == "not_a_phone"


def test_no_number_is_no_mistake():
    assert check_phone(" ") == ""


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_a_masked_number_hides_four_digits_and_keeps_its_ends(phone: str):
    assert masked(phone) == f"{phone[:3]}****{phone[-4:]}"


@pytest.mark.parametrize(
    ("address", "shown"),
    [("ab@example.org", "a***@example.org"), ("值班群", "值班群"), ("12345", "****45"), ("", "****")],
)
def test_other_addresses_are_masked_as_far_as_they_tell_of_a_person(address: str, shown: str):
    assert masked(address) == shown


def test_a_pasted_list_is_read_line_by_line():
    text = "单位\t职务\t电话\n北乡\t安全员\t139 0000 0001\n\n南乡，站长，13900000002，a@example.org\n"
    assert read_contact_lines(text) == [
        ContactLine(2, "北乡", "安全员", "139 0000 0001"),
        ContactLine(4, "南乡", "站长", "13900000002", "a@example.org"),
    ]


def test_a_line_with_too_few_columns_is_named():
    with pytest.raises(Refused) as refused:
        read_contact_lines("北乡,安全员,1\n南乡,2")
    assert refused.value.params == {"line": 2, "count": 2}


@pytest.mark.parametrize(("text", "is_unsigned"), [("【安委办】好", False), ("好【安委办】 ", False), ("好", True)])
def test_a_text_without_its_sender_is_pointed_out(text: str, is_unsigned: bool):
    assert looks_unsigned(text) is is_unsigned


@given(st.text())
def test_no_cell_begins_a_formula(text: str):
    assert as_cell(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert as_cell(text).endswith(text)
