"""Who sees which hazards, and on which side they stand."""

from django.db.models import Q, QuerySet

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import DECIDING, INSPECTING, RESPONSIBLE
from safemonth.organisation.models import Role, Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def hazards_seen_by(user: User, campaign: Campaign) -> QuerySet[Hazard]:
    """Return the campaign's hazards that the user may see, with the rows that a list names.

    All; or those in charge of, in the township of, found by or at a workplace of one of the user's units.
    """
    rows = Hazard.objects.filter(campaign=campaign).select_related(
        "workplace__township",
        "workplace__merged_into",
        "workplace__unit",
        "charge_of",
        "township",
        "found_by",
        "risen_to",
        "same_as",
        "inspection",
    )
    if sees_all(user):
        return rows
    units = units_seen_by(user)
    return rows.filter(
        Q(charge_of__in=units)
        | Q(township__in=units)
        | Q(found_by__in=units)
        | Q(workplace__unit__in=units)
        | Q(workplace__merged_into__unit__in=units)
    )


def sides_of(user: User, hazard: Hazard) -> tuple[str, ...]:
    """Return the sides on which a user stands who may see the hazard; none: they only read.

    An inspector inspects, where the workplace is none of their own units. A reporter of the unit in charge, of the
    township or of the workplace stands on the side that must put it right. A leader decides. The office's clerk does all
    three, for who asks by phone or on paper; that the same person does not report and recheck, or ask and allow, is a
    guard of the table.
    """
    match user.role:
        case Role.CLERK:
            return (INSPECTING, DECIDING, RESPONSIBLE)
        case Role.LEADER:
            return (DECIDING,)
        case Role.INSPECTOR:
            own = hazard.workplace.unit if hazard.workplace else None
            return () if own is not None and own.pk == user.unit_id else (INSPECTING,)
        case Role.REPORTER:
            return (RESPONSIBLE,) if any(_is_under(unit, user) for unit in _responsible_units(hazard)) else ()
        case _:
            return ()


def _responsible_units(hazard: Hazard) -> list[Unit]:
    at = hazard.workplace
    units = (
        hazard.charge_of,
        hazard.township,
        at.unit if at else None,
        at.merged_into.unit if at and at.merged_into else None,
    )
    return [unit for unit in units if unit is not None]


def _is_under(unit: Unit, user: User) -> bool:
    return user.unit is not None and unit.path.startswith(user.unit.path)
