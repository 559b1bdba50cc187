"""The entries of the books as a page lists them, and one of them to be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from safemonth.collect.publicity.materials.models import Design, Handout, Loss, PrintRun, StockCount, Transfer
from safemonth.organisation.models import Unit, User
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

Correctable = PrintRun | Transfer | Handout | StockCount | Loss
# Entry names are those of `Movement.row`: "handout-12".
MODELS: dict[str, type[Correctable]] = {
    "printrun": PrintRun,
    "transfer": Transfer,
    "handout": Handout,
    "stockcount": StockCount,
    "loss": Loss,
}


@dataclass(frozen=True)
class Entry:
    """One entry as it is shown: what moved, how many, when, and at which places."""

    name: str
    kind: str
    design: Design
    place: Unit
    other: Unit | None
    copies: int
    on: date
    note: str
    row: Correctable


def entries_at(
    campaign: Campaign, *, places: QuerySet[Unit] | None = None, designs: Sequence[Design] | None = None
) -> list[Entry]:
    """Return the entries of places (None: all) and designs (None: all), newest first."""
    wanted = Q(design__campaign=campaign)
    if designs is not None:
        wanted &= Q(design__in=designs)
    here = wanted if places is None else wanted & Q(place__in=places)
    moved = wanted if places is None else wanted & (Q(giver__in=places) | Q(receiver__in=places))
    found = [
        Entry(
            f"printrun-{run.pk}",
            f"printed_by_{run.whose}",
            run.design,
            run.place,
            run.printed_by if run.printed_by_id != run.place_id else None,
            run.copies,
            run.printed_on,
            run.printer,
            run,
        )
        for run in PrintRun.objects.filter(here).select_related("design", "place", "printed_by", "proof")
    ]
    found += [
        Entry(f"transfer-{t.pk}", "given_on", t.design, t.giver, t.receiver, t.copies_sent, t.sent_on, "", t)
        for t in Transfer.objects.filter(moved).select_related("design", "giver", "receiver")
    ]
    found += [
        Entry(f"handout-{h.pk}", "handed_out", h.design, h.place, None, h.copies, h.given_on, h.where, h)
        for h in Handout.objects.filter(here).select_related("design", "place", "activity")
    ]
    found += [
        Entry(
            f"stockcount-{count.pk}",
            "carried_over" if count.is_opening else "counted",
            count.design,
            count.place,
            None,
            count.copies,
            count.counted_on,
            "",
            count,
        )
        for count in StockCount.objects.filter(here).select_related("design", "place")
    ]
    found += [
        Entry(f"loss-{loss.pk}", "lost", loss.design, loss.place, None, loss.copies, loss.lost_on, loss.reason, loss)
        for loss in Loss.objects.filter(here).select_related("design", "place")
    ]
    return sorted(found, key=lambda entry: (entry.on, entry.row.pk), reverse=True)


def correctable(user: User, name: str) -> Correctable | None:
    """Return the entry of that name ("handout-12"), None where there is none in the books of the user's units."""
    kind, _dash, key = name.partition("-")
    model = MODELS.get(kind)
    if model is None or not key.isdigit():
        return None
    if model is Transfer:
        return transfers_given_by(user).filter(pk=int(key)).first()
    rows: Any = model._default_manager
    row: Correctable | None = (
        rows.filter(place__in=units_seen_by(user)).select_related("design", "place").filter(pk=int(key)).first()
    )
    return row


def transfers_given_by(user: User) -> QuerySet[Transfer]:
    """Return the transfers from the user's units."""
    return Transfer.objects.filter(giver__in=units_seen_by(user)).select_related("design", "giver", "receiver")


def transfers_received_by(user: User) -> QuerySet[Transfer]:
    """Return the transfers to the user's units."""
    return Transfer.objects.filter(receiver__in=units_seen_by(user)).select_related("design", "giver", "receiver")


def transfers_waiting_for(campaign: Campaign, units: QuerySet[Unit]) -> QuerySet[Transfer]:
    """Return the transfers to these units of which nobody has said that they came, oldest first."""
    return (
        Transfer.objects.filter(design__campaign=campaign, receiver__in=units, copies_received__isnull=True)
        .select_related("design", "giver", "receiver")
        .order_by("sent_on", "pk")
    )
