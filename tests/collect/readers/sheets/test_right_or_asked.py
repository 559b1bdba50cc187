"""Shapes made to mislead: a number is right, or it is asked about; it is never silently wrong and never lost."""

import io
from contextlib import suppress
from datetime import date

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safemonth.collect.readers.reading import Reading
from safemonth.collect.readers.sheets import read_sheet
from safemonth.lib.refusals import Refused
from tests.collect.readers.sheets.making import KNOWN, doubts, read, reasons, values


def read_csv(text: str) -> Reading:
    return read_sheet(text.encode(), file_name="表.csv", known=KNOWN)


def indicators(reading: Reading) -> list[str | None]:
    return [measure.indicator for activity in reading.activities for measure in activity.measures]


# Headings that depend on their group


@pytest.mark.parametrize(
    ("group", "last", "indicator"),
    [
        ("应急演练", "参加人数", "people_in_drills"),
        ("应急演练", "场次", "drills"),
        ("培训", "参加人数", "people_trained"),
        ("培训", "期数", "training_sessions"),
        ("手册", "发放", "handbooks_distributed"),
        ("环保袋", "发放", "items_distributed"),
        ("宣传资料", "印制", "leaflets_printed"),
        ("宣传资料", "发放", "leaflets_distributed"),
        ("重大隐患", "整改数", "major_hazards_rectified"),
        ("隐患排查治理", "整改数", "hazards_rectified"),
        ("咨询", "人次", "people_consulted"),
        ("宣传教育", "悬挂横幅", "banners_hung"),
    ],
)
def test_a_group_and_its_last_word_decide_together(group, last, indicator):
    found = read([["单位", group, None], [None, last, "张贴标语"], ["易州镇", 7, 1]], merges=["A1:A2", "B1:C1"])
    assert indicators(found)[0] == indicator


@pytest.mark.parametrize(
    ("group", "last"), [("手册", "印制"), ("讲座", "人次"), ("培训人数", "学校"), ("检查企业", "其中：矿山")]
)
def test_a_last_word_that_its_group_does_not_settle_is_asked(group, last):
    found = read([["单位", group, None], [None, last, "张贴标语"], ["易州镇", 7, 1]], merges=["A1:A2", "B1:C1"])
    assert indicators(found)[0] is None
    assert found.questions


@pytest.mark.parametrize(
    "heading",
    [
        "人数",
        "数量",
        "次数",
        "发放",
        "印制",
        "资料",
        "咨询",
        "检查",
        "一般隐患",
        "宣传资料（人次）",
        "罚款（起）",
        "企业",
    ],
)
def test_a_heading_that_may_count_several_things_is_asked(heading):
    found = read([["单位", heading, "悬挂横幅"], ["易州镇", 7, 1], ["西陵镇", 8, 2]])
    assert [i for i in indicators(found) if i != "banners_hung"] == [None, None]
    assert found.questions


def test_a_measure_word_in_brackets_decides_where_the_noun_cannot():
    found = read([["单位", "培训（人）", "培训（期）"], ["易州镇", 30, 2]])
    assert indicators(found) == ["people_trained", "training_sessions"]


def test_numbering_before_a_heading_is_not_part_of_it():
    found = read([["项目", "数量"], ["1.发放宣传资料", 20], ["（二）悬挂横幅（条）", 3]])
    assert indicators(found) == ["leaflets_distributed", "banners_hung"]


def test_a_total_over_its_parts_is_the_value_and_the_parts_are_asked():
    found = read(
        [["单位", "培训人数", None, None], [None, "合计", "企业", "学校"], ["易州镇", 300, 200, 100]],
        merges=["A1:A2", "B1:D1"],
    )
    assert values(found) == [
        ("易州镇", "people_trained", 300, "exact"),
        ("易州镇", None, 200, "exact"),
        ("易州镇", None, 100, "exact"),
    ]


def test_two_headings_that_count_the_same_are_held():
    assert "counted_twice" in doubts(read([["单位", "发放宣传资料", "发放资料"], ["易州镇", 300, 200]]))


