"""Reads of messages: what became of a broadcast, what is uncertain, who wants no more."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Count

from safemonth.messaging.fates import Fate
from safemonth.messaging.models import Attempt, Message, OptOut


def fates(broadcast: str) -> dict[Fate, int]:
    """Return how many messages of a broadcast have each fate, each fate named; all nought where there is none.

    A message that another was sent instead of is left out: the other one tells what became of it.
    """
    rows = Message.objects.filter(broadcast=broadcast).exclude(pk__in=_replaced(broadcast))
    counted = dict(rows.values_list("fate").annotate(Count("pk")).order_by())
    return {fate: counted.get(int(fate), 0) for fate in Fate}


def messages(broadcast: str, *, fate: Fate | None = None) -> list[Message]:
    """Return a broadcast's messages in the order of queueing, or those of one fate."""
    rows = Message.objects.filter(broadcast=broadcast)
    return list(rows if fate is None else rows.filter(fate=fate))


def attempts(message: Message) -> list[Attempt]:
    """Return what left of a message, by part; empty where nothing has yet."""
    return list(Attempt.objects.filter(message=message))


def uncertain(broadcast: str = "") -> list[Message]:
    """Return the messages that may or may not have been sent, of one broadcast or of all; a person looks at these."""
    rows = Message.objects.filter(fate=Fate.UNCERTAIN)
    return list(rows.filter(broadcast=broadcast) if broadcast else rows)


def opted_out(keys: Collection[str] | None = None) -> set[str]:
    """Return which addresses (as `rules.number_key` gives them) want no more messages; of those given, or all."""
    rows = OptOut.objects.filter(ended_at=None)
    if keys is None:
        return set(rows.values_list("address_key", flat=True))
    wanted = set(keys)
    if len(wanted) > 500:
        return wanted & set(rows.values_list("address_key", flat=True))
    return set(rows.filter(address_key__in=wanted).values_list("address_key", flat=True))


def people_of(broadcast: str) -> tuple[set[str], set[str]]:
    """Return the persons and the address keys that a broadcast has a message for already."""
    rows = list(Message.objects.filter(broadcast=broadcast).values_list("person", "address_key"))
    return {person for person, _ in rows}, {key for _, key in rows}


def to_hand_over(gateway: str, *, most: int, identity: str) -> list[Message]:
    """Return messages that are not in the gateway's outbox yet, in order: new ones, or begun with this same outbox."""
    rows = Message.objects.filter(gateway=gateway, fate=Fate.QUEUED, handed_over_at__isnull=True)
    return list(rows.filter(outbox__in=("", identity))[:most])


def of_another_outbox(gateway: str, *, identity: str) -> Iterator[Message]:
    """Yield the messages still open that were handed to an outbox which is no longer there."""
    rows = Message.objects.filter(gateway=gateway, fate=Fate.QUEUED).exclude(outbox__in=("", identity))
    return rows.iterator()


def waiting_since(gateway: str) -> datetime | None:
    """Return when the oldest message that waits for a gateway was queued; None where none waits."""
    return (
        Message.objects.filter(gateway=gateway, fate=Fate.QUEUED)
        .order_by("queued_at")
        .values_list("queued_at", flat=True)
        .first()
    )


def _replaced(broadcast: str) -> list[int]:
    rows = Message.objects.filter(broadcast=broadcast, instead_of__isnull=False)
    return [pk for pk in rows.values_list("instead_of", flat=True) if pk is not None]
