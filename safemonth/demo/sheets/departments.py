"""The spreadsheets that departments and other units of the county send about their own month."""

from safemonth.demo.county import short_name
from safemonth.demo.sent import Draft, moment
from safemonth.demo.sheets.grids import csv_bytes, xls_bytes, xlsx_bytes
from safemonth.demo.sheets.shapes import by_activity, by_indicator, by_unit
from safemonth.demo.truth import Said, deeds_of, month_of


def department_sheets() -> list[Draft]:
    """Return every spreadsheet of a department, enterprise or premises about its month."""
    return [
        _police(),
        _education(),
        _quality(),
        _construction(),
        _food_and_drug(),
        _traffic_police(),
        _water(),
        _commerce(),
        _cement_works(),
        _telephone_register(),
    ]


def _police() -> Draft:
    grid = by_activity(
        deeds_of("130633-police", task="everyone") + deeds_of("130633-police", task="key-inspections"),
        title="县公安局安全生产月活动统计表（不含6月10日集中咨询）",
        headings={
            "banners_hung": "悬挂横幅（条）",
            "slogans_posted": "张贴标语（条）",
            "leaflets_distributed": "发放宣传资料（份）",
            "lectures": "宣讲（场）",
            "people_reached": "受教育师生（人次）",
            "inspectors_deployed": "出动警力（人次）",
            "enterprises_inspected": "检查单位（家）",
            "hazards_found": "发现隐患（处）",
            "hazards_rectified": "整改隐患（处）",
        },
        date_style="chinese",
    )
    return Draft(
        name="公安局活动统计.xlsx",
        channel="sheet",
        sender="130633-police",
        received_at=moment(6, 30, 17, 0),
        content=xlsx_bytes({"Sheet1": grid}),
        note="A row an activity; the police say 出动警力 for staff sent out to inspect.",
        returns_for=("130633-police",),
    )


def _education() -> Draft:
    grid = by_activity(
        deeds_of("130633-education", task="everyone") + deeds_of("130633-education", task="key-inspections"),
        names=("序号", "起止日期", "活动名称", "活动范围"),
        unit_name="县文教局",
        headings={
            "banners_hung": "横幅(条)",
            "slogans_posted": "标语(条)",
            "leaflets_distributed": "宣传资料(份)",
            "publicity_columns": "黑板报(块)",
            "drills": "演练(次)",
            "people_in_drills": "参演师生(人)",
            "inspectors_deployed": "检查人员(人)",
            "hazards_found": "排查隐患(项)",
            "hazards_rectified": "整改隐患(项)",
        },
        style="text",
    )
    return Draft(
        name="文教局安全月活动.xlsx",
        channel="sheet",
        sender="130633-education",
        received_at=moment(7, 1, 16, 0),
        content=xlsx_bytes({"活动": grid}),
        note="A row an activity, dates as ranges, numbers as text.",
        returns_for=("130633-education",),
    )


def _quality() -> Draft:
    grid = by_unit(
        [("县质监局", month_of("130633-quality"))],
        headings={
            "slogans_posted": "张贴标语",
            "leaflets_distributed": "发放宣传资料",
            "enterprises_inspected": "检查企业",
            "objects_checked": "检查特种设备",
            "hazards_found": "发现隐患",
            "hazards_rectified": "整改隐患",
            "orders_issued": "下达指令书",
        },
        style="worded",
    )
    return Draft(
        name="质监局.csv",
        channel="sheet",
        sender="130633-quality",
        received_at=moment(6, 28, 15, 0),
        content=csv_bytes(grid, encoding="gb18030"),
        note="CSV in GB18030 with measure words in the cells.",
        returns_for=("130633-quality",),
    )


def _construction() -> Draft:
    grid = by_unit(
        [("县建设局", month_of("130633-construction"))],
        title="县建设局安全生产月活动情况统计表",
        headings={
            "banners_hung": "工地悬挂横幅（条）",
            "slogans_posted": "张贴标语（条）",
            "leaflets_distributed": "发放宣传资料（份）",
            "people_trained": "培训人数（人）",
            "drills": "应急演练（次）",
            "enterprises_inspected": "检查工地企业（家）",
            "hazards_found": "查出隐患（处）",
            "hazards_rectified": "整改隐患（处）",
            "orders_issued": "下达整改通知书（份）",
        },
        notes=["说明：以上数字不含6月10日集中咨询活动。"],
    )
    return Draft(
        name="建设局统计表.xlsx",
        channel="sheet",
        sender="130633-construction",
        received_at=moment(7, 1, 11, 30),
        content=xlsx_bytes({"建设局": grid}),
        note="One row, and a note below that the consulting day is not in it.",
        returns_for=("130633-construction",),
    )


