"""How figures are said: what is said is true for every total within the bounds, in both languages."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.figures.figure import Bounds, Coverage, Number, UnitName, Words
from safemonth.figures.words import (
    chinese_number,
    english_number,
    may_say_all,
    may_say_all_reported,
    round_down,
    say,
    say_share,
    words_of,
)
from safemonth.lib.quantities import read_quantity


@dataclass(frozen=True)
class Meaning:
    """What words claim of a total: at least `lower` (more, where open) and at most `upper`."""

    lower: Fraction
    upper: Fraction | None = None
    is_open: bool = False

    def holds(self, total: Fraction) -> bool:
        if total < self.lower or (self.is_open and total == self.lower):
            return False
        return self.upper is None or total <= self.upper


NOTHING = {"none reported": Meaning(Fraction(0), Fraction(0)), "无": Meaning(Fraction(0), Fraction(0))}
OPEN_WORDS = {
    "none reported so far": Meaning(Fraction(0)),
    "暂无上报": Meaning(Fraction(0)),
    "some": Meaning(Fraction(0), is_open=True),
    "若干": Meaning(Fraction(0), is_open=True),
}
UNITS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def number_in(text: str) -> Fraction:
    """Read a number back without the code under test: 142,318; 14.25万; 0.5."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万亿|亿|万)?", text)
    assert found, text
    return Fraction(found[1].replace(",", "") + (found[2] or "")) * UNITS[found[3] or ""]


def meaning_of(text: str) -> Meaning:
    for known in (NOTHING, OPEN_WORDS):
        if text in known:
            return known[text]
    for prefix, is_open in (("more than ", True), ("超过", True), ("at least ", False), ("不少于", False)):
        if text.startswith(prefix):
            return Meaning(number_in(text.removeprefix(prefix)), is_open=is_open)
    for prefix in ("at most ", "不超过"):
        if text.startswith(prefix):
            return Meaning(Fraction(0), number_in(text.removeprefix(prefix)))
    if text.endswith("余"):
        return Meaning(number_in(text.removesuffix("余")), is_open=True)
    return Meaning(number_in(text), number_in(text))


wholes = st.one_of(
    st.integers(0, 130),
    st.integers(0, 10**12),
    st.integers(1, 99).flatmap(lambda digits: st.integers(0, 11).map(lambda noughts: digits * 10**noughts)),
    st.integers(0, 12).flatmap(lambda power: st.integers(-2, 2).map(lambda near: max(10**power + near, 0))),
)
numbers: st.SearchStrategy[Number] = wholes | st.decimals(0, 10**12, places=2)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Number, Number | None, bool]:
    lower = draw(numbers)
    more = draw(st.none() | st.just(0) | numbers)
    upper = None if more is None else Fraction(lower) + Fraction(more)
    as_number = (
        None if upper is None else (int(upper) if upper.denominator == 1 else Decimal(lower) + Decimal(more or 0))
    )
    return lower, as_number, draw(st.booleans()) and as_number != lower


@given(ranges(), st.booleans(), st.floats(0, 1))
def test_what_is_said_is_true_for_every_total_in_the_bounds(
    limits: tuple[Number, Number | None, bool], is_complete: bool, part: float
) -> None:
    lower, upper, is_open = limits
    words = say(value=lower, lower=lower, upper=upper, lower_is_open=is_open, is_complete=is_complete)
    low = Fraction(lower) + (Fraction(1, 1000) if is_open else 0)
    high = Fraction(upper) if upper is not None else low * 2 + 10
    totals = [low, high, low + (high - low) * Fraction(part)] if high >= low else [low]
    for text in (words.en, words.zh):
        assert all(meaning_of(text).holds(total) for total in totals), (text, totals)


@given(ranges(), st.booleans())
def test_both_languages_say_the_same(limits: tuple[Number, Number | None, bool], is_complete: bool) -> None:
    lower, upper, is_open = limits
    words = say(value=lower, lower=lower, upper=upper, lower_is_open=is_open, is_complete=is_complete)
    assert meaning_of(words.en) == meaning_of(words.zh)


@given(numbers, numbers, st.booleans())
def test_a_larger_lower_end_is_never_said_as_less(one: Number, other: Number, is_open: bool) -> None:
    said = [
        meaning_of(say(value=1, lower=lower, upper=None, lower_is_open=is_open, is_complete=False).en).lower
        for lower in sorted((one, other))
    ]
    assert said[0] <= said[1]


@given(numbers)
def test_less_than_an_eleventh_is_lost_from_a_hundred_on(lower: Number) -> None:
    lost = Fraction(lower) - round_down(lower)
    assert lost >= 0
    if lower >= 100:
        assert lost < Fraction(lower) / 11
    else:
        assert lost < (10 if lower >= 20 else 1)


@given(numbers)
def test_a_complete_exact_figure_is_said_to_the_last_digit(value: Number) -> None:
    words = say(value=value, lower=value, upper=value, is_complete=True)
    if value:
        assert number_in(words.en) == number_in(words.zh) == Fraction(value)


