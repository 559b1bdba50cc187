"""Decisions on answers that contradict what stands."""

from datetime import datetime

from safemonth.collect.forms.actions.files import carry_files
from safemonth.collect.forms.answers import file_names, read_envelope
from safemonth.collect.forms.models import Instance, Rival, RivalDecision
from safemonth.collect.forms.queries import design_of_version, newest_edit, version_for
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop


def decide_rival(*, rival: Rival, take: bool, reason: str, by: str, at: datetime) -> Instance:
    """Decide which of two versions stands; returns the instance that stands afterwards.

    Taking the rival makes it an edit of what stood (which stays readable). Raises Refused `decided_already` or
    `reason_missing`.
    """
    if rival.decision != RivalDecision.OPEN:
        raise Refused("decided_already", gettext_noop("This was decided already."))
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why; the reason stays with the decision."))
    with writing(by=by, at=at, action="rival.take" if take else "rival.keep", about=reason) as write:
        write.change(
            rival,
            decision=RivalDecision.TAKE if take else RivalDecision.KEEP,
            decided_by=by,
            decided_at=at,
            decision_reason=reason[:200],
        )
        newest = newest_edit(rival.standing)
        if not take:
            return newest
        xml = bytes_kept(rival.submission.sha256)
        envelope = read_envelope(xml)
        version = version_for(form_id=envelope.form_id, version=envelope.version)
        same_id = Instance.objects.filter(campaign=newest.campaign, instance_id=rival.instance_id).exists()
        instance = write.create(
            Instance(
                campaign=newest.campaign,
                form_version=version,
                instance_id=f"{rival.instance_id[:200]}#{rival.canonical_sha256[:16]}"
                if same_id
                else rival.instance_id,
                canonical_sha256=rival.canonical_sha256,
                submission=rival.submission,
                unit=newest.unit,
                sent_by=rival.sent_by,
                received_at=rival.received_at,
                file_names=list(file_names(xml, design_of_version(version))),
                deprecated_id=newest.instance_id,
                replaces=newest,
            )
        )
        write.change(newest, is_current=False)
        carry_files(write, instance, newest)
    return instance
