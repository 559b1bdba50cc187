"""Travel times from a road network, where the operator has one: Valhalla, in process, over an OpenStreetMap extract.

`pyvalhalla` is not among the requirements: it is imported here only, and where it is missing the sentence says so.
Roads are data of the operator; nothing is fetched.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from safemonth.collect.publicity.rounds.problem import UNREACHABLE_S, Travel, Village, Yard
from safemonth.lib.refusals import Refused, gettext_noop

Matrix = Callable[[dict[str, Any]], Mapping[str, Any]]

# Valhalla's default service limit on sources x targets of one request is 2,500.
PLACES_AT_ONCE = 50
# A building of the tiles of a county takes well under a minute.
BUILDING_S = 1800


def road_travel(places: Sequence[Yard | Village], *, matrix: Matrix, extract: str) -> Travel:
    """Return driving times and lengths over the road network that `matrix` answers for (Valhalla's matrix service).

    Pairs that no road joins are `UNREACHABLE_S`. Places joined there and back with at most half as many places as the
    best of all are named in `stated["unreachable"]` (joined by commas; empty where there is none): off the network, on
    an island of it, or at its edge, where a road leads in and none out. `extract` is stated as the source. Raises Refused `no_roads` where no pair at all is joined: then the extract is of somewhere else.
    """
    count = len(places)
    drive = np.full((count, count), UNREACHABLE_S, dtype=np.int64)
    length = np.zeros((count, count), dtype=np.int64)
    points = [{"lat": place.latitude, "lon": place.longitude} for place in places]
    for first in range(0, count, PLACES_AT_ONCE):
        for second in range(0, count, PLACES_AT_ONCE):
            sources, targets = (points[start : start + PLACES_AT_ONCE] for start in (first, second))
            for row, cells in enumerate(_cells(matrix, sources, targets)):
                for column, cell in enumerate(cells):
                    if cell.get("time") is not None:
                        drive[first + row, second + column] = int(np.ceil(cell["time"]))
                        length[first + row, second + column] = int(np.ceil(1000 * cell["distance"]))
    np.fill_diagonal(drive, 0)
    np.fill_diagonal(length, 0)
    joined = drive < UNREACHABLE_S
    if count > 1 and not (joined.sum() > count):
        raise Refused("no_roads", gettext_noop("The road network joins none of these places. Is it of this county?"))
    both_ways = (joined & joined.T).sum(axis=1)
    lost = [place.name for place, others in zip(places, both_ways, strict=True) if 2 * others <= both_ways.max()]
    return Travel(
        codes=tuple(place.code for place in places),
        drive_s=drive,
        length_m=length,
        method="roads",
        stated={"extract": extract, "unreachable": ", ".join(lost)},
    )


def _cells(matrix: Matrix, sources: list[Any], targets: list[Any]) -> Sequence[Sequence[Mapping[str, Any]]]:
    """Ask for one block. A place off the network fails its whole block: then each pair of places is asked alone."""
    request = {"sources": sources, "targets": targets, "costing": "auto", "units": "kilometers"}
    try:
        found: Sequence[Sequence[Mapping[str, Any]]] = matrix(request)["sources_to_targets"]
        return found
    except RuntimeError:
        if len(sources) == 1 and len(targets) == 1:
            return [[{"time": None}]]
    halves = max(len(sources), len(targets)) // 2
    if len(sources) >= len(targets):
        return [*_cells(matrix, sources[:halves], targets), *_cells(matrix, sources[halves:], targets)]
    left, right = _cells(matrix, sources, targets[:halves]), _cells(matrix, sources, targets[halves:])
    return [[*a, *b] for a, b in zip(left, right, strict=True)]


def open_roads(extract: Path, *, tiles: Path) -> Matrix:
    """Return the matrix service over an extract (.osm.pbf); its tiles are built once into the folder `tiles`.

    Raises Refused `roads_not_installed` (no pyvalhalla), `no_extract`, or `roads_not_built` with what the builder said.
    """
    try:
        valhalla = importlib.import_module("valhalla")
        config_of = importlib.import_module("valhalla.config").get_config
    except ImportError as error:
        raise Refused(
            "roads_not_installed",
            gettext_noop("Travel over roads needs the library pyvalhalla-weekly, which is not installed here."),
        ) from error
    if not extract.is_file():
        raise Refused("no_extract", gettext_noop("There is no road extract at %(path)s."), path=str(extract))
    tiles.mkdir(parents=True, exist_ok=True)
    config_path = tiles / "valhalla.json"
    config = config_of(tile_extract="", tile_dir=str(tiles), verbose=False)
    # The key must stand there, and an archive of tiles must not be looked for.
    config["mjolnir"]["tile_extract"] = ""
    config_path.write_text(json.dumps(config), encoding="utf-8")
    if not any(tiles.rglob("*.gph")):
        _build(config_path, extract)
    actor = valhalla.Actor(str(config_path))

    def matrix(request: dict[str, Any]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = actor.matrix(request)
        return answer

    return matrix


def _build(config_path: Path, extract: Path) -> None:
    folder = subprocess.run(
        [sys.executable, "-m", "valhalla", "print_bin_path"], capture_output=True, text=True, check=False
    ).stdout.strip()
    command = [str(Path(folder) / "valhalla_build_tiles"), "-c", str(config_path), str(extract)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=BUILDING_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused(
            "roads_not_built", gettext_noop("The road network could not be built: %(why)s"), why="timeout"
        ) from error
    if done.returncode:
        why = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["?"]
        raise Refused("roads_not_built", gettext_noop("The road network could not be built: %(why)s"), why=why[0])
