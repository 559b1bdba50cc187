"""Where a report by the public stands: for the office by its steps, for a stranger also by the hazard it became. Plain Python.

Work Safety Law (2021) art. 73: reports are taken, looked into, settled in writing, and handed on where another department
is responsible; art. 74: anyone may report; art. 76: who reported is rewarded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from safemonth.lib.refusals import Refused, gettext_noop

HELD: Final = "held"
NEW: Final = "new"
LOOKED: Final = "looked"
PASSED: Final = "passed"
ANSWERED: Final = "answered"
HAZARD: Final = "hazard"
CLOSED: Final = "closed"
JOINED: Final = "joined"
BEFORE: Final = "before"
OPEN_STATES: Final = (HELD, NEW, LOOKED, PASSED, ANSWERED, HAZARD)


@dataclass(frozen=True)
class Move:
    """What the office or a unit may do with a report: from which states, to which, what it shows to a stranger.

    `shows` is empty where strangers see nothing of it; `needs_words`: it says something for the public.
    """

    code: str
    from_states: tuple[str, ...]
    to_state: str
    shows: str = ""
    needs_words: bool = False


# What a stranger sees.
RECEIVED: Final = "received"
SEEN: Final = "looked_at"
PASSED_ON: Final = "passed_on"
NO_HAZARD: Final = "not_a_hazard"
SET_ASIDE: Final = "set_aside"
FOUND: Final = "found"
IN_HAND: Final = "in_hand"
SETTLED: Final = "closed"
AGAIN: Final = "looked_at_again"

MOVES: Final = (
    Move("accept", (HELD, NEW), LOOKED, SEEN),
    Move("pass_on", (LOOKED, PASSED, ANSWERED), PASSED, PASSED_ON),
    Move("answer", (PASSED,), ANSWERED),
    Move("hazard", (LOOKED, PASSED, ANSWERED), HAZARD, FOUND),
    Move("no_hazard", (LOOKED, PASSED, ANSWERED), CLOSED, NO_HAZARD, needs_words=True),
    Move("set_aside", (HELD, NEW), CLOSED, SET_ASIDE, needs_words=True),
    Move("close", (HAZARD,), CLOSED, SETTLED, needs_words=True),
    Move("reopen", (CLOSED,), LOOKED, AGAIN),
    Move("join", (HELD, NEW, LOOKED, PASSED, ANSWERED, HAZARD, CLOSED), JOINED),
    Move("part", (JOINED,), BEFORE),
    Move("contact_seen", (HELD, NEW, LOOKED, PASSED, ANSWERED, HAZARD, CLOSED, JOINED), ""),
    Move("reward", (LOOKED, PASSED, ANSWERED, HAZARD, CLOSED), ""),
)
MOVE: Final = {move.code: move for move in MOVES}

# A hazard's state -> what a stranger sees of it. A joined one shows what the hazard shows that it is the same as.
SHOWN_OF_HAZARD: Final[Mapping[str, str]] = {
    "awaited": FOUND,
    "found": FOUND,
    "ordered": IN_HAND,
    "in_hand": IN_HAND,
    "extended": IN_HAND,
    "reported_done": IN_HAND,
    "failed": IN_HAND,
    "escalated": IN_HAND,
    "closed": SETTLED,
    "joined": IN_HAND,
}


@dataclass(frozen=True)
class Deadline:
    """Within how many days (> 0) the office or a unit does what is next in a state, counted from `since`."""

    state: str
    days: int
    since: str


@dataclass(frozen=True)
class Step:
    """One step, in order: which move, on which day; `words` are for the public, `unit` as the office names it there."""

    move: str
    on: date
    words: str = ""
    unit: str = ""


@dataclass(frozen=True)
class HazardShown:
    """What of a hazard concerns a stranger: its state, and since when work has been asked for and it is closed."""

    state: str
    in_hand_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class Stage:
    """One line of what a stranger sees: a code, its day (None: not known), the unit and the words where there are any."""

    code: str
    on: date | None
    unit: str = ""
    words: str = ""


def state_after(moves: Iterable[str], *, is_held: bool) -> str:
    """Return the office's state after these moves, in order; `is_held`: it arrived looking like a machine's."""
    state = before = HELD if is_held else NEW
    for code in moves:
        to_state = MOVE[code].to_state
        if code == "join":
            before = state
        state = before if to_state == BEFORE else to_state or state
    return state


def check_move(code: str, *, state: str, words: str = "") -> None:
    """Raise Refused `not_here` where a report in this state takes no such step, `words_missing` where it must say why."""
    move = MOVE[code]
    if state not in move.from_states:
        raise Refused("not_here", gettext_noop("The report is not where this can be done. Look at it again."))
    if move.needs_words and not words.strip():
        raise Refused("words_missing", gettext_noop("Say in words for the public why."))


def due_on(state: str, *, received_on: date, passed_on: date | None, deadlines: Iterable[Deadline]) -> date | None:
    """Return by when the next step is due, None where none is (a hazard has deadlines of its own)."""
    for each in deadlines:
        if each.state == state:
            start = passed_on if each.since == "passed_on" and passed_on else received_on
            return start + timedelta(days=each.days)
    return None


def course(received_on: date, steps: Iterable[Step], hazard: HazardShown | None) -> list[Stage]:
    """Return what a stranger sees of a report, oldest first; the last stage is where it stands.

    As soon as it is a hazard the hazard's own state says the rest: one that is reopened is being put right again, whatever
    the office had closed. The words of a closing stay with the stage. Pure: the same for the same steps.
    """
    stages = [Stage(RECEIVED, received_on)]
    closing: Step | None = None
    for step in steps:
        shows = MOVE[step.move].shows
        if step.move == "close":
            closing = step
        elif shows:
            stages.append(Stage(shows, step.on, step.unit, step.words))
    if hazard is None or stages[-1].code != FOUND:
        return stages
    shown = SHOWN_OF_HAZARD[hazard.state]
    if shown in (IN_HAND, SETTLED) and (hazard.in_hand_on or shown == IN_HAND):
        stages.append(Stage(IN_HAND, hazard.in_hand_on))
    if shown == SETTLED:
        words = closing.words if closing else ""
        stages.append(Stage(SETTLED, hazard.closed_on, "", words))
    return stages
