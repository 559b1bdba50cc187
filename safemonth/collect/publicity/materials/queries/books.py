"""The books: every movement of copies, by design and place, and the stock that follows from them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from safemonth.collect.publicity.materials.models import Design, Handout, Loss, PrintRun, StockCount, Transfer, Whose
from safemonth.collect.publicity.materials.rules import Carriage, Kind, Movement, Stock, stock_of
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign, Indicator

# What a hand-out of printed matter can count under; a county's own indicators of the chapter come after these.
COUNTED_AS = (
    "leaflets_distributed",
    "handbooks_distributed",
    "posters_posted",
    "banners_hung",
    "items_distributed",
)


@dataclass(frozen=True)
class Books:
    """Movements by (design, place) and transfers by design, both by primary key."""

    movements: dict[tuple[int, int], list[Movement]]
    carriages: dict[int, list[Carriage]]


def books_of(
    campaign: Campaign, *, units: QuerySet[Unit] | None = None, designs: Sequence[Design] | None = None
) -> Books:
    """Return the campaign's books, of the places in `units` (None: all) and the given designs (None: all).

    Five statements, however much moved. A transfer stands in the giver's books from the day it was sent and in the
    receiver's from the day it is said to have come; it is listed once, where either end is asked for.
    """
    of: dict[tuple[int, int], list[Movement]] = defaultdict(list)
    wanted = Q(design__campaign=campaign)
    if designs is not None:
        wanted &= Q(design__in=designs)
    here = wanted if units is None else wanted & Q(place__in=units)
    for pk, design, place, whose, copies, on in PrintRun.objects.filter(here).values_list(
        "pk", "design", "place", "whose", "copies", "printed_on"
    ):
        kind: Kind = "printed_by_office" if whose == Whose.OFFICE else "printed_by_unit"
        of[design, place].append(Movement(kind, copies, on, f"printrun-{pk}"))
    for pk, design, place, copies, on in Handout.objects.filter(here).values_list(
        "pk", "design", "place", "copies", "given_on"
    ):
        of[design, place].append(Movement("handed_out", copies, on, f"handout-{pk}"))
    for pk, design, place, copies, on, is_opening in StockCount.objects.filter(here).values_list(
        "pk", "design", "place", "copies", "counted_on", "is_opening"
    ):
        of[design, place].append(Movement("carried_over" if is_opening else "counted", copies, on, f"stockcount-{pk}"))
    for pk, design, place, copies, on in Loss.objects.filter(here).values_list(
        "pk", "design", "place", "copies", "lost_on"
    ):
        of[design, place].append(Movement("lost", copies, on, f"loss-{pk}"))
    carriages: dict[int, list[Carriage]] = defaultdict(list)
    asked = None if units is None else set(units.values_list("pk", flat=True))
    moved = wanted if units is None else wanted & (Q(giver__in=units) | Q(receiver__in=units))
    for row in Transfer.objects.filter(moved):
        name = f"transfer-{row.pk}"
        carriages[row.design_id].append(Carriage(name, row.copies_sent, row.sent_on, row.copies_received))
        if asked is None or row.giver_id in asked:
            of[row.design_id, row.giver_id].append(Movement("given_on", row.copies_sent, row.sent_on, name))
        if row.copies_received is not None and row.received_on and (asked is None or row.receiver_id in asked):
            of[row.design_id, row.receiver_id].append(Movement("received", row.copies_received, row.received_on, name))
    return Books(dict(of), dict(carriages))


@dataclass(frozen=True)
class StockRow:
    """One design at one place."""

    design: Design
    place: Unit
    stock: Stock


def stock_rows(campaign: Campaign, books: Books) -> list[StockRow]:
    """Return the stock of every design at every place in the books, by design and tree order of places."""
    designs = Design.objects.filter(campaign=campaign).select_related("owner", "indicator").in_bulk()
    places = Unit.objects.in_bulk({place for _design, place in books.movements})
    rows = [
        StockRow(designs[design], places[place], stock_of(movements))
        for (design, place), movements in books.movements.items()
    ]
    return sorted(rows, key=lambda row: (row.design.kind, row.design.pk, row.place.path))


def designs_seen_by(user: User, campaign: Campaign) -> QuerySet[Design]:
    """Return the designs that the user may see: all, or those that their units made, hold or were sent."""
    designs = Design.objects.filter(campaign=campaign).select_related("owner", "indicator")
    return designs if sees_all(user) else designs.filter(_touching(units_seen_by(user)))


def designs_held_by(campaign: Campaign, units: QuerySet[Unit]) -> QuerySet[Design]:
    """Return the designs of which copies ever came to one of the units (or that one of them made)."""
    return Design.objects.filter(campaign=campaign).filter(_touching(units))


def _touching(units: QuerySet[Unit]) -> Q:
    at_places: tuple[QuerySet[PrintRun] | QuerySet[Handout] | QuerySet[StockCount] | QuerySet[Loss], ...] = (
        PrintRun.objects.filter(place__in=units),
        Handout.objects.filter(place__in=units),
        StockCount.objects.filter(place__in=units),
        Loss.objects.filter(place__in=units),
    )
    sent = Transfer.objects.filter(Q(receiver__in=units) | Q(giver__in=units))
    touching = Q(owner__in=units) | Q(pk__in=sent.values("design"))
    for rows in at_places:
        touching |= Q(pk__in=rows.values("design"))
    return touching


def handouts_at(campaign: Campaign, occasion: str) -> QuerySet[Handout]:
    """Return what was handed out at an event that counts it itself ("law-day:3"), with design and place."""
    return (
        Handout.objects.filter(design__campaign=campaign, occasion=occasion)
        .select_related("design", "design__indicator", "place")
        .order_by("given_on", "pk")
    )


def indicators_of_designs() -> QuerySet[Indicator]:
    """Return what a hand-out can count under."""
    return Indicator.objects.filter(pk__in=COUNTED_AS).order_by("rank")
