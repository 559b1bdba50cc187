"""Shapes of sheets that units send: each row right, or asked about."""

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.readers.reading import Reading
from safemonth.collect.readers.sheets import looks_like_total, normalise_heading, read_sheet
from safemonth.lib.refusals import Refused
from tests.collect.readers.sheets.making import KNOWN, doubts, read, reasons, values, workbook


def test_one_row_a_unit_with_every_way_of_writing_a_number():
    found = read(
        [
            ["2019年安全生产月统计表"],
            ["填报单位：县安委办", "", "填报时间：2019年7月1日"],
            ["序号", "单位", "悬挂横幅（条）", "发放宣传资料（份）", "接受咨询（人次）"],
            [1, "易州镇", 12, "约300", "2万余"],
            [2, "西陵镇", "", "１２０", 0],
            [3, "富岗乡", "—", "1,200份", "无"],
            ["合计", "", 12, 1620, 20000],
        ],
        merges=["A1:E1"],
    )
    assert values(found) == [
        ("易州镇", "banners_hung", 12, "exact"),
        ("易州镇", "leaflets_distributed", 300, "about"),
        ("易州镇", "people_consulted", 20000, "more_than"),
        ("西陵镇", "leaflets_distributed", 120, "exact"),
        ("西陵镇", "people_consulted", 0, "exact"),
        ("富岗乡", "leaflets_distributed", 1200, "exact"),
        ("富岗乡", "people_consulted", 0, "exact"),
    ]
    assert {"total_row", "serial"} <= reasons(found)
    assert doubts(found) == set()


def test_the_header_of_two_rows_decides_together():
    found = read(
        [
            ["单位", "宣传资料", "", "检查", "", "", ""],
            ["", "印制", "发放（份）", "检查企业（家）", "查出隐患", "其中：重大隐患", "整改率"],
            ["易州镇", 500, 400, 3, 10, 2, "90%"],
            ["西陵镇", 300, 500, 4, 5, 6, "100%"],
        ],
        merges=["B1:C1", "D1:G1", "A1:A2"],
    )
    first = found.activities[0].measures
    assert [m.indicator for m in first] == [
        "leaflets_printed",
        "leaflets_distributed",
        "enterprises_inspected",
        "hazards_found",
        "major_hazards_found",
    ]
    assert first[4].part_of == 3
    assert "part_exceeds_whole" in {d.code for d in found.activities[1].measures[4].doubts}


def test_indicators_as_rows_and_units_as_columns():
    found = read(
        [
            ["项目", "易州镇", "西陵镇", "合计"],
            ["悬挂横幅", 1, 2, 3],
            ["发放宣传资料", 100, 200, 300],
            ["计划发放资料", 1, 1, 2],
        ]
    )
    assert values(found) == [
        ("易州镇", "banners_hung", 1, "exact"),
        ("易州镇", "leaflets_distributed", 100, "exact"),
        ("西陵镇", "banners_hung", 2, "exact"),
        ("西陵镇", "leaflets_distributed", 200, "exact"),
    ]
    assert {"total_column", "plan"} <= reasons(found)


def test_unit_indicator_and_number_in_three_columns():
    found = read(
        [["单位", "项目", "数量"], ["易州镇", "悬挂横幅", 5], ["", "发放宣传资料", "300余"], ["西陵镇", "悬挂横幅", 6]]
    )
    assert values(found) == [
        ("易州镇", "banners_hung", 5, "exact"),
        ("易州镇", "leaflets_distributed", 300, "more_than"),
        ("西陵镇", "banners_hung", 6, "exact"),
    ]


def test_one_units_form_takes_the_measure_word_from_its_column():
    found = read(
        [
            ["填报单位：坡仓乡（盖章）"],
            ["项目", "单位", "数量"],
            ["接受咨询", "人次", 1200],
            ["悬挂横幅", "条", 20],
            ["合计", "", 1220],
        ]
    )
    assert values(found) == [("坡仓乡", "people_consulted", 1200, "exact"), ("坡仓乡", "banners_hung", 20, "exact")]
    assert found.activities[0].measures[0].basis == "person_times"


