"""Whether two photos are one picture, used twice: found for a person to look at, never a verdict."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from PIL import Image

from safemonth.collect.evidence.agreement import NOTHING, Agreement, agreement
from safemonth.collect.evidence.alignment import align, is_plausible, parts_with_points
from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.fingerprint import TURNS, Fingerprint
from safemonth.collect.evidence.photo_index import PhotoIndex

SURE_BITS = 31  # PDQ's own limit of a match
WORTH_A_LOOK_BITS = 70
CONTAINED = 0.75  # of one picture lies within the other: two pictures of a panorama share less
LEAST_BLOCKS = 12


@dataclass(frozen=True)
class Enough:
    """One way for two pictures to be enough alike: all of its limits at once.

    `score` is the lower of the share of blocks and of the share of parts that agree; `agreeing` parts of 16;
    `blocks` that could be judged; `inliers` points under one transform, in `point_parts` parts of 16.
    """

    score: float
    agreeing: int
    blocks: int
    inliers: int
    point_parts: int


# Measured on pairs that share a caption: scores up to 0.41, points mostly in up to 5 parts. One picture after
# any of the 16 edits: 0.55 and more, or, photographed from a screen with a glare, 0.49 with points everywhere.
WAYS = (
    Enough(score=0.55, agreeing=5, blocks=LEAST_BLOCKS, inliers=8, point_parts=2),
    Enough(score=0.43, agreeing=6, blocks=40, inliers=25, point_parts=9),
    Enough(score=0.75, agreeing=6, blocks=40, inliers=0, point_parts=0),
)


@dataclass(frozen=True)
class Match:
    """What laying photo `a` over photo `b` showed.

    `transform` float64 (3, 3) takes pixels of `a.size` to pixels of `b.size`, None where none was found;
    `inliers` points agree with it; `agreement` says how far the pictures agree; `is_match` whether that is
    enough to show both to a person.
    """

    inliers: int
    is_mirrored: bool
    transform: np.ndarray | None
    agreement: Agreement
    is_match: bool

    @property
    def share(self) -> float:
        """Share (0 to 1) of what could be judged that agrees."""
        return self.agreement.share


NO_MATCH = Match(0, False, None, NOTHING, False)


@dataclass(frozen=True)
class Likeness:
    """Another photo that looks like one picture with this one.

    `how` is "fingerprint" or "features"; `distance` in bits (None where the fingerprint did not find it),
    `inliers` points that agree, `share` 0 to 1, `transform` from this photo's `Features.size` to the other's.
    """

    key: int
    how: str
    distance: int | None
    inliers: int
    is_mirrored: bool
    share: float
    transform: np.ndarray | None


def compare(a: Features, b: Features) -> Match:
    """Return the best way to lay `a` over `b`, as it is or mirrored.

    A match needs points that agree with one plausible transform, and then the pictures themselves to
    agree over most of what they share: a caption or a banner alone, in two different pictures, does not.
    """
    best = NO_MATCH
    for in_mirror in (False, True):
        found = align(a, b, in_mirror=in_mirror)
        if found is None or not is_plausible(found[0], a.inside):
            continue
        transform, agreeing = found
        seen = agreement(a, b, transform)
        is_enough = _is_enough(len(agreeing), parts_with_points(a, b, transform, agreeing), seen)
        match = Match(len(agreeing), in_mirror, transform, seen, is_enough)
        if (match.is_match, match.inliers * match.share) > (best.is_match, best.inliers * best.share):
            best = match
    return best


def is_one_picture(a: Features, b: Features, turn: int | None) -> Match:
    """Return the match by points, or, failing that, by the `turn` (row of `TURNS`) that a near fingerprint claims."""
    match = compare(a, b)
    return match if match.is_match or turn is None else compare_turned(a, b, turn)


def compare_turned(a: Features, b: Features, turn: int) -> Match:
    """Return how far `b` agrees with `a` turned by `TURNS[turn]`: what a near fingerprint claims."""
    transform = turn_transform(a, b, turn)
    seen = agreement(a, b, transform)
    return Match(0, turn >= 4, transform, seen, _is_enough(0, 0, seen))


def turn_transform(a: Features, b: Features, turn: int) -> np.ndarray:
    """Return the transform (3, 3) that turns `a` by `TURNS[turn]` and fits its inside to that of `b`."""
    corners = np.array([[[0, 1], [2, 3]]], np.uint8).reshape(2, 2)
    picture = Image.fromarray(corners)
    how = TURNS[turn]
    turned = corners if how is None else np.asarray(picture.transpose(how))
    at = {int(turned[y, x]): (x, y) for y in (0, 1) for x in (0, 1)}
    zero, right, down = (np.array(at[i], np.float64) for i in (0, 1, 2))
    unit = np.array([[*(right - zero), 0], [*(down - zero), 0], [*zero, 1.0]]).T
    return _box(b.inside) @ unit @ np.linalg.inv(_box(a.inside))


def find_reuse(
    *,
    key: int,
    fingerprint: Fingerprint,
    features: Features,
    photos: PhotoIndex,
    nearby: FeatureIndex,
    features_of: Callable[[int], Features | None],
    except_for: Collection[int] = (),
) -> list[Likeness]:
    """Return the photos that look like one picture with this one, surest first.

    `photos` holds all fingerprints, `nearby` the points of the unit's and its county's photos; what either
    brings up is compared in full where `features_of` has the features. Without them a fingerprint counts
    only within PDQ's own limit of 31 bits. `key` itself and `except_for` are left out.
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
        if match.is_match:
            how = "features" if distance is None else "fingerprint"
            found[other] = Likeness(
                other, how, distance, match.inliers, match.is_mirrored, match.share, match.transform
            )
    return sorted(found.values(), key=lambda likeness: (-likeness.share, likeness.key))


def _is_enough(inliers: int, point_parts: int, seen: Agreement) -> bool:
    if max(seen.inside_a, seen.inside_b) < CONTAINED or not seen.parts:
        return False
    score = min(seen.share, seen.agreeing / seen.parts)
    return any(
        score >= way.score
        and seen.agreeing >= way.agreeing
        and seen.blocks >= way.blocks
        and inliers >= way.inliers
        and point_parts >= way.point_parts
        for way in WAYS
    )


def _box(box: tuple[float, float, float, float]) -> np.ndarray:
    left, top, right, bottom = box
    return np.array([[right - left, 0, left], [0, bottom - top, top], [0, 0, 1.0]])
