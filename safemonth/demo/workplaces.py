"""The demo's register of workplaces and its drives of early June: lists as units send them, joint teams, draws.

Names of workplaces are made up, posts stand for people, and credit codes are made so that their check signs are right. The
second list has planted doubles, slips, and rows that only look like doubles (`_planted`).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from safemonth.collect.inspection.drives.actions import (
    add_inspector,
    declare_interest,
    hold_draw,
    lay_down_seed,
    load_themes,
    open_drive,
    propose_teams,
)
from safemonth.collect.inspection.drives.models import Draw, Drive, Inspector, Theme
from safemonth.collect.inspection.workplaces.actions import Imported, change_workplace, import_list
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.uscc import check_sign, organisation_check_sign
from safemonth.demo.county import COUNTY, division_names, names
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign
from safemonth.plan.queries import task_called

SAFETY: Final = f"{COUNTY}-safety"
OFFICE: Final = f"{COUNTY}-office"
# What a workplace is called and does, its class of risk, its supervising department.
KINDS: Final = (
    ("铁矿", "非煤矿山", "红", "mine"),
    ("采石场", "采石", "橙", "mine"),
    ("铁选厂尾矿库", "尾矿库", "红", "safety"),
    ("石材厂", "石材加工", "黄", "safety"),
    ("加油站", "加油站", "橙", "safety"),
    ("烟花爆竹零售店", "烟花爆竹", "橙", "safety"),
    ("建筑工地", "建筑施工", "橙", "construction"),
    ("铸造厂", "铸造", "黄", "safety"),
    ("货运站", "道路运输", "黄", "transport"),
    ("液化气站", "城镇燃气", "橙", "construction"),
    ("商场", "商场超市", "蓝", "fire"),
    ("小学", "学校", "蓝", "education"),
)
BRANDS: Final = ("东岭", "清泉", "长峪", "石门", "北坡")
TOWNSHIPS: Final = (
    *("130633212", "130633213", "130633106", "130633215", "130633216"),
    *("130633100", "130633101", "130633104", "130633107", "130633110"),
)
# Enterprises that stand in the tree of units as well.
OWN_UNITS: Final = {"易县第一水泥厂": f"{COUNTY}-cement", "易县第一铁矿": f"{COUNTY}-iron-mine"}
HEADINGS: Final = (
    *("序号", "企业名称", "统一社会信用代码", "行业类别", "风险等级", "所在乡镇", "详细地址", "经度", "纬度"),
    *("主要负责人", "联系电话", "行业监管部门"),
)


@dataclass(frozen=True)
class ListRow:
    """One row of a list as a unit writes it."""

    name: str
    uscc: str
    trade: str
    risk: str
    township: str
    address: str
    phone: str
    department: str
    position: tuple[float, float] | None = None


def made_code(number: int) -> str:
    """Return a credit code with both check signs right: an enterprise (91) of the county, body `number`."""
    body = f"{number:08d}"
    first = f"91{COUNTY}{body}{organisation_check_sign(body)}"
    return first + check_sign(first)


def first_list() -> list[ListRow]:
    """Return the safety bureau's list: 62 workplaces, none of them twice."""
    rows = []
    for at_kind, (kind, trade, risk, department) in enumerate(KINDS):
        for at_brand, brand in enumerate(BRANDS):
            number = at_kind * len(BRANDS) + at_brand
            township = TOWNSHIPS[(at_kind * 3 + at_brand * 2) % len(TOWNSHIPS)]
            name = division_names()[township]
            rows.append(
                ListRow(
                    name=f"易县{brand}{kind}",
                    uscc=made_code(1000 + number * 37) if kind not in ("建筑工地", "小学") else "",
                    trade=trade,
                    risk=risk,
                    township=name,
                    address=f"{name}{brand}路{number + 1}号",
                    phone=f"0312-82{10000 + number * 131}",
                    department=names()[f"{COUNTY}-{department}"],
                    position=(round(115.2 + number * 0.006, 5), round(39.2 + number * 0.004, 5)),
                )
            )
    for at, name in enumerate(OWN_UNITS):
        department = names()[SAFETY if "水泥" in name else f"{COUNTY}-mine"]
        trade, risk = ("水泥", "黄") if "水泥" in name else ("非煤矿山", "红")
        rows.append(
            ListRow(name, made_code(9000 + at), trade, risk, "易州镇", f"易州镇建设路{at + 90}号", "", department)
        )
    return rows


