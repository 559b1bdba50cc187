"""Bytes in, a clean picture out: whatever was sent, either RGB the right way up or a refusal with a sentence."""

import io
import threading
import warnings

import numpy as np
import pillow_heif
from PIL import Image, ImageFile, ImageOps

from safemonth.lib.refusals import Refused, gettext_noop

MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 120_000_000  # a 108-megapixel phone still fits; decoded that is 360 MB, and only for a moment
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "BMP", "GIF")
ENOUGH_PX = 3200
HIGH_MODES = ("I;16", "I;16B", "I;16L", "I", "F")

pillow_heif.register_heif_opener()
_LOADING = threading.Lock()


def open_photo(data: bytes, *, enough_px: int = ENOUGH_PX) -> Image.Image:
    """Return the picture in `data` as RGB, turned as its EXIF orientation says.

    Of an animation the first frame; transparency over white; 16 bits are brought to 8. A JPEG may come
    smaller than it is (by 2, 4 or 8), but never with its longer side below `enough_px`, because decoding
    50 megapixels for a picture of 512 is waste.
    Raises Refused `photo_too_large` (over 64 MiB, or over 120 million pixels: a decompression bomb is
    recognised from its header and never unpacked) and `not_a_photo` (other bytes, cut short, broken).
    """
    if len(data) > MOST_BYTES:
        raise Refused(
            "photo_too_large",
            gettext_noop("The photo has %(megabytes)s MB; at most %(most)s MB are taken."),
            megabytes=len(data) // 1024**2,
            most=MOST_BYTES // 1024**2,
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns from 89 million pixels; the limit here is our own.
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _refuse_too_many_pixels(picture.size)
                longer = max(picture.size)
                picture.draft("RGB", (picture.width * enough_px // longer, picture.height * enough_px // longer))
                _load_whole(picture)
                return _upright(picture)
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as problem:
        raise Refused(
            "photo_too_large",
            gettext_noop("The photo has more than %(most)s million pixels."),
            most=MOST_PIXELS // 1_000_000,
        ) from problem
    except Exception as problem:  # Decoders raise whatever hostile bytes drive them to.
        raise Refused(
            "not_a_photo", gettext_noop("The file is not a photo that can be read, or it was cut short.")
        ) from problem


def _load_whole(picture: Image.Image) -> None:
    """Decode, and take no half photo: WeasyPrint sets Pillow to fill what is missing with grey, for the whole process."""
    with _LOADING:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def fitted(picture: Image.Image, longer_px: int) -> Image.Image:
    """Return `picture` resized (up or down) so that its longer side has `longer_px` pixels, no side under 1."""
    factor = longer_px / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _refuse_too_many_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Refused(
            "photo_too_large",
            gettext_noop("The photo has more than %(most)s million pixels."),
            most=MOST_PIXELS // 1_000_000,
        )


def _upright(picture: Image.Image) -> Image.Image:
    try:
        turned = ImageOps.exif_transpose(picture)
    except Exception:  # A broken EXIF block says nothing; the picture itself may be sound.
        turned = picture.copy()
    if turned.mode in HIGH_MODES:
        return _eight_bits(turned)
    if turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info:
        over = turned.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    return turned.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    top = 65535.0 if picture.mode.startswith("I;16") or values.max(initial=0) > 255 else 255.0
    return Image.fromarray((np.clip(values / top, 0, 1) * 255).astype(np.uint8)).convert("RGB")
