"""The demo's slogan to every subscriber: the same order to three carriers, each handed over, one reported with proof.

The other two answered by sheet and by letter, which intake has counted already: their orders count by that.
"""

from datetime import date, datetime

from safemonth.collect.publicity.carriers.actions import (
    draft_order,
    hand_over,
    prove_order,
    report_reached,
    take_report_on_record,
)
from safemonth.collect.publicity.carriers.models import CarrierOrder
from safemonth.collect.publicity.carriers.queries import sending_on_record
from safemonth.demo.county import CARRIERS, COUNTY
from safemonth.demo.truth import deeds_of
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign
from safemonth.plan.queries import task_called

TEXT = "安全生产，人人有责。发现隐患请拨打12350举报。易县安委办"
WINDOW = (date(2019, 6, 10), date(2019, 6, 16))
LETTER = "易安委办函〔2019〕6号"
# The carrier that answers by its order.
ANSWERING = f"{COUNTY}-telecom"


def order_slogans(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Draft one order for each carrier and hand it over by letter, free of charge."""
    for code in CARRIERS:
        order = draft_order(
            campaign=campaign,
            carrier=unit_by_code(code),
            text=TEXT,
            window_from=WINDOW[0],
            window_to=WINDOW[1],
            area=campaign.unit,
            task=task_called(campaign, "carriers"),
            by=by,
            at=at,
        )
        hand_over(order=order, on=at.date(), as_what=LETTER, by=by, at=at)


def report_slogans(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter what the answering carrier says it reached, with its record of sending as proof."""
    (deed,) = deeds_of(ANSWERING)
    order = CarrierOrder.objects.get(campaign=campaign, carrier__code=ANSWERING)
    report_reached(
        order=order,
        reached=str(deed.counts["sms_sent"].value),
        sent_on=deed.to_on,
        reported_on=at.date(),
        by=by,
        at=at,
    )
    record = f"日期,条数\n{deed.from_on}至{deed.to_on},{deed.counts['sms_sent'].value}\n"
    prove_order(order=order, files=[(record.encode(), "县电信公司发送记录.csv", "web")], by=by, at=at)


def take_reports(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Let the orders of the carriers that answered by sheet or letter count by that."""
    for order in CarrierOrder.objects.filter(campaign=campaign, activity=None):
        if (activity := sending_on_record(order)) is not None:
            take_report_on_record(order=order, activity=activity, by=by, at=at)
