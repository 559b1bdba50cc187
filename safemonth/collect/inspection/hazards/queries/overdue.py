"""Which hazards are overdue, and which of them have reached a level that they have not risen to."""

from datetime import date

from django.db.models import QuerySet

from safemonth.collect.inspection.hazards.levels import levels_reached, rise_key
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.states import UNDONE
from safemonth.plan.models import Campaign


def overdue(campaign: Campaign, *, today: date) -> QuerySet[Hazard]:
    """Return the hazards whose deadline has passed with nothing reported as done, the longest overdue first.

    By the day that is given: nothing depends on whether a worker runs.
    """
    return Hazard.objects.filter(campaign=campaign, state__in=UNDONE, deadline_on__lt=today).order_by(
        "deadline_on", "code"
    )


def rises_waiting(*, today: date) -> list[str]:
    """Return the keys of hazards that have reached a level and not risen to it, of all campaigns; two statements."""
    late = Hazard.objects.filter(state__in=UNDONE, deadline_on__lt=today).order_by("pk")
    reached = {
        rise_key(key, deadline_on=deadline_on, grade=level.grade, level=level.number): str(key)
        for key, grade, deadline_on in late.values_list("key", "grade", "deadline_on")
        if deadline_on
        for level in levels_reached(grade=grade, deadline_on=deadline_on, today=today)
    }
    risen = set(
        HazardEvent.objects.filter(move="raise", hazard_key__in=late.values("key")).values_list("key", flat=True)
    )
    return list(dict.fromkeys(key for event, key in reached.items() if event not in risen))
