"""Writes of photos: examine one, decide on two that look alike, make the copy that may be published."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from safemonth.collect.evidence.copies import REDUCED_PX, Region, public_copy, reduced, rows_of, shrunk, thumbnail
from safemonth.collect.evidence.exif import PhotoFacts, instant, photo_facts
from safemonth.collect.evidence.features import features
from safemonth.collect.evidence.fingerprint import fingerprint
from safemonth.collect.evidence.known import KNOWN
from safemonth.collect.evidence.likeness import Likeness
from safemonth.collect.evidence.models import Decision, How, Photo, PhotoLikeness, PublicCopy
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.queries import counties_using, features_of_photo, reports_using, uses_of
from safemonth.collect.evidence.rules import check_decision
from safemonth.collect.submissions.actions import keep_bytes
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop

# Two processes that find the same pair at once: one of them looks again.
TRIES = 3


def examine(*, sha256: str, by: str, at: datetime) -> Photo:
    """Examine the photo kept under a digest and hold it against all others; doing so again adds only what is new.

    Takes any bytes: what is no photo gets a row with its problem. To be called whenever a file that may
    be a photo has arrived, also one that is known: the second report that uses it makes a likeness of
    the photo with itself. May be called by several processes at once, and goes on where it was broken
    off. Raises Refused `bytes_missing` or `bytes_altered`.
    """
    photo = Photo.objects.filter(sha256=sha256).first() or _first_look(sha256, by=by, at=at)
    if photo.compared_at is None and not photo.problem:
        _compare(photo, by=by, at=at)
    _note_second_use(photo, by=by, at=at)
    return photo


def decide_likeness(*, likeness: PhotoLikeness, decision: str, reason: str, by: str, at: datetime) -> PhotoLikeness:
    """Say what two photos that look alike are; a later decision takes the place of an earlier one.

    Raises Refused as `rules.check_decision` does.
    """
    check_decision(decision=decision, reason=reason)
    uses = reports_using(uses_of([likeness.photo.sha256]).get(likeness.photo.sha256, ()))
    with writing(by=by, at=at, action="photo.decide", about=str(likeness)) as write:
        return write.change(
            likeness,
            decision=decision,
            reason=reason.strip(),
            use_count=uses if likeness.how == How.SAME_FILE else likeness.use_count,
            decided_by=by,
            decided_at=at,
        )


def make_public_copy(*, photo: Photo, regions: tuple[Region, ...], by: str, at: datetime) -> PublicCopy:
    """Make the copy that may be published, with `regions` covered; the one before stays readable, not current.

    The same regions again change nothing. Raises Refused `not_a_photo` where the bytes cannot be opened.
    """
    data = public_copy(open_photo(bytes_kept(photo.sha256)), regions)
    rows = rows_of(regions)
    with writing(by=by, at=at, action="photo.public_copy", about=str(photo)) as write:
        # Two clerks at once: the second waits, and makes the next version.
        Photo.objects.select_for_update().get(pk=photo.pk)
        last = PublicCopy.objects.filter(photo=photo).order_by("-version").first()
        if last and last.is_current and last.regions == rows:
            return last
        if last:
            write.change(last, is_current=False)
        return write.create(
            PublicCopy(
                photo=photo,
                version=last.version + 1 if last else 1,
                regions=rows,
                sha256=keep_bytes(data),
                made_by=by,
                made_at=at,
            )
        )


def _first_look(sha256: str, *, by: str, at: datetime) -> Photo:
    """Read, copy and fingerprint a photo, and commit its row before it is compared (known.py says why)."""
    photo = Photo(sha256=sha256, examined_at=at, **_looked_at(bytes_kept(sha256)))
    try:
        with writing(by=by, at=at, action="photo.examine", about=str(photo)) as write:
            return write.create(photo)
    except IntegrityError:
        return Photo.objects.get(sha256=sha256)  # Another process was quicker.


def _looked_at(data: bytes) -> dict[str, Any]:
    """Return a photo's fields, files kept; only the problem where the bytes cannot be opened."""
    try:
        picture = open_photo(data)
    except Refused as refused:
        return {"problem": refused.code}
    facts = photo_facts(data) or PhotoFacts(picture.width, picture.height, "")
    zone = timezone.get_default_timezone()
    small = shrunk(picture, REDUCED_PX)
    return {
        "format": facts.format,
        "width": facts.width,
        "height": facts.height,
        "taken_at": instant(facts.taken_at, zone=zone),
        "changed_at": instant(facts.changed_at, zone=zone),
        "satellite_at": facts.satellite_at,
        "is_zone_assumed": bool(facts.taken_at and facts.taken_at.tzinfo is None),
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "camera": facts.camera,
        "software": facts.software,
        "comment": facts.comment,
        "is_made_by_model": facts.is_made_by_model,
        "has_camera_data": facts.has_camera_data,
        "faults": list(facts.faults),
        "fingerprint": fingerprint(picture).to_bytes().hex(),
        "features_sha256": keep_bytes(features(picture).to_bytes()),
        "reduced_sha256": keep_bytes(reduced(small)),
        "thumbnail_sha256": keep_bytes(thumbnail(small)),
    }


def _compare(photo: Photo, *, by: str, at: datetime) -> None:
    points = features_of_photo(photo)
    if points is None:
        raise Refused(
            "bytes_missing",
            gettext_noop("The file with SHA-256 %(sha256)s is not in the store."),
            sha256=photo.features_sha256,
        )
    for left in reversed(range(TRIES)):
        found = KNOWN.look_alikes(photo, features=points, counties=counties_using(photo.sha256))
        try:
            _keep_likenesses(photo, found, by=by, at=at)
        except IntegrityError:
            if not left:
                raise
        else:
            return


def _keep_likenesses(photo: Photo, found: list[Likeness], *, by: str, at: datetime) -> None:
    known = {
        row.photo_id + row.other_id - photo.pk
        for row in PhotoLikeness.objects.filter(photo=photo) | PhotoLikeness.objects.filter(other=photo)
    }
    with writing(by=by, at=at, action="photo.compare", about=str(photo)) as write:
        write.create_all(
            [
                PhotoLikeness(
                    photo_id=min(photo.pk, likeness.key),
                    other_id=max(photo.pk, likeness.key),
                    how=likeness.how,
                    distance=likeness.distance,
                    inliers=likeness.inliers,
                    share_percent=round(100 * likeness.share),
                    is_mirrored=likeness.is_mirrored,
                    found_at=at,
                )
                for likeness in found
                if likeness.key not in known
            ]
        )
        write.change(photo, compared_at=at)


def _note_second_use(photo: Photo, *, by: str, at: datetime) -> None:
    """Put a file that more than one report uses before a person; again where one more came after the decision."""
    reports = reports_using(uses_of([photo.sha256]).get(photo.sha256, ()))
    if reports < 2:
        return
    likeness = PhotoLikeness.objects.filter(photo=photo, other=photo).first()
    if likeness and reports <= likeness.use_count:
        return
    try:
        with writing(by=by, at=at, action="photo.second_use", about=str(photo)) as write:
            if likeness:
                write.change(likeness, use_count=reports, decision=Decision.OPEN, decided_by="", decided_at=None)
            else:
                write.create(
                    PhotoLikeness(
                        photo=photo, other=photo, how=How.SAME_FILE, use_count=reports, share_percent=100, found_at=at
                    )
                )
    except IntegrityError:
        return  # Another process has just said so.
