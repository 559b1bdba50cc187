"""What happened: the kind, place, partners and name of an event that a passage tells."""

import re

from safemonth.lib.numerals import chinese_value

# The first that fits, so the narrower stand before the wider. The codes are the plan's kinds of activity.
KINDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), kind)
    for words, kind in (
        (
            r"咨询日|宣传咨询|咨询活动|咨询服务活动|咨询台|设.{0,6}咨询点|街头咨询|开展.{0,6}咨询|"
            r"consult(?:ing|ation) (?:day|event)",
            "consulting_day",
        ),
        (r"送法下乡|送法进|法律下乡|law to the countryside", "law_to_countryside"),
        (r"演练|演习|疏散逃生|drill|evacuation", "drill"),
        (r"督查|督导|督办检查|明查暗访|明察暗访|supervis", "supervision"),
        (r"专项整治|集中整治|打非治违|整治行动|联合执法|rectif|crackdown", "rectification"),
        (
            r"大检查|安全检查|检查组|执法检查|专项检查|隐患排查|排查隐患|排查整治|检查.{0,12}[家处户次个]|inspect",
            "inspection",
        ),
        (r"培训班|专题培训|业务培训|安全培训|教育培训|集中培训|培训|training", "training"),
        (r"讲座|宣讲|大讲堂|公开课|授课|安全课|lecture|seminar", "lecture"),
        (r"动员会|动员大会|启动仪式|推进会|座谈会|现场会|部署会|工作会|例会|会议|meeting|kick-?off", "meeting"),
        (r"宣传车|巡回宣传|流动宣传|publicity vehicle|tour of the villages", "vehicle_tour"),
        (
            r"电视|电台|报纸|专版|专栏|署名文章|公众号|抖音|微信|短信|媒体|"
            r"newspaper|television|radio|wechat|text message",
            "media",
        ),
        (r"宣传|横幅|标语|资料|传单|手册|展板|publicity|leaflet|banner|poster", "publicity"),
    )
)
_PLACE_END = (
    "文化广场|广场|十字路口|路口|街口|大街|街道|步行街|街|大道|路段|路|集市|大集|市场|商场|超市|公园|社区|小区|礼堂|会议室|会议中心|"
    "服务大厅|大厅|门前|门口|院内|操场|校园|学校|中学|小学|幼儿园|医院|卫生院|敬老院|养老院|车站|客运站|加油站|加气站|工地|厂区|车间|"
    "矿区|矿山|煤矿|铁矿|工业园区|工业园|园区|景区|水库|酒店|宾馆|村委会|村部|村|镇区|集镇|驻地|公司|厂|乡|镇"
)
_PLACE = re.compile(
    rf"(?:在|到|赴|走进)(?!各|全|每)(?P<place>[^，。；、：:！？\n]{{1,24}}?(?:{_PLACE_END})(?:等\d+个(?:路口|地点|点位|村))?)"
    r"(?=[，,、。；\s]|等|设|开展|举办|举行|组织|召开|进行|集中|摆|现场|参加|参与|送法|检查|宣传|内|上|通过|向|发放|悬挂)"
)
_PLACE_EN = re.compile(r"\b(?:at|in|on) (?P<place>(?:the )?(?:[A-Z][\w'-]*\s?){1,6})")
_PARTNERS = re.compile(
    r"(?:联合|会同|协同|联手|携手|邀请|组织|协调|牵头)(?:了)?(?P<names>[^，。；：:！？\n]{2,120}?)"
    r"(?=等|在|开展|举办|举行|深入|集中|共同|参加|参与|对|到|赴|走上|上街|设|，|。|；|、?共\d)"
)
_PARTNER_JOIN = re.compile(r"[、，,]|和|与|及(?!时)|以及")
# 组织 takes people and acts as well as bodies: only words for a body are partners.
_BODY = re.compile(
    r"[^\d]{2,16}(?:局|办|委|会|所|队|站|院|部|公司|中心|乡|镇|村|社区|政府|团委|妇联|学校|医院|银行|部门|单位|企业)"
    r"|公安|交警|消防|国土|交通|电力|供电|气象|质监|建设|住建|环保|农业|林业|水利|教育|文教|卫生|卫健|食药监|药监|民政|司法|工商|安监|"
    r"应急|自然资源|市场监管|城管|财政|文旅|商务|工信|发改|邮政|电信|移动|联通|法院|检察院|武装部|矿管|煤管"
)
_NO_BODY = re.compile(
    r"召开|举办|举行|动员会|会议|大会|座谈会|人员|职工|群众|干部|学生|师生|志愿者|全体|开展|检查|活动|负责人|代表|我|本"
)
_NAME = re.compile(
    r"(?:开展|举办|举行|组织|召开|参加|启动|进行)(?:了)?"
    r"(?P<name>(?:(?!开展|举办|举行|组织|召开|在.{2,20}设)[^，。；！？\n]){0,40}?(?:动员大?会|座谈会|会议|大会|演练|培训班|培训|讲座|宣讲|"
    r"大讲堂|公开课|检查|排查|整治|行动|仪式|竞赛|咨询日|咨询|送法下乡|活动)(?:行动|工作)?(?:活动)?)"
)
# The number and the day before a heading's own words.
_BEFORE_NAME = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)](?!\d))?\s*"
    r"(?:20\d\d[-./]\d{1,2}[-./]\d{1,2}|(?:20\d\d年)?\d{1,2}月\d{1,2}[日号]?(?:[至到\-—、](?:\d{1,2}月)?\d{1,2}[日号])?(?:上午|下午|晚上?)?)?[，,：:\s]*"
)
_LONGEST_TITLE = 60