def test_a_part_points_to_its_whole_in_every_layout():
    by_row = read([["单位", "隐患数", "其中：重大隐患"], ["易州镇", 10, 2]])
    turned = read([["项目", "易州镇", "西陵镇"], ["隐患数", 10, 5], ["其中：重大隐患", 2, 1]])
    form = read([["项目", "数量"], ["隐患数", 10], ["其中：重大隐患", 2]])
    for found in (by_row, turned, form):
        assert [measure.part_of for measure in found.activities[0].measures] == [None, 0]


def test_a_part_larger_than_its_whole_is_held():
    assert "part_exceeds_whole" in doubts(read([["单位", "隐患数", "其中：重大隐患"], ["易州镇", 10, 12]]))


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("计划发放资料", "plan"),
        ("目标数", "plan"),
        ("去年同期", "last_year"),
        ("上周", "last_period"),
        ("同比", "change"),
    ],
)
def test_what_is_no_result_of_this_month_is_passed_over_by_name(heading, reason):
    found = read([["单位", "发放宣传资料", heading], ["易州镇", 300, 200]])
    assert values(found) == [("易州镇", "leaflets_distributed", 300, "exact")]
    assert reason in reasons(found)


# Scales


def test_the_measure_word_column_scales_its_row():
    found = read(
        [["乡镇", "指标", "单位", "数量"], ["易州镇", "发放宣传资料", "万份", 3], ["西陵镇", "发放宣传资料", "份", 200]]
    )
    assert [measure.value for a in found.activities for measure in a.measures] == [30_000, 200]


def test_the_scale_of_the_sheet_is_applied_and_told_and_is_no_unit():
    found = read([["统计表"], ["", "单位：万份"], ["乡镇", "发放宣传资料", "接受咨询"], ["易州镇", 3, 5]])
    assert values(found) == [
        ("易州镇", "leaflets_distributed", 30_000, "exact"),
        ("易州镇", "people_consulted", 5, "exact"),
    ]
    assert "scale_of_sheet" in doubts(found)


def test_a_total_of_scaled_numbers_is_scaled_too():
    found = read([["单位", "宣传资料（万份）"], ["易州镇", 1.2], ["西陵镇", 0.8], ["合计", 2]])
    assert found.doubts == ()


def test_money_without_its_unit_is_told():
    assert "money_unit_not_said" in doubts(read([["单位", "罚款金额"], ["易州镇", 5]]))
    assert "money_unit_not_said" not in doubts(read([["单位", "罚款（万元）"], ["易州镇", 5]]))


@pytest.mark.parametrize(("heading", "cell"), [("接受咨询（人次）", "30人"), ("发放宣传资料（份）", "300人")])
def test_a_cell_in_other_words_than_its_heading_is_held(heading, cell):
    assert "other_measure_word" in doubts(read([["单位", heading], ["易州镇", cell]]))


# Rows


def test_a_comma_that_split_a_number_of_a_text_table_is_seen():
    found = read_csv("单位,发放宣传资料,悬挂横幅\n易州镇,1,200,5\n西陵镇,300,2\n")
    first, second = found.activities
    assert {doubt.code for doubt in first.doubts} == {"numbers_without_heading"}
    assert second.doubts == ()


def test_groups_of_a_text_table_reach_to_the_right():
    found = read_csv("单位,宣传资料,,咨询,\n,印制,发放,人次,场次\n易州镇,500,300,10,2\n")
    assert indicators(found) == ["leaflets_printed", "leaflets_distributed", "people_consulted", None]


def test_a_number_merged_over_two_units_is_held():
    found = read([["单位", "发放宣传资料"], ["易州镇", 300], ["西陵镇", None], ["富岗乡", 5]], merges=["B2:B3"])
    assert "merged_value" in doubts(found)


def test_a_blank_unit_in_lines_of_counts_is_not_filled_from_above():
    found = read([["单位", "发放宣传资料"], ["易州镇", 300], [None, 77], ["富岗乡", 5]])
    assert [activity.unit_text for activity in found.activities] == ["易州镇", "", "富岗乡"]
    assert "no_unit_in_row" in doubts(found)


def test_a_row_that_numbers_the_columns_is_no_row():
    found = read([["单位", "发放宣传资料", "悬挂横幅"], ["甲", 1, 2], ["易州镇", 300, 5]])
    assert [activity.unit_text for activity in found.activities] == ["易州镇"]


