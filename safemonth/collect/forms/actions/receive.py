"""Writes of what was filled in: each filled form once, whatever is sent again and however often at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from safemonth.collect.forms.actions.files import carry_files, keep_files
from safemonth.collect.forms.answers import file_names, read_envelope
from safemonth.collect.forms.canonical import canonical
from safemonth.collect.forms.models import Device, Instance, Rival, RivalDecision, RivalReason
from safemonth.collect.forms.queries import design_of_version, newest_edit, version_for
from safemonth.collect.forms.rules import Outcome, Standing, identity_of, outcome_of
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.rules import check_size
from safemonth.ledger.actions import Write, writing
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign

# Two posts of one instance at once: the later one finds the earlier's row on its second try.
TRIES = 5


@dataclass(frozen=True)
class Received:
    """What became of filled answers: the outcome, the instance that stands, and (conflict, stale) the rival kept."""

    outcome: Outcome
    instance: Instance
    rival: Rival | None = None


def receive_answers(
    *,
    campaign: Campaign,
    xml: bytes,
    files: Sequence[tuple[str, bytes]],
    user: User,
    device: Device | None,
    by: str,
    at: datetime,
) -> Received:
    """Keep answers and the files sent with them, once, whatever is sent again and however often at once.

    The same content under the same instanceID is known and only adds files that had not come. Other content is kept
    as a rival of what stands. An edit (`deprecatedID`) becomes the instance that stands; an edit of what is no
    longer current is kept as a rival of the newest. Files sent with a rival are kept beside what stands.
    Raises Refused (`not_answers`, `unknown_form`, `unknown_form_version`, `empty_file`, `file_too_large`,
    `not_your_record`) and then keeps nothing.
    """
    check_size(xml, file_name="xml")
    for name, data in files:
        if data:
            check_size(data, file_name=name)
    envelope = read_envelope(xml)
    version = version_for(form_id=envelope.form_id, version=envelope.version)
    digest = sha256_hex(canonical(xml))
    names = file_names(xml, design_of_version(version))
    draft = Instance(
        campaign=campaign,
        form_version=version,
        instance_id=identity_of(instance_id=envelope.instance_id, canonical_sha256=digest),
        canonical_sha256=digest,
        unit=user.unit,
        sent_by=by,
        device=device,
        received_at=at,
        file_names=list(names),
        deprecated_id=envelope.deprecated_id,
    )
    for left in reversed(range(TRIES)):
        try:
            # A transaction of its own, since a lost race makes it void.
            with transaction.atomic():
                return _receive(draft, xml=xml, files=files, user=user, by=by, at=at)
        except IntegrityError:
            if not left:
                raise
            draft.pk = None
    raise AssertionError("unreachable")


def _receive(
    draft: Instance, *, xml: bytes, files: Sequence[tuple[str, bytes]], user: User, by: str, at: datetime
) -> Received:
    campaign, digest = draft.campaign, draft.canonical_sha256
    standing = Instance.objects.filter(campaign=campaign, instance_id=draft.instance_id).first()
    original = None
    if draft.deprecated_id and draft.deprecated_id != draft.instance_id:
        original = Instance.objects.filter(
            campaign=campaign, instance_id=draft.deprecated_id, form_version__form=draft.form_version.form
        ).first()
    taken = frozenset(
        Rival.objects.filter(standing=standing, decision=RivalDecision.TAKE).values_list("canonical_sha256", flat=True)
        if standing
        else ()
    )
    outcome = outcome_of(
        sent=digest,
        standing=Standing(standing.canonical_sha256, taken) if standing else None,
        original_is_current=original.is_current if original else None,
    )
    touched = standing or original
    if touched and outcome != "known" and not _may_touch(user, touched):
        raise Refused(
            "not_your_record",
            gettext_noop("This form was filled in by another unit. Only that unit or the office may change it."),
        )
    with writing(by=by, at=at, action=f"answers.{outcome}", about=draft.instance_id) as write:
        if outcome == "known" and standing is not None:
            newest = newest_edit(standing) if digest != standing.canonical_sha256 else standing
            keep_files(write, newest, files, by=by, at=at)
            return Received("known", newest)
        submission = _keep_xml(draft, xml, sender=user, by=by, at=at)
        if outcome == "new":
            draft.submission, draft.replaces = submission, original
            instance = _keep_instance(write, draft)
            keep_files(write, instance, files, by=by, at=at)
            if original:
                carry_files(write, instance, original)
            return Received("new", instance)
        beside = standing or newest_edit(original or draft)
        rival = Rival.objects.filter(standing=beside, canonical_sha256=digest).first() or write.create(
            Rival(
                standing=beside,
                instance_id=draft.instance_id,
                submission=submission,
                canonical_sha256=digest,
                reason=RivalReason.OTHER_CONTENT if outcome == "conflict" else RivalReason.STALE_EDIT,
                sent_by=by,
                received_at=at,
            )
        )
        keep_files(write, beside, files, by=by, at=at)
    return Received(outcome, beside, rival)


def _may_touch(user: User, instance: Instance) -> bool:
    if sees_all(user) or instance.sent_by == user.username:
        return True
    return instance.unit is not None and units_seen_by(user).filter(pk=instance.unit.pk).exists()


def _keep_xml(draft: Instance, xml: bytes, *, sender: User, by: str, at: datetime) -> Submission:
    submission, _ = receive(
        campaign=draft.campaign,
        data=xml,
        file_name=f"{draft.form_version.form.code}-{draft.instance_id.removeprefix('uuid:')[:12]}.xml",
        channel="form",
        # The office fills in for others: the answers name whose they are.
        sender=None if sees_all(sender) else sender.unit,
        by=by,
        at=at,
    )
    return submission


def _keep_instance(write: Write, draft: Instance) -> Instance:
    """Insert an instance in its place among its edits, in whatever order these arrived."""
    later = Instance.objects.filter(
        campaign=draft.campaign,
        deprecated_id=draft.instance_id,
        replaces=None,
        form_version__form=draft.form_version.form,
    ).first()
    draft.is_current = later is None
    instance = write.create(draft)
    if draft.replaces:
        write.change(draft.replaces, is_current=False)
    if later:
        write.change(later, replaces=instance)
    return instance