def _food_and_drug() -> Draft:
    grid = by_indicator(
        month_of("130633-food-drug"),
        title="县食药监局“安全生产月”活动统计",
        sender="县食药监局",
        headings={
            "banners_hung": "悬挂横幅（条）",
            "slogans_posted": "张贴标语（条）",
            "leaflets_distributed": "发放宣传资料（份）",
            "lectures": "举办讲座（场）",
            "people_trained": "培训从业人员（人）",
            "enterprises_inspected": "检查经营单位（家）",
            "hazards_found": "发现隐患（处）",
            "hazards_rectified": "整改隐患（处）",
        },
        words=False,
    )
    return Draft(
        name="食药监局统计.xlsx",
        channel="sheet",
        sender="130633-food-drug",
        received_at=moment(7, 2, 16, 0),
        content=xlsx_bytes({"Sheet1": grid}),
        note="A line an indicator with the measure word in its name.",
        returns_for=("130633-food-drug",),
    )


def _traffic_police() -> Draft:
    grid = by_activity(
        deeds_of("130633-traffic", task="everyone") + deeds_of("130633-traffic", task="key-inspections"),
        names=("序号", "日期", "活动名称", "地点"),
        headings={
            "banners_hung": "横幅（条）",
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传资料（份）",
            "people_reached": "受教育（人次）",
            "training_sessions": "培训（期）",
            "people_trained": "培训驾驶员（人）",
            "inspectors_deployed": "出动执法人员（人次）",
            "violations_found": "查处违法行为（起）",
        },
        date_style="iso",
    )
    return Draft(
        name="交警大队活动情况.xlsx",
        channel="sheet",
        sender="130633-traffic",
        received_at=moment(6, 30, 18, 10),
        content=xlsx_bytes({"活动情况": grid}),
        note="A row an activity, ISO dates.",
        returns_for=("130633-traffic",),
    )


def _water() -> Draft:
    # A count below nought cannot be; the unit typed a dash before it.
    counts = {**month_of("130633-water"), "people_trained": Said(-30)}
    grid = by_unit(
        [("县水利局", counts)],
        title="县水利局安全生产月活动统计表",
        groups=[("宣传教育", 3), ("安全检查", 3)],
        headings={
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传资料（份）",
            "people_trained": "培训人数（人）",
            "enterprises_inspected": "检查单位（家）",
            "hazards_found": "查出隐患（处）",
            "hazards_rectified": "整改隐患（处）",
        },
    )
    return Draft(
        name="水利局统计表.xlsx",
        channel="sheet",
        sender="130633-water",
        received_at=moment(7, 3, 10, 40),
        content=xlsx_bytes({"统计": grid}),
        note="A two-row header, and a negative number of people trained.",
        expect=("accept", "hold:negative"),
        returns_for=("130633-water",),
    )


def _commerce() -> Draft:
    grid = by_unit(
        [("县工商局", month_of("130633-commerce"))],
        headings={
            "slogans_posted": "标语（条）",
            "leaflets_distributed": "宣传资料（份）",
            "enterprises_inspected": "检查企业（户）",
            "hazards_found": "查出隐患（处）",
            "hazards_rectified": "整改隐患（处）",
        },
    )
    return Draft(
        name="工商局.xls",
        channel="sheet",
        sender="130633-commerce",
        received_at=moment(7, 1, 9, 55),
        content=xls_bytes({"Sheet1": grid}),
        note="The old .xls format; enterprises counted by 户.",
        returns_for=("130633-commerce",),
    )


def _cement_works() -> Draft:
    grid = by_indicator(
        month_of("130633-cement"),
        title="第一水泥厂安全生产月活动统计表",
        sender="易县第一水泥厂",
        headings={
            "banners_hung": "悬挂安全横幅",
            "slogans_posted": "张贴安全标语",
            "leaflets_distributed": "发放宣传资料",
            "people_trained": "培训职工",
            "drills": "应急演练",
            "people_in_drills": "参加演练职工",
            "hazards_found": "自查隐患",
            "hazards_rectified": "整改隐患",
        },
    )
    return Draft(
        name="水泥厂统计表.xlsx",
        channel="sheet",
        sender="130633-cement",
        received_at=moment(6, 29, 14, 30),
        content=xlsx_bytes({"Sheet1": grid}),
        note="An enterprise's sheet: a line an indicator with a column of measure words.",
        returns_for=("130633-cement",),
    )


def _telephone_register() -> Draft:
    lines = [
        (short_name("130633-hotel"), month_of("130633-hotel")),
        # Not in the unit list: nobody knows which inn this is.
        ("城东客栈", {"banners_hung": Said(1), "leaflets_distributed": Said(150)}),
    ]
    grid = by_unit(
        lines,
        title="县安委办电话报数登记",
        unit_heading="报数单位",
        headings={
            "banners_hung": "横幅",
            "slogans_posted": "标语",
            "leaflets_distributed": "宣传资料",
            "people_trained": "培训人数",
        },
    )
    return Draft(
        name="电话报数登记.xlsx",
        channel="sheet",
        sender="130633-office",
        received_at=moment(7, 3, 17, 30),
        content=xlsx_bytes({"登记": grid}),
        note="What units said on the telephone, written down by the office; one unit is in no list.",
        expect=("accept", "hold:unknown-unit"),
        returns_for=("130633-hotel",),
    )
