"""Which message a receipt is of."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Answer, Receipt, Verdict
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.outbox.receipts import only_candidate, reference_forms
from tests.messaging.sends import fill, phone


def open_log(folder: Path, *, patience_s: float = 60.0, at_s: float = 0.0) -> OutboxLog:
    return OutboxLog(folder, at_s=at_s, boot="one", patience_s=patience_s)


def sent(held: OutboxLog, count: int, *, at_s: float = 1.0, references: list[str] | None = None) -> None:
    pieces = held.prepare(count, at_s=at_s)
    held.sent(pieces[-1].flight, at_s=at_s)
    for piece, reference in zip(pieces, references or [], strict=False):
        held.answered([(piece.flight, Answer(0, Verdict.ACCEPTED, 0, reference))], at_s=at_s)


def state(held: OutboxLog, number: int) -> Fate:
    return store.lines(held.database, f"m:{phone(number)}")[0].state


@pytest.mark.parametrize(
    ("answered", "in_receipt"),
    [
        ("a01", "a01"),
        ("a01", "A01"),
        ("a01", "2561"),
        ("2561", "a01"),
        ("00000A01", "2561"),
        ("0042", "42"),
        ("x-7", "x-7"),
    ],
)
def test_a_receipt_finds_its_message_by_number_in_any_notation(tmp_path, answered, in_receipt):
    fill(tmp_path, 2)
    held = open_log(tmp_path)
    sent(held, 2, references=["77", answered])
    held.received([Receipt(in_receipt, phone(1), Fate.DELIVERED, "DELIVRD", 1)], at_s=2.0)
    held.fold(at_s=2.0)
    assert (state(held, 0), state(held, 1)) == (Fate.ACCEPTED, Fate.DELIVERED)
    assert store.strays(held.database) == []
    held.abandon()


def test_the_same_number_of_another_phone_is_not_its_message(tmp_path):
    fill(tmp_path, 2)
    held = open_log(tmp_path)
    sent(held, 2, references=["10", "16"])
    # 0x10 is 16: the phone tells which of the two is meant.
    held.received([Receipt("10", phone(1), Fate.FAILED, "UNDELIV", 1)], at_s=2.0)
    held.fold(at_s=2.0)
    assert (state(held, 0), state(held, 1)) == (Fate.ACCEPTED, Fate.FAILED)
    held.abandon()


def test_a_receipt_before_its_answer_waits_for_it(tmp_path):
    fill(tmp_path, 1)
    held = open_log(tmp_path)
    piece = held.prepare(1, at_s=1.0)[0]
    held.sent(piece.flight, at_s=1.0)
    held.received([Receipt("a01", phone(0), Fate.DELIVERED, "DELIVRD", 1)], at_s=1.5)
    held.fold(at_s=1.5)
    assert state(held, 0) is Fate.QUEUED
    assert len(store.strays(held.database)) == 1
    held.answered([(piece.flight, Answer(0, Verdict.ACCEPTED, 0, "a01"))], at_s=2.0)
    held.fold(at_s=2.0)
    assert state(held, 0) is Fate.DELIVERED
    assert store.strays(held.database) == []
    held.abandon()


def test_a_receipt_settles_the_one_uncertain_message_to_its_phone(tmp_path):
    fill(tmp_path, 3)
    held = open_log(tmp_path)
    sent(held, 3)
    held.abandon()
    held = open_log(tmp_path, at_s=5.0)
    assert held.recovered == 3
    held.received([Receipt("ffff", phone(1), Fate.DELIVERED, "DELIVRD", 1)], at_s=10.0)
    held.fold(at_s=10.0)
    # Its answer may still be on the way, if it is of a message that is in flight now.
    assert state(held, 1) is Fate.UNCERTAIN
    held.fold(at_s=71.0)
    assert [state(held, n) for n in range(3)] == [Fate.UNCERTAIN, Fate.DELIVERED, Fate.UNCERTAIN]
    assert store.lines(held.database, f"m:{phone(1)}")[0].reference == "ffff"
    held.abandon()


def test_a_receipt_that_fits_two_uncertain_messages_settles_neither_and_is_listed(tmp_path):
    database = store.connect(tmp_path)
    from tests.messaging.sends import SHORT

    store.add(database, [store.Parcel(f"m:{n}", phone(0), SHORT, "1069") for n in range(2)])
    database.close()
    held = open_log(tmp_path, patience_s=0)
    sent(held, 2)
    held.lost(at_s=2.0)
    held.received([Receipt("ffff", phone(0), Fate.DELIVERED, "DELIVRD", 1)], at_s=3.0)
    held.fold(at_s=3.0)
    assert store.counts(held.database) == {Fate.UNCERTAIN: 2}
    assert [stray.destination for stray in store.strays(held.database)] == [phone(0)]
    held.abandon()


def test_a_person_settles_what_no_receipt_does_and_a_later_receipt_still_counts(tmp_path):
    fill(tmp_path, 2)
    held = open_log(tmp_path, patience_s=0)
    sent(held, 2)
    held.lost(at_s=2.0)
    held.fold(at_s=2.0)
    assert store.settle(held.database, f"m:{phone(0)}", was_sent=False) == 1
    assert store.settle(held.database, f"m:{phone(1)}", was_sent=True) == 1
    assert store.settle(held.database, f"m:{phone(1)}", was_sent=True) == 0
    assert [state(held, n) for n in range(2)] == [Fate.SETTLED_UNSENT, Fate.SETTLED_SENT]
    assert held.prepare(9, at_s=3.0) == []
    held.abandon()


def test_only_a_message_that_left_before_the_receipt_and_not_long_before_can_be_meant():
    day = 86_400.0
    assert only_candidate([(1, 100.0), (2, 900_000.0)], 200.0) == 1
    assert only_candidate([(1, 100.0)], 100.0 + 4 * day) is None
    assert only_candidate([(1, None)], 5.0) == 1
    assert only_candidate([(1, None), (2, 1.0)], 5.0) is None
    assert only_candidate([], 5.0) is None


@given(
    st.integers(1, 2**64 - 1), st.sampled_from(["{:x}", "{:X}", "{:d}", "{:08X}"]), st.sampled_from(["{:x}", "{:d}"])
)
def test_a_number_has_the_same_form_in_hexadecimal_and_decimal(number, one, other):
    assert set(reference_forms(one.format(number))) & set(reference_forms(other.format(number)))