def test_lines_of_trades_are_held_as_parts_of_one_return():
    found = read([["行业", "检查企业", "查出隐患"], ["矿山", 3, 5], ["危化", 2, 1], ["合计", 5, 6]])
    assert [activity.title for activity in found.activities] == ["矿山", "危化"]
    assert "line_without_unit" in doubts(found)


@pytest.mark.parametrize("label", ["平均", "最大值", "Average", "占比"])
def test_rows_that_compare_the_others_claim_nothing(label):
    found = read([["单位", "发放宣传资料"], ["易州镇", 300], ["西陵镇", 200], [label, 250]])
    assert len(found.activities) == 2


def test_a_total_under_another_name_is_held_above_and_below():
    above = read([["单位", "发放宣传资料"], ["全县", 500], ["易州镇", 300], ["西陵镇", 200]])
    below = read([["单位", "发放宣传资料"], ["易州镇", 300], ["西陵镇", 200], ["全县", 500]])
    assert "may_be_a_total" in doubts(above) & doubts(below)


def test_signatures_and_notes_under_a_table_are_no_units():
    found = read(
        [
            ["单位", "发放宣传资料", "悬挂横幅"],
            ["易州镇", 300, None],
            ["填表人：办公室", "", "联系电话：0312-1234567"],
            ["审核人", "甲", "乙"],
            ["注：以上数据截至6月30日"],
        ]
    )
    assert [activity.unit_text for activity in found.activities] == ["易州镇"]


def test_a_units_name_over_its_rows_is_theirs():
    found = read(
        [
            ["日期", "活动名称", "发放宣传资料"],
            ["富岗乡"],
            ["6月1日", "甲活动", 5],
            ["坡仓乡"],
            ["6月2日", "乙活动", 6],
        ],
        merges=["A2:C2", "A4:C4"],
    )
    assert [activity.unit_text for activity in found.activities] == ["富岗乡", "坡仓乡"]


def test_a_days_text_activity_without_counts_is_no_header():
    found = read(
        [
            ["日期", "活动名称", "地点", "单位", "发放资料"],
            ["6月10日", "宣传咨询", "集市", "易州镇", 300],
            ["6月12日", "应急演练", "厂区", "西陵镇", None],
            ["6月14日", "培训", "厂区", "富岗乡", 10],
        ]
    )
    assert [activity.title for activity in found.activities] == ["宣传咨询", "应急演练", "培训"]


def test_a_date_typed_as_a_number_may_have_lost_its_zero():
    found = read([["日期", "活动名称", "发放宣传资料"], [6.1, "甲活动", 5], ["6.12", "乙活动", 5]])
    assert [{d.code for d in activity.doubts} for activity in found.activities] == [{"ambiguous_date"}, set()]
    assert found.activities[1].from_on == date(2019, 6, 12)


# Layouts


def test_units_as_columns_with_this_week_and_to_date_below_them():
    found = read(
        [
            ["项目", "易州镇", None, "西陵镇", None],
            [None, "本周", "累计", "本周", "累计"],
            ["发放宣传资料", 50, 300, 5, 40],
            ["悬挂横幅", 1, 3, 1, 2],
        ],
        merges=["A1:A2", "B1:C1", "D1:E1"],
    )
    first = found.activities[0]
    assert (first.unit_text, len(found.activities)) == ("易州镇", 2)
    assert [(m.value, m.period_kind) for m in first.measures] == [
        (50, "period"), (1, "period"), (300, "to_date"), (3, "to_date"),
    ]  # fmt: skip


@pytest.mark.parametrize("corner", ["项目", "项目\\单位", "指标/乡镇"])
def test_one_or_two_units_as_columns_keep_their_names(corner):
    found = read([[corner, "易州镇", "西陵镇"], ["发放宣传资料", 300, 5], ["悬挂横幅", 3, 2]])
    assert [activity.unit_text for activity in found.activities] == ["易州镇", "西陵镇"]
    alone = read([["项目", "易州镇"], ["发放宣传资料", 300], ["悬挂横幅", 3]])
    assert [activity.unit_text for activity in alone.activities] == ["易州镇"]


