"""Sending by SMPP to an SMSC of another maker: all arrive, none twice, and each is accounted for."""

import asyncio
import sqlite3
import time
from datetime import time as clock_time
from datetime import timedelta

import pytest

from safemonth.messaging import sending
from safemonth.messaging.fates import Fate
from safemonth.messaging.links import LinkRefused
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.pace import Backoff
from safemonth.messaging.rules import QuietHours
from safemonth.messaging.sending import Sender, Terms
from safemonth.messaging.smpp.frames import Addressing
from safemonth.messaging.text.parts import word
from tests.messaging.gateways import smsc
from tests.messaging.sends import fill, now, run, smpp


def quick(**terms) -> Terms:
    return Terms(reconnect=Backoff(0.02, 0.1), later=Backoff(0.02, 0.1), **terms)


def states(folder) -> dict[Fate, int]:
    database = store.connect(folder)
    try:
        return store.counts(database)
    finally:
        database.close()


def test_each_phone_gets_the_message_once(tmp_path):
    phones = fill(tmp_path, 500)
    with smsc() as gateway:
        account = run(tmp_path, smpp(gateway.port))
        assert gateway.counts() == dict.fromkeys(phones, 1)
    assert (account.sent, account.accepted, account.uncertain) == (500, 500, 0)
    assert states(tmp_path) == {Fate.ACCEPTED: 500}


@pytest.mark.parametrize(
    ("text", "coding", "parts"),
    [
        ("Hidden danger? Tell us: 12350 {free} €0", 0, 1),
        ("安全生产月:6月16日咨询日,县城五个路口,欢迎咨询。" * 4, 8, 2),
        ("Signs of the extension table {are} two septets. " * 8, 0, 3),
    ],
)
def test_the_phone_reads_what_was_written(tmp_path, text, coding, parts):
    [phone] = fill(tmp_path, 1, text=word(text))
    with smsc() as gateway:
        run(tmp_path, smpp(gateway.port, addressing=Addressing(source_ton=0, source_npi=1)))
        got = gateway.ask(counts=True)["texts"][phone]
    assert [message["coding"] for message in got] == [coding] * parts
    assert "".join(message["text"] for message in got) == text
    if parts > 1:
        assert len({message["udh"][:-2] for message in got}) == 1
        assert [message["udh"][-2:] for message in got] == [f"{part:02x}" for part in range(1, parts + 1)]


@pytest.mark.parametrize("options", [{}, {"receipt_tlv": True}, {"receipt_first": True}, {"receipt_id": "decimal"}])
def test_receipts_say_that_it_was_delivered(tmp_path, options):
    phones = fill(tmp_path, 60)
    with smsc(receipts=True, **options) as gateway:
        run_until(tmp_path, gateway, lambda counts: counts.get(Fate.DELIVERED) == 60)
        assert set(gateway.ask(counts=True)["acknowledged"]) == set(phones)


def test_receipts_say_that_it_failed(tmp_path):
    fill(tmp_path, 20)
    with smsc(receipts=True, receipt_state="UNDELIV") as gateway:
        run_until(tmp_path, gateway, lambda counts: counts.get(Fate.FAILED) == 20)


def test_what_a_gateway_throttles_is_sent_later_and_once(tmp_path):
    phones = fill(tmp_path, 200)
    with smsc(throttle_every=7) as gateway:
        account = run(tmp_path, smpp(gateway.port), quick())
        assert gateway.counts() == dict.fromkeys(phones, 1)
    assert account.later > 0
    assert states(tmp_path) == {Fate.ACCEPTED: 200}


def test_what_a_gateway_refuses_is_listed_with_its_status_and_not_sent_again(tmp_path):
    fill(tmp_path, 50)
    with smsc(refuse_every=10) as gateway:
        account = run(tmp_path, smpp(gateway.port))
        assert gateway.ask(counts=True)["arrived"] == 50
    assert account.refused == 5
    assert states(tmp_path) == {Fate.ACCEPTED: 45, Fate.REFUSED: 5}
    database = store.connect(tmp_path)
    assert {row[0] for row in database.execute("SELECT status FROM message WHERE state = 4")} == {0x0B}
    database.close()


def test_a_link_that_is_cut_leaves_at_most_the_window_uncertain_and_nothing_twice(tmp_path):
    phones = fill(tmp_path, 300)
    with smsc(cut_after=40) as gateway:
        account = run(tmp_path, smpp(gateway.port), quick(window=5))
        counts = gateway.counts()
    assert max(counts.values()) == 1
    assert account.links_lost >= 5
    assert 0 < account.uncertain <= 5 * account.links_lost
    found = states(tmp_path)
    assert set(found) == {Fate.ACCEPTED, Fate.UNCERTAIN}
    assert found[Fate.UNCERTAIN] == account.uncertain
    database = store.connect(tmp_path)
    held = {line.destination for line in store.uncertain(database)}
    database.close()
    # None is lost in silence: each phone got it, or its message is listed.
    assert set(phones) - set(counts) <= held


def test_a_gateway_that_answers_nothing_is_left_and_what_it_has_is_held(tmp_path):
    phones = fill(tmp_path, 30)
    with smsc(silent=True) as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port), quick(window=4, answer_s=0.3), clock=now)

        async def work() -> None:
            running = asyncio.create_task(sender.run(until_empty=True))
            while sender.account.links_lost == 0:
                await asyncio.sleep(0.02)
            gateway.ask(set={"silent": False})
            await running

        asyncio.run(asyncio.wait_for(work(), 30))
        log.close(at_s=now().timestamp())
        assert gateway.counts() == dict.fromkeys(phones, 1)
    found = states(tmp_path)
    assert found[Fate.UNCERTAIN] % 4 == 0
    assert found[Fate.UNCERTAIN] + found[Fate.ACCEPTED] == 30


