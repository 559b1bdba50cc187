"""Of all orders in which a hazard's events can have happened, the likeliest. Plain Python.

A course takes events one by one, each where it fits. Clock order with waiting (an event that does not fit yet is tried
again after each that does) is right where clocks are. Where it leaves something unexplained, others are tried that
differ from it in few places: limited discrepancy search (Harvey and Ginsberg, "Limited discrepancy search", IJCAI 1995).
Best is the course that leaves the fewest turns unexplained, then the fewest notes, then disagrees least with the clocks
(the sum of how long events stand after their own time), then takes the fewest for mere repetition, and, where all that is
equal, does not close the hazard: of two rechecks that contradict each other about one report, the hazard stays open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from safemonth.collect.inspection.hazards.guards import is_same_here, not_here
from safemonth.collect.inspection.hazards.standing import Applied, Said, Standing, day_in, person_form
from safemonth.collect.inspection.hazards.states import BEFORE, CLOSED, JOINED, MOVE, Move

# In how many places a course may differ from clock order with waiting, and how many steps are tried in all. Set here:
# two wrong clocks take two; the steps bound the time (less than a tenth of a second for forty odd events).
_PLACES: Final = 3
_STEPS: Final = 1500
# Notes that stand in nothing's way: to take them later than in their place explains nothing more.
_HARMLESS: Final = frozenset({"correct", "settle"})


@dataclass(frozen=True)
class Course:
    """Where a hazard stands after the events of a course, what is settled by then, and what waits in vain.

    `lateness` is the sum of how long events stand after their own time, `latest` the latest clock so far.
    """

    here: Standing
    settled: frozenset[str]
    waiting: tuple[Said, ...]
    lateness: timedelta = timedelta(0)
    latest: datetime | None = None

    @property
    def cost(self) -> tuple[int, int, timedelta, int, bool]:
        """What a course costs, worst first: turns unexplained, notes unexplained, lateness, what is only said again, closing."""
        turns = sum(MOVE[said.move].is_turn for said in self.waiting)
        return turns, len(self.waiting) - turns, self.lateness, len(self.here.also_said), self.here.state == CLOSED

    @property
    def is_plain(self) -> bool:
        """Whether nothing is left that another order could explain: what answers something not there does not count."""
        return not any(not said.answers or said.answers in self.settled for said in self.waiting)


def in_clock_order(events: Iterable[Said]) -> list[Said]:
    """Return events in the order in which they say they happened; of one moment, by key."""
    return sorted(events, key=lambda said: (said.happened_at, said.key))


def best_course(events: Iterable[Said], *, settled: frozenset[str], present: frozenset[str]) -> Course:
    """Return the best course of events that may each fit somewhere (`guards.never_fits`).

    `settled` are keys of events that stand already, `present` of all that have arrived. The same for every order of
    `events`.
    """
    waiting = tuple(in_clock_order(events))
    reports = tuple(said for said in waiting if said.move == "report_done")
    start = Course(Standing(reports=reports), settled, waiting)
    best = _to_the_end(start, present)
    if best.is_plain:
        return best
    search = _Search(present)
    for places in range(1, _PLACES + 1):
        search.seen.clear()
        found = search.best_from(start, places, best)
        if found is best and search.steps_left <= 0:
            break
        best = found
        if not best.waiting:
            break
    return best


def _steps(course: Course, present: frozenset[str]) -> Iterable[Course]:
    """Yield the course after each event that fits next, the earliest by its clock first."""
    for said in course.waiting:
        if not_here(said, course.here, settled=course.settled, present=present) is None:
            step = _after(course, said)
            if step is not None:
                yield step


def _to_the_end(course: Course, present: frozenset[str]) -> Course:
    while (step := next(iter(_steps(course, present)), None)) is not None:
        course = step
    return course


@dataclass
class _Search:
    """A search through courses that differ from clock order with waiting in few places."""

    present: frozenset[str]
    steps_left: int = _STEPS
    seen: dict[tuple[object, ...], tuple[int, timedelta]] = field(default_factory=dict)

    def best_from(self, course: Course, places: int, best: Course) -> Course:
        """Return the better of `best` and the best course on from here that differs in at most `places` more places."""
        if self.steps_left <= 0 or self._was_here(course, places):
            return best
        is_end = True
        for number, step in enumerate(_steps(course, self.present)):
            is_end = False
            self.steps_left -= 1
            best = self.best_from(step, places - bool(number), best)
            if not places or (step.here.applied and step.here.applied[-1].said.move in _HARMLESS):
                break
        return course if is_end and course.cost < best.cost else best

    def _was_here(self, course: Course, places: int) -> bool:
        here = course.here
        turned = here.reported.key if here.reported else "", here.asked.key if here.asked else ""
        mark = (course.settled, here.state, here.deadline_on, course.latest, turned, here.before_join, len(here.stops))
        known = self.seen.get(mark)
        if known is not None and known[0] >= places and known[1] <= course.lateness:
            return True
        self.seen[mark] = (places, course.lateness)
        return False


def _after(course: Course, said: Said) -> Course | None:
    """Return the course with an event that fits; None where it only says again what came later by its clock."""
    latest = said.happened_at if course.latest is None else max(course.latest, said.happened_at)
    waiting = tuple(each for each in course.waiting if each is not said)
    settled = course.settled | {said.key}
    if is_same_here(said, course.here):
        if latest > said.happened_at:
            return None
        return Course(_said_again(course.here, said), settled, waiting, course.lateness, latest)
    here = _with(course.here, said, latest)
    return Course(here, settled, waiting, course.lateness + (latest - said.happened_at), latest)


def _said_again(here: Standing, said: Said) -> Standing:
    reporters = here.reporters | {_who(said)} if said.move == "report_done" else here.reporters
    return replace(here, also_said=(*here.also_said, said), reporters=reporters)


def _with(here: Standing, said: Said, effective_at: datetime) -> Standing:
    """Return where the hazard stands after an event that fits."""
    move: Move = MOVE[said.move]
    state = (here.before_join if move.to_state == BEFORE else move.to_state) or here.state
    new = {name: value for name in move.settles if (value := said.data.get(name)) not in (None, "")}
    after = replace(
        here,
        state=state,
        facts={**here.facts, **new} if new else here.facts,
        applied=(*here.applied, Applied(said, state, effective_at)),
        clocks_disagree=here.clocks_disagree or effective_at > said.happened_at,
        before_join=here.state if state == JOINED else "",
        same_as=str(said.data["same_as"]) if state == JOINED else "",
    )
    return _with_effects(after, said)


def _with_effects(here: Standing, said: Said) -> Standing:
    """What particular moves settle besides state and facts."""
    match said.move:
        case "order":
            return replace(here, deadline_on=day_in(said.data["deadline_on"]), asked=None, reported=None)
        case "ask_extension":
            return replace(here, asked=said)
        case "extend":
            return replace(here, deadline_on=day_in(said.data["until_on"]), asked=None)
        case "refuse_extension":
            return replace(here, asked=None)
        case "report_done":
            return replace(here, reported=said, reporters=here.reporters | {_who(said)})
        case "fail":
            return replace(here, reported=None, deadline_on=day_in(said.data.get("deadline_on")) or here.deadline_on)
        case "reopen":
            return replace(here, reported=None, asked=None, deadline_on=day_in(said.data.get("deadline_on")))
        case "list" | "refer" | "penalise":
            return replace(here, measures=(*here.measures, said))
        case "stop":
            return replace(here, measures=(*here.measures, said), stops=(*here.stops, said))
        case "resume":
            return replace(here, stops=())
        case _:
            return here


def _who(said: Said) -> str:
    return person_form(said.person)
