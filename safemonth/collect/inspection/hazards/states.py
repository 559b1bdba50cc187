"""The one table of a hazard's states: which move leads where, who may make it, what it must say, and what holds it.

Plain data. The diagram in docs/figures/hazards.md is drawn from it (`hazards/diagram.py`), and a test holds the two
together. Sources: Work Safety Law (2021) art. 41 (recorded; major ones reported and listed), 65 (correct, remove, stop,
resume only after review), 67 and 68 (who acted, what was found and done is recorded and signed), 69 (transfer with a
record), 70 (stops); 安全生产事故隐患排查治理暂行规定 (2007) art. 14 to 23.
"""

from dataclasses import dataclass
from typing import Final

from safemonth.lib.refusals import gettext_noop


@dataclass(frozen=True)
class State:
    """A state: code, what people call it, and whether something is still to be done."""

    code: str
    name: str
    is_open: bool


@dataclass(frozen=True)
class Move:
    """A move: from which states, to which (empty: it stays; `BEFORE`: back to where it was), which sides may make it.

    `needs` are names in the event's data without which it says nothing. `guards` name conditions of `guards.GUARDS`.
    `settles` are the names in its data that become facts of the hazard; what else it says is its own. In a state of
    `same_in` it says what another has said, and changes nothing.
    """

    code: str
    name: str
    from_states: tuple[str, ...]
    to_state: str
    sides: tuple[str, ...]
    needs: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    same_in: tuple[str, ...] = ()

    @property
    def is_turn(self) -> bool:
        """Whether it leads to another state; what does not is a note."""
        return bool(self.to_state)


# On which side somebody acts: who inspects; who must put it right; who decides on what is asked; the programme itself.
INSPECTING: Final = "inspecting"
RESPONSIBLE: Final = "responsible"
DECIDING: Final = "deciding"
SYSTEM: Final = "system"

AWAITED: Final = "awaited"
FOUND: Final = "found"
ORDERED: Final = "ordered"
IN_HAND: Final = "in_hand"
EXTENDED: Final = "extended"
REPORTED_DONE: Final = "reported_done"
FAILED: Final = "failed"
ESCALATED: Final = "escalated"
CLOSED: Final = "closed"
JOINED: Final = "joined"
# No state: where a move leads back to.
BEFORE: Final = "before"

STATES: Final = (
    State(AWAITED, gettext_noop("its finding has not arrived"), True),
    State(FOUND, gettext_noop("found"), True),
    State(ORDERED, gettext_noop("ordered to be put right"), True),
    State(IN_HAND, gettext_noop("being put right"), True),
    State(EXTENDED, gettext_noop("deadline extended"), True),
    State(REPORTED_DONE, gettext_noop("reported as done"), True),
    State(FAILED, gettext_noop("failed its recheck"), True),
    State(ESCALATED, gettext_noop("escalated"), True),
    State(CLOSED, gettext_noop("closed"), False),
    State(JOINED, gettext_noop("the same as another"), False),
)

KNOWN: Final = (FOUND, ORDERED, IN_HAND, EXTENDED, REPORTED_DONE, FAILED, ESCALATED)
# Where work may still be asked for: a report of completion is answered by a recheck first.
UNDONE: Final = (FOUND, ORDERED, IN_HAND, EXTENDED, FAILED, ESCALATED)
RUNNING: Final = (ORDERED, IN_HAND, EXTENDED, FAILED, ESCALATED)

# The five that must be settled for a major hazard: responsibility, measures, money, time limit, contingency plan.
FIVE: Final = ("responsible_post", "measure", "money_yuan", "deadline_on", "emergency_plan")
# The four of them that are arranged; the deadline is ordered.
ARRANGED: Final = ("responsible_post", "measure", "money_yuan", "emergency_plan")
GRADES: Final = ("ordinary", "major")

