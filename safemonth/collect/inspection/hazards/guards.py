"""What holds an event back: conditions that the table names, and what a person reads where one is not met. Plain Python."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from safemonth.collect.inspection.hazards.standing import (
    Said,
    Standing,
    day_in,
    is_empty,
    missing_of_five,
    person_form,
)
from safemonth.collect.inspection.hazards.states import GRADES, MOVE, Move
from safemonth.lib.refusals import gettext_noop

# A clock may be wrong by a day and a time zone: nearer than this, two clocks do not say which came first; further apart
# they do. Set here.
CLOCKS_AGREE_WITHIN: Final = timedelta(hours=36)
# What a recheck must have had before it, besides what changed the state: as these are what its guards look at.
_BEFORE_A_PASS: Final = ("settle", "grade", "resume")

Guard = Callable[[Said, Standing], bool]
# Why an event is held: a stable code and the sentence for it.
Reason = tuple[str, str]


def _has_deadline(_said: Said, standing: Standing) -> bool:
    return standing.deadline_on is not None


def _asked(_said: Said, standing: Standing) -> bool:
    return standing.asked is not None


def _another_than_asker(said: Said, standing: Standing) -> bool:
    if standing.asked is None or not said.person.strip():
        return False
    return person_form(said.person) != person_form(standing.asked.person)


def _later_deadline(said: Said, standing: Standing) -> bool:
    until = day_in(said.data.get("until_on"))
    return until is not None and (standing.deadline_on is None or until > standing.deadline_on)


def _another_than_reporter(said: Said, standing: Standing) -> bool:
    # Who nobody named, on either side, is not known to be another.
    who = person_form(said.person)
    # A report that is held is a report all the same: nobody closes what they said before that they had done.
    others = {person_form(each.person) for each in standing.reports if each.happened_at <= said.happened_at}
    return bool(who) and bool(standing.reporters) and not (standing.reporters | others) & {who, ""}


def _five_in_place(_said: Said, standing: Standing) -> bool:
    return standing.grade != "major" or not missing_of_five(standing)


def _nothing_stopped(_said: Said, standing: Standing) -> bool:
    return not standing.stops


def _stopped(_said: Said, standing: Standing) -> bool:
    return bool(standing.stops)


def _same_deadline(said: Said, standing: Standing) -> bool:
    return standing.deadline_on is not None and day_in(said.data.get("deadline_on")) == standing.deadline_on


# Code -> whether it is met, and what a person reads where it is not.
GUARDS: Mapping[str, tuple[Guard, str]] = {
    "has_deadline": (_has_deadline, gettext_noop("There is no deadline yet that could be extended.")),
    "asked": (_asked, gettext_noop("Nobody has asked for more time.")),
    "another_than_asker": (_another_than_asker, gettext_noop("More time is allowed by somebody else than who asked.")),
    "later_deadline": (_later_deadline, gettext_noop("The new deadline must be later than the one that stands.")),
    "another_than_reporter": (
        _another_than_reporter,
        gettext_noop("A hazard is rechecked by somebody else than who reported it as done."),
    ),
    "five_in_place": (
        _five_in_place,
        gettext_noop(
            "A major hazard is closed only when responsibility, measure, money, deadline and emergency plan are settled."
        ),
    ),
    "nothing_stopped": (
        _nothing_stopped,
        gettext_noop("Production is stopped because of it: the review that allows it to resume comes first."),
    ),
    "stopped": (_stopped, gettext_noop("Nothing is stopped because of it.")),
    "same_deadline": (_same_deadline, gettext_noop("The deadline has changed since.")),
}


def never_fits(said: Said) -> Reason | None:
    """Return why an event can fit nowhere (unknown, not theirs, says too little), None where it may."""
    move = MOVE.get(said.move)
    if move is None:
        return "unknown_move", gettext_noop("It is not known what this means.")
    if said.side not in move.sides:
        return "not_their_move", gettext_noop("Who sent this may not do this.")
    if _says_too_little(said, move):
        return "says_too_little", gettext_noop("Something is missing that this must say.")
    return None


def _says_too_little(said: Said, move: Move) -> bool:
    needed = [(name, said.data.get(name)) for name in move.needs]
    if any(is_empty(value) or (name.endswith("_on") and day_in(value) is None) for name, value in needed):
        return True
    if "grade" in move.needs and said.data["grade"] not in GRADES:
        return True
    # A note that need not say anything in particular must say something.
    return not move.needs and not move.is_turn and all(is_empty(said.data.get(name)) for name in move.settles)


def not_here(said: Said, here: Standing, *, settled: frozenset[str], present: frozenset[str]) -> Reason | None:
    """Return why an event that may fit somewhere does not fit here, None where it does.

    `settled` are the keys of events that stand, `present` of all that have arrived.
    """
    move = MOVE[said.move]
    if said.answers and said.answers not in settled:
        if said.answers in present:
            return "out_of_place", gettext_noop("What it answers does not stand.")
        return "awaits_answered", gettext_noop("What it answers has not arrived.")
    if here.state not in (*move.from_states, *move.same_in):
        return "out_of_place", gettext_noop("It does not fit where the hazard stands.")
    guard = next((code for code in move.guards if not GUARDS[code][0](said, here)), None)
    if guard is not None:
        return guard, GUARDS[guard][1]
    return None if _clock_allows(said, here) else TOO_EARLY


# What its own clock puts more than a day before what it would follow here.
TOO_EARLY: Final[Reason] = (
    "too_early",
    gettext_noop("By its clock it came more than a day before what it would follow here."),
)


def _clock_allows(said: Said, here: Standing) -> bool:
    """Whether no clock says that an event came well before what it would follow.

    One that names the event that it answers follows that, whatever the clocks say, and one whose clock is well before the
    finding has a clock that says nothing; but a recheck closes by its clock only, and never before what its guards look at
    was settled.
    """
    is_pass = said.move == "pass"
    found = here.applied[0].said.happened_at if here.applied else said.happened_at
    if not is_pass and (said.answers or said.happened_at < found - CLOCKS_AGREE_WITHIN):
        return True
    for earlier in (*(each.said for each in here.applied), *here.also_said):
        is_looked_at = not said.answers or earlier.move in _BEFORE_A_PASS
        if is_looked_at and earlier.happened_at - said.happened_at > CLOCKS_AGREE_WITHIN:
            return False
    return True


def is_same_here(said: Said, here: Standing) -> bool:
    """Return whether an event that fits here says only what another has said."""
    return here.state in MOVE[said.move].same_in
