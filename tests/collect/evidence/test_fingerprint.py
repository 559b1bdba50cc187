"""A photo is known again by its hashes: turned, mirrored, framed, recompressed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from safemonth.collect.evidence.fingerprint import TURNS, Fingerprint, distances, fingerprint
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.trimming import trimmed_box

from .scenes import jpeg, scene

WHOLE = (0.0, 0.0, 1.0, 1.0)


@pytest.mark.parametrize("turn", range(8))
def test_a_turned_or_mirrored_photo_has_the_hash_of_that_row(turn):
    first = fingerprint(scene(4))
    how = TURNS[turn]
    second = fingerprint(scene(4) if how is None else scene(4).transpose(how))
    assert distances(first.hashes, second.upright[None])[turn, 0] == 0


def test_recompression_changes_few_bits_and_another_place_half_of_them():
    first = fingerprint(scene(5))
    again = fingerprint(open_photo(jpeg(scene(5), quality=40)))
    other = fingerprint(scene(6))
    assert distances(first.hashes, again.upright[None]).min() <= 31
    assert distances(first.hashes, other.upright[None]).min() > 80


@pytest.mark.parametrize("colour", ["black", "white", "#c8c8c8"])
def test_a_frame_is_trimmed_off(colour):
    framed = ImageOps.expand(scene(7), border=40, fill=colour)
    assert trimmed_box(framed) == pytest.approx((40 / 720, 40 / 560, 680 / 720, 520 / 560), abs=0.01)
    assert distances(fingerprint(scene(7)).hashes, fingerprint(framed).upright[None]).min() <= 60


def test_the_bars_of_a_phone_are_trimmed_off_with_clock_and_buttons():
    screen = Image.new("RGB", (1080, 2340), "black")
    screen.paste(scene(7).resize((1080, 810)), (0, 700))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((50, 30, 160, 60), fill="white")
    for button in range(5):
        draw.rectangle((90 + button * 200, 2200, 150 + button * 200, 2260), outline="white", width=6)
    assert trimmed_box(screen) == pytest.approx((0, 700 / 2340, 1, 1510 / 2340), abs=0.01)


def test_a_photo_that_is_plain_or_dark_is_not_trimmed_to_a_scrap():
    night = Image.new("RGB", (640, 480), (4, 4, 6))
    ImageDraw.Draw(night).ellipse((300, 200, 340, 240), fill="white")
    assert trimmed_box(Image.new("RGB", (640, 480), "white")) == WHOLE
    assert trimmed_box(night) == WHOLE


def test_a_plain_picture_says_that_its_hash_means_nothing():
    assert not fingerprint(Image.new("RGB", (300, 200), "grey")).is_telling
    assert fingerprint(scene(8)).is_telling


@settings(max_examples=30, deadline=None)
@given(width=st.integers(1, 90), height=st.integers(1, 90))
def test_any_size_has_a_fingerprint_that_survives_being_kept(width, height):
    found = fingerprint(scene(9).resize((width, height)))
    kept = Fingerprint.from_bytes(found.to_bytes())
    assert np.array_equal(kept.hashes, found.hashes) and kept.quality == found.quality


def test_other_bytes_are_no_fingerprint():
    with pytest.raises(ValueError, match="257"):
        Fingerprint.from_bytes(b"123")
