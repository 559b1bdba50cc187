"""The consulting day in the database: set up, rosters by version, reports, one event however often it is closed."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from safemonth.collect.activities.actions import correct_values, mark_duplicate
from safemonth.collect.activities.models import Activity, Evidence, Measure, Participation
from safemonth.collect.publicity.consulting.actions import (
    NewSite,
    add_booths,
    add_sites,
    add_wish,
    change_booth,
    close_day,
    drop_booth,
    drop_site,
    make_roster,
    move_booth,
    open_day,
    release_booth,
    report_booth,
    withdraw_wish,
)
from safemonth.collect.publicity.consulting.models import BoothPlace, BoothReport, Roster, Wish
from safemonth.collect.publicity.consulting.queries import (
    board_of,
    came_since_closing,
    current_roster,
    occasion_of,
    places_of,
    roster_page,
)
from safemonth.collect.publicity.consulting.rules import read_said
from safemonth.collect.publicity.materials.actions import Line, add_design, hand_out
from safemonth.collect.publicity.materials.models import Handout
from safemonth.collect.readers.actions import take_in
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.evidence.photo_files import photo
from tests.collect.publicity.consulting.days import made_day
from tests.collect.readers.sheets.making import workbook

NOON = datetime(2019, 6, 10, 4, 0, tzinfo=UTC)


@pytest.fixture
def made(county):
    return made_day(county)


def said(**counts):
    return {code: read_said(text) for code, text in counts.items()}


def report(booth, key, at=NOON, **counts):
    return report_booth(booth=booth, key=key, counts=said(**counts), by="unit", at=at)


def close(made, **options):
    return close_day(day=made.day, by="clerk", at=NOON + timedelta(hours=2), **options)


def figure(county, indicator, unit=""):
    return FigureDesk.of(county.campaign).figure(indicator, task="consulting-day", unit=unit)


def refused(code):
    return pytest.raises(Refused, match=rf"\[{code}\]")


# Set up


def test_a_task_has_one_day_and_must_be_one_event(county, made):
    again = {"host": county.unit("d1"), "held_on": NOON.date(), "from_time": time(8), "by": "clerk", "at": AT}
    with refused("day_open_already"):
        open_day(task=county.consulting, to_time=time(9), **again)
    with refused("not_one_event"):
        open_day(task=county.everyone, to_time=time(9), **again)


@pytest.mark.parametrize(
    ("site", "code"),
    [
        (NewSite(" ", 2), "name_missing"),
        (NewSite("朝阳路口", 2), "site_named_twice"),
        (NewSite("新", 2, opens=time(9)), "hours_half"),
        (NewSite("新", 2, opens=time(9), closes=time(8)), "hours_reversed"),
        (NewSite("新", -1), "too_small"),
        (NewSite("新", 2, latitude=Decimal(39)), "position_half"),
        (NewSite("新", 2, latitude=Decimal(99), longitude=Decimal(115)), "position_off_earth"),
    ],
)
def test_a_site_that_cannot_be_is_refused_and_nothing_is_kept(made, site, code):
    with refused(code):
        add_sites(day=made.day, sites=[NewSite("好", 2), site], by="clerk", at=AT)
    assert made.day.pk and len(roster_page(made.day).problem.sites) == 2


def test_a_unit_that_stayed_away_comes_back_with_what_it_brings(made):
    booth = made.booths["d2"]
    change_booth(booth=booth, brings={"boards": 4, "elephant": 1}, copies=900, materials="", by="clerk", at=AT)
    drop_booth(booth=booth, by="clerk", at=AT)
    assert {b.code for b in roster_page(made.day).problem.booths} == {"d1", "d3"}
    add_booths(day=made.day, units=[booth.unit], by="clerk", at=AT)
    assert roster_page(made.day).problem.booth["d2"].brings == {"boards": 4}


def test_a_later_wish_for_hours_takes_the_place_of_an_earlier_and_the_same_wish_is_one(made):
    booth = made.booths["d1"]
    for start in (9, 10, 10):
        add_wish(booth=booth, kind="hours", from_time=time(start), to_time=time(11), by="clerk", at=AT)
    assert list(Wish.objects.filter(is_withdrawn=False).values_list("from_time", flat=True)) == [time(10)]
    for _ in range(2):
        add_wish(booth=booth, kind="apart", other=made.booths["d2"], by="clerk", at=AT)
    assert Wish.objects.filter(kind="apart").count() == 1


def test_a_wish_without_what_it_needs_is_refused(made):
    for kind in ("together", "at", "hours", "nonsense"):
        with refused("wish_incomplete"):
            add_wish(booth=made.booths["d1"], kind=kind, by="clerk", at=AT)
    with refused("wish_incomplete"):
        add_wish(booth=made.booths["d1"], kind="together", other=made.booths["d1"], by="clerk", at=AT)


# Rosters


def test_a_roster_keeps_the_wishes_and_is_the_current_version(made):
    add_wish(booth=made.booths["d1"], kind="together", other=made.booths["d3"], by="clerk", at=AT)
    roster = make_roster(day=made.day, by="clerk", at=AT)
    site_of = {row.booth.unit.code: row.site_id for row in places_of(roster)}
    assert roster.status == "best" and roster.is_current and site_of["d1"] == site_of["d3"]
    assert make_roster(day=made.day, by="clerk", at=AT).pk == roster.pk


def test_where_it_cannot_be_done_the_reason_is_kept_and_the_roster_that_stood_stays(made):
    first = make_roster(day=made.day, by="clerk", at=AT)
    wish = add_wish(booth=made.booths["d1"], kind="at", site=made.sites[0], by="clerk", at=AT)
    other = add_wish(booth=made.booths["d1"], kind="not_at", site=made.sites[0], by="clerk", at=AT)
    failed = make_roster(day=made.day, by="clerk", at=AT)
    assert failed.status == "impossible" and failed.is_smallest and not failed.is_current
    assert {row["code"] for row in failed.reason} == {f"wish-{wish.pk}", f"wish-{other.pk}"}
    assert {row["code"] for row in failed.remedies} == {f"wish-{wish.pk}", f"wish-{other.pk}"}
    assert current_roster(made.day) == first
    withdraw_wish(wish=other, by="clerk", at=AT)
    assert make_roster(day=made.day, by="clerk", at=AT).status == "best"


def test_a_booth_moved_by_hand_stays_where_it_was_put_until_it_is_let_go(made):
    add_wish(booth=made.booths["d1"], kind="at", site=made.sites[0], is_must=False, by="clerk", at=AT)
    make_roster(day=made.day, by="clerk", at=AT)
    moved = move_booth(booth=made.booths["d1"], site=made.sites[1], by="clerk", at=AT)
    assert moved.status == "by_hand" and [w.kind for w in roster_page(made.day).unmet] == ["at"]
    solved = make_roster(day=made.day, by="clerk", at=AT)
    place = BoothPlace.objects.get(roster=solved, booth=made.booths["d1"])
    assert place.site == made.sites[1] and place.is_locked
    release_booth(place=place, by="clerk", at=AT)
    freed = make_roster(day=made.day, by="clerk", at=AT)
    assert BoothPlace.objects.get(roster=freed, booth=made.booths["d1"]).site == made.sites[0]
    assert [r.version for r in Roster.objects.order_by("version")] == [1, 2, 3, 4]
    assert Roster.objects.filter(is_current=True).count() == 1


def test_a_move_that_breaks_a_limit_is_made_and_said(made):
    make_roster(day=made.day, by="clerk", at=AT)
    for code in ("d1", "d2", "d3"):
        move_booth(booth=made.booths[code], site=made.sites[0], by="clerk", at=AT)
    assert {b.code for b in roster_page(made.day).breaches} == {"too_full", "number_beyond"}
    assert make_roster(day=made.day, by="clerk", at=AT).status == "impossible"


def test_a_site_taken_off_the_day_is_said_to_be_unknown_and_solved_around(made):
    for code in ("d1", "d2"):
        move_booth(booth=made.booths[code], site=made.sites[0], by="clerk", at=AT)
    drop_site(site=made.sites[1], by="clerk", at=AT)
    drop_booth(booth=made.booths["d3"], by="clerk", at=AT)
    assert roster_page(made.day).breaches == ()
    drop_site(site=made.sites[0], by="clerk", at=AT)
    assert {b.code for b in roster_page(made.day).breaches} == {"unknown_site"}
    with refused("nothing_to_place"):
        make_roster(day=made.day, by="clerk", at=AT)


# Reports


def test_a_later_total_takes_the_place_of_an_earlier_and_is_not_added(made):
    report(made.booths["d1"], "a", people_consulted="100", leaflets_distributed="300")
    report(made.booths["d1"], "b", people_consulted="250")
    assert board_of(made.day).totals == {"people_consulted": 250, "leaflets_distributed": 300}


def test_the_same_form_sent_twice_is_one_report(made):
    first, is_new = report(made.booths["d1"], "a", people_consulted="100")
    assert is_new and report(made.booths["d1"], "a", people_consulted="100") == (first, False)
    assert BoothReport.objects.count() == 1


def test_a_total_that_falls_is_asked_about_and_taken_as_a_correction(made):
    report(made.booths["d1"], "a", people_consulted="100")
    with refused("totals_fell"):
        report(made.booths["d1"], "b", people_consulted="30")
    report_booth(
        booth=made.booths["d1"], key="b", counts=said(people_consulted="30"), is_correction=True, by="u", at=NOON
    )
    assert board_of(made.day).totals["people_consulted"] == 30


def test_a_booth_that_says_only_that_it_is_there_counts_as_there(made):
    report(made.booths["d1"], "here")
    board = board_of(made.day)
    assert [line.booth.unit.code for line in board.there] == ["d1"] and not board.counted
    assert [line.booth.unit.code for line in board.silent] == ["d2", "d3"]
    with refused("booth_reported"):
        drop_booth(booth=made.booths["d1"], by="clerk", at=AT)


@pytest.mark.parametrize("text", ["many", "-3", "2.5", "20-30"])
def test_what_is_no_whole_number_is_refused(text):
    with refused("not_a_number"):
        read_said(text)


def test_what_is_no_photo_is_refused_and_nothing_is_kept(made):
    with refused("not_a_photo"):
        report_booth(booth=made.booths["d1"], key="a", counts={}, photo=(b"hello", "a.jpg"), by="u", at=NOON)
    assert not BoothReport.objects.exists()


def test_the_board_asks_the_database_no_more_for_more_booths(made, django_assert_num_queries):
    make_roster(day=made.day, by="clerk", at=AT)
    for code, booth in made.booths.items():
        report(booth, code, people_consulted="10")
    with django_assert_num_queries(5):
        board_of(made.day)


# Closing


def test_a_day_becomes_one_event_with_every_unit_and_no_sum_beside_the_parts(county, made):
    make_roster(day=made.day, by="clerk", at=AT)
    report(made.booths["d1"], "a", leaflets_distributed="5000余", people_consulted="1200")
    report(made.booths["d2"], "a", leaflets_distributed="2600", people_consulted="820")
    report(made.booths["d3"], "here")
    activity = close(made).activity
    assert Activity.objects.count() == 1 and activity.kind == "consulting_day" and activity.task == county.consulting
    assert set(Participation.objects.values_list("unit__code", flat=True)) == {"d1", "d2", "d3"}
    leaflets = figure(county, "leaflets_distributed")
    assert leaflets.value == 7600 and leaflets.words.zh == "7600余"
    assert figure(county, "leaflets_distributed", unit="d1").value == 5000
    assert figure(county, "people_consulted").scope.basis == "person_times"
    assert figure(county, "departments_taking_part").value == 3
    assert figure(county, "consulting_sites").value == 2


def test_a_booth_of_which_nothing_came_did_not_take_part(county, made):
    report(made.booths["d1"], "a", people_consulted="10")
    close(made)
    assert figure(county, "departments_taking_part").value == 1
    assert not Participation.objects.filter(unit__code="d2").exists()


def test_closing_again_after_a_late_report_makes_a_version_and_never_a_second_event(county, made):
    report(made.booths["d1"], "a", leaflets_distributed="100")
    first = close(made)
    assert close(made) == first
    report(made.booths["d2"], "a", leaflets_distributed="40")
    assert came_since_closing(made.day) == 1
    second = close(made)
    assert second.activity.key == first.activity.key and second.activity.version == 2
    assert Activity.objects.filter(is_current=True).count() == 1 and came_since_closing(made.day) == 0
    assert figure(county, "leaflets_distributed").value == 140


def test_a_day_of_which_nothing_came_is_not_closed(made):
    with refused("nobody_reported"):
        close(made)


def test_a_correction_by_hand_is_replaced_only_where_the_clerk_says_so(county, made):
    report(made.booths["d1"], "a", leaflets_distributed="100")
    activity = close(made).activity
    values = {m.pk: "90" if m.indicator_id == "leaflets_distributed" else str(m.value) for m in Measure.objects.all()}
    corrected = correct_values(activity=activity, values=values, reason="数错", by="clerk", at=NOON)
    report(made.booths["d2"], "a", leaflets_distributed="40")
    with refused("event_on_record"):
        close(made)
    close(made, in_place_of=corrected)
    assert figure(county, "leaflets_distributed").value == 140
    assert Activity.objects.filter(is_current=True).count() == 1


ROWS: list[list[object]] = [
    ["单位", "地点", "发放宣传资料（份）"],
    ["公安局", "朝阳路口", 2600],
    ["气象局", "迎宾路口", 900],
]


def sheet(county):
    return take_in(
        campaign=county.campaign,
        data=workbook(ROWS),
        file_name="咨询日.xlsx",
        channel="sheet",
        sender=None,
        by="clerk",
        at=AT,
        task="consulting-day",
    )


def test_an_event_that_a_sheet_recorded_is_replaced_only_where_the_clerk_says_so(county, made):
    sheet(county)
    (standing,) = Activity.objects.all()
    report(made.booths["d2"], "a", leaflets_distributed="2700")
    with refused("event_on_record"):
        close(made)
    assert figure(county, "leaflets_distributed").value == 3500
    closed = close(made, in_place_of=standing).activity
    assert closed.key == standing.key and figure(county, "leaflets_distributed").value == 2700


def test_a_sheet_about_a_day_that_was_closed_is_held_and_counts_nothing(county, made):
    report(made.booths["d2"], "a", leaflets_distributed="2600")
    close(made)
    taken = sheet(county)
    assert taken.left_open == len(ROWS) - 1 and figure(county, "leaflets_distributed").value == 2600


def test_a_decision_that_the_event_is_a_double_outlives_a_closing(county, made):
    report(made.booths["d1"], "a", leaflets_distributed="100")
    activity = close(made).activity
    other = copies_given_out(county, "d3").activity
    mark_duplicate(activity=activity, of=other, by="clerk", at=NOON, reason="同一次")
    report(made.booths["d2"], "a", leaflets_distributed="40")
    closed = close(made).activity
    assert closed.version == 2 and closed.duplicate_of == other
    assert figure(county, "leaflets_distributed").value is None


def test_a_booths_photo_bears_out_its_own_numbers_and_no_others(county, made):
    report_booth(
        booth=made.booths["d1"],
        key="a",
        counts=said(leaflets_distributed="100"),
        photo=(photo(1), "展位.jpg"),
        by="u",
        at=NOON,
    )
    report(made.booths["d2"], "a", leaflets_distributed="40")
    close(made)
    states = Measure.objects.filter(indicator="leaflets_distributed").values_list("unit__code", "state")
    assert dict(states) == {"d1": "evidenced", "d2": "claimed"}
    report(made.booths["d2"], "b", leaflets_distributed="50")
    close(made)
    assert Evidence.objects.count() == 1
    current = Measure.objects.filter(indicator="leaflets_distributed", activity__is_current=True)
    assert dict(current.values_list("unit__code", "state")) == {"d1": "evidenced", "d2": "claimed"}


def copies_given_out(county, code, occasion=""):
    design = add_design(
        campaign=county.campaign,
        title="安全生产法折页",
        kind="leaflet",
        indicator="leaflets_distributed",
        owner=county.unit(code),
        by="clerk",
        at=AT,
    )
    (handout,) = hand_out(
        campaign=county.campaign,
        place=county.unit(code),
        given_on=NOON.date(),
        lines=[Line(design, 70)],
        occasion=occasion,
        by="u",
        at=NOON,
    )
    return handout


def test_copies_from_the_stock_are_within_what_the_booth_said_and_count_only_where_it_said_nothing(county, made):
    for code in ("d1", "d2"):
        copies_given_out(county, code, occasion_of(made.day))
    report(made.booths["d1"], "a", leaflets_distributed="100")
    report(made.booths["d2"], "here")
    activity = close(made).activity
    assert figure(county, "leaflets_distributed").value == 170
    assert set(Handout.objects.values_list("activity", flat=True)) == {activity.pk}


def test_all_that_was_written_is_in_the_ledger_as_it_stands(county, made):
    make_roster(day=made.day, by="clerk", at=AT)
    move_booth(booth=made.booths["d1"], site=made.sites[1], by="clerk", at=AT)
    report(made.booths["d1"], "a", leaflets_distributed="100")
    close(made)
    assert list(disagreements()) == []
