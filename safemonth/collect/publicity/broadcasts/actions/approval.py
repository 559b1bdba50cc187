"""Writes of a broadcast before it goes: drafted, changed, put forward, approved by another person or sent back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from safemonth.collect.activities.once import entered_once
from safemonth.collect.publicity.broadcasts.models import Broadcast, BroadcastList, ContactList
from safemonth.collect.publicity.broadcasts.queries import name_contacts
from safemonth.collect.publicity.broadcasts.rules import check_window, needs_second_person
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.gateways import Gateway
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


def draft_broadcast(
    *,
    campaign: Campaign,
    unit: Unit,
    gateway: Gateway,
    lists: Sequence[ContactList],
    text: str,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
    at: datetime,
    task: Task | None = None,
    key: UUID | None = None,
) -> Broadcast:
    """Draft a broadcast of a unit's; what comes twice under one `key` is drafted once.

    Raises Refused `no_list`, as `rules.check_window` does, and as `text.parts.word` does for a text that cannot go.
    """
    _check(gateway, lists, text=text, opens_at=opens_at, closes_at=closes_at)

    def enter() -> Broadcast:
        with writing(by=by, at=at, action="broadcast.draft", about=text.strip()[:40]) as write:
            broadcast = write.create(
                Broadcast(
                    key=key,
                    campaign=campaign,
                    task=task,
                    unit=unit,
                    text=text.strip(),
                    gateway=gateway.name,
                    has_receipts=gateway.protocol != "office",
                    opens_at=opens_at,
                    closes_at=closes_at,
                    made_by=by,
                    made_at=at,
                )
            )
            _choose(write, broadcast, lists)
            return broadcast

    return entered_once(Broadcast, key, enter)


def change_broadcast(
    *,
    broadcast: Broadcast,
    gateway: Gateway,
    lists: Sequence[ContactList],
    text: str,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
    at: datetime,
    task: Task | None = None,
) -> Broadcast:
    """Change a draft; it is then the work of whoever changed it, who cannot approve it.

    Raises Refused `not_a_draft` once it was put forward, or as `draft_broadcast` does.
    """
    _check(gateway, lists, text=text, opens_at=opens_at, closes_at=closes_at)
    with writing(by=by, at=at, action="broadcast.change", about=text.strip()[:40]) as write:
        _lock(broadcast)
        if broadcast.asked_at or broadcast.stopped_at:
            raise Refused("not_a_draft", gettext_noop("It was put forward already; send it back first to change it."))
        write.change(
            broadcast,
            task=task,
            text=text.strip(),
            gateway=gateway.name,
            has_receipts=gateway.protocol != "office",
            opens_at=opens_at,
            closes_at=closes_at,
            made_by=by,
        )
        _choose(write, broadcast, lists)
    return broadcast


def ask_approval(*, broadcast: Broadcast, by: str, at: datetime) -> Broadcast:
    """Fix whom a draft goes to, and put it forward; to a handful (`rules.MANY`) it is approved by that.

    From then on neither text nor people change. Raises Refused `not_a_draft`, `nobody_named` or `window_over`.
    """
    with writing(by=by, at=at, action="broadcast.ask", about=str(broadcast)) as write:
        _lock(broadcast)
        if broadcast.asked_at or broadcast.stopped_at:
            raise Refused("not_a_draft", gettext_noop("It was put forward already; send it back first to change it."))
        if broadcast.closes_at <= at:
            raise Refused("window_over", gettext_noop("Its window is over; give it a new one."))
        asking = broadcast.asking + 1
        named = write.create_all(name_contacts(broadcast, asking=asking))
        count = sum(not row.left_out for row in named)
        if not count:
            raise Refused("nobody_named", gettext_noop("Nobody on these lists can be reached by this gateway."))
        write.change(
            broadcast,
            asking=asking,
            named=count,
            asked_by=by,
            asked_at=at,
            approved_at=None if needs_second_person(count) else at,
            sent_back_because="",
        )
    return broadcast


def approve(*, broadcast: Broadcast, by: str, at: datetime) -> Broadcast:
    """Approve what another person put forward; a second approval changes nothing.

    Raises Refused `not_waiting` or `own_broadcast` (who wrote it or put it forward).
    """
    with writing(by=by, at=at, action="broadcast.approve", about=str(broadcast)) as write:
        _lock(broadcast)
        if broadcast.asked_at is None or broadcast.stopped_at:
            raise Refused("not_waiting", gettext_noop("It does not wait for approval."))
        if broadcast.approved_at:
            return broadcast
        if by in (broadcast.made_by, broadcast.asked_by):
            raise Refused("own_broadcast", gettext_noop("A second person must approve it: not who wrote it."))
        return write.change(broadcast, approved_by=by, approved_at=at)


def send_back(*, broadcast: Broadcast, reason: str, by: str, at: datetime) -> Broadcast:
    """Send what was put forward, or approved and not yet queued, back to be a draft.

    Raises Refused `reason_missing`, `not_waiting` or `already_queued`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    with writing(by=by, at=at, action="broadcast.send_back", about=str(broadcast)) as write:
        _lock(broadcast)
        if broadcast.asked_at is None or broadcast.stopped_at:
            raise Refused("not_waiting", gettext_noop("It does not wait for approval."))
        if broadcast.queued_at:
            raise Refused("already_queued", gettext_noop("Its messages are queued already; stop it instead."))
        return write.change(
            broadcast,
            asked_by="",
            asked_at=None,
            approved_by="",
            approved_at=None,
            sent_back_because=reason.strip()[:200],
        )


def _check(
    gateway: Gateway, lists: Sequence[ContactList], *, text: str, opens_at: datetime, closes_at: datetime
) -> None:
    gateway.word(text)
    if not lists:
        raise Refused("no_list", gettext_noop("Choose whom it goes to."))
    check_window(opens_at=timezone.localtime(opens_at), closes_at=timezone.localtime(closes_at), quiet=gateway.quiet)


def _lock(broadcast: Broadcast) -> None:
    """Read it again and hold it, so that of two who act at once the second sees what the first did."""
    broadcast.refresh_from_db(from_queryset=Broadcast.objects.select_for_update())


def _choose(write: Write, broadcast: Broadcast, lists: Sequence[ContactList]) -> None:
    wanted = {row.pk for row in lists}
    rows = {row.contact_list_id: row for row in BroadcastList.objects.filter(broadcast=broadcast)}
    write.change_each([(row, {"is_chosen": pk in wanted}) for pk, row in rows.items()])
    write.create_all([BroadcastList(broadcast=broadcast, contact_list=row) for row in lists if row.pk not in rows])
