"""Reads of what was said of hazards, as the fold takes it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.rules import Said, Standing, standings


def said_by(event: HazardEvent) -> Said:
    """Return a stored event as the rules see it."""
    return Said(
        key=str(event.key),
        move=event.move,
        happened_at=event.happened_at,
        side=event.side,
        person=event.person,
        data=event.data if isinstance(event.data, dict) else {},
        answers=str(event.answers) if event.answers else "",
        unit=event.unit.code if event.unit else "",
    )


def events_of(keys: Iterable[UUID]) -> QuerySet[HazardEvent]:
    """Return the events of hazards, by their clocks, with the rows that they name."""
    return HazardEvent.objects.filter(hazard_key__in=list(keys)).select_related(
        "unit", "workplace", "inspection__workplace", "submission"
    )


def joined_with(key: UUID) -> set[UUID]:
    """Return the hazard and all that it hangs together with by what was ever said to be the same; a statement a step.

    Keys of hazards that have not arrived are among them.
    """
    together, new = {key}, {key}
    while new:
        pairs = HazardEvent.objects.filter(move="join").filter(
            Q(hazard_key__in=new) | Q(data__same_as__in=[str(each) for each in new])
        )
        found: set[UUID] = set()
        for one, data in pairs.values_list("hazard_key", "data"):
            found |= {one, *([UUID(data["same_as"])] if is_uuid(data.get("same_as")) else [])}
        new = found - together
        together |= new
    return together


def is_uuid(text: object) -> bool:
    """Return whether a text is a key."""
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


def standing_of(hazard: Hazard) -> Standing:
    """Return where a hazard stands by all that arrived, folded anew; with those it was said to be the same as."""
    return standings_of(joined_with(hazard.key))[str(hazard.key)]


def standings_of(keys: Iterable[UUID]) -> dict[str, Standing]:
    """Return key -> where each of the hazards stands that were ever spoken of; `keys` must be whole groups."""
    said: dict[str, list[Said]] = defaultdict(list)
    keys = list(keys)
    for event in events_of(keys):
        said[str(event.hazard_key)].append(said_by(event))
    for key in Hazard.objects.filter(key__in=keys).values_list("key", flat=True):
        said.setdefault(str(key), [])
    return standings(said)
