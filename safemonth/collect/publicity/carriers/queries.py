"""Reads of orders to carriers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.activities.queries import recorded_otherwise
from safemonth.collect.publicity.carriers.models import CarrierOrder, CarrierProof
from safemonth.collect.publicity.carriers.rules import OrderFacts, OrderSignal, State, signals_of, state_of
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

# What needs somebody first, first.
URGENCY: tuple[State, ...] = (
    "overdue",
    "due",
    "reported",
    "handed_over",
    "drafted",
    "proven",
    "declined",
    "called_off",
)


@dataclass(frozen=True)
class OrderRow:
    """One order with its state on a day, what is worth a question in its report, and its files."""

    order: CarrierOrder
    state: State
    signals: tuple[OrderSignal, ...]
    proofs: tuple[CarrierProof, ...]


def orders_seen_by(user: User, campaign: Campaign) -> QuerySet[CarrierOrder]:
    """Return the orders that the user may see: all, or those to carriers of their units that were handed over."""
    orders = CarrierOrder.objects.filter(campaign=campaign).select_related("carrier", "area", "task", "activity")
    if sees_all(user):
        return orders
    return orders.filter(Q(carrier__in=units_seen_by(user)), handed_over_on__isnull=False)


def order_rows(orders: QuerySet[CarrierOrder], *, today: date) -> list[OrderRow]:
    """Return orders with their state on `today`, what is most urgent first; two statements."""
    listed = list(orders)
    proofs: dict[int, list[CarrierProof]] = defaultdict(list)
    for proof in CarrierProof.objects.filter(order__in=listed).select_related("submission"):
        proofs[proof.order_id].append(proof)
    rows = [
        OrderRow(
            order=order,
            state=state_of(
                OrderFacts(
                    window_from=order.window_from,
                    window_to=order.window_to,
                    handed_over_on=order.handed_over_on,
                    is_reported=order.reported is not None,
                    is_proven=bool(proofs[order.pk]),
                    is_declined=bool(order.declined_because),
                    is_called_off=bool(order.called_off_because),
                ),
                today=today,
            ),
            signals=tuple(
                signals_of(
                    asked=order.asked,
                    reported=order.reported,
                    population=order.area.population,
                    window_from=order.window_from,
                    sent_on=order.sent_on,
                    window_to=order.window_to,
                )
                if order.reported is not None
                else ()
            ),
            proofs=tuple(proofs[order.pk]),
        )
        for order in listed
    ]
    return sorted(rows, key=lambda row: (URGENCY.index(row.state), row.order.window_from, row.order.pk))


def carriers_known() -> QuerySet[Unit]:
    """Return the phone carriers of the unit tree."""
    return Unit.objects.filter(kind=UnitKind.CARRIER).order_by("path")


def areas_known(campaign: Campaign) -> QuerySet[Unit]:
    """Return the areas that a carrier can be asked for: the campaign's unit and its townships."""
    return Unit.objects.filter(Q(pk=campaign.unit_id) | Q(kind=UnitKind.TOWNSHIP)).order_by("path")


def sending_on_record(order: CarrierOrder) -> Activity | None:
    """Return the activity by which the carrier's sheet or letter has said how many messages it sent, None if none has.

    What another order of the same carrier reported is that order's.
    """
    sendings = Measure.objects.filter(indicator="sms_sent", unit=order.carrier).values("activity")
    others = CarrierOrder.objects.filter(activity__isnull=False).exclude(pk=order.pk).values("activity__key")
    found = recorded_otherwise(
        order.campaign,
        host=order.carrier,
        from_on=order.window_from,
        to_on=order.window_to,
        besides=order.activity,
        pk__in=sendings,
    )
    return None if found is None or others.filter(activity__key=found.key).exists() else found