@given(wholes.filter(bool), st.booleans())
def test_our_own_reader_reads_the_chinese_words_back(lower: int, is_open: bool) -> None:
    text = say(value=lower, lower=lower, upper=None, lower_is_open=is_open, is_complete=False).zh
    read = read_quantity(f"{text}份")
    assert read is not None, text
    assert (read.value, read.qualifier) == (round_down(lower), "more_than")


@pytest.mark.parametrize(
    ("lower", "english", "chinese"),
    [
        (142_318, "more than 140,000", "14万余"),
        (140_000, "at least 140,000", "不少于14万"),
        (86, "more than 80", "80余"),
        (257, "more than 250", "250余"),
        (5_040, "more than 5,000", "5000余"),
        (10_400, "more than 10,000", "1万余"),
        (12_345, "more than 12,000", "1.2万余"),
        (123_456_789, "more than 120,000,000", "1.2亿余"),
        (5, "at least 5", "不少于5"),
        (19, "at least 19", "不少于19"),
        (20, "at least 20", "不少于20"),
        (0, "none reported so far", "暂无上报"),
        (Decimal("5.5"), "more than 5", "超过5"),
    ],
)
def test_an_incomplete_figure_is_said_by_its_lower_end(lower: Number, english: str, chinese: str) -> None:
    assert say(value=lower, lower=lower, upper=None, is_complete=False) == Words(english, chinese)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (20, "20", "20"),
        (9_999, "9,999", "9999"),
        (40_000, "40,000", "4万"),
        (142_500, "142,500", "14.25万"),
        (142_318, "142,318", "142318"),
        (123_450_000, "123,450,000", "12345万"),
        (120_000_000, "120,000,000", "1.2亿"),
        (10**12, "1,000,000,000,000", "1万亿"),
        (Decimal("1234.50"), "1,234.5", "1234.5"),
        (Decimal("1E+4"), "10,000", "1万"),
    ],
)
def test_numbers_are_written_as_in_official_texts(value: Number, english: str, chinese: str) -> None:
    assert (english_number(value), chinese_number(value)) == (english, chinese)


@pytest.mark.parametrize(
    ("lower", "english", "chinese"),
    [
        (140_000, "more than 140,000", "14万余"),
        (80, "more than 80", "80余"),
        (13, "more than 13", "超过13"),
        (0, "some", "若干"),
    ],
)
def test_more_is_said_of_a_round_number_only_where_it_is_certain(lower: int, english: str, chinese: str) -> None:
    said = say(value=lower, lower=lower, upper=None, lower_is_open=True, is_complete=True)
    assert said == Words(english, chinese)


def test_nothing_claimed_and_nought_are_said_differently() -> None:
    assert say(value=None, lower=0, upper=None, is_complete=False) == Words("not reported", "未报")
    assert say(value=None, lower=0, upper=0, is_complete=True) == Words("not reported", "未报")
    assert say(value=0, lower=0, upper=0, is_complete=True) == Words("none reported", "无")
    assert say(value=0, lower=0, upper=30, is_complete=False) == Words("none reported so far", "暂无上报")


def test_nearly_one_is_said_by_its_upper_end() -> None:
    assert say(value=1, lower=0, upper=1, is_complete=True) == Words("at most 1", "不超过1")


def test_a_negative_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        say(value=-1, lower=-1, upper=None, is_complete=False)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_never_rounded_up(part: int, whole: int) -> None:
    said = say_share(part, whole)
    assert said.en == said.zh
    percent = Fraction(said.en.removesuffix("%"))
    assert 0 <= Fraction(part * 100, whole) - percent < Fraction(1, 10)


UNIT, OTHER = UnitName("1", "甲镇"), UnitName("2", "乙镇")


def test_all_may_be_said_only_where_each_that_was_asked_did_something() -> None:
    both = (UNIT, OTHER)
    assert may_say_all(Coverage(expected=both, received=both))
    assert not may_say_all(Coverage(expected=both, received=both, nil=(OTHER,)))
    assert may_say_all_reported(Coverage(expected=both, received=both, nil=(OTHER,)))
    assert not may_say_all_reported(Coverage(expected=both, received=(UNIT,), missing=(OTHER,)))
    assert not may_say_all(Coverage())


def test_a_figure_with_a_unit_missing_is_never_said_exactly() -> None:
    bounds = Bounds(20, 20, lower_is_open=False, method="plan_cap", added_for_missing=0)
    missing = Coverage(expected=(UNIT, OTHER), received=(UNIT,), missing=(OTHER,))
    assert words_of(value=20, bounds=bounds, coverage=missing).en == "at least 20"
    assert words_of(value=20, bounds=bounds, coverage=Coverage()).en == "20"
    assert words_of(value=None, bounds=None, coverage=Coverage()).en == "not reported"
