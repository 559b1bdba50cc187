"""Writes of messages: queue them, carry them to the outbox and their news back, settle what is uncertain.

The outbox knows what left; these records follow it. A message is marked with the outbox's identity before it is put
there, so that whatever stops half-way, it is put into that same outbox again (which knows its key) or held.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.fates import Fate, whole
from safemonth.messaging.gateways import Gateway
from safemonth.messaging.models import Attempt, Message, OptOut, Reply
from safemonth.messaging.outbox import store
from safemonth.messaging.queries import of_another_outbox, opted_out, people_of, to_hand_over
from safemonth.messaging.rules import Choice, LeftOut, Recipient, choose, is_opt_out, number_key

AT_ONCE = 500
# After these a person may send again, in a message of its own.
MAY_GO_AGAIN = frozenset({Fate.SETTLED_UNSENT, Fate.FAILED, Fate.REFUSED, Fate.LAPSED})


@dataclass(frozen=True)
class NewMessage:
    """One message to queue: `person` tells people apart within a broadcast (any stable key)."""

    person: str
    address: str
    text: str


def queue(
    *,
    broadcast: str,
    gateway: Gateway,
    new: Sequence[NewMessage],
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    by: str,
    at: datetime,
) -> Choice:
    """Queue a broadcast's messages and return who gets one and who was left out and why.

    Who has a message of this broadcast already is left out, so doing it twice changes nothing. Who may send and to
    how many is decided before this is called. Raises Refused as `text.parts.word` does, and then queues none.
    """
    people, keys = people_of(broadcast)
    recipients = [Recipient(message.person, message.address) for message in new]
    choice = choose(recipients, opted_out=opted_out([number_key(message.address) for message in new]))
    chosen, left_out = [], list(choice.left_out)
    for recipient in choice.chosen:
        if recipient.person in people:
            left_out.append((recipient, LeftOut.SAME_PERSON))
        elif number_key(recipient.address) in keys:
            left_out.append((recipient, LeftOut.SAME_ADDRESS))
        else:
            chosen.append(recipient)
    texts = {(message.person, message.address): message.text for message in reversed(new)}
    parts = {text: gateway.word(text).parts for text in set(texts.values())}
    with writing(by=by, at=at, action="messages.queue", about=broadcast) as write:
        write.create_all(
            [
                Message(
                    broadcast=broadcast,
                    person=recipient.person,
                    gateway=gateway.name,
                    address=recipient.address,
                    address_key=number_key(recipient.address),
                    text=(text := texts[(recipient.person, recipient.address)]),
                    parts=parts[text],
                    not_before=not_before,
                    not_after=not_after,
                    queued_at=at,
                    queued_by=by,
                    fate_at=at,
                )
                for recipient in chosen
            ]
        )
    return Choice(tuple(chosen), tuple(left_out))


def hand_over(*, gateway: Gateway, outbox: sqlite3.Connection, by: str, at: datetime) -> int:
    """Put queued messages into the gateway's outbox and return how many; those who opted out meanwhile lapse.

    Messages that were given to an outbox which is gone are held as uncertain: nobody knows whether they left.
    """
    identity = store.identity(outbox)
    _hold_lost(gateway=gateway, identity=identity, by=by, at=at)
    count = 0
    while rows := to_hand_over(gateway.name, most=AT_ONCE, identity=identity):
        refusing = opted_out([row.address_key for row in rows])
        wanted = [row for row in rows if row.address_key not in refusing]
        with writing(by=by, at=at, action="messages.hand_over", about=gateway.name) as write:
            write.change_each([(row, {"outbox": identity}) for row in wanted])
            write.change_each(
                [(row, {"fate": Fate.LAPSED.value, "fate_at": at}) for row in rows if row.address_key in refusing]
            )
        store.add(outbox, [_parcel(row, gateway) for row in wanted])
        with writing(by=by, at=at, action="messages.handed_over", about=gateway.name) as write:
            write.change_each([(row, {"handed_over_at": at}) for row in wanted])
        count += len(wanted)
    return count


def bring_back(*, gateway: Gateway, outbox: sqlite3.Connection, by: str, at: datetime) -> int:
    """Write what became of messages into the records and return how many messages changed; note what people wrote.

    Stopped half-way, it does the same again next time, which changes nothing.
    """
    count = 0
    while True:
        mark, lines = store.changed(outbox, most=AT_ONCE)
        if not lines:
            break
        with writing(by=by, at=at, action="messages.fates", about=gateway.name) as write:
            count += _write_fates(write, lines, at)
        store.read(outbox, mark)
    if replies := store.replies(outbox):
        _write_replies(replies, gateway=gateway, by=by, at=at)
        store.forget_replies(outbox, replies[-1][0])
    return count


def settle(*, message: Message, outbox: sqlite3.Connection, was_sent: bool, by: str, at: datetime) -> Message:
    """Note a person's decision on an uncertain message. Nothing is sent by it. Raises Refused `not_uncertain`."""
    message.refresh_from_db()
    if message.fate != Fate.UNCERTAIN:
        raise Refused("not_uncertain", gettext_noop("This message is not uncertain any more: its receipt has come."))
    store.settle(outbox, message.key, was_sent=was_sent)
    fate = Fate.SETTLED_SENT if was_sent else Fate.SETTLED_UNSENT
    with writing(by=by, at=at, action="message.settle", about=str(message)) as write:
        return write.change(message, fate=fate.value, fate_at=at)


