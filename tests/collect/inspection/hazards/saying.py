"""Events for tests, and histories that can happen: a walk through the table, each event answering what it follows."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from safemonth.collect.inspection.hazards.guards import never_fits, not_here
from safemonth.collect.inspection.hazards.rules import Said, Standing, answered_by_default, standing
from safemonth.collect.inspection.hazards.states import MOVE

MONTH = datetime(2019, 6, 1, 8, tzinfo=UTC)
# Who makes a move on each side, besides whom the test names.
PEOPLE = {"inspecting": "inspector", "responsible": "workplace", "deciding": "leader", "system": "worker"}
ENOUGH: dict[str, dict[str, Any]] = {
    "find": {"text": "配电箱无门", "grade": "ordinary"},
    "grade": {"grade": "major", "reason": "r"},
    "correct": {"reason": "r", "spot": "二车间"},
    "settle": {
        "responsible_post": "厂长",
        "measure": "装门",
        "money_yuan": 300,
        "emergency_plan": "断电",
    },
    "order": {"deadline_on": "2019-06-20"},
    "ask_extension": {"until_on": "2019-06-25", "reason": "r"},
    "extend": {"until_on": "2019-06-25"},
    "refuse_extension": {"reason": "r"},
    "fail": {"reason": "r"},
    "list": {"level": "county"},
    "stop": {"what": "w"},
    "resume": {"review": "r"},
    "refer": {"to_unit": "d2", "reason": "r"},
    "penalise": {"what": "w"},
    "raise": {"to_unit": "13", "deadline_on": "2019-06-20", "level": 1, "grade": "ordinary"},
    "reopen": {"reason": "r"},
    "join": {"same_as": "other", "reason": "r"},
    "part": {"reason": "r"},
}


def said(
    key: str, move: str, day: float = 0, *, side: str = "", person: str = "", answers: str = "", **data: Any
) -> Said:
    """An event on a day of the month (0 the first), with all that it must say."""
    side = side or (MOVE[move].sides[0] if move in MOVE else "inspecting")
    return Said(
        key=key,
        move=move,
        happened_at=MONTH + timedelta(days=day),
        side=side,
        person=person or PEOPLE[side],
        data={**ENOUGH.get(move, {}), **data},
        answers=answers,
    )


def history(seed: int, length: int, *, has_answers: bool = True, step_days: float = 1) -> tuple[list[Said], Standing]:
    """A history of events that all fit, one after the other, and where it ends; the same for the same seed."""
    dice = random.Random(seed)
    events: list[Said] = []
    here = standing(events)
    when = 0.0
    deadline = 20
    while len(events) < length:
        move = dice.choice(list(MOVE)) if events else "find"
        if move == "raise":
            continue
        when += step_days * dice.uniform(0.5, 1.5)
        deadline += 1
        data: dict[str, Any] = {}
        if move in ("ask_extension", "extend"):
            data["until_on"] = (MONTH + timedelta(days=deadline)).date().isoformat()
        new = said(str(len(events)).zfill(3), move, when, side=dice.choice(MOVE[move].sides), **data)
        if has_answers:
            new = replace(new, answers=answered_by_default(move, here))
        there = frozenset(event.key for event in events)
        if never_fits(new) or not_here(new, here, settled=there, present=there):
            if dice.random() < 0.005:
                break
            continue
        after = standing([*events, new])
        if after.held or after.also_said or after.applied[-1].said.key != new.key:
            when -= step_days * 0.25
            if dice.random() < 0.01:
                break
            continue
        events.append(new)
        here = after
    return events, here


def plain(here: Standing) -> tuple[object, ...]:
    """What figures and pages are made of, without the clocks."""
    return (
        here.state,
        dict(here.facts),
        here.deadline_on,
        here.asked,
        here.reported,
        here.stops,
        here.measures,
        [each.said.key for each in here.applied],
        [(each.said.key, each.code) for each in here.held],
        sorted(each.key for each in here.also_said),
    )


def keys(events: Iterable[Said]) -> list[str]:
    """The keys of events, sorted."""
    return sorted(each.key for each in events)


def all_keys(here: Standing) -> list[str]:
    """The keys of all that a standing knows of, sorted."""
    return sorted(
        [
            *(each.said.key for each in here.applied),
            *(each.said.key for each in here.held),
            *(each.key for each in here.also_said),
        ]
    )
