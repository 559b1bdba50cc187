"""A photo's telling points and a small grey picture of it: what two photos are compared by."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image

from safemonth.collect.evidence.captions import caption_mask
from safemonth.collect.evidence.descriptors import binary, sift
from safemonth.collect.evidence.photo import fitted
from safemonth.collect.evidence.trimming import trimmed, trimmed_box

WORK_PX = 448
THUMB_PX = 72
LEAST_CONTRAST = 25.0  # grey levels of spread of a whole thumb
MOST_POINTS = 360
MOST_DETECTED = 1000
GRID = 6  # points are taken in turn from 6 by 6 cells, so that no busy corner takes them all
KIND = b"SF1"
STEPS_PER_OCTAVE = 16


@dataclass(frozen=True)
class Features:
    """What is kept of a photo for comparing, at most 20 KB.

    `size` (width, height) is the frame in pixels: the whole photo at the scale at which the part inside
    plain frames has 448 pixels on its longer side; `inside` (left, top, right, bottom) is that part.
    `points` float32 (n, 2) are in that frame, `scales` (pixels) and `angles` (degrees) float32 (n,),
    `descriptors` uint8 (n, 32), strongest first within each cell of a grid. `thumb` uint8 (h, w) is the
    inside in grey, 72 pixels on the longer side, and `told` uint8 (h, w) is 1 where no caption lies.
    """

    points: np.ndarray
    scales: np.ndarray
    angles: np.ndarray
    descriptors: np.ndarray
    size: tuple[int, int]
    inside: tuple[float, float, float, float]
    thumb: np.ndarray
    told: np.ndarray

    def to_bytes(self) -> bytes:
        """Return all of it in at most 20 KB; places are kept to an eighth of a pixel."""
        height, width = self.thumb.shape
        head = struct.pack("<3sHHHBB4f", KIND, len(self.points), *self.size, width, height, *self.inside)
        places = np.clip(np.rint(self.points * 8), 0, 65535).astype("<u2").tobytes()
        scales = np.clip(np.rint(np.log2(np.maximum(self.scales, 0.25)) * STEPS_PER_OCTAVE) + 64, 0, 255)
        angles = np.rint(self.angles * 256 / 360).astype(np.int64) % 256
        rest = scales.astype(np.uint8).tobytes() + angles.astype(np.uint8).tobytes() + self.descriptors.tobytes()
        return head + places + rest + self.thumb.tobytes() + np.packbits(self.told).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Features":
        """Return what `to_bytes` wrote. Raises ValueError for anything else."""
        layout = struct.Struct("<3sHHHBB4f")
        if len(data) < layout.size or data[:3] != KIND:
            raise ValueError("these bytes are not a photo's features")
        _, count, across, down, width, height, *inside = layout.unpack_from(data)
        sizes = [4 * count, count, count, 32 * count, width * height, -(-width * height // 8)]
        if len(data) != layout.size + sum(sizes):
            raise ValueError("a photo's features are cut short")
        ends = layout.size + np.cumsum([0, *sizes])
        places, scales, angles, descriptors, thumb, told = (
            np.frombuffer(data[start:end], np.uint8) for start, end in pairwise(ends)
        )
        return cls(
            points=places.view("<u2").reshape(count, 2).astype(np.float32) / 8,
            scales=np.exp2((scales.astype(np.float32) - 64) / STEPS_PER_OCTAVE),
            angles=angles.astype(np.float32) * 360 / 256,
            descriptors=descriptors.reshape(count, 32),
            size=(across, down),
            inside=(inside[0], inside[1], inside[2], inside[3]),
            thumb=thumb.reshape(height, width),
            told=np.unpackbits(told, count=width * height).reshape(height, width),
        )


def features(picture: Image.Image) -> Features:
    """Return the telling points of an RGB picture, none where a caption is burnt in; at most 360.

    A picture without texture has few points or none; that is no error.
    """
    box = trimmed_box(picture)
    colours = fitted(trimmed(picture, box), WORK_PX)
    inside = colours.convert("L")
    grey = np.asarray(inside, dtype=np.uint8)
    told = ~caption_mask(np.asarray(colours, dtype=np.uint8))
    found, described = sift(MOST_DETECTED).detectAndCompute(grey, told.astype(np.uint8) * 255)
    chosen = _spread([(point.pt, point.response) for point in found], inside.size)
    scale = (inside.width / (box[2] - box[0]), inside.height / (box[3] - box[1]))
    left, top = box[0] * scale[0], box[1] * scale[1]
    thumb = _thumb(grey)
    points = np.array([found[i].pt for i in chosen], np.float32).reshape(-1, 2)
    return Features(
        points=points + np.array([left + 0.5, top + 0.5], np.float32),  # a pixel's middle lies half a pixel in
        scales=np.array([found[i].size for i in chosen], np.float32),
        angles=np.array([found[i].angle for i in chosen], np.float32),
        descriptors=binary(described[chosen] if len(chosen) else np.zeros((0, 128), np.float32)),
        size=(round(scale[0]), round(scale[1])),
        inside=(left, top, left + inside.width, top + inside.height),
        thumb=thumb,
        told=(cv2.resize(told.astype(np.float32), thumb.shape[::-1], interpolation=cv2.INTER_AREA) > 0.5).astype(
            np.uint8
        ),
    )


def _thumb(grey: np.ndarray) -> np.ndarray:
    """Return the picture with 72 pixels on its longer side; contrast raised, up to eightfold, where there is little.

    A night has its detail within a few grey levels: rounded to whole levels as it is, it would be lost.
    """
    factor = THUMB_PX / max(grey.shape)
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    small = cv2.resize(grey.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    gain = float(np.clip(LEAST_CONTRAST / max(float(small.std()), 1e-3), 1, 8))
    middle = float(small.mean()) if gain == 1 else 128.0
    return np.clip(np.rint((small - small.mean()) * gain + middle), 0, 255).astype(np.uint8)


def _spread(points: Sequence[tuple[Sequence[float], float]], size: tuple[int, int]) -> np.ndarray:
    """Return indexes of at most MOST_POINTS points, taken in turn from the cells of a grid, strongest first."""
    if not points:
        return np.zeros(0, np.int64)
    places = np.array([place for place, _ in points])
    strength = np.array([response for _, response in points])
    cell = np.minimum(places / np.array(size) * GRID, GRID - 1).astype(np.int64)
    group = cell[:, 1] * GRID + cell[:, 0]
    order = np.lexsort((-strength, group))
    first = np.searchsorted(group[order], group[order], side="left")
    turn = np.arange(len(order)) - first
    ranked = order[np.lexsort((-strength[order], turn))]
    return np.asarray(ranked[:MOST_POINTS])
