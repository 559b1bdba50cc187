"""Which other photos look like one picture with a given one: found for a person to look at, never a verdict."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.fingerprint import Fingerprint
from safemonth.collect.evidence.matching import is_one_picture
from safemonth.collect.evidence.photo_index import PhotoIndex

SURE_BITS = 31  # PDQ's own limit of a match
WORTH_A_LOOK_BITS = 70  # beyond, a fingerprint brings up strangers; up to it, what it brings up is compared in full


@dataclass(frozen=True)
class Likeness:
    """Another photo that looks like one picture with this one.

    `how` is "fingerprint" or "features"; `distance` in bits (None where the fingerprint did not find it),
    `inliers` points that agree, `share` 0 to 1, `transform` from this photo's `Features.size` to the other's.
    `is_other_shot`: two shots of one scene rather than one picture used twice.
    """

    key: int
    how: str
    distance: int | None
    inliers: int
    is_mirrored: bool
    share: float
    transform: np.ndarray | None
    is_other_shot: bool = False


def find_reuse(
    *,
    key: int,
    fingerprint: Fingerprint,
    features: Features,
    photos: PhotoIndex,
    nearby: FeatureIndex,
    features_of: Callable[[int], Features | None],
    except_for: Collection[int] = (),
    other_shots: bool = False,
) -> list[Likeness]:
    """Return the photos that look like one picture with this one, surest first.

    `photos` holds all fingerprints, `nearby` the points of the unit's and its county's photos; what either
    brings up is compared in full where `features_of` has the features. Without them a fingerprint counts
    only within PDQ's own limit of 31 bits. `key` itself and `except_for` are left out,
    and, unless `other_shots` are wanted, photos that look like another shot of the same scene: a unit
    that sends five photos of one meeting has reused none of them.
    """
    skipped = {key, *except_for}
    found: dict[int, Likeness] = {}
    asked = photos.look_up_turned(fingerprint.hashes, WORTH_A_LOOK_BITS) if fingerprint.is_telling else []
    near = {other: (distance, turn) for other, distance, turn in asked if other not in skipped}
    candidates = [*near, *(other for other in nearby.candidates(features) if other not in skipped | near.keys())]
    for other in candidates:
        distance, turn = near.get(other, (None, None))
        theirs = features_of(other)
        if theirs is None:
            if distance is not None and turn is not None and distance <= SURE_BITS:
                found[other] = Likeness(other, "fingerprint", distance, 0, turn >= 4, 0.0, None)
            continue
        match = is_one_picture(features, theirs, turn)
        if match.is_match or (other_shots and match.is_other_shot):
            how = "features" if distance is None else "fingerprint"
            found[other] = Likeness(
                other,
                how,
                distance,
                match.inliers,
                match.is_mirrored,
                match.share,
                match.transform,
                match.is_other_shot,
            )
    return sorted(found.values(), key=lambda likeness: (-likeness.share, likeness.key))
