"""Two photos that look alike, put side by side: what is known of each, and the one laid over the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.fingerprint import Fingerprint, distances
from safemonth.collect.evidence.matching import compare, compare_turned
from safemonth.collect.evidence.models import Photo, PhotoLikeness
from safemonth.collect.evidence.overlay import difference, laid_over
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.places import Position, distance_m
from safemonth.collect.evidence.queries import PhotoUse, features_of_photo
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import named


@dataclass(frozen=True)
class Fact:
    """One line of the table: what is known of the first photo and of the second; empty: nothing.

    Where `is_of_both`, `second` is said of the two together.
    """

    label: str
    first: str
    second: str
    is_of_both: bool = False

    @property
    def differs(self) -> bool:
        """Whether both are known and not the same."""
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True)
class ComparedPictures:
    """The second photo laid over the first, in the first's small copy's size, and what differs."""

    laid: Image.Image
    difference: Image.Image


def facts_side_by_side(
    first: Photo, first_uses: Sequence[PhotoUse], second: Photo, second_uses: Sequence[PhotoUse]
) -> list[Fact]:
    """Return what is known of two photos, line by line in the page's language; lines that are empty on both sides go.

    Of a photo that several reports use, the earliest is meant.
    """
    one, other = first_uses[0] if first_uses else None, second_uses[0] if second_uses else None

    def of_use(label: str, said: Callable[[PhotoUse], str]) -> Fact:
        return Fact(label, said(one) if one else "", said(other) if other else "")

    facts = [
        of_use(_("Sent by"), lambda use: named(use.unit) if use.unit else ""),
        of_use(_("For"), lambda use: use.activity.title if use.activity else ""),
        of_use(_("Month"), lambda use: named(use.campaign)),
        of_use(_("Received"), lambda use: _minute(use.received_at)),
        Fact(_("Taken"), _minute(first.taken_at), _minute(second.taken_at)),
        Fact(_("Where"), _place(first), _place(second)),
        Fact(_("Apart"), "", _apart(first, second), is_of_both=True),
        Fact(_("Camera"), first.camera, second.camera),
        Fact(_("Program"), first.software, second.software),
        Fact(_("Size"), f"{first.width} × {first.height}", f"{second.width} × {second.height}"),
    ]
    return [fact for fact in facts if fact.first or fact.second]


def can_be_laid(likeness: PhotoLikeness) -> bool:
    """Return whether the second photo can be laid over the first: two photos, and a way to lay them is found."""
    return likeness.photo_id != likeness.other_id and _frames(likeness) is not None


def compared_pictures(likeness: PhotoLikeness) -> ComparedPictures | None:
    """Return the second photo laid over the first; None where no way to lay it can be found any more."""
    frames = _frames(likeness)
    if frames is None:
        return None
    transform, first_size, second_size = frames
    try:
        one, other = (open_photo(bytes_kept(row.reduced_sha256)) for row in (likeness.photo, likeness.other))
    except Refused:
        return None
    laid, reached = laid_over(one, other, transform, first_size=first_size, second_size=second_size)
    return ComparedPictures(laid, difference(one, laid, reached))


def _frames(likeness: PhotoLikeness) -> tuple[np.ndarray, tuple[int, int], tuple[int, int]] | None:
    """Return the transform between the two photos, and the sizes of the frames that it is between."""
    first, second = features_of_photo(likeness.photo), features_of_photo(likeness.other)
    if first is None or second is None:
        return None
    transform = _transform(likeness, first, second)
    return None if transform is None else (transform, first.size, second.size)


def _transform(likeness: PhotoLikeness, first: Features, second: Features) -> np.ndarray | None:
    """Find again what lays the first over the second, as it was found: either way round, or turned as a whole."""
    match = compare(first, second)
    if match.is_match:
        return match.transform
    back = compare(second, first)
    if back.is_match and back.transform is not None:
        return np.asarray(np.linalg.inv(back.transform))
    one, other = (Fingerprint.from_bytes(bytes.fromhex(row.fingerprint)) for row in (likeness.photo, likeness.other))
    turn = int(distances(one.hashes, other.hashes[:1]).argmin())
    return compare_turned(first, second, turn).transform


def _minute(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def _place(photo: Photo) -> str:
    return "" if photo.latitude is None else f"{photo.latitude}, {photo.longitude}"


def _apart(first: Photo, second: Photo) -> str:
    """Say how far two photos were taken from each other, in time and over the ground."""
    said = []
    if first.taken_at and second.taken_at:
        minutes = round(abs((first.taken_at - second.taken_at).total_seconds()) / 60)
        said.append(
            _("%(days)s d %(hours)s h %(minutes)s min")
            % {"days": minutes // 1440, "hours": minutes % 1440 // 60, "minutes": minutes % 60}
        )
    places = [
        Position(float(row.latitude), float(row.longitude))
        for row in (first, second)
        if row.latitude is not None and row.longitude is not None
    ]
    if len(places) == 2:
        said.append(_("%(km)s km") % {"km": f"{distance_m(*places) / 1000:.1f}"})
    return ", ".join(said)
