"""The demo's bodies and the mobilisation meeting as plain data: seats by post, never by name."""

from dataclasses import dataclass
from datetime import date

from safemonth.demo.county import CONSULTING_DEPARTMENTS, COUNTY, SUPERVISING, townships


@dataclass(frozen=True)
class DemoSeat:
    """A seat in rank order: a unit, the role, and its post there (empty: the unit as a member)."""

    unit: str
    role: str
    post_title: str = ""
    post_title_en: str = ""


@dataclass(frozen=True)
class DemoBody:
    """A body; `parent` is a body's code (empty: none), `located_at` a unit's."""

    code: str
    kind: str
    name: str
    name_en: str
    set_up_on: date
    seats: tuple[DemoSeat, ...]
    parent: str = ""
    located_at: str = ""


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting: unit code -> whether it came; `called_by` is a body's code."""

    title: str
    title_en: str
    held_on: date
    place: str
    place_en: str
    called_by: str
    attendance: tuple[tuple[str, bool], ...]


def _unit(name: str) -> str:
    return f"{COUNTY}-{name}"


def _team(number: int, *, name: str, name_en: str) -> DemoBody:
    """A team of five, one from each of the five bodies; the office's member leads the first, the union's the second."""
    first = SUPERVISING[0] if number == 1 else _unit("union")
    units = (first, *(code for code in SUPERVISING if code != first))
    post = f"第{'一二'[number - 1]}督查组"
    return DemoBody(
        code=f"supervision-team-{number}",
        kind="supervision_team",
        name=name,
        name_en=name_en,
        set_up_on=date(2019, 6, 5),
        parent="office",
        seats=tuple(
            DemoSeat(
                unit=unit,
                role="head" if rank == 0 else "member",
                post_title=post + ("组长" if rank == 0 else "成员"),
                post_title_en=f"{'head' if rank == 0 else 'member'} of supervision team {number}",
            )
            for rank, unit in enumerate(units)
        ),
    )


BODIES = (
    DemoBody(
        code="leading-group",
        kind="leading_group",
        name="易县“安全生产月”活动领导小组",
        name_en="Leading group of Safety Production Month",
        set_up_on=date(2019, 5, 18),
        seats=(
            DemoSeat(COUNTY, "head", "分管副县长", "deputy county head in charge"),
            DemoSeat(_unit("government"), "deputy", "县政府办副主任", "deputy director of the government office"),
            DemoSeat(_unit("safety"), "deputy", "县安监局局长", "director of the county safety bureau"),
            DemoSeat(_unit("publicity"), "member"),
            DemoSeat(_unit("broadcasting"), "member"),
            DemoSeat(_unit("union"), "member"),
            DemoSeat(_unit("youth"), "member"),
        ),
    ),
    DemoBody(
        code="office",
        kind="office",
        name="易县“安全生产月”活动领导小组办公室",
        name_en="Office of the leading group",
        set_up_on=date(2019, 5, 18),
        parent="leading-group",
        located_at=_unit("safety"),
        seats=(
            DemoSeat(_unit("safety"), "director", "县安监局局长", "director of the county safety bureau"),
            DemoSeat(_unit("office"), "member"),
        ),
    ),
    _team(1, name="“安全生产月”活动第一督查组", name_en="First supervision team"),
    _team(2, name="“安全生产月”活动第二督查组", name_en="Second supervision team"),
)

# All townships and the twenty departments were asked; two townships did not come.
ABSENT_FROM_MEETING = ("130633214", "130633217")

MOBILISATION_MEETING = DemoMeeting(
    title="全县“安全生产月”活动动员会",
    title_en="Mobilisation meeting of Safety Production Month",
    held_on=date(2019, 5, 30),
    place="县政府会议室",
    place_en="conference room of the county government",
    called_by="office",
    attendance=tuple(
        (code, code not in ABSENT_FROM_MEETING)
        for code in (*(unit.code for unit in townships()), *CONSULTING_DEPARTMENTS, *SUPERVISING)
    ),
)