def test_plan_and_result_columns_of_a_form_are_told_apart():
    found = read([["项目", "计划数", "完成数", "完成率"], ["发放宣传资料", 500, 300, "60%"], ["悬挂横幅", 5, 3, "60%"]])
    assert [measure.value for measure in found.activities[0].measures] == [300, 3]
    assert "plan" in reasons(found)


def test_a_form_of_one_event_gives_its_title_day_and_place():
    found = read(
        [
            ["单位名称", "富岗乡", "填报日期", "2019年6月30日"],
            ["活动名称", "宣传咨询", "活动时间", "6月10日"],
            ["活动地点", "集市", "参加人数", 200],
            ["负责人", "乡长", "联系电话", 13800138000],
        ]
    )
    (event,) = found.activities
    assert (event.unit_text, event.title, event.place) == ("富岗乡", "宣传咨询", "集市")
    assert (event.from_on, event.is_report_line) == (date(2019, 6, 10), False)
    assert values(found) == [("富岗乡", "people_taking_part", 200, "exact")]


def test_cards_below_each_other_belong_to_their_own_units():
    found = read(
        [
            ["单位", "易州镇"], ["日期", "6月10日"], ["活动名称", "宣传咨询"], ["发放宣传资料", 300],
            ["单位", "西陵镇"], ["日期", "6月12日"], ["活动名称", "宣传咨询"], ["发放宣传资料", 200],
        ]
    )  # fmt: skip
    assert [(a.unit_text, a.from_on, a.measures[0].value) for a in found.activities] == [
        ("易州镇", date(2019, 6, 10), 300),
        ("西陵镇", date(2019, 6, 12), 200),
    ]


def test_each_table_takes_the_unit_named_above_it():
    found = read(
        [
            ["富岗乡"], ["项目", "数量"], ["发放宣传资料", 300], [],
            ["坡仓乡"], ["项目", "数量"], ["发放宣传资料", 400],
        ]
    )  # fmt: skip
    assert [(a.unit_text, a.measures[0].value) for a in found.activities] == [("富岗乡", 300), ("坡仓乡", 400)]


def test_blank_rows_do_not_end_a_table_that_goes_on():
    found = read([["单位", "发放宣传资料"], ["易州镇", 300], [], [], ["西陵镇", 200]])
    assert [activity.unit_text for activity in found.activities] == ["易州镇", "西陵镇"]


def test_numbers_under_unknown_headings_of_a_second_table_are_told():
    found = read([["单位", "发放宣传资料"], ["易州镇", 300], [], ["姓名", "得分"], ["甲", 90], ["乙", 80]])
    assert values(found) == [("易州镇", "leaflets_distributed", 300, "exact")]
    assert "numbers_outside_tables" in doubts(found)


def test_days_as_columns_are_asked_and_not_read_as_one():
    found = read([["项目", "6月1日", "6月2日", "合计"], ["发放宣传资料", 3, 5, 8], ["悬挂横幅", 1, 1, 2]])
    assert set(indicators(found)) <= {None}
    assert found.questions


def test_a_sentence_outside_the_tables_is_told():
    assert "numbers_outside_tables" in doubts(read([["富岗乡安全生产月统计"], ["发放宣传资料300份"], ["悬挂横幅5条"]]))


def test_words_beside_numbers_are_compared_with_them():
    found = read([["单位", "活动内容", "发放宣传资料"], ["易州镇", "发放宣传单500份，悬挂横幅3条", 300]])
    assert values(found) == [
        ("易州镇", "leaflets_distributed", 300, "exact"),
        ("易州镇", "banners_hung", 3, "exact"),
    ]
    assert {"words_and_numbers_differ", "said_in_words"} <= doubts(found)


def test_a_rate_must_be_its_ratio_in_forms_and_turned_tables():
    form = read([["项目", "数量"], ["查出隐患", 10], ["整改隐患", 8], ["整改率", "95%"]])
    turned = read([["项目", "易州镇", "西陵镇"], ["查出隐患", 10, 10], ["整改隐患", 8, 5], ["整改率", "95%", "50%"]])
    assert "ratio_differs" in doubts(form)
    assert [{d.code for d in activity.doubts} for activity in turned.activities] == [{"ratio_differs"}, set()]


