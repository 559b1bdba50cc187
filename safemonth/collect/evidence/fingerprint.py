"""One photo as eight short hashes, so that it can be looked up among millions."""

from dataclasses import dataclass

import numpy as np
import pdqhash
from PIL import Image

from safemonth.collect.evidence.photo import fitted
from safemonth.collect.evidence.trimming import trimmed, trimmed_box

WORK_PX = 256  # PDQ brings every picture to 64 by 64; from 256 its hash differs by a few bits at most from 512
BITS = 256
ORIENTATIONS = 8
# How the picture is turned before row 1 to 7 of the hashes is made (row 0: as it is).
TURNS = (
    None,
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)
LEAST_QUALITY = 50  # PDQ's own limit: below, the picture is too plain for its hash to mean anything


@dataclass(frozen=True)
class Fingerprint:
    """PDQ hashes of a photo with plain frames trimmed off.

    `hashes` is uint8 (8, 32), a row for each of `TURNS`: the photo as it is, turned by 90, 180 and 270
    degrees, and mirrored in four ways; row 0 is kept in the index, all eight are asked for. Where row k
    of a photo is near row 0 of another, the other shows the photo as turned by `TURNS[k]`.
    `quality` is PDQ's, 0 to 100.
    """

    hashes: np.ndarray
    quality: int

    @property
    def upright(self) -> np.ndarray:
        """The hash to keep: uint8 (32,)."""
        return np.asarray(self.hashes[0])

    @property
    def is_telling(self) -> bool:
        """Whether the picture has enough in it for its hash to mean something."""
        return self.quality >= LEAST_QUALITY

    def to_bytes(self) -> bytes:
        """Return 257 bytes: the quality, then the eight hashes."""
        return bytes([self.quality]) + self.hashes.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Fingerprint":
        """Return what `to_bytes` wrote. Raises ValueError for another length."""
        if len(data) != 1 + ORIENTATIONS * BITS // 8:
            raise ValueError(f"a fingerprint has 257 bytes, not {len(data)}")
        return cls(np.frombuffer(data, np.uint8, offset=1).reshape(ORIENTATIONS, BITS // 8).copy(), data[0])


def fingerprint(picture: Image.Image) -> Fingerprint:
    """Return the PDQ hashes (256 bits) of an RGB picture in its eight orientations, frames trimmed.

    PDQ: Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019,
    https://github.com/facebook/ThreatExchange/tree/main/pdq; computed by the package `pdqhash`.
    """
    inside = fitted(trimmed(picture, trimmed_box(picture)), WORK_PX)
    found = [_hash_of(inside if turn is None else inside.transpose(turn)) for turn in TURNS]
    return Fingerprint(np.array([bits for bits, _ in found]), found[0][1])


def distances(hashes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the bits that differ: uint8 (n, 32) against (m, 32) gives int (n, m), 0 to 256."""
    return np.bitwise_count(hashes[:, None, :] ^ others[None, :, :]).sum(axis=2, dtype=np.int64)


def _hash_of(picture: Image.Image) -> tuple[np.ndarray, int]:
    # `compute_dihedral` would be quicker, but is up to 30 bits off for a picture that was really turned.
    bits, quality = pdqhash.compute(np.ascontiguousarray(np.asarray(picture, dtype=np.uint8)))
    return np.packbits(np.asarray(bits, dtype=np.uint8)), int(quality)
