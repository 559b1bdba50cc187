"""Made pictures, for measuring where no photos are given: squares, meeting rooms, nights, crowds, plain walls."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from safemonth.bench.photo_captions import font

SIZES = ((960, 720), (720, 960), (1280, 720), (640, 480))
SLOGANS = ("人人讲安全", "安全生产月", "防风险除隐患", "遏制事故", "生命重于泰山", "安全责任重于山")


def scene(seed: int) -> Image.Image:
    """Return a made picture, its kind and all in it drawn from `seed`: fractal ground, things, people, a banner.

    It is no photo: real ones have finer grain and softer edges. About one in six is a night, one in six a
    nearly plain wall, and every second one carries one of six banners.
    """
    random = np.random.default_rng(seed)
    size = SIZES[int(random.integers(len(SIZES)))]
    picture = Image.fromarray(_ground(size, random))
    draw = ImageDraw.Draw(picture)
    kind = int(random.integers(6))
    for _ in range({0: 12, 1: 60}.get(kind, 160)):
        _thing(draw, size, random)
    if kind in (2, 3):
        for _ in range(int(random.integers(15, 80))):
            _person(draw, size, random)
    if random.random() < 0.5:
        _banner(draw, size, random)
    picture = picture.filter(ImageFilter.GaussianBlur(float(random.uniform(0.4, 1.0))))
    values = np.asarray(picture, np.float64)
    if kind == 1:
        values = values * random.uniform(0.15, 0.35)
    values = values + random.normal(0, random.uniform(1, 5), values.shape)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _ground(size: tuple[int, int], random: np.random.Generator) -> np.ndarray:
    """Noise with as much in every octave as real pictures have (amplitude falls as one over frequency)."""
    width, height = size
    total = np.zeros((height, width, 3), np.float64)
    for octave in range(2, 8):
        cells = 2**octave
        noise = random.integers(0, 256, (cells * height // max(size) + 2, cells * width // max(size) + 2, 3), np.uint8)
        total += np.asarray(Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC), np.float64) / cells
    total = (total - total.min()) / (total.max() - total.min())
    low, high = random.uniform(10, 110, 3), random.uniform(120, 250, 3)
    return np.asarray(low + total * (high - low)).astype(np.uint8)


def _thing(draw: ImageDraw.ImageDraw, size: tuple[int, int], random: np.random.Generator) -> None:
    x, y = random.random(2) * size
    across, down = np.exp(random.uniform(np.log(6), np.log(max(size) / 5), 2))
    colour = tuple(random.integers(0, 256, 3).tolist())
    shape = random.integers(4)
    if shape == 0:
        draw.rectangle((x, y, x + across, y + down), fill=colour)
    elif shape == 1:
        draw.ellipse((x, y, x + across, y + down), fill=colour)
    elif shape == 2:
        draw.polygon([tuple((random.random(2) * [across, down] + [x, y]).tolist()) for _ in range(5)], fill=colour)
    else:
        draw.line((x, y, x + across - down, y + down), fill=colour, width=int(random.integers(1, 6)))


def _person(draw: ImageDraw.ImageDraw, size: tuple[int, int], random: np.random.Generator) -> None:
    x, y = random.random() * size[0], random.uniform(0.35, 0.95) * size[1]
    head = max(3.0, (y / size[1]) ** 2 * size[1] * 0.04)
    coat = tuple(random.integers(0, 200, 3).tolist())
    draw.ellipse((x - head, y - head * 2.4, x + head, y - head * 0.4), fill=tuple(random.integers(60, 230, 3).tolist()))
    draw.rectangle((x - head * 1.5, y - head * 0.4, x + head * 1.5, y + head * 4), fill=coat)


def _banner(draw: ImageDraw.ImageDraw, size: tuple[int, int], random: np.random.Generator) -> None:
    slogan, letters = int(random.integers(len(SLOGANS))), max(12, round(size[0] * random.uniform(0.04, 0.08)))
    text = SLOGANS[slogan] if font(letters)[1] else f"SAFETY MONTH {slogan}"
    x, y = random.uniform(0, 0.3) * size[0], random.uniform(0.05, 0.5) * size[1]
    draw.rectangle((x, y, x + letters * (len(text) + 1), y + letters * 1.6), fill=(200, 20, 25))
    draw.text((x + letters / 2, y + letters * 0.2), text, font=font(letters)[0], fill=(255, 240, 120))
