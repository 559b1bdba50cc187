"""The demo's campaign as plain data: tasks in chapters, who is asked, notices, the meeting, the bodies.

Dates, bodies and tasks are the founding case's; the theme is the year's national one; document numbers
and the caps of missing units are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from safemonth.demo.county import (
    CARRIERS,
    CONSULTING_DEPARTMENTS,
    COUNTRYSIDE_TOWNSHIPS,
    COUNTY,
    MEDIA,
    VEHICLE_UNITS,
    reporting_units,
)

CAMPAIGN_CODE = "yixian-2019"
CAMPAIGN_NAME = "2019年“安全生产月”"
CAMPAIGN_NAME_EN = "Safety Production Month 2019"
THEME = "防风险、除隐患、遏事故"
THEME_EN = "Prevent risks, remove hazards, curb accidents"
CITY_CAMPAIGN_CODE = "baoding-2019"
CITY_CAMPAIGN_NAME = "保定市2019年“安全生产月”"
CITY_CAMPAIGN_NAME_EN = "Baoding City Safety Production Month 2019"
STARTS_ON = date(2019, 6, 1)
ENDS_ON = date(2019, 6, 30)


@dataclass(frozen=True)
class DemoTask:
    """One task: `rule` is a rule of assignment (`plan.rules`).

    `caps` is indicator code -> the most that one missing unit could add (None: not stated). `held_on` is
    the day of a one-day event; `is_one_event`: all who take part report one and the same event.
    """

    code: str
    chapter: str
    kind: str
    title: str
    title_en: str
    rule: str
    due_on: date
    evidence_asked: str
    caps: Mapping[str, int | None] = field(default_factory=dict)
    held_on: date | None = None
    is_one_event: bool = False


@dataclass(frozen=True)
class DemoNotice:
    """A document; `issued_by` is a body's code."""

    number: str
    title: str
    title_en: str
    issued_on: date
    issued_by: str
    body_text: str


def named(*codes: str) -> str:
    """Return the rule of assignment that means exactly these units."""
    return "named:" + ",".join(codes)


OFFICE = f"{COUNTY}-office"
GOVERNMENT = f"{COUNTY}-government"

