"""Hazards in the cast's county: workplaces, and events entered through the action."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.rules import Said
from safemonth.collect.inspection.hazards.states import MOVE
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.actions import open_account
from safemonth.organisation.models import User
from tests.cast import AT, PASSWORD, County
from tests.collect.inspection.hazards.saying import ENOUGH, PEOPLE

# When everything that tests enter has happened.
NOW = datetime(2019, 7, 10, 4, tzinfo=UTC)
FOUND = datetime(2019, 6, 3, 2, tzinfo=UTC)


def a_workplace(county: County, name: str = "北乡采石场", *, township: str = "1301", **fields: Any) -> Workplace:
    """A workplace of the register, in charge of the safety bureau unless told."""
    return Workplace.objects.create(
        key=uuid5(UUID(int=7), name),
        name=name,
        normalised_name=name,
        trade=fields.pop("trade", "mine"),
        township=county.unit(township),
        **{"department": county.unit("d1"), **fields},
    )


def an_inspector(county: County, unit: str = "d1", username: str = "inspector") -> User:
    """An account of an inspector."""
    return open_account(
        username=username,
        password=PASSWORD,
        role="inspector",
        unit=county.unit(unit),
        by="t",
        at=AT,
        post_title="监察员",
    )


def say(
    county: County,
    hazard: UUID,
    move: str,
    day: float = 0,
    *,
    person: str = "",
    side: str = "",
    at: datetime = NOW,
    data: dict[str, Any] | None = None,
    **given: Any,
) -> Hazard:
    """Enter an event on a day after the finding's, from the field unless told."""
    side = side or MOVE[move].sides[0]
    return enter(
        campaign=county.campaign,
        hazard_key=hazard,
        move=move,
        happened_at=FOUND + timedelta(days=day),
        side=side,
        person=person or PEOPLE[side],
        data={**ENOUGH.get(move, {}), **(data or {})},
        by=person or PEOPLE[side],
        at=at,
        **{"is_from_field": True, "key": uuid4(), **given},
    )


def a_hazard(
    county: County, *moves: str, workplace: Workplace | None = None, key: UUID | None = None, **data: Any
) -> Hazard:
    """A hazard that was found, and then what `moves` say, a day each."""
    key = key or uuid4()
    unit = county.unit("d1")
    found = say(county, key, "find", data=data, workplace=workplace, unit=unit)
    for day, move in enumerate(moves, start=1):
        found = say(county, key, move, day)
    return found


def enter_all(county: County, hazard: UUID, events: Sequence[Said]) -> Hazard:
    """Enter events as the rules see them, in the order in which they are given."""
    for event in events:
        row = enter(
            campaign=county.campaign,
            hazard_key=hazard,
            move=event.move,
            happened_at=event.happened_at,
            side=event.side,
            person=event.person,
            data=event.data,
            by="phone",
            at=NOW,
            key=uuid5(hazard, event.key),
            answers=uuid5(hazard, event.answers) if event.answers else None,
            is_from_field=True,
        )
    return row
