"""Overdue hazards rise by themselves: the event that says so, once for each deadline and level."""

from datetime import datetime

from django.utils import timezone

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.levels import TOP, Level, levels_reached, rise_key
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import SYSTEM, UNDONE
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import county


def rise(*, hazard: Hazard, by: str, at: datetime) -> Hazard:
    """Let an overdue hazard rise to each level that it has reached by `at`; one that has risen, or is in time, stays.

    It rises to the unit above the one in charge, or the top of the tree, as the level says (`hazards/levels.py`).
    """
    today = timezone.localdate(at)
    if hazard.state not in UNDONE or hazard.deadline_on is None:
        return hazard
    for level in levels_reached(grade=hazard.grade, deadline_on=hazard.deadline_on, today=today):
        hazard = enter(
            campaign=hazard.campaign,
            hazard_key=hazard.key,
            move="raise",
            happened_at=at,
            side=SYSTEM,
            person=by,
            data={
                "to_unit": _above(hazard, level).code,
                "deadline_on": hazard.deadline_on.isoformat() if hazard.deadline_on else "",
                "level": level.number,
                "grade": level.grade,
            },
            by=by,
            at=at,
            key=rise_key(hazard.key, deadline_on=hazard.deadline_on, grade=level.grade, level=level.number),
            # What came in between is no error: the rise then stands beside what it no longer fits.
            is_from_field=True,
        )
        if hazard.state not in UNDONE or hazard.deadline_on is None:
            break
    return hazard


def _above(hazard: Hazard, level: Level) -> Unit:
    charge = hazard.charge_of
    if level.to == TOP or charge is None:
        return county()
    return charge.parent or charge
