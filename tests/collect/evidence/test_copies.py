"""Copies hold what they should and nothing of the rest: no metadata, nothing of a covered face."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safemonth.collect.evidence.copies import (
    Region,
    public_copy,
    reduced,
    regions_of,
    rows_of,
    thumbnail,
)
from safemonth.collect.evidence.faces import can_suggest, suggested_faces
from safemonth.collect.evidence.photo import open_photo
from safemonth.lib.refusals import Refused
from tests.collect.evidence.photo_files import photo, scene

SECRETS = (b"HUAWEI", b"2019:06:10", b"Exif", b"ICC_PROFILE", b"adobe", b"someone", b"http")


def telling_photo(orientation=0):
    """Return a photo whose file names its camera, time, place, an author and a comment."""
    return photo(
        7,
        image=scene(7, width=2000, height=1500),
        taken="2019:06:10 09:30:05",
        at=(39.3, 115.5),
        camera="HUAWEI P30",
        orientation=orientation,
        comment=b"ASCII\0\0\0someone at home",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>someone</dc:creator> http://x </x:xmpmeta>",
    )


@pytest.mark.parametrize(("copy", "most"), [(reduced, 1600), (thumbnail, 320), (lambda p: public_copy(p, ()), 1600)])
def test_copies_are_small_upright_and_hold_nothing_of_the_files_metadata(copy, most):
    data = telling_photo(orientation=6)
    assert all(secret in data for secret in SECRETS if secret not in (b"ICC_PROFILE",))
    made = copy(open_photo(data))
    assert not any(secret in made for secret in SECRETS)
    opened = Image.open(io.BytesIO(made))
    assert (opened.format, max(opened.size), opened.size[1] > opened.size[0]) == ("JPEG", most, True)
    assert dict(opened.getexif()) == {}
    assert opened.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_comment_in_the_file_goes_too():
    out = io.BytesIO()
    scene(3).save(out, "JPEG", comment=b"taken by someone")
    assert b"someone" in out.getvalue()
    assert b"someone" not in public_copy(open_photo(out.getvalue()), ())


def test_a_small_photo_is_not_made_larger():
    small = scene(2, width=200, height=100)
    assert Image.open(io.BytesIO(reduced(small))).size == (200, 100)
    assert Image.open(io.BytesIO(thumbnail(small))).size == (200, 100)


REGION = Region(left=250, top=300, width=200, height=250)


def with_face(picture, seed):
    """Return the picture with other pixels of the same mean inside REGION, as another face there would be."""
    pixels = np.array(picture)
    height, width = pixels.shape[:2]
    inside = pixels[height * 300 // 1000 : height * 550 // 1000, width * 250 // 1000 : width * 450 // 1000]
    swap = np.random.default_rng(seed).permutation(inside.reshape(-1, 3)).reshape(inside.shape)
    pixels[height * 300 // 1000 : height * 550 // 1000, width * 250 // 1000 : width * 450 // 1000] = swap
    return Image.fromarray(pixels)


@pytest.mark.parametrize("width", [640, 2400])
def test_two_faces_of_one_mean_colour_leave_the_same_bytes(width):
    # Also round the region: nothing of it may have been spread by the resizing.
    picture = scene(5, width=width, height=width * 3 // 4)
    one, other = with_face(picture, 1), with_face(picture, 2)
    assert reduced(one) != reduced(other)
    assert public_copy(one, [REGION]) == public_copy(other, [REGION])


def test_what_is_not_covered_stays():
    picture = scene(5)
    covered = np.asarray(Image.open(io.BytesIO(public_copy(picture, [REGION]))), dtype=int)
    plain = np.asarray(Image.open(io.BytesIO(public_copy(picture, []))), dtype=int)
    changed = np.abs(covered - plain).max(axis=2) > 0
    assert changed[180:230, 200:260].mean() > 0.9
    assert not changed[:, :140].any() and not changed[:120].any()


BOXES = st.tuples(st.integers(-200, 1200), st.integers(-200, 1200), st.integers(-50, 3000), st.integers(-50, 3000))


@given(st.lists(BOXES, max_size=3))
def test_regions_are_kept_inside_the_photo_or_refused(boxes):
    rows = [dict(zip(("left", "top", "width", "height"), box, strict=True)) for box in boxes]
    if all(
        left < 1000 and top < 1000 and left + width > 0 < width and top + height > 0 < height
        for left, top, width, height in boxes
    ):
        regions = regions_of(rows)
        assert len(regions) == len(rows)
        for region in regions:
            assert 0 <= region.left < region.left + region.width <= 1000
            assert 0 <= region.top < region.top + region.height <= 1000
        assert regions_of(rows_of(regions)) == regions
    else:
        with pytest.raises(Refused, match="bad_region"):
            regions_of(rows)


@given(st.integers(0, 999), st.integers(0, 999), st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_every_region_covers_all_pixels_that_it_touches(left, top, width, height, size):
    region = regions_of([{"left": left, "top": top, "width": width, "height": height}])[0]
    picture = Image.new("RGB", (size, size), (200, 30, 30))
    made = Image.open(io.BytesIO(public_copy(picture, [region])))
    assert made.size == (size, size)


@pytest.mark.parametrize(
    "rows",
    [
        [{"left": "a", "top": 0, "width": 1, "height": 1}],
        [{"left": 1}],
        [{"left": 0, "top": 0, "width": 0, "height": 9}],
    ],
)
def test_a_region_that_is_none_is_refused_with_its_number(rows):
    with pytest.raises(Refused) as refused:
        regions_of([{"left": 0, "top": 0, "width": 5, "height": 5}, *rows])
    assert (refused.value.code, refused.value.params["number"]) == ("bad_region", 2)


def test_more_places_than_a_person_can_mean_are_refused():
    with pytest.raises(Refused) as refused:
        regions_of([{"left": 0, "top": 0, "width": 5, "height": 5}] * 201)
    assert refused.value.code == "too_many_regions"


def test_without_a_model_no_faces_are_suggested_and_a_false_model_is_no_error(tmp_path):
    assert not can_suggest(tmp_path / "face-model.onnx")
    assert suggested_faces(scene(1), model=tmp_path / "face-model.onnx") == ()
    (tmp_path / "face-model.onnx").write_bytes(b"no model")
    assert suggested_faces(scene(1), model=tmp_path / "face-model.onnx") == ()
