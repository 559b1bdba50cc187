"""How names of workplaces are compared: what is left off, what tells branches apart, how near two are.

Edit distance with exchanged neighbours: optimal string alignment (Damerau 1964, doi:10.1145/363958.363994).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from safemonth.lib.numerals import chinese_value
from safemonth.organisation.rules import normalise_name

# Legal forms, that lists leave off or abbreviate; longest first.
LEGAL_ENDINGS: Final = (
    *("股份有限责任公司", "有限责任公司", "股份有限公司", "有限公司", "责任公司", "股份公司", "总公司", "公司", "集团"),
    *("有限合伙", "合伙企业", "个人独资", "个体工商户", "个体户", "个体", "coltd", "company", "limited", "ltd"),
)
# What sort of place it is; taken off the end, what is left is what people call it.
KIND_ENDINGS: Final = (
    *(
        "铁选厂",
        "选矿厂",
        "铁精粉厂",
        "石灰石矿",
        "采石场",
        "采石厂",
        "石料厂",
        "石材厂",
        "砂石厂",
        "采矿厂",
        "尾矿库",
        "水泥厂",
    ),
    *(
        "加油加气站",
        "加油站",
        "加气站",
        "液化气站",
        "充装站",
        "烟花爆竹",
        "鞭炮厂",
        "化工厂",
        "机械厂",
        "铸造厂",
        "砖瓦厂",
        "砖厂",
    ),
    *(
        "家具厂",
        "食品厂",
        "造纸厂",
        "塑料厂",
        "面粉厂",
        "门市部",
        "经销部",
        "经营部",
        "销售部",
        "零售店",
        "门市",
        "商店",
    ),
    *(
        "商场",
        "超市",
        "饭店",
        "酒店",
        "宾馆",
        "旅馆",
        "饭庄",
        "网吧",
        "歌厅",
        "小学",
        "中学",
        "学校",
        "幼儿园",
        "医院",
        "卫生院",
    ),
    *(
        "项目部",
        "项目",
        "工地",
        "工程",
        "运输队",
        "车队",
        "客运站",
        "货运站",
        "维修部",
        "修理厂",
        "养殖场",
        "农机站",
        "景区",
    ),
    *(
        "石材",
        "石料",
        "采石",
        "砂石",
        "水泥",
        "铁选",
        "选矿",
        "铁粉",
        "砖瓦",
        "家具",
        "机电",
        "铁业",
        "烟花",
        "爆竹",
        "工艺品",
    ),
    *(
        "铁矿",
        "煤矿",
        "金矿",
        "石矿",
        "矿山",
        "矿业",
        "建材",
        "石业",
        "化工",
        "机械",
        "铸造",
        "运输",
        "物流",
        "商贸",
        "工贸",
    ),
    *("实业", "建筑", "燃气", "石油", "食品", "制品", "加工厂", "加工", "分厂", "分矿", "分店", "分公司"),
    *("厂", "矿", "店", "场", "站", "部", "库", "队", "中心", "公司"),
)
# Province and city before the county: 河北省保定市易县 has six signs before it.
_LONGEST_BEFORE_COUNTY: Final = 10
# Where two names differ by one of these for another of the same row, they are two places (东关 and 西关).
_CONTRASTS: Final = tuple(
    frozenset(row)
    for row in (
        "东西南北中",
        "上下中",
        "大小中",
        "新老旧",
        "前后中",
        "左右",
        "内外",
        "甲乙丙丁戊己",
        "父母",
        "男女",
        "里外",
        "铁煤金铜",
    )
)
# 第二, 二号, 2号 and 2 are the same number.
_ORDINAL: Final = re.compile(r"第?([零〇一二三四五六七八九十百两]+|[0-9]+)号?")
_LATIN: Final = re.compile(r"[a-z]+")
EDITS_LOOKED_AT: Final = 2


@dataclass(frozen=True)
class NameForms:
    """A name as it is compared: the whole without marks, what is left without place and legal form (`core`), the same
    without its kind (`brand`), the numbers in it and the Latin letters."""

    whole: str
    core: str
    brand: str
    numbers: tuple[int, ...]
    letters: tuple[str, ...]


def normalise_workplace_name(name: str) -> str:
    """Return a name without marks and spaces, full-width made narrow, in small letters."""
    return normalise_name(name).replace("#", "")


@lru_cache(maxsize=50_000)
def name_forms_of(name: str, places: tuple[str, ...] = ()) -> NameForms:
    """Return a name's forms; `places` are names of county and township, which lists put before it or leave off.

    At least two signs are always left. Empty name: all forms empty.
    """
    whole = normalise_workplace_name(name)
    core = _without_places(whole, places)
    core = _without_endings(core, LEGAL_ENDINGS)
    core = _ORDINAL.sub(lambda found: str(_number(found[1])), core)
    brand = core
    while (shorter := _without_endings(brand, KIND_ENDINGS)) != brand:
        brand = shorter
    numbers = tuple(int(found) for found in re.findall(r"[0-9]+", core))
    return NameForms(whole=whole, core=core, brand=brand, numbers=numbers, letters=tuple(_LATIN.findall(core)))


def _number(text: str) -> int:
    return int(text) if text.isascii() else chinese_value(text.replace("两", "二")) or 0


def _without_places(text: str, places: Sequence[str]) -> str:
    """Return a name without the places before it; the first of `places` is the county, before which stand larger ones."""
    forms = [form for form in map(normalise_workplace_name, places) if form]
    if forms and 0 < (at := text.find(forms[0])) <= _LONGEST_BEFORE_COUNTY:
        text = text[at:]
    for _turn in range(3):
        for form in sorted(forms, key=len, reverse=True):
            # 县水泥厂 is 易县水泥厂, but 县城中心超市 is not.
            leads = (form, form[-1]) if form[-1] in "县区市" else (form,)
            lead = next((each for each in leads if text.startswith(each) and len(text) - len(each) >= 2), "")
            if lead and text[len(lead)] != "城":
                text = text[len(lead) :]
                break
        else:
            break
    return text


def _without_endings(text: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if text.endswith(ending) and len(text) - len(ending) >= 2:
            return text[: -len(ending)]
    return text


def edits_between(one: str, other: str, *, most: int = EDITS_LOOKED_AT) -> int:
    """Return how many single changes lead from one text to another (exchanged neighbours are one), or `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


@cache
def _like_signs() -> dict[str, frozenset[str]]:
    """Sign -> the signs that sound or look like it, as names are often misheard and mistyped (shipped list)."""
    path = files("safemonth").joinpath("collect/inspection/workplaces/data/like_signs.txt")
    like: dict[str, frozenset[str]] = {}
    for row in path.read_text("utf-8").split():
        for sign in row:
            like[sign] = like.get(sign, frozenset()) | frozenset(row)
    return like


def _is_like_slip(one: str, other: str) -> bool:
    """Whether two texts of one length differ in one sign only, for one that sounds or looks like it."""
    if len(one) != len(other) or len(one) < 3:
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and differing[0][1] in _like_signs().get(differing[0][0], ())


def are_apart(one: NameForms, other: NameForms) -> bool:
    """Return whether two names tell two places apart: other numbers (一矿, 二矿), other letters, or a contrast."""
    if one.core == other.core:
        return False
    if one.numbers != other.numbers or one.letters != other.letters:
        return True
    if len(one.core) != len(other.core):
        return False
    differing = [{a, b} for a, b in zip(one.core, other.core, strict=True) if a != b]
    return any(pair <= row for pair in differing for row in _CONTRASTS)


def _is_one_kind(one: NameForms, other: NameForms) -> bool:
    """Whether what is left off says the same: one says none, or 石材 and 石材厂."""
    kind, other_kind = one.core[len(one.brand) :], other.core[len(other.brand) :]
    return kind in other_kind or other_kind in kind


def nearness(one: NameForms, other: NameForms) -> str:
    """Return how near two names are: `equal`, `near`, `alike` or "" (docs/workplaces.md says what each needs).

    `equal`: the same but for place and legal form, and for a kind that one of them leaves off. `near`: one slip where what people call it
    has three signs or more (two from eight), neighbours exchanged, or a sign for one that sounds or looks like it. `alike`: one slip in a short name, one name within the other, or most signs
    shared; no more than a hint.
    """
    if not one.core or not other.core or are_apart(one, other):
        return ""
    if one.core == other.core or one.whole == other.whole:
        return "equal"
    if len(one.brand) >= 2 and one.brand == other.brand and _is_one_kind(one, other):
        return "equal"
    shorter = min(len(one.brand), len(other.brand))
    edits = edits_between(one.core, other.core)
    if (edits == 1 and shorter >= 3) or (edits == 2 and min(len(one.core), len(other.core)) >= 8 and shorter >= 4):
        return "near"
    is_exchange = edits == 1 and sorted(one.core) == sorted(other.core) and len(one.core) >= 4
    if is_exchange or _is_like_slip(one.core, other.core):
        return "near"
    if edits == 1 or one.core in other.core or other.core in one.core or one.brand == other.brand:
        return "alike"
    shared = len(set(one.core) & set(other.core)) / max(len(set(one.core)), len(set(other.core)))
    return "alike" if shared >= 0.6 else ""
