"""Where a caption of a watermark camera (time, place, weather, a logo) is burnt into a photo."""

from collections.abc import Iterator

import cv2
import numpy as np

MARGIN_SHARE = 0.42  # captions stand in the outer 42 % of the height or at the sides, never across the middle
LEAST_LINE = 3.0  # a line of text is at least three times as wide as high
LEAST_CHANGES = 0.8  # on a row, from ink to none or back, for each letter height along the line


def caption_mask(pixels: np.ndarray) -> np.ndarray:
    """Return where captions lie: bool (h, w) of a picture uint8 (h, w, 3), longer side about 512.

    A caption is drawn after the exposure: strokes of one colour with hard edges, in lines, in the outer
    part of the picture. Real writing there (a banner) is masked as well, which costs a few points and
    spares pairs that share only a banner. All False for a picture without such lines.
    """
    height, width = pixels.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    if min(height, width) < 48:
        return mask.astype(bool)
    for strokes in _strokes(pixels):
        lines = list(_lines(strokes))
        for left, top, across, down in lines:
            cv2.rectangle(mask, (left - 4, top - 4), (left + across + 4, top + down + 4), 1, -1)
        for left, top, right, bottom in _panels(lines):
            cv2.rectangle(mask, (left - 6, top - 6), (right + 6, bottom + 6), 1, -1)
    return mask.astype(bool)


def _panels(lines: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) round lines of one height that stand under each other, flush left."""
    waiting = sorted(lines, key=lambda line: line[1])
    while waiting:
        panel = [waiting.pop(0)]
        for line in list(waiting):
            left, top, _, down = panel[-1]
            if abs(line[0] - left) <= 2 * down and 0 < line[1] - top <= 3.2 * down and 0.6 < line[3] / down < 1.7:
                panel.append(line)
                waiting.remove(line)
        if len(panel) > 1:
            yield (
                min(line[0] for line in panel),
                panel[0][1],
                max(line[0] + line[2] for line in panel),
                panel[-1][1] + panel[-1][3],
            )


def _lines(strokes: np.ndarray) -> Iterator[tuple[int, int, int, int]]:
    """Boxes (left, top, width, height) of strokes that stand side by side like letters, in the outer part."""
    height = strokes.shape[0]
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, 13), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, across, down, area in stats[1:count].tolist():
        if not 5 <= down <= 0.14 * height or across < LEAST_LINE * down or area < 0.45 * across * down:
            continue
        if MARGIN_SHARE * height < top + down / 2 < (1 - MARGIN_SHARE) * height:
            continue
        inked = strokes[top : top + down, left : left + across]
        changes = np.abs(np.diff(inked.astype(np.int8), axis=1)).sum() / inked.shape[0]
        if 0.15 <= inked.mean() <= 0.75 and changes * down / across >= LEAST_CHANGES:
            yield left, top, across, down


def _strokes(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Marks thinner than 9 pixels much lighter, or much darker, than what is round them: uint8 (h, w) of 0 or 1.

    Light ones are sought in the largest of the three colours and dark ones in the smallest, so that
    yellow, orange and red letters show as well as white and black ones.
    """
    kernel = np.ones((9, 9), np.uint8)
    largest, smallest = pixels.max(axis=2), pixels.min(axis=2)
    light = cv2.morphologyEx(largest, cv2.MORPH_TOPHAT, kernel)
    dark = cv2.morphologyEx(smallest, cv2.MORPH_BLACKHAT, kernel)
    return ((light > 48) & (largest > 150)).astype(np.uint8), ((dark > 48) & (smallest < 140)).astype(np.uint8)
