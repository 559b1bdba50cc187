"""The worked example of docs/figures/scores.md."""

from datetime import timedelta
from decimal import Decimal

from safemonth.appraisal.scoring.facts import TaskFact, UnitFacts, VolumeFact
from tests.appraisal.making import AS_OF, DUE, bounds, item, scored

SHEET = [
    item("on-time", "on_time", 40),
    item("evidence", "evidenced", 30),
    item("visits", "borne_out", 20),
    item("leaflets", "volume", 10, indicator="leaflets"),
]
OTHERS = [UnitFacts(f"o{n}", "township", volumes={"leaflets": VolumeFact(n)}) for n in (500, 600, 700, 800)]


def test_the_page_s_example_gives_the_page_s_numbers():
    task = TaskFact("everyone", DUE, DUE + timedelta(days=4), is_evidenced=True)
    points = scored([UnitFacts("a", "township", tasks=(task,), volumes={"leaflets": VolumeFact(300)}), *OTHERS], SHEET)[
        "a"
    ]
    assert bounds(points) == (Decimal("74.43"), Decimal("74.43"))
    assert [round(float(each.weight), 2) for each in points.lines] == [51.43, 38.57, 0, 10]
    assert [round(float(each.low), 2) for each in points.lines] == [30.86, 38.57, 0, 5]


def test_the_silent_township_of_the_page_has_its_bounds():
    assert (AS_OF - DUE).days == 17
    silent = UnitFacts("a", "township", tasks=(TaskFact("everyone", DUE),), volumes={"leaflets": VolumeFact(None)})
    assert bounds(scored([silent, *OTHERS], SHEET)["a"]) == (Decimal("0.00"), Decimal("48.57"))
