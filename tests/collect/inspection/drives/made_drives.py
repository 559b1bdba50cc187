"""A made drive of the cast's county: workplaces of three townships, six inspectors of three departments."""

from datetime import date

from safemonth.collect.inspection.drives.actions import (
    add_inspector,
    hold_draw,
    lay_down_seed,
    load_themes,
    open_drive,
    propose_teams,
)
from safemonth.collect.inspection.drives.models import Draw, Drive, Theme
from safemonth.collect.inspection.workplaces.actions import register_workplace
from safemonth.collect.inspection.workplaces.models import Workplace
from tests.cast import AT

DAYS = (date(2019, 6, 3), date(2019, 6, 4))
RISKS = ("red", "orange", "yellow", "blue")


def made_workplaces(county, count: int = 12) -> list[Workplace]:
    """Register workplaces w1 …, by turns in the three townships and the four classes of risk."""
    return [
        register_workplace(
            fields={
                "name": f"第{n}采石场",
                "trade": "mine",
                "risk_class": RISKS[n % 4],
                "township": county.unit(("1301", "1302", "1303")[n % 3]),
                "department": county.unit("d1"),
            },
            by="clerk",
            at=AT,
        )
        for n in range(1, count + 1)
    ]


def made_drive(county, *, workplaces: int = 12, **options) -> Drive:
    """Open a joint drive with workplaces, inspectors and two teams."""
    made_workplaces(county, workplaces)
    load_themes(by="clerk", at=AT)
    drive = open_drive(
        campaign=county.campaign,
        kind="joint",
        title="打击非法开采联合检查",
        title_en="Joint inspection of illegal mining",
        theme=Theme.objects.get(code="illegal-mining"),
        led_by=county.unit("d1"),
        from_on=DAYS[0],
        to_on=date(2019, 6, 8),
        trades=("mine",),
        by="clerk",
        at=AT,
        **options,
    )
    for unit in ("d1", "d2", "d3"):
        for post in ("执法队长", "执法队员"):
            add_inspector(
                unit=county.unit(unit),
                post_title=f"{unit}{post}",
                certificate_number=f"{unit}-{post}",
                by="clerk",
                at=AT,
            )
    propose_teams(drive=drive, count=2, by="clerk", at=AT)
    return drive


def drawn(drive: Drive, *, seed: str = "s", count: int = 6, **options) -> Draw:
    """Lay down a seed and hold the draw."""
    lay_down_seed(drive=drive, seed=seed, by="clerk", at=AT)
    return hold_draw(drive=drive, count=count, days=DAYS, visits_a_day=3, by="clerk", at=AT, **options)
