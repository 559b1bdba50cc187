"""The same sender by CMPP 3.0."""

import asyncio
from collections.abc import Callable

import pytest

from safemonth.messaging.cmpp.frames import Service
from safemonth.messaging.cmpp.link import Account, CmppLink
from safemonth.messaging.fates import Fate
from safemonth.messaging.links import LinkRefused
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.pace import Backoff
from safemonth.messaging.sending import Sender, Terms
from safemonth.messaging.text.parts import Tariff, word
from tests.messaging.cmpp.gateway import SECRET, State, serve
from tests.messaging.sends import fill, now, phone

SHORT = word("咨询日：6月16日，县城五个路口。", tariff=Tariff.CHINA)


def send(
    folder, state: State, *, is_done: Callable[[dict], bool], secret=SECRET, active_test_s=180.0, window=10
) -> Sender:
    """Run a sender until the outbox's counts are as wanted."""

    async def work() -> Sender:
        server = await serve(state)
        account = Account("127.0.0.1", state.port, secret, Service("900001", service_id="AQ"), active_test_s)
        log = OutboxLog(folder, at_s=now().timestamp(), patience_s=0)
        terms = Terms(window=window, reconnect=Backoff(0.02, 0.1), later=Backoff(0.02, 0.1))
        sender = Sender(log, lambda: CmppLink(account, clock=now), terms, clock=now)
        running = asyncio.create_task(sender.run())
        try:
            while not is_done(store.counts(log.database)) and not running.done():
                await asyncio.sleep(0.02)
            sender.stop()
            await running
        finally:
            log.close(at_s=now().timestamp())
            server.close()
        return sender

    return asyncio.run(asyncio.wait_for(work(), 30))


def test_each_phone_gets_the_message_once_and_its_report_is_noted(tmp_path):
    phones = fill(tmp_path, 100, text=SHORT)
    state = State(reports=b"DELIVRD")
    sender = send(tmp_path, state, is_done=lambda counts: counts.get(Fate.DELIVERED) == 100)
    assert state.counts == dict.fromkeys(phones, 1)
    assert sender.account.uncertain == 0
    assert len(state.acknowledged) == 100
    assert {result for _, result in state.acknowledged} == {0}
    assert state.terminated == 1


def test_a_carriers_own_code_is_a_failure_and_is_kept(tmp_path):
    fill(tmp_path, 1, text=SHORT)
    send(tmp_path, State(reports=b"MK:0012"), is_done=lambda counts: counts.get(Fate.FAILED) == 1)
    database = store.connect(tmp_path)
    assert store.lines(database, f"m:{phone(0)}")[0].code == "MK:0012"
    database.close()


def test_a_long_text_goes_in_numbered_parts_of_one_reference(tmp_path):
    text = "安全生产月" * 30
    [one] = fill(tmp_path, 1, text=word(text, tariff=Tariff.CHINA))
    state = State()
    send(tmp_path, state, is_done=lambda counts: counts.get(Fate.ACCEPTED) == 3)
    got = state.contents[one]
    assert [(total, number, has_header, coding) for total, number, has_header, coding, _ in got] == [
        (3, 1, 1, 8),
        (3, 2, 1, 8),
        (3, 3, 1, 8),
    ]
    assert {content[:5] for *_, content in got} == {got[0][4][:5]}
    assert [content[5] for *_, content in got] == [1, 2, 3]
    assert "".join(content[6:].decode("utf-16-be") for *_, content in got) == text


def test_what_flow_control_refuses_is_sent_later_and_once(tmp_path):
    phones = fill(tmp_path, 60, text=SHORT)
    state = State(busy_every=7)
    sender = send(tmp_path, state, is_done=lambda counts: counts.get(Fate.ACCEPTED) == 60)
    assert state.counts == dict.fromkeys(phones, 1)
    assert sender.account.later > 0


def test_a_cut_link_leaves_at_most_the_window_uncertain_and_reports_settle_nothing_twice(tmp_path):
    phones = fill(tmp_path, 120, text=SHORT)
    state = State(cut_after=40)
    sender = send(
        tmp_path, state, window=4, is_done=lambda counts: not counts.get(Fate.QUEUED) and counts[Fate.UNCERTAIN] > 0
    )
    assert max(state.counts.values()) == 1
    assert 0 < sender.account.uncertain <= 4 * sender.account.links_lost
    database = store.connect(tmp_path)
    held = {line.destination for line in store.uncertain(database)}
    database.close()
    assert set(phones) - set(state.counts) <= held


@pytest.mark.parametrize(
    ("secret", "shown", "why"), [("wrong", SECRET, "account or password"), (SECRET, "other", "shared secret")]
)
def test_neither_side_is_let_in_without_the_secret(tmp_path, secret, shown, why):
    fill(tmp_path, 1, text=SHORT)
    state = State(secret_shown=shown)
    with pytest.raises(LinkRefused, match=why):
        send(tmp_path, state, secret=secret, is_done=lambda counts: False)
    assert state.counts == {}


def test_a_quiet_link_is_kept_alive(tmp_path):
    state = State()
    send(tmp_path, state, active_test_s=0.05, is_done=lambda counts: state.asked >= 3)
    assert state.asked >= 3


def test_what_people_write_back_is_kept(tmp_path):
    state = State()
    fill(tmp_path, 1, text=SHORT)

    def say(counts) -> bool:
        if counts.get(Fate.ACCEPTED) and not state.delivered:
            from tests.messaging.cmpp.gateway import Gateway

            peer = Gateway(state)
            peer.transport = state.transports[0]
            peer.deliver("退订".encode("utf-16-be"), "13900000001", is_report=False, text_format=8)
        return bool(state.acknowledged)

    send(tmp_path, state, is_done=say)
    database = store.connect(tmp_path)
    assert [(phone, text) for _, phone, text, _ in store.replies(database)] == [("13900000001", "退订")]
    database.close()
