"""Reads of contacts, lists and broadcasts, and what became of each message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from safemonth.collect.publicity.broadcasts.models import (
    Broadcast,
    BroadcastList,
    Contact,
    ContactList,
    NamedContact,
)
from safemonth.collect.publicity.broadcasts.rules import BroadcastFacts, State, state_of
from safemonth.messaging.fates import Fate
from safemonth.messaging.models import Attempt, Message
from safemonth.messaging.queries import opted_out
from safemonth.messaging.rules import LeftOut, Recipient, choose, number_key
from safemonth.organisation.models import User
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def contacts_seen_by(user: User) -> QuerySet[Contact]:
    """Return the contacts that the user may see, in the order of the unit tree: all, or those of their own units."""
    return Contact.objects.filter(unit__in=units_seen_by(user), removed_at__isnull=True).select_related("unit")


def contacts_on(lists: Iterable[ContactList]) -> list[Contact]:
    """Return everybody on any of the lists, each once, in the order of the unit tree; one statement, none for none."""
    wanted = Q(pk__in=[])
    for row in lists:
        one = Q(unit__path__startswith=row.under.path)
        if row.contact_kind:
            one &= Q(kind=row.contact_kind)
        if row.unit_kind:
            one &= Q(unit__kind=row.unit_kind)
        wanted |= one
    return list(Contact.objects.filter(wanted, removed_at__isnull=True).select_related("unit"))


@dataclass(frozen=True)
class ListRow:
    """A list with how many are on it now."""

    contact_list: ContactList
    people: int


def list_rows() -> list[ListRow]:
    """Return the lists with how many are on each; two statements, however many lists."""
    contacts = list(Contact.objects.filter(removed_at__isnull=True).values_list("unit__path", "kind", "unit__kind"))
    return [
        ListRow(
            row,
            sum(
                path.startswith(row.under.path) and row.contact_kind in ("", kind) and row.unit_kind in ("", unit_kind)
                for path, kind, unit_kind in contacts
            ),
        )
        for row in ContactList.objects.select_related("under")
    ]


def lists_of(broadcast: Broadcast) -> list[ContactList]:
    """Return the lists that a broadcast goes to."""
    rows = BroadcastList.objects.filter(broadcast=broadcast, is_chosen=True)
    return [row.contact_list for row in rows.select_related("contact_list__under")]


def named_contacts(broadcast: Broadcast) -> list[NamedContact]:
    """Return whom a broadcast was last put forward for, those left out too; empty for a draft never put forward."""
    rows = NamedContact.objects.filter(broadcast=broadcast, asking=broadcast.asking)
    return list(rows.select_related("contact__unit"))


def name_contacts(broadcast: Broadcast, *, asking: int) -> list[NamedContact]:
    """Return, not stored yet, whom a broadcast names now, as `named_for` tells them."""
    rows = named_for(lists_of(broadcast), has_receipts=broadcast.has_receipts)
    for row in rows:
        row.broadcast, row.asking = broadcast, asking
    return rows


def named_for(lists: Iterable[ContactList], *, has_receipts: bool) -> list[NamedContact]:
    """Return, of no broadcast yet, everybody on the lists with address, and why who gets none gets none.

    One message a person and number, none to who wants no more; phones where there are receipts, else mailboxes and
    rooms.
    """
    rows = [
        NamedContact(contact=contact, address=contact.phone if has_receipts else contact.office_address)
        for contact in contacts_on(lists)
    ]
    refusing = opted_out([number_key(row.address) for row in rows])
    choice = choose([Recipient(row.person, row.address) for row in rows], opted_out=refusing)
    why: dict[str, LeftOut] = {recipient.person: reason for recipient, reason in choice.left_out}
    for row in rows:
        row.left_out = why[row.person].value if row.person in why else ""
    return rows


def broadcasts_of(campaign: Campaign) -> QuerySet[Broadcast]:
    """Return a campaign's broadcasts, the newest first."""
    return Broadcast.objects.filter(campaign=campaign).select_related("unit", "task", "activity")


