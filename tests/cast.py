"""The small fixed cast: one county, three townships, a few villages and departments, and one account of each role.

`stranger` reports for 南乡 and must never see what is 北乡's.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from safemonth.organisation.actions import NewUnit, add_units, open_account
from safemonth.organisation.models import Unit, User
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.actions import add_task, assign, load_indicator_list, open_campaign
from safemonth.plan.models import Campaign, Task

AT = datetime(2019, 6, 20, 8, 0, tzinfo=UTC)
PASSWORD = "a-long-pass-word"

UNITS = (
    NewUnit("13", "山县", "county", name_en="Shan County"),
    NewUnit("1301", "北乡", "township", "13", name_en="Bei Township", population=12000),
    NewUnit("1302", "南乡", "township", "13", name_en="Nan Township", population=9000),
    NewUnit("1303", "西镇", "township", "13", name_en="Xi Town", population=20000),
    NewUnit("130101", "东关村", "village", "1301"),
    NewUnit("130102", "河口村", "village", "1301"),
    NewUnit("130201", "东关村", "village", "1302"),
    NewUnit("d1", "安全生产监督管理局", "department", "13", name_en="safety bureau", other_names=("安监局",)),
    NewUnit("d2", "公安局", "department", "13", name_en="police"),
    NewUnit("d3", "气象局", "department", "13", name_en="weather bureau"),
)


@dataclass(frozen=True)
class County:
    """What the cast set up."""

    campaign: Campaign
    everyone: Task
    consulting: Task
    clerk: User
    leader: User
    reporter: User
    stranger: User

    def unit(self, code: str) -> Unit:
        """Return a unit by code."""
        return unit_by_code(code)


def set_up_county() -> County:
    """Make the county in the test's database."""
    load_indicator_list(by="test", at=AT)
    add_units(units=UNITS, by="test", at=AT)
    top = unit_by_code("13")
    campaign = open_campaign(
        code="2019-06",
        name="2019年安全生产月",
        name_en="Safety Production Month 2019",
        unit=top,
        starts_on=date(2019, 6, 1),
        ends_on=date(2019, 6, 30),
        returns_due_on=date(2019, 7, 5),
        by="test",
        at=AT,
    )
    everyone = add_task(
        campaign=campaign,
        code="everyone",
        title="广泛宣传",
        title_en="Publicity by every unit",
        chapter="publicity",
        kind="publicity",
        due_on=date(2019, 7, 5),
        indicators=("leaflets_distributed", "banners_hung", "slogans_posted", "people_consulted"),
        by="test",
        at=AT,
    )
    assign(task=everyone, rule="kind:township+kind:department", by="test", at=AT)
    consulting = add_task(
        campaign=campaign,
        code="consulting-day",
        title="咨询日",
        title_en="Consulting day",
        chapter="publicity",
        kind="consulting_day",
        held_on=date(2019, 6, 10),
        is_one_event=True,
        indicators=("leaflets_distributed", "people_consulted", "departments_taking_part", "consulting_sites"),
        by="test",
        at=AT,
    )
    assign(task=consulting, rule="kind:department", by="test", at=AT)

    def account(name: str, role: str, unit: str) -> User:
        return open_account(
            username=name, password=PASSWORD, role=role, unit=unit_by_code(unit), by="test", at=AT, post_title=name
        )

    return County(
        campaign=campaign,
        everyone=everyone,
        consulting=consulting,
        clerk=account("clerk", "clerk", "d1"),
        leader=account("leader", "leader", "13"),
        reporter=account("reporter", "reporter", "1301"),
        stranger=account("stranger", "reporter", "1302"),
    )
