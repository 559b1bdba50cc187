"""All photos' hashes in memory, and which of them are near to a given one."""

from array import array
from collections.abc import Iterable, Iterator

import faiss
import numpy as np

from safemonth.collect.evidence.fingerprint import BITS

NEAREST = 32  # a photo has seldom more look-alikes


class PhotoIndex:
    """Hashes of 256 bits under whole numbers as keys; grows, never forgets; exact.

    160 MB for five million hashes. Faiss scans them on one thread with the processor's bit count
    (Douze et al. 2024, The Faiss library, https://doi.org/10.48550/arXiv.2401.08281).
    """

    def __init__(self) -> None:
        faiss.omp_set_num_threads(1)  # A look-up is short; threads would take the cores from the server.
        self._hashes = faiss.IndexBinaryFlat(BITS)
        self._keys = array("q")

    def __len__(self) -> int:
        return int(self._hashes.ntotal)

    def add(self, keys: Iterable[int] | np.ndarray, hashes: np.ndarray) -> None:
        """Add hashes uint8 (n, 32) under n keys; a key may have several hashes.

        Raises ValueError where the numbers of keys and hashes differ.
        """
        more = np.asarray(list(keys) if not isinstance(keys, np.ndarray) else keys, dtype=np.int64)
        rows = np.ascontiguousarray(hashes, dtype=np.uint8).reshape(-1, BITS // 8)
        if len(more) != len(rows):
            raise ValueError(f"{len(more)} keys for {len(rows)} hashes")
        if len(rows):
            self._hashes.add(rows)
            self._keys.frombytes(more.tobytes())

    def look_up(self, hashes: np.ndarray, at_most_bits: int) -> list[tuple[int, int]]:
        """Return (key, distance) of every key with a hash within `at_most_bits` of one of `hashes`.

        `hashes` is uint8 (n, 32), as the eight of a fingerprint; the distance is the smallest. Nearest
        first, equal ones by key; empty where nothing is that near.
        """
        return [(key, distance) for key, distance, _ in self.look_up_turned(hashes, at_most_bits)]

    def look_up_turned(self, hashes: np.ndarray, at_most_bits: int) -> list[tuple[int, int, int]]:
        """Return (key, distance, row) as `look_up` does, with the row of `hashes` that was nearest."""
        if not len(self):
            return []
        rows = np.ascontiguousarray(hashes, dtype=np.uint8).reshape(-1, BITS // 8)
        nearest: dict[int, tuple[int, int]] = {}
        for row, place, distance in self._within(rows, at_most_bits):
            key = self._keys[place]
            if key not in nearest or distance < nearest[key][0]:
                nearest[key] = (distance, row)
        return sorted(((key, d, row) for key, (d, row) in nearest.items()), key=lambda hit: (hit[1], hit[0]))

    def _within(self, rows: np.ndarray, at_most_bits: int) -> Iterator[tuple[int, int, int]]:
        """Yield (row, place, distance) of all kept hashes within the radius, row by row."""
        distances, places = self._hashes.search(rows, min(NEAREST, len(self)))
        if len(self) > NEAREST and (distances[:, -1] <= at_most_bits).any():
            # More may lie within. For eight rows a scan for a radius is slower by half; it leaves out the radius itself.
            limits, found, which = self._hashes.range_search(rows, at_most_bits + 1)
            for row in range(len(rows)):
                for at in range(int(limits[row]), int(limits[row + 1])):
                    yield row, int(which[at]), int(found[at])
            return
        for row, column in np.argwhere(distances <= at_most_bits):
            yield int(row), int(places[row, column]), int(distances[row, column])
