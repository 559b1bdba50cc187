"""Which villages were reached: by forms, by activities, by name; and the figure that counts them."""

from datetime import date
from importlib.resources import files

import pytest

from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.forms.actions import add_form
from safemonth.collect.publicity.rounds.actions import book_reached, positions_from_stops
from safemonth.collect.publicity.rounds.actions.booking import named_in_full
from safemonth.collect.publicity.rounds.models import VillagePosition
from safemonth.collect.publicity.rounds.queries import coverage_of, days_of_plan
from safemonth.collect.readers.actions.answers import take_in_answers
from safemonth.figures.queries import FigureDesk
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.field.sending import PHOTO, answers
from tests.collect.publicity.rounds.set_up import MONDAY, TUESDAY, WEDNESDAY, made_round, planned

pytestmark = pytest.mark.django_db
LATER = date(2019, 6, 20)


@pytest.fixture
def made(county):
    form = files("safemonth.collect.forms").joinpath("builtin/village_stop.md").read_bytes()
    add_form(data=form, file_name="village_stop.md", by="c", at=AT)
    return made_round(county)


def report(county, village, *, day=MONDAY, unit="d1", has_photo=False, **said):
    """Send the form of a stop as a phone does; with its photo it is complete and becomes an activity at once."""
    values = {
        "unit": unit,
        "village": village,
        "from_on": day.isoformat(),
        "position": "39.3 115.4 0 5",
        "leaflets_distributed": "30",
        "people_reached": "40",
        "title": f"宣传车进村：{village}",
    }
    if has_photo:
        values["photo"] = "stop.jpg"
    xml = answers(form="village_stop", version="1", **(values | said))
    # `answers` puts questions of another form first; this form has none of them.
    for stranger in ("<day>2019-06-12</day>", "<place>东关村</place>", "<leaflets>350</leaflets>"):
        xml = xml.replace(stranger.encode(), b"")
    photos = [("stop.jpg", PHOTO)] if has_photo else []
    return take_in_answers(campaign=county.campaign, xml=xml, files=photos, user=county.clerk, by="clerk", at=AT)


def states(made, *, today=LATER) -> dict[str, str]:
    return {line.village.code: line.state for line in coverage_of(made.round, today=today).lines}


def test_before_a_plan_villages_are_unplanned_then_planned_then_missed(county, made):
    assert set(states(made, today=MONDAY).values()) == {"unplanned"}
    planned(made)
    assert set(states(made, today=MONDAY).values()) == {"planned"}
    assert set(states(made).values()) == {"missed"}


def test_a_filled_form_reaches_its_village_and_marks_the_stop_of_its_unit_and_day(county, made):
    plan = planned(made)
    one = days_of_plan(plan)[0]
    stop = one.stops[0]
    report(county, named_in_full(stop.village), day=one.day.day, unit=one.day.vehicle.unit.code)
    coverage = coverage_of(made.round, today=LATER)
    assert coverage.done == {stop.pk}
    assert coverage.reached == {stop.village.code}
    assert states(made)[stop.village.code] == "reached"


def test_another_unit_or_another_day_reaches_the_village_and_marks_no_stop(county, made):
    plan = planned(made)
    one = days_of_plan(plan)[0]
    village = one.stops[0].village
    report(county, named_in_full(village), day=WEDNESDAY, unit="d3")
    coverage = coverage_of(made.round, today=LATER)
    assert coverage.done == frozenset()
    assert village.code in coverage.reached


def test_of_two_villages_of_one_name_the_one_on_the_units_plan_that_day_is_meant(county, made):
    plan = planned(made)
    one = next(one for one in days_of_plan(plan) for s in one.stops if s.village.code == "130201")
    both = {s.village.code for s in one.stops} >= {"130101", "130201"}
    report(county, "东关村", day=one.day.day, unit=one.day.vehicle.unit.code)
    coverage = coverage_of(made.round, today=LATER)
    if both:
        assert coverage.unknown == ("东关村",)
    else:
        assert coverage.reached == {"130201"}


def test_a_place_that_is_no_village_or_may_be_two_is_shown_and_reaches_nobody(county, made):
    report(county, "东关村", day=MONDAY, unit="d3")
    report(county, "集市广场", day=TUESDAY, unit="d3")
    coverage = coverage_of(made.round, today=LATER)
    assert coverage.reached == frozenset()
    assert set(coverage.unknown) == {"东关村", "集市广场"}