def send_again(*, message: Message, gateway: Gateway, by: str, at: datetime) -> Message:
    """Queue a new message in place of one that certainly was not read, within the same hours; returns it.

    Raises Refused `may_not_go_again` where the first may have arrived, was sent again before, or opted out since.
    """
    message.refresh_from_db()
    is_open = message.fate in MAY_GO_AGAIN and not Message.objects.filter(instead_of=message).exists()
    if not is_open or opted_out([message.address_key]):
        raise Refused("may_not_go_again", gettext_noop("This message may not be sent again."))
    with writing(by=by, at=at, action="message.send_again", about=str(message)) as write:
        return write.create(
            Message(
                broadcast=message.broadcast,
                person=message.person,
                gateway=gateway.name,
                address=message.address,
                address_key=message.address_key,
                text=message.text,
                parts=gateway.word(message.text).parts,
                queued_at=at,
                queued_by=by,
                instead_of=message,
                not_before=message.not_before,
                not_after=message.not_after,
                fate_at=at,
            )
        )


def stop(*, broadcast: str, outbox: sqlite3.Connection, by: str, at: datetime) -> int:
    """Let a broadcast's messages lapse that have not left and return how many; the sender's news follow for the rest."""
    rows = list(Message.objects.filter(broadcast=broadcast, fate=Fate.QUEUED))
    store.stop(outbox, [row.key for row in rows if row.outbox])
    lapsed = [row for row in rows if not row.outbox]
    with writing(by=by, at=at, action="messages.stop", about=broadcast) as write:
        write.change_each([(row, {"fate": Fate.LAPSED.value, "fate_at": at}) for row in lapsed])
    return len(rows)


def opt_out(*, address: str, by: str, at: datetime, said: str = "") -> None:
    """Note that an address wants no more messages; saying it twice changes nothing."""
    key = number_key(address)
    if key and not opted_out([key]):
        with writing(by=by, at=at, action="messages.opt_out", about=key) as write:
            write.create(OptOut(address_key=key, said=said[:200], noted_at=at, noted_by=by))


def opt_in(*, address: str, because: str, by: str, at: datetime) -> None:
    """Note that an address wants messages again; where it never said no, nothing changes.

    Raises Refused `reason_missing` where it is not said how its owner asked for it: nobody is written to again on
    somebody else's wish.
    """
    if not because.strip():
        raise Refused("reason_missing", gettext_noop("Say how the person asked for messages again."))
    standing = OptOut.objects.filter(address_key=number_key(address), ended_at=None)
    with writing(by=by, at=at, action="messages.opt_in", about=number_key(address)) as write:
        for row in standing:
            write.change(row, ended_at=at, ended_by=by, ended_because=because.strip()[:200])


def _hold_lost(*, gateway: Gateway, identity: str, by: str, at: datetime) -> None:
    lost = list(of_another_outbox(gateway.name, identity=identity))
    with writing(by=by, at=at, action="messages.outbox_lost", about=gateway.name) as write:
        write.change_each([(row, {"fate": Fate.UNCERTAIN.value, "fate_at": at}) for row in lost])


def _parcel(row: Message, gateway: Gateway) -> store.Parcel:
    return store.Parcel(
        row.key,
        row.address,
        gateway.word(row.text),
        gateway.source,
        not_before_s=row.not_before.timestamp() if row.not_before else 0.0,
        not_after_s=row.not_after.timestamp() if row.not_after else None,
    )


def _write_fates(write: Any, lines: Iterable[store.Line], at: datetime) -> int:
    by_key = {
        int(key.removeprefix("message:")): list(group)
        for key, group in groupby(sorted(lines, key=lambda line: (line.key, line.part)), key=lambda line: line.key)
        if key.startswith("message:")
    }
    rows = Message.objects.in_bulk(list(by_key))
    known = {(row.message_id, row.part): row for row in Attempt.objects.filter(message__in=rows.values())}
    made, changed, fates = [], [], []
    for pk, message in rows.items():
        fate = whole(line.state for line in by_key[pk])
        if message.fate != fate:
            fates.append((message, {"fate": fate.value, "fate_at": at}))
        for line in by_key[pk]:
            if line.state in (Fate.QUEUED, Fate.LAPSED):
                continue
            fields = _attempt_fields(line)
            attempt = known.get((pk, line.part))
            if attempt:
                changed.append((attempt, fields))
            else:
                made.append(Attempt(message=message, part=line.part, **fields))
    write.create_all(made)
    write.change_each(changed)
    write.change_each(fates)
    return len(fates)


def _attempt_fields(line: store.Line) -> dict[str, Any]:
    return {
        "fate": line.state.value,
        "sent_at": _moment(line.sent_at_s),
        "answered_at": _moment(line.answered_at_s),
        "status": line.status,
        "reference": line.reference[:255],
        "receipt_at": _moment(line.receipt_at_s),
        "code": line.code[:255],
    }


def _write_replies(replies: Sequence[tuple[int, str, str, float]], *, gateway: Gateway, by: str, at: datetime) -> None:
    rows = [
        Reply(gateway=gateway.name, address=address, text=text, received_at=datetime.fromtimestamp(received_at_s, UTC))
        for _, address, text, received_at_s in replies
    ]
    known = set(Reply.objects.filter(gateway=gateway.name).values_list("address", "text", "received_at"))
    with writing(by=by, at=at, action="messages.replies", about=gateway.name) as write:
        write.create_all([row for row in rows if (row.address, row.text, row.received_at) not in known])
    for _, address, text, _ in replies:
        if is_opt_out(text):
            opt_out(address=address, said=text, by=by, at=at)


def _moment(at_s: float | None) -> datetime | None:
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC)
