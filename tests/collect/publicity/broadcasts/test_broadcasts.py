"""A broadcast from the draft to the account of each message."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.publicity.broadcasts import actions
from safemonth.collect.publicity.broadcasts.actions import Reach
from safemonth.collect.publicity.broadcasts.models import Broadcast, Contact
from safemonth.collect.publicity.broadcasts.queries import (
    broadcast_rows,
    contacts_on,
    message_rows,
    messages_of,
    named_contacts,
)
from safemonth.collect.publicity.broadcasts.rules import read_contact_lines
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused
from safemonth.messaging.fates import Fate
from safemonth.messaging.models import Message
from safemonth.messaging.outbox import store
from safemonth.organisation.models import Unit
from tests.collect.publicity.broadcasts.lists import (
    AT,
    CLOSES,
    OVER,
    TEXT,
    a_contact,
    a_draft,
    everybody,
    gateway,
    queued,
    sent,
)

pytestmark = pytest.mark.django_db


def state(row: Broadcast, at: Any = AT) -> str:
    return broadcast_rows([row], at=at)[0].state


def refusal(do: Any) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_six_people_need_a_second_person_who_is_neither_the_writer_nor_who_put_it_forward(county: Any):
    row = a_draft(county, everybody(county, 6))
    actions.ask_approval(broadcast=row, by="colleague", at=AT)
    assert state(row) == "waiting"
    assert (
        refusal(lambda: actions.queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)) == "not_approved"
    )
    for who in ("clerk", "colleague"):
        assert refusal(lambda who=who: actions.approve(broadcast=row, by=who, at=AT)) == "own_broadcast"
    assert not Message.objects.exists()
    actions.approve(broadcast=row, by="leader", at=AT)
    assert state(row) == "approved"
    actions.queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)
    assert state(row) == "queued"
    assert Message.objects.filter(text=TEXT).count() == 6


def test_a_handful_needs_one_person(county: Any):
    row = actions.ask_approval(broadcast=a_draft(county, everybody(county, 5)), by="clerk", at=AT)
    assert (state(row), row.approved_by) == ("approved", "")


@pytest.mark.parametrize("wrong", [{"approved_at": AT}, {"approved_at": AT, "approved_by": "clerk"}])
def test_the_database_takes_no_broadcast_to_many_without_a_second_person(county: Any, wrong: Any):
    row = actions.ask_approval(broadcast=a_draft(county, everybody(county, 6)), by="clerk", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), writing(by="x", at=AT, action="x") as write:
        write.change(row, **wrong)


def test_whoever_changes_a_draft_is_its_writer(county: Any):
    people = everybody(county, 6)
    row = a_draft(county, people)
    told: dict[str, Any] = {"gateway": gateway(), "lists": [people], "opens_at": AT, "closes_at": CLOSES}
    actions.change_broadcast(broadcast=row, text="另一句", **told, by="colleague", at=AT)
    actions.ask_approval(broadcast=row, by="clerk", at=AT)
    assert refusal(lambda: actions.approve(broadcast=row, by="colleague", at=AT)) == "own_broadcast"
    assert refusal(lambda: actions.change_broadcast(broadcast=row, text="x", **told, by="x", at=AT)) == "not_a_draft"


def test_what_is_sent_back_is_a_draft_whose_approval_is_gone(county: Any):
    row = actions.ask_approval(broadcast=a_draft(county, everybody(county, 6)), by="clerk", at=AT)
    actions.approve(broadcast=row, by="leader", at=AT)
    actions.send_back(broadcast=row, reason="日期不对", by="leader", at=AT)
    assert (state(row), row.approved_by, row.sent_back_because) == ("draft", "", "日期不对")
    a_contact(county, 99)
    actions.ask_approval(broadcast=row, by="clerk", at=AT)
    assert (state(row), row.named, len(named_contacts(row))) == ("waiting", 7, 7)


def test_one_person_and_one_number_get_one_message_however_many_lists_name_them(county: Any):
    whole = everybody(county, 2)
    part = actions.add_list(name="北乡", under=county.unit("1301"), by="c", at=AT)
    a_contact(county, 1, unit="1302", post="同一部电话")
    a_contact(county, 0, unit="1303", phone="", office_address="x@example.org")
    refusing = a_contact(county, 3)
    actions.opt_out_contact(contact=refusing, by="c", at=AT)
    row = actions.ask_approval(broadcast=a_draft(county, whole, part), by="clerk", at=AT)
    actions.queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)
    assert sorted(Message.objects.values_list("address", flat=True)) == ["13900000000", "13900000001"]
    left_out = sorted(one.left_out for one in named_contacts(row) if one.left_out)
    assert left_out == ["no_address", "opted_out", "same_address"]


def test_queued_twice_it_goes_once(county: Any):
    row = queued(county, everybody(county))
    actions.queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)
    assert Message.objects.count() == 6


def test_it_goes_only_to_the_numbers_that_were_approved(county: Any):
    row = actions.ask_approval(broadcast=a_draft(county, everybody(county, 6)), by="clerk", at=AT)
    actions.approve(broadcast=row, by="leader", at=AT)
    first, second, third, *_ = Contact.objects.order_by("pk")
    actions.change_contact(contact=first, reach=Reach(first.post, "13988888888"), by="c", at=AT)
    actions.remove_contact(contact=second, by="c", at=AT)
    actions.opt_out_contact(contact=third, by="c", at=AT)
    a_contact(county, 50)
    actions.queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)
    assert Message.objects.count() == 3
    assert [one.left_out for one in named_contacts(row)] == ["changed", "changed", "opted_out", "", "", ""]


def test_each_message_has_its_fate_and_what_was_in_flight_is_held_until_somebody_decides(county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=5, delivered=3, failed=1)
    (shown,) = broadcast_rows([row], at=AT)
    assert (shown.delivered, shown.undelivered, shown.uncertain, shown.messages) == (3, 1, 1, 6)
    (failed,) = message_rows(messages_of(row, fate=Fate.FAILED))
    assert failed.why == "UNDELIV"
    assert state(row, OVER) == "queued"
    held = messages_of(row, fate=Fate.UNCERTAIN).get()
    outbox = store.connect(Path(settings.DATA) / "outbox" / "county")
    actions.settle(message=held, outbox=outbox, was_sent=False, by="clerk", at=AT)
    outbox.close()
    assert state(row, OVER) == "done"
    again = actions.send_again(broadcast=row, message=held, gateway=gateway(), by="clerk", at=AT)
    assert again.address == held.address
    assert state(row, OVER) == "queued"
    assert broadcast_rows([row], at=AT)[0].messages == 6


def test_nothing_is_sent_again_outside_the_window(county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=6, delivered=5, failed=1)
    failed = messages_of(row, fate=Fate.FAILED).get()
    for at in (AT - timedelta(seconds=1), CLOSES):
        assert (
            refusal(lambda at=at: actions.send_again(broadcast=row, message=failed, gateway=gateway(), by="c", at=at))
            == "window_not_open"
        )


def test_delivered_messages_are_a_figure_that_says_whose_count_it_is(county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=6, delivered=4)
    assert refusal(lambda: actions.count_delivered(broadcast=row, by="clerk", at=CLOSES)) == "not_done"
    actions.count_delivered(broadcast=row, by="clerk", at=OVER)
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 4
    assert Measure.objects.get().heading == "据短信网关“county”的送达回执"
    actions.count_delivered(broadcast=row, by="clerk", at=OVER)
    assert Activity.objects.count() == 1


def test_a_late_receipt_makes_a_new_version_and_no_second_event(county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=6, delivered=4)
    actions.count_delivered(broadcast=row, by="clerk", at=OVER)
    message = messages_of(row, fate=Fate.ACCEPTED)[0]
    with writing(by="sender", at=OVER, action="late") as write:
        write.change(message, fate=int(Fate.DELIVERED))
    actions.count_delivered(broadcast=row, by="clerk", at=OVER)
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 5
    assert Activity.objects.filter(is_current=True).count() == 1


def test_a_stop_before_the_sender_has_them_lets_all_lapse(county: Any):
    row = queued(county, everybody(county, 6))
    outbox = store.connect(Path(settings.DATA) / "outbox" / "county")
    actions.stop_broadcast(broadcast=row, outbox=outbox, reason="有误", by="leader", at=AT)
    assert broadcast_rows([row], at=AT)[0].fates[Fate.LAPSED] == 6
    assert state(row) == "stopped"
    outbox.close()


def test_what_was_stopped_before_it_was_queued_never_goes(county: Any):
    row = actions.ask_approval(broadcast=a_draft(county, everybody(county, 2)), by="clerk", at=AT)
    outbox = store.connect(Path(settings.DATA) / "outbox" / "county")
    actions.stop_broadcast(broadcast=row, outbox=outbox, reason="不发了", by="clerk", at=AT)
    outbox.close()
    assert refusal(lambda: actions.queue_broadcast(broadcast=row, gateway=gateway(), by="c", at=AT)) == "not_approved"


def test_rooms_and_mailboxes_enter_no_figure(county: Any):
    people = everybody(county, 1)
    a_contact(county, 8, phone="", office_address="a@example.org")
    row = a_draft(county, people, gateway=gateway("rooms"), text="Come.")
    actions.ask_approval(broadcast=row, by="clerk", at=AT)
    actions.queue_broadcast(broadcast=row, gateway=gateway("rooms"), by="clerk", at=AT)
    assert Message.objects.get().address == "a@example.org"
    assert refusal(lambda: actions.count_delivered(broadcast=row, by="c", at=OVER)) == "no_receipts"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"text": " "}, "empty_text"),
        ({"closes_at": AT}, "window_reversed"),
        ({"opens_at": AT + timedelta(hours=13), "closes_at": AT + timedelta(hours=15)}, "window_all_quiet"),
    ],
)
def test_what_cannot_go_is_not_drafted(county: Any, known: Any, code: str):
    people = everybody(county, 1)
    assert refusal(lambda: a_draft(county, people, **known)) == code


def test_a_draft_to_nobody_or_after_its_window_is_not_put_forward(county: Any):
    assert refusal(lambda: a_draft(county)) == "no_list"
    row = a_draft(county, everybody(county, 0))
    assert refusal(lambda: actions.ask_approval(broadcast=row, by="c", at=AT)) == "nobody_named"
    a_contact(county, 1)
    assert refusal(lambda: actions.ask_approval(broadcast=row, by="c", at=CLOSES)) == "window_over"


def test_a_list_holds_whoever_fits_it_when_it_is_used(county: Any):
    managers = actions.add_list(
        name="乡镇负责人", under=county.unit("13"), contact_kind="manager", unit_kind="township", by="c", at=AT
    )
    a_contact(county, 1)
    a_contact(county, 2, unit="d1", kind="manager")
    assert contacts_on([managers]) == []
    wanted = a_contact(county, 3, kind="manager")
    assert contacts_on([managers]) == [wanted]
    actions.remove_contact(contact=wanted, by="c", at=AT)
    assert contacts_on([managers]) == []
    assert contacts_on([]) == []


def test_a_contact_stands_once_in_a_unit_and_its_number_may_come_back_after_it_was_removed(county: Any):
    first = a_contact(county, 1)
    assert refusal(lambda: a_contact(county, 1, phone="+86 139 0000 0001")) == "contact_exists"
    actions.remove_contact(contact=first, by="c", at=AT)
    assert a_contact(county, 1).pk != first.pk


@pytest.mark.parametrize(
    ("known", "code"), [({"post": " "}, "no_post"), ({"phone": ""}, "not_reached"), ({"phone": "12"}, "not_a_phone")]
)
def test_a_contact_that_cannot_be_reached_is_refused(county: Any, known: Any, code: str):
    assert refusal(lambda: a_contact(county, 1, **known)) == code


def test_a_pasted_list_is_entered_wholly_or_not_at_all(county: Any):
    told: dict[str, Any] = {
        "kind": "staff",
        "within": set(Unit.objects.values_list("pk", flat=True)),
        "by": "c",
        "at": AT,
    }
    good = "北乡,安全员,13900000001\n南乡,站长,13900000002\n北乡,副站长,139-0000-0001"
    wrong = good + "\n无此乡,站长,13900000003"
    assert refusal(lambda: actions.add_contacts(lines=read_contact_lines(wrong), **told)) == "contact_line"
    assert not Contact.objects.exists()
    assert actions.add_contacts(lines=read_contact_lines(good), **told) == (2, 1)
    assert actions.add_contacts(lines=read_contact_lines(good), **told) == (0, 3)
