"""Inspections in the figures: a workplace inspected twice is one place and two times; the register speaks in the summary."""

from uuid import uuid5

import pytest

from safemonth.figures.queries import FigureDesk
from safemonth.summary.queries import hazard_lists
from safemonth.summary.tags import count_figure, days_figure, rate_figure
from tests.collect.inspection.checklists.filling import (
    KEY,
    hazard,
    inspection_xml,
    inspector,
    offer_builtin,
    recheck_xml,
    workplace,
)
from tests.collect.inspection.checklists.test_take_in import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspected(county):
    """One quarry inspected by its township and again by the police, a shop by the police; three hazards, two closed."""
    offer_builtin("inspection", "recheck")
    inspector()
    inspector("policeman", "d2")
    quarry, shop = workplace(), workplace("红光烟花店", trade="fireworks")
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1), hazard(2, grade="major", text="顶板开裂")]))
    for number, place in ((1, quarry), (2, shop)):
        xml = inspection_xml(
            f"uuid:p{number}",
            place=place,
            key=uuid5(KEY, str(number)),
            unit="d2",
            day="2019-06-13",
            hazards=[hazard(3, on_the_spot=True)] if number == 2 else [],
        )
        send(county, xml, by="policeman")
    send(county, recheck_xml("uuid:r", 1))
    return county


def test_workplaces_and_times_inspected_are_kept_apart(inspected):
    desk = FigureDesk.of(inspected.campaign)
    asked = [("enterprises_inspected", "places"), ("enterprises_inspected", "place_times"), ("inspections", "events")]
    assert [desk.figure(name, basis=basis).value for name, basis in asked] == [2, 3, 3]
    assert desk.figure("enterprises_inspected", unit="d2", basis="places").value == 2
    assert desk.figure("enterprises_inspected", unit="1301", basis="places").value == 1
    places = desk.figure("enterprises_inspected", basis="places")
    assert len([line for line in places.trace if line.counted]) == 3
    assert desk.figure("inspection_teams").value == 2
    assert desk.figure("inspectors_deployed", basis="person_times").value == 6


def test_hazards_are_counted_where_they_were_found_and_a_recheck_adds_no_inspection(inspected):
    desk = FigureDesk.of(inspected.campaign)
    found = ("hazards_found", "major_hazards_found", "hazards_rectified", "major_hazards_rectified")
    assert [desk.figure(name).value or 0 for name in found] == [3, 1, 2, 0]
    assert desk.figure("orders_issued").value == 1


def test_the_summary_gets_rate_days_and_the_major_ones_by_name(inspected):
    lists = hazard_lists(inspected.campaign)
    assert {name: len(each.units) for name, each in lists.items()} == {
        "hazards-found": 3,
        "hazards-closed": 2,
        "major-hazards-open": 1,
    }
    assert [unit.name for unit in lists["major-hazards-open"].units] == ["北山采石场：顶板开裂"]
    rate = rate_figure("hazards-closed", lists["hazards-closed"], "hazards-found", lists["hazards-found"], "2019-06")
    # Two of three, and never said to be more.
    assert rate.words.zh == "66.6%"
    assert sum(line.counted for line in rate.trace) == 2
    # Found on 12 June and closed on the 26th; found and put right on the 13th.
    assert sorted(lists["hazards-closed"].days) == [0, 14]
    said = {how: days_figure("hazards-closed", lists["hazards-closed"], how, "2019-06") for how in ("mean", "median")}
    assert {how: figure.words.en for how, figure in said.items()} == {"mean": "7", "median": "7"}
    assert count_figure("hazards-closed", lists["hazards-closed"], "2019-06").value == 2


def test_a_month_without_hazards_has_no_such_lists(county):
    assert hazard_lists(county.campaign) == {}
