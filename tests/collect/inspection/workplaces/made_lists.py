"""Made lists of workplaces with planted doubles, and with pairs that look like doubles and are none."""

import csv
import io
import random
from dataclasses import dataclass

from tests.collect.inspection.workplaces.codes import code_of

BRANDS = list("鑫宏金盛恒华瑞泰隆昌兴旺永福祥顺达源丰裕诚信广德亿嘉利安康宁")
KINDS = (
    ("采石场", "采石"),
    ("铁选厂", "选矿"),
    ("石材厂", "石材加工"),
    ("加油站", "加油站"),
    ("水泥制品厂", "水泥"),
    ("砖厂", "砖瓦"),
    ("机械厂", "机械制造"),
    ("超市", "商场超市"),
    ("饭店", "餐饮"),
    ("运输队", "道路运输"),
    ("化工厂", "化工"),
    ("家具厂", "家具"),
)
TOWNSHIPS = ("北乡", "南乡", "西镇")
HEADINGS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "行业",
    "所在乡镇",
    "详细地址",
    "联系电话",
    "经度",
    "纬度",
    "负责人职务",
    "风险等级",
)


@dataclass
class Line:
    """One row of a made list; `of` is the row (by place in the list) of which it is a planted double."""

    name: str
    code: str
    trade: str
    township: str
    address: str
    phone: str
    longitude: float
    latitude: float
    of: int | None = None
    how: str = ""


def made_lines(count: int, *, seed: int) -> list[Line]:
    """Return `count` different workplaces: among them branches, contrasts, one name in two townships, shared phones."""
    chance = random.Random(seed)
    lines: list[Line] = []
    names: set[tuple[str, str]] = set()
    while len(lines) < count:
        kind, trade = chance.choice(KINDS)
        brand = "".join(chance.sample(BRANDS, chance.choice((2, 2, 2, 3))))
        township = chance.choice(TOWNSHIPS)
        roll = chance.random()
        group = [f"{brand}{kind}"]
        places = [township]
        if roll < 0.08:
            group = [f"{brand}一{kind[-1]}", f"{brand}二{kind[-1]}"]
            places = [township, township]
        elif roll < 0.12:
            group = [f"{chance.choice('东西')}关{brand}{kind}"]
            group.append(group[0].translate(str.maketrans("东西", "西东")))
            places = [township, township]
        elif roll < 0.18:
            group *= 2
            places = chance.sample(TOWNSHIPS, 2)
        phone = f"1{chance.choice('358')}{chance.randrange(10**9):09d}"
        for name, where in zip(group, places, strict=True):
            if (name, where) in names:
                continue
            names.add((name, where))
            number = len(lines)
            lines.append(
                Line(
                    name=name,
                    code=code_of(seed * 10_000 + number) if chance.random() < 0.7 else "",
                    trade=trade,
                    township=where,
                    address=f"{where}{chance.choice(('东关村', '河口村', '石家庄村'))}{chance.randrange(1, 400)}号",
                    phone=phone,
                    longitude=round(115 + chance.random() * 0.5, 5),
                    latitude=round(39 + chance.random() * 0.5, 5),
                )
            )
    return lines[:count]


def planted(lines: list[Line], count: int, *, seed: int) -> list[Line]:
    """Return doubles of some of the lines, each spoiled in one of the ways in which lists differ."""
    chance = random.Random(seed + 1)
    doubles = []
    for of in chance.sample(range(len(lines)), count):
        line = lines[of]
        how = chance.choice(
            ("prefix", "legal", "typo", "typo_bare", "no_code", "township_prefix", "dropped", "moved", "exchanged")
        )
        name, code, address, phone = line.name, line.code, line.address, line.phone
        longitude, latitude = line.longitude, line.latitude
        if how == "prefix":
            name, code = f"山县{name}", ""
        elif how == "legal":
            name, code = f"{name}有限责任公司", ""
        elif how == "typo":
            place = chance.randrange(2)
            name, code, address = name[:place] + chance.choice("鸿森洪淼") + name[place + 1 :], "", ""
        elif how == "typo_bare":
            # A slip, and nothing else in common: only a longer name shows it.
            place = chance.randrange(2)
            name, code, address, phone = name[:place] + chance.choice("鸿森洪淼") + name[place + 1 :], "", "", ""
            longitude = latitude = 0.0
        elif how == "no_code":
            code, phone = "", ""
        elif how == "township_prefix":
            name, code = f"{line.township}{name}", ""
        elif how == "dropped":
            name, code, phone = name[:1] + name[2:], "", phone
        elif how == "moved":
            name, code, address, phone = f"山县{name}公司", "", "", ""
            longitude, latitude = round(longitude + 0.0004, 5), round(latitude - 0.0003, 5)
        else:
            name, code = name[1] + name[0] + name[2:], ""
        doubles.append(Line(name, code, line.trade, line.township, address, phone, longitude, latitude, of=of, how=how))
    return doubles


def as_csv(lines: list[Line]) -> bytes:
    """Return the lines as a spreadsheet's bytes, with a title above."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["生产经营单位台账"])
    rows.writerow(HEADINGS)
    for number, line in enumerate(lines, 1):
        position = (line.longitude, line.latitude) if line.longitude else ("", "")
        rows.writerow(
            (
                number,
                line.name,
                line.code,
                line.trade,
                line.township,
                line.address,
                line.phone,
                *position,
                "安全矿长",
                "黄",
            )
        )
    return out.getvalue().encode()
