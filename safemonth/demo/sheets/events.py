"""The spreadsheets about joint events: consulting day, publicity vehicles, site meetings, media, carriers."""

from safemonth.demo.county import VEHICLE_UNITS, short_name
from safemonth.demo.sent import Draft, moment
from safemonth.demo.sheets.grids import Grid, csv_bytes, xlsx_bytes
from safemonth.demo.sheets.shapes import by_activity, cell_of
from safemonth.demo.truth import consulting_day, deeds_of


def event_sheets() -> list[Draft]:
    """Return the spreadsheets about events that one body reports for all who took part, or a unit for its vehicles."""
    return [_consulting_day(), *_vehicle_logs(), _site_meetings(), _television(), _unicom()]


def _consulting_day() -> Draft:
    headings = {
        "staff_deployed": "工作人员（人）",
        "display_boards": "展板（块）",
        "banners_hung": "横幅（条）",
        "leaflets_distributed": "发放资料（份）",
        "people_consulted": "接受咨询（人次）",
    }
    grid = Grid()
    width = 3 + len(headings)
    grid.add_merged("易县2019年“安全生产宣传咨询日”活动情况统计表", width=width)
    grid.add_merged("活动时间：2019年6月10日        填报单位：县安委办", width=width)
    grid.add("序号", "参加单位", "咨询地点", "现场布置", None, None, "宣传效果", None)
    grid.add(None, None, None, *headings.values())
    grid.merges += [(3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 3, 6), (3, 7, 3, 8)]
    totals = dict.fromkeys(headings, 0)
    places: dict[str, list[int]] = {}
    for number, deed in enumerate(consulting_day(), start=1):
        is_first = deed.place not in places
        row = grid.add(
            number,
            short_name(deed.unit),
            deed.place if is_first else None,
            *(cell_of(code, deed.counts.get(code), "number") for code in headings),
        )
        places.setdefault(deed.place, []).append(row)
        for code in headings:
            totals[code] += deed.counts[code].value
    # One intersection stands once for its four departments.
    grid.merges += [(rows[0], 3, rows[-1], 3) for rows in places.values()]
    grid.add("合计", None, None, *totals.values())
    grid.merges.append((len(grid.rows), 1, len(grid.rows), 3))
    grid.add_merged("注：各参加单位横幅、宣传资料均为自制自备。", width=width)
    return Draft(
        name="安全生产宣传咨询日统计表.xlsx",
        channel="sheet",
        sender="130633-office",
        received_at=moment(6, 11, 9, 0),
        content=xlsx_bytes({"6月10日": grid}),
        note="The host's sheet: a row a department, intersections in merged cells, two-row header, total row.",
        expect=("accept", "skip:total-row"),
        task="consulting-day",
    )


def _vehicle_logs() -> list[Draft]:
    drafts: list[Draft] = []
    for unit in VEHICLE_UNITS:
        name = short_name(unit)
        grid = by_activity(
            deeds_of(unit, task="vehicles"),
            title="" if unit.endswith("traffic") else f"{name}宣传车进村巡回宣传行车记录",
            names=("序号", "起止日期", "活动名称", "到达地点"),
            headings={"publicity_vehicles": "出动宣传车（辆次）", "places_reached": "到达村数（个）"},
            date_style="iso" if unit.endswith(("safety", "traffic")) else "chinese",
        )
        is_csv = unit.endswith("traffic")
        drafts.append(
            Draft(
                name=f"{name}宣传车记录.{'csv' if is_csv else 'xlsx'}",
                channel="sheet",
                sender=unit,
                received_at=moment(6, 24, 9 + len(drafts), 5),
                content=csv_bytes(grid, encoding="utf-8") if is_csv else xlsx_bytes({"行车记录": grid}),
                note="A row a township that the vehicle went to, with the villages that it reached.",
                task="vehicles",
            )
        )
    return drafts


def _site_meetings() -> Draft:
    grid = by_activity(
        deeds_of("130633-office", task="rectification"),
        title="专项整治现场会情况",
        names=("序号", "召开时间", "会议名称", "会议地点"),
        headings={"meetings": "会议（次）", "people_taking_part": "参会人数（人）"},
        date_style="chinese",
    )
    return Draft(
        name="专项整治现场会.xlsx",
        channel="sheet",
        sender="130633-office",
        received_at=moment(6, 28, 10, 0),
        content=xlsx_bytes({"现场会": grid}),
        note="The site meetings of the special rectification.",
        task="rectification",
    )


def _television() -> Draft:
    grid = by_activity(
        deeds_of("130633-television"),
        names=("序号", "播出时间", "内容", "频道"),
        headings={"films_shown": "播放《法佑平安》（场次）", "media_reports": "播发新闻（条）"},
        date_style="iso",
    )
    return Draft(
        name="电视台播出统计.xlsx",
        channel="sheet",
        sender="130633-television",
        received_at=moment(7, 1, 8, 20),
        content=xlsx_bytes({"播出": grid}),
        note="What the television station broadcast.",
        expect=("accept", "ask:heading"),
        task="media",
    )


def _unicom() -> Draft:
    grid = by_activity(
        deeds_of("130633-unicom"),
        names=("序号", "发送日期", "短信主题", "发送范围"),
        headings={"sms_sent": "发送短信（条）"},
        date_style="iso",
        style="comma",
    )
    return Draft(
        name="联通公司短信发送.xlsx",
        channel="sheet",
        sender="130633-unicom",
        received_at=moment(6, 20, 11, 0),
        content=xlsx_bytes({"短信": grid}),
        note="A carrier's text messages, the number with a thousands comma.",
        task="carriers",
    )
