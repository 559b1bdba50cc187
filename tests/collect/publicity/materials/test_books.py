"""The sum always comes out, and where it does not agree with what was counted is shown where it arose."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.publicity.materials.rules import (
    DAYS_ON_THE_WAY,
    INWARD,
    OUTWARD,
    Carriage,
    Movement,
    carriages_at_odds,
    claimed_beyond_had,
    disagreements_of,
    said_otherwise,
    stock_of,
    total_of,
)

DAY = date(2019, 6, 1)
# Openings come before all else and are said once, so they are set apart from what happens later.
MOVED = st.builds(
    lambda kind, copies, days: Movement(kind, copies, DAY + timedelta(days=days)),
    st.sampled_from((*INWARD, *OUTWARD, "counted")),
    st.integers(0, 5000),
    st.integers(0, 30),
)


def day(number: int) -> date:
    return date(2019, 6, number)


@given(st.lists(MOVED, max_size=40))
def test_what_a_place_had_is_always_accounted_for(movements):
    stock = stock_of(movements)
    gone = sum(stock.of.get(kind, 0) for kind in OUTWARD)
    assert stock.had + stock.unexplained == gone + stock.left


@given(st.lists(MOVED, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(movements, random):
    # Two counts of one day cannot both stand (the database holds that), so one of each day is kept.
    days = {movement.on: movement for movement in movements if movement.kind == "counted"}
    kept = [movement for movement in movements if movement.kind != "counted"] + list(days.values())
    mixed = random.sample(kept, len(kept))
    assert stock_of(mixed) == stock_of(kept)
    # Of one day's hand-outs any may be the one that is named; how much and when must be the same.
    assert [(odd.code, odd.on, odd.copies) for odd in disagreements_of(mixed)] == [
        (odd.code, odd.on, odd.copies) for odd in disagreements_of(kept)
    ]


@given(st.lists(MOVED.filter(lambda movement: movement.kind != "counted"), max_size=30), st.integers(1, 500))
def test_a_true_count_is_silent_and_a_false_one_is_shown_once(movements, missing):
    plenty = [Movement("carried_over", 200_000, DAY - timedelta(days=1)), *movements]
    left = stock_of(plenty).left
    last = DAY + timedelta(days=31)
    assert disagreements_of([*plenty, Movement("counted", left, last)]) == []
    again = Movement("counted", left - missing, last + timedelta(days=5))
    shown = disagreements_of([*plenty, Movement("counted", left - missing, last), again])
    assert [(odd.code, odd.copies, odd.on) for odd in shown] == [("count_differs", missing, last)]


@given(st.lists(MOVED, max_size=40))
def test_books_agree_exactly_where_nothing_is_shown(movements):
    shown = disagreements_of(movements)
    if not shown:
        assert stock_of(movements).agrees
    assert all(odd.copies > 0 for odd in shown)


def test_more_given_out_than_printed_is_shown_on_the_day_on_which_it_ran_out():
    movements = [
        Movement("printed_by_office", 500, day(5)),
        Movement("handed_out", 400, day(8), "handout-1"),
        Movement("handed_out", 300, day(10), "handout-2"),
        Movement("handed_out", 50, day(12), "handout-3"),
    ]
    (shown,) = disagreements_of(movements)
    assert (shown.code, shown.on, shown.copies, shown.rows) == ("more_out_than_in", day(10), 250, ("handout-2",))
    assert not stock_of(movements).agrees


def test_what_comes_in_on_a_day_can_go_out_on_it_and_is_counted_in_the_evening():
    movements = [
        Movement("counted", 100, day(10)),
        Movement("handed_out", 400, day(10)),
        Movement("received", 500, day(10)),
    ]
    assert disagreements_of(movements) == []


def test_a_count_that_only_confirms_a_shortfall_is_not_shown_a_second_time():
    movements = [Movement("handed_out", 80, day(3)), Movement("counted", 0, day(9))]
    assert [odd.code for odd in disagreements_of(movements)] == ["more_out_than_in"]
    assert stock_of(movements).unexplained == 80


def test_a_gap_between_two_counts_says_after_which_day_it_arose():
    movements = [
        Movement("carried_over", 1000, day(1)),
        Movement("counted", 1000, day(9)),
        Movement("counted", 940, day(15)),
    ]
    (shown,) = disagreements_of(movements)
    assert (shown.copies, shown.params["since"]) == (60, "2019-06-09")


def test_the_offices_printing_and_the_units_own_stay_apart():
    stock = stock_of([Movement("printed_by_office", 5000, day(1)), Movement("printed_by_unit", 300, day(2))])
    assert (stock.of["printed_by_office"], stock.of["printed_by_unit"], stock.printed) == (5000, 300, 5300)


def test_a_transfer_is_asked_after_only_when_it_is_long_on_its_way():
    sent = Carriage("transfer-1", 200, day(10))
    patience = timedelta(days=DAYS_ON_THE_WAY)
    assert carriages_at_odds([sent], today=day(10) + patience) == []
    (late,) = carriages_at_odds([sent], today=day(11) + patience)
    assert late.code == "not_confirmed"


def test_another_number_that_came_is_shown_with_how_many_are_missing():
    (shown,) = carriages_at_odds([Carriage("transfer-1", 200, day(10), received=180)], today=day(10))
    assert (shown.code, shown.copies) == ("received_differs", 20)
    assert carriages_at_odds([Carriage("transfer-1", 200, day(10), received=200)], today=day(30)) == []


def test_a_claim_is_held_against_what_the_unit_had():
    assert claimed_beyond_had(claimed=900, had=900) == []
    assert claimed_beyond_had(claimed=1400, had=900)[0].copies == 500


def test_an_activity_that_says_another_number_is_shown_and_one_that_says_none_is_not():
    assert said_otherwise(handed_out=300, said=None, on=day(1), row="handout-1") == []
    assert said_otherwise(handed_out=300, said=300, on=day(1), row="handout-1") == []
    assert said_otherwise(handed_out=300, said=0, on=day(1), row="handout-1")[0].copies == 300


CARRIED = st.tuples(st.integers(1, 500), st.integers(0, 500) | st.none())


@given(st.lists(MOVED.filter(lambda m: m.kind not in ("received", "given_on")), max_size=20), st.lists(CARRIED))
def test_all_places_of_a_design_come_out_together(movements, carried):
    here = [*movements, *(Movement("given_on", sent, DAY) for sent, _received in carried)]
    there = [Movement("received", came, DAY) for _sent, came in carried if came is not None]
    carriages = [Carriage(str(number), sent, DAY, came) for number, (sent, came) in enumerate(carried)]
    total = total_of([stock_of(here), stock_of(there)], carriages)
    came_in = total.carried_over + total.printed_by_office + total.printed_by_units + total.unexplained
    went = total.handed_out + total.lost + total.on_the_way + total.missing_on_the_way + total.left
    assert came_in == went