MOVES: Final = (
    Move(
        "find",
        gettext_noop("found"),
        (AWAITED,),
        FOUND,
        (INSPECTING,),
        ("text", "grade"),
        settles=("text", "grade", "spot", "basis", "category", "item", "responsible_post", "measure", "in_charge"),
    ),
    Move("grade", gettext_noop("graded again"), KNOWN, "", (INSPECTING,), ("grade", "reason"), settles=("grade",)),
    Move(
        "correct",
        gettext_noop("wording corrected"),
        KNOWN,
        "",
        (INSPECTING, DECIDING),
        ("reason",),
        settles=("text", "spot", "basis", "category"),
    ),
    Move("settle", gettext_noop("arranged"), KNOWN, "", (RESPONSIBLE, INSPECTING), settles=ARRANGED),
    Move(
        "order",
        gettext_noop("ordered"),
        UNDONE,
        ORDERED,
        (INSPECTING,),
        ("deadline_on",),
        settles=("responsible_post", "measure", "in_charge"),
    ),
    Move(
        "start",
        gettext_noop("work begun"),
        (ORDERED, EXTENDED, FAILED, ESCALATED),
        IN_HAND,
        (RESPONSIBLE,),
        same_in=(IN_HAND,),
    ),
    Move(
        "ask_extension",
        gettext_noop("more time asked for"),
        RUNNING,
        "",
        (RESPONSIBLE,),
        ("until_on", "reason"),
        ("has_deadline",),
    ),
    Move(
        "extend",
        gettext_noop("more time allowed"),
        RUNNING,
        EXTENDED,
        (DECIDING,),
        ("until_on",),
        ("asked", "another_than_asker", "later_deadline"),
    ),
    Move("refuse_extension", gettext_noop("more time refused"), RUNNING, "", (DECIDING,), ("reason",), ("asked",)),
    Move(
        "report_done",
        gettext_noop("reported as done"),
        UNDONE,
        REPORTED_DONE,
        (RESPONSIBLE,),
        settles=ARRANGED,
        same_in=(REPORTED_DONE,),
    ),
    Move(
        "pass",
        gettext_noop("passed its recheck"),
        (REPORTED_DONE,),
        CLOSED,
        (INSPECTING,),
        (),
        ("another_than_reporter", "five_in_place", "nothing_stopped"),
        same_in=(CLOSED,),
    ),
    Move(
        "fail",
        gettext_noop("failed its recheck"),
        (REPORTED_DONE,),
        FAILED,
        (INSPECTING,),
        ("reason",),
        ("another_than_reporter",),
        same_in=(FAILED,),
    ),
    Move(
        "list",
        gettext_noop("listed for supervision"),
        UNDONE,
        ESCALATED,
        (DECIDING,),
        ("level",),
        settles=("level",),
    ),
    Move("stop", gettext_noop("production stopped"), UNDONE, ESCALATED, (INSPECTING, DECIDING), ("what",)),
    Move(
        "resume",
        gettext_noop("allowed to resume after review"),
        (*UNDONE, REPORTED_DONE),
        "",
        (INSPECTING, DECIDING),
        ("review",),
        ("stopped",),
    ),
    Move(
        "refer",
        gettext_noop("referred to another department"),
        UNDONE,
        ESCALATED,
        (INSPECTING, DECIDING),
        ("to_unit", "reason"),
    ),
    Move("penalise", gettext_noop("penalty"), UNDONE, ESCALATED, (INSPECTING, DECIDING), ("what",)),
    Move(
        "raise",
        gettext_noop("risen to the level above"),
        UNDONE,
        "",
        (SYSTEM,),
        ("to_unit", "deadline_on"),
        ("same_deadline",),
    ),
    Move("reopen", gettext_noop("reopened"), (CLOSED,), FOUND, (INSPECTING, DECIDING), ("reason",)),
    Move(
        "join",
        gettext_noop("said to be the same as another"),
        (*KNOWN, CLOSED),
        JOINED,
        (DECIDING,),
        ("same_as", "reason"),
        ("nothing_stopped",),
    ),
    Move("part", gettext_noop("said to be a hazard of its own"), (JOINED,), BEFORE, (DECIDING,), ("reason",)),
)

STATE: Final = {state.code: state for state in STATES}
MOVE: Final = {move.code: move for move in MOVES}
