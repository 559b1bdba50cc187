"""Whether two photos are one picture: points under one transform, and pictures that agree when laid over each other."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from safemonth.collect.evidence.agreement import NOTHING, Agreement, agreement
from safemonth.collect.evidence.alignment import Alignment, align, is_plausible, parts_with_points
from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.fingerprint import TURNS

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
    Enough(score=0.48, agreeing=6, blocks=40, inliers=20, point_parts=7),
    Enough(score=0.43, agreeing=6, blocks=40, inliers=25, point_parts=9),
    Enough(score=0.75, agreeing=6, blocks=40, inliers=0, point_parts=0),
)


# Points of one picture, edited, miss by half a pixel (median); those of two shots by 0.75 and more, because the
# camera moved. Where few points are left (a plain picture, recompressed) they miss by more in one picture too,
# which then still agrees nearly everywhere.
ONE_SHOT_PX = 0.7
NEVER_ONE_SHOT_PX = 1.5
TRUSTED_INLIERS = 25
ONE_SHOT_SCORE = 0.95
ONE_SHOT_SCORE_BY_FEW = 0.8


@dataclass(frozen=True)
class Match:
    """What laying photo `a` over photo `b` showed.

    `transform` float64 (3, 3) takes pixels of `a.size` to pixels of `b.size`, None where none was found;
    `inliers` points agree with it, missing by `residual_px` (median); `agreement` says how far the pictures
    agree. `is_match`: they look like one picture. `is_other_shot`: they look like two shots of one scene
    from nearly the same place; never both.
    """

    inliers: int
    is_mirrored: bool
    transform: np.ndarray | None
    agreement: Agreement
    is_match: bool
    residual_px: float = 0.0
    is_other_shot: bool = False

    @property
    def share(self) -> float:
        """Share (0 to 1) of what could be judged that agrees."""
        return self.agreement.share


NO_MATCH = Match(0, False, None, NOTHING, False)


def compare(a: Features, b: Features) -> Match:
    """Return the best way to lay `a` over `b`, as it is or mirrored.

    A match needs points that agree with one plausible transform, and then the pictures themselves to
    agree over most of what they share: a caption or a banner alone, in two different pictures, does not.
    """
    best = NO_MATCH
    for in_mirror in (False, True):
        found = align(a, b, in_mirror=in_mirror)
        if found is None or not is_plausible(found.transform, a.inside):
            continue
        match = _match(a, b, found, in_mirror=in_mirror)
        if (match.is_match, match.is_other_shot, match.inliers * match.share) > (
            best.is_match,
            best.is_other_shot,
            best.inliers * best.share,
        ):
            best = match
    return best


def is_one_picture(a: Features, b: Features, turn: int | None) -> Match:
    """Return the match by points, or, failing that, by the `turn` (row of `TURNS`) that a near fingerprint claims."""
    match = compare(a, b)
    return match if match.is_match or match.is_other_shot or turn is None else compare_turned(a, b, turn)


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


def _match(a: Features, b: Features, found: Alignment, *, in_mirror: bool) -> Match:
    seen = agreement(a, b, found.transform)
    inliers = len(found.agreeing)
    is_enough = _is_enough(inliers, parts_with_points(a, b, found.transform, found.agreeing), seen)
    is_other_shot = is_enough and _is_other_shot(inliers, found.residual_px, _score(seen))
    return Match(
        inliers, in_mirror, found.transform, seen, is_enough and not is_other_shot, found.residual_px, is_other_shot
    )


def _is_other_shot(inliers: int, residual_px: float, score: float) -> bool:
    if residual_px <= ONE_SHOT_PX:
        return False
    if inliers < TRUSTED_INLIERS:
        return score < ONE_SHOT_SCORE_BY_FEW
    return score < ONE_SHOT_SCORE or residual_px > NEVER_ONE_SHOT_PX


def _score(seen: Agreement) -> float:
    return min(seen.share, seen.agreeing / seen.parts) if seen.parts else 0.0


def _is_enough(inliers: int, point_parts: int, seen: Agreement) -> bool:
    if max(seen.inside_a, seen.inside_b) < CONTAINED:
        return False
    score = _score(seen)
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
