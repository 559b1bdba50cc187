"""Writes of what arrived: the bytes are kept first, then the row that speaks of them."""

import os
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.rules import check_size, storage_path
from safemonth.ledger.actions import writing
from safemonth.lib.digests import sha256_hex
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


def keep_bytes(data: bytes) -> str:
    """Keep bytes under their SHA-256 and return it; the same bytes are kept once.

    The file is whole or not there, also where the power fails half-way or two keep the same bytes at once.
    """
    sha256 = sha256_hex(data)
    path = storage_path(sha256)
    if default_storage.exists(path) and default_storage.size(path) == len(data):
        return sha256
    try:
        target = Path(default_storage.path(path))
    except NotImplementedError:  # A store that is no folder writes whole objects by itself.
        default_storage.save(path, ContentFile(data))
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix="incoming-", delete=False) as incoming:
        incoming.write(data)
        incoming.flush()
        os.fsync(incoming.fileno())
    Path(incoming.name).replace(target)
    return sha256


def receive(
    *,
    campaign: Campaign,
    data: bytes,
    file_name: str,
    channel: str,
    sender: Unit | None,
    by: str,
    at: datetime,
) -> tuple[Submission, bool]:
    """Take in a file; returns the submission and whether it is new.

    The same bytes a second time in one campaign give back the first submission and change nothing.
    Raises Refused `empty_file` or `file_too_large`, and then keeps nothing.
    """
    check_size(data, file_name=file_name)
    sha256 = keep_bytes(data)
    known = Submission.objects.filter(campaign=campaign, sha256=sha256).first()
    if known:
        return known, False
    with writing(by=by, at=at, action="submission.receive", about=file_name) as write:
        submission = write.create(
            Submission(
                campaign=campaign,
                sha256=sha256,
                size_bytes=len(data),
                file_name=file_name[:255],
                channel=channel,
                sender=sender,
                received_at=at,
                received_by=by,
            )
        )
    return submission, True
