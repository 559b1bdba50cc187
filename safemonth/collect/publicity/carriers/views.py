"""Pages of orders to carriers: the list, one order with its letter to print, and one page for each step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import file_in, form_page
from safemonth.collect.publicity.carriers import actions, forms
from safemonth.collect.publicity.carriers.models import CarrierOrder
from safemonth.collect.publicity.carriers.queries import (
    areas_known,
    carriers_known,
    order_rows,
    orders_seen_by,
    sending_on_record,
)
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, tasks_of


def carrier_orders(request: HttpRequest) -> HttpResponse:
    """Show the orders, those that wait for somebody first, and what the carriers say that they reached."""
    user = viewer(request)
    rows = order_rows(orders_seen_by(user, campaign_called()), today=timezone.localdate())
    standing = [row for row in rows if row.order.reported is not None and row.state in ("reported", "proven")]
    return render(
        request,
        "collect/carriers.html",
        {
            "rows": rows,
            "reached": sum(row.order.reported or 0 for row in standing),
            "standing": len(standing),
            "may_order": may_open(user=user, name="carrier-order-new"),
        },
    )


def carrier_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one order."""
    user = viewer(request)
    seen = orders_seen_by(user, campaign_called()).filter(pk=pk)
    get_object_or_404(seen)
    row = order_rows(seen, today=timezone.localdate())[0]
    return render(
        request,
        "collect/carriers_order.html",
        {
            "row": row,
            "elsewhere": sending_on_record(row.order) if row.order.activity_id is None else None,
            "may_enter": may_open(user=user, name="carrier-order-report"),
            "may_order": may_open(user=user, name="carrier-order-new"),
        },
    )


def _chosen(request: HttpRequest, pk: int) -> CarrierOrder:
    return get_object_or_404(orders_seen_by(viewer(request), campaign_called()), pk=pk)


def _to(order: CarrierOrder) -> tuple[str, str]:
    return reverse("carrier-order", args=[order.pk]), str(order.carrier)


def carrier_order_new(request: HttpRequest) -> HttpResponse:
    """Draft an order to one or several carriers."""
    user = viewer(request)
    campaign = campaign_called()

    def draft(given: dict[str, Any]) -> HttpResponse:
        for carrier in given.pop("carriers"):
            actions.draft_order(campaign=campaign, carrier=carrier, **given, by=user.username, at=timezone.now())
        return redirect("carrier-orders")

    form = forms.OrderForm(
        request.POST or None,
        carriers=carriers_known(),
        areas=areas_known(campaign),
        tasks=tasks_of(campaign),
        initial={"area": campaign.unit.code, "is_free": True, "window_from": campaign.starts_on},
    )
    return form_page(
        request,
        form,
        title=_("Order to carriers"),
        lead=_(
            "A carrier sends the text to its own subscribers and reports how many it reached. That stays its count."
        ),
        button=_("Draft"),
        back=(reverse("carrier-orders"), _("Carriers")),
        act=draft,
    )


def carrier_order_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that an order was handed over."""
    user = viewer(request)
    order = _chosen(request, pk)

    def enter(given: dict[str, Any]) -> HttpResponse:
        actions.hand_over(order=order, **given, by=user.username, at=timezone.now())
        return redirect("carrier-order", pk=pk)

    return form_page(
        request,
        forms.HandOverForm(request.POST or None, initial={"on": timezone.localdate()}),
        title=_("Handed over"),
        button=_("Enter"),
        back=_to(order),
        act=enter,
    )


def carrier_order_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the carrier reports, or correct that."""
    user = viewer(request)
    order = _chosen(request, pk)
    elsewhere = sending_on_record(order)

    def enter(given: dict[str, Any]) -> HttpResponse:
        instead = elsewhere if given.pop("in_place_of", False) else None
        actions.report_reached(order=order, **given, in_place_of=instead, by=user.username, at=timezone.now())
        return redirect("carrier-order", pk=pk)

    initial = {
        "reached": order.reported,
        "sent_on": order.sent_on or order.window_from,
        "reported_on": timezone.localdate(),
    }
    return form_page(
        request,
        forms.ReportForm(request.POST or None, is_first=order.reported is None, elsewhere=elsewhere, initial=initial),
        title=_("What the carrier reports"),
        lead=_("It counts as text messages sent, under the carrier's name."),
        button=_("Enter"),
        back=_to(order),
        act=enter,
    )


@require_POST
def carrier_order_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an order count by what the carrier's sheet or letter says already."""
    order = _chosen(request, pk)
    elsewhere = sending_on_record(order)
    if elsewhere is None:
        raise Http404
    actions.take_report_on_record(order=order, activity=elsewhere, by=viewer(request).username, at=timezone.now())
    return redirect("carrier-order", pk=pk)


def carrier_order_prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file that bears the report out."""
    user = viewer(request)
    order = _chosen(request, pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        file = file_in(given, "file")
        actions.prove_order(order=order, files=[file] if file else [], by=user.username, at=timezone.now())
        return redirect("carrier-order", pk=pk)

    return form_page(
        request,
        forms.OrderProofForm(request.POST or None, request.FILES or None),
        title=_("Add proof"),
        button=_("Add"),
        back=_to(order),
        act=add,
    )


def carrier_order_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an order: declined by the carrier, or called off."""
    user = viewer(request)
    order = _chosen(request, pk)

    def end(given: dict[str, Any]) -> HttpResponse:
        is_declined = given["how"] == "declined"
        actions.end_order(
            order=order, is_declined=is_declined, reason=given["reason"], by=user.username, at=timezone.now()
        )
        return redirect("carrier-order", pk=pk)

    return form_page(
        request,
        forms.EndForm(request.POST or None),
        title=_("End the order"),
        button=_("End the order"),
        back=_to(order),
        act=end,
    )
