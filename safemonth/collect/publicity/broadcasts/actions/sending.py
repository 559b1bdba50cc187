"""Writes of a broadcast that goes: queued once, stopped, its uncertain messages settled, its delivered ones counted."""

import sqlite3
from datetime import datetime

from django.utils import timezone

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.publicity.broadcasts.models import Broadcast, LeftOutChoice
from safemonth.collect.publicity.broadcasts.queries import facts_of, named_contacts
from safemonth.collect.publicity.broadcasts.rules import is_over
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging import actions as messaging
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import Gateway
from safemonth.messaging.models import Message
from safemonth.messaging.queries import fates
from safemonth.plan.models import ActivityKind


def queue_broadcast(*, broadcast: Broadcast, gateway: Gateway, by: str, at: datetime) -> Broadcast:
    """Queue one message for each person who was approved and still has that address; who gets none is noted with why.

    Queued twice it changes nothing. Raises Refused `not_approved`, `window_over`, or `another_gateway` where
    `gateway` is not the one approved or has become another kind.
    """
    with writing(by=by, at=at, action="broadcast.queue", about=str(broadcast)) as write:
        broadcast.refresh_from_db(from_queryset=Broadcast.objects.select_for_update())
        if broadcast.approved_at is None or broadcast.stopped_at:
            raise Refused("not_approved", gettext_noop("It is not approved."))
        if broadcast.queued_at:
            return broadcast
        if broadcast.closes_at <= at:
            raise Refused("window_over", gettext_noop("Its window is over; give it a new one."))
        if gateway.name != broadcast.gateway or (gateway.protocol != "office") != broadcast.has_receipts:
            raise Refused("another_gateway", gettext_noop("This is not the gateway that was approved."))
        named = named_contacts(broadcast)
        valid = [row for row in named if row.address and _is_as_approved(row.address, broadcast, row.contact)]
        choice = messaging.queue(
            broadcast=broadcast.messages_key,
            gateway=gateway,
            new=[messaging.NewMessage(row.person, row.address, broadcast.text) for row in valid],
            not_before=broadcast.opens_at,
            not_after=broadcast.closes_at,
            by=by,
            at=at,
        )
        why = {recipient.person: reason.value for recipient, reason in choice.left_out}
        kept = {row.pk for row in valid}
        write.change_each(
            [
                (row, {"left_out": why.get(row.person, "") if row.pk in kept else LeftOutChoice.CHANGED})
                for row in named
                if row.address
            ]
        )
        return write.change(broadcast, queued_by=by, queued_at=at)


def _is_as_approved(address: str, broadcast: Broadcast, contact: object) -> bool:
    field = "phone" if broadcast.has_receipts else "office_address"
    return getattr(contact, "removed_at", None) is None and getattr(contact, field) == address


def stop_broadcast(
    *, broadcast: Broadcast, outbox: sqlite3.Connection, reason: str, by: str, at: datetime
) -> Broadcast:
    """Stop a broadcast wherever it is: what has not left lapses; what has left is still accounted for.

    `outbox` is its gateway's. Raises Refused `reason_missing`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    with writing(by=by, at=at, action="broadcast.stop", about=str(broadcast)) as write:
        broadcast.refresh_from_db(from_queryset=Broadcast.objects.select_for_update())
        if broadcast.stopped_at is None:
            write.change(broadcast, stopped_by=by, stopped_at=at, stopped_because=reason.strip()[:200])
    # After it is on record, so that nobody queues it meanwhile; doing it again stops what was not stopped then.
    messaging.stop(broadcast=broadcast.messages_key, outbox=outbox, by=by, at=at)
    return broadcast


def settle(*, message: Message, outbox: sqlite3.Connection, was_sent: bool, by: str, at: datetime) -> Message:
    """Note a person's decision on an uncertain message: taken as sent, or as not sent. Nothing is sent by it.

    A receipt that comes later still has the last word. Raises Refused `not_uncertain`.
    """
    return messaging.settle(message=message, outbox=outbox, was_sent=was_sent, by=by, at=at)


def send_again(*, broadcast: Broadcast, message: Message, gateway: Gateway, by: str, at: datetime) -> Message:
    """Queue the approved text once more for one whom it did not reach, within the broadcast's window only.

    Raises Refused `window_not_open`, `broadcast_stopped`, or as `messaging.actions.send_again` does (never for what is
    uncertain or may have arrived).
    """
    with writing(by=by, at=at, action="broadcast.send_again", about=str(broadcast)):
        broadcast.refresh_from_db(from_queryset=Broadcast.objects.select_for_update())
        if broadcast.stopped_at:
            raise Refused("broadcast_stopped", gettext_noop("It was stopped; nothing more goes out."))
        if not broadcast.opens_at <= at < broadcast.closes_at:
            raise Refused("window_not_open", gettext_noop("Its window is not open now."))
        return messaging.send_again(message=message, gateway=gateway, by=by, at=at)


def count_delivered(*, broadcast: Broadcast, by: str, at: datetime) -> Broadcast:
    """Record how many messages the gateway's receipts say were delivered: an activity of the broadcast's unit.

    One message is one, however many parts it was billed as; what was taken by the gateway without a receipt, or
    taken as sent by a person, is not counted. Counted again after late receipts it is a new version with that reason.
    Raises Refused `not_done` while the account is open, `no_receipts` for rooms and mailboxes.
    """
    with writing(by=by, at=at, action="broadcast.count", about=str(broadcast)) as write:
        broadcast.refresh_from_db(from_queryset=Broadcast.objects.select_for_update())
        if not broadcast.has_receipts:
            raise Refused(
                "no_receipts", gettext_noop("Rooms and mailboxes send no receipts; their messages enter no figure.")
            )
        if not is_over(facts_of([broadcast])[broadcast.pk], at=at):
            raise Refused("not_done", gettext_noop("Its account is still open; it is counted once it is done."))
        delivered = fates(broadcast.messages_key)[Fate.DELIVERED]
        activity = record_deed(
            write,
            campaign=broadcast.campaign,
            deed=_deed(broadcast, delivered),
            entry={"broadcast": broadcast.pk, "text": broadcast.text, "delivered": delivered},
            file_name=f"broadcast-{broadcast.pk}.json",
            by=by,
            at=at,
            standing=broadcast.activity,
            reason="网关后到的回执",
        )
        return write.change(broadcast, activity=activity)


def _deed(broadcast: Broadcast, delivered: int) -> Deed:
    return Deed(
        kind=ActivityKind.MEDIA,
        title=f"{broadcast.unit.name}发送安全生产短信：{broadcast.text[:20]}",
        host=broadcast.unit,
        task=broadcast.task,
        from_on=timezone.localdate(broadcast.opens_at),
        to_on=timezone.localdate(broadcast.closes_at),
        counts=[
            Count(
                indicator="sms_sent",
                unit=broadcast.unit,
                value=delivered,
                measure_word="条",
                heading=f"据短信网关“{broadcast.gateway}”的送达回执",
            )
        ],
    )
