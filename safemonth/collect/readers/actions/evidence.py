"""Photos sent with a filled form become evidence of what the form became, whichever comes first."""

from datetime import datetime

from safemonth.collect.activities.actions import attach_evidence
from safemonth.collect.activities.queries import current_version
from safemonth.collect.forms.queries import attachments_of, instance_of
from safemonth.collect.readers.queries import current_reading, proposals_of
from safemonth.collect.submissions.models import Channel, Submission


def link_evidence(*, submission: Submission, by: str, at: datetime) -> int:
    """Let the photos of a filled form bear out the activities that it became; returns how many were new.

    Of two photos under one name the one that stands is taken. Doing so twice changes nothing, and what is no filled
    form has no photos.
    """
    instance = instance_of(submission) if submission.channel == Channel.FORM else None
    reading = current_reading(submission) if instance else None
    if instance is None or reading is None:
        return 0
    arrived = {row.name: row.submission for row in attachments_of(instance) if row.is_current and row.is_claimed}
    new = 0
    for proposal in proposals_of(reading):
        activity = current_version(proposal.activity) if proposal.activity else None
        found = [arrived[name] for name in proposal.evidence if name in arrived]
        if activity and found:
            new += attach_evidence(activity=activity, submissions=found, by=by, at=at)
    return new
