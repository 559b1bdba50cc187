"""Captions as watermark cameras burn them into photos, in eight layouts."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = ("NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "msyh.ttc", "simhei.ttf")
LINES = (
    ("时间：2019.06.{d:02} {h:02}:{m:02}", "Time 2019.06.{d:02} {h:02}:{m:02}"),
    ("地点：易县北乡{v}村文化广场", "Place: North township, village {v}, square"),
    ("天气：晴 {t}℃ 东南风2级", "Weather: fine, {t} C, wind SE 2"),
    ("经度：115.49{v}0  纬度：39.35{v}0", "Long 115.49{v}0  Lat 39.35{v}0"),
    ("事由：安全生产月宣传咨询", "Subject: Safety Production Month"),
)


@lru_cache(maxsize=64)
def font(size: int) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, bool]:
    """Return a font of about `size` pixels and whether it has Chinese letters."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


def caption_lines(random: np.random.Generator, count: int, size: int) -> list[str]:
    """Return `count` lines of a caption (time first), in Chinese where `font(size)` can."""
    values = {"d": random.integers(1, 31), "h": random.integers(7, 20), "m": random.integers(0, 60)}
    values |= {"v": random.integers(1, 10), "t": random.integers(18, 36)}
    return [chinese.format(**values) if font(size)[1] else other.format(**values) for chinese, other in LINES[:count]]


def captioned(picture: Image.Image, layout: int, seed: int) -> Image.Image:
    """Return `picture` with a caption burnt in; the same layout and seed give the same caption on any photo."""
    draw_on = picture.convert("RGBA")
    over = Image.new("RGBA", draw_on.size, (0, 0, 0, 0))
    LAYOUTS[layout % len(LAYOUTS)](over, ImageDraw.Draw(over), np.random.default_rng(seed))
    return Image.alpha_composite(draw_on, over).convert("RGB")


def _unit(over: Image.Image, share: float) -> int:
    return max(9, round(min(over.size) * share))


def _plain_lines(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.042)
    lines = caption_lines(random, 4, size)
    for number, line in enumerate(lines):
        at = (size // 2, over.height - round((len(lines) - number + 0.4) * size * 1.35))
        draw.text((at[0] + 1, at[1] + 1), line, font=font(size)[0], fill=(0, 0, 0, 200))
        draw.text(at, line, font=font(size)[0], fill=(255, 255, 255, 255))


def _blue_panel(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.036)
    lines = caption_lines(random, 5, size)
    wide = min(over.width - size, size * 17)
    draw.rectangle((size, size, wide, size * 3), fill=(20, 90, 200, 220))
    draw.text((size * 2, round(size * 1.4)), "安全巡查" if font(size)[1] else "SAFETY ROUND", font=font(size)[0])
    draw.rectangle((size, size * 3, wide, size * (4 + 2 * len(lines))), fill=(235, 240, 250, 150))
    for number, line in enumerate(lines):
        draw.text((size * 2, size * 3.6 + number * size * 1.8), line, font=font(size)[0], fill=(10, 10, 10, 255))


def _dark_bar(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.038)
    top = over.height - size * 4
    draw.rectangle((0, top, over.width, over.height), fill=(0, 0, 0, 140))
    for number, line in enumerate(caption_lines(random, 2, size)):
        draw.text((size, top + size * 0.6 + number * size * 1.5), line, font=font(size)[0], fill=(255, 255, 255, 255))


def _date_stamp(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.055)
    text = f"2019 06 {random.integers(1, 31):02} {random.integers(7, 20):02}:{random.integers(0, 60):02}"
    at = (over.width - size * len(text) * 0.62, over.height - size * 1.8)
    draw.text(at, text, font=font(size)[0], fill=(255, 150, 30, 255))


def _big_clock(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    big, size = _unit(over, 0.1), _unit(over, 0.036)
    left, top = size, over.height - big - size * 4
    draw.text((left, top), f"{random.integers(7, 20):02}:{random.integers(0, 60):02}", font=font(big)[0], fill="white")
    draw.rectangle((left + big * 2.8, top + big * 0.2, left + big * 2.9, top + big * 1.2), fill=(255, 200, 0, 255))
    lines = caption_lines(random, 3, size)
    draw.text((left + big * 3.1, top + big * 0.2), lines[0], font=font(size)[0], fill="white")
    draw.text((left, top + big * 1.4), lines[1], font=font(size)[0], fill="white")
    draw.text(
        (over.width - size * 7, over.height - size * 1.6), "马克水印" if font(size)[1] else "MARKCAM", fill="white"
    )


def _top_and_bottom(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.045)
    lines = caption_lines(random, 3, size)
    draw.text((size, size * 0.6), lines[0], font=font(size)[0], fill=(255, 255, 0, 255))
    draw.text((size, over.height - size * 3.2), lines[1], font=font(size)[0], fill=(255, 60, 60, 255))
    draw.text((size, over.height - size * 1.7), lines[2], font=font(size)[0], fill=(255, 60, 60, 255))


def _tiled(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.05)
    text = "仅供安全生产月使用" if font(size)[1] else "SAFETY MONTH ONLY"
    stamp = Image.new("RGBA", (size * (len(text) + 2), size * 2), (0, 0, 0, 0))
    ImageDraw.Draw(stamp).text((size, size // 3), text, font=font(size)[0], fill=(255, 255, 255, 95))
    turned = stamp.rotate(25, expand=True)
    for y in range(-turned.height, over.height, turned.height + size):
        for x in range(-turned.width, over.width, turned.width + size):
            over.alpha_composite(turned, (max(0, x), max(0, y)), (max(0, -x), max(0, -y)))
    draw.text((size, size), caption_lines(random, 1, size)[0], font=font(size)[0], fill="white")


def _white_table(over: Image.Image, draw: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    size = _unit(over, 0.034)
    lines = caption_lines(random, 5, size)
    left, top = over.width - size * 18, over.height - size * (2 * len(lines) + 1)
    for number, line in enumerate(lines):
        box = (left, top + number * size * 2, over.width - size, top + (number + 1) * size * 2)
        draw.rectangle(box, fill=(255, 255, 255, 235), outline=(0, 0, 0, 255))
        draw.text((left + size // 2, box[1] + size * 0.4), line, font=font(size)[0], fill=(0, 0, 0, 255))


Layout = Callable[[Image.Image, ImageDraw.ImageDraw, np.random.Generator], None]
LAYOUTS: tuple[Layout, ...] = (
    _plain_lines,
    _blue_panel,
    _dark_bar,
    _date_stamp,
    _big_clock,
    _top_and_bottom,
    _tiled,
    _white_table,
)
