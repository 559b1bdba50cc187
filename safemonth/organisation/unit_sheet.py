"""Reads a unit list from a table: code, name, kind and parent in any order, in Chinese or English.

A plain reader: no Django, no database. Codes are made where the list has none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop

HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("code", "代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "单位代码", "单位编码"),
    "name": ("name", "名称", "单位", "单位名称", "机构名称", "unit", "unitname", "区划名称"),
    "name_en": ("nameen", "englishname", "英文名称", "英文名"),
    "kind": ("kind", "type", "level", "类别", "类型", "级别", "单位类型", "单位类别", "层级"),
    "parent_code": ("parentcode", "上级代码", "上级编码", "父级代码", "上级单位代码"),
    "parent_name": (
        "parent",
        "parentname",
        "上级",
        "上级单位",
        "上级名称",
        "上级单位名称",
        "所属乡镇",
        "主管部门",
        "隶属",
    ),
    "population": ("population", "人口", "人口数", "常住人口"),
    "premises": ("premises", "premiseskind", "场所类别", "场所类型", "行业", "业态"),
    "other_names": ("othernames", "aliases", "alias", "shortname", "简称", "别名", "其他名称", "曾用名"),
}

KINDS: dict[str, tuple[str, ...]] = {
    "county": ("county", "district", "县", "区", "市", "县级", "县区"),
    "township": ("township", "town", "乡镇", "镇", "乡", "街道", "街道办", "乡级", "乡镇街道", "开发区"),
    "village": ("village", "community", "村", "社区", "村级", "村社区", "行政村", "居委会", "村居"),
    "department": ("department", "bureau", "部门", "县直部门", "单位", "机关", "县直单位", "成员单位", "政府部门"),
    "media": ("media", "媒体", "新闻媒体"),
    "carrier": ("carrier", "运营商", "通信企业", "通信运营商", "phonecarrier"),
    "school": ("school", "学校"),
    "hospital": ("hospital", "医院", "医疗机构"),
    "enterprise": ("enterprise", "company", "business", "企业", "公司", "重点企业", "生产经营单位"),
    "premises": ("premises", "otherpremises", "场所", "其他场所", "宾馆", "商场", "超市", "饭店", "公共场所"),
}

# What sort of premises a word or the ending of a name means (`models.PremisesKind`); the first that fits.
PREMISES: tuple[tuple[str, str], ...] = (
    (r"(宾馆|酒店|旅馆|客栈|民宿|招待所|hotel|inn)$", "hotel"),
    (r"(超市|商场|商厦|百货|购物中心|便利店|商店|supermarket|shop|mall)$", "supermarket"),
    (r"(饭店|餐厅|餐馆|饭庄|酒楼|火锅城|restaurant)$", "restaurant"),
    (r"(集贸市场|农贸市场|批发市场|市场|market)$", "market"),
    (r"(影院|影城|歌厅|网吧|娱乐城|KTV|游乐场|cinema|entertainment)$", "entertainment"),
    (r"(汽车站|火车站|客运站|车站|station)$", "station"),
    (r"(景区|景点|公园|scenicspot|scenicarea|park)$", "scenic"),
    (r"(加油站|加气站|petrolstation)$", "petrol"),
    (r"(小区|住宅区|花园|家园|housingestate)$", "housing"),
    (r"(工地|项目部|buildingsite)$", "site"),
)

# By the ending of the name where no kind is given; the first that fits.
KIND_BY_ENDING: tuple[tuple[str, str], ...] = (
    (r"(镇|乡|街道|街道办事处|苏木|开发区|镇人民政府|乡人民政府|township|town)$", "township"),
    (r"(村|社区|村委会|居委会|村民委员会|居民委员会|嘎查|village|community)$", "village"),
    (r"(医院|卫生院|hospital)$", "hospital"),
    (r"(学校|中学|小学|学院|幼儿园|school)$", "school"),
    (r"(电视台|广播电台|日报社|报社|融媒体中心|县报)$", "media"),
    (r"(移动|联通|电信|网通)(分公司|公司)?$", "carrier"),
    (r"(公司|厂|矿|集团|矿业|企业|加油站|煤矿|company)$", "enterprise"),
    (r"(宾馆|酒店|饭店|超市|商场|商厦|餐厅|hotel|supermarket)$", "premises"),
    (r"(局|委|办|部|会|大队|中心|院|所|站|支队|办公室|委员会|总队|团县委|bureau|office|department)$", "department"),
)


@dataclass(frozen=True)
class UnitRow:
    """One line of the list as read; `row` counts from 1."""

    row: int
    code: str
    name: str
    kind: str
    parent_code: str
    name_en: str
    population: int | None
    other_names: tuple[str, ...]
    premises_kind: str = ""


def read_unit_rows(table: Sequence[Sequence[str]]) -> list[UnitRow]:
    """Return the units of a table (rows of cell texts, the header among the first ten rows).

    A parent may be given by code or by name; none: the first unit without a parent is the top and the
    others stand under it. Raises Refused with the row where a unit cannot be read.
    """
    header_at, columns = _header(table)
    rows: list[UnitRow] = []
    by_name: dict[str, str] = {}
    seen: dict[str, int] = {}
    for number, cells in enumerate(table[header_at + 1 :], start=header_at + 2):
        found = {field: cells[column].strip() for field, column in columns.items() if column < len(cells)}
        name = found.get("name", "")
        if not name:
            if any(cell.strip() for cell in cells):
                raise Refused("unit_without_name", gettext_noop("Row %(row)s has no name of a unit."), row=number)
            continue
        kind = _kind(found.get("kind", ""), name=name, is_first=not rows, row=number)
        parent_name = found.get("parent_name", "")
        parent = found.get("parent_code", "") or by_name.get(parent_name, "")
        if parent_name and not parent and rows and parent_name != rows[0].name:
            raise Refused(
                "unknown_parent_name",
                gettext_noop("Row %(row)s: “%(unit)s” stands under “%(parent)s”, which is not named above it."),
                row=number,
                unit=name,
                parent=parent_name,
            )
        code = found.get("code", "").removesuffix(".0") or _made_code(parent or (rows[0].code if rows else ""), name)
        if code in seen:
            raise Refused(
                "unit_code_twice",
                gettext_noop("Row %(row)s: code %(code)s stands in row %(other)s already."),
                row=number,
                code=code,
                other=seen[code],
            )
        if not rows:
            parent = ""  # The level above us (a city) is not ours to keep.
        elif not parent:
            parent = rows[0].code
        seen[code] = number
        by_name.setdefault(name, code)
        population = found.get("population", "").replace(",", "").removesuffix(".0")
        if population and not population.isdecimal():
            raise Refused(
                "population_not_a_number",
                gettext_noop("Row %(row)s: the population “%(text)s” is not a number."),
                row=number,
                text=population,
            )
        rows.append(
            UnitRow(
                row=number,
                code=code,
                name=name,
                kind=kind,
                parent_code=parent.removesuffix(".0"),
                name_en=found.get("name_en", ""),
                population=int(population) if population else None,
                other_names=tuple(filter(None, re.split(r"[;；、,，/|]\s*", found.get("other_names", "")))),
                premises_kind=premises_kind_of(found.get("premises", "") or found.get("kind", ""), name=name)
                if kind == "premises" or found.get("premises")
                else "",
            )
        )
    if not rows:
        raise Refused("no_units_in_file", gettext_noop("The file has a header but no units below it."))
    return rows


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-（）()：:]+", "", text).casefold()


def _header(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for row, cells in enumerate(table[:10]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            for field, headings in HEADINGS.items():
                if _plain(cell) in headings and field not in columns:
                    columns[field] = column
        if "name" in columns:
            return row, columns
    raise Refused(
        "no_unit_header",
        gettext_noop("No header was found in the first ten rows. Name the columns: code, name, kind, parent_code."),
    )


def _kind(text: str, *, name: str, is_first: bool, row: int) -> str:
    plain = _plain(text)
    for kind, words in KINDS.items():
        if plain and plain in words:
            return kind
    if plain:
        raise Refused(
            "unknown_unit_kind",
            gettext_noop("Row %(row)s: “%(text)s” is not a kind of unit. Use one of: %(kinds)s"),
            row=row,
            text=text,
            kinds=", ".join(KINDS),
        )
    if is_first:
        return "county"
    for ending, kind in KIND_BY_ENDING:
        if re.search(ending, name.strip(), re.IGNORECASE):
            return kind
    return "premises"


def premises_kind_of(word: str, *, name: str) -> str:
    """Return the sort of premises that a list's word or else a name's ending means; empty where neither tells."""
    for text in (_plain(word), _plain(name)):
        for ending, sort in PREMISES:
            if text == sort or re.search(ending, text, re.IGNORECASE):
                return sort
    return ""


def _made_code(parent: str, name: str) -> str:
    """A code for a unit that has none: of its parent and name, so that it stays when the list is reordered."""
    return "u" + sha256_hex(f"{parent}/{name}".encode())[:10]
