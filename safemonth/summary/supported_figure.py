"""What visits support of a figure, as a figure of its own that a summary freezes. Plain Python."""

from safemonth.figures.figure import Bounds, Coverage, Figure, Scope, UnitName
from safemonth.summary.facts import TestedFact

# An indicator under this name is no indicator of the plan: it is what visits support of one.
PREFIX = "supported:"


def supported_figure(indicator: str, tested: TestedFact, campaign: str) -> Figure:
    """Return what visits support of a figure, as a figure: its bounds are the interval, its value the lower end rounded down."""
    upper = None if tested.upper is None else -int(-tested.upper // 1)
    return Figure(
        id=f"{PREFIX}{indicator}@{campaign}",
        indicator=f"{PREFIX}{indicator}",
        scope=Scope(campaign=campaign, unit=UnitName("", ""), basis="things"),
        value=int(tested.lower),
        aggregation="sum",
        coverage=Coverage(),
        state="checked",
        bounds=Bounds(lower=int(tested.lower), upper=upper, lower_is_open=False, method="supported_by_visits"),
        words=tested.words,
    )
