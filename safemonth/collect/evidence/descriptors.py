"""What the surroundings of a point look like, in 256 bits, and the same seen in a mirror."""

import cv2
import numpy as np

BINS = 8  # directions in each of the 4 by 4 cells of a SIFT descriptor
CELLS = 4
BITS = 2 * CELLS * CELLS * BINS


def _mirror_order() -> np.ndarray:
    """Where each bit comes from when the picture is mirrored.

    Mirroring keeps a point's own direction as the axis, so it swaps the cells across that axis and turns
    each direction the other way round.
    """
    row, column, direction = np.meshgrid(np.arange(CELLS), np.arange(CELLS), np.arange(BINS), indexing="ij")
    source = ((CELLS - 1 - row) * CELLS + column) * BINS + (-direction) % BINS
    return np.concatenate([source.ravel(), source.ravel() + BITS // 2])


MIRROR_ORDER = _mirror_order()


def binary(descriptors: np.ndarray) -> np.ndarray:
    """Return SIFT descriptors float32 (n, 128) as bits: uint8 (n, 32).

    Two bits for each of 128 values: is it among the larger half, and among the largest quarter, of its own
    descriptor. Brightness and contrast cancel out; the Hamming distance follows the Euclidean one closely.
    After Zhou, Li, Lu, Tian: Binary SIFT (ICIMCS 2012), https://doi.org/10.1145/2382336.2382338.
    """
    if not len(descriptors):
        return np.zeros((0, BITS // 8), np.uint8)
    ordered = np.sort(descriptors, axis=1)
    half, quarter = ordered[:, [63]], ordered[:, [95]]
    return np.packbits(np.hstack([descriptors > half, descriptors > quarter]), axis=1)


def mirrored(descriptors: np.ndarray) -> np.ndarray:
    """Return the descriptors uint8 (n, 32) that the same points have in the mirrored picture.

    No picture is needed: the mirror only swaps values (`MIRROR_ORDER`).
    """
    if not len(descriptors):
        return descriptors
    return np.packbits(np.unpackbits(descriptors, axis=1)[:, MIRROR_ORDER], axis=1)


def nearest_pairs(a: np.ndarray, b: np.ndarray, at_most: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (indexes of a, indexes of b, distances) of the pairs that are each other's nearest.

    Descriptors uint8 (n, 32) and (m, 32); only pairs of at most `at_most` differing bits. Ties go to the
    first. Empty arrays where either side is empty.
    """
    if not len(a) or not len(b):
        none = np.zeros(0, np.int64)
        return none, none, none
    differ, nearest = cv2.batchDistance(a, b, dtype=cv2.CV_32S, normType=cv2.NORM_HAMMING, K=1, crosscheck=True)
    keep = (nearest[:, 0] >= 0) & (differ[:, 0] <= at_most)
    from_a = np.flatnonzero(keep)
    return from_a, nearest[from_a, 0].astype(np.int64), differ[from_a, 0].astype(np.int64)


def sift(most: int) -> cv2.SIFT:
    """Return the detector: SIFT (Lowe 2004, https://doi.org/10.1023/B:VISI.0000029664.99615.94).

    Its contrast threshold is a third of Lowe's, so that night and blank walls also have points; the
    strongest `most` are kept.
    """
    return cv2.SIFT.create(nfeatures=most, contrastThreshold=0.012, edgeThreshold=12)
