"""What happens to a photo between its first use and its second: sixteen edits, each drawn by chance from a seed."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

from safemonth.bench.photo_captions import LAYOUTS, captioned, font

Edit = Callable[[Image.Image, np.random.Generator], Image.Image]


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """Return `picture` as JPEG bytes."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return held.getvalue()


def recompressed(picture: Image.Image, quality: int) -> Image.Image:
    """Return what remains after JPEG at `quality`."""
    return Image.open(io.BytesIO(jpeg(picture, quality))).convert("RGB")


def scaled(picture: Image.Image, factor: float) -> Image.Image:
    """Return `picture` with both sides `factor` times as long, at least 8 pixels."""
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BICUBIC)


def cropped(share: float) -> Edit:
    """Return an edit that takes `share` off the width and off the height, more on one side or the other by chance."""

    def edit(picture: Image.Image, random: np.random.Generator) -> Image.Image:
        left, top = picture.width * share * random.random(), picture.height * share * random.random()
        return picture.crop(
            (
                round(left),
                round(top),
                round(left + picture.width * (1 - share)),
                round(top + picture.height * (1 - share)),
            )
        )

    return edit


def _once(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return recompressed(picture, int(random.integers(45, 76)))


def _three_times(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    for _ in range(3):
        shorter = scaled(picture, min(1.0, random.uniform(0.85, 1.0)))
        picture = recompressed(shorter, int(random.integers(40, 71)))
    return picture


def _resized(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return scaled(picture, float(random.choice([0.35, 0.5, 0.7, 1.4, 2.0])))


def _captioned(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return captioned(picture, int(random.integers(len(LAYOUTS))), int(random.integers(1 << 30)))


def _bordered(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    grey = int(random.choice([0, 255, 40, 200]))
    margin = round(max(picture.size) * random.uniform(0.02, 0.08))
    sides = (margin, margin) if random.random() < 0.5 else (0, margin * 3)
    framed = Image.new("RGB", (picture.width + 2 * sides[0], picture.height + 2 * sides[1]), (grey, grey, grey))
    framed.paste(picture, sides)
    return framed


def _screenshot(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    width, height = 1080, int(random.choice([1920, 2340, 2400]))
    dark = random.random() < 0.6
    screen = Image.new("RGB", (width, height), (0, 0, 0) if dark else (247, 247, 247))
    factor = min(width / picture.width, height * 0.78 / picture.height)
    inside = scaled(picture, factor)
    screen.paste(inside, ((width - inside.width) // 2, (height - inside.height) // 2))
    ink = (235, 235, 235) if dark else (25, 25, 25)
    draw = ImageDraw.Draw(screen)
    draw.text((50, 22), f"{random.integers(24):02}:{random.integers(60):02}", font=font(38)[0], fill=ink)
    for icon in range(4):
        draw.rounded_rectangle((1010 - icon * 62, 28, 1050 - icon * 62, 58), 6, outline=ink, width=4)
    draw.text((120, 110), f"{random.integers(1, 9)}/9", font=font(44)[0], fill=ink)
    draw.line((40, 135, 66, 108), fill=ink, width=6)
    draw.line((40, 135, 66, 162), fill=ink, width=6)
    for button in range(5):
        left = 90 + button * 200
        draw.rounded_rectangle((left, height - 130, left + 62, height - 72), 14, outline=ink, width=5)
    draw.rounded_rectangle((380, height - 28, 700, height - 18), 5, fill=ink)
    return screen


def _quarter_turned(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return picture.transpose(turns[int(random.integers(3))])


def _mirrored(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _photo_of_a_screen(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Perspective, a dark bezel, moiré, a glare, another white balance, soft focus, noise."""
    shown = np.asarray(scaled(picture, 1100 / max(picture.size)), np.float32)
    height, width = shown.shape[:2]
    rows = 1 + 0.05 * np.sin(np.arange(height) * random.uniform(1.7, 2.9))[:, None, None]
    columns = 1 + 0.05 * np.sin(np.arange(width) * random.uniform(1.7, 2.9) + random.random())[None, :, None]
    shown = shown * rows * columns
    margin = 60
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    off = random.uniform(-0.045, 0.045, (4, 2)) * [width, height]
    to = (corners + off + margin).astype(np.float32)
    laid = cv2.warpPerspective(
        shown,
        cv2.getPerspectiveTransform(corners, to),
        (width + 2 * margin, height + 2 * margin),
        borderValue=(22, 22, 25),
        flags=cv2.INTER_AREA,
    )
    y, x = np.mgrid[: laid.shape[0], : laid.shape[1]]
    at, wide = random.uniform(0.15, 0.85, 2) * [laid.shape[1], laid.shape[0]], random.uniform(0.08, 0.2) * width
    glare = 150 * np.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * wide * wide))
    laid = laid * random.uniform(0.88, 1.08, 3) * random.uniform(0.8, 1.05) + glare[..., None] + 8
    laid = cv2.GaussianBlur(laid, (0, 0), random.uniform(0.8, 1.6)) + random.normal(0, 5, laid.shape)
    return recompressed(Image.fromarray(np.clip(laid, 0, 255).astype(np.uint8)), int(random.integers(60, 86)))


def _brightened(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    factor = random.uniform(0.55, 0.8) if random.random() < 0.5 else random.uniform(1.25, 1.6)
    lit = ImageEnhance.Brightness(picture).enhance(factor)
    return ImageEnhance.Contrast(lit).enhance(random.uniform(0.8, 1.25))


def _caption_crop_recompress(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return _three_times(cropped(0.15)(_captioned(picture, random), random), random)


def _mirror_crop(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    return cropped(0.2)(_mirrored(picture, random), random)


EDITS: dict[str, Edit] = {
    "recompressed once": _once,
    "recompressed three times": _three_times,
    "resized": _resized,
    "caption": _captioned,
    "crop 5 %": cropped(0.05),
    "crop 10 %": cropped(0.10),
    "crop 20 %": cropped(0.20),
    "crop 40 %": cropped(0.40),
    "border": _bordered,
    "screenshot": _screenshot,
    "quarter turn": _quarter_turned,
    "mirror": _mirrored,
    "photo of a screen": _photo_of_a_screen,
    "brightness": _brightened,
    "caption, crop, recompressed": _caption_crop_recompress,
    "mirror and crop": _mirror_crop,
}
