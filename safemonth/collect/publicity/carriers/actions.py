"""Writes of orders to carriers: draft, hand over, enter what the carrier reports, prove, call off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from safemonth.collect.activities.actions import attach_evidence, withdraw
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.activities.queries import refuse_double
from safemonth.collect.publicity.carriers.models import CarrierOrder, CarrierProof
from safemonth.collect.publicity.carriers.queries import sending_on_record
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.actions import writing
from safemonth.lib.quantities import read_quantity
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Campaign, Task

# The reason that a version gets which takes the place of what the carrier's sheet or letter said.
BY_ORDER: Final = "按短信发送任务单反馈"


def draft_order(
    *,
    campaign: Campaign,
    carrier: Unit,
    text: str,
    window_from: date,
    window_to: date,
    area: Unit,
    by: str,
    at: datetime,
    task: Task | None = None,
    asked: int | None = None,
    is_free: bool = True,
) -> CarrierOrder:
    """Draft an order; raises Refused `no_text`, `dates_reversed` or `order_exists`."""
    if not text.strip():
        raise Refused("no_text", gettext_noop("Write the text that is to be sent."))
    if window_to < window_from:
        raise Refused("dates_reversed", gettext_noop("The last day must not come before the first."))
    standing = CarrierOrder.objects.filter(
        campaign=campaign, carrier=carrier, text=text.strip(), window_from=window_from, declined_because=""
    ).filter(called_off_because="")
    if standing.exists():
        raise Refused(
            "order_exists", gettext_noop("%(carrier)s has this text for this window already."), carrier=carrier
        )
    with writing(by=by, at=at, action="carrier_order.draft", about=carrier.name) as write:
        return write.create(
            CarrierOrder(
                campaign=campaign,
                task=task,
                carrier=carrier,
                text=text.strip(),
                window_from=window_from,
                window_to=window_to,
                area=area,
                asked=asked,
                is_free=is_free,
            )
        )


def hand_over(*, order: CarrierOrder, on: date, by: str, at: datetime, as_what: str = "") -> CarrierOrder:
    """Enter that the order was handed to the carrier, by letter or however (`as_what`); from then on its text is fixed.

    Raises Refused `order_ended`.
    """
    _goes_on(order)
    with writing(by=by, at=at, action="carrier_order.hand_over", about=str(order)) as write:
        return write.change(order, handed_over_on=on, handed_over_as=as_what.strip()[:160])


def report_reached(
    *,
    order: CarrierOrder,
    reached: str,
    sent_on: date,
    reported_on: date,
    by: str,
    at: datetime,
    reason: str = "",
    in_place_of: Activity | None = None,
) -> CarrierOrder:
    """Enter how many subscribers the carrier says it reached, as it says it ("12万余"): an activity of the carrier's.

    The number is the carrier's in every figure, under a heading that names it. Entered again it is a correction with
    its reason, and the activity gets a new version. Raises Refused `not_handed_over`, `order_ended`, `not_a_number`,
    `reason_missing`, or `event_on_record` where the carrier's sheet or letter has said how many it sent and
    `in_place_of` does not say that the order takes its place.
    """
    _goes_on(order)
    if order.handed_over_on is None:
        raise Refused("not_handed_over", gettext_noop("Say first when the order was handed over."))
    quantity = read_quantity(reached.strip())
    if quantity is None or quantity.is_range or quantity.value < 0 or quantity.value != int(quantity.value):
        raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=reached)
    number = int(quantity.value)
    with writing(by=by, at=at, action="carrier_order.report", about=f"{order} {number}") as write:
        # Two who enter it at once: the second waits, and corrects what the first one entered.
        order.refresh_from_db(from_queryset=CarrierOrder.objects.select_for_update())
        elsewhere = sending_on_record(order)
        refuse_double(elsewhere, in_place_of=in_place_of)
        activity = record_deed(
            write,
            campaign=order.campaign,
            deed=Deed(
                kind=ActivityKind.MEDIA,
                title=f"{order.carrier.name}向用户发送安全生产短信",
                host=order.carrier,
                task=order.task,
                place=order.area.name,
                from_on=sent_on,
                to_on=sent_on,
                counts=[
                    Count(
                        indicator="sms_sent",
                        unit=order.carrier,
                        value=number,
                        qualifier=quantity.qualifier,
                        measure_word="条",
                        heading=f"据{order.carrier.name}报告",
                    )
                ],
            ),
            entry={"carrier_order": order.pk, "text": order.text, "reached": reached, "sent_on": sent_on},
            file_name=f"carrier-order-{order.pk}.json",
            by=by,
            at=at,
            standing=order.activity or elsewhere,
            reason=reason or (BY_ORDER if elsewhere else ""),
        )
        write.change(
            order,
            reported=number,
            reported_qualifier=quantity.qualifier,
            sent_on=sent_on,
            reported_on=reported_on,
            reported_by=by,
            activity=activity,
        )
    _bear_out(order, by=by, at=at)
    return order


def take_report_on_record(*, order: CarrierOrder, activity: Activity, by: str, at: datetime) -> CarrierOrder:
    """Let an order count by what the carrier's own sheet or letter says already, so that nobody types it a second time.

    The activity stays as it is and keeps its source; a later correction of the order makes a new version of it. Raises
    Refused `not_handed_over`, `order_ended`, or `not_the_orders_report` where that activity is not the carrier's count
    for the order's window.
    """
    _goes_on(order)
    if order.handed_over_on is None:
        raise Refused("not_handed_over", gettext_noop("Say first when the order was handed over."))
    with writing(by=by, at=at, action="carrier_order.take_report", about=f"{order} {activity.title}") as write:
        order.refresh_from_db(from_queryset=CarrierOrder.objects.select_for_update())
        elsewhere = sending_on_record(order)
        if order.activity_id or elsewhere is None or elsewhere.pk != activity.pk:
            raise Refused("not_the_orders_report", gettext_noop("That is not what this order still waits for."))
        sent = Measure.objects.get(activity=elsewhere, indicator="sms_sent", unit=order.carrier)
        write.change(
            order,
            reported=sent.value,
            reported_qualifier=sent.qualifier,
            sent_on=elsewhere.from_on or order.window_from,
            reported_on=localdate(at),
            reported_by=by,
            activity=elsewhere,
        )
    _bear_out(order, by=by, at=at)
    return order


def prove_order(*, order: CarrierOrder, files: Sequence[tuple[bytes, str, str]], by: str, at: datetime) -> CarrierOrder:
    """Keep files (bytes, name, channel) that bear the carrier's report out; its claim is then "with evidence".

    Raises Refused `not_reported_yet`, `no_proof`, or as `receive` does.
    """
    if order.reported is None:
        raise Refused("not_reported_yet", gettext_noop("Enter first what the carrier reports."))
    if not files:
        raise Refused("no_proof", gettext_noop("Choose a file or give a link."))
    with writing(by=by, at=at, action="carrier_order.prove", about=str(order)) as write:
        known = set(CarrierProof.objects.filter(order=order).values_list("submission", flat=True))
        for data, file_name, channel in files:
            kept, _is_new = receive(
                campaign=order.campaign,
                data=data,
                file_name=file_name,
                channel=channel,
                sender=order.carrier,
                by=by,
                at=at,
            )
            if kept.pk not in known:
                known.add(kept.pk)
                write.create(CarrierProof(order=order, submission=kept))
    _bear_out(order, by=by, at=at)
    return order


def _bear_out(order: CarrierOrder, *, by: str, at: datetime) -> None:
    proofs = CarrierProof.objects.filter(order=order).select_related("submission")
    if order.activity and proofs:
        current = Activity.objects.get(key=order.activity.key, is_current=True)
        attach_evidence(activity=current, submissions=[proof.submission for proof in proofs], by=by, at=at)


def end_order(*, order: CarrierOrder, is_declined: bool, reason: str, by: str, at: datetime) -> CarrierOrder:
    """End an order: the carrier declined it, or the office called it off; what was reported by mistake is withdrawn.

    Raises Refused `reason_missing` or `order_ended`.
    """
    _goes_on(order)
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    why = reason.strip()[:200]
    with writing(by=by, at=at, action="carrier_order.end", about=why) as write:
        if order.activity:
            current = Activity.objects.get(key=order.activity.key, is_current=True)
            if not current.is_withdrawn:
                withdraw(write, activity=current, submission=current.submission, reason=why)
        if is_declined:
            return write.change(order, declined_because=why)
        return write.change(order, called_off_because=why)


def _goes_on(order: CarrierOrder) -> None:
    if order.declined_because or order.called_off_because:
        raise Refused("order_ended", gettext_noop("This order was ended; draft a new one."))
