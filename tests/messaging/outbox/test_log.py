"""The intent log: what a crash or a power cut leaves behind, and that nothing is taken twice."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from safemonth.lib.refusals import Refused
from safemonth.messaging.fates import Fate
from safemonth.messaging.links import Answer, Receipt, Verdict
from safemonth.messaging.outbox import journal, log, notes, store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.text.parts import word
from tests.messaging.sends import fill, phone


def open_log(folder: Path, *, boot: str = "one", at_s: float = 0.0, **options) -> OutboxLog:
    return OutboxLog(folder, at_s=at_s, boot=boot, patience_s=options.pop("patience_s", 0.0))


def ok(flight: int, reference: str = "") -> tuple[int, Answer]:
    return flight, Answer(0, Verdict.ACCEPTED, 0, reference or f"r{flight}")


def states(folder: Path) -> dict[Fate, int]:
    database = store.connect(folder)
    try:
        return store.counts(database)
    finally:
        database.close()


def test_after_a_crash_exactly_what_left_unanswered_is_uncertain(tmp_path):
    fill(tmp_path, 10)
    held = open_log(tmp_path)
    pieces = held.prepare(8, at_s=1.0)
    held.flush()
    held.sent(pieces[4].flight, at_s=1.0)
    held.answered([ok(pieces[0].flight), ok(pieces[2].flight)], at_s=1.1)
    held.abandon()
    again = open_log(tmp_path)
    assert again.recovered == 3
    assert [line.destination for line in store.uncertain(again.database)] == [phone(1), phone(3), phone(4)]
    assert [line.sent_at_s for line in store.uncertain(again.database)] == [1.0, 1.0, 1.0]
    assert store.counts(again.database) == {Fate.ACCEPTED: 2, Fate.UNCERTAIN: 3, Fate.QUEUED: 5}
    assert [piece.destination for piece in again.prepare(10, at_s=2.0)] == [phone(n) for n in range(5, 10)]
    again.abandon()


def test_after_a_power_cut_every_intent_on_the_disk_is_uncertain(tmp_path):
    fill(tmp_path, 10)
    held = open_log(tmp_path)
    pieces = held.prepare(8, at_s=1.0)
    held.flush()
    held.sent(pieces[4].flight, at_s=1.0)
    held.abandon()
    again = open_log(tmp_path, boot="two")
    assert again.recovered == 8
    # A second crash before anything new does not make the marks good again.
    again.abandon()
    third = open_log(tmp_path, boot="two")
    assert third.recovered == 0
    assert states(tmp_path) == {Fate.UNCERTAIN: 8, Fate.QUEUED: 2}
    third.abandon()


def test_where_the_machine_tells_no_boot_every_stop_is_a_power_cut(tmp_path):
    fill(tmp_path, 4)
    held = open_log(tmp_path, boot="")
    held.prepare(4, at_s=1.0)
    held.abandon()
    again = open_log(tmp_path, boot="")
    assert again.recovered == 4
    again.abandon()


@pytest.mark.parametrize("torn", [1, 8, 9, 12, -1])
def test_half_a_record_at_the_end_is_cut_off_and_what_stands_before_is_read(tmp_path, torn):
    fill(tmp_path, 4)
    held = open_log(tmp_path)
    pieces = held.prepare(4, at_s=1.0)
    held.sent(pieces[-1].flight, at_s=1.0)
    held.answered([ok(pieces[0].flight)], at_s=1.0)
    whole = held._journal.size
    held.answered([ok(pieces[1].flight)], at_s=1.0)
    held.abandon()
    path = next(tmp_path.glob("journal-*"))
    os.truncate(path, whole + torn if torn > 0 else path.stat().st_size + torn)
    again = open_log(tmp_path)
    assert again.recovered == 3
    assert not path.exists()
    again.abandon()


def test_a_damaged_record_ends_the_reading(tmp_path):
    path = tmp_path / "journal"
    kept = journal.Journal(path)
    kept.append(b"S", b"first")
    size = kept.size
    kept.append(b"S", b"second")
    kept.close()
    octets = bytearray(path.read_bytes())
    octets[-1] ^= 1
    path.write_bytes(octets)
    assert list(journal.records(path)) == [(b"S", b"first")]
    reopened = journal.Journal(path)
    assert reopened.size == size
    reopened.append(b"S", b"third")
    assert list(journal.records(path)) == [(b"S", b"first"), (b"S", b"third")]
    reopened.close()


def test_a_full_disk_stops_the_journal_for_good(tmp_path, monkeypatch):
    kept = journal.Journal(tmp_path / "journal")
    kept.append(b"S", b"first")

    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", no_room)
    with pytest.raises(OSError, match="No space"):
        kept.append(b"S", b"second")
    monkeypatch.undo()
    with pytest.raises(OSError, match="before"):
        kept.append(b"S", b"third")
    kept.close()


def test_only_one_sender_works_on_an_outbox(tmp_path):
    held = open_log(tmp_path)
    with pytest.raises(Refused) as refused:
        open_log(tmp_path)
    assert refused.value.code == "outbox_in_use"
    held.abandon()
    open_log(tmp_path).abandon()


def test_what_is_wanted_later_is_taken_again_and_in_its_old_place(tmp_path):
    fill(tmp_path, 4)
    held = open_log(tmp_path)
    pieces = held.prepare(2, at_s=1.0)
    held.sent(pieces[-1].flight, at_s=1.0)
    later = Answer(0, Verdict.LATER, 0x58, "")
    held.answered([(pieces[0].flight, later), ok(pieces[1].flight)], at_s=1.0)
    assert [piece.destination for piece in held.prepare(9, at_s=1.0)] == [phone(0), phone(2), phone(3)]
    held.abandon()


def test_what_was_taken_back_is_taken_again_unless_its_time_is_over(tmp_path):
    fill(tmp_path, 2)
    fill(tmp_path, 2, start=2, not_after_s=5.0)
    held = open_log(tmp_path)
    assert len(held.prepare(4, at_s=1.0)) == 4
    held.withdraw(at_s=1.0)
    assert [piece.destination for piece in held.prepare(4, at_s=9.0)] == [phone(0), phone(1)]
    held.withdraw(at_s=9.0)
    held.close(at_s=9.0)
    assert states(tmp_path) == {Fate.QUEUED: 2, Fate.LAPSED: 2}


def test_a_message_waits_for_its_time(tmp_path):
    fill(tmp_path, 1, not_before_s=100.0)
    held = open_log(tmp_path)
    assert held.prepare(1, at_s=99.0) == []
    assert len(held.prepare(1, at_s=100.0)) == 1
    held.abandon()


def test_messages_that_come_while_the_sender_runs_are_found_whatever_their_time(tmp_path):
    fill(tmp_path, 1, not_before_s=50.0)
    held = open_log(tmp_path)
    assert len(held.prepare(9, at_s=60.0, poll_s=0)) == 1
    fill(tmp_path, 1, start=1)
    held.prepare(9, at_s=60.0, poll_s=0)
    assert [piece.destination for piece in held.prepare(9, at_s=60.0, poll_s=0)] == [phone(1)]
    held.abandon()


def test_what_was_answered_is_not_taken_again_while_the_answer_stands_in_the_journal_alone(tmp_path):
    fill(tmp_path, 4)
    held = open_log(tmp_path)
    pieces = held.prepare(4, at_s=1.0, poll_s=0)
    held.sent(pieces[-1].flight, at_s=1.0)
    # The end of the queue is met while they are in flight, so that it is looked at from the start again.
    assert held.prepare(4, at_s=1.0, poll_s=0) == []
    held.answered([ok(piece.flight) for piece in pieces], at_s=1.0)
    assert held.prepare(4, at_s=1.0, poll_s=0) == []
    assert held.prepare(4, at_s=1.0, poll_s=0) == []
    held.abandon()


def test_what_was_in_flight_when_the_queue_was_looked_at_from_the_start_is_not_met_again_later(tmp_path):
    fill(tmp_path, 8)
    held = open_log(tmp_path)
    pieces = held.prepare(8, at_s=1.0)
    held.sent(pieces[-1].flight, at_s=1.0)
    held.answered([(pieces[0].flight, Answer(0, Verdict.LATER, 0x58, ""))], at_s=1.0)
    assert [piece.destination for piece in held.prepare(1, at_s=1.0)] == [phone(0)]
    held.answered([ok(piece.flight) for piece in pieces[1:]], at_s=1.0)
    assert held.prepare(8, at_s=1.0) == []
    held.abandon()


def test_handing_the_same_message_over_again_changes_nothing(tmp_path):
    fill(tmp_path, 3)
    fill(tmp_path, 5)
    assert states(tmp_path) == {Fate.QUEUED: 5}


def test_a_long_journal_starts_anew_and_keeps_what_is_in_flight(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "JOURNAL_OCTETS_MOST", 100)
    fill(tmp_path, 30)
    held = open_log(tmp_path)
    for _ in range(5):
        pieces = held.prepare(5, at_s=1.0)
        held.sent(pieces[-1].flight, at_s=1.0)
        held.answered([ok(piece.flight) for piece in pieces[:4]], at_s=1.0)
        held.fold(at_s=1.0)
    assert len(list(tmp_path.glob("journal-*"))) == 1
    held.abandon()
    again = open_log(tmp_path)
    assert again.recovered == 5
    assert store.counts(again.database) == {Fate.ACCEPTED: 20, Fate.UNCERTAIN: 5, Fate.QUEUED: 5}
    again.abandon()


def test_a_fold_that_was_not_written_is_read_from_the_journal_at_the_next_start(tmp_path, monkeypatch):
    fill(tmp_path, 9)
    held = open_log(tmp_path)
    pieces = held.prepare(6, at_s=1.0)
    held.sent(pieces[3].flight, at_s=1.0)
    held.answered([ok(pieces[0].flight), ok(pieces[1].flight)], at_s=1.0)
    # The journal is long, so the fold begins the next one, and then the disk takes nothing.
    monkeypatch.setattr(log, "JOURNAL_OCTETS_MOST", 10)
    held.begin_fold(at_s=1.0)
    held.sent(pieces[4].flight, at_s=2.0)
    held.answered([ok(pieces[2].flight)], at_s=2.0)
    # What is in the lost fold is not taken again meanwhile, and no later fold can hide it.
    assert [piece.destination for piece in held.prepare(9, at_s=2.0)] == [phone(6), phone(7), phone(8)]
    with pytest.raises(RuntimeError, match="not ended"):
        held.fold(at_s=2.0)
    assert len(list(tmp_path.glob("journal-*"))) == 2
    held.close(at_s=2.0)
    again = open_log(tmp_path)
    assert again.recovered == 2
    assert store.counts(again.database) == {Fate.ACCEPTED: 3, Fate.UNCERTAIN: 2, Fate.QUEUED: 4}
    again.abandon()


def test_messages_go_on_while_a_fold_is_written(tmp_path):
    fill(tmp_path, 4)
    held = open_log(tmp_path)
    pieces = held.prepare(2, at_s=1.0)
    held.sent(pieces[-1].flight, at_s=1.0)
    held.answered([ok(piece.flight) for piece in pieces], at_s=1.0)
    folding = held.begin_fold(at_s=1.0)
    more = held.prepare(9, at_s=1.0, poll_s=0)
    held.sent(more[-1].flight, at_s=1.0)
    held.answered([ok(more[0].flight)], at_s=1.0)
    assert held.prepare(9, at_s=1.0, poll_s=0) == []
    held.write_fold(folding)
    held.end_fold(folding)
    assert held.prepare(9, at_s=1.0, poll_s=0) == []
    held.abandon()
    again = open_log(tmp_path)
    assert again.recovered == 1
    assert store.counts(again.database) == {Fate.ACCEPTED: 3, Fate.UNCERTAIN: 1}
    again.abandon()


def test_each_change_is_news_until_it_was_read(tmp_path):
    fill(tmp_path, 3, text=word("安" * 71))
    held = open_log(tmp_path)
    pieces = held.prepare(2, at_s=1.0)
    held.sent(pieces[-1].flight, at_s=1.0)
    held.answered([ok(piece.flight) for piece in pieces], at_s=1.0)
    held.close(at_s=1.0)
    database = store.connect(tmp_path)
    mark, lines = store.changed(database, most=100)
    assert [(line.key, line.part, line.state) for line in lines] == [(f"m:{phone(0)}", 1, 1), (f"m:{phone(0)}", 2, 1)]
    store.read(database, mark)
    assert store.changed(database, most=100)[1] == []
    database.close()


def test_notes_come_back_as_they_were_written():
    receipts = [
        Receipt("a b\tc", "8613900000001", Fate.DELIVERED, "DELIVRD\n001", 0),
        Receipt("", "", Fate.FAILED, "", 0),
    ]
    at_s, read = notes.receipts_of(notes.receipts_bytes(2.5, receipts))
    assert at_s == 2.5
    assert read == [receipts[0]._replace(reference="a b c", code="DELIVRD 001"), receipts[1]]
    answers = [(7, Answer(0, Verdict.REFUSED, 0x0B, "")), (8, Answer(0, Verdict.ACCEPTED, 0, "编号"))]
    assert notes.answers_of(notes.answers_bytes(1.0, answers)) == (1.0, answers)


class Outbox(RuleBasedStateMachine):
    """Any order of sending, answers, losses, folds and crashes: nothing leaves twice, nothing is lost in silence."""

    @initialize(count=st.integers(0, 12))
    def start(self, count):
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-"))
        self.handed = set(fill(self.folder, count))
        self.left: dict[str, int] = {}
        self.ready: list = []
        self.flying: list = []
        self.boot = 0
        self.durable_octets = 0
        self.folding = None
        self.held = open_log(self.folder, boot="0")

    @rule(count=st.integers(1, 8))
    def prepare_some(self, count):
        self.prepare(count)

    def prepare(self, count):
        self.ready += self.held.prepare(count, at_s=1.0, poll_s=0)
        self.held.flush()
        self.durable_octets = self.held._journal.size

    @rule(count=st.integers(1, 8), answered=st.integers(0, 8))
    def work(self, count, answered):
        self.prepare(count)
        self.send(len(self.ready))
        pieces, self.flying = self.flying[:answered], self.flying[answered:]
        self.held.answered([ok(piece.flight) for piece in pieces], at_s=1.0)

    @precondition(lambda self: self.ready)
    @rule(data=st.data())
    def send_some(self, data):
        self.send(data.draw(st.integers(1, len(self.ready))))

    def send(self, count):
        if count == 0:
            return
        pieces, self.ready = self.ready[:count], self.ready[count:]
        self.held.sent(pieces[-1].flight, at_s=1.0)
        for piece in pieces:
            self.left[piece.destination] = self.left.get(piece.destination, 0) + 1
        self.flying += pieces

    @precondition(lambda self: self.flying)
    @rule(data=st.data(), verdict=st.sampled_from(Verdict))
    def answer(self, data, verdict):
        piece = self.flying.pop(data.draw(st.integers(0, len(self.flying) - 1)))
        self.held.answered([(piece.flight, Answer(0, verdict, int(verdict), "x"))], at_s=1.0)
        if verdict is Verdict.LATER:
            # The gateway did not take it: it has not left.
            self.left[piece.destination] -= 1

    @rule()
    def lose_the_link(self):
        assert set(self.held.lost(at_s=1.0)) == {piece.flight for piece in self.flying}
        self.flying, self.ready = [], []

    @rule()
    def fold(self):
        if self.folding:
            self.held.write_fold(self.folding)
            self.held.end_fold(self.folding)
            self.folding = None
        else:
            self.folding = self.held.begin_fold(at_s=1.0)

    @rule()
    def crash(self):
        self.held.abandon()
        self.folding = None
        self.held = open_log(self.folder, boot=str(self.boot))
        assert self.held.recovered == len(self.flying)
        self.flying, self.ready = [], []

    @rule(data=st.data())
    def cut_the_power(self, data):
        path, size = self.held._journal.path, self.held._journal.size
        self.held.abandon()
        self.folding = None
        # What was not waited for may be on the disk or not.
        os.truncate(path, data.draw(st.integers(min(self.durable_octets, size), size)))
        self.boot += 1
        self.held = open_log(self.folder, boot=str(self.boot))
        assert self.held.recovered >= len(self.flying) + len(self.ready)
        self.flying, self.ready = [], []

    @invariant()
    def nothing_left_twice(self):
        assert max(getattr(self, "left", {}).values(), default=0) <= 1

    def teardown(self):
        if not hasattr(self, "held"):
            return
        self.held.close(at_s=1.0)
        open_log(self.folder, boot=str(self.boot)).close(at_s=1.0)
        database = store.connect(self.folder)
        counts = store.counts(database)
        # Each message is in one state, and none that left counts as queued.
        assert sum(counts.values()) == len(self.handed)
        queued = {row[0] for row in database.execute("SELECT destination FROM message WHERE state = 0")}
        assert not {phone for phone, times in self.left.items() if times} & queued
        database.close()
        shutil.rmtree(self.folder)


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
