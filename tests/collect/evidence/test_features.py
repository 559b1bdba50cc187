"""Telling points: bounded, kept and read back, none in captions, the same in a mirror."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from safemonth.collect.evidence.captions import caption_mask
from safemonth.collect.evidence.descriptors import binary, mirrored, nearest_pairs, sift
from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import MOST_POINTS, Features, features
from safemonth.collect.evidence.photo import fitted

from .scenes import scene


def test_features_are_at_most_twenty_kilobytes_even_of_the_busiest_square_picture():
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (900, 900, 3), dtype=np.uint8))
    kept = features(noise).to_bytes()
    assert len(kept) <= 20_480


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), width=st.integers(2, 300), height=st.integers(2, 300))
def test_features_survive_being_kept(seed, width, height):
    found = features(scene(seed).resize((width, height)))
    kept = Features.from_bytes(found.to_bytes())
    assert np.array_equal(kept.descriptors, found.descriptors) and np.array_equal(kept.thumb, found.thumb)
    assert np.array_equal(kept.told, found.told) and kept.size == found.size
    assert kept.inside == pytest.approx(found.inside, rel=1e-6)
    assert np.abs(kept.points - found.points).max(initial=0) <= 1 / 16 + 1e-4
    assert np.abs(np.log2(kept.scales / found.scales)).max(initial=0) <= 1 / 16
    assert np.abs((kept.angles - found.angles + 180) % 360 - 180).max(initial=0) <= 1.5


@pytest.mark.parametrize("data", [b"", b"SF1", b"SF1" + bytes(40), b"JPEG" * 30])
def test_other_bytes_are_no_features(data):
    with pytest.raises(ValueError, match="features"):
        Features.from_bytes(data)


def test_a_plain_picture_has_no_points_and_that_is_no_error():
    found = features(Image.new("RGB", (640, 480), "white"))
    assert len(found.points) == 0 and found.descriptors.shape == (0, 32)
    assert FeatureIndex().candidates(found) == []


def test_points_are_taken_from_all_parts_of_a_picture():
    busy = Image.new("RGB", (640, 480), "grey")
    busy.paste(scene(1).resize((320, 240)), (0, 0))
    busy.paste(scene(2).resize((320, 240)).point(lambda v: 128 + (v - 128) // 6), (320, 240))
    found = features(busy)
    faint = (found.points > np.array(found.size) / 2).all(axis=1).sum()
    assert len(found.points) <= MOST_POINTS and faint > 60


def test_mirrored_descriptors_are_those_of_the_mirrored_picture():
    grey = np.asarray(fitted(scene(11), 512).convert("L"))
    here_points, here = sift(300).detectAndCompute(grey, None)
    there_points, there = sift(300).detectAndCompute(np.ascontiguousarray(grey[:, ::-1]), None)
    from_here, from_there, _ = nearest_pairs(mirrored(binary(here)), binary(there), 84)
    off = [
        np.hypot(
            grey.shape[1] - 1 - here_points[i].pt[0] - there_points[j].pt[0],
            here_points[i].pt[1] - there_points[j].pt[1],
        )
        for i, j in zip(from_here, from_there, strict=True)
    ]
    assert len(off) > 150 and np.mean(np.array(off) < 2) > 0.9


def test_a_caption_burnt_in_is_masked_and_the_middle_is_not():
    picture = fitted(scene(12), 512)
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.load_default(16)
    for number, line in enumerate(["Time 2019.06.16 09:30", "Place: North township, square", "Weather: fine, 26 C"]):
        draw.text((12, 290 + number * 24), line, font=letters, fill="white", stroke_width=1, stroke_fill="black")
    mask = caption_mask(np.asarray(picture))
    assert mask[288:360, 12:150].mean() > 0.6
    assert mask[170:210].mean() == 0
    found = features(picture)
    points = found.points * (512 / max(found.size))
    within = (points[:, 0] > 14) & (points[:, 0] < 150) & (points[:, 1] > 292) & (points[:, 1] < 355)
    assert within.sum() <= 0.02 * len(points)


def test_many_photos_are_parted_and_the_right_one_is_still_first(monkeypatch):
    monkeypatch.setattr("safemonth.collect.evidence.feature_index.PARTED_FROM", 2_000)
    index = FeatureIndex()
    for key in range(40):
        index.add(key, features(scene(100 + key, (320, 240))))
    assert len(index) == 40
    assert [
        index.candidates(features(scene(100 + key, (320, 240)).crop((40, 30, 300, 220))))[0] for key in (3, 25, 39)
    ] == [3, 25, 39]


def test_a_photo_is_among_the_candidates_though_cropped_turned_or_mirrored():
    index = FeatureIndex()
    for key in range(30):
        index.add(key, features(scene(100 + key)))
    part = scene(117).crop((120, 100, 520, 400))
    for how in (None, Image.Transpose.ROTATE_90, Image.Transpose.FLIP_LEFT_RIGHT):
        assert index.candidates(features(part if how is None else part.transpose(how)), at_most=3)[0] == 17
