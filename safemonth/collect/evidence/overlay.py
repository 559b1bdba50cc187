"""One photo laid over another as they were found to agree, and what is left when they are: for a person's eye."""

import io

import cv2
import numpy as np
from PIL import Image

# Differences of this many shades come of saving a picture anew and are shown as none.
NOISE_SHADES = 12
SLACK_PX = 1


def laid_over(
    first: Image.Image,
    second: Image.Image,
    transform: np.ndarray,
    *,
    first_size: tuple[int, int],
    second_size: tuple[int, int],
) -> tuple[Image.Image, np.ndarray]:
    """Return the second picture warped onto the first, and bool (h, w): where it lies.

    `transform` float64 (3, 3) takes pixels of `first_size` to pixels of `second_size` (the frames in which
    the two were compared); the pictures may have other sizes of the same shape. Grey where the second
    does not reach.
    """
    from_first = np.diag([first_size[0] / first.width, first_size[1] / first.height, 1.0])
    to_second = np.diag([second.width / second_size[0], second.height / second_size[1], 1.0])
    whole = to_second @ transform @ from_first
    pixels = np.asarray(second.convert("RGB"))
    size = (first.width, first.height)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(pixels, whole, size, flags=flags, borderValue=(200, 200, 200))
    reached = cv2.warpPerspective(np.full(pixels.shape[:2], 255, np.uint8), whole, size, flags=flags) > 250
    return Image.fromarray(np.asarray(warped, dtype=np.uint8)), reached


def difference(first: Image.Image, second: Image.Image, reached: np.ndarray) -> Image.Image:
    """Return what differs between two pictures of one size: white where they agree, darker the more they differ.

    The second's brightness and contrast are first brought to the first's. A shade that the first has
    within SLACK_PX is no difference: no transform lays two saved pictures exactly. Where `reached` is
    false there is nothing to compare, and it is grey.
    """
    one = np.asarray(first.convert("L"), dtype=np.float64)
    other = np.asarray(second.convert("L"), dtype=np.float64)
    if reached.any():
        scale = one[reached].std() / max(other[reached].std(), 1.0)
        other = (other - other[reached].mean()) * scale + one[reached].mean()
    near = np.ones((2 * SLACK_PX + 1, 2 * SLACK_PX + 1), np.uint8)
    apart = np.maximum(other - cv2.dilate(one, near), cv2.erode(one, near) - other)
    apart = np.clip(apart - NOISE_SHADES, 0, 85) * 3
    shown = np.where(reached, 255 - apart, 200.0)
    return Image.fromarray(shown.astype(np.uint8)).convert("RGB")


def as_jpeg(picture: Image.Image) -> bytes:
    """Return a picture as JPEG without metadata."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