def test_a_disk_that_fails_ends_the_sender_and_nothing_goes_twice_afterwards(tmp_path, monkeypatch):
    phones = fill(tmp_path, 200)
    with smsc() as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port), quick(window=5), clock=now)
        flush, flushed = log.flush, []

        def failing() -> None:
            flushed.append(1)
            if len(flushed) > 6:
                raise OSError(5, "Input/output error")
            flush()

        monkeypatch.setattr(log, "flush", failing)
        with pytest.raises(OSError, match="Input/output"):
            asyncio.run(asyncio.wait_for(sender.run(until_empty=True), 30))
        log.close(at_s=now().timestamp())
        account = run(tmp_path, smpp(gateway.port), quick(window=5))
        counts = gateway.counts()
    assert max(counts.values()) == 1
    assert account.uncertain + sender.account.uncertain <= 5
    assert len(set(phones) - set(counts)) <= 5


def test_tables_that_are_busy_elsewhere_hold_nothing_up(tmp_path, monkeypatch):
    monkeypatch.setattr(sending, "BUSY_S", 0.05)
    phones = fill(tmp_path, 200)
    with smsc() as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port), quick(), clock=now)
        write, tried = log.write_fold, []

        def busy(folding) -> None:
            tried.append(1)
            if len(tried) < 4:
                raise sqlite3.OperationalError("database is locked")
            write(folding)

        monkeypatch.setattr(log, "write_fold", busy)
        asyncio.run(asyncio.wait_for(sender.run(until_empty=True), 30))
        log.close(at_s=now().timestamp())
        assert gateway.counts() == dict.fromkeys(phones, 1)
    assert len(tried) >= 4
    assert states(tmp_path) == {Fate.ACCEPTED: 200}


def test_a_wrong_password_ends_the_sender_and_nothing_has_left(tmp_path):
    fill(tmp_path, 3)
    with smsc(password="other") as gateway, pytest.raises(LinkRefused):
        run(tmp_path, smpp(gateway.port))
    assert states(tmp_path) == {Fate.QUEUED: 3}


def test_the_rate_is_kept(tmp_path):
    fill(tmp_path, 30)
    with smsc() as gateway:
        started = time.monotonic()
        run(tmp_path, smpp(gateway.port), quick(rate_per_s=40, burst=2))
        assert time.monotonic() - started >= 28 / 40


def test_nothing_leaves_in_quiet_hours(tmp_path):
    fill(tmp_path, 5)
    start = (now() - timedelta(hours=1)).time().replace(microsecond=0)
    end = (now() + timedelta(hours=1)).time().replace(microsecond=0)
    with smsc() as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port), quick(quiet=QuietHours(start, end)), clock=now)

        async def work() -> None:
            running = asyncio.create_task(sender.run())
            await asyncio.sleep(0.5)
            sender.stop()
            await running

        asyncio.run(asyncio.wait_for(work(), 30))
        log.close(at_s=now().timestamp())
        assert gateway.counts() == {}
    assert states(tmp_path) == {Fate.QUEUED: 5}
    assert QuietHours(clock_time(0), clock_time(0)).holds(now()) is False


def test_what_people_write_back_is_kept(tmp_path):
    with smsc() as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port), quick(), clock=now)

        async def work() -> None:
            running = asyncio.create_task(sender.run())
            while not gateway.ask(counts=True)["bound"]:
                await asyncio.sleep(0.02)
            gateway.ask(say={"source_addr": "8613900000001", "short_message": "退订"})
            while not store.replies(log.database):
                await asyncio.sleep(0.02)
            sender.stop()
            await running

        asyncio.run(asyncio.wait_for(work(), 30))
        [(_, destination, text, _)] = store.replies(log.database)
        log.close(at_s=now().timestamp())
    assert (destination, text) == ("8613900000001", "退订")


def test_a_quiet_link_is_kept_alive(tmp_path):
    with smsc() as gateway:
        log = OutboxLog(tmp_path, at_s=now().timestamp(), patience_s=0)
        sender = Sender(log, smpp(gateway.port, enquire_s=0.1), quick(), clock=now)

        async def work() -> None:
            running = asyncio.create_task(sender.run())
            while gateway.ask(counts=True)["asked"] < 3:
                await asyncio.sleep(0.05)
            sender.stop()
            await running

        asyncio.run(asyncio.wait_for(work(), 30))
        log.close(at_s=now().timestamp())
    assert sender.account.links_lost == 0


def run_until(folder, gateway, is_done) -> None:
    """Run a sender until the outbox's counts are as wanted."""
    log = OutboxLog(folder, at_s=now().timestamp(), patience_s=0)
    sender = Sender(log, smpp(gateway.port), quick(), clock=now)

    async def work() -> None:
        running = asyncio.create_task(sender.run())
        while not is_done(store.counts(log.database)):
            await asyncio.sleep(0.05)
        sender.stop()
        await running

    try:
        asyncio.run(asyncio.wait_for(work(), 30))
    finally:
        log.close(at_s=now().timestamp())
