"""What the worker does about hazards: overdue ones rise, and those seen on days of law become hazards of the register.

Inspections and publicity know nothing of each other: this is the one place where the one takes over from the other.
"""

from datetime import datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from safemonth.collect.inspection.hazards.actions import enter, rebuild
from safemonth.collect.inspection.hazards.actions.rising import rise
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.queries.overdue import rises_waiting
from safemonth.collect.inspection.hazards.states import INSPECTING
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import standing
from safemonth.collect.publicity.law_day.actions import take_over
from safemonth.collect.publicity.law_day.models import HazardSeen
from safemonth.collect.publicity.law_day.queries import hazards_to_take_over
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

# Names the hazards that come from days of law: each has the same key whenever it is taken over.
_FROM_LAW_DAYS = UUID("5f2c8a54-1c54-4a8e-9b0e-3d6c5e7d2a10")


def rises_to_enter() -> list[str]:
    """Return the keys of hazards that are to rise today."""
    return rises_waiting(today=timezone.localdate())


def enter_rise(key: str, at: datetime, by: str) -> None:
    """Let one hazard rise to the levels that it has reached."""
    rise(hazard=Hazard.objects.select_related("campaign", "charge_of__parent").get(key=key), by=by, at=at)


def follow_workplace(key: str, at: datetime, by: str) -> None:
    """Let one hazard follow its workplace to the units that are in charge of it now."""
    rebuild(hazard=Hazard.objects.select_related("campaign").get(key=key), by=by, at=at)


def seen_to_take_over() -> list[str]:
    """Return the numbers (pk) of hazards seen on days of law that the register has not taken over."""
    return [str(seen.pk) for campaign in Campaign.objects.order_by("pk") for seen in hazards_to_take_over(campaign)]


def take_over_seen(number: str, at: datetime, by: str) -> Hazard:
    """Enter a hazard seen on a day of law in the register, graded ordinary until an inspector grades it again.

    Its day then counts it no more (`law_day.actions.take_over`). Twice changes nothing.
    """
    seen = HazardSeen.objects.select_related("day__campaign", "day__host", "day__township", "unit", "seen_by").get(
        pk=number
    )
    day = seen.day
    with transaction.atomic():
        key = uuid5(_FROM_LAW_DAYS, str(seen.key or seen.pk))
        hazard = enter(
            campaign=day.campaign,
            hazard_key=key,
            move="find",
            happened_at=timezone.make_aware(datetime.combine(day.held_on, day.starts_at or time(9))),
            side=INSPECTING,
            person=f"law-day:{day.pk}",
            data={
                "text": seen.text,
                "grade": "ordinary",
                "spot": _spot(seen),
                "in_charge": (seen.seen_by or day.host).code,
            },
            by=by,
            at=at,
            key=uuid5(key, "find"),
            unit=seen.seen_by or day.host,
            workplace=_workplace_of(seen.unit),
            is_from_field=True,
        )
        if not seen.taken_over_as:
            take_over(hazard=seen, number=hazard.code, by=by, at=at)
    return hazard


def _workplace_of(unit: Unit) -> Workplace | None:
    """The workplace that reports as the unit, where there is one; else the only one of its name."""
    places = Workplace.objects.filter(unit=unit).order_by("pk") or Workplace.objects.filter(name=unit.name)
    found = {place.pk: place for place in map(standing, places)}
    return next(iter(found.values())) if len(found) == 1 else None


def _spot(seen: HazardSeen) -> str:
    return seen.place if seen.unit.name in seen.place else f"{seen.unit.name} {seen.place}"[:160]
