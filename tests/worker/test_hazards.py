"""Overdue hazards rise by themselves, once for each deadline and level; law days' hazards come into the register once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.queries.following import out_of_step
from safemonth.collect.inspection.hazards.queries.overdue import overdue, rises_waiting
from safemonth.collect.inspection.hazards.queries.register import board_numbers, major_outstanding
from safemonth.collect.publicity.law_day.actions import note_hazard, plan_day
from safemonth.collect.publicity.law_day.models import HazardSeen
from safemonth.worker.hazards import enter_rise, seen_to_take_over, take_over_seen
from safemonth.worker.jobs import JOBS, do_waiting
from tests.cast import AT
from tests.collect.inspection.hazards.entering import a_hazard, a_workplace, say

pytestmark = pytest.mark.django_db
DEADLINE = date(2019, 6, 20)


def rise_on(day: date) -> int:
    """Let the worker run on a day at noon; returns how many it raised."""
    waiting = rises_waiting(today=day)
    for key in waiting:
        enter_rise(key, datetime(day.year, day.month, day.day, 4, tzinfo=UTC), "worker")
    return len(waiting)


def risen(hazard: Hazard) -> tuple[str, int]:
    hazard.refresh_from_db()
    return (hazard.risen_to.code if hazard.risen_to else "", hazard.risen_level)


def test_an_overdue_hazard_rises_a_level_once_and_again_after_a_week(county: Any):
    hazard = a_hazard(county, "order", workplace=a_workplace(county))
    assert rise_on(DEADLINE) == 0
    assert [rise_on(DEADLINE + timedelta(days=1)) for _ in range(2)] == [1, 0]
    assert risen(hazard) == ("13", 1)
    # Who did not run for a week catches up, and no level comes twice.
    assert rise_on(DEADLINE + timedelta(days=9)) == 1
    assert risen(hazard) == ("13", 2)
    assert HazardEvent.objects.filter(move="raise").count() == 2
    # More time: it has not risen any more, and will for the new deadline.
    say(county, hazard.key, "ask_extension", 26, data={"until_on": "2019-07-05"})
    say(county, hazard.key, "extend", 27, data={"until_on": "2019-07-05"})
    assert risen(hazard) == ("", 0)
    assert rise_on(date(2019, 7, 6)) == 1
    assert risen(hazard) == ("13", 1)


def test_a_report_of_before_the_deadline_that_arrives_late_takes_the_rise_back_and_holds_nothing(county: Any):
    hazard = a_hazard(county, "order", workplace=a_workplace(county, department=None))
    rise_on(DEADLINE + timedelta(days=1))
    assert risen(hazard) == ("13", 1)
    hazard = say(county, hazard.key, "report_done", 10)
    assert (risen(hazard), hazard.state, hazard.held) == (("", 0), "reported_done", 0)
    assert rise_on(DEADLINE + timedelta(days=30)) == 0


def test_pages_know_what_is_overdue_without_a_worker(county: Any):
    late, major = a_hazard(county, "order"), a_hazard(county, "order", grade="major")
    a_hazard(county, "order", "report_done")
    day = DEADLINE + timedelta(days=1)
    assert set(overdue(county.campaign, today=day)) == {late, major}
    assert not overdue(county.campaign, today=DEADLINE).exists()
    numbers = board_numbers(county.campaign, today=day)
    assert (numbers.overdue, numbers.major_open, numbers.open, numbers.recheck) == (2, 1, 3, 1)
    assert list(major_outstanding(county.campaign)) == [major]


def test_a_hazard_follows_its_workplace_when_that_is_merged_while_an_order_is_open(county: Any):
    quarry, gas = a_workplace(county), a_workplace(county, "南乡气站")
    open_one, named = a_hazard(county, "order", workplace=quarry), a_hazard(county, workplace=quarry)
    say(county, named.key, "order", 1, data={"in_charge": "d2"})
    a_hazard(county, "order", workplace=gas)
    assert out_of_step() == []
    quarry.merged_into = a_workplace(county, "北乡石料厂", township="1302", department=None)
    quarry.save()
    jobs = [job for job in JOBS if job.name == "hazard.follow_workplace"]
    assert [done.error for done in do_waiting(jobs=jobs, now=lambda: AT, skip=())] == ["", ""]
    for hazard, charge in ((open_one, "1302"), (named, "d2")):
        hazard.refresh_from_db()
        assert (hazard.charge_of, hazard.township, hazard.state) == (
            county.unit(charge),
            county.unit("1302"),
            "ordered",
        )
    assert out_of_step() == []


def test_what_was_seen_on_a_day_of_law_comes_into_the_register_once(county: Any):
    day = plan_day(
        campaign=county.campaign,
        township=county.unit("1301"),
        host=county.unit("d1"),
        title="送法下乡",
        held_on=date(2019, 6, 12),
        by="t",
        at=AT,
    )
    village = a_workplace(county, "东关石料厂", unit=county.unit("130101"))
    note_hazard(day=day, unit=county.unit("130101"), place="二车间", text="电线裸露", by="t", at=AT)
    seen = HazardSeen.objects.get()
    jobs = [job for job in JOBS if job.name == "hazard.take_over"]
    assert [done.error for done in do_waiting(jobs=jobs, now=lambda: AT, skip=())] == [""]
    hazard = Hazard.objects.get()
    seen.refresh_from_db()
    assert (seen.taken_over_as, seen_to_take_over()) == (hazard.code, [])
    assert (hazard.text, hazard.found_on, hazard.workplace, hazard.state) == ("电线裸露", day.held_on, village, "found")
    assert hazard.charge_of == county.unit("d1")
    assert take_over_seen(str(seen.pk), AT, "worker").pk == hazard.pk
    assert HazardEvent.objects.count() == 1
