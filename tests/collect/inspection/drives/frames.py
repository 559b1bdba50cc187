"""Made frames of draws."""

from collections.abc import Callable
from typing import TypeVar

from safemonth.collect.inspection.drives.frame import (
    DEFAULT_WEIGHTS,
    Frame,
    FrameInspector,
    FrameInterest,
    FrameTeam,
    FrameWorkplace,
)
from safemonth.lib.refusals import Refused

Made = TypeVar("Made")
RISKS = ("red", "orange", "yellow", "blue", "")


def a_frame(
    *,
    there: int = 20,
    count: int = 8,
    teams: int = 3,
    interests=(),
    risks=RISKS,
    days: int = 3,
    visits_a_day: int = 4,
    **more,
) -> Frame:
    """Return a frame: workplaces w1 …, teams of two inspectors each (team 1: i1a, i1b), classes of risk in turn."""
    return Frame(
        drive="drive",
        count=count,
        weights=DEFAULT_WEIGHTS,
        workplaces=tuple(
            FrameWorkplace(f"w{n}", f"第{n}厂", risks[n % len(risks)], "mine", "1301") for n in range(1, there + 1)
        ),
        teams=tuple(
            FrameTeam(n, (FrameInspector(f"i{n}a", "d1"), FrameInspector(f"i{n}b", "d2"))) for n in range(1, teams + 1)
        ),
        interests=tuple(FrameInterest(*pair) for pair in interests),
        days=tuple(f"2019-06-{3 + n:02d}" for n in range(days)),
        visits_a_day=visits_a_day,
        **more,
    )


def made_or_refused(make: Callable[[], Made]) -> tuple[Made | None, str]:
    """Return what is made and no code, or nothing and the code of the refusal."""
    try:
        return make(), ""
    except Refused as refused:
        return None, refused.code
