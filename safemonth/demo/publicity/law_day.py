"""The demo's day of law to the countryside: mines' managers of five townships, asked, come, answered.

Names of mines are made up. The day is left open: the township's letter has recorded the event, and closing the day as well
would make a second one of it.
"""

from datetime import datetime, time

from safemonth.collect.publicity.law_day.actions import (
    add_programme_item,
    answer_invitation,
    ask_question,
    invite,
    note_hazard,
    plan_day,
    say_who_came,
)
from safemonth.collect.publicity.law_day.models import Guest, LawDay, ProgrammeItem
from safemonth.demo.county import COUNTRYSIDE_TOWNSHIPS, COUNTY
from safemonth.demo.truth import deeds_of
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign
from safemonth.plan.queries import task_called

HOST = f"{COUNTY}-office"
# Code, name and English name of a mine, its township, how many came.
MINES = (
    ("130633213-quarry", "易县坡仓采石场", "Pocang Quarry", 7),
    ("130633106-mill", "易县良岗铁选厂", "Lianggang Iron Mill", 6),
    ("130633212-mine", "易县富岗铁矿", "Fugang Iron Mine", 6),
    ("130633215-quarry", "易县桥家河采石场", "Qiaojiahe Quarry", 5),
    ("130633216-works", "易县甘河净石材厂", "Ganhejing Stone Works", 6),
)
TOWNSHIPS_CAME = (4, 4, 5, 4, 3)
DEPARTMENTS_CAME = ((f"{COUNTY}-safety", 5), (f"{COUNTY}-land", 4), (f"{COUNTY}-mine", 4), (f"{COUNTY}-police", 2))
PROGRAMME = (
    ("inspection", "露天矿边坡现场检查", time(9, 0), f"{COUNTY}-mine"),
    ("explanation", "安全生产法讲解", time(10, 0), f"{COUNTY}-safety"),
    ("analysis", "矿山事故案例剖析", time(10, 40), f"{COUNTY}-safety"),
    ("books", "发放矿山安全手册", time(11, 10), HOST),
    ("discussion", "座谈答疑", time(11, 20), f"{COUNTY}-land"),
)


def invite_to_law_day(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Plan the day with its programme and ask mines' managers, townships and departments."""
    (deed,) = deeds_of(HOST, task="law-to-countryside")
    add_units(
        units=[
            NewUnit(code=code, name=name, name_en=name_en, kind="enterprise", parent_code=code[:9])
            for code, name, name_en, _ in MINES
        ],
        by=by,
        at=at,
    )
    day = plan_day(
        campaign=campaign,
        township=unit_by_code("130633212"),
        host=unit_by_code(HOST),
        title=deed.title,
        held_on=deed.from_on,
        place="富岗矿区",
        starts_at=PROGRAMME[0][2],
        task=task_called(campaign, "law-to-countryside"),
        by=by,
        at=at,
    )
    for codes, post in (
        ([code for code, *_ in MINES], "主要负责人"),
        (COUNTRYSIDE_TOWNSHIPS, "分管副乡镇长"),
        ([code for code, _ in DEPARTMENTS_CAME], "业务科室负责人"),
    ):
        invite(day=day, units=[unit_by_code(code) for code in codes], post_title=post, by=by, at=at)
    for kind, title, starts_at, led_by in PROGRAMME:
        add_programme_item(
            day=day, kind=kind, title=title, starts_at=starts_at, led_by=unit_by_code(led_by), by=by, at=at
        )
    for guest in Guest.objects.filter(day=day).select_related("unit", "day"):
        is_deputy = guest.unit.code == MINES[3][0]
        answer_invitation(guest=guest, answer="deputy" if is_deputy else "coming", by=by, at=at)


def hold_law_day(campaign: Campaign, *, by: str, at: datetime) -> LawDay:
    """Enter who came, what was asked and answered, and the hazards seen; the day stays open."""
    day = LawDay.objects.select_related("campaign").get(campaign=campaign)
    came = {
        **{code: people for code, _, _, people in MINES},
        **dict(zip(COUNTRYSIDE_TOWNSHIPS, TOWNSHIPS_CAME, strict=True)),
        **dict(DEPARTMENTS_CAME),
    }
    guests = Guest.objects.filter(day=day).select_related("unit")
    say_who_came(
        day=day,
        people={guest.pk: came[guest.unit.code] for guest in guests},
        held=list(ProgrammeItem.objects.filter(day=day).values_list("pk", flat=True)),
        by=by,
        at=at,
    )
    land, safety = unit_by_code(f"{COUNTY}-land"), unit_by_code(f"{COUNTY}-safety")
    mine, quarry = unit_by_code(MINES[2][0]), unit_by_code(MINES[0][0])
    ask_question(
        day=day,
        text="采矿许可证还有半年到期，应提前多久申请延续？",
        asked_by=quarry,
        answer="有效期满三十日前到县国土局窗口申请。",
        answered_by=land,
        by=by,
        at=at,
    )
    ask_question(
        day=day,
        text="班前会要不要留记录？",
        asked_by=mine,
        answer="要留，检查时与下井登记核对。",
        answered_by=safety,
        by=by,
        at=at,
    )
    ask_question(day=day, text="工伤保险费率怎样浮动？", asked_by=quarry, by=by, at=at)
    note_hazard(day=day, unit=mine, place="二号采面", text="边坡有浮石，未设警示标志", seen_by=safety, by=by, at=at)
    note_hazard(day=day, unit=quarry, place="破碎车间", text="皮带机尾轮无防护罩", seen_by=safety, by=by, at=at)
    return day
