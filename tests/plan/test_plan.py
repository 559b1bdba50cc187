"""The plan: rules of assignment, tasks, notices, meetings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused
from safemonth.plan.actions import add_task, assign, hold_meeting, issue_notice, load_indicator_list, record_receipts
from safemonth.plan.models import Assignment, Attendance, Indicator, Receipt
from safemonth.plan.queries import campaign_called, task_called
from safemonth.plan.rules import UnitFacts, units_by_rule
from tests.cast import AT

TREE = [
    UnitFacts("1", "county", "1/"),
    UnitFacts("11", "township", "1/11/"),
    UnitFacts("12", "township", "1/12/"),
    UnitFacts("111", "village", "1/11/111/"),
    UnitFacts("d", "department", "1/d/"),
]


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("kind:township", ["11", "12"]),
        ("under:11", ["111"]),
        ("named:d,12", ["12", "d"]),
        ("kind:township + named:d", ["11", "12", "d"]),
        ("all", ["1", "11", "12", "111", "d"]),
        ("", []),
    ],
)
def test_a_rule_means_its_units_in_tree_order(rule, codes):
    assert units_by_rule(rule, TREE) == codes


@pytest.mark.parametrize(
    ("rule", "code"), [("kind:planet", "unknown_rule"), ("named:x", "unknown_unit"), ("x", "unknown_rule")]
)
def test_a_rule_that_means_nothing_is_refused(rule, code):
    with pytest.raises(Refused) as refused:
        units_by_rule(rule, TREE)
    assert refused.value.code == code


@given(st.text(max_size=20))
def test_a_rule_is_refused_or_means_known_units(rule):
    try:
        codes = units_by_rule(rule, TREE)
    except Refused:
        return
    assert set(codes) <= {unit.code for unit in TREE}


@pytest.mark.django_db
def test_all_shipped_indicators_are_loaded_once():
    assert load_indicator_list(by="t", at=AT) == len(load_indicators())
    assert load_indicator_list(by="t", at=AT) == 0
    assert Indicator.objects.get(pk="leaflets_distributed").name == "发放宣传资料"


def test_a_task_is_asked_of_each_unit_once_however_often_the_rule_runs(county):
    assert Assignment.objects.filter(task=county.everyone).count() == 6
    assert assign(task=county.everyone, rule="kind:township", by="t", at=AT) == 0


def test_a_task_with_an_unknown_indicator_is_refused(county):
    with pytest.raises(Refused) as refused:
        add_task(
            campaign=county.campaign,
            code="x",
            title="x",
            chapter="publicity",
            kind="other",
            indicators=("moons",),
            by="t",
            at=AT,
        )
    assert refused.value.code == "unknown_indicator"


def test_a_document_number_is_taken_once(county):
    issue_notice(
        campaign=county.campaign, number="山安委〔2019〕5号", title="方案", issued_on=date(2019, 5, 18), by="t", at=AT
    )
    with pytest.raises(Refused) as refused:
        issue_notice(
            campaign=county.campaign,
            number="山安委〔2019〕5号",
            title="别的",
            issued_on=date(2019, 5, 19),
            by="t",
            at=AT,
        )
    assert refused.value.code == "number_taken"


def test_a_receipt_counts_once_a_unit(county):
    notice = issue_notice(
        campaign=county.campaign, number="1", title="方案", issued_on=date(2019, 5, 18), by="t", at=AT
    )
    units = [county.unit("1301"), county.unit("d1")]
    assert record_receipts(notice=notice, units=units, by="t", at=AT) == 2
    assert record_receipts(notice=notice, units=units, by="t", at=AT) == 0
    assert Receipt.objects.count() == 2


def test_a_meeting_keeps_who_came_and_who_did_not(county):
    meeting = hold_meeting(
        campaign=county.campaign,
        title="动员会",
        held_on=date(2019, 5, 30),
        attendance=[(county.unit("1301"), True), (county.unit("d1"), False)],
        by="t",
        at=AT,
    )
    assert Attendance.objects.filter(meeting=meeting, was_present=True).count() == 1


def test_the_latest_campaign_is_meant_where_none_is_named(county):
    assert campaign_called() == county.campaign
    with pytest.raises(Refused):
        campaign_called("1999-06")
    with pytest.raises(Refused):
        task_called(county.campaign, "x")
