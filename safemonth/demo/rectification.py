"""The demo's special rectification of fireworks shops: notice, receipts and reminders, a hazard, a site meeting. All made up."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from safemonth.collect.evidence.actions import examine
from safemonth.collect.inspection.drives.actions import open_drive
from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.rectification import actions
from safemonth.collect.inspection.rectification.models import MeetingGuest, Rectification, SiteMeeting
from safemonth.collect.inspection.rectification.queries import addressees_of, hazards_of
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.demo.county import COUNTY
from safemonth.demo.field.photos import scene
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign

TITLE: Final = "烟花爆竹经营场所专项整治"
SAFETY: Final = f"{COUNTY}-safety"
POLICE: Final = f"{COUNTY}-police"
TOWNSHIPS: Final = ("130633100", "130633107")
_DAY: Final = timedelta(days=1)
_HAZARD: Final = uuid5(NAMESPACE_URL, "safemonth/demo/rectification/hazard")


def rectification_steps() -> list[Step]:
    """Return the steps in order of time."""
    return [
        Step(moment(6, 1, 10), "special rectification: notice to the trade", issue_notice),
        Step(moment(6, 4, 17), "special rectification: receipts, reminders", enter_receipts),
        Step(moment(6, 5, 15), "special rectification: a hazard, put right", find_and_recheck),
        Step(moment(6, 14, 17), "special rectification: site meeting", hold_meeting),
    ]


def issue_notice(campaign: Campaign, *, by: str, at: datetime) -> Rectification:
    """Open the drive, say what it is for, and send the notice to every workplace of the trade."""
    drive = open_drive(
        campaign=campaign,
        kind="special",
        title=TITLE,
        title_en="Special rectification of fireworks shops",
        led_by=unit_by_code(SAFETY),
        from_on=date(2019, 6, 1),
        to_on=date(2019, 6, 20),
        trades=["fireworks"],
        by=by,
        at=at,
    )
    made = actions.set_up(
        drive=drive,
        aims="清理超量储存和违规搭建，打通消防通道，落实专人看守。",
        joining=[unit_by_code(POLICE)],
        by=by,
        at=at,
    )
    return actions.issue(
        rectification=made,
        number="易安委办〔2019〕11号",
        title="关于开展烟花爆竹经营场所专项整治的通知",
        title_en="Notice on the special rectification of fireworks shops",
        issued_on=at.date(),
        body_text="各烟花爆竹经营单位：即日起自查储存数量、消防通道和值守制度，6月20日前整改到位。",
        by=by,
        at=at,
    )


def enter_receipts(campaign: Campaign, *, by: str, at: datetime) -> int:
    """Enter that all but the last two have the notice, and that those were reminded; returns how many were reminded."""
    found = _rectification(campaign)
    for row in list(addressees_of(found))[:-2]:
        actions.acknowledge(addressee=row, how="乡镇安监站签收", by=by, at=at)
    return actions.remind(rectification=found, how="电话提醒", by=by, at=at + timedelta(hours=1))


def find_and_recheck(campaign: Campaign, *, by: str, at: datetime) -> Hazard:
    """Let the bureau find a hazard at a workplace that was told, with a photo; put right after five days, with another, and rechecked."""
    found = _rectification(campaign)
    place = addressees_of(found).exclude(workplace=None)[0].workplace

    def say(move: str, side: str, who: str, when: datetime, data: dict[str, Any], photos: list[Submission]) -> Hazard:
        return enter(
            campaign=campaign,
            hazard_key=_HAZARD,
            move=move,
            happened_at=when,
            side=side,
            person=who,
            data=data,
            by=who,
            at=when,
            unit=unit_by_code(SAFETY) if side == "inspecting" else None,
            workplace=place if move == "find" else None,
            photos=photos,
        )

    text = {"text": "储存间超量存放，货架挡住消防通道", "grade": "ordinary", "spot": "储存间"}
    say("find", "inspecting", by, at, text, [_photo(campaign, 9101, by=by, at=at)])
    say("order", "inspecting", by, at, {"deadline_on": (at + 7 * _DAY).date().isoformat()}, [])
    done = at + 5 * _DAY
    say(
        "report_done",
        "responsible",
        "门市负责人",
        done,
        {"measure": "清退超量货品"},
        [_photo(campaign, 9102, by=by, at=done)],
    )
    hazard = say("pass", "inspecting", by, done + _DAY, {}, [])
    actions.make_copies(rectification=found, by=by, at=done + _DAY)
    return hazard


def hold_meeting(campaign: Campaign, *, by: str, at: datetime) -> SiteMeeting:
    """Hold a site meeting where it was put right: who came, what was shown, what was asked; close it as one activity."""
    found = _rectification(campaign)
    places = [row.workplace for row in addressees_of(found) if row.workplace]
    meeting = actions.call_meeting(
        rectification=found,
        title="烟花爆竹经营场所专项整治现场会",
        host=found.drive.led_by,
        held_on=at.date(),
        starts_at=time(9),
        workplace=places[0],
        place="储存间",
        asked_of_all="对照样板，一周内清退超量货品，通道净宽不少于一米二，夜间两人值守。",
        by=by,
        at=at,
    )
    townships = [unit_by_code(code) for code in TOWNSHIPS]
    actions.invite(meeting=meeting, units=[unit_by_code(POLICE), *townships], by=by, at=at)
    actions.invite(meeting=meeting, workplaces=places, post_title="负责人", by=by, at=at)
    guests = list(MeetingGuest.objects.filter(meeting=meeting))
    came = {guest.pk: 0 if guest is guests[-1] else 2 if guest.unit_id else 1 for guest in guests}
    actions.say_who_came(meeting=meeting, people=came, by=by, at=at)
    hazard = hazards_of(found).first()
    actions.show_example(
        meeting=meeting, kind="good", words="清退货品后的储存间：通道畅通，限量牌上墙。", hazard=hazard, by=by, at=at
    )
    for township in townships:
        actions.ask_follow_up(
            meeting=meeting,
            unit=township,
            text="逐户核对储存数量，名单报县安监局。",
            due_on=(at + 5 * _DAY).date(),
            by=by,
            at=at,
        )
    return actions.close_meeting(meeting=meeting, by=by, at=at)


def _photo(campaign: Campaign, number: int, *, by: str, at: datetime) -> Submission:
    """A made picture as it was sent, looked at at once."""
    out = io.BytesIO()
    scene(number).save(out, "JPEG", quality=80)
    submission, _is_new = receive(
        campaign=campaign,
        data=out.getvalue(),
        file_name=f"整治现场{number}.jpg",
        channel=Channel.PHOTO,
        sender=unit_by_code(SAFETY),
        by=by,
        at=at,
    )
    examine(sha256=submission.sha256, by=by, at=at)
    return submission


def _rectification(campaign: Campaign) -> Rectification:
    return Rectification.objects.select_related("drive__led_by", "drive__campaign", "notice").get(
        drive__campaign=campaign, drive__title=TITLE
    )
