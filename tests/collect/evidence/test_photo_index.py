"""The index finds exactly what a plain scan finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.evidence.fingerprint import distances
from safemonth.collect.evidence.photo_index import PhotoIndex


def spoilt(random, hashes, bits):
    rows = np.unpackbits(hashes, axis=1)
    for row in rows:
        row[random.choice(256, bits, replace=False)] ^= 1
    return np.packbits(rows, axis=1)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), radius=st.integers(0, 140), batches=st.integers(1, 4))
def test_a_look_up_finds_what_a_scan_finds(seed, radius, batches):
    random = np.random.default_rng(seed)
    hashes = random.integers(0, 256, (200, 32), dtype=np.uint8)
    hashes[100:] = spoilt(random, hashes[:100], int(random.integers(0, 60)))
    keys = random.permutation(200)
    index = PhotoIndex()
    for rows in np.array_split(np.arange(200), batches):
        index.add(keys[rows], hashes[rows])
    asked = hashes[random.integers(0, 200, 8)]
    nearest = distances(asked, hashes).min(axis=0)
    expected = sorted(
        ((int(k), int(d)) for k, d in zip(keys, nearest, strict=True) if d <= radius), key=lambda h: (h[1], h[0])
    )
    assert index.look_up(asked, radius) == expected


def test_an_empty_index_finds_nothing():
    assert PhotoIndex().look_up(np.zeros((8, 32), np.uint8), 256) == []


def test_a_key_with_several_hashes_is_found_once_by_the_nearest():
    index = PhotoIndex()
    index.add([7, 7], np.array([[255] * 32, [0] * 32], np.uint8))
    assert index.look_up(np.zeros((1, 32), np.uint8), 256) == [(7, 0)]


def test_keys_and_hashes_must_be_as_many():
    with pytest.raises(ValueError, match="2 keys for 1 hashes"):
        PhotoIndex().add([1, 2], np.zeros((1, 32), np.uint8))
