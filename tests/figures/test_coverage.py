"""Coverage: who was asked, who answered, who is late, nil or missing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from safemonth.figures.coverage import Expected, cover
from safemonth.figures.figure import UnitName

DUE = date(2026, 6, 30)
codes = st.sampled_from("abcdef")
days = st.dates(date(2026, 6, 25), date(2026, 7, 5))
known = st.dictionaries(codes, days, max_size=6)


def unit(code: str) -> UnitName:
    return UnitName(code, f"unit {code}")


@given(st.lists(st.tuples(codes, st.none() | days)), known, known)
def test_everyone_expected_is_received_or_missing_and_never_both(
    asked: list[tuple[str, date | None]], reported: dict[str, date], nil: dict[str, date]
) -> None:
    coverage = cover([Expected(unit(code), due) for code, due in asked], reported_on=reported, nil_on=nil)
    assert len(coverage.expected) == len({code for code, _ in asked})
    assert sorted(u.code for u in coverage.received + coverage.missing) == sorted(u.code for u in coverage.expected)
    assert set(coverage.nil) | set(coverage.late) <= set(coverage.received)
    assert {u.code for u in coverage.unasked} == (reported.keys() | nil.keys()) - {code for code, _ in asked}
    assert coverage.is_complete == (not coverage.missing)


def test_a_report_on_the_due_date_is_in_time_and_one_the_day_after_is_late() -> None:
    asked = [Expected(unit("a"), DUE), Expected(unit("b"), DUE), Expected(unit("c"))]
    reported = {"a": DUE, "b": date(2026, 7, 1), "c": date(2027, 1, 1)}
    assert [late.code for late in cover(asked, reported_on=reported).late] == ["b"]


def test_the_first_that_came_says_whether_a_unit_is_late() -> None:
    coverage = cover([Expected(unit("a"), DUE)], reported_on={"a": date(2026, 7, 3)}, nil_on={"a": date(2026, 6, 1)})
    assert coverage.late == ()


def test_the_earliest_due_date_holds_where_a_unit_was_asked_more_than_once() -> None:
    asked = [Expected(unit("a")), Expected(unit("a"), date(2026, 7, 9)), Expected(unit("a"), DUE)]
    assert cover(asked, reported_on={"a": date(2026, 7, 1)}).late == (unit("a"),)


def test_a_unit_that_reported_is_not_nil_even_if_it_signed_so() -> None:
    coverage = cover([Expected(unit("a"), DUE)], reported_on={"a": DUE}, nil_on={"a": DUE})
    assert (coverage.received, coverage.nil) == ((unit("a"),), ())


def test_where_nobody_was_asked_no_share_can_be_stated() -> None:
    coverage = cover([], reported_on={"a": DUE}, names={"a": unit("a")})
    assert coverage.reported_share is None
    assert coverage.unasked == (unit("a"),)
