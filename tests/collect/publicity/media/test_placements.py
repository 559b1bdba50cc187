"""A placement from the plan to an activity with proof; deadlines as the plan words them."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.activities.models import Activity, Evidence, Measure
from safemonth.collect.publicity.media.actions import (
    KIND_NAMES,
    Appearance,
    add_outlet,
    call_off,
    plan_placement,
    prove,
    say_made,
)
from safemonth.collect.publicity.media.models import Placement, PlacementKind
from safemonth.collect.publicity.media.queries import placement_rows, placements_seen_by
from safemonth.collect.publicity.media.rules import (
    COUNTED_AS,
    PlacementFacts,
    counts_of,
    days_left,
    last_day,
    state_of,
)
from safemonth.figures.queries import FigureDesk
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused
from tests.cast import AT

JUNE = date(2019, 6, 1)


def day(number: int) -> date:
    return date(2019, 6, number)


def facts(**known: Any) -> PlacementFacts:
    return PlacementFacts(**{"due_on": JUNE, "is_before": True, "made_on": None, "is_proven": False, **known})


def test_before_the_first_of_june_is_the_last_of_may():
    assert last_day(JUNE, is_before=True) == date(2019, 5, 31)
    assert last_day(JUNE, is_before=False) == JUNE
    assert state_of(facts(made_on=JUNE), today=JUNE) == "made_late"
    assert state_of(facts(made_on=JUNE, is_before=False), today=JUNE) == "made"


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (date(2019, 5, 20), "planned", 11),
        (date(2019, 5, 24), "due_soon", 7),
        (date(2019, 5, 31), "due_soon", 0),
        (JUNE, "overdue", -1),
    ],
)
def test_a_deadline_comes_near_and_passes(today: date, state: str, left: int):
    assert (state_of(facts(), today=today), days_left(facts(), today=today)) == (state, left)


def test_what_is_late_stays_late_when_it_is_proven_and_nothing_is_overdue_that_was_called_off():
    assert state_of(facts(made_on=day(3), is_proven=True), today=day(9)) == "proven_late"
    assert state_of(facts(is_called_off=True), today=day(9)) == "called_off"
    assert days_left(facts(is_called_off=True), today=day(9)) is None
    assert state_of(facts(due_on=None), today=day(9)) == "planned"


@given(st.integers(-40, 40), st.booleans(), st.booleans())
def test_overdue_is_exactly_when_no_day_is_left(days: int, is_before: bool, is_proven: bool):
    known = facts(is_before=is_before, is_proven=is_proven)
    today = JUNE + timedelta(days=days)
    left = days_left(known, today=today)
    assert left is not None
    assert (state_of(known, today=today) == "overdue") == (left < 0)


def test_every_kind_has_a_name_and_counts_under_a_known_indicator():
    assert set(PlacementKind.values) == set(KIND_NAMES) == set(COUNTED_AS)
    indicators = load_indicators()
    for indicator, word in COUNTED_AS.values():
        assert indicator in indicators
        assert word in indicators[indicator].measure_words or indicator == "other_count" or word == "块"


def test_a_bad_example_is_a_case_exposed_and_an_audience_stands_under_its_claimants_name():
    counted = counts_of(
        kind="social_media", kind_name="新媒体", times=3, example="bad", audience=900, claimed_by="据公众号后台"
    )
    assert [(count.indicator, count.value, count.heading) for count in counted] == [
        ("media_reports", 1, "新媒体"),
        ("cases_exposed", 1, "新媒体"),
        ("online_audience", 900, "据公众号后台"),
    ]
    film = counts_of(kind="film", kind_name="影片", times=6, example="", audience=900, claimed_by="据电视台")
    assert [(count.indicator, count.value) for count in film] == [("films_shown", 6)]


def planned(county: Any, **known: Any) -> Placement:
    outlet = add_outlet(name=known.pop("outlet", "县电视台"), kind="television", by="clerk", at=AT)
    told = {"kind": "speech", "title": "安全生产讲话", "unit": county.unit("d1"), "due_on": JUNE, "is_before": True}
    return plan_placement(campaign=county.campaign, outlet=outlet, **{**told, **known}, by="clerk", at=AT)


def figure(county: Any, indicator: str) -> Any:
    return FigureDesk.of(county.campaign).figure(indicator)


@pytest.mark.django_db
def test_what_appeared_is_one_activity_and_its_proof_bears_the_claim_out(county: Any):
    placement = planned(county)
    assert figure(county, "media_reports").value is None
    say_made(placement=placement, appearance=Appearance(made_on=date(2019, 5, 30), length_s=600), by="clerk", at=AT)
    assert (figure(county, "media_reports").value, figure(county, "media_reports").state) == (1, "claimed")
    prove(placement=placement, link="https://example.org/1", by="clerk", at=AT)
    assert figure(county, "media_reports").state == "claimed"
    prove(placement=placement, files=[(b"a recording", "a.mp3", "web")], by="clerk", at=AT)
    prove(placement=placement, files=[(b"a recording", "a.mp3", "web")], by="clerk", at=AT)
    assert figure(county, "media_reports").state == "evidenced"
    assert Evidence.objects.count() == 1
    (row,) = placement_rows(placements_seen_by(county.clerk, county.campaign), today=day(9))
    assert (row.state, len(row.proofs)) == ("proven", 1)


@pytest.mark.django_db
def test_a_correction_makes_a_new_version_and_keeps_what_bears_it_out(county: Any):
    placement = planned(county, kind="film", title="法佑平安")
    say_made(placement=placement, appearance=Appearance(made_on=day(2), times=5), by="clerk", at=AT)
    prove(placement=placement, files=[(b"x", "x.txt", "web")], by="clerk", at=AT)
    with pytest.raises(Refused) as refused:
        say_made(placement=placement, appearance=Appearance(made_on=day(2), times=6), by="clerk", at=AT)
    assert refused.value.code == "reason_missing"
    say_made(placement=placement, appearance=Appearance(made_on=day(2), times=6), by="clerk", at=AT, reason="多播一次")
    assert (figure(county, "films_shown").value, figure(county, "films_shown").state) == (6, "evidenced")
    assert Activity.objects.filter(is_current=True).get().version == 2
    say_made(placement=placement, appearance=Appearance(made_on=day(2), times=6, slot="晚间"), by="clerk", at=AT)
    assert Activity.objects.count() == 2
    assert Placement.objects.get().slot == "晚间"


@pytest.mark.django_db
def test_what_was_called_off_counts_no_more(county: Any):
    placement = planned(county)
    say_made(placement=placement, appearance=Appearance(made_on=day(2)), by="clerk", at=AT)
    call_off(placement=placement, reason="误录", by="clerk", at=AT)
    assert figure(county, "media_reports").value is None
    with pytest.raises(Refused) as refused:
        say_made(placement=placement, appearance=Appearance(made_on=day(2)), by="clerk", at=AT)
    assert refused.value.code == "called_off"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda c, p: prove(placement=p, link="https://example.org", by="x", at=AT), "not_made_yet"),
        (lambda c, p: call_off(placement=p, reason=" ", by="x", at=AT), "reason_missing"),
        (
            lambda c, p: say_made(placement=p, appearance=Appearance(made_on=day(2), audience=10), by="x", at=AT),
            "whose_audience",
        ),
        (
            lambda c, p: say_made(placement=p, appearance=Appearance(made_on=day(2), until_on=day(1)), by="x", at=AT),
            "dates_reversed",
        ),
        (lambda c, p: add_outlet(name="县电视台", kind="television", by="x", at=AT), "outlet_exists"),
        (
            lambda c, p: plan_placement(
                campaign=c.campaign, outlet=p.outlet, kind=p.kind, title=p.title, unit=p.unit, by="x", at=AT
            ),
            "placement_exists",
        ),
    ],
)
def test_what_cannot_be_is_refused(county: Any, do: Any, code: str):
    placement = planned(county)
    with pytest.raises(Refused) as refused:
        do(county, placement)
    assert refused.value.code == code
    assert Measure.objects.count() == 0


@pytest.mark.django_db
def test_a_unit_sees_its_own_placements_only(county: Any):
    own = planned(county, unit=county.unit("1301"), outlet="北乡广播站")
    planned(county)
    assert list(placements_seen_by(county.reporter, county.campaign)) == [own]
    assert list(placements_seen_by(county.stranger, county.campaign)) == []
