"""Which photos of a county are worth comparing with a given one: votes of their telling points."""

from array import array
from typing import Any

import faiss
import numpy as np

from safemonth.collect.evidence.descriptors import BITS, mirrored
from safemonth.collect.evidence.features import Features

POINTS_KEPT = 160  # of each photo; the grid's order has the strongest of all parts first
POINTS_ASKED = 240
NEIGHBOURS = 6
MOST_BITS = 60
PARTED_FROM = 40_000  # points; with fewer a plain scan is quick
PARTS = 1024
PARTS_ASKED = 20
SEED = 20190616


class FeatureIndex:
    """Points of many photos under whole numbers as keys; grows, never forgets.

    Below PARTED_FROM points each is compared with all. From then on the points are parted by which of
    1,024 of them (drawn by chance from a fixed seed) is nearest, and only the 20 nearest parts are looked at
    (an inverted file without training: Sivic and Zisserman 2003, https://doi.org/10.1109/ICCV.2003.1238663).
    That makes a query some twenty times as quick and loses single points, hardly ever a photo.
    """

    def __init__(self) -> None:
        faiss.omp_set_num_threads(1)
        self._points: Any = faiss.IndexBinaryFlat(BITS)
        self._owners = array("q")  # of each point, the place of its photo in `_keys`
        self._keys: list[int] = []

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: int, features: Features) -> None:
        """Add a photo's points."""
        rows = np.ascontiguousarray(features.descriptors[:POINTS_KEPT])
        if len(rows):
            if self._points.ntotal < PARTED_FROM <= self._points.ntotal + len(rows):
                self._points = _parted(self._points)
            self._points.add(rows)
        self._owners.extend([len(self._keys)] * len(rows))
        self._keys.append(key)

    def candidates(self, features: Features, *, at_most: int = 8) -> list[int]:
        """Return keys of photos that share the most points with `features`, seen either way, best first.

        Each point votes for the photos of its nearest neighbours, the more the nearer, once a photo.
        """
        if not self._points.ntotal or not len(features.descriptors):
            return []
        asked = features.descriptors[:POINTS_ASKED]
        votes = np.zeros(len(self._keys))
        for rows in (asked, mirrored(asked)):
            votes = np.maximum(votes, self._votes(np.ascontiguousarray(rows)))
        best = np.argsort(-votes, kind="stable")[:at_most]
        return [self._keys[i] for i in best if votes[i] > 0]

    def _votes(self, rows: np.ndarray) -> np.ndarray:
        found, which = self._points.search(rows, min(NEIGHBOURS, self._points.ntotal))
        owners = np.frombuffer(self._owners, np.int64)[
            which
        ]  # where fewer were found, `which` is -1 and the distance beyond all
        weight = np.where((found <= MOST_BITS) & (which >= 0), np.exp(-((found / 45.0) ** 2)), 0.0)
        order = np.argsort(found, axis=1, kind="stable")
        owners, weight = np.take_along_axis(owners, order, 1), np.take_along_axis(weight, order, 1)
        for column in range(1, owners.shape[1]):
            again = (owners[:, :column] == owners[:, column : column + 1]).any(axis=1)
            weight[again, column] = 0
        return np.bincount(owners.ravel(), weights=weight.ravel(), minlength=len(self._keys))


def _parted(flat: Any) -> Any:
    rows = faiss.vector_to_array(flat.xb).reshape(-1, BITS // 8)
    middles = np.random.default_rng(SEED).choice(len(rows), PARTS, replace=False)
    nearest = faiss.IndexBinaryFlat(BITS)
    nearest.add(np.ascontiguousarray(rows[np.sort(middles)]))
    parted: Any = faiss.IndexBinaryIVF(nearest, BITS, PARTS)
    parted.is_trained = True
    parted.nprobe = PARTS_ASKED
    parted.add(rows)
    return parted
