"""The spreadsheets that townships send."""

from safemonth.demo.sent import Draft, moment
from safemonth.demo.sheets.grids import Grid, csv_bytes, xls_bytes, xlsx_bytes
from safemonth.demo.sheets.shapes import INSPECTION, by_activity, by_column, by_indicator, by_unit, village_lines
from safemonth.demo.truth import deeds_of, month_of


def township_sheets() -> list[Draft]:
    """Return the spreadsheets of townships that have nothing wrong with them, one function a shape."""
    return [
        _yizhou(),
        _xiling(),
        *_peishan(),
        _langyashan(),
        _qiaotou(),
        _fugang(),
        _qiaojiahe(),
        _ganhejing(),
        _taihang(),
    ]


def _yizhou() -> Draft:
    grid = by_unit(
        village_lines("130633100"),
        title="易州镇“安全生产月”活动情况汇总表",
        unit_heading="村（社区）",
        headings={
            "banners_hung": "悬挂横幅（条）",
            "slogans_posted": "张贴标语（条）",
            "leaflets_distributed": "发放宣传资料（份）",
            "publicity_columns": "黑板报（块）",
            "people_reached": "受教育群众（人次）",
        },
        total_label="合计",
        notes=["注：未列入的村（社区）由镇安监站统一组织，不另行统计。"],
    )
    return Draft(
        name="易州镇安全生产月统计表.xlsx",
        channel="sheet",
        sender="130633100",
        received_at=moment(7, 1, 9, 12),
        content=xlsx_bytes({"Sheet1": grid, "Sheet2": Grid()}),
        note="A row a village, merged title, total row, a note below, an empty second sheet.",
        expect=("accept", "skip:total-row"),
        returns_for=("130633100",),
    )


def _xiling() -> Draft:
    grid = by_unit(
        [("西陵镇", month_of("130633102"))],
        headings={
            "banners_hung": "横幅",
            "slogans_posted": "标语",
            "leaflets_distributed": "宣传单",
            "publicity_columns": "黑板报(块)",
            "people_reached": "受教育人次",
            **INSPECTION,
        },
        style="wide",
    )
    return Draft(
        name="西陵镇上报表.xlsx",
        channel="sheet",
        sender="130633102",
        received_at=moment(6, 30, 16, 40),
        content=xlsx_bytes({"上报": grid}),
        note="Numbers typed as text in full-width digits; short headings, most without measure words.",
        returns_for=("130633102",),
    )


def _peishan() -> list[Draft]:
    grid = by_activity(
        deeds_of("130633103"),
        headings={
            "banners_hung": "悬挂横幅(条)",
            "slogans_posted": "书写标语(条)",
            "leaflets_distributed": "发放明白纸(份)",
            "people_reached": "受教育人数(人次)",
            "training_sessions": "培训(期)",
            "people_trained": "参训人员(人)",
            "households_visited": "入户(户)",
            **INSPECTION,
        },
        date_style="chinese",
    )
    content = csv_bytes(grid, encoding="gb18030")
    first = Draft(
        name="裴山镇活动台账.csv",
        channel="sheet",
        sender="130633103",
        received_at=moment(7, 1, 8, 50),
        content=content,
        note="CSV in GB18030, a row an activity, dates as 6月3日.",
        returns_for=("130633103",),
    )
    again = Draft(
        name="裴山镇活动台账(1).csv",
        channel="sheet",
        sender="130633103",
        received_at=moment(7, 2, 10, 5),
        content=content,
        note="The same file sent again under another name.",
        expect=("same-bytes:裴山镇活动台账.csv",),
    )
    return [first, again]


def _langyashan() -> Draft:
    grid = by_unit(
        [("狼牙山镇", month_of("130633105"))],
        title="狼牙山镇2019年安全生产月活动统计表",
        groups=[("宣传情况", 6), ("检查情况", 3)],
        headings={
            "banners_hung": "横幅（条）",
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传资料（份）",
            "display_boards": "展板（块）",
            "publicity_events": "宣传活动（场）",
            "people_reached": "受教育（人次）",
            **INSPECTION,
        },
        unit_heading="填报单位",
    )
    return Draft(
        name="狼牙山镇统计表.xlsx",
        channel="sheet",
        sender="130633105",
        received_at=moment(7, 1, 15, 30),
        content=xlsx_bytes({"统计表": grid}),
        note="A two-row header with merged groups.",
        returns_for=("130633105",),
    )


