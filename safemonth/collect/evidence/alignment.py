"""From points that look alike to the one transform that lays a photo over another, if there is one."""

from dataclasses import dataclass

import cv2
import numpy as np

from safemonth.collect.evidence.descriptors import mirrored, nearest_pairs
from safemonth.collect.evidence.features import Features

MOST_BITS = 50  # of 256; the right pairs lie below 46 even in a photo of a screen, chance pairs mostly above
LEAST_PAIRS = 5
LOOSE_SHARE = 0.05  # of the longer side: how far off a pair may be under the guess from one pair alone
CLOSE_PX = 5.0
OCTAVES_OFF = 0.7
DEGREES_OFF = 25.0
HOMOGRAPHY_FROM = 12


def alike_pairs(a: Features, b: Features, *, in_mirror: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return (indexes of a, indexes of b) of points that are each other's nearest, `a` seen in a mirror or not."""
    described = mirrored(a.descriptors) if in_mirror else a.descriptors
    from_a, from_b, _ = nearest_pairs(described, b.descriptors, MOST_BITS)
    return from_a, from_b


@dataclass(frozen=True)
class Alignment:
    """How one photo lies over another.

    `transform` float64 (3, 3) takes pixels of `a.size` to pixels of `b.size`, a mirror included; `agreeing`
    are the indexes of `a`'s points that agree with it; `residual_px` is the median distance in `b` by which
    they miss.
    """

    transform: np.ndarray
    agreeing: np.ndarray
    residual_px: float


def align(a: Features, b: Features, *, in_mirror: bool) -> Alignment | None:
    """Return how `a`, seen in a mirror or not, lies over `b`; None where too few points agree.

    Each pair of points gives by its scales and angles a whole guess (shift, turn, scale), as
    in Lowe 2004, section 7.4; the guess that most pairs share is refined to an affine transform and, from
    12 pairs, to a perspective one. The same input always gives the same output.
    """
    from_a, from_b = alike_pairs(a, b, in_mirror=in_mirror)
    if len(from_a) < LEAST_PAIRS:
        return None
    flip = np.array([[-1.0, 0, a.size[0]], [0, 1, 0], [0, 0, 1]]) if in_mirror else np.eye(3)
    start = _apply(flip, a.points[from_a].astype(np.float64))
    end = b.points[from_b].astype(np.float64)
    angles_a = (180 - a.angles[from_a]) % 360 if in_mirror else a.angles[from_a]
    chosen = _largest_agreement(
        start, end, np.log2(b.scales[from_b] / a.scales[from_a]), (b.angles[from_b] - angles_a) % 360, max(b.size)
    )
    if chosen.sum() < LEAST_PAIRS:
        return None
    found = _refined(start, end, chosen)
    if found is None:
        return None
    transform, agreeing = found
    missed = _apply(transform, start[agreeing]) - end[agreeing]
    return Alignment(transform @ flip, from_a[agreeing], float(np.median(np.hypot(missed[:, 0], missed[:, 1]))))


def is_plausible(transform: np.ndarray, a_box: tuple[float, float, float, float]) -> bool:
    """Whether `transform` could come of copying, cropping, turning or photographing a picture `a_box`.

    The image of the rectangle must be a convex four-cornered figure, no side more than 2.2 times the
    opposite one, no corner sharper than 50 degrees, stretched by no more than 1.8, scaled by 1/8 to 8.
    """
    corners = _apply(transform, _corners(a_box))
    if not np.isfinite(corners).all():
        return False
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    if lengths.min() < 1e-6:
        return False
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if not ((turns > 0).all() or (turns < 0).all()):
        return False
    sines = np.abs(turns) / (lengths * np.roll(lengths, -1))
    if sines.min() < np.sin(np.radians(50)):
        return False
    opposite = lengths / np.roll(lengths, 2)
    width, height = a_box[2] - a_box[0], a_box[3] - a_box[1]
    across, down = (lengths[0] + lengths[2]) / 2 / width, (lengths[1] + lengths[3]) / 2 / height
    return bool(opposite.max() < 2.2 and 1 / 1.8 < across / down < 1.8 and 1 / 8 < (across * down) ** 0.5 < 8)


def moved(transform: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return points float (n, 2) moved by a transform (3, 3)."""
    return _apply(transform, points)


def parts_with_points(a: Features, b: Features, transform: np.ndarray, agreeing: np.ndarray) -> int:
    """Return in how many of 4 by 4 parts of the overlap, as seen in `b`, the agreeing points of `a` lie (0 to 16)."""
    corners = _apply(transform, _corners(a.inside))
    low = np.maximum(corners.min(axis=0), b.inside[:2])
    high = np.maximum(np.minimum(corners.max(axis=0), b.inside[2:]), low + 1)
    places = (_apply(transform, a.points[agreeing].astype(np.float64)) - low) / (high - low) * 4
    return len({(int(x), int(y)) for x, y in np.clip(places, 0, 3)})


def _corners(box: tuple[float, float, float, float]) -> np.ndarray:
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _apply(transform: np.ndarray, points: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        lifted = points @ transform[:, :2].T + transform[:, 2]
        return np.asarray(lifted[:, :2] / lifted[:, 2:])


def _largest_agreement(
    start: np.ndarray, end: np.ndarray, octaves: np.ndarray, turns: np.ndarray, longer: float
) -> np.ndarray:
    """Which pairs share the guess that most pairs share: bool (n,)."""
    radians, scale = np.radians(turns), np.exp2(octaves)
    cos, sin = scale * np.cos(radians), scale * np.sin(radians)
    base_x = end[:, 0] - cos * start[:, 0] + sin * start[:, 1]
    base_y = end[:, 1] - sin * start[:, 0] - cos * start[:, 1]
    off_x = np.outer(cos, start[:, 0]) - np.outer(sin, start[:, 1]) + base_x[:, None] - end[:, 0]
    off_y = np.outer(sin, start[:, 0]) + np.outer(cos, start[:, 1]) + base_y[:, None] - end[:, 1]
    near = np.hypot(off_x, off_y) < LOOSE_SHARE * longer
    near &= np.abs(octaves[:, None] - octaves) < OCTAVES_OFF
    near &= np.abs((turns[:, None] - turns + 180) % 360 - 180) < DEGREES_OFF
    return np.asarray(near[near.sum(axis=1).argmax()])


def _refined(start: np.ndarray, end: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Fit the chosen pairs: a transform (3, 3) and which of all pairs agree with it to a few pixels."""
    affine, _ = cv2.estimateAffine2D(
        start[chosen], end[chosen], method=cv2.RANSAC, ransacReprojThreshold=CLOSE_PX * 1.6, maxIters=500
    )
    if affine is None:
        return None
    transform = np.vstack([affine, [0, 0, 1]])
    agreeing = _near(transform, start, end, CLOSE_PX * 2.5)
    if agreeing.sum() >= HOMOGRAPHY_FROM:
        perspective, _ = cv2.findHomography(start[agreeing], end[agreeing], cv2.RANSAC, CLOSE_PX, maxIters=500)
        if perspective is not None:
            transform = np.asarray(perspective, np.float64)
    agreeing = _near(transform, start, end, CLOSE_PX)
    return (transform, agreeing) if agreeing.sum() >= LEAST_PAIRS else None


def _near(transform: np.ndarray, start: np.ndarray, end: np.ndarray, px: float) -> np.ndarray:
    off = _apply(transform, start) - end
    return np.asarray(np.hypot(off[:, 0], off[:, 1]) < px)