def test_a_stop_before_or_after_the_round_is_not_the_rounds(county, made):
    report(county, "北乡河口村", day=date(2019, 6, 10))
    assert coverage_of(made.round, today=LATER).reached == frozenset()


def test_a_report_that_was_marked_a_double_or_taken_back_reaches_nobody(county, made):
    assert report(county, "北乡河口村", has_photo=True).accepted == 1
    assert coverage_of(made.round, today=LATER).reached == {"130102"}
    Activity.objects.filter(place="北乡河口村").update(is_withdrawn=True)
    assert coverage_of(made.round, today=LATER).reached == frozenset()


def test_villages_reached_become_a_figure_that_counts_each_by_name_once(county, made):
    report(county, "北乡河口村")
    report(county, "北乡河口村", day=TUESDAY)
    report(county, "北乡河口村", day=TUESDAY, unit="d2")
    report(county, "北乡东关村", unit="d2")
    report(county, "南乡东关村", unit="d2")
    (first, second) = book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    assert {row.named for row in Measure.objects.filter(activity=first)} == {"北乡河口村"}
    assert {row.named for row in Measure.objects.filter(activity=second)} == {"北乡东关村", "南乡东关村"}
    figures = FigureDesk.of(county.campaign).all_figures()
    reached = [figure for figure in figures if figure.indicator == "places_reached"]
    assert [figure.value for figure in reached] == [3]


def test_booking_again_changes_nothing_until_more_is_reached(county, made):
    report(county, "北乡河口村")
    (first,) = book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    assert book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT) == [first]
    report(county, "南乡李村", day=TUESDAY)
    (second,) = book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    assert (second.key, second.version) == (first.key, 2)
    assert Measure.objects.filter(activity=second).count() == 2


def test_a_line_of_counts_is_no_stop_of_its_own(county, made):
    report(county, "北乡河口村")
    before = coverage_of(made.round, today=LATER)
    book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    assert coverage_of(made.round, today=LATER).visits == before.visits


def test_nothing_reached_is_nothing_to_book(county, made):
    with pytest.raises(Refused) as refused:
        book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    assert refused.value.code == "nothing_reached"


def test_positions_noted_at_stops_serve_villages_that_had_none(county, made):
    VillagePosition.objects.filter(village__code="130102").delete()
    report(county, "北乡河口村", has_photo=True, position="39.41 115.52 0 5")
    report(county, "南乡李村", has_photo=True, position="39.99 115.99 0 5")
    assert positions_from_stops(round=made.round, today=LATER, by="clerk", at=AT) == 1
    row = VillagePosition.objects.get(village__code="130102")
    assert (float(row.latitude), float(row.longitude)) == (39.41, 115.52)


def test_what_a_form_reports_is_done_and_counted_and_what_was_missed_is_planned_again(county, made):
    first = planned(made)
    day = days_of_plan(first)[0]
    unit, made_stop = day.day.vehicle.unit.code, day.stops[0]
    township = made_stop.village.parent
    assert township is not None
    name = f"{township.name}{made_stop.village.name}"
    assert report(county, name, day=day.day.day, unit=unit, has_photo=True).accepted == 1

    evening = coverage_of(made.round, today=TUESDAY)
    assert evening.done == {made_stop.pk}
    assert evening.reached == {made_stop.village.code}
    missed = {line.village.code for line in evening.of("missed")}
    assert missed >= {stop.village.code for stop in day.stops[1:]}

    again = planned(made, today=TUESDAY)
    to_come = {s.village.code for one in days_of_plan(again) if one.day.day >= TUESDAY for s in one.stops}
    assert missed <= to_come | set(again.left_out)
    assert made_stop.village.code not in to_come
    after = coverage_of(made.round, today=TUESDAY)
    assert {line.village.code for line in after.of("missed")} <= set(again.left_out)
    assert len(after.done) == 1

    book_reached(round=made.round, task=None, today=LATER, by="clerk", at=AT)
    (figure,) = [each for each in FigureDesk.of(county.campaign).all_figures() if each.indicator == "places_reached"]
    assert figure.value == 1
