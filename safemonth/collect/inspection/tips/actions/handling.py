"""What the office and units do with a report: take it up, pass it on, make it a hazard, close it with words for the public."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid5

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import INSPECTING
from safemonth.collect.inspection.tips.actions.counting import count, uncount
from safemonth.collect.inspection.tips.actions.steps import add_step, held_fast
from safemonth.collect.inspection.tips.models import Tip, TipMessage, TipPhoto, TipStep
from safemonth.collect.inspection.tips.rules import check_move
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit

# 安全生产领域举报奖励办法 (安监总财〔2018〕19号) sets at most 300,000 yuan for one report.
MOST_REWARD_YUAN: Final = 300_000


def accept(*, tip: Tip, by: str, at: datetime) -> Tip:
    """Take a report up, also one that was held; from now on it counts as received."""
    with writing(by=by, at=at, action="tip.accept", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "accept", by=by, at=at)
        count(write, tip, by=by, at=at)
        return tip


def pass_on(
    *, tip: Tip, unit: Unit, told: str, shows_photos: bool = False, words: str = "", by: str, at: datetime
) -> Tip:
    """Pass a report on to a unit, which sees what it is `told` (the office's own words) and, if so said, the bare photos.

    Raises Refused `nothing_told`.
    """
    if not told.strip():
        raise Refused("nothing_told", gettext_noop("Say what the unit is to look into."))
    with writing(by=by, at=at, action="tip.pass_on", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(
            write,
            tip,
            "pass_on",
            by=by,
            at=at,
            unit=unit,
            told=told.strip()[:2000],
            shows_photos=shows_photos,
            words=words.strip()[:1000],
            fields={"passed_to": unit},
        )
        return tip


def answer(*, tip: Tip, told: str, is_hazard: bool, by: str, at: datetime) -> Tip:
    """Enter what the unit found that a report was passed on to; the office decides. Raises Refused `nothing_told`."""
    if not told.strip():
        raise Refused("nothing_told", gettext_noop("Say what was found."))
    with writing(by=by, at=at, action="tip.answer", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "answer", by=by, at=at, unit=tip.passed_to, told=told.strip()[:2000], is_hazard=is_hazard)
        return tip


def make_hazard(
    *,
    tip: Tip,
    workplace: Workplace,
    text: str,
    grade: str,
    spot: str,
    person: str,
    words: str = "",
    shows_photos: bool = True,
    by: str,
    at: datetime,
) -> Hazard:
    """Enter the finding of the hazard that a report turned out to be, in the office's own words; once for a report.

    Its photos go along as copies that hold nothing of who or where. Raises Refused as `hazards.actions.enter` does.
    """
    with writing(by=by, at=at, action="tip.hazard", about=tip.number) as write:
        tip = held_fast(tip)
        check_move("hazard", state=tip.state)
        hazard = tip.hazard or enter(
            campaign=tip.campaign,
            hazard_key=uuid5(tip.key, "hazard"),
            move="find",
            happened_at=at,
            side=INSPECTING,
            person=person,
            data={"text": text.strip(), "grade": grade, "spot": spot.strip()},
            by=by,
            at=at,
            key=uuid5(tip.key, "find"),
            unit=tip.passed_to or tip.campaign.unit,
            workplace=workplace,
            photos=_copies(tip, by=by, at=at) if shows_photos else (),
        )
        add_step(
            write,
            tip,
            "hazard",
            by=by,
            at=at,
            is_hazard=True,
            words=words.strip()[:1000],
            fields={"hazard": hazard, "workplace": workplace},
        )
        return hazard


def _copies(tip: Tip, *, by: str, at: datetime) -> Sequence[Submission]:
    return [
        receive(
            campaign=tip.campaign,
            data=bytes_kept(photo.copy_sha256),
            file_name=f"{tip.number}-{photo.number}.jpg",
            channel=Channel.PHOTO,
            sender=None,
            by=by,
            at=at,
        )[0]
        for photo in TipPhoto.objects.filter(tip=tip)
    ]


def finish(*, tip: Tip, move: str, words: str, by: str, at: datetime) -> Tip:
    """Close a report with words for the public: `no_hazard`, `set_aside` (a machine's) or `close` (its hazard is closed).

    Raises Refused `hazard_open` where the hazard is not closed, `words_missing`, `not_here`.
    """
    if move not in ("no_hazard", "set_aside", "close"):
        raise Refused("not_here", gettext_noop("The report is not where this can be done. Look at it again."))
    with writing(by=by, at=at, action=f"tip.{move}", about=tip.number) as write:
        tip = held_fast(tip)
        if move == "close" and tip.hazard is not None and tip.hazard.state not in ("closed", "joined"):
            raise Refused("hazard_open", gettext_noop("Its hazard is not closed yet."))
        add_step(write, tip, move, by=by, at=at, words=words.strip()[:1000])
        return tip


def reopen(*, tip: Tip, words: str, by: str, at: datetime) -> Tip:
    """Take a closed report up again; one that was set aside counts from now on."""
    with writing(by=by, at=at, action="tip.reopen", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "reopen", by=by, at=at, words=words.strip()[:1000])
        count(write, tip, by=by, at=at)
        return tip


def join(*, tip: Tip, other: Tip, by: str, at: datetime) -> Tip:
    """Say that a report is a double of another: both codes follow that one, and it is counted once."""
    with writing(by=by, at=at, action="tip.join", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "join", by=by, at=at, joined_to=other)
        uncount(write, tip, by=by, at=at)
        return tip


def part(*, tip: Tip, by: str, at: datetime) -> Tip:
    """Say that a report is a matter of its own after all; it stands again where it stood."""
    with writing(by=by, at=at, action="tip.part", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "part", by=by, at=at)
        if TipStep.objects.filter(tip=tip, move__in=("accept", "reopen")).exists():
            count(write, tip, by=by, at=at)
        return tip


def reward(*, tip: Tip, yuan: int, by: str, at: datetime) -> Tip:
    """Note the reward that was paid for a report (Work Safety Law art. 76); another number takes the place of the first.

    Raises Refused `bad_reward` outside 1 to 300,000 yuan.
    """
    if not 1 <= yuan <= MOST_REWARD_YUAN:
        raise Refused("bad_reward", gettext_noop("A reward is from 1 to %(most)s yuan."), most=MOST_REWARD_YUAN)
    with writing(by=by, at=at, action="tip.reward", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "reward", by=by, at=at, fields={"reward_yuan": yuan})
        count(write, tip, by=by, at=at, reason="登记举报奖励")
        return tip


def see_contact(*, tip: Tip, by: str, at: datetime) -> Tip:
    """Note that somebody of the office looks at who reported: the ledger says who and when, never what they saw."""
    with writing(by=by, at=at, action="tip.contact_seen", about=tip.number) as write:
        tip = held_fast(tip)
        add_step(write, tip, "contact_seen", by=by, at=at)
        return tip


def reply(*, message: TipMessage, text: str, by: str, at: datetime) -> TipMessage:
    """Reply to what a reporter asked or added; only the holder of that code reads it. Raises Refused `nothing_said`."""
    if not text.strip():
        raise Refused("nothing_said", gettext_noop("Write a reply."))
    with writing(by=by, at=at, action="tip.reply", about=message.tip.number) as write:
        return write.change(message, reply=text.strip()[:1000], replied_by=by, replied_at=at)
