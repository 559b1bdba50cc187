"""How a report is counted once: one activity for each matter, made when the office takes it up, none for its doubles."""

from datetime import datetime

from django.utils import timezone

from safemonth.collect.activities.actions import withdraw
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.inspection.tips.models import Tip, TipStep
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel
from safemonth.ledger.actions import Write
from safemonth.ledger.rules import plain
from safemonth.lib.digests import canonical_json
from safemonth.lib.measure_words import basis_of
from safemonth.plan.models import ActivityKind


def count(write: Write, tip: Tip, *, by: str, at: datetime, reason: str = "") -> Activity:
    """Let a report count as received within an open `writing`, with the reward where one was paid; again changes nothing.

    Nothing of what was said, nor of who said it, goes into the activity or what it was made from.
    """
    standing = Activity.objects.filter(key=tip.activity_key, is_current=True).first() if tip.activity_key else None
    host = tip.campaign.unit
    day = timezone.localdate(tip.received_at)
    counts = [Count("reports_received", host, 1, basis=basis_of("件"), measure_word="件")]
    if tip.reward_yuan:
        counts.append(Count("rewards_yuan", host, tip.reward_yuan, basis="yuan", measure_word="元"))
    activity = record_deed(
        write,
        campaign=tip.campaign,
        deed=Deed(
            kind=ActivityKind.OTHER,
            title=f"受理群众举报 {tip.number}",
            host=host,
            place=tip.township.name if tip.township else "",
            from_on=day,
            to_on=day,
            counts=counts,
        ),
        entry={"tip": tip.number, "reason": reason, "steps": TipStep.objects.filter(tip=tip).count()},
        file_name=f"tip-{tip.number}.json",
        by=by,
        at=at,
        standing=standing,
        reason=reason or "重新受理",
    )
    if tip.activity_key != activity.key:
        write.change(tip, activity_key=activity.key)
    return activity


def uncount(write: Write, tip: Tip, *, by: str, at: datetime) -> None:
    """Take back that a report counts, within an open `writing`: it is a double of one that does."""
    standing = Activity.objects.filter(key=tip.activity_key, is_current=True).first() if tip.activity_key else None
    if standing is None or standing.is_withdrawn:
        return
    entry = {"tip": tip.number, "withdrawn": True, "by": by, "at": at}
    submission, _is_new = receive(
        campaign=tip.campaign,
        data=canonical_json(plain(entry)).encode(),
        file_name=f"tip-{tip.number}.json",
        channel=Channel.WEB,
        sender=standing.host,
        by=by,
        at=at,
    )
    withdraw(write, activity=standing, submission=submission, reason="与另一件举报重复，并案处理")
