"""The whole way of a filled form: kept once, read, what is sure accepted, edits made corrections, photos made evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from safemonth.collect.activities.actions import sign_return, withdraw
from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.queries import current_version, has_activities
from safemonth.collect.forms.actions import decide_rival, receive_answers, receive_file
from safemonth.collect.forms.models import Device, Instance, Rival
from safemonth.collect.forms.queries import instance_called, missing_files
from safemonth.collect.forms.rules import Outcome
from safemonth.collect.inspection.checklists.actions import decide_sent_twice, take_in_inspection
from safemonth.collect.inspection.checklists.queries import is_of_inspection
from safemonth.collect.readers.actions.accept import accept_sure, corrected_by
from safemonth.collect.readers.actions.derive import derive, store
from safemonth.collect.readers.actions.evidence import link_evidence
from safemonth.collect.readers.models import Proposal, ProposalState, ReadingRecord
from safemonth.collect.readers.queries import current_reading, proposals_of
from safemonth.collect.readers.reading import Doubt, Reading
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign


@dataclass(frozen=True)
class Answered:
    """What became of a filled form: the outcome, the instance that stands, and the files still to come.

    `accepted` and `left_open` count its activities where it is new, else they are 0.
    """

    outcome: Outcome
    instance: Instance
    missing: tuple[str, ...]
    accepted: int = 0
    left_open: int = 0


def take_in_answers(
    *,
    campaign: Campaign,
    xml: bytes,
    user: User,
    by: str,
    at: datetime,
    files: Sequence[tuple[str, bytes]] = (),
    device: Device | None = None,
) -> Answered:
    """Take in a filled form with the files that came with it; all of it or nothing is stored.

    The same content again changes nothing but adds files that had not come; other content, and an edit from a stale
    copy, are kept beside what stands. Raises Refused as `receive_answers` does, and then keeps nothing.
    """
    with transaction.atomic():
        received = receive_answers(campaign=campaign, xml=xml, files=files, user=user, device=device, by=by, at=at)
        instance = received.instance
        is_inspection = is_of_inspection(instance)
        accepted, left_open = 0, 0
        if received.outcome == "new" and not is_inspection:
            accepted, left_open = settle(instance=instance, by=by, at=at)
        if received.outcome == "known" and files and not is_inspection:
            link_evidence(submission=instance.submission, by=by, at=at)
    if is_inspection:
        # Not in the same transaction, since it enters events of several hazards; where it fails, a worker does it again.
        take_in_inspection(sent=received.rival or instance, by=by, at=at)
        accepted = int(received.outcome == "new")
    return Answered(received.outcome, instance, missing_files(instance), accepted, left_open)


def take_in_file(
    *, campaign: Campaign, instance_id: str, file_name: str, data: bytes, user: User, by: str, at: datetime
) -> Answered:
    """Take in one file of a filled form that came before; the same file again changes nothing.

    Raises Refused `no_such_instance` (also where another sent it), `empty_file` or `file_too_large`.
    """
    instance = instance_called(campaign, instance_id, user=user)
    with transaction.atomic():
        receive_file(instance=instance, name=file_name, data=data, by=by, at=at)
        link_evidence(submission=instance.submission, by=by, at=at)
    if is_of_inspection(instance):
        take_in_inspection(sent=instance, by=by, at=at)
    return Answered("known", instance, missing_files(instance))


def settle(*, instance: Instance, by: str, at: datetime) -> tuple[int, int]:
    """Read a filled form that stands and accept what is sure; returns (accepted, left open).

    An edit of what was accepted becomes a correction of it. An instance that an edit has replaced already is kept
    and not read: the edit speaks for it. An inspection or a recheck goes into the register of hazards.
    """
    if is_of_inspection(instance):
        take_in_inspection(sent=instance, by=by, at=at)
        return 1, 0
    if not instance.is_current:
        return 0, 0
    submission = instance.submission
    before = current_reading(instance.replaces.submission) if instance.replaces else None
    try:
        reading = derive(submission=submission, by=by, at=at)
    except Refused as refused:
        unreadable = Reading(format="unreadable", doubts=(Doubt(refused.code, refused.sentence, refused.params),))
        reading = store(submission=submission, reading=unreadable, proposed=[], by=by, at=at)
    corrected = _correct(reading, before, by=by, at=at) if before else 0
    accepted, left_open = accept_sure(reading=reading, by=by, at=at)
    sign_stated(reading=reading, by=by, at=at)
    return accepted + corrected, left_open


def _correct(reading: ReadingRecord, before: ReadingRecord, *, by: str, at: datetime) -> int:
    """Make corrections of what the form said before it was edited; returns how many.

    What was accepted is corrected where the edit is sure of it; where it is not, the doubt stays for the clerk, who
    finds the activity named as the likely double. What the edit no longer says is withdrawn, and what waited is
    replaced.
    """
    now = {proposal.source.field: proposal for proposal in proposals_of(reading)}
    corrected = 0
    reason = gettext_noop("edited by the sender")
    with writing(by=by, at=at, action="answers.correct", about=reading.submission.file_name) as write:
        for old in proposals_of(before):
            if old.state == ProposalState.OPEN:
                write.change(old, state=ProposalState.REPLACED)
            standing = current_version(old.activity) if old.activity else None
            if standing is None:
                continue
            new = now.get(old.source.field)
            if new is None:
                withdraw(write, activity=standing, submission=reading.submission, reason=reason)
                continue
            # That it looks like what it corrects is no doubt.
            doubts = [d for d in new.doubts if not _is_of(d, standing, new)]
            write.change(new, doubts=doubts, likely_double_of=standing)
            if not doubts and corrected_by(write, proposal=new, of=standing, reason=reason, by=by, at=at):
                corrected += 1
    return corrected


def _is_of(doubt: dict[str, object], standing: Activity, new: Proposal) -> bool:
    return (
        doubt["code"] == "likely_double"
        and new.likely_double_of is not None
        and (new.likely_double_of.key == standing.key)
    )


def sign_stated(*, reading: ReadingRecord, by: str, at: datetime) -> bool:
    """Sign the return that a form states, where it is known whose it is and nothing contradicts it; returns whether.

    A nil return of a unit that has activities on record is not signed: it stays for the clerk with that doubt.
    """
    stated = reading.signed
    if not stated or not stated["unit"] or any(doubt["blocks"] for doubt in stated["doubts"]):
        return False
    submission = reading.submission
    unit = Unit.objects.get(code=stated["unit"])
    if stated["is_nil"] and has_activities(submission.campaign, unit):
        doubt = {
            "code": "not_nil",
            "sentence": gettext_noop("“%(unit)s” says that there is nothing, and has activities on record."),
            "params": {"unit": unit.name},
            "blocks": True,
        }
        if doubt not in reading.doubts:
            with writing(by=by, at=at, action="return.doubt", about=unit.code) as write:
                write.change(reading, doubts=[*reading.doubts, doubt])
        return False
    sign_return(
        campaign=submission.campaign,
        unit=unit,
        period_from=_day(stated["period_from"]) or submission.campaign.starts_on,
        period_to=_day(stated["period_to"]) or submission.campaign.ends_on,
        is_nil=stated["is_nil"],
        signed_by=stated["signed_by"] or by,
        submission=submission,
        by=by,
        at=at,
        signed_at=submission.received_at,
    )
    return True


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def take_rival(*, rival: Rival, take: bool, reason: str, by: str, at: datetime) -> Instance:
    """Decide which of two versions stands, and read the other where it was taken; returns what stands.

    Raises Refused `decided_already` or `reason_missing`.
    """
    if is_of_inspection(rival.standing):
        return decide_sent_twice(rival=rival, take=take, reason=reason, by=by, at=at)
    with transaction.atomic():
        standing = decide_rival(rival=rival, take=take, reason=reason, by=by, at=at)
        if take:
            settle(instance=standing, by=by, at=at)
    return standing
