"""What is not a figure of an activity: dates, ordinals, kinds, shares, plans, background (Chinese)."""

import re

from safemonth.lib.quantities import Quantity

# 12类, 20余种, and words that are no measure of a result (号 of documents, 等 of ranks)
NEVER_COUNTED = frozenset("类 种 号 等 字 届 方 里 路 天次 团 股 版次 刊 轴 工 栏 站次 克".split())
PHYSICAL = frozenset(
    "米 千米 公里 平方米 平米 平方 平方公里 立方米 立方 亩 公顷 吨 公斤 千克 斤 克 升 公升 毫升 延米".split()
)
_before_excluded = re.compile(
    r"(?:第|每|平均|人均|户均|№|No\.?|电话|热线|拨打|编号|〔\d*|\[\d*|页|(?<!\d)0\d{2,3}-?|星期|周|阶段|岁|同比|环比|小于|低于|大于|高于|"
    r"(?<![至到减])少于|余下|争取|价值|总值|每[^,。;、\d]{1,4}|各(?:设|制|挂|贴|发|派|办|有|悬挂)?|距|长|宽|高|深|约束|连续|历时|近期|任务|计划|目标)$"
)
_after_excluded = re.compile(
    r"\s*(?:%|‰|[年月日时点分秒天周岁倍成℃度](?!次|内)|小时|分钟|周年|个月|个小时|个百分点|季度|月份|世纪|年代|万吨|公里|以下|进[”\"]|"
    r"余?年|多年|余?天|多天|工作日|楼|层|路|〕|\]|-\d{2,})"
)
_plan = re.compile(
    r"(?<![度法作查按照的])计划(?=在|于|开展|组织|用|对|出动|发放|检查|投入|举办|到|从|为|再|今|明|利用|通过|年内|\d)|"
    r"拟(?=于|定于|在|对|开展|组织|投入|举办|用|建|发)|预计|预期|力争|争取|有望|打算|即将|将要|届时|定于|"
    r"(?<![即把])将(?=于|在|对|开展|组织|举办|举行|继续|进一步|持续|分|派|出动|投入|安排|制作|实施|通过|从|会|以(?!上)|由|陆续|再|加大|"
    r"加强|适时|根据|按|结合|围绕|坚持|不断|全面|严格|至|依法|达到|新增|新建|完成|建|利用|采取|向|集中|重点|深入|常态|不定期|定期|成立|同步|"
    r"启动|发放|悬挂|印发|张贴|播放|邀请|聘请|评选|表彰|走进|开设|设立|设置|为期|历时|逐|把|联合|抽|用)|"
    r"下一步|下步|下阶段|接下来|今后|"
    r"(?<![截此目])(?:\d+日|月底|月末|年底|年前)(?:之|以)?前[,，]?(?!夕|后|已|来|往)|"
    r"要求(?=各|全|所有|企业|每|单位|到|在|其|其在|\d)|必须|应当|不得|须(?=在|于|组织|悬挂)|要(?=在|组织|做到|确保|至少|按照|对|悬挂|张贴|开展|结合|充分)|"
    r"目标(?=是|为|[:：])|确保(?=\S{0,12}(?:不少于|至少|达到))|不少于|不低于"
)
_not_plan = re.compile(r"将近|行将结束")
DONE = re.compile(r"共|累计|截至|截止|统计|已(?!经印发)|当天|当日|现场(?!会)|近日|日前|先后|了|获悉|昨|活动中")
_after_casualty = re.compile(r"^[^,。;、]{0,4}(?:死亡|受伤|遇难|身亡|伤亡|丧生|失踪|中毒|被困|重伤|轻伤|受灾)")
_before_casualty = re.compile(r"(?:死亡|受伤|遇难|身亡|丧生|失踪|重伤|轻伤|造成|致|死|伤)[^,。;、]{0,4}$")
_quoted = re.compile(r"“([^”“]{1,24})”|\"([^\"]{1,24})\"|《[^》]{1,60}》|『[^』]{1,24}』|「[^」]{1,24}」")
_is_fraction = re.compile(r"[/∶]\s*$|之$")
_price = re.compile(r"元[/每]|元以[上下]")


def quoted_spans(plain: str) -> list[tuple[int, int]]:
    """Return the spans of quoted names and titles, in which numbers are names: “三提示”, 《…2019年…》."""
    return [match.span() for match in _quoted.finditer(plain)]


def is_excluded(plain: str, quantity: Quantity, floor: int = 0) -> bool:
    """Say whether a quantity is by its own form and neighbours no figure (rule 6 of the marks).

    `floor` is where the quantity before it ends: nothing to the left of it belongs to this one.
    """
    unit = half(quantity.unit_word)
    before, after = plain[max(floor, quantity.start - 10) : quantity.start], plain[quantity.end : quantity.end + 12]
    if unit in NEVER_COUNTED or quantity.value == 0:
        return True
    if not unit and (_after_excluded.match(after) or (quantity.end < len(plain) and plain[quantity.end] in ".:/·-")):
        return True
    if unit and after[:1] == "/" and unit != "元":
        return True
    number_before = plain[max(floor, quantity.start - 10) : quantity.start].rstrip()
    if _before_excluded.search(number_before) or _is_fraction.search(number_before):
        return True
    if before[-1:] in "./·-∶" and before[-1:] and plain[max(0, quantity.start - 2) : quantity.start - 1].isdigit():
        return True
    if quantity.unit_word in ("人", "名", "起", "人次", "位") and (
        _after_casualty.match(after) or _before_casualty.search(before)
    ):
        return True
    return (unit == "元" and bool(_price.match(after))) or (
        unit == "元" and quantity.surface.endswith(("以上", "以下"))
    )


def half(unit_word: str) -> str:
    """Return a measure word with half-width brackets."""
    return unit_word.translate(str.maketrans("（）／", "()/"))


def plan_start(plain: str, start: int, end: int) -> int | None:
    """Return where in the sentence [start, end) a plan, forecast or demand begins, or None.

    Numbers behind that place are what is to be done, not what was done.
    """
    for match in _plan.finditer(plain, start, end):
        if not _not_plan.match(plain, match.start()):
            return match.start()
    return None


def says_something_is_done(plain: str) -> bool:
    """Say whether any word of the text reports a result (共, 累计, 截至, 了)."""
    return DONE.search(plain) is not None