TASKS = (
    DemoTask(
        "leading-group",
        "organisation",
        "other",
        "成立活动领导小组",
        "Set up the leading group and its office",
        named(GOVERNMENT, f"{COUNTY}-safety"),
        date(2019, 5, 25),
        "领导小组文件",
    ),
    DemoTask(
        "county-plan",
        "organisation",
        "other",
        "印发活动总体方案",
        "Issue the county's overall plan",
        named(OFFICE),
        date(2019, 5, 18),
        "方案原件",
    ),
    DemoTask(
        "mobilisation-meeting",
        "organisation",
        "meeting",
        "召开动员会",
        "Hold the mobilisation meeting",
        named(OFFICE),
        date(2019, 5, 30),
        "会议通知、签到表",
        {"meetings": None},
        date(2019, 5, 30),
        is_one_event=True,
    ),
    DemoTask(
        "tv-speech",
        "publicity",
        "media",
        "分管副县长发表电视讲话",
        "Televised address by the deputy county head",
        named(GOVERNMENT, f"{COUNTY}-television"),
        date(2019, 5, 31),
        "讲话稿、播出单",
    ),
    DemoTask(
        "consulting-day",
        "publicity",
        "consulting_day",
        "安全生产宣传咨询日",
        "Safety production consulting day",
        named(*CONSULTING_DEPARTMENTS),
        date(2019, 6, 14),
        "现场照片、统计表",
        {
            "departments_taking_part": None,
            "consulting_sites": None,
            "banners_hung": 2,
            "leaflets_distributed": 6000,
            "people_consulted": 1500,
            "staff_deployed": 20,
            "display_boards": 15,
        },
        date(2019, 6, 10),
        is_one_event=True,
    ),
    DemoTask(
        "vehicles",
        "publicity",
        "vehicle_tour",
        "宣传车送法下乡",
        "Publicity vehicles to the villages",
        named(*VEHICLE_UNITS),
        date(2019, 6, 28),
        "行车记录、村级签收单",
        {"publicity_vehicles": 40, "places_reached": 150},
    ),
    DemoTask(
        "media",
        "publicity",
        "media",
        "新闻媒体宣传",
        "Media publicity",
        named(*MEDIA),
        date(2019, 6, 30),
        "报样、播出单",
        {"media_reports": 60, "films_shown": 60},
    ),
    DemoTask(
        "carriers",
        "publicity",
        "media",
        "通信企业免费发送安全标语",
        "Free slogans from the phone carriers",
        named(*CARRIERS),
        date(2019, 6, 21),
        "发送记录",
        {"sms_sent": 150_000},
    ),
    DemoTask(
        "everyone",
        "publicity",
        "publicity",
        "各单位多种形式宣传",
        "Publicity by all units in every form",
        named(*reporting_units()),
        date(2019, 7, 3),
        "照片、横幅标语清单、资料样本",
        {
            "banners_hung": 6,
            "slogans_posted": 24,
            "leaflets_distributed": 9000,
            "publicity_columns": 50,
            "people_reached": 9000,
            "lectures": 15,
            "people_trained": 400,
        },
    ),
    DemoTask(
        "law-to-countryside",
        "publicity",
        "law_to_countryside",
        "送法下乡暨安全检查活动",
        "Law to the countryside, with on-site inspection",
        named(OFFICE, *COUNTRYSIDE_TOWNSHIPS),
        date(2019, 6, 14),
        "签到表、照片",
        {"people_taking_part": None, "handbooks_distributed": None},
        date(2019, 6, 12),
        is_one_event=True,
    ),
    DemoTask(
        "joint-inspections",
        "inspection",
        "inspection",
        "“打非治违”联合检查",
        "Joint inspections of illegal mining, production, operation and dangerous goods",
        named(OFFICE),
        date(2019, 6, 10),
        "检查记录、整改指令书",
        {
            "inspection_teams": None,
            "inspectors_deployed": None,
            "enterprises_inspected": None,
            "hazards_found": None,
            "hazards_rectified": None,
        },
        date(2019, 6, 3),
        is_one_event=True,
    ),
    DemoTask(
        "rectification",
        "inspection",
        "rectification",
        "专项整治及现场会",
        "Special rectification with site meetings",
        named(OFFICE),
        date(2019, 6, 28),
        "会议材料",
        {"meetings": None, "people_taking_part": None},
    ),
    DemoTask(
        "key-inspections",
        "inspection",
        "inspection",
        "各乡镇、各部门重点检查",
        "Key inspections by townships and departments in their own areas",
        "kind:township+" + named(*CONSULTING_DEPARTMENTS),
        date(2019, 7, 3),
        "检查台账",
        {"enterprises_inspected": 100, "hazards_found": 200, "hazards_rectified": 200, "orders_issued": 50},
    ),
    DemoTask(
        "supervision",
        "supervision",
        "supervision",
        "督查组督导检查",
        "Two supervision teams check the work",
        named(OFFICE),
        date(2019, 6, 30),
        "督查记录",
        {"places_reached": None, "inspections": None},
    ),
    DemoTask(
        "appraisal",
        "supervision",
        "other",
        "活动总结讲评",
        "Appraisal: commend and criticise",
        named(OFFICE),
        date(2019, 7, 20),
        "通报",
    ),
)

NOTICES = (
    DemoNotice(
        "易安委〔2019〕5号",
        "易县2019年“安全生产月”活动总体方案",
        "Overall plan for Safety Production Month 2019",
        date(2019, 5, 18),
        "leading-group",
        "各乡镇人民政府、县直有关部门：根据市“安全生产月”总体方案，结合我县实际，制定本方案。活动时间为6月1日至30日。"
        "活动主题为“防风险、除隐患、遏事故”。各单位要加强组织领导，广泛开展宣传，深入排查隐患，按时报送活动情况。",
    ),
    DemoNotice(
        "易安委办〔2019〕12号",
        "关于落实“安全生产月”活动工作安排的通知",
        "Notice on work arrangements for Safety Production Month",
        date(2019, 5, 30),
        "office",
        "各乡镇人民政府、县直有关部门：6月10日上午在县城五个路口统一开展宣传咨询活动，参加单位自制横幅、自备宣传资料；"
        "6月12日在富岗乡开展送法下乡活动；各单位活动情况于7月3日前报县安委办，没有开展活动的也要说明。",
    ),
    DemoNotice(
        "易安委办〔2019〕13号",
        "关于成立“安全生产月”活动督查组的通知",
        "Notice on setting up two supervision teams",
        date(2019, 6, 5),
        "office",
        "从县安委办、县委宣传部、县总工会、团县委、县司法局各抽调两名工作人员，组成两个督查组，对活动开展情况进行定期督查。",
    ),
)

# The level above us issued this; ours answers it.
CITY_PLAN = DemoNotice(
    "保安委〔2019〕3号",
    "保定市2019年“安全生产月”活动总体方案",
    "Overall plan of Baoding City for Safety Production Month 2019",
    date(2019, 5, 6),
    "",
    "",
)
