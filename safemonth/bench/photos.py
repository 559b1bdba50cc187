"""How well reuse of photos is found: recall by edit, false pairs, and milliseconds for a look-up among millions."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import faiss
import numpy as np
from PIL import Image

from safemonth.bench.photo_captions import captioned
from safemonth.bench.photo_edits import EDITS, jpeg
from safemonth.bench.photo_look_up import measure_look_up
from safemonth.bench.photo_scenes import scene
from safemonth.collect.evidence.feature_index import FeatureIndex
from safemonth.collect.evidence.features import Features, features
from safemonth.collect.evidence.fingerprint import Fingerprint, distances, fingerprint
from safemonth.collect.evidence.likeness import WORTH_A_LOOK_BITS, find_reuse
from safemonth.collect.evidence.matching import Match, is_one_picture
from safemonth.collect.evidence.photo import open_photo
from safemonth.collect.evidence.photo_index import PhotoIndex
from safemonth.lib.refusals import Refused, gettext_noop

SEED = 20190616
ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".bmp", ".tif", ".tiff"}
CAPTION_LAYOUTS = (0, 1, 4, 7)  # the four that cover most; pairs take them in turn


@dataclass(frozen=True)
class Seen:
    """What is kept of one photo."""

    fingerprint: Fingerprint
    features: Features


@dataclass
class _Bench:
    """What the measuring processes share; they are forked from the one that fills it."""

    sources: list[Path | int]
    known: list[Seen]
    same_caption: list[list[Seen]]
    photos: PhotoIndex
    nearby: FeatureIndex


_BENCH = _Bench([], [], [], PhotoIndex(), FeatureIndex())


def measure_photos(*, photos: Path | None, most: int, hashes: int, step: Callable[[str], None]) -> dict[str, Any]:
    """Return recall for each of 16 edits, false pairs, and times of look-ups, over at most `most` pictures.

    `photos` is a folder (searched in depth, taken in order of name); without one, made scenes. Each picture
    is edited 16 times, sent through the whole way of a photo that arrives (bytes, fingerprint, points) and
    asked for among all pictures. `recall ...` is the share whose original was found, `wrong ...` how many
    other pictures were. Then every pair of different pictures is compared, as they are and under the same
    caption; pairs said to be two shots of one scene are counted by themselves. `step` is called four times a picture and once for the look-up. Raises Refused `no_photos`
    for a folder with fewer than two pictures that can be read.
    """
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)
    sources = _sources(photos, most)
    _BENCH.sources, _BENCH.known, _BENCH.same_caption = sources, [], []
    _BENCH.photos, _BENCH.nearby = PhotoIndex(), FeatureIndex()
    figures: dict[str, Any] = {"pictures": len(sources), "are": "photos" if photos else "made scenes, no photos"}

    began = time.perf_counter()
    for number, seen in enumerate(_in_all_processes(_seen_as_it_is, len(sources), step)):
        _BENCH.known.append(seen)
        _BENCH.photos.add([number], seen.fingerprint.upright[None])
        _BENCH.nearby.add(number, seen.features)
    figures["seconds_to_examine_all"] = round(time.perf_counter() - began, 1)

    figures |= _recall(list(_in_all_processes(_found_after_edits, len(sources), step)))
    _BENCH.same_caption = list(_in_all_processes(_seen_under_captions, len(sources), step))
    pairs = list(_in_all_processes(_false_pairs_with_later, len(sources), step))
    figures["pairs_compared"] = len(sources) * (len(sources) - 1) // 2
    figures["false_pairs"] = sum(len(plain) for plain, _, _ in pairs)
    figures["false_pairs_same_caption"] = sum(len(same) for _, same, _ in pairs)
    figures["two_shots_of_one_scene"] = sum(shots for _, _, shots in pairs)
    named = [(_name(sources[i]), _name(sources[j])) for found in pairs for kind in found[:2] for i, j in kind]
    figures["false_pairs_named"] = ", ".join(f"{a} = {b}" for a, b in named[:10]) or "none"

    figures |= measure_look_up(hashes)
    step("look-up")
    return figures


def steps_of(photos: Path | None, most: int) -> int:
    """Return how often `measure_photos` will call its `step`."""
    return 4 * len(_sources(photos, most)) + 1


def _sources(folder: Path | None, most: int) -> list[Path | int]:
    if folder is None:
        return list(range(most))
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and _can_be_read(path))
    if len(files) < 2:
        raise Refused("no_photos", gettext_noop("There are no photos in %(folder)s."), folder=str(folder))
    return list(files[:most])


def _can_be_read(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            return min(picture.size) >= 16
    except OSError:
        return False


def _name(source: Path | int) -> str:
    return source.name if isinstance(source, Path) else f"scene {source}"


def _picture(number: int) -> Image.Image:
    source = _BENCH.sources[number]
    return open_photo(source.read_bytes()) if isinstance(source, Path) else scene(source)


def _see(data: bytes) -> Seen:
    picture = open_photo(data)
    return Seen(fingerprint(picture), Features.from_bytes(features(picture).to_bytes()))


def _seen_as_it_is(number: int) -> Seen:
    source = _BENCH.sources[number]
    return _see(source.read_bytes() if isinstance(source, Path) else jpeg(scene(source), 92))


def _seen_under_captions(number: int) -> list[Seen]:
    picture = _picture(number)
    return [_see(jpeg(captioned(picture, layout, SEED))) for layout in CAPTION_LAYOUTS]


def _found_after_edits(number: int) -> dict[str, list[int]]:
    picture = _picture(number)
    found = {}
    for place, (name, edit) in enumerate(EDITS.items()):
        seen = _see(jpeg(edit(picture, np.random.default_rng([SEED, number, place]))))
        likenesses = find_reuse(
            key=-1,
            fingerprint=seen.fingerprint,
            features=seen.features,
            photos=_BENCH.photos,
            nearby=_BENCH.nearby,
            features_of=lambda key: _BENCH.known[key].features,
        )
        found[name] = [likeness.key for likeness in likenesses]
    return found


def _recall(found: list[dict[str, list[int]]]) -> dict[str, Any]:
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, by_edit in enumerate(found):
        for name, keys in by_edit.items():
            hits[name] += number in keys
            wrong[name] += len(set(keys) - {number})
    figures: dict[str, Any] = {f"recall {name}": round(hits[name] / len(found), 4) for name in EDITS}
    return figures | {"lowest_recall": min(figures.values()), "wrong_after_edits": sum(wrong.values())}


def _false_pairs_with_later(number: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]], int]:
    """The pairs of this picture and a later one held to be one, as they are and under one caption; other shots."""
    plain, same, shots = [], [], 0
    for other in range(number + 1, len(_BENCH.known)):
        match = _match(_BENCH.known[number], _BENCH.known[other])
        if match.is_match:
            plain.append((number, other))
        shots += match.is_other_shot
        layout = (number + other) % len(CAPTION_LAYOUTS)
        if _match(_BENCH.same_caption[number][layout], _BENCH.same_caption[other][layout]).is_match:
            same.append((number, other))
    return plain, same, shots


def _match(a: Seen, b: Seen) -> Match:
    apart = distances(a.fingerprint.hashes, b.fingerprint.upright[None])[:, 0]
    turn = int(apart.argmin()) if a.fingerprint.is_telling and apart.min() <= WORTH_A_LOOK_BITS else None
    return is_one_picture(a.features, b.features, turn)


def _in_all_processes(work: Callable[[int], Any], count: int, step: Callable[[str], None]) -> Iterator[Any]:
    """Yield `work(0)`, `work(1)`, ... in order, done on all cores by forks of this process as it is now."""
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("fork")) as processes:
        for number, result in enumerate(processes.map(work, range(count), chunksize=4)):
            step(_name(_BENCH.sources[number]))
            yield result
