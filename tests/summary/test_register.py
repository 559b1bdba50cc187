"""What a summary says of the register of hazards: counts, a rate and days, each with its trace, rounded to no advantage."""

import pytest

from safemonth.figures.figure import UnitName
from safemonth.summary.facts import UnitList
from safemonth.summary.tags import days_figure, rate_figure


def listed(count: int, *, days: tuple[int, ...] = ()) -> UnitList:
    """A list of so many hazards."""
    units = tuple(UnitName(f"HZ-{number}", f"隐患{number}", "") for number in range(count))
    return UnitList("hazards", units, "hazards", days=days)


@pytest.mark.parametrize(
    ("some", "of", "words"), [(2, 3, "66.6%"), (3, 3, "100%"), (0, 3, "0%"), (999, 1000, "99.9%"), (0, 0, "0%")]
)
def test_a_rate_is_rounded_down(some, of, words):
    assert rate_figure("a", listed(some), "b", listed(of), "c").words.zh == words


@pytest.mark.parametrize(
    ("days", "mean", "median"),
    [((1, 2, 4), "2.4", "2"), ((0, 0, 1, 9), "2.5", "0.5"), ((5,), "5", "5"), ((0, 0), "0", "0")],
)
def test_days_are_rounded_up(days, mean, median):
    units = listed(len(days), days=days)
    assert [days_figure("a", units, how, "c").words.en for how in ("mean", "median")] == [mean, median]
    assert [line.value for line in days_figure("a", units, "mean", "c").trace] == list(days)
