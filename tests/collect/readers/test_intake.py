"""The whole way of a file: kept, read, proposed, accepted in part or whole; and the decisions."""

import json
from datetime import date

import pytest

from safemonth.collect.activities.models import Activity, Measure, Participation, Return
from safemonth.collect.readers.actions import accept_sure, accept_value, decide, derive, take_in, teach_heading
from safemonth.collect.readers.models import Proposal, ProposedMeasure
from safemonth.collect.readers.queries import proposals_of, waiting_measures, waiting_proposals
from safemonth.collect.submissions.models import Source, Submission
from safemonth.collect.submissions.queries import bytes_kept, place_of
from safemonth.ledger.models import Entry
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.readers.sheets.making import workbook

MONTH: list[list[object]] = [
    ["单位", "悬挂横幅（条）", "发放宣传资料（份）"],
    ["北乡", 5, "1200余"],
    ["南乡", 3, 800],
    ["合计", 8, 2000],
]


def load(county, rows, *, name="表.xlsx", sender=None, task="", accept="sure", data=None, channel="sheet"):
    return take_in(
        campaign=county.campaign,
        data=data or workbook(rows),
        file_name=name,
        channel=channel,
        sender=county.unit(sender) if sender else None,
        by="clerk",
        at=AT,
        task=task,
        accept=accept,
    )


def test_a_sheet_of_units_becomes_lines_whose_values_point_to_their_cells(county):
    taken = load(county, MONTH)
    assert (taken.accepted, taken.left_open) == (2, 0)
    measure = Measure.objects.get(unit__code="1301", indicator="leaflets_distributed")
    assert (measure.value, measure.qualifier) == (1200, "more_than")
    assert place_of(measure.source) == "表1!C2"
    assert measure.source.surface == "1200余"
    assert measure.activity.task == county.everyone


def test_the_bytes_are_kept_as_they_came(county):
    data = workbook(MONTH)
    taken = load(county, MONTH, data=data)
    assert bytes_kept(taken.submission.sha256) == data


def test_a_total_row_is_never_a_unit(county):
    load(county, MONTH)
    assert set(Measure.objects.values_list("unit__code", flat=True)) == {"1301", "1302"}


def test_loading_the_same_file_twice_changes_nothing(county):
    data = workbook(MONTH)
    load(county, MONTH, data=data)
    before = (Activity.objects.count(), Measure.objects.count(), Entry.objects.count(), Source.objects.count())
    again = load(county, MONTH, data=data, name="副本.xlsx")
    assert not again.is_new
    assert before == (Activity.objects.count(), Measure.objects.count(), Entry.objects.count(), Source.objects.count())


def test_an_unknown_unit_waits_with_the_nearest_names_and_can_be_answered(county):
    taken = load(county, [["单位", "悬挂横幅（条）"], ["北香", 5]])
    assert taken.left_open == 1
    proposal = proposals_of(taken.reading).get()
    assert proposal.doubts[0]["code"] in {"unknown_unit", "unknown_unit_near"}
    decide(proposal=proposal, decision="accept", unit=county.unit("1301"), by="clerk", at=AT)
    assert Measure.objects.get().unit.code == "1301"


def test_which_unit_a_name_is_need_be_said_once(county):
    load(county, [["单位", "悬挂横幅（条）"], ["北坡乡政府", 5]])
    decide(proposal=Proposal.objects.get(), decision="accept", unit=county.unit("1301"), by="clerk", at=AT)
    again = load(county, [["单位", "张贴标语（条）"], ["北坡乡政府", 7]], name="又一张.xlsx")
    assert (again.accepted, again.left_open) == (1, 0)


def test_a_doubtful_value_is_held_while_the_rest_of_its_line_is_taken(county):
    taken = load(county, [["单位", "悬挂横幅（条）", "张贴标语（条）"], ["北乡", 5, -3]])
    assert taken.accepted == 1
    assert list(Measure.objects.values_list("indicator", flat=True)) == ["banners_hung"]
    held = waiting_measures(county.campaign).get()
    accept_value(value=held, number=3, reason="电话核实", by="clerk", at=AT)
    current = Activity.objects.get(is_current=True)
    assert (current.version, current.reason) == (2, "电话核实")
    assert set(Measure.objects.filter(activity=current).values_list("indicator", "value")) == {
        ("banners_hung", 5),
        ("slogans_posted", 3),
    }


def test_a_heading_once_taught_is_known_for_every_later_file(county):
    rows = [["单位", "红袖标数"], ["北乡", 7]]
    taken = load(county, rows)
    assert taken.reading.questions[0]["subject"] == "红袖标数"
    teach_heading(heading="红袖标数", meaning="items_distributed", by="clerk", at=AT)
    again = derive(submission=taken.submission, by="clerk", at=AT)
    assert accept_sure(reading=again, by="clerk", at=AT) == (1, 0)
    later = load(county, [["单位", "红袖标数"], ["南乡", 9]], name="b.xlsx")
    assert later.accepted == 1
    assert set(Measure.objects.values_list("indicator", "value")) == {
        ("items_distributed", 7),
        ("items_distributed", 9),
    }


def test_reading_again_keeps_what_was_accepted_and_doubles_nothing(county):
    taken = load(county, MONTH)
    again = derive(submission=taken.submission, by="clerk", at=AT)
    assert accept_sure(reading=again, by="clerk", at=AT) == (0, 0)
    assert Activity.objects.count() == 2


def test_another_units_name_in_a_units_own_file_is_held(county):
    taken = load(county, [["单位", "悬挂横幅（条）"], ["南乡", 5]], sender="1301")
    assert taken.accepted == 0
    assert proposals_of(taken.reading).get().doubts[0]["code"] == "other_unit"


