"""Where a hazard stands by all that was said of it, whatever the order in which it arrived. Plain Python.

A hazard is the set of its events. Of the orders in which they can have happened, the one is taken that leaves least
unexplained and disagrees least with their clocks (`hazards/courses.py`); so a recheck that arrives before the order, or
one whose author's clock is a day off, ends where it would have ended in order. What fits in none is held for a person,
and is never lost. The page docs/figures/hazards.md has worked examples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from safemonth.collect.inspection.hazards.courses import best_course, in_clock_order
from safemonth.collect.inspection.hazards.guards import GUARDS, never_fits, not_here
from safemonth.collect.inspection.hazards.joins import rings_broken
from safemonth.collect.inspection.hazards.standing import (
    Applied,
    Held,
    Said,
    Standing,
    closed_at,
    day_in,
    found_at,
    is_overdue,
    missing_of_five,
)
from safemonth.collect.inspection.hazards.states import JOINED, MOVE, UNDONE
from safemonth.lib.refusals import gettext_noop

__all__ = [
    "GUARDS",
    "Applied",
    "Held",
    "Said",
    "Standing",
    "answered_by_default",
    "closed_at",
    "day_in",
    "found_at",
    "is_overdue",
    "missing_of_five",
    "moves_open_to",
    "standing",
    "standings",
]


def standing(events: Iterable[Said], *, is_joinable: bool = True) -> Standing:
    """Return where a hazard stands by all its events; the same for every order of arrival.

    An event twice (by `key`) counts once. No events: `awaited`, with nothing settled. With `is_joinable` False what
    says that it is the same as another is held. Each event is once in `applied`, `held` or `also_said`. Never raises.
    """
    unique = {said.key: said for said in sorted(events, key=_whole)}
    present = frozenset(unique)
    ordered = in_clock_order(unique.values())
    held = [Held(said, *reason) for said in ordered if (reason := _nowhere(said, is_joinable=is_joinable))]
    unfit = {each.said.key for each in held}
    finds = [said for said in ordered if said.move == "find" and said.key not in unfit]
    first, others = _first_finding(finds)
    rises = [said for said in ordered if said.move == "raise" and said.key not in unfit]
    rest = [said for said in ordered if said.move not in ("find", "raise") and said.key not in unfit]
    course = best_course(
        in_clock_order([*rest, *([first] if first else [])]),
        settled=frozenset(said.key for said in others),
        present=present,
    )
    here, settled = course.here, course.settled
    if first and any(said.data["grade"] == "major" for said in _standing_finds(finds)):
        here = _at_least_major(here)
    left = [
        Held(said, *reason)
        for said in course.waiting
        if (reason := not_here(said, here, settled=settled, present=present)) or (reason := _late(said))
    ]
    here = replace(here, also_said=(*others, *here.also_said), held=tuple(sorted([*held, *left], key=_place)))
    return _risen(here, rises)


def standings(events: Mapping[str, Iterable[Said]]) -> dict[str, Standing]:
    """Return hazard key -> where it stands, of hazards that may have been said to be the same as each other.

    Where that makes a ring, or leads to a hazard that is not among them, one of the ring (the one found first; of
    those the lowest key) stands for all and what joins it to another is held with the code `ring` or `unknown_other`:
    so a hazard can never be joined away altogether.
    """
    listed = {key: tuple(each) for key, each in events.items()}
    alone = {key: standing(each) for key, each in listed.items()}
    unjoined = rings_broken(
        {key: each.same_as for key, each in alone.items() if each.state == JOINED},
        found={key: when.isoformat() if (when := found_at(each)) else "~" for key, each in alone.items()},
    )
    return alone | {key: _coded(standing(listed[key], is_joinable=False), code) for key, code in unjoined.items()}


_UNJOINED: Mapping[str, str] = {
    "ring": gettext_noop("These were said to be the same as each other, in a ring; this one stands for them."),
    "unknown_other": gettext_noop("The hazard that it is said to be the same as has not arrived."),
}


def _coded(here: Standing, code: str) -> Standing:
    held = (replace(each, code=code, sentence=_UNJOINED[code]) if each.code == "ring" else each for each in here.held)
    return replace(here, held=tuple(held))


def _nowhere(said: Said, *, is_joinable: bool) -> tuple[str, str] | None:
    if said.move == "join" and not is_joinable:
        return "ring", _UNJOINED["ring"]
    return never_fits(said)


def _late(_said: Said) -> tuple[str, str]:
    # It would fit now, yet was left out of the best course: it contradicts one that stands.
    return "out_of_place", gettext_noop("It contradicts what stands.")


def _whole(said: Said) -> tuple[str, ...]:
    # Should two texts come under one key, the same one stands whichever came first.
    return said.key, said.happened_at.isoformat(), said.move, said.side, said.person, said.answers, repr(said.data)


def _place(held: Held) -> tuple[str, str]:
    return held.said.happened_at.isoformat(), held.said.key


def _names(said: Said) -> set[str]:
    return {said.key, str(said.data.get("stands_for") or said.key)}


def _standing_finds(finds: list[Said]) -> list[Said]:
    """Return the findings that no edit replaced; where all replaced each other, the last."""
    replaced = {str(said.data.get("replaces") or "") for said in finds}
    return [said for said in finds if not _names(said) & replaced] or finds[-1:]


def _first_finding(finds: list[Said]) -> tuple[Said | None, list[Said]]:
    """Part the finding that stands, the first by its clock that no edit replaced, from the others."""
    first = next(iter(_standing_finds(finds)), None)
    return first, [said for said in finds if said is not first]


def _at_least_major(here: Standing) -> Standing:
    """Of two findings the worse grade holds until somebody grades it again."""
    return here if here.last("grade") else replace(here, facts={**here.facts, "grade": "major"})


def _risen(here: Standing, rises: list[Said]) -> Standing:
    """Let rises stand whose deadline stands and has nothing reported against it; the others say what was."""
    stand = [
        said
        for said in rises
        if here.state in UNDONE
        and not not_here(replace(said, answers=""), here, settled=frozenset(), present=frozenset())
    ]
    gone = [said for said in rises if said not in stand]
    facts = {**here.facts, **({"risen_to": stand[-1].data["to_unit"]} if stand else {})}
    applied = tuple(Applied(said, here.state, said.happened_at) for said in stand)
    return replace(here, facts=facts, applied=(*here.applied, *applied), also_said=(*here.also_said, *gone))


def answered_by_default(move: str, here: Standing) -> str:
    """Return the key of the event that somebody answers who makes this move here, seeing all; "" where none.

    So what people enter before the screen keeps its place whatever arrives later.
    """
    turned = next((each for each in reversed(here.applied) if MOVE[each.said.move].is_turn), None)
    match move:
        case "pass" | "fail":
            return here.reported.key if here.reported else ""
        case "extend" | "refuse_extension":
            return here.asked.key if here.asked else ""
        case "resume":
            return here.stops[-1].key if here.stops else ""
        case "find" | "raise":
            return ""
        case _:
            return turned.said.key if turned else ""


def moves_open_to(side: str, person: str, here: Standing) -> tuple[str, ...]:
    """Return the moves that somebody on this side may make here, in the table's order; what they must say is not looked at."""
    open_moves = []
    for move in MOVE.values():
        if side not in move.sides or here.state not in move.from_states:
            continue
        probe = Said("", move.code, datetime.min.replace(tzinfo=UTC), side, person)
        conditions = [code for code in move.guards if code not in ("later_deadline", "same_deadline")]
        if all(GUARDS[code][0](probe, here) for code in conditions):
            open_moves.append(move.code)
    return tuple(open_moves)