def test_labels_and_numbers_side_by_side_without_a_header():
    found = read(
        [
            ["富岗乡情况"],
            ["发放宣传资料（份）", 1200, "悬挂横幅（条）", 20],
            ["接受咨询（人次）", "300多", "应急演练（场）", 2],
        ]
    )
    assert [row[1:] for row in values(found)] == [
        ("leaflets_distributed", 1200, "exact"),
        ("banners_hung", 20, "exact"),
        ("people_consulted", 300, "more_than"),
        ("drills", 2, "exact"),
    ]


def test_one_row_an_activity_with_day_place_and_partners():
    found = read(
        [
            ["日期", "活动名称", "地点", "参与单位", "发放资料（份）", "参加人数"],
            [date(2019, 6, 5), "安全知识讲座", "文化广场", "公安局、气象局", 300, 50],
            ["6月10日-12日", "应急演练", "一中", "", None, 120],
        ]
    )
    first, second = found.activities
    assert (first.title, first.place, first.from_on, first.participants) == (
        "安全知识讲座",
        "文化广场",
        date(2019, 6, 5),
        ("公安局", "气象局"),
    )
    assert (second.from_on, second.to_on) == (date(2019, 6, 10), date(2019, 6, 12))
    assert not first.is_report_line


def test_this_week_and_to_date_are_told_apart():
    found = read([["单位", "发放宣传资料", ""], ["", "本周", "累计"], ["易州镇", 10, 100]], merges=["B1:C1", "A1:A2"])
    assert [(m.value, m.period_kind) for m in found.activities[0].measures] == [(10, "period"), (100, "to_date")]


def test_tables_below_and_beside_each_other_are_all_read():
    below = read([["单位", "横幅"], ["易州镇", 1], [], ["单位", "标语"], ["西陵镇", 4]])
    beside = read([["单位", "横幅", "", "单位", "横幅"], ["易州镇", 1, "", "富岗乡", 3]])
    assert values(below) == [("易州镇", "banners_hung", 1, "exact"), ("西陵镇", "slogans_posted", 4, "exact")]
    assert values(beside) == [("易州镇", "banners_hung", 1, "exact"), ("富岗乡", "banners_hung", 3, "exact")]


def test_a_merged_units_cell_counts_for_all_its_rows():
    found = read(
        [["单位", "活动名称", "发放资料"], ["易州镇", "讲座", 10], [None, "演练", 20], ["西陵镇", "宣传", 30]],
        merges=["A2:A3"],
    )
    assert [a.unit_text for a in found.activities] == ["易州镇", "易州镇", "西陵镇"]


def test_a_sentence_in_a_cell_is_read_with_its_place():
    found = read([["单位", "活动开展情况"], ["易州镇", "发放宣传单300余份，悬挂横幅5条"]])
    assert values(found) == [
        ("易州镇", "leaflets_distributed", 300, "more_than"),
        ("易州镇", "banners_hung", 5, "exact"),
    ]
    first = found.activities[0].measures[0].locator
    assert (first.row, first.column, first.start) == (2, 2, 5)


def test_english_sheets_are_read():
    found = read(
        [
            ["Township", "Leaflets handed out", "Banners", "People consulted"],
            ["易州镇", 100, 2, 30],
            ["Total", 100, 2, 30],
        ]
    )
    assert [row[1] for row in values(found)] == ["leaflets_distributed", "banners_hung", "people_consulted"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-5, "negative_number"),
        ("3-5", "range_for_number"),
        (1.5, "not_whole"),
        ("50%", "share_for_number"),
        (99_000_000, "absurd_number"),
        ("若干", "unreadable_number"),
        (date(2019, 6, 1), "date_for_number"),
        ("120（含学校30）", "note_in_cell"),
    ],
)
def test_what_cannot_be_taken_as_it_stands_is_marked(cell, code):
    found = read([["单位", "横幅（条）"], ["易州镇", cell], ["西陵镇", 2]])
    assert code in doubts(found)


def test_an_unknown_heading_is_asked_and_its_numbers_wait():
    found = read([["单位", "神秘数", "人数"], ["易州镇", 100, 5]])
    assert {q.subject for q in found.questions} == {"神秘数", "人数"}
    assert all(m.indicator is None and m.doubts for m in found.activities[0].measures)


def test_a_heading_that_was_taught_is_known():
    known = replace(KNOWN, headings={normalise_heading("神秘 数"): "banners_hung"})
    assert values(read([["单位", "神秘数"], ["易州镇", 100]], known=known)) == [
        ("易州镇", "banners_hung", 100, "exact")
    ]


