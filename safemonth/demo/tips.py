"""The demo's reports by the public: one that ends as a closed hazard, its double, one that was no hazard, one held. All made up."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.tips import actions
from safemonth.collect.inspection.tips.actions import Said, key_of, receive_tip
from safemonth.collect.inspection.tips.models import Tip
from safemonth.collect.inspection.tips.photos import CleanPhoto, clean_photo
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.demo.county import COUNTY
from safemonth.demo.field.photos import photo
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign

TOWNSHIP: Final = "130633107"
BLOCKED: Final = "门市后面的消防通道堆满货箱，后门从外面锁着，里面还有人干活。"
_DAY: Final = timedelta(days=1)


def tip_steps() -> list[Step]:
    """Return the steps in order of time."""
    return [
        Step(moment(6, 3, 20, 14), "the public reports", receive_reports),
        Step(moment(6, 4, 9), "reports: taken up, passed on", pass_reports_on),
        Step(moment(6, 6, 15), "reports: what the unit found", decide_reports),
        Step(moment(6, 14, 16), "reports: put right and closed", close_reports),
    ]


def nonce_of(name: str) -> str:
    """Return the nonce of a made report's form; its code is made from it and the office's key."""
    return hashlib.sha256(f"safemonth demo tip {name}".encode()).hexdigest()[:32]


def receive_reports(campaign: Campaign, *, by: str, at: datetime) -> list[Tip]:
    """Take in four reports as strangers send them: one with a photo, one that says the same, one of nothing, one a machine's."""
    del by
    township = unit_by_code(TOWNSHIP)

    def send(name: str, minutes: int, said: Said, photos: tuple[CleanPhoto, ...] = (), *why: str) -> Tip:
        return receive_tip(
            campaign=campaign,
            nonce=nonce_of(name),
            said=said,
            photos=photos,
            suspicions=why,
            at=at + timedelta(minutes=minutes),
        )

    taken = photo(9001, taken_at=at.replace(tzinfo=None), latitude=39.3012, longitude=115.4103)
    return [
        send(
            "blocked",
            0,
            Said(BLOCKED, "供销社旁的门市", township, latitude=Decimal("39.30120"), longitude=Decimal("115.41030")),
            (clean_photo(taken),),
        ),
        send("blocked again", 90, Said(BLOCKED.replace("，", " "), "供销社旁", township)),
        send("smoke", 600, Said("砖厂方向每天傍晚冒浓烟，担心着火。", "村北砖厂", township)),
        send("advertisement", 700, Said("代办各类证照 http://a http://b http://c", "-"), (), "many_links", "too_quick"),
    ]


def pass_reports_on(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Take two reports up and pass them on; set the advertisement aside with words."""
    for name, told in (
        ("blocked", "请核查供销社旁门市的消防通道和安全出口是否畅通。"),
        ("smoke", "请核查村北砖厂的烟从何来，是否有火险。"),
    ):
        tip = actions.accept(tip=_tip(name), by=by, at=at)
        actions.pass_on(tip=tip, unit=_township(), told=told, words="已转乡镇现场核查。", by=by, at=at)
    actions.finish(tip=_tip("advertisement"), move="set_aside", words="内容为广告，不作举报处理。", by=by, at=at)


def decide_reports(campaign: Campaign, *, by: str, at: datetime) -> Hazard:
    """Enter what the township found: one is a hazard, which is ordered to be put right in a week, the other none."""
    blocked = actions.answer(tip=_tip("blocked"), told="属实：通道被货箱堵塞，后门上锁。", is_hazard=True, by=by, at=at)
    smoke = actions.answer(
        tip=_tip("smoke"), told="砖窑正常点火，场地有灭火器材，无火险。", is_hazard=False, by=by, at=at
    )
    actions.finish(tip=smoke, move="no_hazard", words="经现场核查，是砖窑正常点火，未发现火灾隐患。", by=by, at=at)
    hazard = actions.make_hazard(
        tip=blocked,
        workplace=_workplace(),
        text="消防通道被货箱堵塞，安全出口上锁",
        grade="ordinary",
        spot="后门",
        person=by,
        words="情况属实，已列为隐患，责令整改。",
        by=by,
        at=at,
    )
    due = (at + 7 * _DAY).date().isoformat()
    return _said(hazard, "order", "inspecting", by, {"deadline_on": due, "measure": "清空通道，打开后门"}, at)


def close_reports(campaign: Campaign, *, by: str, at: datetime) -> Tip:
    """Let the hazard be reported as done, recheck and close it, reward the reporter, and close the report with words."""
    tip = _tip("blocked")
    hazard = tip.hazard
    if hazard is None:
        raise ValueError("the report is no hazard yet")
    _said(hazard, "report_done", "responsible", "门市负责人", {"measure": "通道已清空，后门已打开"}, at - _DAY)
    _said(hazard, "pass", "inspecting", by, {}, at)
    tip = actions.finish(
        tip=_tip("blocked"), move="close", words="通道已清空，安全出口保持畅通，复查合格。", by=by, at=at
    )
    return actions.reward(tip=tip, yuan=1000, by=by, at=at)


def _said(hazard: Hazard, move: str, side: str, person: str, data: dict[str, Any], at: datetime) -> Hazard:
    return enter(
        campaign=hazard.campaign,
        hazard_key=hazard.key,
        move=move,
        happened_at=at,
        side=side,
        person=person,
        data=data,
        by=person,
        at=at,
        unit=unit_by_code(f"{COUNTY}-safety") if side == "inspecting" else None,
    )


def _tip(name: str) -> Tip:
    return Tip.objects.select_related("hazard__campaign").get(key=key_of(nonce_of(name)))


def _township() -> Unit:
    return unit_by_code(TOWNSHIP)


def _workplace() -> Workplace:
    """A shop of fireworks in the township; where the register has none, any workplace there."""
    rows = Workplace.objects.filter(township__code=TOWNSHIP, merged_into=None).order_by("name")
    return rows.filter(trade="fireworks").first() or rows[0]
