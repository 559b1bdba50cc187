"""Score sheets: what is refused, and that a table is read as it was written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.appraisal.sheets.rules import check_items
from safemonth.appraisal.sheets.table import as_rows, founding_items, read_items
from safemonth.lib.refusals import Refused
from tests.appraisal.making import item


def refused(items):
    with pytest.raises(Refused) as caught:
        check_items(items)
    return caught.value.code


def test_the_shipped_sheet_is_in_order_and_puts_evidence_and_timeliness_first():
    items = founding_items()
    weights = {
        group: sum(i.weight for i in items if i.group == group) for group in ("evidence", "timeliness", "volume")
    }
    assert sum(i.weight for i in items) == 100
    assert weights["evidence"] + weights["timeliness"] >= 10 * weights["volume"]
    assert read_items(as_rows(items)) == items


@given(st.integers(1, 98))
def test_volume_may_not_weigh_more_than_evidence_and_timeliness(volume):
    items = [item("v", "volume", volume, indicator="x"), item("e", "evidenced", 100 - volume)]
    if volume > 50:
        assert refused(items) == "volume_first"
    else:
        check_items(items)


def test_the_rule_holds_for_each_kind_of_unit_by_itself():
    items = [
        item("v", "volume", 30, indicator="x", kinds=("department",)),
        item("e", "evidenced", 50, kinds=("township",)),
        item("d", "done", 20),
    ]
    assert refused(items) == "volume_first"


def test_what_else_a_sheet_may_not_be():
    assert refused([]) == "sheet_empty"
    assert refused([item("a", "done", 50), item("a", "on_time", 50)]) == "item_twice"
    assert refused([item("a", "done", 50)]) == "not_a_hundred"
    assert refused([item("a", "on_time", 100, full_at=Decimal(9), none_at=Decimal(3))]) == "thresholds_reversed"
    assert refused([item("a", "volume", 10), item("b", "on_time", 90)]) == "no_number"
    over = item("a", "volume", 10, indicator="x", full_at=Decimal(200))
    assert refused([over, item("b", "on_time", 90)]) == "more_is_not_better"


def test_a_chinese_table_is_read_with_its_own_words():
    rows = [
        ["", ""],
        ["代码", "考核项目", "分值", "计分方式", "适用单位", "任务"],
        ["a", "按时报送", "60", "报送时效", "乡镇、部门", "everyone"],
        ["b", "佐证", "40%", "佐证率", "", ""],
    ]
    first, second = read_items(rows)
    assert (first.way, first.kinds, first.tasks, first.none_at) == (
        "on_time",
        ("township", "department"),
        ("everyone",),
        Decimal(10),
    )
    assert second.weight == 40 and second.way == "evidenced"


@pytest.mark.parametrize("weight", ["many", "NaN", "1e99", "12.345", "-5", "0"])
def test_a_weight_that_is_none_is_refused_with_its_row(weight):
    with pytest.raises(Refused):
        read_items([["code", "title", "weight", "way"], ["a", "x", weight, "done"]])


def test_a_missing_column_and_an_unknown_way_are_named():
    with pytest.raises(Refused, match="分值"):
        read_items([["code", "title", "way"], ["a", "x", "done"]])
    with pytest.raises(Refused, match="报送时效"):
        read_items([["code", "title", "weight", "way"], ["a", "x", "100", "guess"]])