def _qiaotou() -> Draft:
    grid = by_indicator(
        month_of("130633200"),
        title="桥头乡“安全生产月”活动统计表",
        sender="桥头乡人民政府",
        headings={
            "banners_hung": "悬挂横幅",
            "slogans_posted": "张贴标语",
            "leaflets_distributed": "发放宣传资料",
            "publicity_columns": "宣传栏、黑板报",
            "people_reached": "受教育群众",
            "enterprises_inspected": "检查企业",
            "hazards_found": "发现隐患",
            "hazards_rectified": "整改隐患",
        },
    )
    return Draft(
        name="桥头乡统计表.xlsx",
        channel="sheet",
        sender="130633200",
        received_at=moment(7, 1, 10, 0),
        content=xlsx_bytes({"统计表": grid}),
        note="A line an indicator, measure words in a column of their own, the sender above.",
        returns_for=("130633200",),
    )


def _fugang() -> Draft:
    grid = by_activity(
        deeds_of("130633212"),
        title="富岗乡安全生产月活动记录",
        unit_name="富岗乡",
        names=("编号", "时间", "活动内容", "地点"),
        headings={
            "banners_hung": "横幅",
            "slogans_posted": "标语",
            "leaflets_distributed": "资料份数",
            "people_reached": "受教育人次",
            "drills": "应急演练（次）",
            "people_in_drills": "参演人数",
            **INSPECTION,
        },
        date_style="date",
    )
    return Draft(
        name="富岗乡活动记录.xlsx",
        channel="sheet",
        sender="130633212",
        received_at=moment(6, 30, 9, 30),
        content=xlsx_bytes({"活动记录": grid}),
        note="A row an activity with date cells.",
        returns_for=("130633212",),
    )


def _qiaojiahe() -> Draft:
    grid = by_column(
        village_lines("130633215"),
        title="桥家河乡宣传情况",
        headings={
            "banners_hung": "悬挂横幅（条）",
            "slogans_posted": "书写标语（条）",
            "leaflets_distributed": "发放宣传资料（份）",
        },
        total_label="全乡合计",
    )
    return Draft(
        name="桥家河乡.xlsx",
        channel="sheet",
        sender="130633215",
        received_at=moment(7, 3, 8, 30),
        content=xlsx_bytes({"Sheet1": grid}),
        note="Villages as columns, indicators as rows, a total column.",
        expect=("accept", "skip:total-row"),
        returns_for=("130633215",),
    )


def _ganhejing() -> Draft:
    grid = by_unit(
        [("甘河净乡", month_of("130633216"))],
        title="甘河净乡安全生产月活动情况统计表",
        headings={
            "banners_hung": "悬挂横幅（幅）",
            "slogans_posted": "张贴标语（张）",
            "leaflets_distributed": "发放宣传资料（份）",
            "publicity_columns": "黑板报（块）",
            "people_reached": "受教育人数（人次）",
            **INSPECTION,
        },
    )
    return Draft(
        name="甘河净乡统计表.xls",
        channel="sheet",
        sender="130633216",
        received_at=moment(7, 2, 11, 0),
        content=xls_bytes({"Sheet1": grid}),
        note="The old .xls format.",
        returns_for=("130633216",),
    )


def _taihang() -> Draft:
    grid = by_indicator(
        month_of("130633400"),
        title="安全生产月活动情况",
        sender="恋乡太行水镇",
        headings={
            "banners_hung": "横幅（条）",
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传资料（份）",
            "people_reached": "受教育群众（人次）",
            "lectures": "讲座（场）",
        },
        words=False,
        style="chinese",
    )
    return Draft(
        name="太行水镇.xlsx",
        channel="sheet",
        sender="130633400",
        received_at=moment(7, 5, 16, 20),
        content=xlsx_bytes({"Sheet1": grid}),
        note="Late; numbers in Chinese numerals; a blank value is not nought.",
        expect=("accept", "late"),
        returns_for=("130633400",),
    )