def test_a_townships_own_village_is_found_though_another_has_its_name(county):
    load(county, [["村", "悬挂横幅（条）"], ["东关村", 5]], sender="1302")
    assert Measure.objects.get().unit.code == "130201"


def test_a_date_outside_the_month_is_held(county):
    taken = load(county, [["单位", "日期", "活动名称", "发放资料"], ["北乡", "2019-05-20", "讲座", 5]])
    assert taken.accepted == 0
    assert proposals_of(taken.reading).get().doubts[0]["code"] == "date_outside_month"


def test_the_rows_of_a_joint_event_make_one_activity_with_all_who_took_part(county):
    rows = [
        ["6月10日安全生产咨询日活动统计表"],
        ["单位", "地点", "发放资料（份）", "咨询（人次）"],
        ["安监局", "朝阳路口", 5040, 800],
        ["公安局", "朝阳路口", 2000, 300],
        ["气象局", "城北路口", 900, 100],
        ["合计", "", 7940, 1200],
    ]
    load(county, rows, task="consulting-day")
    activity = Activity.objects.get()
    assert activity.from_on == date(2019, 6, 10)
    assert Participation.objects.filter(activity=activity).count() == 3
    named = Measure.objects.filter(indicator="consulting_sites").values_list("named", flat=True)
    assert sorted(named) == ["城北路口", "朝阳路口"]
    assert Measure.objects.filter(indicator="departments_taking_part").count() == 3


def test_the_same_event_reported_again_by_a_participant_is_held_and_can_be_joined(county):
    first = [["单位", "日期", "活动名称", "发放资料"], ["北乡", "2019-06-12", "送法下乡活动", 300]]
    second = [
        ["单位", "日期", "活动名称", "参与单位", "发放资料"],
        ["公安局", "2019-06-12", "送法下乡活动", "北乡", 300],
    ]
    load(county, first)
    taken = load(county, second, name="b.xlsx")
    proposal = proposals_of(taken.reading).get()
    assert proposal.doubts[0]["code"] == "likely_double"
    original = Activity.objects.get()
    activity = decide(proposal=proposal, decision="duplicate", of=original, by="clerk", at=AT)
    assert activity is not None
    assert activity.duplicate_of == original


def test_a_second_line_of_a_unit_is_held_and_a_correction_keeps_the_old_version(county):
    load(county, [["单位", "悬挂横幅（条）", "张贴标语（条）"], ["北乡", 5, 9]])
    taken = load(county, [["单位", "悬挂横幅（条）"], ["北乡", 6]], name="更正.xlsx")
    proposal = proposals_of(taken.reading).get()
    old = Activity.objects.get()
    new = decide(proposal=proposal, decision="correction", of=old, reason="更正", by="clerk", at=AT)
    assert new is not None
    old.refresh_from_db()
    assert (old.is_current, new.version, new.key) == (False, 2, old.key)
    assert set(Measure.objects.filter(activity=new).values_list("indicator", "value")) == {
        ("banners_hung", 6),
        ("slogans_posted", 9),
    }
    assert Measure.objects.get(activity=old, indicator="banners_hung").value == 5


def test_setting_aside_needs_a_reason(county):
    taken = load(county, [["单位", "悬挂横幅（条）"], ["天上乡", 6]])
    proposal = proposals_of(taken.reading).get()
    with pytest.raises(Refused) as refused:
        decide(proposal=proposal, decision="refuse", by="clerk", at=AT)
    assert refused.value.code == "reason_missing"
    decide(proposal=proposal, decision="refuse", reason="不是我县单位", by="clerk", at=AT)
    assert not waiting_proposals(county.campaign).exists()


def test_a_nil_letter_becomes_the_units_signed_return(county):
    load(
        county,
        None,
        data="我单位本月无相关活动。\n气象局\n2019年6月30日".encode("gb18030"),
        name="说明.txt",
        sender="d3",
        channel="letter",
    )
    assert Return.objects.get().is_nil


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 this is no workbook", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None),
        (bytes(range(256)) * 20, None),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_told(county, data, code):
    taken = load(county, None, data=data, name="坏.xlsx")
    assert taken.refused is not None
    assert taken.refused.code
    assert Submission.objects.get().size_bytes == len(data)
    assert not Proposal.objects.exists()
    assert list(disagreements()) == []


def test_an_empty_file_is_refused_and_nothing_is_kept(county):
    with pytest.raises(Refused) as refused:
        take_in(
            campaign=county.campaign, data=b"", file_name="空.xlsx", channel="sheet", sender=None, by="clerk", at=AT
        )
    assert refused.value.code == "empty_file"
    assert not Submission.objects.exists()


def test_a_web_entry_goes_the_same_way(county):
    form = {
        "format": "safemonth-form-1",
        "key": "k",
        "unit": "1301",
        "activities": [
            {
                "title": "广场宣传",
                "kind": "publicity",
                "from_on": "2019-06-08",
                "measures": [{"indicator": "leaflets_distributed", "value": "约300"}],
            }
        ],
        "return": None,
    }
    taken = load(county, None, data=json.dumps(form).encode(), name="a.form.json", sender="1301", channel="web")
    assert taken.accepted == 1
    measure = Measure.objects.get()
    assert (measure.value, measure.qualifier, measure.source.field) == (300, "about", "activities.0.measures.0.value")


def test_all_that_intake_wrote_stands_in_the_ledger(county):
    load(county, MONTH)
    load(county, [["单位", "悬挂横幅（条）"], ["天上乡", 6]], name="b.xlsx")
    assert list(disagreements()) == []
    assert ProposedMeasure.objects.count() == 5
