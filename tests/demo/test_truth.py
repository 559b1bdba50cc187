"""The demo's truth: it adds up to the founding case's figures, and counts are written as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.demo import county
from safemonth.demo.expected import intersections, reported, true_total, true_totals
from safemonth.demo.letters.papers import fill
from safemonth.demo.saying import in_chinese, say, say_number
from safemonth.demo.sheets.shapes import by_unit
from safemonth.demo.truth import Said, all_deeds, consulting_day, deeds_of, parse_said
from safemonth.lib.indicators import load_indicators
from safemonth.lib.numerals import chinese_value


def spoken(value: int) -> int:
    """What may be said "more than": tens below 100, two leading digits from there on, rounded down."""
    step = max(10, 10 ** (len(str(value)) - 2))
    return value // step * step


def test_the_consulting_day_is_the_founding_case_s():
    assert len({deed.unit for deed in consulting_day()}) == 20
    assert {deed.unit for deed in consulting_day()} == set(county.CONSULTING_DEPARTMENTS)
    assert len(intersections()) == 5
    assert {deed.counts["banners_hung"].value for deed in consulting_day()} == {1}
    assert spoken(true_total("leaflets_distributed", task="consulting-day", unit="130633-safety")) == 5000
    assert spoken(true_total("people_consulted", task="consulting-day")) == 10_000
    assert spoken(true_total("leaflets_distributed", task="consulting-day")) == 40_000


@pytest.mark.parametrize(
    ("indicator", "said"), [("banners_hung", 80), ("slogans_posted", 250), ("leaflets_distributed", 140_000)]
)
def test_the_month_is_the_founding_case_s(indicator, said):
    assert spoken(true_total(indicator)) == said


def test_the_four_units_vehicles_reached_every_village_once():
    tours = [deed for deed in all_deeds() if deed.task == "vehicles"]
    by_name = {name: code for code, name in county.division_names().items() if len(code) == 9}
    assert {deed.unit for deed in tours} == set(county.VEHICLE_UNITS)
    reached = {by_name[deed.place]: deed.counts["places_reached"].value for deed in tours}
    assert len(reached) == len(tours) == 29
    assert reached == {code: len(county.villages_of(code)) for code in reached}


def test_fifty_one_of_fifty_six_units_reported():
    assert len(county.reporting_units()) == len(set(county.reporting_units())) == 56
    assert len(reported()) == 51


def test_nothing_is_put_right_that_was_not_found():
    for deed in all_deeds():
        found, put_right = deed.counts.get("hazards_found"), deed.counts.get("hazards_rectified")
        assert put_right is None or (found is not None and put_right.value <= found.value), deed


def test_every_deed_is_of_a_known_unit_and_counts_known_indicators():
    for deed in all_deeds():
        assert deed.unit in county.names()
        assert deed.counts.keys() <= load_indicators().keys()
        assert deed.from_on <= deed.to_on
        assert deed.from_on.month == deed.to_on.month == 6


def test_totals_of_a_township_hold_its_villages():
    assert true_total("leaflets_distributed", unit="130633207") == 2360
    assert true_total("leaflets_distributed", unit="130633214") == 0


def test_people_and_person_times_are_totals_of_their_own():
    bases = {basis for (indicator, basis) in true_totals() if indicator == "inspectors_deployed"}
    assert bases == {"people", "person_times"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2000+", "2000余份"),
        ("~800", "约800份"),
        ("<1000人次", "近1000人次"),
        ("420人次", "420人次"),
        ("12", "12份"),
    ],
)
def test_a_count_is_said_as_it_was_written_down(text, said):
    assert say("leaflets_distributed", parse_said(text)) == said


@pytest.mark.parametrize("text", ["", "many", "~800+", "-5", "1,200"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match="is not a count"):
        parse_said(text)


@given(st.integers(0, 99_999))
def test_chinese_numerals_read_back_to_the_number(value):
    assert chinese_value(in_chinese(value)) == value


def test_a_value_that_would_be_rounded_is_not_said_in_ten_thousands():
    assert say_number(Said(12_000, "more_than"), "wan") == "1.2万余"
    with pytest.raises(ValueError, match="whole number of thousands"):
        say_number(Said(12_345), "wan")


def test_a_letter_or_sheet_may_not_keep_silent_about_a_count():
    counts = {"banners_hung": Said(2), "slogans_posted": Said(5)}
    assert fill(["挂横幅{banners_hung}、标语{slogans_posted:chinese}。"], counts) == ["挂横幅2条、标语五条。"]
    with pytest.raises(ValueError, match="slogans_posted"):
        fill(["挂横幅{banners_hung}。"], counts)
    with pytest.raises(ValueError, match="slogans_posted"):
        by_unit([("富岗乡", counts)], headings={"banners_hung": "横幅"})


def test_events_of_a_task_are_found_by_their_unit():
    assert [deed.place for deed in deeds_of("130633-office", task="law-to-countryside")] == ["富岗乡"]
