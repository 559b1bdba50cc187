"""Writes of the files that come with filled forms."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from safemonth.collect.forms.models import Attachment, Instance
from safemonth.collect.forms.queries import attachments_of, drawn_names
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.rules import check_size
from safemonth.ledger.actions import Write, writing

# Two posts of one file at once: the later one finds the earlier's row on its second try.
TRIES = 5


def keep_files(write: Write, instance: Instance, files: Sequence[tuple[str, bytes]], *, by: str, at: datetime) -> None:
    """Keep files of an instance within an open `writing`; of two under one name both are kept and the first stands.

    An empty file has not arrived: phones send those where a photo was lost.
    """
    arrived = [(name, data) for name, data in files if data]
    drawn = drawn_names(instance) if arrived else frozenset()
    for name, data in arrived:
        submission, _ = receive(
            campaign=instance.campaign,
            data=data,
            file_name=name,
            channel="photo",
            sender=instance.unit,
            by=by,
            at=at,
        )
        _attach(write, instance, name=name, submission=submission, drawn=drawn, at=at)


def _attach(
    write: Write, instance: Instance, *, name: str, submission: Submission, drawn: Collection[str], at: datetime
) -> None:
    name = name[:255]
    under_name = Attachment.objects.filter(instance=instance, name=name)
    if under_name.filter(submission=submission).exists():
        return
    write.create(
        Attachment(
            instance=instance,
            name=name,
            submission=submission,
            is_claimed=name in instance.file_names,
            is_drawn=name in drawn,
            is_current=not under_name.filter(is_current=True).exists(),
            received_at=at,
        )
    )


def carry_files(write: Write, instance: Instance, original: Instance) -> None:
    """Let an edit keep the photos that it still names and did not send again, within an open `writing`."""
    arrived = set(Attachment.objects.filter(instance=instance).values_list("name", flat=True))
    drawn = drawn_names(instance)
    for attachment in attachments_of(original):
        if attachment.name in instance.file_names and attachment.name not in arrived:
            _attach(
                write,
                instance,
                name=attachment.name,
                submission=attachment.submission,
                drawn=drawn,
                at=instance.received_at,
            )


def receive_file(*, instance: Instance, name: str, data: bytes, by: str, at: datetime) -> Instance:
    """Keep one file of a filled form that came after its answers; the same file again changes nothing.

    Raises Refused `empty_file` or `file_too_large`.
    """
    check_size(data, file_name=name)
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), writing(by=by, at=at, action="answers.file", about=name) as write:
                keep_files(write, instance, [(name, data)], by=by, at=at)
            return instance
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")
