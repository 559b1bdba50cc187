"""One picture used twice is found; two pictures under one caption or with one banner are not."""

import cv2
import numpy as np
import pytest
from PIL import Image

from safemonth.bench.photo_captions import LAYOUTS, captioned
from safemonth.bench.photo_edits import EDITS, cropped
from safemonth.collect.evidence.alignment import is_plausible, moved
from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import features
from safemonth.collect.evidence.fingerprint import TURNS, fingerprint
from safemonth.collect.evidence.likeness import find_reuse
from safemonth.collect.evidence.matching import compare, compare_turned, turn_transform
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.photo_index import PhotoIndex

from .scenes import jpeg, scene


@pytest.mark.parametrize("name", list(EDITS))
def test_a_picture_is_known_again_after(name):
    edited = open_photo(jpeg(EDITS[name](scene(21), np.random.default_rng(5))))
    match = compare(features(edited), features(scene(21)))
    assert match.is_match and match.share > 0.6
    assert match.is_mirrored == ("mirror" in name)


def test_a_photo_taken_at_night_is_known_again():
    night = scene(21).point(lambda value: value // 9)
    assert compare(features(open_photo(jpeg(night, 70))), features(night)).is_match
    assert not compare(features(scene(22).point(lambda value: value // 9)), features(night)).is_match


def test_the_transform_lays_a_crop_where_it_was_cut_out():
    part = features(scene(22).crop((160, 120, 480, 360)))
    whole = features(scene(22))
    match = compare(part, whole)
    assert match.transform is not None
    corners = moved(match.transform, np.array([[0, 0], part.size], float)) / whole.size
    assert corners == pytest.approx(np.array([[0.25, 0.25], [0.75, 0.75]]), abs=0.01)
    assert match.agreement.inside_a > 0.95 and match.agreement.inside_b == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_two_pictures_under_the_same_caption_are_not_one(layout):
    match = compare(features(captioned(scene(23), layout, 9)), features(captioned(scene(24), layout, 9)))
    assert not match.is_match


def test_two_pictures_with_the_same_banner_are_not_one():
    banner = scene(25, (620, 130))
    first, second = scene(26), scene(27)
    first.paste(banner, (10, 60))
    second.paste(banner, (12, 90))
    match = compare(features(first), features(second))
    assert match.inliers > 20  # the banner is seen,
    assert not match.is_match  # and is not enough.


def moved_camera(seed):
    """The scene from half a step aside: what is near has moved more than what is far."""
    picture = scene(seed)
    pixels = np.asarray(picture, np.float32)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    deep = 9 * np.sin(x / 45) * np.cos(y / 38)
    seen = cv2.remap(pixels, x + 10 + deep, y + 4 + 0.4 * deep, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return Image.fromarray(seen.astype(np.uint8))


def test_two_shots_of_one_scene_are_told_from_one_picture_used_twice():
    match = compare(features(moved_camera(31)), features(scene(31)))
    assert match.is_other_shot and not match.is_match and match.residual_px > 0.7
    again = compare(features(open_photo(jpeg(scene(31), 40))), features(scene(31)))
    assert again.is_match and not again.is_other_shot and again.residual_px < 0.7


def test_two_plain_pictures_are_not_said_to_be_one():
    grey, white = features(Image.new("RGB", (640, 480), "grey")), features(Image.new("RGB", (640, 480), "white"))
    assert not compare(grey, white).is_match
    assert not any(compare_turned(grey, white, turn).is_match for turn in range(8))


def test_comparing_gives_the_same_answer_each_time_and_from_either_side():
    here, there = features(cropped(0.2)(scene(28), np.random.default_rng(1))), features(scene(28))
    first, again, back = compare(here, there), compare(here, there), compare(there, here)
    assert first.transform is not None and again.transform is not None
    assert np.array_equal(first.transform, again.transform) and first.inliers == again.inliers
    assert back.is_match and back.share == pytest.approx(first.share, abs=0.1)


@pytest.mark.parametrize("turn", range(8))
def test_a_turn_of_the_fingerprint_is_a_turn_of_the_picture(turn):
    how = TURNS[turn]
    turned = scene(29) if how is None else scene(29).transpose(how)
    here, there = features(scene(29)), features(turned)
    assert compare_turned(here, there, turn).share > 0.95
    match = compare(here, there)
    middle = np.array([[100.0, 50.0], [400.0, 300.0]])
    assert match.transform is not None
    assert moved(match.transform, middle) == pytest.approx(moved(turn_transform(here, there, turn), middle), abs=2)


@pytest.mark.parametrize(
    ("transform", "plausible"),
    [
        (np.eye(3), True),
        (np.diag([-1.0, 1, 1]), True),
        (np.diag([3.0, 1, 1]), False),  # stretched
        (np.diag([0.01, 0.01, 1]), False),  # shrunk to a dot
        (np.array([[1, 0.9, 0], [0, 1, 0], [0, 0, 1.0]]), False),  # sheared
        (np.array([[1, 0, 0], [0, 1, 0], [0.01, 0, 1.0]]), False),  # one side far longer than the other
        (np.zeros((3, 3)), False),
    ],
)
def test_only_what_a_camera_or_an_editor_does_is_plausible(transform, plausible):
    assert is_plausible(transform, (0, 0, 400, 300)) is plausible


@pytest.fixture(scope="module")
def office():
    photos, nearby = PhotoIndex(), FeatureIndex()
    kept = {key: features(scene(200 + key)) for key in range(25)}
    for key, found in kept.items():
        photos.add([key], fingerprint(scene(200 + key)).upright[None])
        if key % 2:  # odd ones are of this county
            nearby.add(key, found)
    return photos, nearby, kept


def reuse_of(picture, office, features_of=None, **rest):
    photos, nearby, kept = office
    return find_reuse(
        key=-1,
        fingerprint=fingerprint(picture),
        features=features(picture),
        photos=photos,
        nearby=nearby,
        features_of=features_of or kept.get,
        **rest,
    )


def test_a_recompressed_photo_is_found_in_any_county_by_its_fingerprint(office):
    (found,) = reuse_of(open_photo(jpeg(scene(204), 50)), office)
    assert (found.key, found.how, found.is_mirrored) == (4, "fingerprint", False) and found.distance <= 31


def test_a_crop_is_found_in_the_county_by_its_points(office):
    (found,) = reuse_of(cropped(0.4)(scene(205), np.random.default_rng(2)), office)
    assert (found.key, found.how, found.distance) == (5, "features", None) and found.inliers >= 8


def test_a_new_photo_is_like_none(office):
    assert reuse_of(scene(999), office) == []


def test_other_shots_of_a_scene_are_given_only_where_they_are_wanted(office):
    assert reuse_of(moved_camera(205), office) == []
    (found,) = reuse_of(moved_camera(205), office, other_shots=True)
    assert found.key == 5 and found.is_other_shot


def test_a_photo_left_out_is_not_found(office):
    assert reuse_of(scene(205), office, except_for=[5]) == []


def test_where_features_are_lost_a_near_fingerprint_still_counts(office):
    (found,) = reuse_of(scene(204), office, features_of=lambda key: None)
    assert (found.key, found.how, found.distance, found.transform) == (4, "fingerprint", 0, None)
