"""Laid over each other, do two photos show the same everywhere, or only where a caption or a banner is?"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from safemonth.collect.evidence.alignment import moved
from safemonth.collect.evidence.features import Features

BLOCK = 9  # pixels of the small grey picture: an eighth of its longer side
STRIDE = 3
SOFT_PX = 0.8  # blurred by this first, so that half a pixel of misfit does not matter
LEAST_TEXTURE = 2.5  # grey levels of spread in a block, in both, for it to say anything
PARTS = 4
LEAST_IN_PART = 2
ALIKE = 0.65  # correlation from which a block agrees


@dataclass(frozen=True)
class Agreement:
    """How far two photos agree when one is laid over the other.

    `share` (0 to 1) of the blocks with texture, outside captions, that agree; `blocks` how many could be
    judged. Of the 4 by 4 parts of the overlap, `parts` have blocks that can be judged and `agreeing` agree
    in at least half of theirs: a caption's panel or a banner fills a few parts, one picture nearly all.
    `inside_a`, `inside_b` (0 to 1) how much of each photo lies within the other.
    """

    share: float
    blocks: int
    parts: int
    agreeing: int
    inside_a: float
    inside_b: float


NOTHING = Agreement(0.0, 0, 0, 0, 0.0, 0.0)


def agreement(a: Features, b: Features, transform: np.ndarray) -> Agreement:
    """Return how far `a`, laid over `b` by `transform` (3, 3; pixels of a.size to b.size), agrees with it.

    Compared are small grey pictures in overlapping blocks of 9 by 9 pixels by normalised correlation, so
    that brightness, contrast and glare in one part do not matter elsewhere.
    """
    if (a.inside[2] - a.inside[0]) * _scale(transform) < (b.inside[2] - b.inside[0]) * 0.999:
        # Lay the larger over the smaller's pixels: it is reduced there, never blown up.
        back = _inverse(transform)
        if back is None:
            return NOTHING
        turned = agreement_over(b, a, back)
        return Agreement(turned.share, turned.blocks, turned.parts, turned.agreeing, turned.inside_b, turned.inside_a)
    return agreement_over(a, b, transform)


def agreement_over(a: Features, b: Features, transform: np.ndarray) -> Agreement:
    """Return the agreement measured on the pixels of `b`'s small picture; see `agreement`."""
    to_small = _thumb_to_frame(b, back=True) @ transform @ _thumb_to_frame(a, back=False)
    size = (b.thumb.shape[1], b.thumb.shape[0])
    source = a.thumb
    shrink = _scale(to_small)
    if shrink < 0.7:
        source = cv2.GaussianBlur(source, (0, 0), 0.45 / shrink)
    laid = cv2.warpPerspective(source, to_small, size, flags=cv2.INTER_LINEAR)
    covered = cv2.warpPerspective(np.ones(a.thumb.shape, np.uint8), to_small, size, flags=cv2.INTER_NEAREST)
    told = cv2.warpPerspective(a.told, to_small, size, flags=cv2.INTER_NEAREST) & b.told & covered
    back = _inverse(to_small)
    inside_a = 0.0
    if back is not None:
        back_cover = cv2.warpPerspective(
            np.ones(b.thumb.shape, np.uint8), back, (a.thumb.shape[1], a.thumb.shape[0]), flags=cv2.INTER_NEAREST
        )
        inside_a = float(back_cover.mean())
    judged, agreeing = _blocks_agreeing(laid, b.thumb, told)
    if not judged.any():
        return NOTHING
    parts, alike = _parts_agreeing(judged, agreeing, covered)
    return Agreement(
        float(agreeing.sum() / judged.sum()), int(judged.sum()), parts, alike, inside_a, float(covered.mean())
    )


def _blocks_agreeing(a: np.ndarray, b: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which pixels are the middle of a block that can be judged, and of one that agrees: bool (h, w) each."""
    first = cv2.GaussianBlur(a.astype(np.float32), (0, 0), SOFT_PX)
    second = cv2.GaussianBlur(b.astype(np.float32), (0, 0), SOFT_PX)
    window = (BLOCK, BLOCK)
    mean_a, mean_b = cv2.blur(first, window), cv2.blur(second, window)
    spread_a = np.sqrt(np.maximum(cv2.blur(first * first, window) - mean_a * mean_a, 0))
    spread_b = np.sqrt(np.maximum(cv2.blur(second * second, window) - mean_b * mean_b, 0))
    correlation = (cv2.blur(first * second, window) - mean_a * mean_b) / np.maximum(spread_a * spread_b, 1e-3)
    whole = cv2.blur(told.astype(np.float32), window, borderType=cv2.BORDER_CONSTANT) > 0.8
    judged = whole & (np.maximum(spread_a, spread_b) > 2 * LEAST_TEXTURE) & (np.minimum(spread_a, spread_b) > 1)
    at = np.zeros(a.shape, bool)
    at[BLOCK // 2 :: STRIDE, BLOCK // 2 :: STRIDE] = True
    judged &= at
    return judged, judged & (correlation >= ALIKE)


def _parts_agreeing(judged: np.ndarray, agreeing: np.ndarray, covered: np.ndarray) -> tuple[int, int]:
    """How many of 4 by 4 parts of what is covered have at least two judged blocks, and how many of these agree."""
    rows, columns = np.nonzero(covered)
    edges = [np.linspace(line.min(), line.max() + 1, PARTS + 1).round().astype(int) for line in (rows, columns)]
    parts = alike = 0
    for top, bottom in pairwise(edges[0]):
        for left, right in pairwise(edges[1]):
            count = judged[top:bottom, left:right].sum()
            if count >= LEAST_IN_PART:
                parts += 1
                alike += int(agreeing[top:bottom, left:right].sum() * 2 >= count)
    return parts, alike


def _thumb_to_frame(features: Features, *, back: bool) -> np.ndarray:
    left, top, right, bottom = features.inside
    height, width = features.thumb.shape
    across, down = (right - left) / width, (bottom - top) / height
    # A pixel's middle lies half a pixel in.
    there = np.array([[across, 0, left + across / 2], [0, down, top + down / 2], [0, 0, 1.0]])
    return np.linalg.inv(there) if back else there


def _scale(transform: np.ndarray) -> float:
    middle = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]) + 1
    ends = moved(transform, middle)
    area = abs(np.linalg.det(np.array([ends[1] - ends[0], ends[2] - ends[0]])))
    return float(np.sqrt(max(area, 1e-12)))


def _inverse(transform: np.ndarray) -> np.ndarray | None:
    try:
        return np.asarray(np.linalg.inv(transform))
    except np.linalg.LinAlgError:
        return None
