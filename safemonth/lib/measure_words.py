"""Measure words (量词) of Chinese counts, and the basis that each counts on."""

import re
from typing import Literal

Basis = Literal[
    "people", "person_times", "places", "place_times", "vehicles", "vehicle_times", "events", "things", "yuan"
]

PEOPLE = ("人", "名", "位", "口", "工")
PERSON_TIMES = ("人次", "名次", "人·次", "人天")
PLACES = ("家", "所", "户")
PLACE_TIMES = ("家次", "户次", "处次", "所次", "个次", "点次", "座次", "家·次")
VEHICLES = ("辆", "台车", "艘", "架", "部车", "列", "艇")
VEHICLE_TIMES = ("辆次", "台次", "车次", "艘次", "架次", "列次", "班次", "部次", "台班")
EVENTS = (
    "场",
    "次",
    "场次",
    "期",
    "期次",
    "回",
    "趟",
    "轮",
    "遍",
    "轮次",
    "届",
    "堂",
    "节",
    "课时",
    "天次",
    "课次",
    "班",
)
YUAN = ("元",)
THINGS = (
    # paper and publicity
    *("份", "册", "本", "张", "幅", "条", "块", "面", "件", "套", "篇", "版", "则", "封", "页", "版次", "份次", "本次"),
    *(
        "部",
        "集",
        "期次",
        "条次",
        "块次",
        "张次",
        "件次",
        "篇次",
        "项次",
        "宗次",
        "起次",
        "例次",
        "批次",
        "组次",
        "站次",
    ),
    *("刊", "票", "帖", "首", "字", "屏", "屏次", "栏", "帧", "幅次", "副", "双", "对", "盏", "扇", "把", "顶", "床"),
    # containers and amounts
    *("袋", "包", "盒", "箱", "盘", "卷", "瓶", "桶", "罐", "捆", "挂", "串", "条次", "发", "响", "饼", "扎", "车"),
    *("吨", "公斤", "千克", "斤", "克", "升", "公升", "毫升", "平方米", "立方米", "立方", "平米", "方", "亩", "公顷"),
    *("公里", "千米", "米", "里", "平方公里", "延米", "平方"),
    # things and places
    *(
        "个",
        "处",
        "座",
        "栋",
        "幢",
        "间",
        "台",
        "架次",
        "支",
        "只",
        "枚",
        "根",
        "组",
        "队",
        "群",
        "口井",
        "台套",
        "台件",
    ),
    *("眼", "孔", "道", "段", "层", "棵", "株", "头", "匹", "枝", "杆", "片", "粒", "颗", "滴", "门", "点", "站", "路"),
    *("起", "宗", "例", "桩", "项", "类", "种", "批", "号", "等", "股", "团", "桌", "尊", "丛", "轴", "具", "樽", "尾"),
)
MEASURE_WORDS = tuple(
    sorted(
        {*PEOPLE, *PERSON_TIMES, *PLACES, *PLACE_TIMES, *VEHICLES, *VEHICLE_TIMES, *EVENTS, *YUAN, *THINGS},
        key=lambda word: (-len(word), word),
    )
)

# What may not follow, because the two together are another word: 5 个月, 3 人大代表.
NOT_BEFORE = {
    "个": "月小钟百工季星年半",
    "家": "庭长",
    "人": "民大社员均物才行力身流生口群",
    "口": "径岸",
    "条": "例款",
    "处": "理置罚分于长",
    "次": "数日要序",
    "期": "间限",
    "部": "门队分委级署长",
    "组": "织长成员",
    "点": "火名钟半",
    "面": "对向积临",
    "起": "来到步",
    "本": "月市县区镇乡年周季",
    "场": "所地镇",
    "道": "路交",
    "所": "有属在",
    "支": "队部付持撑",
    "号": "文楼召令院",
    "等": "级分",
    "路": "段口",
    "方": "面式案针",
    "里": "面程",
    "车": "辆间站",
    "班": "子组",
    "字": "幕",
    "天": "",
    "户": "外",
    "升": "级",
    "发": "放布展出",
    "队": "伍员长",
    "课": "题",
    "站": "点",
    "工": "作程地业",
    "门": "店卫",
    "集": "中团体",
    "例": "如",
    "版": "面块",
    "片": "区",
    "层": "级次面",
    "节": "假约日",
    "批": "准评示",
    "种": "植",
    "对": "于照",
    "双": "方",
    "群": "众",
    "根": "据本",
    "页": "面",
    "间": "隔",
    "屏": "幕",
    "元": "旦素",
    "台": "风账",
}

_plain = "|".join(
    re.escape(word) + (f"(?![{NOT_BEFORE[word]}])" if NOT_BEFORE.get(word) else "") for word in MEASURE_WORDS
)
_other = "|".join(re.escape(word) for word in MEASURE_WORDS)
# 份(册), 人（次）, 台（套、件）, 人/次, 份/册
MEASURE_WORD_PATTERN = rf"(?:{_plain})(?:[(](?:{_other})(?:[、/,](?:{_other}))*[)]|/(?:{_other}))?"
MEASURE_WORD = re.compile(MEASURE_WORD_PATTERN)


def basis_of(unit_word: str) -> Basis:
    """Return the basis that a measure word counts on.

    `unit_word` is the word as found (人次, 人(次), 个单位, 份（册）; full-width brackets are read as
    half-width); the empty word and words unknown here count `things`. People and person-times, places
    and place-times, vehicles and vehicle-times are never added together (docs/figures/).
    """
    word = unit_word.translate(str.maketrans("（）／", "()/")).strip()
    first = re.split(r"[(/]", word, maxsplit=1)[0]
    if re.search(r"[(/]次", word):
        first += "次"
    bases: tuple[tuple[Basis, tuple[str, ...]], ...] = (
        ("person_times", PERSON_TIMES),
        ("people", PEOPLE),
        ("place_times", PLACE_TIMES),
        ("places", (*PLACES, "个单位", "处所")),
        ("vehicle_times", VEHICLE_TIMES),
        ("vehicles", (*VEHICLES, "台")),
        ("events", EVENTS),
        ("yuan", (*YUAN, "万元", "亿元", "元人民币", "人民币")),
    )
    return next((basis for basis, words in bases if first in words), "things")
