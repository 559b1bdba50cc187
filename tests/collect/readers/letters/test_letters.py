"""Letters in many shapes: whose they are, which events they tell, which totals they give."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from safemonth.collect.readers.letters import read_letter
from tests.collect.readers.letters.making import (
    JUNE,
    check_spans,
    counted,
    doubt_codes,
    pdf_letter,
    read,
    told,
    word_letter,
)

SUMMARY = (
    "富岗乡2026年“安全生产月”活动总结\n县安委办：\n"
    "6月16日，我乡组织应急办、派出所、电管所等在富岗集市开展安全宣传咨询日活动，共发放宣传资料3000余份，悬挂横幅20条，"
    "接受群众咨询500余人次，出动宣传车2辆。\n"
    "活动期间，全乡共检查企业132家次，发现隐患56处，已整改52处；发放宣传资料2万余份。\n"
    "富岗乡人民政府\n2026年6月30日"
)


def test_an_event_and_the_months_totals_are_two_activities() -> None:
    event, line = read(SUMMARY).activities
    assert told(event) == ("consulting_day", "2026-06-16", "2026-06-16")
    assert counted(event) == {
        "leaflets_distributed": 3000,
        "banners_hung": 20,
        "people_consulted": 500,
        "publicity_vehicles": 2,
    }
    assert (event.place, event.participants) == ("富岗集市", ("应急办", "派出所", "电管所"))
    assert told(line) == ("line", "2026-06-01", "2026-06-30")
    assert counted(line) == {
        "enterprises_inspected": 132,
        "hazards_found": 56,
        "hazards_rectified": 52,
        "leaflets_distributed": 20000,
    }
    assert event.unit_text == line.unit_text == "富岗乡人民政府"


def test_an_events_count_may_be_part_of_the_total_and_says_of_which() -> None:
    event, line = read(SUMMARY).activities
    leaflets = event.measures[0]
    total = next(measure for measure in line.measures if measure.indicator == "leaflets_distributed")
    assert leaflets.within == total.locator
    assert [(doubt.code, doubt.blocks) for doubt in leaflets.doubts] == [("maybe_part_of_total", True)]
    assert all(measure.within is None for measure in event.measures[1:])


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "txt in gb18030"])
def test_the_same_letter_says_the_same_in_every_format(form: str) -> None:
    lines = SUMMARY.split("\n")
    match form:
        case "docx":
            reading = read_letter(word_letter(lines), file_name="总结.docx", known=JUNE)
        case "pdf":
            page = "".join(f"<p>{line}</p>" for line in lines)
            reading = read_letter(pdf_letter(page), file_name="总结.pdf", known=JUNE)
        case "html":
            page = "<html><body>" + "".join(f"<div>{line}</div>" for line in lines)
            reading = read_letter(page.encode(), file_name="总结.html", known=JUNE)
        case _:
            reading = read_letter(SUMMARY.encode("gb18030"), file_name="总结.txt", known=JUNE)
    check_spans(reading)
    expected = read(SUMMARY)
    assert [(told(a), counted(a), a.unit_text) for a in reading.activities] == [
        (told(a), counted(a), a.unit_text) for a in expected.activities
    ]


# Each letter with the activities that it tells: kind (or line), first and last day, values.
Expected = list[tuple[str, str | None, str | None, dict[str, int]]]
LETTERS: dict[str, tuple[str, Expected]] = {
    "three events in one paragraph": (
        "坡仓乡人民政府关于安全生产月活动情况的汇报\n县安委会办公室：\n按照统一部署，现将情况汇报如下：\n"
        "6月10日上午，我乡在乡政府门前设立咨询台3个，发放宣传资料约600份，接待群众200余人。6月15日，组织矿山企业负责人培训，"
        "参训人员45人。6月20日至22日，对辖区7家企业进行检查，查出隐患19处。\n坡仓乡人民政府\n2026年6月25日",
        [
            ("consulting_day", "2026-06-10", "2026-06-10", {"leaflets_distributed": 600}),
            ("training", "2026-06-15", "2026-06-15", {"people_trained": 45}),
            ("inspection", "2026-06-20", "2026-06-22", {"enterprises_inspected": 7, "hazards_found": 19}),
        ],
    ),
    "two days in one sentence": (
        "富岗乡安全生产月信息\n6月18日在富岗集市发放宣传单800份，6月20日组织3家企业开展消防演练，参演86人。",
        [
            ("publicity", "2026-06-18", "2026-06-18", {"leaflets_distributed": 800}),
            ("drill", "2026-06-20", "2026-06-20", {"people_in_drills": 86}),
        ],
    ),
    "what the day itself goes on with": (
        "6月12日上午，县安监局到富岗乡送法下乡，发放安全手册300册。当天还展出展板12块。\n易县安全生产监督管理局",
        [("law_to_countryside", "2026-06-12", "2026-06-12", {"handbooks_distributed": 300, "display_boards": 12})],
    ),
    "headings that name the day": (
        "塘湖镇安全生产月工作小结\n（一）6月16日咨询日\n镇派出所在塘湖镇广场设点，发放传单800份。现场解答咨询90人次。\n"
        "（二）应急演练\n6月18日，在东关小学组织疏散演练，参演620人。\n塘湖镇人民政府",
        [
            ("consulting_day", "2026-06-16", "2026-06-16", {"leaflets_distributed": 800, "people_consulted": 90}),
            ("drill", "2026-06-18", "2026-06-18", {"people_in_drills": 620}),
        ],
    ),
    "sections without days": (
        "富岗乡安全生产月总结\n一、广泛宣传\n各村张贴标语600余条，悬挂横幅27条。\n二、强化检查\n检查企业36家，发现隐患24条。\n富岗乡人民政府",
        [
            (
                "line",
                "2026-06-01",
                "2026-06-30",
                {"slogans_posted": 600, "banners_hung": 27, "enterprises_inspected": 36, "hazards_found": 24},
            )
        ],
    ),
    "a running total with its day": (
        "塘湖镇安全生产月情况\n截至6月25日，全镇累计检查企业77家次，整改隐患103处。\n塘湖镇人民政府",
        [("line", "2026-06-01", "2026-06-25", {"enterprises_inspected": 77, "hazards_rectified": 103})],
    ),
    "a running total up to now ends on the day of the signature": (
        "塘湖镇安全生产月情况\n截至目前，共检查企业77家次。\n塘湖镇人民政府\n2026年6月20日",
        [("line", "2026-06-01", "2026-06-20", {"enterprises_inspected": 77})],
    ),
    "the day and the running total in one sentence": (
        "6月16日，富岗乡在集市发放宣传资料500份，截至目前全乡累计发放宣传资料12000份。\n富岗乡人民政府\n2026年6月28日",
        [
            ("publicity", "2026-06-16", "2026-06-16", {"leaflets_distributed": 500}),
            ("line", "2026-06-01", "2026-06-28", {"leaflets_distributed": 12000}),
        ],
    ),
    "a day with its own 累计 is no running total": (
        "6月16日，我镇应急办、电管所等上街宣传，累计发放宣传单2500余份，展板10块。\n塘湖镇人民政府",
        [("publicity", "2026-06-16", "2026-06-16", {"leaflets_distributed": 2500, "display_boards": 10})],
    ),
    "according to incomplete statistics": (
        "据不完全统计，安全生产月期间，我局共发放宣传资料1.2万份，悬挂横幅16条。\n易县水利局",
        [("line", "2026-06-01", "2026-06-30", {"leaflets_distributed": 12000, "banners_hung": 16})],
    ),
    "days without a month": (
        "易县公安局安全生产月情况\n12日上午，到东关小学开展疏散演练，发放消防手册560册。16日，在朝阳路口开展咨询，发放传单3000张。",
        [
            ("drill", "2026-06-12", "2026-06-12", {"handbooks_distributed": 560}),
            ("consulting_day", "2026-06-16", "2026-06-16", {"leaflets_distributed": 3000}),
        ],
    ),
    "days in Chinese numerals": (
        "易县水利局总结\n我局于六月十六日组织职工开展消防演练，参演一百五十余人。",
        [("drill", "2026-06-16", "2026-06-16", {"people_in_drills": 150})],
    ),
    "a day in figures and a document's number": (
        "富岗乡信息\n为贯彻《关于开展安全生产月活动的通知》（安委办〔2026〕5号），2026.6.16，我乡在富岗集市发放资料900份。",
        [("publicity", "2026-06-16", "2026-06-16", {"leaflets_distributed": 900})],
    ),
    "several single days": (
        "易县水利局报告\n6月8日、15日、22日，分别在易县中学、第二小学举办安全讲座，共3场。",
        [("lecture", "2026-06-08", "2026-06-22", {"lectures": 3})],
    ),
    "the day of a paper is no event": (
        "富岗乡信息\n5月18日，我乡印发了《实施方案》。6月16日，我乡发放资料350份。",
        [("publicity", "2026-06-16", "2026-06-16", {"leaflets_distributed": 350})],
    ),
    "an event of which nothing was counted": (
        "富岗乡信息\n5月30日，我乡召开动员会。6月16日，在富岗集市开展咨询活动，发放资料350份。",
        [
            ("meeting", "2026-05-30", "2026-05-30", {}),
            ("consulting_day", "2026-06-16", "2026-06-16", {"leaflets_distributed": 350}),
        ],
    ),
    "a label instead of a signature": (
        "报送单位：易县气象局\n报送时间：2026年6月29日\n活动开展情况：发放防雷手册400册，悬挂条幅2条。",
        [("line", "2026-06-01", "2026-06-30", {"handbooks_distributed": 400, "banners_hung": 2})],
    ),
    "no accident is good news and no nil": (
        "本月未发生安全事故，无重大隐患。共检查企业12家。\n易县水利局",
        [("line", "2026-06-01", "2026-06-30", {"enterprises_inspected": 12})],
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_falls_into_what_it_tells(name: str) -> None:
    text, expected = LETTERS[name]
    reading = read(text)
    assert [told(activity) for activity in reading.activities] == [entry[:3] for entry in expected]
    for activity, (_, _, _, values) in zip(reading.activities, expected, strict=True):
        assert values.items() <= counted(activity).items()
    assert not reading.signed_nil


def test_running_totals_are_marked_and_never_part_of_a_period() -> None:
    event, line = read(LETTERS["the day and the running total in one sentence"][0]).activities
    assert {measure.period_kind for measure in line.measures} == {"to_date"}
    assert {measure.period_kind for measure in event.measures} == {"period"}
    assert not doubt_codes(event)


def test_a_total_of_the_year_is_doubted() -> None:
    (line,) = read("易县水利局情况\n今年以来，累计排查隐患210处。").activities
    assert (line.from_on, line.measures[0].period_kind) == (None, "to_date")
    assert "since_before_month" in doubt_codes(line)


def test_parts_point_to_their_whole() -> None:
    (line,) = read("活动期间全镇共发放宣传资料2万余份，其中发放到村18000份。\n塘湖镇人民政府").activities
    whole, part = line.measures
    assert (whole.value, part.value, part.part_of) == (20000, 18000, 0)


def test_sections_and_the_total_of_one_letter_are_not_added() -> None:
    text = "富岗乡总结\n一、宣传\n各村悬挂横幅27条。\n二、检查\n检查企业36家。\n总之，活动期间共悬挂横幅40条。\n富岗乡人民政府"
    (line,) = read(text).activities
    part, _, total = line.measures
    assert (part.value, total.value, part.part_of) == (27, 40, 2)
    assert "maybe_part_of_total" in {doubt.code for doubt in part.doubts}


def test_a_total_below_its_part_is_doubted() -> None:
    text = "6月16日，富岗乡在集市发放资料900份。\n据统计，全乡共发放资料500份。\n富岗乡人民政府"
    event, line = read(text).activities
    assert event.measures[0].within is None
    assert "more_than_total" in doubt_codes(line)


def test_the_same_count_twice_without_a_total_is_doubted() -> None:
    text = "富岗乡总结\n一、进村\n发放宣传资料300份。\n二、进企业\n发放宣传资料200份。\n富岗乡人民政府"
    (line,) = read(text).activities
    assert [{doubt.code for doubt in measure.doubts} for measure in line.measures] == [{"said_twice"}, {"said_twice"}]


def test_during_the_activity_after_an_event_may_mean_the_day_or_the_month() -> None:
    (event,) = read("6月16日，富岗乡在集市开展咨询日活动。活动期间，发放宣传资料800份。\n富岗乡人民政府").activities
    assert "event_or_month" in doubt_codes(event)


def test_what_single_bodies_did_at_an_event_is_part_of_it() -> None:
    text = (
        "易县安全生产委员会办公室关于咨询日活动的通报\n6月10日，县安委办组织公安、国土、电力等部门在5个路口开展咨询日活动，发放资料4万余份。\n"
        "县安监局发放宣传资料5000余份。县公安局发放资料1200份。\n易县安全生产委员会办公室\n2026年6月11日"
    )
    day, safety, police = read(text).activities
    assert day.participants == ("公安", "国土", "电力")
    assert [activity.unit_text for activity in (safety, police)] == ["县安监局", "县公安局"]
    for share in (safety, police):
        assert told(share) == ("consulting_day", "2026-06-10", "2026-06-10")
        assert share.measures[0].within == day.measures[-1].locator
        assert {"told_of_another_unit", "maybe_part_of_total"} <= doubt_codes(share)


def test_lines_of_several_units_are_each_that_units() -> None:
    text = "安全生产月活动统计\n富岗乡：发放宣传资料300份，悬挂横幅5条。\n坡仓乡：发放宣传资料450份。\n易县安全生产委员会办公室"
    first, second = read(text).activities
    assert (first.unit_text, counted(first)["leaflets_distributed"]) == ("富岗乡", 300)
    assert (second.unit_text, counted(second)["leaflets_distributed"]) == ("坡仓乡", 450)


def test_an_english_letter_is_read() -> None:
    text = (
        "Summary of Work Safety Month, Fugang Township\n"
        "On June 10, the township held a consulting day at Fugang Market; more than 500 leaflets were distributed.\n"
        "During the month, the township distributed over 2,000 leaflets and hung 15 banners.\n30 June 2026"
    )
    event, line = read(text).activities
    assert told(event) == ("consulting_day", "2026-06-10", "2026-06-10")
    assert (event.place, event.unit_text) == ("Fugang Market", "Fugang Township")
    assert counted(event) == {"leaflets_distributed": 500}
    assert counted(line) == {"leaflets_distributed": 2000, "banners_hung": 15}
    assert event.measures[0].within == line.measures[0].locator


def test_tables_of_a_letter_are_read_as_sheets_and_its_prose_is_not_read_twice() -> None:
    rows = [["单位", "发放宣传资料（份）", "悬挂横幅（条）"], ["富岗乡", "300", "5"], ["坡仓乡", "450", "6"]]
    letter = word_letter(
        ["各乡镇活动情况统计", rows, "6月16日，我办在朝阳路口发放资料700份。", "易县安全生产委员会办公室"]
    )
    reading = read_letter(letter, file_name="统计.docx", known=JUNE)
    check_spans(reading)
    by_unit = {activity.unit_text: counted(activity) for activity in reading.activities}
    assert by_unit == {
        "易县安全生产委员会办公室": {"leaflets_distributed": 700},
        "富岗乡": {"leaflets_distributed": 300, "banners_hung": 5},
        "坡仓乡": {"leaflets_distributed": 450, "banners_hung": 6},
    }
    cell = next(a for a in reading.activities if a.unit_text == "富岗乡").measures[0].locator
    assert (cell.kind, cell.sheet, cell.row, cell.column) == ("cell", "table 1", 2, 2)


@pytest.mark.parametrize(
    "words",
    [
        "我单位本月无相关活动，特此报告。",
        "我局6月份安全生产月活动零报告。",
        "因防汛任务重，我局未开展安全生产月宣传活动，特此说明。",
        "Nothing to report for June.",
    ],
)
def test_a_nil_letter_of_a_known_sender_is_signed_as_nil(words: str) -> None:
    reading = read(f"县安委办：\n{words}\n易县水利局\n2026年6月30日", known=replace(JUNE, sender="易县水利局"))
    assert reading.signed_nil
    assert reading.activities == ()


def test_a_nil_letter_of_nobody_in_particular_is_proposed_for_the_unit_that_signed_it() -> None:
    reading = read("县安委办：\n我单位本月无相关活动。\n易县水利局\n2026年6月30日")
    (nil,) = reading.activities
    assert (nil.is_nil, nil.unit_text, nil.measures) == (True, "易县水利局", ())
    assert reading.text[nil.locator.start : nil.locator.end].endswith("无相关活动")


def test_nil_words_beside_figures_are_doubted_and_not_signed() -> None:
    reading = read("我单位无相关活动。但6月16日发放资料300份。\n易县水利局", known=replace(JUNE, sender="易县水利局"))
    assert not reading.signed_nil
    assert counted(reading.activities[0]) == {"leaflets_distributed": 300}
    assert "nil_with_figures" in {doubt.code for doubt in reading.doubts}


def test_a_demand_on_others_is_no_nil() -> None:
    assert not read("对未开展活动的单位要通报批评。\n易县水利局").signed_nil


def test_a_plan_reports_nothing_and_says_what_was_passed_over() -> None:
    text = (
        "塘湖镇安全生产月活动方案\n一、6月16日组织开展咨询日活动，发放宣传资料5000份。\n塘湖镇人民政府\n2026年5月20日"
    )
    reading = read(text)
    assert reading.activities == ()
    assert "is_a_plan" in {doubt.code for doubt in reading.doubts}
    assert not reading.signed_nil


def test_another_unit_than_the_sender_is_doubted() -> None:
    reading = read(SUMMARY, known=replace(JUNE, sender="易县公安局"))
    assert "letter_of_another_unit" in {doubt.code for doubt in reading.doubts}


@pytest.mark.parametrize(("signed", "sender"), [("富岗乡人民政府", "富岗乡"), ("塘湖镇东关村", "塘湖镇")])
def test_the_sender_by_another_name_or_a_unit_below_it_is_not_doubted(signed: str, sender: str) -> None:
    reading = read(f"6月16日，发放资料300份。\n{signed}", known=replace(JUNE, sender=sender))
    assert reading.activities[0].unit_text == signed
    assert reading.doubts == ()


def test_a_letter_that_names_no_unit_is_doubted() -> None:
    reading = read("6月16日，在集市发放资料300份。")
    assert reading.activities[0].unit_text == ""
    assert [doubt.code for doubt in reading.doubts] == ["no_unit_in_letter"]


def test_a_title_and_a_signature_of_two_units_are_asked_about() -> None:
    reading = read("富岗乡安全生产月活动总结\n6月16日，发放资料300份。\n坡仓乡人民政府")
    assert [(doubt.code, doubt.blocks) for doubt in reading.doubts] == [("two_units", True)]


def test_the_addressee_is_never_the_unit() -> None:
    reading = read("易县公安局：\n6月16日，发放资料300份。\n易县水利局")
    assert reading.activities[0].unit_text == "易县水利局"


def test_a_unit_that_is_not_known_is_given_as_it_stands() -> None:
    assert read("6月16日，发放资料300份。\n白马镇人民政府").activities[0].unit_text == "白马镇人民政府"


def test_a_day_that_does_not_exist_is_asked_about() -> None:
    reading = read("富岗乡总结\n6月31日，发放资料100份。\n富岗乡人民政府")
    assert ("no_such_day", True) in {(doubt.code, doubt.blocks) for doubt in reading.doubts}


def test_days_without_any_year_give_no_date_and_a_doubt() -> None:
    reading = read("6月16日，发放资料300份。\n易县水利局", known=replace(JUNE, from_on=None, to_on=None))
    assert reading.activities[0].from_on is None
    assert "no_year" in {doubt.code for doubt in reading.doubts}


def test_the_letters_own_year_is_taken_where_no_month_is_known() -> None:
    reading = read("6月16日，发放资料300份。\n易县水利局\n2025年6月30日", known=replace(JUNE, from_on=None, to_on=None))
    assert reading.activities[0].from_on == date(2025, 6, 16)


def test_the_worked_example_of_the_documentation_holds() -> None:
    page = (Path(__file__).parents[4] / "docs" / "reading-letters.md").read_text(encoding="utf-8")
    letter = page.split("## Worked example\n```\n")[1].split("\n```")[0]
    day, drill, month, to_date = read(letter).activities
    assert counted(day) == {"leaflets_distributed": 3000, "people_consulted": 500}
    assert (day.participants, day.place) == (("派出所", "电管所"), "富岗集市")
    assert day.measures[0].within == month.measures[0].locator
    assert (drill.place, counted(drill)) == ("富岗小学", {"people_in_drills": 420})
    assert [(m.value, m.part_of) for m in month.measures] == [(20000, None), (18000, 0), (32, None)]
    assert (to_date.to_on, to_date.measures[0].period_kind) == (date(2026, 6, 25), "to_date")
