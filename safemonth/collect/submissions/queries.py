"""Reads of what arrived."""

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from safemonth.collect.submissions.models import Source, SourceKind, Submission
from safemonth.collect.submissions.rules import column_letters, storage_path
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def submissions_seen_by(user: User, campaign: Campaign) -> QuerySet[Submission]:
    """Return the campaign's submissions that the user may see, newest first."""
    submissions = Submission.objects.filter(campaign=campaign).select_related("sender").order_by("-received_at", "-id")
    if sees_all(user):
        return submissions
    return submissions.filter(Q(sender__in=units_seen_by(user)) | Q(received_by=user.username))


def bytes_kept(sha256: str) -> bytes:
    """Return the bytes kept under a digest; raises Refused `bytes_altered` or `bytes_missing`."""
    path = storage_path(sha256)
    if not default_storage.exists(path):
        raise Refused(
            "bytes_missing", gettext_noop("The file with SHA-256 %(sha256)s is not in the store."), sha256=sha256
        )
    with default_storage.open(path) as kept:
        data: bytes = kept.read()
    if sha256_hex(data) != sha256:
        raise Refused(
            "bytes_altered",
            gettext_noop("The file with SHA-256 %(sha256)s was altered in the store."),
            sha256=sha256,
        )
    return data


def place_of(source: Source) -> str:
    """Return a source's place as a person finds it: `表1!C7`, `12-18`, a field's name."""
    if source.kind == SourceKind.CELL:
        return f"{source.sheet}!{column_letters(source.column or 1)}{source.row}"
    if source.kind == SourceKind.SPAN:
        return f"{source.start}-{source.end}"
    return source.field
