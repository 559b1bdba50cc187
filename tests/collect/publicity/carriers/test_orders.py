"""An order to a carrier, from the draft to a number that stays the carrier's."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.publicity.carriers.actions import (
    draft_order,
    end_order,
    hand_over,
    prove_order,
    report_reached,
    take_report_on_record,
)
from safemonth.collect.publicity.carriers.models import CarrierOrder
from safemonth.collect.publicity.carriers.queries import order_rows, orders_seen_by
from safemonth.collect.publicity.carriers.rules import OrderFacts, signals_of, state_of
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import NewUnit, add_units, open_account
from tests.cast import AT, PASSWORD


def day(number: int) -> date:
    return date(2019, 6, number)


def facts(**known: Any) -> OrderFacts:
    told = {"window_from": day(10), "window_to": day(16), "handed_over_on": day(3)}
    return OrderFacts(**{**told, "is_reported": False, "is_proven": False, **known})


@pytest.mark.parametrize(
    ("known", "today", "state"),
    [
        ({"handed_over_on": None}, 9, "drafted"),
        ({"handed_over_on": None}, 10, "overdue"),
        ({}, 16, "handed_over"),
        ({}, 17, "due"),
        ({"is_reported": True}, 30, "reported"),
        ({"is_reported": True, "is_proven": True}, 30, "proven"),
        ({"is_declined": True}, 30, "declined"),
        ({"is_declined": True, "is_called_off": True}, 30, "called_off"),
    ],
)
def test_an_order_comes_forward_by_what_is_known_of_it(known: Any, today: int, state: str):
    assert state_of(facts(**known), today=day(today)) == state


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_reached_than_asked_for_is_worth_a_question_and_nothing_less(asked: int, reported: int):
    found = signals_of(
        asked=asked,
        reported=reported,
        population=None,
        window_from=day(10),
        sent_on=day(12),
        window_to=day(16),
    )
    assert bool(found) == (reported > asked)


def test_more_cards_than_two_a_head_and_a_day_outside_the_window_are_worth_a_question():
    found = signals_of(
        asked=None, reported=201, population=100, window_from=day(10), sent_on=day(17), window_to=day(16)
    )
    assert [signal.code for signal in found] == ["more_than_people", "outside_window"]


def ordered(county: Any, code: str = "c1", name: str = "县移动公司", **known: Any) -> CarrierOrder:
    add_units(units=[NewUnit(code, name, "carrier", "13")], by="t", at=AT)
    told = {"text": "安全生产，人人有责", "window_from": day(10), "window_to": day(16), "area": county.unit("13")}
    return draft_order(campaign=county.campaign, carrier=county.unit(code), **{**told, **known}, by="clerk", at=AT)


def reported(order: CarrierOrder, reached: str = "52300", **known: Any) -> CarrierOrder:
    if order.handed_over_on is None:
        hand_over(order=order, on=day(4), by="clerk", at=AT)
    return report_reached(
        order=order, reached=reached, sent_on=day(12), reported_on=day(18), by="clerk", at=AT, **known
    )


@pytest.mark.django_db
def test_the_figure_is_the_sum_of_what_the_carriers_report_each_under_its_name(county: Any):
    reported(ordered(county))
    reported(ordered(county, "c2", "县联通公司"), "12万余")
    figure = FigureDesk.of(county.campaign).figure("sms_sent")
    assert figure.value == 172_300
    assert figure.bounds is not None and figure.bounds.lower_is_open
    headings = Measure.objects.filter(indicator="sms_sent").order_by("pk").values_list("heading", "unit__code")
    assert list(headings) == [("据县移动公司报告", "c1"), ("据县联通公司报告", "c2")]


@pytest.mark.django_db
def test_a_later_report_is_a_correction_with_its_reason(county: Any):
    order = reported(ordered(county))
    with pytest.raises(Refused) as refused:
        reported(order, "52000")
    assert refused.value.code == "reason_missing"
    reported(order, "52000", reason="来函更正")
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 52_000
    assert Activity.objects.filter(key=order.activity.key).count() == 2  # type: ignore[union-attr]


@pytest.mark.django_db
def test_what_the_carriers_sheet_has_said_is_not_counted_a_second_time(county: Any):
    order = ordered(county)
    with writing(by="clerk", at=AT, action="test.sheet") as write:
        by_sheet = record_deed(
            write,
            campaign=county.campaign,
            deed=Deed(
                kind="media",
                title="发送短信",
                host=order.carrier,
                from_on=day(10),
                to_on=day(16),
                counts=[Count("sms_sent", order.carrier, 52000)],
            ),
            entry={"sheet": 1},
            file_name="移动公司.xlsx",
            by="c1",
            at=AT,
        )
    with pytest.raises(Refused) as refused:
        reported(order)
    assert refused.value.code == "event_on_record"
    take_report_on_record(order=order, activity=by_sheet, by="clerk", at=AT)
    assert (order.reported, order.activity) == (52000, by_sheet)
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 52000
    with pytest.raises(Refused) as twice:
        take_report_on_record(order=order, activity=by_sheet, by="clerk", at=AT)
    assert twice.value.code == "not_the_orders_report"
    reported(order, "52400", reason="更正")
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 52400


@pytest.mark.django_db
def test_a_letter_bears_the_report_out(county: Any):
    order = reported(ordered(county))
    prove_order(order=order, files=[(b"%PDF-1.4 letter", "函.pdf", "web")], by="clerk", at=AT)
    (row,) = order_rows(orders_seen_by(county.clerk, county.campaign), today=day(20))
    assert row.state == "proven"
    assert Measure.objects.get().state == "evidenced"


@pytest.mark.django_db
def test_an_order_that_ends_after_its_report_counts_no_more(county: Any):
    order = reported(ordered(county))
    end_order(order=order, is_declined=False, reason="误录", by="clerk", at=AT)
    assert FigureDesk.of(county.campaign).figure("sms_sent").value is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "code"),
    [
        (
            lambda o: report_reached(order=o, reached="5", sent_on=day(12), reported_on=day(13), by="x", at=AT),
            "not_handed_over",
        ),
        (lambda o: reported(o, "很多"), "not_a_number"),
        (lambda o: reported(o, "-5"), "not_a_number"),
        (lambda o: prove_order(order=o, files=[(b"x", "x", "web")], by="x", at=AT), "not_reported_yet"),
        (lambda o: end_order(order=o, is_declined=True, reason="", by="x", at=AT), "reason_missing"),
        (lambda o: prove_order(order=reported(o), files=[], by="x", at=AT), "no_proof"),
        (
            lambda o: hand_over(
                order=end_order(order=o, is_declined=True, reason="拒绝", by="x", at=AT), on=day(4), by="x", at=AT
            ),
            "order_ended",
        ),
    ],
)
def test_what_cannot_be_is_refused(county: Any, do: Any, code: str):
    order = ordered(county)
    with pytest.raises(Refused) as refused:
        do(order)
    assert refused.value.code == code


@pytest.mark.django_db
def test_a_window_that_ends_before_it_opens_and_an_empty_text_are_refused(county: Any):
    wrong: list[tuple[dict[str, Any], str]] = [({"window_to": day(9)}, "dates_reversed"), ({"text": " \n"}, "no_text")]
    for number, (known, code) in enumerate(wrong, start=1):
        with pytest.raises(Refused) as refused:
            ordered(county, f"x{number}", f"公司{number}", **known)
        assert refused.value.code == code


@pytest.mark.django_db
def test_one_text_is_ordered_of_a_carrier_once_until_that_order_ends(county: Any):
    order = ordered(county)
    with pytest.raises(Refused) as refused:
        ordered(county)
    assert refused.value.code == "order_exists"
    end_order(order=order, is_declined=True, reason="检修", by="x", at=AT)
    assert ordered(county).pk != order.pk


@pytest.mark.django_db
def test_a_carrier_sees_its_own_orders_once_they_are_handed_over(county: Any):
    mine, others = ordered(county), ordered(county, "c2", "县联通公司")
    user = open_account(username="mobile", password=PASSWORD, role="reporter", unit=county.unit("c1"), by="t", at=AT)
    assert list(orders_seen_by(user, county.campaign)) == []
    for order in (mine, others):
        hand_over(order=order, on=day(4), by="clerk", at=AT)
    assert list(orders_seen_by(user, county.campaign)) == [mine]
    assert list(orders_seen_by(county.reporter, county.campaign)) == []
