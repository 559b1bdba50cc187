"""Made pictures for the tests of photos: blobs, bars and noise from a seed, as unlike each other as two places."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Return a picture with texture at every scale; another seed is another place."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", size, tuple(random.integers(60, 200, 3).tolist()))
    draw = ImageDraw.Draw(picture)
    for _ in range(140):
        x, y = random.random(2) * size
        across, down = random.uniform(8, 120, 2)
        colour = tuple(random.integers(0, 256, 3).tolist())
        if random.random() < 0.5:
            draw.ellipse((x - across, y - down, x + across, y + down), fill=colour)
        else:
            draw.polygon([tuple(random.random(2) * [across, down] + [x, y]) for _ in range(4)], fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def jpeg(picture: Image.Image, quality: int = 85, **rest: object) -> bytes:
    """Return `picture` as JPEG bytes."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality, **rest)
    return held.getvalue()