_COUNTED_LIST = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){1,30})(?:等)?(?P<count>\d+|[一二三四五六七八九十]+)个?(?:乡镇|街道|村|部门|单位)"
)


def kind_of(passage: str) -> str:
    """Return the kind of activity that a passage tells; `other` where no word says it."""
    return next((kind for words, kind in KINDS if words.search(passage)), "other")


def place_of(passage: str) -> str:
    """Return the place that a passage names with 在 or `at`, "" where none is named."""
    match = _PLACE.search(passage) or _PLACE_EN.search(passage)
    return match["place"].strip() if match else ""


def partners_of(passage: str) -> tuple[str, ...]:
    """Return the bodies that took part, as the passage names them (公安, 国土, 县交警大队), without doubles."""
    found: list[str] = []
    for match in _PARTNERS.finditer(passage):
        for part in _PARTNER_JOIN.split(match["names"]):
            name = re.sub(
                r"^(?:了|县|各)?(?=.{2})|(?:等)?\d*(?:个|家)?(?:相关)?(?:部门|单位)$", "", part.strip()
            ).strip()
            if _BODY.fullmatch(name) and not _NO_BODY.search(name):
                found.append(name)
    for match in _COUNTED_LIST.finditer(passage):
        # "坡仓、良岗、富岗、桥家河、甘河净五个乡镇": the list is believed where its count is right.
        names = [name.strip() for name in match["names"].split("、")]
        if len(names) == chinese_value(match["count"]):
            found += names
    return tuple(dict.fromkeys(found))


def name_of(passage: str) -> str:
    """Return what an event is called: what the passage says was held, else its first clause, cut to 60 signs."""
    first = passage.split("\n")[0]
    if first != passage and "。" not in first and len(first) <= _LONGEST_TITLE:
        said = _BEFORE_NAME.sub("", first)  # A heading above says it.
        if len(said) > 1:
            return said.strip('“”"《》：: 。')
    match = _NAME.search(passage)
    clauses = [clause for clause in re.split(r"[，。；\n]", _BEFORE_NAME.sub("", passage)) if clause.strip()]
    said = match["name"] if match else (clauses[0] if clauses else "")
    return said.removeprefix("的").strip('“”"《》 。')[:_LONGEST_TITLE]
