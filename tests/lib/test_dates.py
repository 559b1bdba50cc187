"""Dates as sheets and letters write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.lib.dates import DateSpan, date_of_serial, find_dates, find_year, read_dates

JUNE_16 = (date(2026, 6, 16), date(2026, 6, 16))


def span(text: str, year: int | None = 2026, month: int | None = 6) -> tuple[date, date] | None:
    found = read_dates(text, default_year=year, default_month=month)
    return (found.from_on, found.to_on) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "2026年6月16日", "2026-06-16", "2026/6/16", "2026.6.16", "26.6.16", "6月16日", "6月16号", "6.16", "6-16", "6/16",
        "20260616", "２０２６年６月１６日", "二〇二六年六月十六日", "六月十六日", "2026年6月16日（周二）", "6月16日上午",
        "2026-06-16 09:30", "2026-06-16T00:00:00", "16 June 2026", "June 16, 2026", "16th June", "Jun 16", "16/6/2026",
        "6/16/2026", "16.06.2026", "26年6月16日", "6月16", "16-Jun-2026", "16-Jun",
    ],
)  # fmt: skip
def test_one_day_is_read_in_every_form(text: str) -> None:
    assert span(text) == JUNE_16


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6月10-12日", 10, 12),
        ("6月10日至12日", 10, 12),
        ("6月10日—6月12日", 10, 12),
        ("2026年6月10日至6月12日", 10, 12),
        ("2026.6.10-2026.6.12", 10, 12),
        ("2026.6.10-6.12", 10, 12),
        ("6.10-6.12", 10, 12),
        ("6月上旬", 1, 10),
        ("6月中旬", 11, 20),
        ("6月下旬", 21, 30),
        ("6月份", 1, 30),
        ("2026年6月", 1, 30),
        ("2026-06", 1, 30),
        ("10-12 June 2026", 10, 12),
        ("June 10-12, 2026", 10, 12),
        ("June 2026", 1, 30),
        ("6月10、12日", 10, 12),
    ],
)
def test_several_days_are_read_with_both_ends(text: str, first: int, last: int) -> None:
    assert span(text) == (date(2026, 6, first), date(2026, 6, last))


def test_a_span_may_cross_months() -> None:
    assert span("6月28日-7月2日") == (date(2026, 6, 28), date(2026, 7, 2))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "300",
        "约300",
        "6月31日",
        "2026年13月1日",
        "13800138000",
        "富岗乡",
        "第23个安全生产月",
        "0312-8888888",
        "99",
        "6月16日宣传咨询",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert span(text) is None


def test_without_a_year_and_a_default_there_is_no_date() -> None:
    assert span("6月16日", year=None) is None
    assert span("2026年6月16日", year=None) == JUNE_16


def test_day_and_month_that_could_change_places_are_ambiguous() -> None:
    found = read_dates("06/07/2026")
    assert found is not None and found.is_ambiguous
    settled = read_dates("16/06/2026")
    assert settled == DateSpan(*JUNE_16)


def test_a_vague_date_says_so() -> None:
    vague = read_dates("6月上旬", default_year=2026)
    exact = read_dates("6月3日", default_year=2026)
    assert vague is not None and not vague.is_exact
    assert exact is not None and exact.is_exact and not exact.year_said


def test_a_date_is_found_in_a_title() -> None:
    found = find_dates("统计时间：6月1日至6月20日（安监局）", default_year=2026)
    assert found is not None and (found.from_on, found.to_on) == (date(2026, 6, 1), date(2026, 6, 20))
    assert find_dates("富岗乡安全生产月统计表", default_year=2026) is None


def test_a_year_is_found_only_where_it_is_one() -> None:
    assert find_year("2026年安全生产月统计表") == 2026
    assert find_year("2025年与2026年对比") is None
    assert find_year("发放宣传单2000份") is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_an_excel_serial_is_the_day_that_excel_shows(day: date) -> None:
    assert date_of_serial((day - date(1899, 12, 30)).days) == day


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 11, 1)), st.integers(0, 50))
def test_what_is_written_is_read_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    written = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    found = read_dates(written)
    assert found is not None and (found.from_on, found.to_on) == (first, last)


@given(st.text(alphabet="0123456789年月日号.-/至~ 上旬六十〇Juner,:、（）", max_size=24))
def test_no_text_raises_and_ends_never_cross(text: str) -> None:
    for found in (read_dates(text, default_year=2026), find_dates(text, default_year=2026)):
        assert found is None or found.from_on <= found.to_on
