"""Removing who reported, on the day that was stated to them; the case stays."""

from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage

from safemonth.collect.inspection.tips.models import Tip, TipPhoto
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.rules import storage_path
from safemonth.ledger.actions import writing


def remove_personal_data(*, key: UUID, by: str, at: datetime) -> bool:
    """Remove name, phone, the phone's position and the photos' original files; returns whether there was anything left to do.

    Doing it again changes nothing. A file that something else uses too (a second report, a submission) stays for that.
    """
    with writing(by=by, at=at, action="tip.remove_personal_data", about=f"{key}") as write:
        tip = Tip.objects.select_for_update().get(key=key)
        if tip.personal_removed_at is not None:
            return False
        photos = list(TipPhoto.objects.filter(tip=tip))
        for photo in photos:
            _remove_file(photo)
        write.change_each(
            [
                (
                    photo,
                    {
                        "original_sha256": "",
                        "latitude": None,
                        "longitude": None,
                        "taken_at": None,
                        "is_original_removed": True,
                    },
                )
                for photo in photos
            ]
        )
        write.change(
            tip,
            reporter_name="",
            reporter_phone="",
            latitude=None,
            longitude=None,
            has_contact=False,
            personal_removed_at=at,
        )
        return True


def _remove_file(photo: TipPhoto) -> None:
    sha256 = photo.original_sha256
    if not sha256 or Submission.objects.filter(sha256=sha256).exists():
        return
    if TipPhoto.objects.filter(original_sha256=sha256).exclude(tip=photo.tip_id).exists():
        return
    path = storage_path(sha256)
    if default_storage.exists(path):
        default_storage.delete(path)
