"""The spreadsheets of townships that hold a fault, or what must not be added: a good intake catches each."""

from collections.abc import Mapping, Sequence

from safemonth.demo.county import names
from safemonth.demo.sent import Draft, moment
from safemonth.demo.sheets.grids import csv_bytes, xlsx_bytes
from safemonth.demo.sheets.shapes import INSPECTION, Line, by_activity, by_indicator, by_unit, village_lines
from safemonth.demo.truth import Said, deeds_of, month_of


def flawed_sheets() -> list[Draft]:
    """Return the spreadsheets with a fault, one function a fault."""
    return [
        *_zijingguan(),
        _gaocun(),
        _xishanbei(),
        _baima(),
        _lingyunce(),
        _nanchengsi(),
        _development_zone(),
    ]


def _zijingguan() -> list[Draft]:
    """The count to 14 June, and the count to 30 June that holds it: never to be added."""
    whole = month_of("130633107")
    half = {code: Said(-(-said.value * 2 // 5), said.qualifier, said.word) for code, said in whole.items()}
    headings = {
        "banners_hung": "累计悬挂横幅（条）",
        "slogans_posted": "累计张贴标语（条）",
        "leaflets_distributed": "累计发放宣传资料（份）",
        "publicity_columns": "累计出黑板报（块）",
        "people_reached": "累计受教育群众（人次）",
        "enterprises_inspected": "累计检查企业（家）",
        "hazards_found": "累计查出隐患（处）",
        "hazards_rectified": "累计整改隐患（处）",
    }

    def draft(counts: Mapping[str, Said], *, until: str, day: tuple[int, int], expect: tuple[str, ...]) -> Draft:
        grid = by_indicator(
            counts,
            title="安全生产月活动进展情况（累计数）",
            sender="紫荆关镇",
            headings=headings,
            period=f"2019年6月1日至{until}",
        )
        return Draft(
            name=f"紫荆关镇进展情况（截至{until}）.xlsx",
            channel="sheet",
            sender="130633107",
            received_at=moment(*day, 11, 20),
            content=xlsx_bytes({"进展": grid}),
            note="A running total: the later one replaces the earlier one.",
            expect=expect,
            returns_for=("130633107",) if until == "6月30日" else (),
        )

    return [
        draft(half, until="6月14日", day=(6, 14), expect=("accept",)),
        draft(whole, until="6月30日", day=(7, 1), expect=("accept", "hold:running-total")),
    ]


def _gaocun() -> Draft:
    grid = by_unit(
        [("高村镇人民政府", month_of("130633108"))],
        headings={
            "leaflets_printed": "印制宣传资料",
            "leaflets_distributed": "发放宣传资料",
            "banners_hung": "悬挂横幅",
            "slogans_posted": "张贴标语",
            "people_reached": "受教育群众(人次)",
            **INSPECTION,
        },
        style="worded",
    )
    return Draft(
        name="高村镇宣传统计.xlsx",
        channel="sheet",
        sender="130633108",
        received_at=moment(7, 2, 9, 0),
        content=xlsx_bytes({"Sheet1": grid}),
        note="More given out than printed; measure words in the cells.",
        expect=("accept", "caution:printed"),
        returns_for=("130633108",),
    )


def _xishanbei() -> Draft:
    counts = {**month_of("130633109"), "leaflets_distributed": Said(5600)}
    grid = by_unit(
        [("西山北镇", counts)],
        title="西山北镇安全生产月活动情况表",
        headings={
            "leaflets_distributed": "发放宣传材料（份）",
            "banners_hung": "过街横幅（条）",
            "slogans_posted": "墙体标语（条）",
            "publicity_columns": "宣传栏（块）",
            "people_reached": "受教育人次",
            **INSPECTION,
        },
    )
    return Draft(
        name="西山北镇活动情况表.xlsx",
        channel="sheet",
        sender="130633109",
        received_at=moment(6, 29, 10, 15),
        content=xlsx_bytes({"Sheet1": grid}),
        note="5,600 leaflets by a slip of the hand; a letter corrects it to 2,600 later.",
        returns_for=("130633109",),
    )


def _baima() -> Draft:
    grid = by_unit(
        [("白马乡", month_of("130633201"))],
        headings={
            "banners_hung": "条幅(条)",
            "slogans_posted": "标语(条)",
            "leaflets_distributed": "宣传材料(份)",
            "publicity_columns": "黑板报(块)",
            "people_reached": "教育群众(人次)",
            "enterprises_inspected": "检查单位(家)",
            "hazards_found": "排查隐患(处)",
            "hazards_rectified": "完成整改(处)",
        },
        style="comma",
    )
    grid.rows[0].append("小喇叭值守(班)")
    grid.rows[1].append("26")
    return Draft(
        name="baima.csv",
        channel="sheet",
        sender="130633201",
        received_at=moment(7, 1, 17, 45),
        content=csv_bytes(grid, encoding="utf-8-sig"),
        note="CSV in UTF-8 with a byte order mark, thousands commas; one heading that is no indicator.",
        expect=("accept", "ask:heading"),
        returns_for=("130633201",),
    )


def _lingyunce() -> Draft:
    lines = village_lines("130633207")
    # A village of some thousand people cannot have given out 1.2 million leaflets.
    lines.insert(3, ("涞山村", {"slogans_posted": Said(0), "leaflets_distributed": Said(1_200_000)}))
    grid = by_unit(
        lines,
        title="凌云册乡各村宣传情况",
        unit_heading="村名",
        headings={
            "banners_hung": "横幅（条）",
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传单（张）",
            "publicity_columns": "黑板报（块）",
        },
        total_label="总计",
    )
    return Draft(
        name="凌云册乡各村情况.xlsx",
        channel="sheet",
        sender="130633207",
        received_at=moment(7, 2, 15, 10),
        content=xlsx_bytes({"各村": grid}),
        note="One village claims 1,200,000 leaflets, and the total row repeats it.",
        expect=("accept", "skip:total-row", "hold:impossible"),
        returns_for=("130633207",),
    )


def _nanchengsi() -> Draft:
    grid = by_activity(
        deeds_of("130633218"),
        names=("序号", "开展日期", "活动主题", "活动地点"),
        headings={
            "banners_hung": "横幅(条)",
            "slogans_posted": "标语(条)",
            "leaflets_distributed": "资料(份)",
            "people_consulted": "接受咨询(人次)",
            "lectures": "讲座(场)",
            "people_trained": "培训人数(人)",
            **INSPECTION,
        },
        date_style="dotted",
    )
    grid.add(4, "2019.8.15", "安全生产知识进农家宣传", "各村", 1, 2, 600)
    return Draft(
        name="南城司乡活动登记.xlsx",
        channel="sheet",
        sender="130633218",
        received_at=moment(7, 1, 14, 0),
        content=xlsx_bytes({"登记": grid}),
        note="The last row's date is outside the month (planned for August, but filled in as done).",
        expect=("accept", "hold:outside-month"),
        returns_for=("130633218",),
    )


def _development_zone() -> Draft:
    lines: Sequence[Line] = [
        (names()["130633401"], month_of("130633401")),
        # Left over from the sheet of another township that was copied as a pattern.
        ("高陌镇", {"banners_hung": Said(2), "slogans_posted": Said(10), "leaflets_distributed": Said(4100)}),
    ]
    grid = by_unit(
        lines,
        title="安全生产月活动统计",
        headings={
            "banners_hung": "悬挂横幅",
            "slogans_posted": "张贴标语",
            "leaflets_distributed": "发放宣传资料",
            "electronic_screens": "电子屏",
            "enterprises_inspected": "检查企业",
            "hazards_found": "查出隐患",
            "hazards_rectified": "整改隐患",
        },
        style="text",
    )
    return Draft(
        name="开发区统计.xlsx",
        channel="sheet",
        sender="130633401",
        received_at=moment(7, 4, 9, 45),
        content=xlsx_bytes({"统计": grid}),
        note="Late; numbers as text; a row of another township left in from a copied sheet.",
        expect=("accept", "late", "hold:other-unit"),
        returns_for=("130633401",),
    )
