"""Notes on photos: each is made where it should be and nowhere else, with its numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.evidence.places import Position, distance_m, spread_of
from safemonth.collect.evidence.rules import (
    Claim,
    Picture,
    check_decision,
    is_editor,
    looks_like_screenshot,
    notes_on,
)
from safemonth.lib.refusals import Refused

CHINA = timezone(timedelta(hours=8))
TOWN = Position(39.34, 115.49)
TAKEN = datetime(2019, 6, 10, 9, 30, tzinfo=CHINA)
PICTURE = Picture(
    is_readable=True,
    width=4000,
    height=3000,
    format="JPEG",
    taken_at=TAKEN,
    changed_at=TAKEN,
    position=TOWN,
    has_camera_data=True,
)
CLAIM = Claim(
    starts_on=date(2019, 6, 1),
    ends_on=date(2019, 6, 30),
    received_at=datetime(2019, 6, 10, 12, 0, tzinfo=CHINA),
    file_name="IMG_1.jpg",
    kind="consulting_day",
    from_on=date(2019, 6, 10),
    to_on=None,
    position=TOWN,
)


def codes(picture=PICTURE, claim=CLAIM, **more):
    return [note.code for note in notes_on(picture, claim, zone=CHINA, **more)]


def said(code, picture=PICTURE, claim=CLAIM, **more):
    found = [note for note in notes_on(picture, claim, zone=CHINA, **more) if note.code == code]
    return [note.sentence % note.params for note in found]


def test_a_photo_that_bears_its_claim_out_has_no_note():
    assert codes() == []
    assert codes(others=[TOWN], usual=spread_of([TOWN] * 30)) == []


@pytest.mark.parametrize(
    ("taken", "code", "numbers"),
    [
        (datetime(2019, 5, 31, 23, 59, tzinfo=CHINA), "before_month", ("2019-05-31", "2019-06-01", "1")),
        (datetime(2018, 6, 10, 9, 0, tzinfo=CHINA), "before_month", ("2018-06-10", "2019-06-01", "356")),
        (datetime(2019, 7, 2, 0, 1, tzinfo=CHINA), "after_month", ("2019-07-02", "2019-06-30", "2")),
    ],
)
def test_a_photo_outside_the_month_is_told_with_its_days(taken, code, numbers):
    claim = replace(CLAIM, received_at=datetime(2019, 8, 1, tzinfo=UTC), from_on=None)
    (sentence,) = said(code, replace(PICTURE, taken_at=taken, changed_at=None), claim)
    assert all(number in sentence for number in numbers)


def test_days_are_the_offices_days_and_not_utcs():
    first_morning = datetime(2019, 5, 31, 16, 30, tzinfo=UTC)  # 00:30 on 1 June in China.
    claim = replace(CLAIM, from_on=date(2019, 6, 1))
    assert codes(replace(PICTURE, taken_at=first_morning, changed_at=None), claim) == []


def test_a_photo_of_another_day_than_the_activitys_is_told():
    (sentence,) = said("other_day", claim=replace(CLAIM, from_on=date(2019, 6, 7)))
    assert "2019-06-10" in sentence and "2019-06-07" in sentence and "3" in sentence
    span = replace(CLAIM, from_on=date(2019, 6, 12), to_on=date(2019, 6, 14))
    (sentence,) = said("other_day", claim=span)
    assert "2019-06-12" in sentence and "2019-06-14" in sentence and "2" in sentence
    assert codes(claim=replace(CLAIM, from_on=date(2019, 6, 8), to_on=date(2019, 6, 12))) == []
    assert codes(claim=replace(CLAIM, from_on=None)) == []


def test_a_photo_taken_after_it_was_sent_is_told_and_minutes_of_a_clock_are_not():
    late = replace(CLAIM, received_at=TAKEN - timedelta(hours=3))
    assert "180" in said("after_sending", claim=late)[0]
    assert codes(claim=replace(CLAIM, received_at=TAKEN - timedelta(minutes=9))) == []


@pytest.mark.parametrize(("metres", "is_told"), [(0, False), (700, False), (1900, False), (2100, True), (50_000, True)])
def test_a_photo_far_from_the_place_claimed_is_told_and_a_shifted_map_is_not(metres, is_told):
    there = Position(TOWN.latitude + metres / 111_195, TOWN.longitude)
    found = said("far_from_place", replace(PICTURE, position=there))
    assert bool(found) is is_told
    if is_told:
        assert f"{metres / 1000:.1f}" in found[0]


def test_a_photo_far_from_all_others_of_its_activity_is_told():
    far = Position(39.5, 115.49)
    bare = replace(CLAIM, position=None)
    assert codes(claim=bare, others=[far, far]) == ["far_from_others"]
    assert codes(claim=bare, others=[far, Position(39.341, 115.49)]) == []


@pytest.mark.parametrize("kind", ["vehicle_tour", "inspection"])
def test_an_activity_that_moves_has_photos_from_many_places(kind):
    assert codes(claim=replace(CLAIM, kind=kind, position=None), others=[Position(39.5, 115.49)]) == []
    assert codes(claim=replace(CLAIM, is_report_line=True, position=None), others=[Position(39.5, 115.49)]) == []


def test_a_photo_from_outside_the_county_is_told_though_nine_in_twenty_are_wrong():
    rows = [Position(39.3 + number / 200, 115.4 + number / 200) for number in range(22)]
    usual = spread_of([*rows, *[Position(22.5, 114.0)] * 18])
    assert usual is not None
    bare = replace(CLAIM, position=None)
    assert codes(claim=bare, usual=usual) == []
    assert codes(replace(PICTURE, position=Position(22.5, 114.0)), bare, usual=usual) == ["far_from_county"]


def test_a_handful_of_photos_says_nothing_of_the_county():
    assert spread_of([TOWN] * 19) is None


@pytest.mark.parametrize("software", ["Adobe Photoshop CC 2019", "Snapseed 2.19", "美图秀秀 10.2", "GIMP 2.10.8"])
def test_editing_programs_are_known_by_name(software):
    (sentence,) = said("edited", replace(PICTURE, software=software))
    assert software in sentence


@pytest.mark.parametrize(
    "software",
    [
        "HUAWEI P30 9.1.0.193",
        "16.5.1",
        "HDR+ 1.0.345618096z",
        "MediaTek Camera Application",
        "G9750ZCU1ASF1",
        "OPPO R11",
        "",
    ],
)
def test_a_phones_firmware_is_no_editing_program(software):
    assert not is_editor(software)


BARE = replace(PICTURE, taken_at=None, changed_at=None, position=None, has_camera_data=False)


@pytest.mark.parametrize(
    ("picture", "name", "is_one"),
    [
        (replace(BARE, width=1080, height=2340, format="PNG"), "a.png", True),
        (replace(BARE, width=1080, height=2400, format="JPEG"), "a.jpg", True),
        (replace(BARE, width=1080, height=1440, format="JPEG"), "mmexport1.jpg", False),
        (replace(BARE, width=1440, height=1080, format="PNG"), "a.png", False),
        (replace(BARE, width=900, height=600), "Screenshot_2019-06-10.jpg", True),
        (replace(BARE, width=900, height=600), "微信截图_2019.png", True),
        (replace(BARE, width=900, height=600, comment="Screenshot"), "a.png", True),
        (replace(PICTURE, width=1080, height=2400), "a.jpg", False),
        (replace(BARE, width=0, height=0), "a.jpg", False),
    ],
)
def test_a_screenshot_is_known_by_name_mark_or_shape(picture, name, is_one):
    assert looks_like_screenshot(picture, file_name=name) is is_one
    assert ("screenshot" in codes(picture, replace(CLAIM, file_name=name))) is is_one


def test_what_is_only_missing_is_weak_and_stands_last():
    notes = notes_on(replace(BARE, software="Snapseed"), CLAIM, zone=CHINA)
    assert [(note.code, note.is_weak) for note in notes] == [
        ("edited", False),
        ("no_time", True),
        ("no_position", True),
    ]
    assert codes(replace(BARE, faults=("time", "position"))) == ["bad_time", "bad_position"]
    assert codes(replace(PICTURE, width=320, height=240)) == ["small"]


def test_clocks_that_differ_and_later_changes_are_told():
    picture = replace(PICTURE, satellite_at=TAKEN - timedelta(days=40), changed_at=TAKEN + timedelta(hours=5))
    assert codes(picture) == ["clocks_differ", "changed_later"]
    assert "960" in said("clocks_differ", picture)[0]


def test_a_model_made_picture_and_a_file_that_is_no_photo_are_told():
    assert codes(replace(PICTURE, is_made_by_model=True)) == ["made_by_model"]
    assert codes(Picture(is_readable=False)) == ["not_a_photo"]


def test_a_decision_is_one_of_four_and_what_is_held_against_a_unit_has_its_reason():
    for decision in ("same_event", "different"):
        check_decision(decision=decision, reason="")
    check_decision(decision="reused", reason="同一张照片")
    for decision, reason, code in (
        ("guilty", "x", "no_such_decision"),
        ("reused", " ", "reason_needed"),
        ("unclear", "", "reason_needed"),
        ("same_event", "长" * 201, "reason_too_long"),
    ):
        with pytest.raises(Refused) as refused:
            check_decision(decision=decision, reason=reason)
        assert refused.value.code == code


POINTS = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_at_most_half_round_the_earth(one, other):
    assert distance_m(one, other) == pytest.approx(distance_m(other, one), abs=0.01)
    assert 0 <= distance_m(one, other) <= 20_016_000


def test_a_known_distance_is_met():
    beijing, shanghai = Position(39.9042, 116.4074), Position(31.2304, 121.4737)
    assert distance_m(beijing, shanghai) == pytest.approx(1_067_000, rel=0.006)


PICTURES = st.builds(
    Picture,
    is_readable=st.booleans(),
    width=st.integers(0, 20000),
    height=st.integers(0, 20000),
    format=st.sampled_from(["JPEG", "PNG", "HEIF", ""]),
    taken_at=st.none() | st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    changed_at=st.none() | st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    satellite_at=st.none() | st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    position=st.none() | POINTS,
    software=st.text(max_size=20),
    comment=st.text(max_size=20),
    has_camera_data=st.booleans(),
)


@given(PICTURES, st.lists(POINTS, max_size=4), POINTS | st.none())
def test_every_note_can_be_said_and_each_is_made_once(picture, others, place):
    notes = notes_on(picture, replace(CLAIM, position=place), zone=CHINA, others=others)
    assert all(note.sentence % note.params for note in notes)
    assert len({note.code for note in notes}) == len(notes)
    assert [note.is_weak for note in notes] == sorted(note.is_weak for note in notes)
