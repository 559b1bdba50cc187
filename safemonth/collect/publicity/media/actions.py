"""Writes of the media plan: plan, say that it appeared, prove it, call it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safemonth.collect.activities.actions import attach_evidence, withdraw
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.media.models import Outlet, Placement, PlacementProof
from safemonth.collect.publicity.media.rules import counts_of
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Campaign, Task

# The records are in Chinese, whatever the language of who enters them.
KIND_NAMES: dict[str, str] = {
    "speech": "电视讲话",
    "interview": "访谈",
    "special_edition": "专版",
    "signed_article": "署名文章",
    "report": "新闻报道",
    "film": "影片",
    "subtitles": "滚动字幕",
    "radio": "广播",
    "screen": "电子屏",
    "social_media": "新媒体",
}


def add_outlet(*, name: str, kind: str, by: str, at: datetime, name_en: str = "", unit: Unit | None = None) -> Outlet:
    """Add an outlet; raises Refused `outlet_exists`."""
    if Outlet.objects.filter(name=name.strip()).exists():
        raise Refused("outlet_exists", gettext_noop("There is an outlet “%(name)s” already."), name=name)
    with writing(by=by, at=at, action="outlet.add", about=name) as write:
        return write.create(Outlet(name=name.strip()[:120], name_en=name_en.strip()[:160], kind=kind, unit=unit))


def plan_placement(
    *,
    campaign: Campaign,
    outlet: Outlet,
    kind: str,
    title: str,
    unit: Unit,
    by: str,
    at: datetime,
    task: Task | None = None,
    speaker_post: str = "",
    due_on: date | None = None,
    is_before: bool = False,
    planned_slot: str = "",
    example: str = "",
) -> Placement:
    """Plan a placement; `unit` sees to it. Raises Refused `placement_exists`."""
    if Placement.objects.filter(campaign=campaign, outlet=outlet, kind=kind, title=title.strip()).exists():
        raise Refused("placement_exists", gettext_noop("“%(title)s” is in the plan already."), title=title)
    with writing(by=by, at=at, action="placement.plan", about=title) as write:
        return write.create(
            Placement(
                campaign=campaign,
                task=task,
                outlet=outlet,
                kind=kind,
                title=title.strip()[:200],
                unit=unit,
                speaker_post=speaker_post.strip()[:120],
                due_on=due_on,
                is_before=is_before,
                planned_slot=planned_slot.strip()[:120],
                example=example,
            )
        )


@dataclass(frozen=True)
class Appearance:
    """How a placement appeared: when, where in the outlet, how often (>= 1), how long or large, before whom."""

    made_on: date
    until_on: date | None = None
    slot: str = ""
    times: int = 1
    length_s: int | None = None
    area_cm2: int | None = None
    audience: int | None = None
    audience_claimed_by: str = ""


def say_made(*, placement: Placement, appearance: Appearance, by: str, at: datetime, reason: str = "") -> Placement:
    """Enter that a placement appeared: it becomes an activity of the unit that saw to it.

    Entered again it is a correction, with its reason, and the activity gets a new version. Raises Refused
    `called_off`, `whose_audience` where an audience is claimed by nobody, `until_before_made` or `reason_missing`.
    """
    if placement.called_off_because:
        raise Refused("called_off", gettext_noop("“%(title)s” was called off."), title=placement.title)
    if appearance.audience is not None and not appearance.audience_claimed_by.strip():
        raise Refused(
            "whose_audience", gettext_noop("Say who claims that number of people; it stands under their name.")
        )
    if appearance.until_on and appearance.until_on < appearance.made_on:
        raise Refused("dates_reversed", gettext_noop("The last day must not come before the first."))
    fields = {
        **appearance.__dict__,
        "slot": appearance.slot.strip()[:120],
        "audience_claimed_by": appearance.audience_claimed_by.strip()[:120] if appearance.audience is not None else "",
    }
    with writing(by=by, at=at, action="placement.made", about=placement.title) as write:
        # Two who enter it at once: the second waits, and corrects what the first one entered.
        placement.refresh_from_db(from_queryset=Placement.objects.select_for_update())
        activity = record_deed(
            write,
            campaign=placement.campaign,
            deed=_deed(placement, appearance),
            entry={"placement": placement.pk, **fields, "reason": reason},
            file_name=f"placement-{placement.pk}.json",
            by=by,
            at=at,
            standing=placement.activity,
            reason=reason,
        )
        write.change(placement, activity=activity, **fields)
    _bear_out(placement, by=by, at=at)
    return placement


def _deed(placement: Placement, appearance: Appearance) -> Deed:
    name = KIND_NAMES[placement.kind]
    return Deed(
        kind=ActivityKind.MEDIA,
        title=f"{placement.outlet.name}{name}：{placement.title}",
        host=placement.unit,
        task=placement.task,
        place=placement.outlet.name,
        from_on=appearance.made_on,
        to_on=appearance.until_on or appearance.made_on,
        participants={placement.outlet.unit: ""} if placement.outlet.unit else {},
        counts=[
            Count(
                indicator=counted.indicator,
                unit=placement.unit,
                value=counted.value,
                basis=counted.basis,
                measure_word=counted.measure_word,
                heading=counted.heading,
            )
            for counted in counts_of(
                kind=placement.kind,
                kind_name=name,
                times=appearance.times,
                example=placement.example,
                audience=appearance.audience,
                claimed_by=f"据{appearance.audience_claimed_by.strip()}",
            )
        ],
    )


def prove(
    *,
    placement: Placement,
    by: str,
    at: datetime,
    files: Sequence[tuple[bytes, str, str]] = (),
    link: str = "",
    note: str = "",
) -> Placement:
    """Keep what bears a placement out: files (bytes, name, channel) and a link.

    A file is kept and makes the claims "with evidence". A link is only pointed at, since what stands there can change:
    the placement counts as proven, its claims stay claims. Raises Refused `not_made_yet`, `no_proof`, or as `receive` does.
    """
    if placement.made_on is None:
        raise Refused("not_made_yet", gettext_noop("Say first when it appeared."))
    if not files and not link.strip():
        raise Refused("no_proof", gettext_noop("Choose a file or give a link."))
    with writing(by=by, at=at, action="placement.prove", about=placement.title) as write:
        known = set(PlacementProof.objects.filter(placement=placement).values_list("submission", flat=True))
        for data, file_name, channel in files:
            kept, _is_new = receive(
                campaign=placement.campaign,
                data=data,
                file_name=file_name,
                channel=channel,
                sender=placement.unit,
                by=by,
                at=at,
            )
            if kept.pk not in known:
                known.add(kept.pk)
                write.create(PlacementProof(placement=placement, submission=kept, note=note.strip()[:160]))
        if link.strip():
            write.change(placement, proof_link=link.strip()[:400])
    _bear_out(placement, by=by, at=at)
    return placement


def _bear_out(placement: Placement, *, by: str, at: datetime) -> None:
    proofs = PlacementProof.objects.filter(placement=placement).select_related("submission")
    if placement.activity and proofs:
        current = Activity.objects.get(key=placement.activity.key, is_current=True)
        attach_evidence(activity=current, submissions=[proof.submission for proof in proofs], by=by, at=at)


def call_off(*, placement: Placement, reason: str, by: str, at: datetime) -> Placement:
    """Call a placement off, with the reason; where it was entered as made by mistake, its activity is withdrawn.

    Raises Refused `reason_missing`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the record."))
    with writing(by=by, at=at, action="placement.call_off", about=reason) as write:
        if placement.activity:
            current = Activity.objects.get(key=placement.activity.key, is_current=True)
            if not current.is_withdrawn:
                withdraw(write, activity=current, submission=current.submission, reason=reason)
        return write.change(placement, called_off_because=reason.strip()[:200])
