"""What a heading means: certain, or asked; never guessed."""

import csv
import re
import unicodedata
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from safemonth.collect.readers.sheets.cells import basis_of_word
from safemonth.lib.indicators import IndicatorName
from safemonth.lib.measure_words import basis_of

# Columns that are not results. The first that fits; the code says why the column is passed over.
NOT_RESULTS: tuple[tuple[str, str], ...] = (
    (r"去年|上年|同期|往年|last\s*year|previous", "last_year"),
    (r"上周|上月|上期|上一[周月期]|last\s*(week|month|period)", "last_period"),
    (
        r"计划|目标|任务数|任务量|^应(?!急)|应(?=完成|整改|报|发)|指标值|\bplan(ned|s)?\b|\btargets?\b|\bgoals?\b|expected",
        "plan",
    ),
    (r"同比|环比|增长|增减|\bgrowth\b|\bchange\b", "change"),
    (r"率$|率[（(%]|占比|比例|百分比|%|percent|\bratio\b|\brate$", "ratio"),
)
TO_DATE = re.compile(r"累计|截至|截止|至今|to\s*date|cumulative", re.IGNORECASE)
PART = re.compile(r"^(其中|含|of which|including)[:：,，]?", re.IGNORECASE)
PERIOD = re.compile(r"本周|本月|本期|当月|当周|本旬|this\s*(week|month|period)", re.IGNORECASE)
SCALE = re.compile(r"[（(]\s*(万|千|亿|百)\s*([一-鿿]{0,3})\s*[）)]")
SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
ENGLISH_MEASURE = re.compile(
    r"[(（]\s*((?:person|business|vehicle)[- ]?(?:times|visits)|persons|people|copies|yuan|sessions)\s*[)）]", re.I
)
MEASURE = re.compile(r"[（(/／]\s*([一-鿿、]{1,6})\s*[）)]?$")
# Words that say nothing of what is counted, so that "开展应急演练情况" is 应急演练.
_FILLERS = re.compile(
    r"(情况|数量|总数|数目|个数|总量|合计|总计|共计|数据|安全生产月?|安全月|活动期间|活动月|本次|全县|全镇|全乡|全部|各类|各种|组织|开展|进行|"
    r"累计|截至目前|截至|本周|本月|本期|当月|当日|现场|实际|完成|共|了)"
)
# A noun with the measure word in brackets after it is certain where neither alone would be: 培训 with 期 or with 人.
WITH_MEASURE: tuple[tuple[str, str, str], ...] = (
    (r"(参加|参与)?.*演练.*|参演.*", "人|人次|名", "people_in_drills"),
    (r".*演练", "次|场|场次", "drills"),
    (r".*培训.*", "人|人次|名", "people_trained"),
    (r".*培训(班)?", "期|次|场|班|场次", "training_sessions"),
    (r".*(讲座|宣讲|公开课|大讲堂)", "场|次|场次|期", "lectures"),
    (r".*咨询.*", "人|人次|名", "people_consulted"),
    (r"检查.*(企业|单位|工地|商户|门店|场所|站点|矿山|厂矿)|检查", "家|家次|户", "enterprises_inspected"),
    (r"出动.*(检查|执法).*|(检查|执法)人员", "人|人次|名", "inspectors_deployed"),
    (r".*(横幅|条幅|布标)", "条|幅", "banners_hung"),
    (r".*标语", "条|张", "slogans_posted"),
    (r".*展板", "块|个", "display_boards"),
    (r".*(黑板报|板报|宣传栏|宣传橱窗|墙报)", "块|期|处|个", "publicity_columns"),
    (r"(发放|散发|分发|发).*(资料|材料|传单|宣传单|明白纸|折页|宣传页)", "份|张|页", "leaflets_distributed"),
    (r"(查出|发现|排查|自查|查找|检查出).*隐患", "处|项|条|个|起", "hazards_found"),
    (r"(整改|消除|治理|完成整改).*隐患|隐患.*整改", "处|项|条|个|起", "hazards_rectified"),
    (r".*(受教育|教育).*(群众|师生|职工|人员|学生|村民|居民|人数)?", "人|人次|名", "people_reached"),
    (r"出动.*宣传车(辆)?|.*宣传车(辆)?", "辆|台|辆次|台次", "publicity_vehicles"),
    (r".*短信.*", "条", "sms_sent"),
    (r".*(会议|现场会|动员会|推进会)", "次|场|个", "meetings"),
)
# Last parts that mean nothing without their group, and the words of a group under which they still mean the usual.
DEPENDS_ON_GROUP: tuple[tuple[str, str], ...] = (
    (r"(发放|分发|散发|印制|印刷|印发)(数|份数)?|distributed|givenout|handedout|printed", r"(?!)"),
    (
        r"(参加|参与|到场|参会)?(人数|人员|人次|群众|职工)|participants|attendance|attendees",
        r"宣传|活动|安全|生产|主题|教育",
    ),
    (
        r"(已|完成)?整改(完成|到位)?(数|数量)?|rectified|corrected|putright",
        r"隐患|排查|治理|检查|问题|整治|执法|专项|安全|和|及|hazards?",
    ),
    (r"场次|次数|人次|数量|份数|检查|关闭|警告|问题|处罚", r"(?!)"),
    (r"出动车辆|车辆", r"检查|执法|监督"),
)
# A group that only names a chapter of the return: what stands under it keeps its meaning.
CHAPTERS = re.compile(
    r"宣传|教育|培训|检查|执法|监督|监管|隐患|排查|治理|整治|专项|演练|应急|咨询|活动|媒体|氛围|主题|工作|统计|处罚|行政|打非治违|"
    r"基本|安全|生产|落实|方面|信息|概况|[、和与及月日周]|general|basic|information"
)
# 1. 发放资料, （二）悬挂横幅
NUMBERING = re.compile(r"^(?:[(（][\d一二三四五六七八九十]+[)）]|[\d一二三四五六七八九十]+[.、．)）](?!\d))\s*")
# Headings of one of these words say what was done and not with what.
NOTHING_ALONE = frozenset(
    "发放 发放数 分发 印制 印制数 印刷数 咨询 检查 出动车辆 distributed givenout handedout printed".split()
)
# What is done with a thing does not change what it is: 发放明白纸, 悬挂安全横幅. Printing does, and is not here.
_verbs = re.compile(r"^(发放|散发|分发|悬挂|张挂|张贴|摆放|摆出|设置|设立|开展|举办|召开|出动|组织|参加|接受|安全)+")
_MARKS = re.compile(r"[\s:：,，.。、;；*＊\-—_/／|'\"“”《》<>\[\]【】]+")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
MOST_CHOICES = 6
SHORTEST_CONTAINED = 2


