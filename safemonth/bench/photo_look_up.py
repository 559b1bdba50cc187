"""How long a hash takes to be looked up among millions: the index beside a plain scan, in the same run."""

import time
from statistics import median
from typing import Any

import numpy as np

from safemonth.collect.evidence.likeness import WORTH_A_LOOK_BITS
from safemonth.collect.evidence.photo_index import PhotoIndex

SEED = 20190616
LOOK_UPS = 30


def measure_look_up(hashes: int) -> dict[str, Any]:
    """Return the median milliseconds of a look-up among `hashes` hashes, by the index and by a numpy scan.

    In alternation in the same run, one hash each, and for the index also all eight hashes of a photo.
    The hashes are random; what is asked for is one of them with 20 bits changed, and must be found.
    """
    random = np.random.default_rng(SEED)
    kept = random.integers(0, 256, (hashes, 32), dtype=np.uint8)
    index = PhotoIndex()
    index.add(np.arange(hashes), kept)
    words = kept.view(np.uint64)
    times: dict[str, list[float]] = {"index": [], "eight": [], "scan": []}
    for number in range(LOOK_UPS):
        wanted = int(random.integers(hashes))
        bits = np.unpackbits(kept[[wanted]], axis=1)
        bits[0, random.choice(256, 20, replace=False)] ^= 1
        asked = np.packbits(bits, axis=1)
        began = time.perf_counter()
        found = index.look_up(asked, WORTH_A_LOOK_BITS)
        times["index"].append(time.perf_counter() - began)
        if not found or found[0] != (wanted, 20):
            raise AssertionError("the index did not find a hash that is in it")
        if number < 10:
            began = time.perf_counter()
            index.look_up(np.vstack([asked, kept[:7]]), WORTH_A_LOOK_BITS)
            times["eight"].append(time.perf_counter() - began)
            began = time.perf_counter()
            np.flatnonzero(np.bitwise_count(words ^ asked.view(np.uint64)).sum(axis=1) <= WORTH_A_LOOK_BITS)
            times["scan"].append(time.perf_counter() - began)
    in_ms = {name: median(taken) * 1000 for name, taken in times.items()}
    return {
        "hashes": hashes,
        "look_up_ms": round(in_ms["index"], 2),
        "look_up_of_a_photo_ms": round(in_ms["eight"], 2),
        "numpy_scan_ms": round(in_ms["scan"], 1),
        "times_the_scan": round(in_ms["scan"] / in_ms["index"], 1),
        "times_eight_scans": round(8 * in_ms["scan"] / in_ms["eight"], 1),
    }
