"""Made pictures with the time and place that a phone writes: no photo of anything real, another scene for each number."""

import io
from datetime import datetime
from fractions import Fraction

import numpy as np
from PIL import ExifTags, Image, ImageDraw

SIZE = (800, 600)
# The ground is drawn this much smaller and blown up: a picture takes a twentieth of a second.
GROUND = (200, 150)
PHONE = "HUAWEI P20"
# How much of each side a messenger's user cuts off, and what the messenger makes of the rest.
CROPPED_SHARE = 0.05
RESENT_QUALITY = 60


def scene(number: int) -> Image.Image:
    """Return a made picture: sky, hills, houses, people and a red banner, all drawn from `number`."""
    random = np.random.default_rng(20_190_600 + number)
    picture = _land(random)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(random.integers(30, 60))):
        _thing(draw, random)
    for _ in range(int(random.integers(8, 30))):
        _person(draw, random)
    _banner(draw, random)
    grain = random.integers(-5, 6, (SIZE[1], SIZE[0], 1), np.int16)
    return Image.fromarray(np.clip(np.asarray(picture, np.int16) + grain, 0, 255).astype(np.uint8))


def photo(number: int, *, taken_at: datetime, latitude: float, longitude: float) -> bytes:
    """Return a scene as the phone keeps it: JPEG with local time, its offset, place in degrees north and east, model."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = PHONE
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    inner[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _degrees(latitude),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _degrees(longitude),
        }
    )
    held = io.BytesIO()
    scene(number).save(held, "JPEG", quality=88, exif=exif)
    return held.getvalue()


def signature(number: int) -> bytes:
    """Return a stroke as the form's page draws it with a finger: PNG, black on nothing, another for each number."""
    random = np.random.default_rng(20_190_900 + number)
    picture = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    across = np.linspace(60, 540, 40)
    up = 100 + 50 * np.sin(across / random.uniform(18, 40) + random.uniform(0, 6)) + random.normal(0, 4, 40)
    points = [(float(x), float(y)) for x, y in zip(across, up, strict=True)]
    ImageDraw.Draw(picture).line(points, fill=(20, 20, 20, 255), width=5, joint="curve")
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()


def passed_on(data: bytes) -> bytes:
    """Return a photo as it looks when cropped and passed on by a messenger: smaller, recompressed, without Exif."""
    picture = Image.open(io.BytesIO(data))
    width, height = picture.size
    across, down = round(width * CROPPED_SHARE), round(height * CROPPED_SHARE)
    held = io.BytesIO()
    picture.crop((across, down, width - across, height - down)).resize((720, 540)).save(
        held, "JPEG", quality=RESENT_QUALITY
    )
    return held.getvalue()


def _degrees(value: float) -> tuple[Fraction, Fraction, Fraction]:
    """Degrees, minutes and seconds of a position that is not below zero."""
    minutes = value % 1 * 60
    return Fraction(int(value)), Fraction(int(minutes)), Fraction(round(minutes % 1 * 60 * 100), 100)


def _land(random: np.random.Generator) -> Image.Image:
    """Ground and sky with detail in every octave, as real pictures have, and a horizon of hills."""
    width, height = GROUND
    total = np.zeros((height, width, 3), np.float32)
    for octave in range(2, 7):
        cells = 2**octave
        noise = random.integers(0, 256, (cells * height // width + 2, cells + 2, 3), np.uint8)
        total += np.asarray(Image.fromarray(noise).resize(GROUND, Image.Resampling.BICUBIC), np.float32) / cells
    total = (total - total.min()) / (total.max() - total.min())
    low, high = random.uniform(30, 110, 3), random.uniform(130, 220, 3)
    picture = Image.fromarray((low + total * (high - low)).astype(np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
    width, height = SIZE
    draw = ImageDraw.Draw(picture)
    horizon = height * random.uniform(0.2, 0.4)
    heights = horizon + np.cumsum(random.normal(0, 14, 25))
    ridge = [(width * step / 24, float(heights[step])) for step in range(25)]
    draw.polygon([(0, 0), *ridge, (width, 0)], fill=tuple(random.integers(170, 250, 3).tolist()))
    return picture


def _thing(draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    x, y = random.random(2) * SIZE
    across, down = np.exp(random.uniform(np.log(8), np.log(150), 2))
    colour = tuple(random.integers(0, 256, 3).tolist())
    if random.random() < 0.5:
        draw.rectangle((x, y, x + across, y + down), fill=colour)
    else:
        draw.polygon([tuple((random.random(2) * [across, down] + [x, y]).tolist()) for _ in range(5)], fill=colour)


def _person(draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    x, y = random.random() * SIZE[0], random.uniform(0.45, 0.95) * SIZE[1]
    head = random.uniform(6, 18)
    draw.ellipse((x - head, y - head * 2.4, x + head, y - head * 0.4), fill=tuple(random.integers(60, 230, 3).tolist()))
    draw.rectangle(
        (x - head * 1.5, y - head * 0.4, x + head * 1.5, y + head * 4), fill=tuple(random.integers(0, 200, 3).tolist())
    )


def _banner(draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    """A red banner; its signs are strokes without meaning, so that no font is needed."""
    tall = random.uniform(30, 60)
    x, y = random.uniform(0, 0.3) * SIZE[0], random.uniform(0.1, 0.5) * SIZE[1]
    signs = int(random.integers(7, 13))
    draw.rectangle((x, y, x + tall * (signs + 0.5), y + tall * 1.4), fill=(200, 20, 25))
    for sign in range(signs):
        left = x + tall * (sign + 0.3)
        for _ in range(5):
            ends = random.random(4) * tall * 0.8
            draw.line(
                (left + ends[0], y + tall * 0.3 + ends[1], left + ends[2], y + tall * 0.3 + ends[3]),
                fill=(255, 240, 120),
                width=4,
            )