@dataclass(frozen=True)
class Heading:
    """What one column (or row label) is about.

    `meaning` is an indicator's code, a column meaning (`unit`, `date`, …), `ask` where it is open, or `` where there is no
    heading. `why_not` is set where its numbers are not results (plan, last_year, …). `scale` multiplies. `choices` are
    the codes that come nearest where it is open.
    """

    text: str
    meaning: str
    measure_word: str = ""
    scale: int = 1
    is_to_date: bool = False
    is_part: bool = False
    why_not: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a person must say what it means."""
        return self.meaning == "ask"


COLUMN_MEANINGS = frozenset(
    "serial unit unit_code date place title kind participants note item amount measure_word period total ratio ignore".split()
)


def normalise_heading(text: str) -> str:
    """Return a heading as headings are compared: narrow, without spaces and marks, brackets kept, lower case."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _lexicon() -> dict[str, str]:
    """Every shipped heading, normalised, with its meaning. A heading without its bracketed part counts too."""
    table: dict[str, str] = {}
    with files("safemonth").joinpath("collect/readers/sheets/headings.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for word in row["headings"].split("|"):
                table.setdefault(normalise_heading(word), row["meaning"])
    return table


@lru_cache(maxsize=8)
def _named(names: tuple[tuple[str, str, str], ...]) -> dict[str, str]:
    """Indicators' own names in both languages, normalised, with their codes."""
    return {normalise_heading(name): code for code, name_zh, name_en in names for name in (name_zh, name_en)}


def read_heading(
    path: tuple[str, ...],
    *,
    indicators: Mapping[str, IndicatorName],
    taught: Mapping[str, str],
    with_choices: bool = True,
) -> Heading:
    """Return what a heading means, from its parts top down ("宣传资料", "发放（份）").

    Taught answers come first. The whole path decides before its last part; a shipped heading inside a
    longer one decides only where nothing but empty words is left over; all else is asked, with the nearest
    indicators to choose from (`with_choices`; they take time to find).
    """
    parts = tuple(dict.fromkeys(part for part in path if part.strip()))
    text = " / ".join(parts)
    if not parts:
        return Heading("", "")
    joined = "".join(parts)
    plain = unicodedata.normalize("NFKC", joined)
    common = {
        "text": text,
        "measure_word": _measure_word(parts),
        "scale": _scale(plain),
        "is_to_date": bool(TO_DATE.search(plain)) and not PERIOD.search(unicodedata.normalize("NFKC", parts[-1])),
        "is_part": bool(PART.match(parts[-1].strip())),
    }
    why_not = next((code for pattern, code in NOT_RESULTS if re.search(pattern, _BRACKETS.sub("", plain), re.I)), "")
    table: Mapping[str, str] = ChainMap({normalise_heading(word): m for word, m in taught.items()}, _lexicon())
    for candidate in (text, joined, parts[-1]):
        if (meaning := taught.get(normalise_heading(candidate))) is not None:
            return Heading(meaning=meaning, why_not="" if meaning in indicators else why_not, **common)  # type: ignore[arg-type]
    own = _named(tuple((known.code, known.name_zh, known.name_en) for known in indicators.values()))
    word = str(common["measure_word"])
    for candidate, of_last_part in _candidates(parts):
        meaning = own.get(candidate) or table.get(candidate)
        if meaning in ("ask", None) or (of_last_part and not _decides_alone(candidate, meaning, parts[:-1])):
            continue
        if len(parts) == 1 and candidate in NOTHING_ALONE and not word:
            continue
        if common["is_part"] and any(re.fullmatch(pattern, candidate) for pattern, _ in DEPENDS_ON_GROUP):
            continue  # 其中：已整改, after 重大隐患 or after all of them?
        if meaning in indicators and not may_be_counted_in(word, indicators[meaning].measure_words):
            continue
        if meaning == "ratio":
            return Heading(meaning="ratio", why_not="ratio", **common)  # type: ignore[arg-type]
        return Heading(meaning=meaning, why_not=why_not, **common)  # type: ignore[arg-type]
    if re.search(r"(日期|时间)$", _BRACKETS.sub("", plain)):
        return Heading(meaning="date", why_not="", **common)  # type: ignore[arg-type]
    counted = _with_count_word(parts, indicators=indicators, table=table)
    if counted:
        return Heading(meaning=counted, why_not=why_not, **common)  # type: ignore[arg-type]
    if why_not:
        return Heading(meaning="ratio" if why_not == "ratio" else "ignore", why_not=why_not, **common)  # type: ignore[arg-type]
    choices = _nearest(joined, indicators=indicators, table=table) if with_choices else ()
    return Heading(meaning="ask", choices=choices, **common)  # type: ignore[arg-type]


def _decides_alone(last: str, meaning: str, groups: tuple[str, ...]) -> bool:
    """Whether a heading's last part means the same under its groups as alone: 横幅 does, 发放 and 参加人数 do not."""
    group = _FILLERS.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", "".join(groups))))
    needed = next((words for pattern, words in DEPENDS_ON_GROUP if re.fullmatch(pattern, last)), None)
    if needed is not None:
        return not re.sub(needed, "", normalise_heading(group))
    if meaning in ("unit", "item", "title", "kind", "place", "participants", "amount", "date"):
        return not CHAPTERS.sub("", normalise_heading(group))
    return True


def may_be_counted_in(word: str, measure_words: tuple[str, ...]) -> bool:
    """Whether what a heading names can be counted in its measure word: leaflets never in people, fines never in cases."""
    if not word or not measure_words or word in measure_words:
        return True
    apart = {"people": "people", "person_times": "people", "yuan": "yuan"}
    usual = {apart.get(basis_of(known), "") for known in measure_words}
    return apart.get(basis_of_word(word), "") in usual


def _candidates(parts: tuple[str, ...]) -> list[tuple[str, bool]]:
    """The forms under which a heading may stand in the lexicon, the surest first, and whether only its last part spoke."""
    whole, last = _forms("".join(parts)), _forms(parts[-1]) if len(parts) > 1 else []
    # "人数" under a group "接受咨询" is decided by the group with the last word, both ways round.
    pairs: list[str] = []
    if len(parts) > 1:
        group, end = (_FILLERS.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", p))) for p in parts[-2:])
        pairs = [normalise_heading(end + group), normalise_heading(group + end)]
    found = dict.fromkeys(form for form in (*whole[:2], *pairs, *whole[2:]) if form)
    return [*((form, False) for form in found), *((form, True) for form in last if form and form not in found)]


def _forms(words: str) -> list[str]:
    words = PART.sub("", NUMBERING.sub("", unicodedata.normalize("NFKC", words).strip()))
    bare = _BRACKETS.sub("", words)
    plain = _FILLERS.sub("", bare)
    less = re.sub(r"数$", "", plain)
    return list(dict.fromkeys(normalise_heading(form) for form in (words, bare, plain, less, _verbs.sub("", less))))


def _with_count_word(
    parts: tuple[str, ...], *, indicators: Mapping[str, IndicatorName], table: Mapping[str, str]
) -> str:
    """The indicator of a heading that ends in a count word of its own measure: 悬挂横幅条数, 应急演练 / 场次.

    人数 after 演练 is no measure of drills, so that stays open.
    """
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", "".join(parts)))
    word = _measure_word(parts)
    last = PART.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", parts[-1])).strip())
    for noun, words, code in WITH_MEASURE:
        if word and re.fullmatch(words, word) and re.fullmatch(noun, last):
            return code
    match = re.fullmatch(
        r"(.{2,}?)(份|条|块|张|幅|册|本|场|期|辆|处|个|家|件|部|篇|户|面|次|人)(次|数|次数)", normalise_heading(plain)
    )
    if not match:
        return ""
    for form in (match[1], normalise_heading(_FILLERS.sub("", match[1]))):
        meaning = table.get(form, "")
        if meaning in indicators and match[2] in "".join(indicators[meaning].measure_words):
            return meaning
    return ""


def _measure_word(parts: tuple[str, ...]) -> str:
    for part in reversed(parts):
        match = MEASURE.search(unicodedata.normalize("NFKC", part).replace("(", "（").replace(")", "）"))
        if match:
            word = match[1]
            return word.removeprefix("万").removeprefix("千") or word
    last = unicodedata.normalize("NFKC", parts[-1])
    if match := ENGLISH_MEASURE.search(last):
        return match[1]
    for ending in ("人次", "家次", "辆次", "场次", "台次"):
        if ending in last:
            return ending
    return ""


def _scale(text: str) -> int:
    match = SCALE.search(text.replace("(", "（").replace(")", "）"))
    return SCALES[match[1]] if match else 1


def _nearest(text: str, *, indicators: Mapping[str, IndicatorName], table: Mapping[str, str]) -> tuple[str, ...]:
    """The codes whose headings share most with a text, best first."""
    plain = normalise_heading(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    scores: dict[str, float] = {}
    for word, meaning in table.items():
        if meaning not in indicators or len(word) < SHORTEST_CONTAINED:
            continue
        if word in plain:
            score = len(word) / max(len(plain), 1) + 1
        elif plain and plain in word:
            score = len(plain) / len(word)
        else:
            shared = len(set(word) & set(plain)) if re.search(r"[\u4e00-\u9fff]", word) else 0
            score = shared / max(len(word), len(plain), 1) - 0.5
        if score > 0:
            scores[meaning] = max(scores.get(meaning, 0.0), score)
    return tuple(sorted(scores, key=lambda code: (-scores[code], code)))[:MOST_CHOICES]


def looks_like_total(text: str) -> bool:
    """Return whether a row's (or column's) label says that it is a total of others and no unit."""
    return bool(_TOTAL.fullmatch(normalise_heading(text)))


_TOTAL = re.compile(
    r"(全县|全市|全区|全镇|全乡|县级|乡镇|部门|本页|本表|以上|各单位)?(合计|总计|小计|共计|总和|总数|累计合计|汇总)(数|\(.*\))?|total|subtotal|grandtotal|sum|totals"
)
