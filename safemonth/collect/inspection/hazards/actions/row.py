"""A hazard's row, made from all its events: nothing stands in it that they do not say."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from safemonth.collect.inspection.hazards.codes import code_of
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.queries.events import events_of, joined_with, said_by
from safemonth.collect.inspection.hazards.rules import Standing, closed_at, found_at, missing_of_five, standings
from safemonth.collect.inspection.hazards.states import AWAITED, JOINED, REPORTED_DONE
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import standing as standing_workplace
from safemonth.ledger.actions import Write
from safemonth.organisation.models import Unit, UnitKind
from safemonth.plan.models import Campaign


def locked(write: Write, campaign: Campaign, key: UUID, *, same_as: UUID | None = None) -> Hazard:
    """Return the hazard's row, made where this is the first that is heard of it, and held until the transaction ends.

    All that it was ever said to be the same as, or is now (`same_as`), are held with it, in one order, so that no two
    wait for each other.
    """
    if not Hazard.objects.filter(key=key).exists():
        try:
            with transaction.atomic():
                write.create(Hazard(key=key, code=_free_code(key), campaign=campaign, state=AWAITED))
        except IntegrityError:
            if not Hazard.objects.filter(key=key).exists():
                raise
    held: set[UUID] = set()
    while (together := joined_with(key) | (joined_with(same_as) if same_as else set())) - held:
        list(Hazard.objects.select_for_update().filter(key__in=together).order_by("pk"))
        held |= together
    return Hazard.objects.get(key=key)


def _free_code(key: UUID) -> str:
    attempt = 0
    while Hazard.objects.filter(code=code_of(key, attempt=attempt)).exists():
        attempt += 1
    return code_of(key, attempt=attempt)


def refresh(write: Write, hazard: Hazard) -> Hazard:
    """Make the rows of a hazard, and of all that it was ever said to be the same as, from their events."""
    keys = joined_with(hazard.key)
    rows = {str(row.key): row for row in Hazard.objects.filter(key__in=keys).order_by("pk")}
    events: dict[str, list[HazardEvent]] = {key: [] for key in rows}
    for event in events_of(keys):
        events.setdefault(str(event.hazard_key), []).append(event)
    stand = standings({key: [said_by(event) for event in each] for key, each in events.items() if key in rows})
    for key, row in rows.items():
        write.change(row, **_fields(stand[key], events[key], rows))
    return rows[str(hazard.key)]


def _fields(here: Standing, events: list[HazardEvent], rows: dict[str, Hazard]) -> dict[str, Any]:
    finding = _finding(here, events)
    workplace = _workplace(finding, events)
    survivor = standing_workplace(workplace) if workplace else None
    facts = here.facts
    rise = here.last("raise")
    found, closed = found_at(here), closed_at(here)
    return {
        "state": here.state,
        "grade": here.grade,
        "text": _line(facts.get("text"), 1000),
        "spot": _line(facts.get("spot"), 160),
        "workplace": workplace,
        "inspection": finding.inspection if finding else None,
        "found_by": finding.unit if finding else None,
        "charge_of": _in_charge(facts.get("in_charge"), survivor),
        "township": _township(survivor, finding),
        "found_on": day_of(found),
        "deadline_on": here.deadline_on,
        "reported_on": day_of(here.reported.happened_at) if here.reported and here.state == REPORTED_DONE else None,
        "closed_on": day_of(closed),
        "same_as": rows.get(here.same_as) if here.state == JOINED else None,
        "risen_to": _unit(facts.get("risen_to")) if rise else None,
        "risen_level": _number(rise.said.data.get("level")) if rise else 0,
        "is_stopped": bool(here.stops),
        "held": len(here.held),
        "facts": facts_of(here),
    }


def facts_of(here: Standing) -> dict[str, Any]:
    """Return what a row keeps beside its columns, as plain JSON.

    `settled`: what events settled by name; `missing`: which of the five are not; `measures`: escalations in order, each
    with its move, key and data.
    """
    return {
        "settled": dict(sorted(here.facts.items())),
        "missing": list(missing_of_five(here)),
        "measures": [{"move": said.move, "key": said.key, "data": dict(said.data)} for said in here.measures],
    }


def day_of(when: datetime | None) -> date | None:
    """Return the county's day of a moment, None of none."""
    return timezone.localdate(when) if when else None


def _finding(here: Standing, events: list[HazardEvent]) -> HazardEvent | None:
    """The event of the finding that stands."""
    key = next((each.said.key for each in here.applied if each.said.move == "find"), "")
    return next((event for event in events if str(event.key) == key), None)


def _workplace(finding: HazardEvent | None, events: list[HazardEvent]) -> Workplace | None:
    """Where it is: as its finding says, else as the first that says so."""
    for event in [*([finding] if finding else []), *sorted(events, key=lambda each: (each.happened_at, str(each.key)))]:
        place = event.workplace or (event.inspection.workplace if event.inspection else None)
        if place is not None:
            return place
    return None


def _in_charge(code: object, workplace: Workplace | None) -> Unit | None:
    """Who must see it put right: whom the order names, else the workplace's department, else its township."""
    return _unit(code) or ((workplace.department or workplace.township) if workplace else None)


def _township(workplace: Workplace | None, finding: HazardEvent | None) -> Unit | None:
    if workplace is not None:
        return workplace.township
    unit = finding.unit if finding else None
    return unit if unit is not None and unit.kind == UnitKind.TOWNSHIP else None


def _unit(code: object) -> Unit | None:
    return Unit.objects.filter(code=str(code)).first() if code else None


def _line(value: object, length: int) -> str:
    return str(value)[:length] if value not in (None, "") else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 1000 else 0
