"""Suggests where faces may be, for the clerk to cover or not; a suggestion decides nothing.

OpenCV 5 has a detector (YuNet: Wu, Peng, Yu 2023, doi:10.1007/s11633-023-1423-y) and ships no model for
it, and its older cascades are gone. Where the office lays the model (`face_detection_yunet_*.onnx` of
OpenCV's model zoo, MIT, 230 KB) into its data folder as FACE_MODEL, faces are suggested; where it does
not, none are, and the page says so.
"""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from safemonth.collect.evidence.copies import WHOLE, Region

FACE_MODEL = "face-model.onnx"
# The detector's own defaults (samples/dnn/face_detect of OpenCV), but surer finds are not asked for: a face too many
# costs the clerk a click, a face too few a person their privacy.
LEAST_SCORE = 0.6
MOST_OVERLAP = 0.3
MOST_FACES = 60
# Faces smaller than a fiftieth of a picture this wide are not known to anybody.
SEARCHED_PX = 1280
# A face is covered with its hair and chin, by which people are known too.
MARGIN = 0.2


def can_suggest(model: Path) -> bool:
    """Return whether a model lies where it is looked for."""
    return model.is_file()


def suggested_faces(picture: Image.Image, *, model: Path) -> tuple[Region, ...]:
    """Return regions where faces may be, the surest first, at most MOST_FACES; empty without a usable model.

    `picture` is RGB. Never raises for what the model makes of a picture, nor for a file that is no model.
    """
    if not can_suggest(model):
        return ()
    factor = min(1.0, SEARCHED_PX / max(picture.size))
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    searched = np.ascontiguousarray(np.asarray(picture.convert("RGB").resize(size))[:, :, ::-1])
    try:
        detector = cv2.FaceDetectorYN.create(str(model), "", size, LEAST_SCORE, MOST_OVERLAP, MOST_FACES)
        # None where there is no face, against the type that OpenCV declares.
        faces: Any = detector.detect(searched)[1]
    except cv2.error:
        return ()
    ordered = sorted([] if faces is None else faces.tolist(), key=lambda face: -face[-1])
    found = (_region(face[:4], size) for face in ordered[:MOST_FACES])
    return tuple(region for region in found if region is not None)


def _region(box: list[float], size: tuple[int, int]) -> Region | None:
    """Return a box of pixels (left, top, width, height) as a region with its margin, cut at the edges."""
    left, top, width, height = box
    first_x, past_x = (left - MARGIN * width) / size[0], (left + (1 + MARGIN) * width) / size[0]
    first_y, past_y = (top - MARGIN * height) / size[1], (top + (1 + MARGIN) * height) / size[1]
    edges = [min(max(round(edge * WHOLE), 0), WHOLE) for edge in (first_x, past_x, first_y, past_y)]
    if edges[1] <= edges[0] or edges[3] <= edges[2]:
        return None
    return Region(edges[0], edges[2], edges[1] - edges[0], edges[3] - edges[2])
