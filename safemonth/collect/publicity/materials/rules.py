"""Plain decisions about printed materials: what should be in stock, and where the books do not agree.

The books of one design at one place are a list of movements; stock is always computed from them and never stored.
docs/materials.md has the sum and a worked example.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from safemonth.lib.refusals import gettext_noop

Kind = Literal[
    "carried_over", "printed_by_office", "printed_by_unit", "received", "handed_out", "given_on", "lost", "counted"
]
INWARD: tuple[Kind, ...] = ("carried_over", "printed_by_office", "printed_by_unit", "received")
OUTWARD: tuple[Kind, ...] = ("handed_out", "given_on", "lost")
# Of one day what came in is entered first, then what went out; who counts does so when the day is over.
_ORDER: Mapping[Kind, int] = {**dict.fromkeys(INWARD, 0), **dict.fromkeys(OUTWARD, 1), "counted": 2}

# A lorry from the county to its farthest township takes a day; after three, somebody should ask.
DAYS_ON_THE_WAY = 3


@dataclass(frozen=True)
class Movement:
    """Copies (>= 0) of one design that came to, left, or were counted at one place on a day; `row` says which entry."""

    kind: Kind
    copies: int
    on: date
    row: str = ""


@dataclass(frozen=True)
class Stock:
    """The books of one design at one place.

    `of` has the copies by kind of movement. `unexplained` is what counts found beyond the books (below zero: what
    they missed), added up. `left` is what should be there now: the last count, and what moved since; below zero where
    more went out than ever came. `counted_on` is the day of the last count, None where nobody counted.
    """

    of: Mapping[str, int]
    left: int
    unexplained: int
    counted_on: date | None

    @property
    def had(self) -> int:
        """All that the place ever had: carried over, printed and received."""
        return sum(self.of.get(kind, 0) for kind in INWARD)

    @property
    def printed(self) -> int:
        """What was printed for the place, by whomever."""
        return self.of.get("printed_by_office", 0) + self.of.get("printed_by_unit", 0)

    @property
    def agrees(self) -> bool:
        """Whether the sum comes out: nothing was found beyond the books or missed, and no more went out than came."""
        return self.unexplained == 0 and self.left >= 0


@dataclass(frozen=True)
class Disagreement:
    """One place where the books do not agree: a stable code, an English sentence with places, its day and its rows.

    `copies` (> 0) is by how many. `sentence` is marked by `gettext_noop`, its places are filled by `params`.
    """

    code: str
    sentence: str
    copies: int
    on: date | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[str, ...] = ()


def stock_of(movements: Iterable[Movement]) -> Stock:
    """Return the stock of one design at one place; no movements: nothing there.

    Guaranteed: had + unexplained = handed out + given on + lost + left.
    """
    of: Counter[str] = Counter()
    left = unexplained = 0
    counted_on = None
    for movement in _in_order(movements):
        if movement.kind == "counted":
            unexplained += movement.copies - left
            left, counted_on = movement.copies, movement.on
        else:
            of[movement.kind] += movement.copies
            left += movement.copies if movement.kind in INWARD else -movement.copies
    return Stock(of=dict(of), left=left, unexplained=unexplained, counted_on=counted_on)


def _in_order(movements: Iterable[Movement]) -> list[Movement]:
    return sorted(movements, key=lambda movement: (movement.on, _ORDER[movement.kind]))


def disagreements_of(movements: Iterable[Movement]) -> list[Disagreement]:
    """Return where the books of one design at one place do not agree, by day.

    `more_out_than_in`: the day on which more had gone out than had come, once for each stretch until the books are
    level again, with how many were short at worst. `count_differs`: a count found another number than
    the books; the books go on from the count, so that one loss is shown once, where it arose. A count that only shows
    what a shortfall has shown already (nothing there, and less than nothing in the books) is not shown again.
    """
    found: list[Disagreement] = []
    left = worst = 0
    short_since: Movement | None = None
    since: date | None = None
    for movement in _in_order(movements):
        if movement.kind == "counted":
            gap = movement.copies - max(left, 0)
            if short_since is not None:
                found.append(_short(short_since, worst))
                short_since, worst = None, 0
            if gap:
                found.append(_differs(movement, gap=gap, books=max(left, 0), since=since))
            left, since = movement.copies, movement.on
            continue
        left += movement.copies if movement.kind in INWARD else -movement.copies
        if left < 0:
            short_since = short_since or movement
            worst = min(worst, left)
        elif short_since is not None:
            found.append(_short(short_since, worst))
            short_since, worst = None, 0
    if short_since is not None:
        found.append(_short(short_since, worst))
    return sorted(found, key=lambda disagreement: disagreement.on or date.min)


def _short(movement: Movement, worst: int) -> Disagreement:
    return Disagreement(
        "more_out_than_in",
        gettext_noop("On %(on)s more had gone out than had come in; %(copies)s copies are short in the books."),
        copies=-worst,
        on=movement.on,
        params={"on": movement.on.isoformat(), "copies": -worst},
        rows=(movement.row,) if movement.row else (),
    )


def _differs(movement: Movement, *, gap: int, books: int, since: date | None) -> Disagreement:
    params = {
        "on": movement.on.isoformat(),
        "counted": movement.copies,
        "books": books,
        "copies": abs(gap),
        "since": since.isoformat() if since else "",
    }
    if gap < 0 and since:
        sentence = gettext_noop(
            "Counted on %(on)s: %(counted)s, but %(books)s should be there; %(copies)s went missing after %(since)s."
        )
    elif gap < 0:
        sentence = gettext_noop(
            "Counted on %(on)s: %(counted)s, but %(books)s should be there; %(copies)s are missing."
        )
    else:
        sentence = gettext_noop(
            "Counted on %(on)s: %(counted)s, %(copies)s more than the books have (%(books)s); something that came in was not entered, or was given out less than was said."
        )
    return Disagreement("count_differs", sentence, copies=abs(gap), on=movement.on, params=params, rows=(movement.row,))


@dataclass(frozen=True)
class Carriage:
    """Copies sent from one place to another; `received` is None until the other end says how many came."""

    row: str
    sent: int
    sent_on: date
    received: int | None = None


def carriages_at_odds(carriages: Iterable[Carriage], *, today: date) -> list[Disagreement]:
    """Return the transfers of which another number arrived, or of which nobody said for days that they did.

    `received_differs` and `not_confirmed` (after `DAYS_ON_THE_WAY` days).
    """
    found = []
    for carriage in carriages:
        params = {"sent": carriage.sent, "received": carriage.received, "on": carriage.sent_on.isoformat()}
        if carriage.received is None:
            if today - carriage.sent_on > timedelta(days=DAYS_ON_THE_WAY):
                sentence = gettext_noop("%(sent)s copies sent on %(on)s: the other end has not said that they came.")
                found.append(
                    Disagreement(
                        "not_confirmed", sentence, carriage.sent, carriage.sent_on, params, rows=(carriage.row,)
                    )
                )
        elif carriage.received != carriage.sent:
            sentence = gettext_noop("%(sent)s copies were sent on %(on)s, and %(received)s came.")
            gap = abs(carriage.sent - carriage.received)
            found.append(
                Disagreement("received_differs", sentence, gap, carriage.sent_on, params, rows=(carriage.row,))
            )
    return found


def claimed_beyond_had(*, claimed: int, had: int, row: str = "") -> list[Disagreement]:
    """Return whether a unit says that it gave out more than it ever had, over all its designs of one indicator.

    `claimed` is what its activities say; where it exceeds `had`, either printing was not entered or one hand-out was
    reported twice. A unit without books says nothing about its stock: call this only where it has some.
    """
    if claimed <= had:
        return []
    sentence = gettext_noop("Its activities say that %(claimed)s were given out, but it had only %(had)s.")
    return [
        Disagreement(
            "claimed_beyond_had", sentence, claimed - had, params={"claimed": claimed, "had": had}, rows=(row,)
        )
    ]


def said_otherwise(*, handed_out: int, said: int | None, on: date, row: str) -> list[Disagreement]:
    """Return whether the activity in which a hand-out is counted says another number; None: it says none."""
    if said is None or said == handed_out:
        return []
    sentence = gettext_noop("%(handed_out)s copies left the stock on %(on)s, but the activity says %(said)s.")
    params = {"handed_out": handed_out, "said": said, "on": on.isoformat()}
    return [Disagreement("activity_says_otherwise", sentence, abs(handed_out - said), on, params, rows=(row,))]


@dataclass(frozen=True)
class DesignTotal:
    """All places of one design together; the sum always comes out.

    carried over + printed by the office + printed by units + unexplained =
    handed out + lost + missing on the way + on the way + left.
    """

    carried_over: int
    printed_by_office: int
    printed_by_units: int
    handed_out: int
    lost: int
    on_the_way: int
    missing_on_the_way: int
    unexplained: int
    left: int


def total_of(stocks: Sequence[Stock], carriages: Iterable[Carriage]) -> DesignTotal:
    """Return the sum of one design over all places; `missing_on_the_way` is below zero where more came than was sent."""
    sent = list(carriages)

    def of(kind: Kind) -> int:
        return sum(stock.of.get(kind, 0) for stock in stocks)

    return DesignTotal(
        carried_over=of("carried_over"),
        printed_by_office=of("printed_by_office"),
        printed_by_units=of("printed_by_unit"),
        handed_out=of("handed_out"),
        lost=of("lost"),
        on_the_way=sum(carriage.sent for carriage in sent if carriage.received is None),
        missing_on_the_way=sum(carriage.sent - carriage.received for carriage in sent if carriage.received is not None),
        unexplained=sum(stock.unexplained for stock in stocks),
        left=sum(stock.left for stock in stocks),
    )
