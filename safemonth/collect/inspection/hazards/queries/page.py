"""Reads of one hazard for its page: what was said, in order, and what the reader may do next."""

from dataclasses import dataclass
from datetime import datetime

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent, HazardPhoto
from safemonth.collect.inspection.hazards.queries.events import events_of, standing_of
from safemonth.collect.inspection.hazards.queries.seen import sides_of
from safemonth.collect.inspection.hazards.rules import Held, Standing, moves_open_to
from safemonth.collect.inspection.hazards.states import MOVE, STATE, Move
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all


@dataclass(frozen=True)
class Line:
    """One event in the timeline: what became of it (`stands`, `again`, `held`), and the state after it where it moved."""

    event: HazardEvent
    move: Move | None
    fate: str
    state: str = ""
    held: Held | None = None
    photos: tuple[HazardPhoto, ...] = ()
    to_unit: Unit | None = None


@dataclass(frozen=True)
class HazardPage:
    """Everything about a hazard that a page shows; `offers` are the moves that the reader may make now."""

    hazard: Hazard
    here: Standing
    lines: tuple[Line, ...]
    before: tuple[HazardPhoto, ...]
    after: tuple[HazardPhoto, ...]
    offers: tuple[Move, ...]
    joined: tuple[Hazard, ...]
    may_add_photos: bool


def hazard_page(hazard: Hazard, user: User) -> HazardPage:
    """Return a hazard with its events by when they must have happened, and those held at their own time."""
    here = standing_of(hazard)
    events = {str(event.key): event for event in events_of([hazard.key])}
    photos = list(
        HazardPhoto.objects.filter(hazard_key=hazard.key).select_related("submission").order_by("submission_id")
    )
    codes = {str(event.data.get("to_unit")) for event in events.values() if event.data.get("to_unit")}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)} if codes else {}
    lines: list[tuple[datetime, int, Line]] = []

    def add(key: str, when: datetime, fate: str, *, state: str = "", held: Held | None = None) -> None:
        event = events[key]
        own = tuple(photo for photo in photos if photo.event_key == event.key)
        line = Line(event, MOVE.get(event.move), fate, state, held, own, units.get(str(event.data.get("to_unit"))))
        lines.append((when, len(lines), line))

    for applied in here.applied:
        is_turn = MOVE[applied.said.move].is_turn
        add(applied.said.key, applied.effective_at, "stands", state=STATE[applied.state].name if is_turn else "")
    for said in here.also_said:
        add(said.key, said.happened_at, "again")
    for held in here.held:
        add(held.said.key, held.said.happened_at, "held", held=held)
    sides = sides_of(user, hazard)
    return HazardPage(
        hazard=hazard,
        here=here,
        lines=tuple(line for _, _, line in sorted(lines, key=lambda each: each[:2])),
        before=tuple(photo for photo in photos if photo.shows == "before"),
        after=tuple(photo for photo in photos if photo.shows == "after"),
        offers=offers_to(user, hazard, here),
        joined=tuple(Hazard.objects.filter(same_as=hazard).order_by("code")) if sees_all(user) else (),
        may_add_photos=bool(sides),
    )


def offers_to(user: User, hazard: Hazard, here: Standing) -> tuple[Move, ...]:
    """Return the moves that a user may make on a hazard as it stands, in the table's order."""
    open_moves = {move for side in sides_of(user, hazard) for move in moves_open_to(side, user.username, here)}
    return tuple(move for move in MOVE.values() if move.code in open_moves and move.code not in ("find", "raise"))


def side_for(user: User, hazard: Hazard, move: Move) -> str:
    """Return the side on which a user makes a move, empty where they stand on none that may."""
    return next((side for side in sides_of(user, hazard) if side in move.sides), "")