def test_counts_of_words_only_are_not_lost():
    found = read([["单位", "发放宣传资料"], ["易州镇", "见附件"], ["西陵镇", "同上"]])
    assert "unreadable_number" in doubts(found)
    assert len(found.activities) == 2


# What the file says beside its values


def test_errors_uncounted_formulas_shares_and_hidden_cells_are_told():
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["单位", "发放宣传资料", "悬挂横幅", "接受咨询"], ["易州镇", 300, "=B2*2", 0.95], ["西陵镇", 1, 5, 7]):
        sheet.append(row)
    sheet["D2"].number_format = "0%"
    sheet["C3"], sheet["C3"].data_type = "#REF!", "e"
    sheet.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    found = read_sheet(out.getvalue(), file_name="a.xlsx", known=KNOWN)
    assert {"formula_without_value", "share_for_number", "error_in_cell", "hidden_cell"} <= doubts(found)
    assert [(m.value, m.surface) for m in found.activities[0].measures] == [
        (300, "300"),
        (None, "=B2*2"),
        (None, "95%"),
    ]


# Nothing vanishes

_heading = st.sampled_from(
    ["单位", "发放宣传资料（份）", "悬挂横幅", "序号", "神秘数", "计划数", "备注", "日期", "活动名称", "参加人数", "数量", "项目", "本周", "累计", ""]
)  # fmt: skip
_cell = st.sampled_from(
    ["", "易州镇", "西陵镇", "合计", "发放宣传资料", "悬挂横幅", "无", "约30", "6月10日", "注：无", "x"]
) | st.integers(11, 9_999)


@given(st.lists(_heading, min_size=2, max_size=5), st.lists(st.lists(_cell, min_size=5, max_size=5), max_size=6))
@settings(max_examples=250, deadline=None)
def test_every_number_is_a_measure_or_passed_over_with_a_reason_or_told(headings, rows):
    grid = [headings, *([*row[: len(headings)]] for row in rows)]
    if not any(cell for row in grid for cell in row):
        return
    found = read(grid)
    for row, cells in enumerate(grid, start=1):
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, int):
                assert is_accounted_for(found, row, column), (grid, row, column)


def is_accounted_for(reading: Reading, row: int, column: int) -> bool:
    if {doubt.code for doubt in reading.doubts} & {"no_table", "numbers_outside_tables"}:
        return True
    for activity in reading.activities:
        if any((m.locator.row, m.locator.column) == (row, column) for m in activity.measures):
            return True
        if activity.locator.row == row and any(doubt.code == "numbers_without_heading" for doubt in activity.doubts):
            return True
        if (activity.locator.row, activity.locator.column) == (row, column):
            return True  # what stands for the unit: it is asked who that is
    return any(at.row == row or at.column == column for at, _ in reading.skipped)


# Bytes


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    rows: list[list[object]] = [["单位", "发放宣传资料"], ["易州镇", 300], ["西陵镇", "约20"]]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OLD_WORKBOOK = old_workbook()


def test_an_old_workbook_is_read():
    assert values(read_sheet(OLD_WORKBOOK, file_name="a.xls", known=KNOWN)) == [
        ("易州镇", "leaflets_distributed", 300, "exact"),
        ("西陵镇", "leaflets_distributed", 20, "about"),
    ]


@given(
    st.integers(0, len(OLD_WORKBOOK)), st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=12)
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_old_workbook_is_refused_or_read_and_never_fails(length, changes):
    data = bytearray(OLD_WORKBOOK)
    for position, byte in changes:
        data[position % len(data)] = byte
    read_or_refuse(bytes(data) if length % 2 else bytes(data[:length]), "a.xls")


@given(
    st.binary(max_size=200)
    | st.text(alphabet="单位发放宣传资料,;\t\n\"'0123456789年月日=#%（）易州镇合计", max_size=120).map(str.encode)
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_named_as_a_text_table_are_refused_or_read(data):
    read_or_refuse(data, "a.csv")


def read_or_refuse(data: bytes, name: str) -> None:
    with suppress(Refused):
        read_sheet(data, file_name=name, known=KNOWN)