def _planted() -> Iterator[tuple[ListRow, str]]:
    """Yield rows of the second list with what a good intake does with each."""
    known = {row.name: row for row in first_list()}

    def like(of: str, /, **changes: str) -> ListRow:
        row = known[of]
        return ListRow(**{**row.__dict__, "position": None, **changes})

    yield like("易县东岭铁矿"), "same"
    yield like("易县东岭采石场", name="东岭采石场有限责任公司", uscc=""), "double"
    yield like("易县清泉石材厂", name="清泉石材", uscc="", address=""), "double"
    yield like("易县长峪加油站", name="长裕加油站", uscc=""), "double"
    yield like("易县石门铸造厂", address="石门工业区6号"), "update"
    yield like("易县北坡货运站", name="易县北坡物流中心"), "update"
    yield like("易县东岭铁矿", name="易县东岭二铁矿", uscc="", phone=""), "new"
    yield like("易县清泉加油站", township="裴山镇", address="裴山镇迎宾路3号", uscc="", phone=""), "new"
    yield like("易县石门商场", name="易县石门新商场综合楼", uscc="130633000012345"), "unreadable"
    yield like("易县北坡采石场", name="易县北坡石料场", uscc=_with_letter_o(known["易县北坡采石场"].uscc)), "unreadable"
    yield like("易县长峪小学", name="长峪中心小学", township="长峪乡"), "unreadable"


def expected_of_second_list() -> list[str]:
    """Return what a good intake makes of each row of the second list: `same`, `double`, `update`, `new`, `unreadable`."""
    return [expected for _, expected in _planted()]


def _with_letter_o(code: str) -> str:
    place = code.index("0", 8)
    return f"{code[:place]}O{code[place + 1 :]}"


def second_list() -> list[ListRow]:
    """Return the list that townships sent up, with the planted rows (`expected_of_second_list` says what becomes of each)."""
    return [row for row, _ in _planted()]


def as_csv(rows: list[ListRow], *, title: str) -> bytes:
    """Return a list as a spreadsheet's bytes, with a title above and a total below, as they are sent."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([title])
    lines.writerow(HEADINGS)
    for number, row in enumerate(rows, 1):
        longitude, latitude = row.position or ("", "")
        lines.writerow(
            (
                *(number, row.name, row.uscc, row.trade, row.risk, row.township, row.address, longitude, latitude),
                *("主要负责人", row.phone, row.department),
            )
        )
    lines.writerow(["合计", len(rows)])
    return out.getvalue().encode("utf-8-sig")


def take_in_first_list(campaign: Campaign, *, by: str, at: datetime) -> Imported:
    """Take in the safety bureau's list, and say which workplaces are units of the tree."""
    done = _take_in(campaign, first_list(), "生产经营单位台账", SAFETY, by, at)
    for name, code in OWN_UNITS.items():
        row = Workplace.objects.get(name=name)
        change_workplace(workplace=row, fields={"unit": unit_by_code(code)}, by=by, at=at)
    return done


def take_in_second_list(campaign: Campaign, *, by: str, at: datetime) -> Imported:
    """Take in the list of the townships; what is held stays for the office to decide on."""
    return _take_in(campaign, second_list(), "各乡镇上报生产经营单位名单", OFFICE, by, at)


