"""All examined photos in this process's memory, brought up to date from the table before each look-up.

Several processes may examine at once, each with its own memory. None misses a pair: a photo's row is
committed before it is held against the others, so that of two photos the one committed later finds the
other, whoever examines which.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.fingerprint import Fingerprint
from safemonth.collect.evidence.likeness import Likeness, find_reuse
from safemonth.collect.evidence.models import Photo
from safemonth.collect.evidence.photo_index import PhotoIndex
from safemonth.collect.evidence.queries import features_of_photo
from safemonth.collect.submissions.models import Submission

# Rows are numbered before they are committed, so that a lower number may appear after a higher one: so many of the
# newest are read again each time.
READ_AGAIN = 500
# Of one photo so many likenesses are put before a person, the surest; each of the others stands with its own.
MOST_LIKENESSES = 20


@dataclass
class _Nearby:
    """One county's photos, by their telling points; `known` is each one's features, to see that rows are the same."""

    points: FeatureIndex = field(default_factory=FeatureIndex)
    known: dict[int, str] = field(default_factory=dict)


class KnownPhotos:
    """Fingerprints of all photos and telling points of each county's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forget()

    def look_alikes(self, photo: Photo, *, features: Features, counties: Iterable[int]) -> list[Likeness]:
        """Return the photos that look like one picture with this one, the surest first, at most MOST_LIKENESSES.

        By fingerprint among all photos, by points among those of `counties` (keys of the campaigns' units).
        """
        asked = Fingerprint.from_bytes(bytes.fromhex(photo.fingerprint))
        found: dict[int, Likeness] = {}
        with self._lock:
            self._catch_up()
            for points in [self._nearby(county).points for county in counties] or [FeatureIndex()]:
                for likeness in find_reuse(
                    key=photo.pk,
                    fingerprint=asked,
                    features=features,
                    photos=self._photos,
                    nearby=points,
                    features_of=_features_of,
                    except_for=found.keys(),
                ):
                    found[likeness.key] = likeness
        standing = set(Photo.objects.filter(pk__in=found).values_list("pk", flat=True))
        surest = sorted(found.values(), key=lambda likeness: (-likeness.share, likeness.key))
        return [likeness for likeness in surest if likeness.key in standing][:MOST_LIKENESSES]

    def _forget(self) -> None:
        self._photos = PhotoIndex()
        self._known: dict[int, str] = {}
        self._highest = 0
        self._counties: dict[int, _Nearby] = {}

    def _catch_up(self) -> None:
        """Read the rows that came since; where rows are not those that were read (another database), start anew."""
        rows = self._rows_from(self._highest - READ_AGAIN)
        kept = {pk for pk in self._known if pk > self._highest - READ_AGAIN}
        if not kept <= rows.keys() or any(rows[pk] != self._known[pk] for pk in kept):
            self._forget()
            rows = self._rows_from(0)
        new = {pk: written for pk, written in rows.items() if pk not in self._known}
        if new:
            hashes = [Fingerprint.from_bytes(bytes.fromhex(written)).upright for written in new.values()]
            self._photos.add(new.keys(), np.array(hashes))
            self._known |= new
            self._highest = max(self._highest, *new)

    @staticmethod
    def _rows_from(pk: int) -> dict[int, str]:
        return dict(Photo.objects.filter(pk__gt=pk).exclude(fingerprint="").values_list("pk", "fingerprint"))

    def _nearby(self, county: int) -> _Nearby:
        digests = Submission.objects.filter(campaign__unit=county).values("sha256")
        photos = Photo.objects.filter(sha256__in=digests).exclude(features_sha256="")
        rows = dict(photos.values_list("pk", "features_sha256"))
        nearby = self._counties.setdefault(county, _Nearby())
        if not nearby.known.items() <= rows.items():
            nearby = self._counties[county] = _Nearby()
        for photo in photos.filter(pk__in=rows.keys() - nearby.known.keys()).order_by("pk"):
            theirs = features_of_photo(photo)
            if theirs is not None:
                nearby.points.add(photo.pk, theirs)
            nearby.known[photo.pk] = photo.features_sha256
        return nearby


def _features_of(pk: int) -> Features | None:
    photo = Photo.objects.filter(pk=pk).first()
    return features_of_photo(photo) if photo else None


KNOWN = KnownPhotos()
