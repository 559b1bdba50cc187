"""Copies of a photo: small ones for the screen, and the public one, which holds nothing of who or where."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image, ImageCms

from safemonth.lib.refusals import Refused, gettext_noop

REDUCED_PX = 1600
THUMBNAIL_PX = 320
JPEG_QUALITY = 85
# A region's place is said in thousandths of the photo's width and height, so that it fits every copy.
WHOLE = 1000
MOST_REGIONS = 200
# Tiles of a covered region on its longer side: coarse enough to be seen as covered on purpose.
TILES = 6
TILE_SHADE = 7


@dataclass(frozen=True)
class Region:
    """A rectangle of a photo, in thousandths of its width (`left`, `width`) and height (`top`, `height`)."""

    left: int
    top: int
    width: int
    height: int


def regions_of(rows: Iterable[Mapping[str, object]]) -> tuple[Region, ...]:
    """Return regions from their stored form, checked and cut at the photo's edges.

    Raises Refused `bad_region` (no numbers, nothing inside the photo) and `too_many_regions`.
    """
    found: list[Region] = []
    for row in rows:
        try:
            left, top, width, height = (int(str(row[name])) for name in ("left", "top", "width", "height"))
        except (KeyError, ValueError, TypeError) as problem:
            raise _bad_region(len(found) + 1) from problem
        right, bottom = min(left + width, WHOLE), min(top + height, WHOLE)
        left, top = max(left, 0), max(top, 0)
        if right <= left or bottom <= top:
            raise _bad_region(len(found) + 1)
        found.append(Region(left, top, right - left, bottom - top))
    if len(found) > MOST_REGIONS:
        raise Refused("too_many_regions", gettext_noop("At most %(most)s patches can be covered."), most=MOST_REGIONS)
    return tuple(found)


def overlap(one: Region, other: Region) -> bool:
    """Return whether two regions cover mostly the same: half of the smaller one or more."""
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return across > 0 and down > 0 and 2 * across * down >= smaller


def rows_of(regions: Sequence[Region]) -> list[dict[str, int]]:
    """Return regions as they are stored."""
    return [asdict(region) for region in regions]


def shrunk(picture: Image.Image, most_px: int) -> Image.Image:
    """Return the picture with its longer side at most `most_px`; a smaller one as it is."""
    if max(picture.size) <= most_px:
        return picture
    factor = most_px / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def reduced(picture: Image.Image) -> bytes:
    """Return the copy for the screen: JPEG in sRGB, the longer side at most REDUCED_PX, no metadata."""
    return _jpeg(_bare(shrunk(picture, REDUCED_PX)))


def thumbnail(picture: Image.Image) -> bytes:
    """Return the copy for lists: as `reduced`, the longer side at most THUMBNAIL_PX."""
    return _jpeg(_bare(shrunk(picture, THUMBNAIL_PX)))


def public_copy(picture: Image.Image, regions: Sequence[Region]) -> bytes:
    """Return the copy that may be published: no metadata of any sort, and `regions` covered for good.

    Nothing of a covered region is kept but its mean colour: a mosaic or a blur alone can be undone by
    guessing what fits (Hill et al. 2016, doi:10.1515/popets-2016-0047; McPherson et al. 2016,
    arXiv:1609.00408). Regions are covered before the picture is made smaller, since resizing would
    spread them over their edges. The same picture and regions always give the same bytes.
    """
    bare = _bare(picture)
    pixels = np.array(bare)
    for region in regions:
        _cover(pixels, region)
    return _jpeg(shrunk(Image.fromarray(pixels), REDUCED_PX))


def _bad_region(number: int) -> Refused:
    return Refused(
        "bad_region",
        gettext_noop("Patch %(number)s lies outside the photo or is not four numbers: left, top, width, height."),
        number=number,
    )


def _bare(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, in sRGB: a new picture to which nothing of the file clings."""
    profile = picture.info.get("icc_profile")
    rgb = picture.convert("RGB")
    if isinstance(profile, bytes):
        try:
            made = ImageCms.profileToProfile(rgb, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            made = None  # A broken profile says nothing; colours stay as they are.
        rgb = made or rgb
    return Image.fromarray(np.array(rgb))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def _cover(pixels: np.ndarray, region: Region) -> None:
    """Cover a region in place: its mean colour in tiles of two shades, at least one pixel each way."""
    height, width = pixels.shape[:2]
    left, right = _span(region.left, region.width, width)
    top, bottom = _span(region.top, region.height, height)
    inside = pixels[top:bottom, left:right]
    mean = inside.reshape(-1, 3).mean(axis=0).round().astype(np.int16)
    tile = max(1, max(inside.shape[:2]) // TILES)
    rows, columns = np.indices(inside.shape[:2]) // tile
    shade = np.where((rows + columns) % 2, TILE_SHADE, -TILE_SHADE)[:, :, None]
    pixels[top:bottom, left:right] = (mean + shade).clip(0, 255).astype(np.uint8)


def _span(start: int, length: int, size: int) -> tuple[int, int]:
    """Return pixels [first, past the last] of a span in thousandths: outward to whole pixels, inside the picture."""
    first = min(start * size // WHOLE, size - 1)
    past = -(-(start + length) * size // WHOLE)
    return first, min(max(past, first + 1), size)
