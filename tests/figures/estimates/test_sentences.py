"""An estimate is said beside its figure, in both languages, and never overstated."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.figures.estimates.estimate import Estimate
from safemonth.figures.estimates.sentences import round_outwards, say_estimate
from safemonth.figures.figure import Words

FIGURE = Words("more than 140,000", "14万余")
ESTIMATE = Estimate(
    value=142_318.0, lower=131_266.4, upper=146_204.9, level=0.95, claimed=142_318, visited=12, planned=12, units=56
)


def test_a_figure_is_said_with_its_visits_and_the_range_they_support() -> None:
    said = say_estimate(ESTIMATE, FIGURE)
    assert said.en == "more than 140,000 (12 of 56 units visited; supported: 131,000 to 147,000)"
    assert said.zh == "14万余（已核查56个单位中的12个；核查支持131,000至147,000）"


def test_where_visits_find_less_than_was_claimed_the_estimate_is_said() -> None:
    said = say_estimate(replace(ESTIMATE, value=128_400.0, lower=119_000.0, upper=137_000.0), FIGURE)
    assert said.en == "an estimated 128,000 (12 of 56 units visited; supported: 119,000 to 137,000)"
    assert said.zh == "估计12.8万（已核查56个单位中的12个；核查支持119,000至137,000）"


def test_without_a_point_the_most_that_is_supported_bounds_what_is_said() -> None:
    said = say_estimate(replace(ESTIMATE, value=None, lower=60_000.0, upper=135_000.0), FIGURE)
    assert said.en == "at most 135,000 (12 of 56 units visited; supported: 60,000 to 135,000)"


def test_without_an_upper_end_or_a_visit_no_more_is_said_than_there_is() -> None:
    assert say_estimate(replace(ESTIMATE, upper=None), FIGURE).en.endswith("supported: at least 131,000, no upper end)")
    assert say_estimate(replace(ESTIMATE, upper=None), FIGURE).zh.endswith("核查支持不少于131,000，无上限）")
    unvisited = say_estimate(replace(ESTIMATE, visited=0, value=None, lower=0.0, upper=142_318.0), FIGURE)
    assert (unvisited.en, unvisited.zh) == (
        "more than 140,000 (none of 56 units visited)",
        "14万余（56个单位均未核查）",
    )


def test_once_all_are_counted_the_count_is_said() -> None:
    said = say_estimate(replace(ESTIMATE, value=139_007.0, lower=139_007.0, upper=139_007.0, visited=56), FIGURE)
    assert said.en == "139,007 (56 of 56 units visited; all counted)"
    assert said.zh == "139007（已核查56个单位中的56个；已全部核查）"


@given(st.floats(0, 1e12))
def test_ends_are_rounded_outwards_to_three_digits(number: float) -> None:
    down, up = round_outwards(number, up=False), round_outwards(number, up=True)
    slack = 1e-9 * max(number, 1) + 1e-9
    assert down <= number + slack and up >= number - slack
    assert up - down <= max(0.0101 * number, 1)
    assert len(str(down).rstrip("0")) <= 3 and len(str(up).rstrip("0")) <= 3


@pytest.mark.parametrize(("number", "down", "up"), [(0, 0, 0), (999.2, 999, 1000), (131_000, 131_000, 131_000)])
def test_a_round_end_stays_as_it_is(number: float, down: int, up: int) -> None:
    assert (round_outwards(number, up=False), round_outwards(number, up=True)) == (down, up)