@dataclass(frozen=True)
class BroadcastRow:
    """One broadcast with its state and how many messages have each fate."""

    broadcast: Broadcast
    state: State
    fates: dict[Fate, int]

    @property
    def messages(self) -> int:
        """Return how many messages it has."""
        return sum(self.fates.values())

    @property
    def delivered(self) -> int:
        """Return how many the receipts say were delivered."""
        return self.fates[Fate.DELIVERED]

    @property
    def uncertain(self) -> int:
        """Return how many may or may not have been sent."""
        return self.fates[Fate.UNCERTAIN]

    @property
    def undelivered(self) -> int:
        """Return how many certainly did not arrive."""
        return sum(self.fates[fate] for fate in (Fate.FAILED, Fate.REFUSED, Fate.LAPSED, Fate.SETTLED_UNSENT))


def broadcast_rows(broadcasts: Iterable[Broadcast], *, at: datetime) -> list[BroadcastRow]:
    """Return broadcasts with state and fates; two statements, however many."""
    listed = list(broadcasts)
    counted = fates_of(listed)
    return [BroadcastRow(row, state_of(_facts(row, counted[row.pk]), at=at), counted[row.pk]) for row in listed]


def facts_of(broadcasts: Sequence[Broadcast]) -> dict[int, BroadcastFacts]:
    """Return what each broadcast's state depends on, by its key."""
    counted = fates_of(broadcasts)
    return {row.pk: _facts(row, counted[row.pk]) for row in broadcasts}


def fates_of(broadcasts: Sequence[Broadcast]) -> dict[int, dict[Fate, int]]:
    """Return how many messages of each broadcast have each fate, every fate named; what was sent again counts as the second."""
    keys = {row.messages_key: row.pk for row in broadcasts}
    found: dict[int, dict[Fate, int]] = {row.pk: dict.fromkeys(Fate, 0) for row in broadcasts}
    replaced = Message.objects.filter(broadcast__in=keys, instead_of__isnull=False).values("instead_of")
    rows = Message.objects.filter(broadcast__in=keys).exclude(pk__in=replaced)
    for key, fate, count in rows.order_by().values_list("broadcast", "fate").annotate(Count("pk")):
        found[keys[key]][Fate(fate)] = count
    return found


def _facts(row: Broadcast, counted: dict[Fate, int]) -> BroadcastFacts:
    return BroadcastFacts(
        is_asked=row.asked_at is not None,
        is_approved=row.approved_at is not None,
        is_queued=row.queued_at is not None,
        is_stopped=row.stopped_at is not None,
        closes_at=row.closes_at,
        has_receipts=row.has_receipts,
        waiting=counted[Fate.QUEUED],
        on_the_way=counted[Fate.ACCEPTED],
        uncertain=counted[Fate.UNCERTAIN],
    )


@dataclass(frozen=True)
class MessageRow:
    """One message with whom it is for (None where the contact is not known), its parts as they left, and what replaced it."""

    message: Message
    contact: Contact | None
    attempts: tuple[Attempt, ...]
    is_replaced: bool

    @property
    def fate(self) -> Fate:
        """Return what became of it."""
        return Fate(self.message.fate)

    @property
    def why(self) -> str:
        """Return the network's words (or the gateway's status) on parts that did not arrive; empty where none was given."""
        said = [
            attempt.code or (f"status {attempt.status}" if attempt.status else "")
            for attempt in self.attempts
            if Fate(attempt.fate) in (Fate.FAILED, Fate.REFUSED, Fate.UNCERTAIN)
        ]
        return ", ".join(dict.fromkeys(filter(None, said)))


def messages_of(broadcast: Broadcast, *, fate: Fate | None = None) -> QuerySet[Message]:
    """Return a broadcast's messages in the order of queueing, or those of one fate."""
    rows = Message.objects.filter(broadcast=broadcast.messages_key).order_by("pk")
    return rows if fate is None else rows.filter(fate=int(fate))


def message_rows(messages: Iterable[Message]) -> list[MessageRow]:
    """Return messages with their contacts, attempts and whether they were sent again; three statements."""
    listed = list(messages)
    contacts = Contact.objects.select_related("unit").in_bulk(
        [int(row.person.removeprefix("contact:")) for row in listed if row.person.startswith("contact:")]
    )
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(message__in=listed):
        attempts.setdefault(attempt.message_id, []).append(attempt)
    replaced = set(Message.objects.filter(instead_of__in=listed).values_list("instead_of", flat=True))
    return [
        MessageRow(
            row,
            contacts.get(int(row.person.removeprefix("contact:"))) if row.person.startswith("contact:") else None,
            tuple(attempts.get(row.pk, ())),
            row.pk in replaced,
        )
        for row in listed
    ]
