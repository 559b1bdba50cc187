"""Messages as people see them: queued once a person, handed over once, their fates brought back, settled by a person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from safemonth.messaging import actions, queries
from safemonth.messaging.actions import (
    NewMessage,
    bring_back,
    hand_over,
    opt_in,
    opt_out,
    queue,
    send_again,
    settle,
    stop,
)
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import Gateway
from safemonth.messaging.links import Answer, Receipt, Verdict
from safemonth.messaging.models import Attempt, Message, OptOut, Reply
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.rules import LeftOut
from safemonth.messaging.text.parts import Tariff
from tests.messaging.gateways import smsc

AT = datetime(2026, 6, 10, 8, tzinfo=UTC)
COUNTY = Gateway("county", "smpp", source="10690001", tariff=Tariff.CHINA)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(tmp_path):
    database = store.connect(tmp_path)
    yield database
    database.close()


def new(*numbers: int, text: str = "咨询日：6月16日") -> list[NewMessage]:
    return [NewMessage(f"person:{number}", f"1390000{number:04}", text) for number in numbers]


def queued(*numbers: int, **fields):
    return queue(broadcast="b:1", gateway=COUNTY, new=new(*numbers, **fields), by="clerk", at=AT)


def over(outbox) -> int:
    return hand_over(gateway=COUNTY, outbox=outbox, by="sender", at=AT)


def back(outbox) -> int:
    return bring_back(gateway=COUNTY, outbox=outbox, by="sender", at=AT + timedelta(minutes=1))


def answer_all(folder, *, verdict=Verdict.ACCEPTED, unanswered: int = 0) -> None:
    """Send what is in the outbox and answer all but the last parts."""
    held = OutboxLog(folder, at_s=AT.timestamp(), patience_s=0)
    pieces = held.prepare(1000, at_s=AT.timestamp())
    held.sent(pieces[-1].flight, at_s=AT.timestamp())
    answered = pieces[: len(pieces) - unanswered]
    held.answered(
        [(piece.flight, Answer(0, verdict, int(verdict), f"ref-{piece.message}")) for piece in answered],
        at_s=AT.timestamp(),
    )
    held.close(at_s=AT.timestamp())


def test_each_person_and_each_address_is_queued_once_however_often_it_is_asked():
    first = queue(
        broadcast="b:1",
        gateway=COUNTY,
        new=[*new(1, 2), NewMessage("person:1", "13911110000", "again"), NewMessage("person:9", "+8613900000002", "x")],
        by="clerk",
        at=AT,
    )
    assert [why for _, why in first.left_out] == [LeftOut.SAME_PERSON, LeftOut.SAME_ADDRESS]
    second = queued(1, 2, 3)
    assert [recipient.person for recipient in second.chosen] == ["person:3"]
    assert [why for _, why in second.left_out] == [LeftOut.SAME_PERSON] * 2
    assert [message.person for message in queries.messages("b:1")] == ["person:1", "person:2", "person:3"]
    assert queries.fates("b:1")[Fate.QUEUED] == 3
    assert queries.fates("b:2") == dict.fromkeys(Fate, 0)


def test_the_parts_are_counted_as_they_will_be_billed():
    queued(1, text="安" * 71)
    assert Message.objects.get().parts == 2


def test_who_opted_out_gets_nothing_even_after_it_was_queued(outbox):
    opt_out(address="139 0000 0001", by="clerk", at=AT)
    opt_out(address="+8613900000001", by="clerk", at=AT)
    assert OptOut.objects.count() == 1
    assert [why for _, why in queued(1, 2, 3).left_out] == [LeftOut.OPTED_OUT]
    opt_out(address="13900000002", by="clerk", at=AT)
    assert over(outbox) == 1
    assert queries.fates("b:1")[Fate.LAPSED] == 1


def test_a_message_is_handed_over_once_and_its_fate_comes_back(outbox, tmp_path):
    queued(1, 2)
    assert over(outbox) == 2
    assert over(outbox) == 0
    answer_all(tmp_path)
    assert back(outbox) == 2
    entries = Entry.objects.count()
    assert back(outbox) == 0
    assert Entry.objects.count() == entries
    assert queries.fates("b:1")[Fate.ACCEPTED] == 2
    [attempt] = queries.attempts(queries.messages("b:1")[0])
    assert (attempt.reference, attempt.sent_at) == ("ref-1", AT)


def test_a_stop_between_marking_and_handing_over_sends_nothing_twice_and_loses_nothing(outbox, monkeypatch):
    queued(1, 2)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions.store, "add", crash)
    with pytest.raises(KeyboardInterrupt):
        over(outbox)
    monkeypatch.undo()
    assert over(outbox) == 2
    assert store.counts(outbox) == {Fate.QUEUED: 2}


def test_what_was_given_to_an_outbox_that_is_gone_is_held(outbox, tmp_path):
    queued(1, 2)
    over(outbox)
    queued(3)
    other = store.connect(tmp_path / "other")
    assert over(other) == 1
    assert [message.person for message in queries.uncertain()] == ["person:1", "person:2"]
    assert store.counts(other) == {Fate.QUEUED: 1}
    settle(message=queries.uncertain()[0], outbox=other, was_sent=True, by="clerk", at=AT)
    assert len(queries.uncertain("b:1")) == 1
    other.close()


def test_news_that_were_read_but_not_forgotten_change_nothing_the_second_time(outbox, tmp_path, monkeypatch):
    queued(1)
    over(outbox)
    answer_all(tmp_path)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions.store, "read", crash)
    with pytest.raises(KeyboardInterrupt):
        back(outbox)
    monkeypatch.undo()
    assert back(outbox) == 0
    assert Attempt.objects.count() == 1


def test_an_uncertain_message_is_settled_by_a_person_and_then_may_go_again_once(outbox, tmp_path):
    queued(1, 2, 3)
    over(outbox)
    answer_all(tmp_path, unanswered=2)
    back(outbox)
    one, two = queries.uncertain("b:1")
    with pytest.raises(Refused) as refused:
        send_again(message=one, gateway=COUNTY, by="clerk", at=AT)
    assert refused.value.code == "may_not_go_again"
    settle(message=one, outbox=outbox, was_sent=False, by="clerk", at=AT)
    settle(message=two, outbox=outbox, was_sent=True, by="clerk", at=AT)
    with pytest.raises(Refused) as refused:
        settle(message=two, outbox=outbox, was_sent=False, by="clerk", at=AT)
    assert refused.value.code == "not_uncertain"
    again = send_again(message=one, gateway=COUNTY, by="clerk", at=AT)
    for message in (one, two):
        with pytest.raises(Refused):
            send_again(message=message, gateway=COUNTY, by="clerk", at=AT)
    assert over(outbox) == 1
    back(outbox)
    found = queries.fates("b:1")
    assert (found[Fate.ACCEPTED], found[Fate.SETTLED_SENT], found[Fate.QUEUED]) == (1, 1, 1)
    assert sum(found.values()) == 3
    assert again.key != one.key
    assert (again.not_before, again.not_after) == (one.not_before, one.not_after)


def test_a_receipt_that_comes_after_the_decision_is_what_counts(outbox, tmp_path):
    queued(1)
    over(outbox)
    answer_all(tmp_path, unanswered=1)
    back(outbox)
    [message] = queries.uncertain()
    held = OutboxLog(tmp_path, at_s=AT.timestamp(), patience_s=0)
    held.received([Receipt("x", message.address, Fate.DELIVERED, "DELIVRD", 1)], at_s=AT.timestamp() + 5)
    held.close(at_s=AT.timestamp() + 5)
    back(outbox)
    assert queries.fates("b:1")[Fate.DELIVERED] == 1
    with pytest.raises(Refused):
        settle(message=message, outbox=outbox, was_sent=False, by="clerk", at=AT)


def test_a_broadcast_that_is_stopped_sends_no_more(outbox, tmp_path):
    queued(1, 2)
    over(outbox)
    queued(3)
    assert stop(broadcast="b:1", outbox=outbox, by="clerk", at=AT) == 3
    back(outbox)
    assert queries.fates("b:1")[Fate.LAPSED] == 3
    assert over(outbox) == 0


def test_who_answers_td_is_noted_and_gets_no_more(outbox):
    with store.transaction(outbox):
        outbox.execute("INSERT INTO reply (destination, text, at) VALUES ('8613900000001', '退订', 5.0)")
        outbox.execute("INSERT INTO reply (destination, text, at) VALUES ('8613900000002', '几点开始', 6.0)")
    back(outbox)
    back(outbox)
    assert Reply.objects.count() == 2
    assert queries.opted_out() == {"13900000001"}


def test_who_asks_for_messages_again_gets_them_and_how_it_was_asked_is_kept(outbox):
    opt_out(address="8613900000001", by="clerk", at=AT)
    with pytest.raises(Refused) as refused:
        opt_in(address="13900000001", because=" ", by="clerk", at=AT)
    assert refused.value.code == "reason_missing"
    opt_in(address="13900000001", because="本人来电", by="clerk", at=AT)
    assert queries.opted_out() == set()
    opt_out(address="8613900000001", by="clerk", at=AT)
    assert queries.opted_out() == {"13900000001"}
    assert OptOut.objects.count() == 2


def test_the_command_sends_by_smpp_and_prints_the_account(settings, tmp_path, capsys):
    settings.DATA = tmp_path
    queue(broadcast="b:1", gateway=COUNTY, new=new(*range(30)), by="clerk", at=AT)
    with smsc(refuse_every=10) as gateway:
        (tmp_path / "gateways.toml").write_text(
            f'[county]\nprotocol = "smpp"\nhost = "127.0.0.1"\nport = {gateway.port}\nsystem_id = "office"\n'
            'password = "secret"\nsource = "10690001"\ntariff = "china"\n',
            encoding="utf-8",
        )
        call_command("send", "county", "--until-empty")
        call_command("send", "county", "--until-empty")
        assert set(gateway.counts().values()) == {1}
    assert "accepted        27" in capsys.readouterr().out
    found = queries.fates("b:1")
    assert (found[Fate.ACCEPTED], found[Fate.REFUSED]) == (27, 3)


def test_a_gateway_that_is_not_described_is_refused(settings, tmp_path, capsys):
    settings.DATA = tmp_path
    with pytest.raises(SystemExit):
        call_command("send", "nowhere", "--language", "en")
    assert "There is no gateway nowhere" in capsys.readouterr().err
