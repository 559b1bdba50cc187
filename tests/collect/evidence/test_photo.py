"""Whatever bytes arrive end as a clean picture or as a refusal with a sentence."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safemonth.collect.evidence.photo import fitted, open_photo
from safemonth.lib.refusals import Refused

from .scenes import jpeg, scene


def saved(picture: Image.Image, kind: str, **rest: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, kind, **rest)
    return held.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF", "BMP", "GIF"])
def test_pictures_of_every_common_kind_are_opened_as_rgb(kind):
    opened = open_photo(saved(scene(1, (120, 80)), kind))
    assert (opened.mode, opened.size) == ("RGB", (120, 80))
    difference = np.abs(np.asarray(opened, int) - np.asarray(scene(1, (120, 80)), int)).mean()
    assert difference < 12  # a GIF has 256 colours


def test_a_photo_is_turned_as_its_exif_says():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert open_photo(jpeg(scene(1, (120, 80)), exif=exif)).size == (80, 120)


def test_a_broken_exif_block_does_not_spoil_the_picture():
    assert open_photo(jpeg(scene(1, (120, 80)), exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")).size == (120, 80)


def test_sixteen_bits_are_brought_to_eight():
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    values = np.asarray(open_photo(saved(Image.fromarray(ramp), "PNG")))
    assert (values.min(), values.max()) == (0, 255) and values[32, 0, 0] == pytest.approx(128, abs=3)


def test_cmyk_and_transparency_become_rgb():
    assert open_photo(saved(scene(1).convert("CMYK"), "JPEG")).mode == "RGB"
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert open_photo(saved(clear, "PNG")).getpixel((5, 5)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_taken():
    frames = [scene(1, (60, 40)), scene(2, (60, 40))]
    opened = open_photo(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert np.array_equal(np.asarray(opened), np.asarray(frames[0]))


def test_a_large_jpeg_comes_smaller_but_never_below_what_was_asked():
    opened = open_photo(jpeg(scene(1).resize((4000, 3000))), enough_px=900)
    assert opened.size == (1000, 750)


def test_a_decompression_bomb_is_refused_by_its_header():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Refused) as refused:
        open_photo(bomb)
    assert refused.value.code == "photo_too_large"
    with pytest.raises(Refused) as refused:
        open_photo(saved(Image.new("1", (12_000, 11_000)), "PNG"))
    assert refused.value.code == "photo_too_large"


def test_too_many_bytes_are_refused():
    with pytest.raises(Refused) as refused:
        open_photo(bytes(64 * 1024 * 1024 + 1))
    assert refused.value.code == "photo_too_large"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8\xff", b"not a photo", b"%PDF-1.7", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_other_bytes_are_no_photo(data):
    with pytest.raises(Refused) as refused:
        open_photo(data)
    assert refused.value.code == "not_a_photo"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_cut_short_is_refused(kind):
    whole = saved(scene(1, (200, 150)), kind)
    with pytest.raises(Refused) as refused:
        open_photo(whole[: len(whole) // 2])
    assert refused.value.code == "not_a_photo"


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF"]),
    changes=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_spoilt_bytes_end_as_a_picture_or_as_a_refusal(kind, changes):
    data = bytearray(saved(scene(3, (40, 30)), kind))
    for at, value in changes:
        data[at % len(data)] = value
    try:
        mode = open_photo(bytes(data)).mode
    except Refused as refused:
        mode = refused.code
    assert mode in {"RGB", "not_a_photo", "photo_too_large"}


def test_fitting_keeps_the_shape_and_at_least_one_pixel():
    assert fitted(Image.new("RGB", (400, 100)), 200).size == (200, 50)
    assert fitted(Image.new("RGB", (4000, 2)), 100).size == (100, 1)
