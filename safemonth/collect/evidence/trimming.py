"""Plain frames off: letterbox, white border, the bars of a phone's screen round a picture."""

import numpy as np
from PIL import Image

from safemonth.collect.evidence.photo import fitted

WORK_PX = 256
NEAR = 6  # grey levels within which a pixel has the frame's colour
FRAME_SHARE = 0.72  # of a line's pixels; the rest may be a clock, a battery, icons
INSIDE_SHARE = 0.4  # just inside a frame at most this share has its colour; a plain sky ends raggedly
PLAIN_LINES = 0.88  # of the frame's lines; the rest may be a row of buttons
LEAST_SIDE = 0.22  # what remains is a picture only if each side keeps this share
PASSES = 3


def trimmed_box(picture: Image.Image) -> tuple[float, float, float, float]:
    """Return (left, top, right, bottom) of what is inside plain frames, as shares of width and height.

    A line at the edge belongs to a frame while most of it has one colour (its own median) that is also
    the colour of the outermost line; thin marks on the frame (clock, icons, page numbers) do not end it.
    (0, 0, 1, 1) where there is no frame, or where so little would remain that it is a dark or empty
    photo rather than a framed one.
    """
    small = np.asarray(fitted(picture, WORK_PX).convert("L"), dtype=np.int16)
    height, width = small.shape
    left, top, right, bottom = 0, 0, width, height
    for _ in range(PASSES):
        before = (left, top, right, bottom)
        inside = small[top:bottom, left:right]
        top += _frame_lines(inside)
        bottom -= _frame_lines(small[top:bottom, left:right][::-1])
        inside = small[top:bottom, left:right].T
        left += _frame_lines(inside)
        right -= _frame_lines(small[top:bottom, left:right].T[::-1])
        if right - left < LEAST_SIDE * width or bottom - top < LEAST_SIDE * height:
            return (0.0, 0.0, 1.0, 1.0)
        if before == (left, top, right, bottom):
            break
    return (left / width, top / height, right / width, bottom / height)


def trimmed(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """Return the part of `picture` in `box` (shares of width and height, as `trimmed_box` gives)."""
    if box == (0.0, 0.0, 1.0, 1.0):
        return picture
    width, height = picture.size
    left, top = round(box[0] * width), round(box[1] * height)
    return picture.crop((left, top, max(left + 1, round(box[2] * width)), max(top + 1, round(box[3] * height))))


def _frame_lines(lines: np.ndarray) -> int:
    """Count the lines from the first one inwards that belong to a plain frame."""
    if lines.shape[0] < 4 or lines.shape[1] < 4:
        return 0
    colour = np.median(lines[0])
    share = (np.abs(lines - colour) <= NEAR).mean(axis=1)
    plain = share >= FRAME_SHARE
    if not plain[0]:
        return 0
    so_far = np.cumsum(plain) / np.arange(1, len(plain) + 1)
    end = int(np.flatnonzero(plain & (so_far >= PLAIN_LINES))[-1]) + 1
    beyond = share[end + 1 : end + 4]
    return end if len(beyond) and beyond.mean() < INSIDE_SHARE else 0
