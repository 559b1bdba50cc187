"""Copies that leave the stock are counted exactly once, whoever reports them how often."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safemonth.collect.activities.actions import correct_values
from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.publicity.materials.actions import (
    Line,
    confirm_transfer,
    correct_copies,
    count_stock,
    hand_out,
    keep_apart,
    say_contained,
    say_lost,
)
from safemonth.collect.publicity.materials.models import Handout, StockCount
from safemonth.collect.publicity.materials.queries import (
    books_of,
    correctable,
    designs_seen_by,
    disagreements_in,
    possible_doubles,
    stock_rows,
)
from safemonth.collect.readers.actions import take_in
from safemonth.collect.readers.models import Proposal
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.queries import disagreements, history_of
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.publicity.materials.printing import a_design, day, printed, sent
from tests.collect.readers.sheets.making import workbook

pytestmark = pytest.mark.django_db


def handed(county: Any, design: Any, copies: int = 300, *, place: str = "1301", on: int = 10, **options: Any) -> Any:
    return hand_out(
        campaign=county.campaign,
        place=county.unit(place),
        given_on=day(on),
        lines=[Line(design, copies)],
        by="reporter",
        at=AT,
        **options,
    )[0]


def figure(county: Any, unit: str = "13", indicator: str = "leaflets_distributed") -> Any:
    return FigureDesk.of(county.campaign).figure(indicator, unit=unit).value


def odd(county: Any, today: int = 30) -> list[tuple[str, str, int]]:
    books = books_of(county.campaign)
    rows = stock_rows(county.campaign, books)
    found = disagreements_in(county.campaign, books, rows, today=day(today))
    return [(found.place.code, found.disagreement.code, found.disagreement.copies) for found in found]


def left(county: Any, place: str) -> int:
    rows = stock_rows(county.campaign, books_of(county.campaign))
    return sum(row.stock.left for row in rows if row.place.code == place)


def test_a_handout_takes_from_the_stock_and_adds_to_the_figure_once(county: Any):
    design = a_design(county)
    printed(county, design)
    sent(county, design)
    handout = handed(county, design, where="集市")
    assert (left(county, "d1"), left(county, "1301")) == (600, 100)
    assert (figure(county), figure(county, "1301"), figure(county, "1302")) == (300, 300, None)
    assert odd(county) == []
    measure = Measure.objects.get(activity=handout.activity)
    assert (measure.heading, measure.source.surface) == (design.title, "300")
    assert handout.activity.task == county.everyone


def test_several_designs_in_one_handout_are_one_line_with_a_value_each(county: Any):
    leaflet = a_design(county)
    book = a_design(county, "手册", kind="book", indicator="handbooks_distributed")
    rows = hand_out(
        campaign=county.campaign,
        place=county.unit("d1"),
        given_on=day(9),
        lines=[Line(leaflet, 50), Line(book, 7)],
        by="clerk",
        at=AT,
    )
    assert Activity.objects.count() == 1
    assert {row.activity_id for row in rows} == {Activity.objects.get().pk}
    assert (figure(county), figure(county, indicator="handbooks_distributed")) == (50, 7)


def test_at_an_event_on_record_the_stock_goes_down_and_the_figure_does_not_rise(county: Any):
    design = a_design(county)
    sent(county, design)
    first = handed(county, design, 100)
    handed(county, design, 60, at_event=first.activity)
    assert figure(county) == 100
    assert left(county, "1301") == 240
    assert ("1301", "activity_says_otherwise", 60) in odd(county)


def test_an_event_that_will_count_them_leaves_the_figure_alone_until_it_closes(county: Any):
    design = a_design(county)
    sent(county, design)
    handed(county, design, 100, occasion="consulting-booth:1")
    assert figure(county) is None
    assert left(county, "1301") == 300
    with pytest.raises(Refused) as refused:
        handed(county, design, at_event=Activity(), occasion="x")
    assert refused.value.code == "counted_once"


def a_sheet(county: Any, copies: int, file_name: str = "北乡.xlsx") -> None:
    take_in(
        campaign=county.campaign,
        data=workbook([["单位", "发放宣传资料（份）"], ["北乡", copies]]),
        file_name=file_name,
        channel="sheet",
        sender=county.unit("1301"),
        by="clerk",
        at=AT,
    )


def test_a_sheet_that_comes_after_the_handouts_is_held_as_a_likely_double(county: Any):
    design = a_design(county)
    sent(county, design)
    handed(county, design)
    a_sheet(county, 1200)
    assert figure(county) == 300
    assert Proposal.objects.get().likely_double_of == Activity.objects.get()


def test_a_sheet_that_came_first_is_shown_beside_the_handouts_until_somebody_decides(county: Any):
    design = a_design(county)
    sent(county, design)
    a_sheet(county, 1200)
    one, two = handed(county, design, 200, on=11), handed(county, design, 100, on=12)
    (double,) = possible_doubles(county.campaign)
    assert (double.copies, set(double.handouts)) == (300, {one, two})
    assert figure(county) == 1500
    say_contained(handouts=double.handouts, report=double.report, reason="表中已含", by="clerk", at=AT)
    assert figure(county) == 1200
    assert possible_doubles(county.campaign) == []
    assert left(county, "1301") == 100


def test_what_comes_on_top_is_counted_and_not_asked_again(county: Any):
    design = a_design(county)
    a_sheet(county, 1200)
    handout = handed(county, design, 200)
    keep_apart(handouts=[handout], reason="表中只有自印", by="clerk", at=AT)
    assert possible_doubles(county.campaign) == []
    assert figure(county) == 1400


def test_a_correction_takes_its_activity_along_and_the_old_number_stays_readable(county: Any):
    design = a_design(county)
    sent(county, design)
    handout = handed(county, design)
    correct_copies(row=handout, copies=250, reason="数错", by="reporter", at=AT)
    assert (figure(county), left(county, "1301")) == (250, 150)
    versions = Activity.objects.filter(key=handout.activity.key).order_by("version")
    assert [version.version for version in versions] == [1, 2]
    assert any('"copies":300' in change.before for change in history_of(handout))
    assert list(disagreements()) == []


def test_a_handout_that_was_a_mistake_is_withdrawn(county: Any):
    design = a_design(county)
    handout = handed(county, design)
    correct_copies(row=handout, copies=0, reason="录错单位", by="reporter", at=AT)
    assert figure(county) is None
    assert odd(county) == []
    correct_copies(row=Handout.objects.get(), copies=40, reason="又找到", by="reporter", at=AT)
    assert figure(county) == 40


def test_a_value_corrected_in_the_activity_is_shown_against_the_stock(county: Any):
    design = a_design(county)
    sent(county, design)
    handout = handed(county, design)
    (measure,) = Measure.objects.filter(activity=handout.activity)
    correct_values(activity=handout.activity, values={measure.pk: "900"}, reason="改", by="clerk", at=AT)
    assert ("1301", "activity_says_otherwise", 600) in odd(county)
    assert ("1301", "claimed_beyond_had", 500) in odd(county)


def test_a_month_that_claims_more_than_the_unit_ever_had_is_shown(county: Any):
    sent(county, a_design(county), 400)
    a_sheet(county, 1400)
    assert ("1301", "claimed_beyond_had", 1000) in odd(county)


def test_copies_that_did_not_come_are_shown_where_they_were_awaited(county: Any):
    design = a_design(county)
    printed(county, design)
    sent(county, design, 400, came=380)
    waiting = sent(county, design, 100, to="1302", came=-1)
    assert odd(county) == [("1301", "received_differs", 20), ("1302", "not_confirmed", 100)]
    assert odd(county, today=5) == [("1301", "received_differs", 20)]
    confirm_transfer(transfer=waiting, copies=100, received_on=day(6), by="stranger", at=AT)
    assert odd(county) == [("1301", "received_differs", 20)]


def test_lost_copies_are_said_and_a_count_then_agrees(county: Any):
    design = a_design(county)
    sent(county, design)
    place = county.unit("1301")
    say_lost(design=design, place=place, copies=30, lost_on=day(8), reason="淋雨", by="reporter", at=AT)
    count_stock(design=design, place=place, copies=370, counted_on=day(9), by="reporter", at=AT)
    assert odd(county)[0][1] == "more_out_than_in"  # The office sent what nobody entered as printed.
    assert [found for found in odd(county) if found[0] == "1301"] == []
    count_stock(design=design, place=place, copies=360, counted_on=day(9), by="reporter", at=AT)
    assert ("1301", "count_differs", 10) in odd(county)
    assert StockCount.objects.count() == 1


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda c, d: handed(c, d, 0), "no_copies"),
        (lambda c, d: say_lost(design=d, place=c.unit("13"), copies=1, lost_on=day(1), reason=" ", by="x", at=AT), "reason_missing"),
        (lambda c, d: correct_copies(row=handed(c, d), copies=-1, reason="x", by="x", at=AT), "below_zero"),
        (lambda c, d: correct_copies(row=handed(c, d, 300), copies=300, reason="x", by="x", at=AT), "nothing_changed"),
        (lambda c, d: correct_copies(row=handed(c, d, 300), copies=3, reason=" ", by="x", at=AT), "reason_missing"),
        (lambda c, d: sent(c, d, to="d1"), "sent_to_itself"),
        (lambda c, d: a_design(c), "design_exists"),
        (lambda c, d: a_design(c, "另", indicator="no_such"), "unknown_indicator"),
        (lambda c, d: keep_apart(handouts=[], reason="", by="x", at=AT), "reason_missing"),
        (lambda c, d: say_contained(handouts=[], report=Activity(), reason="", by="x", at=AT), "reason_missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(county: Any, do: Any, code: str):
    design = a_design(county)
    with pytest.raises(Refused) as refused:
        do(county, design)
    assert refused.value.code == code


def test_another_units_books_are_not_seen_nor_touched(county: Any):
    shared, own = a_design(county), a_design(county, "北乡自印", owner="1301")
    printed(county, own, place="1301", whose="unit")
    sent(county, shared)
    handout = handed(county, own, 10)
    assert set(designs_seen_by(county.reporter, county.campaign)) == {shared, own}
    assert set(designs_seen_by(county.stranger, county.campaign)) == set()
    assert correctable(county.reporter, f"handout-{handout.pk}") == handout
    for name in (f"handout-{handout.pk}", "handout-x", "nonsense-1", "handout"):
        assert correctable(county.stranger, name) is None


STEPS = st.lists(st.tuples(st.sampled_from(("hand", "correct", "event")), st.integers(1, 400)), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_however_it_is_entered_the_figure_is_what_left_the_stock_by_itself(county: Any, steps: Any):
    from django.db import transaction

    with transaction.atomic():
        design = a_design(county)
        own: list[Handout] = []
        for what, copies in steps:
            if what == "hand" or not own:
                own.append(handed(county, design, copies))
            elif what == "correct":
                row = Handout.objects.select_related("design", "activity").get(pk=own[-1].pk)
                if row.copies != copies:
                    correct_copies(row=row, copies=copies, reason="x", by="x", at=AT)
            else:
                handed(county, design, copies, occasion="x:1")
        counted = sum(Handout.objects.filter(is_own_activity=True).values_list("copies", flat=True))
        gone = sum(Handout.objects.values_list("copies", flat=True))
        assert figure(county) == counted
        assert left(county, "1301") == -gone
        transaction.set_rollback(True)