def _take_in(campaign: Campaign, rows: list[ListRow], title: str, sender: str, by: str, at: datetime) -> Imported:
    return import_list(
        campaign=campaign,
        data=as_csv(rows, title=title),
        file_name=f"{title}.csv",
        sender=unit_by_code(sender),
        by=by,
        at=at,
    )


@dataclass(frozen=True)
class DemoDrive:
    """One joint inspection of the founding case: its theme, titles, trades, days, teams and how many are drawn."""

    theme: str
    title: str
    title_en: str
    trades: tuple[str, ...]
    from_on: date
    to_on: date
    teams: int
    count: int


DRIVES: Final = (
    DemoDrive(
        "illegal-mining",
        "打击非法开采联合检查",
        "Joint inspection of illegal mining",
        ("mine", "tailings"),
        date(2019, 6, 3),
        date(2019, 6, 4),
        3,
        13,
    ),
    DemoDrive(
        "illegal-production",
        "打击非法生产联合检查",
        "Joint inspection of illegal production",
        ("trade_industry", "metallurgy"),
        date(2019, 6, 4),
        date(2019, 6, 4),
        2,
        5,
    ),
    DemoDrive(
        "illegal-operation",
        "打击非法经营联合检查",
        "Joint inspection of illegal operation",
        ("fireworks", "gas", "crowded_place"),
        date(2019, 6, 5),
        date(2019, 6, 5),
        2,
        6,
    ),
    DemoDrive(
        "dangerous-goods",
        "危险化学品联合检查",
        "Joint inspection of dangerous goods",
        ("dangerous_goods",),
        date(2019, 6, 6),
        date(2019, 6, 6),
        2,
        4,
    ),
)
# Departments that lend inspectors, two posts each.
LENDING: Final = ("safety", "mine", "land", "police", "fire", "quality", "commerce", "environment")
POSTS: Final = ("执法大队长", "执法队员")


def set_up_drives(campaign: Campaign, *, by: str, at: datetime) -> list[Drive]:
    """Enter inspectors, one interest, and the four joint inspections of early June with their teams and seeds."""
    load_themes(by=by, at=at)
    for department in LENDING:
        for place, post in enumerate(POSTS):
            add_inspector(
                unit=unit_by_code(f"{COUNTY}-{department}"),
                post_title=post,
                certificate_number=f"冀{COUNTY}{LENDING.index(department):02d}{place + 1:02d}",
                by=by,
                at=at,
            )
    declare_interest(
        inspector=Inspector.objects.get(unit__code=f"{COUNTY}-mine", post_title=POSTS[1]),
        workplace=Workplace.objects.get(name="易县东岭铁矿"),
        reason="近三年在该单位任职",
        by=by,
        at=at,
    )
    drives = []
    for row in DRIVES:
        drive = open_drive(
            campaign=campaign,
            kind="joint",
            title=row.title,
            title_en=row.title_en,
            theme=Theme.objects.get(code=row.theme),
            task=task_called(campaign, "joint-inspections"),
            led_by=unit_by_code(OFFICE),
            from_on=row.from_on,
            to_on=row.to_on,
            trades=row.trades,
            by=by,
            at=at,
        )
        propose_teams(drive=drive, count=row.teams, by=by, at=at)
        lay_down_seed(drive=drive, seed=f"demo {row.theme}", by=by, at=at)
        drives.append(drive)
    return drives


def hold_draws(campaign: Campaign, *, by: str, at: datetime) -> list[Draw]:
    """Draw for each of the drives whom it inspects, by whom, and on which of its days."""
    draws = []
    for row in DRIVES:
        drive = Drive.objects.select_related("led_by", "campaign").get(campaign=campaign, title=row.title)
        draws.append(
            hold_draw(
                drive=drive,
                count=row.count,
                days=sorted({row.from_on, row.to_on}),
                visits_a_day=3,
                witness="骰子 3 5 2",
                by=by,
                at=at,
            )
        )
    return draws
