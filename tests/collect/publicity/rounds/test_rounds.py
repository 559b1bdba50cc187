"""A round from its vehicles to its plan: what is kept, what is planned again, what is refused."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from safemonth.collect.publicity.rounds import actions
from safemonth.collect.publicity.rounds.actions.setup import RoundTerms, VehicleTerms
from safemonth.collect.publicity.rounds.checking import breaches
from safemonth.collect.publicity.rounds.models import RoundPlan, Stop, VehicleDay, VillagePosition
from safemonth.collect.publicity.rounds.queries import (
    days_of_plan,
    plan_of,
    problem_of,
    villages_without_position,
)
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.publicity.rounds.set_up import MONDAY, QUICK, TUESDAY, WEDNESDAY, made_round, planned

pytestmark = pytest.mark.django_db
TOLD: Any = {"by": "clerk", "at": AT}


def stop_places(plan) -> dict[str, tuple]:
    return {stop.village.code: (one.day.vehicle_id, one.day.day) for one in days_of_plan(plan) for stop in one.stops}


def test_a_plan_reaches_each_village_and_passes_the_checker_as_it_is_stored(county):
    made = made_round(county)
    plan = planned(made)
    problem, unplaced = problem_of(made.round, reached=())
    assert unplaced == ()
    assert breaches(problem, plan_of(days_of_plan(plan))) == ()
    assert set(stop_places(plan)) == set(made.villages)
    assert plan.left_out == []
    assert plan.travel == {"method": "straight", "detour_factor": 1.35, "km_per_h": 32}


def test_a_plan_states_bounds_that_it_is_not_below(county):
    plan = planned(made_round(county))
    days = days_of_plan(plan)
    assert plan.least_vehicle_days is not None and plan.least_drive_s is not None
    assert 1 <= plan.least_vehicle_days <= len(days)
    assert 0 < plan.least_drive_s <= sum(one.drive_s for one in days)


def test_planning_again_makes_a_new_version_keeps_days_gone_by_and_locked_stops(county):
    made = made_round(county)
    first = planned(made)
    gone = [one for one in days_of_plan(first) if one.day.day == MONDAY]
    held = (
        next(one for one in days_of_plan(first) if one.day.day > MONDAY).stops[0]
        if len(days_of_plan(first)) > 2
        else None
    )
    if held is None:
        later = actions.move_stop(
            round=made.round,
            village=made.villages["130210"],
            vehicle=made.vehicles[1],
            day=WEDNESDAY,
            before=None,
            today=MONDAY,
            **TOLD,
        )
        held = next(s for one in days_of_plan(later) for s in one.stops if s.village.code == "130210")
    actions.lock_stop(stop=held, is_locked=True, **TOLD)
    where = (held.vehicle_day.vehicle_id, held.vehicle_day.day)
    again = planned(made, today=TUESDAY)
    assert again.version > first.version
    assert [plan.is_current for plan in RoundPlan.objects.filter(round=made.round)].count(True) == 1
    kept = [one for one in days_of_plan(again) if one.day.day == MONDAY]
    assert [[s.village_id for s in one.stops] for one in kept] == [
        [s.village_id for s in one.stops if s.village_id != held.village_id] for one in gone
    ]
    anew = [(s.village.code, one) for one in days_of_plan(again) if one.day.day > MONDAY for s in one.stops]
    # Nobody reported anything, so every village is to be reached anew, and the locked one where it was.
    assert {code for code, _ in anew} == set(made.villages)
    assert where in {(one.day.vehicle_id, one.day.day) for code, one in anew if code == held.village.code}


def test_a_moved_stop_is_locked_where_it_was_put_and_the_old_plan_stays_readable(county):
    made = made_round(county)
    first = planned(made)
    village = made.villages["130101"]
    moved = actions.move_stop(
        round=made.round, village=village, vehicle=made.vehicles[1], day=WEDNESDAY, before=None, today=MONDAY, **TOLD
    )
    assert stop_places(moved)["130101"] == (made.vehicles[1].pk, WEDNESDAY)
    assert Stop.objects.get(vehicle_day__plan=moved, village=village).is_locked
    assert stop_places(first)["130101"] != (made.vehicles[1].pk, WEDNESDAY)
    assert moved.least_cost_s == first.least_cost_s
    problem, _ = problem_of(made.round, reached=())
    assert breaches(problem, plan_of(days_of_plan(moved))) == ()


def test_a_stop_cannot_be_moved_to_a_day_gone_by_or_before_there_is_a_plan(county):
    made = made_round(county)
    where: Any = {
        "village": made.villages["130101"],
        "vehicle": made.vehicles[0],
        "before": None,
        "today": TUESDAY,
        **TOLD,
    }
    with pytest.raises(Refused) as refused:
        actions.move_stop(round=made.round, day=WEDNESDAY, **where)
    assert refused.value.code == "no_plan"
    planned(made)
    with pytest.raises(Refused) as refused:
        actions.move_stop(round=made.round, day=MONDAY, **where)
    assert refused.value.code == "day_gone"


def test_villages_without_a_position_are_named_and_not_planned_for(county):
    made = made_round(county, with_positions=False)
    with pytest.raises(Refused) as refused:
        planned(made)
    assert refused.value.code == "nothing_to_plan"
    village = made.villages["130101"]
    actions.keep_positions(positions={village: (Decimal("39.3"), Decimal("115.4"))}, source="test", by="c", at=AT)
    plan = planned(made)
    assert set(stop_places(plan)) == {"130101"}
    assert len(plan.unplaced) == len(made.villages) - 1 == len(villages_without_position(made.round))


def test_market_hours_are_kept(county):
    made = made_round(county)
    village = made.villages["130215"]
    actions.add_market_hours(
        round=made.round, village=village, day=TUESDAY, from_time=time(10), to_time=time(10, 30), **TOLD
    )
    stop = Stop.objects.get(vehicle_day__plan=planned(made), village=village)
    assert stop.vehicle_day.day == TUESDAY
    assert 10 * 3600 <= stop.begins_s <= stop.leaves_s <= 10.5 * 3600


def test_hours_shorter_than_a_stop_or_turned_round_are_refused(county):
    made = made_round(county)
    for times, code in (((10, 0), (10, 10)), "hours_too_short"), (((10, 0), (9, 0)), "closes_before_opening"):
        with pytest.raises(Refused) as refused:
            actions.add_market_hours(
                round=made.round,
                village=made.villages["130215"],
                day=None,
                from_time=time(*times[0]),
                to_time=time(*times[1]),
                **TOLD,
            )
        assert refused.value.code == code


def test_no_vehicle_on_the_days_left_is_said(county):
    made = made_round(county)
    for vehicle in made.vehicles:
        actions.drop_vehicle(vehicle=vehicle, **TOLD)
    with pytest.raises(Refused) as refused:
        planned(made)
    assert refused.value.code == "no_vehicle_days"


def test_planning_leaves_one_entry_in_the_ledger(county):
    made = made_round(county)
    before = Entry.objects.count()
    plan = planned(made)
    entries = list(Entry.objects.order_by("seq"))[before:]
    assert [entry.action for entry in entries] == ["round.plan"]
    assert VehicleDay.objects.filter(plan=plan).exists()


def test_a_list_of_positions_is_taken_in_by_code_or_by_name_with_township(county):
    made_round(county, with_positions=False)
    table = "村,纬度,经度\n130101,39.31,115.41\n南乡东关村,39.325,115.5\n,,\n"
    assert actions.place_villages(data=table.encode(), file_name="位置.csv", **TOLD) == 2
    assert actions.place_villages(data=table.encode(), file_name="位置.csv", **TOLD) == 0
    row = VillagePosition.objects.get(village__code="130201")
    assert (row.latitude, row.longitude, row.source) == (Decimal("39.325"), Decimal("115.5"), "位置.csv")


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("no_positions", "村,人口\n130101,800\n"),
        ("unknown_village", "village,lat,lon\n东关村,39.3,115.4\n"),
        ("unknown_village", "village,lat,lon\n没有村,39.3,115.4\n"),
        ("not_a_position", "village,lat,lon\n130101,115.4,439.3\n"),
        ("not_a_position", "village,lat,lon\n130101,NaN,115\n"),
    ],
)
def test_a_list_that_leaves_doubt_is_refused_whole(county, code, table):
    made_round(county, with_positions=False)
    with pytest.raises(Refused) as refused:
        actions.place_villages(data=f"{table}130102,39.3,115.4\n".encode(), file_name="a.csv", **TOLD)
    assert refused.value.code == code
    assert not VillagePosition.objects.exists()


def test_rounds_and_vehicles_are_told_apart_by_name_and_lent_for_days_of_the_round(county):
    made = made_round(county)
    with pytest.raises(Refused) as refused:
        actions.open_round(
            campaign=county.campaign,
            terms=RoundTerms("宣传车进村", county.unit("13"), MONDAY, WEDNESDAY),
            **TOLD,
        )
    assert refused.value.code == "round_name_taken"
    terms = VehicleTerms("d1车", county.unit("d1"), "院", Decimal(39), Decimal(115), time(8), time(9))
    with pytest.raises(Refused) as refused:
        actions.add_vehicle(round=made.round, terms=terms, **TOLD)
    assert refused.value.code == "vehicle_name_taken"
    outside = VehicleTerms(
        "新车", county.unit("d1"), "院", Decimal(39), Decimal(115), time(8), time(9), days=[date(2019, 7, 1)]
    )
    with pytest.raises(Refused) as refused:
        actions.add_vehicle(round=made.round, terms=outside, **TOLD)
    assert refused.value.code == "days_outside_round"


def test_roads_that_nobody_gave_are_asked_for(county):
    made = made_round(county)
    terms = RoundTerms("宣传车进村", county.unit("13"), MONDAY, WEDNESDAY, method="roads")
    actions.change_round(round=made.round, terms=terms, **TOLD)
    with pytest.raises(Refused) as refused:
        actions.plan_round(round=made.round, effort=QUICK, from_day=MONDAY, today=MONDAY, **TOLD)
    assert refused.value.code in ("roads_not_installed", "no_extract")


def test_planning_from_tomorrow_leaves_today_as_it_is_and_counts_its_stops_as_cared_for(county):
    made = made_round(county)
    first = planned(made)
    today = {s.village.code for one in days_of_plan(first) if one.day.day == MONDAY for s in one.stops}
    actions.move_stop(
        round=made.round,
        village=made.villages["130210"],
        vehicle=made.vehicles[1],
        day=WEDNESDAY,
        before=None,
        today=MONDAY,
        **TOLD,
    )
    again = actions.plan_round(round=made.round, effort=QUICK, from_day=TUESDAY, today=MONDAY, **TOLD)
    anew = {s.village.code for one in days_of_plan(again) if one.day.day > MONDAY for s in one.stops}
    assert anew == set(made.villages) - (today - {"130210"})
