"""Photos made for tests: scenes of blocks and noise, with what a camera would write into the file."""

import io
from fractions import Fraction

import numpy as np
from PIL import ExifTags, Image, PngImagePlugin


def scene(seed: int, *, width: int = 640, height: int = 480) -> Image.Image:
    """Return a picture with edges and corners, another for each seed."""
    rng = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), rng.integers(60, 190, 3), dtype=np.int16)
    for _ in range(160):
        x, y = rng.integers(0, width), rng.integers(0, height)
        w, h = rng.integers(8, width // 4), rng.integers(8, height // 4)
        pixels[y : y + h, x : x + w] = rng.integers(0, 255, 3)
    pixels += rng.normal(0, 6, pixels.shape).astype(np.int16)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def rational(value: float) -> Fraction:
    """Return a number as Pillow writes rationals."""
    return Fraction(value).limit_denominator(1_000_000)


def degrees_written(value: float) -> tuple[Fraction, Fraction, Fraction]:
    """Return degrees, minutes and seconds as a phone writes them."""
    value = abs(value)
    minutes = (value % 1) * 60
    return Fraction(int(value)), Fraction(int(minutes)), rational(round((minutes % 1) * 60, 4))


def gps_tags(latitude: float, longitude: float) -> dict[int, object]:
    """Return the GPS table of a position."""
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: degrees_written(latitude),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: degrees_written(longitude),
    }


def photo(
    seed: int = 1,
    *,
    image: Image.Image | None = None,
    taken: str = "",
    offset: str = "",
    at: tuple[float, float] | None = None,
    gps: dict[int, object] | None = None,
    software: str = "",
    changed: str = "",
    camera: str = "",
    orientation: int = 0,
    comment: bytes = b"",
    format: str = "JPEG",
    **saving: object,
) -> bytes:
    """Return a photo's file with the tags named; none named: a file without EXIF."""
    exif = Image.Exif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        inner[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        inner[ExifTags.Base.OffsetTimeOriginal] = offset
    if comment:
        inner[ExifTags.Base.UserComment] = comment
    if at:
        gps = {**gps_tags(*at), **(gps or {})}
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    for tag, value in (
        (ExifTags.Base.Software, software),
        (ExifTags.Base.DateTime, changed),
        (ExifTags.Base.Model, camera),
        (ExifTags.Base.Orientation, orientation),
    ):
        if value:
            exif[tag] = value
    out = io.BytesIO()
    if taken or offset or gps or software or changed or camera or orientation or comment:
        saving["exif"] = exif
    (image or scene(seed)).save(out, format, **saving)
    return out.getvalue()


def png_with_text(**texts: str) -> bytes:
    """Return a PNG with text chunks."""
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_text(key, value)
    return photo(format="PNG", pnginfo=info)