def test_a_printed_total_that_is_no_sum_is_told():
    assert "total_differs" in doubts(read([["单位", "横幅"], ["易州镇", 1], ["西陵镇", 2], ["合计", 4]]))
    assert "total_differs" not in doubts(read([["单位", "横幅"], ["易州镇", 1], ["西陵镇", 2], ["合计", 3]]))


def test_a_total_under_another_name_is_held():
    found = read([["单位", "横幅", "标语"], ["易州镇", 1, 5], ["西陵镇", 2, 6], ["富岗乡", 3, 7], ["坡仓乡", 6, 18]])
    assert "may_be_a_total" in {d.code for d in found.activities[-1].doubts}


def test_a_printed_rate_must_be_its_ratio():
    rows: list[list[object]] = [
        ["单位", "查出隐患", "已整改", "整改率"],
        ["易州镇", 10, 9, "90%"],
        ["西陵镇", 10, 5, "90%"],
    ]
    found = read(rows)
    assert [[d.code for d in a.doubts] for a in found.activities] == [[], ["ratio_differs"]]


def test_a_scale_in_the_heading_multiplies():
    found = read([["单位", "发放宣传资料（万份）"], ["易州镇", 1.2], ["西陵镇", 12000]])
    assert found.activities[0].measures[0].value == 12000
    assert "scale_unlikely" in {d.code for d in found.activities[1].measures[0].doubts}


def test_a_unit_twice_in_a_table_is_held():
    assert "unit_twice" in doubts(read([["单位", "横幅"], ["易州镇", 1], ["西陵镇", 2], ["易州镇", 3]]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_the_encodings_that_offices_send(encoding, delimiter):
    text = "\n".join(delimiter.join(row) for row in [["单位", "悬挂横幅（条）"], ["易州镇", "5"], ["西陵镇", "6"]])
    found = read_sheet(text.encode(encoding), file_name="表.csv", known=KNOWN)
    assert [row[2] for row in values(found)] == [5, 6]


@pytest.mark.parametrize("text", ["合计", "总 计", "小计：", "Total", "共计", "全县合计"])
def test_totals_are_known_by_their_words(text):
    assert looks_like_total(text)


@pytest.mark.parametrize("text", ["合计村", "总工会", "易州镇", ""])
def test_units_are_not_taken_for_totals(text):
    assert not looks_like_total(text)


CELLS = st.one_of(
    st.none(),
    st.integers(-10, 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(
        [
            "易州镇",
            "西陵镇",
            "合计",
            "单位",
            "横幅（条）",
            "发放资料",
            "日期",
            "约300",
            "2万余",
            "6月10日",
            "其中",
            "无",
            "-",
            "备注",
        ]
    ),
    st.text(st.characters(exclude_categories=["C"]), max_size=12),
)


def _accounted(found: Reading, row: int, column: int) -> bool:
    cells = {(m.locator.row, m.locator.column) for a in found.activities for m in a.measures}
    passed = {(at.row, at.column) for at, _ in found.skipped}
    return (row, column) in cells or (row, column) in passed or any(at.column == column for at, _ in found.skipped)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_grid_is_read_or_refused_and_never_fails(rows):
    try:
        found = read([[str(c)[:30] if isinstance(c, str) and not c.isprintable() else c for c in row] for row in rows])
    except (Refused, ValueError):  # openpyxl refuses control characters before we see them
        return
    for activity in found.activities:
        for measure in activity.measures:
            assert measure.indicator is not None or measure.doubts
            assert measure.value is not None or measure.doubts


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_number_under_a_heading_vanishes(numbers):
    rows: list[list[object]] = [["单位", "横幅（条）", "神秘", "备注"], *[["易州镇", *row] for row in numbers]]
    found = read(rows)
    for at, row in enumerate(numbers, start=2):
        for column, number in enumerate(row, start=2):
            if number is not None:
                assert _accounted(found, at, column)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255), st.integers(0, 6000))
def test_a_damaged_workbook_is_refused_or_read_and_never_fails(position, byte, length):
    data = bytearray(workbook([["单位", "横幅（条）"], ["易州镇", 5]]))
    data[position % len(data)] = byte
    with contextlib.suppress(Refused):
        read_sheet(bytes(data[: max(length, 1)]), file_name="坏.xlsx", known=KNOWN)
