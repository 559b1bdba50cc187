"""Plain decisions about orders to phone carriers: how far one has come, and whether its numbers can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from safemonth.lib.refusals import gettext_noop

State = Literal["drafted", "handed_over", "due", "overdue", "reported", "proven", "declined", "called_off"]


@dataclass(frozen=True)
class OrderFacts:
    """What the state of an order depends on."""

    window_from: date
    window_to: date
    handed_over_on: date | None
    is_reported: bool
    is_proven: bool
    is_declined: bool = False
    is_called_off: bool = False


def state_of(facts: OrderFacts, *, today: date) -> State:
    """Return how far an order has come.

    `due`: its window is open (or over) and the carrier has said nothing; `overdue`: its window opened and the order was
    never handed over. A refusal or a calling off ends it.
    """
    if facts.is_called_off:
        return "called_off"
    if facts.is_declined:
        return "declined"
    if facts.is_reported:
        return "proven" if facts.is_proven else "reported"
    if facts.handed_over_on is None:
        return "overdue" if today >= facts.window_from else "drafted"
    return "due" if today > facts.window_to else "handed_over"


@dataclass(frozen=True)
class OrderSignal:
    """A reason to ask the carrier: a stable code, a sentence with its places."""

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


def signals_of(
    *,
    asked: int | None,
    reported: int,
    population: int | None,
    window_from: date,
    sent_on: date | None,
    window_to: date,
) -> list[OrderSignal]:
    """Return what in a carrier's report is worth a question.

    `asked` is how many subscribers the order named (None: all it has), `population` the people of the area (None: not
    known). `more_than_asked`; `more_than_people` (one person may hold two cards, so only more than two a head is
    worth a word); `outside_window`.
    """
    found = []
    if asked is not None and reported > asked:
        found.append(
            OrderSignal(
                "more_than_asked",
                gettext_noop("It reports %(reported)s, but only %(asked)s subscribers were asked for."),
                {"reported": reported, "asked": asked},
            )
        )
    if population is not None and reported > 2 * population:
        found.append(
            OrderSignal(
                "more_than_people",
                gettext_noop("It reports %(reported)s; the area has %(population)s people."),
                {"reported": reported, "population": population},
            )
        )
    if sent_on is not None and not window_from <= sent_on <= window_to:
        found.append(
            OrderSignal(
                "outside_window",
                gettext_noop("It was sent on %(on)s, outside the window asked for."),
                {"on": sent_on.isoformat()},
            )
        )
    return found
