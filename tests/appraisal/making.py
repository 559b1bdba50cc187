"""Facts about made-up units, for Hypothesis and for examples."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from safemonth.appraisal.scoring.facts import (
    FindingFact,
    HazardFact,
    JudgementFact,
    MeetingFact,
    TaskFact,
    UnitFacts,
    VolumeFact,
)
from safemonth.appraisal.scoring.rules import lines_of
from safemonth.appraisal.scoring.weighing import points_of
from safemonth.appraisal.sheets.rules import WAYS, Item

DUE = date(2019, 7, 3)
AS_OF = date(2019, 7, 20)
TASKS = ("everyone", "consulting-day", "media")


def item(code, way, weight, **said):
    """An item with its way's own thresholds, unless others are said."""
    thresholds = {"full_at": WAYS[way].full_at, "none_at": WAYS[way].none_at}
    return Item(code=code, title=code, way=way, weight=Decimal(weight), **{**thresholds, **said})


SHEET = [
    item("answered", "answered", 10),
    item("on-time", "on_time", 20),
    item("evidenced", "evidenced", 25),
    item("borne-out", "borne_out", 10),
    item("hazards", "hazards_in_time", 10),
    item("done", "done", 10),
    item("meeting", "attended", 5),
    item("method", "judged", 5),
    item("leaflets", "volume", 5, indicator="leaflets"),
]

days = st.integers(0, 25).map(lambda n: DUE - timedelta(days=8) + timedelta(days=n))


@st.composite
def task_facts(draw, name):
    """A task with whatever may have come of it."""
    came = draw(st.none() | days)
    is_nil = came is not None and draw(st.booleans())
    return TaskFact(
        task=name,
        due_on=draw(st.sampled_from([DUE, None, AS_OF + timedelta(days=2)])),
        came_on=came,
        is_nil=is_nil,
        is_evidenced=came is not None and not is_nil and draw(st.booleans()),
        no_chance=draw(st.sampled_from(["", "", "", "called_off", "assigned_late"])),
    )


@st.composite
def unit_facts(draw, code="u"):
    """A unit of which anything may be known or unknown."""
    names = draw(st.lists(st.sampled_from(TASKS), unique=True, max_size=3))
    volume = draw(st.none() | st.builds(VolumeFact, st.none() | st.integers(0, 5000)))
    share = draw(st.none() | st.integers(0, 4))
    return UnitFacts(
        code=code,
        kind=draw(st.sampled_from(["township", "department"])),
        population=draw(st.none() | st.integers(1, 20000)),
        tasks=tuple(draw(task_facts(name)) for name in names),
        findings=tuple(draw(st.lists(st.builds(FindingFact, st.integers(0, 50), st.integers(0, 50)), max_size=2))),
        hazards=tuple(draw(st.lists(st.builds(HazardFact, days, st.none() | days), max_size=2))),
        meetings=tuple(draw(st.lists(st.builds(MeetingFact, st.booleans()), max_size=2))),
        volumes={} if volume is None else {"leaflets": volume},
        judgements={} if share is None else {"method": JudgementFact(Fraction(share, 4), "说明")},
    )


@st.composite
def counties(draw, least=1):
    """Some units with codes of their own."""
    return [
        replace(each, code=f"u{at}") for at, each in enumerate(draw(st.lists(unit_facts(), min_size=least, max_size=7)))
    ]


def scored(units, items=SHEET, as_of=AS_OF):
    """The points of each unit by code."""
    return {code: points_of(items, lines) for code, lines in lines_of(items, units, as_of=as_of).items()}


def bounds(points):
    """The points as a pair, None where nothing could be scored."""
    return None if points is None else (points.low, points.high)
