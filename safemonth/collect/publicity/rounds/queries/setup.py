"""Reads of what a round is held to: rounds, vehicles, hours, positions."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from safemonth.collect.publicity.rounds.models import MarketHours, Round, RoundVehicle, VillagePosition
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import subtree, units_seen_by
from safemonth.plan.models import Campaign


def rounds_of(campaign: Campaign) -> QuerySet[Round]:
    """Return a campaign's rounds in order of their first day."""
    return Round.objects.filter(campaign=campaign).select_related("campaign", "area")


def rounds_seen_by(user: User, campaign: Campaign) -> QuerySet[Round]:
    """Return the rounds that a user may see: all, or those to which a unit of theirs lends a vehicle or has a village."""
    rounds = rounds_of(campaign)
    if sees_all(user):
        return rounds
    seen = units_seen_by(user)
    lent = RoundVehicle.objects.filter(round__campaign=campaign, unit__in=seen).values("round")
    paths = list(seen.filter(kind__in=[UnitKind.TOWNSHIP, UnitKind.VILLAGE]).values_list("path", flat=True))
    within = [row.pk for row in rounds if any(path.startswith(row.area.path) for path in paths)]
    return rounds.filter(pk__in={*lent.values_list("round", flat=True), *within})


def vehicles_of(round: Round) -> QuerySet[RoundVehicle]:
    """Return the vehicles lent to a round, in the order in which they were entered."""
    return RoundVehicle.objects.filter(round=round, is_used=True).select_related("unit")


def market_hours_of(round: Round) -> QuerySet[MarketHours]:
    """Return the hours of villages that want their stop at certain times."""
    rows = MarketHours.objects.filter(round=round, is_used=True).select_related("village__parent")
    return rows.order_by("village__path", "day", "from_time")


def villages_of(round: Round) -> QuerySet[Unit]:
    """Return the villages that a round is to reach, in tree order, each with its township."""
    return subtree(round.area).filter(kind=UnitKind.VILLAGE).select_related("parent")


def positions_of(villages: Iterable[Unit]) -> dict[int, VillagePosition]:
    """Return the known positions, by the village's key."""
    keys = [village.pk for village in villages]
    return {row.village_id: row for row in VillagePosition.objects.filter(village__in=keys)}


def days_of(round: Round) -> list[date]:
    """Return all days of a round."""
    return [round.from_on + timedelta(days=n) for n in range((round.to_on - round.from_on).days + 1)]


def villages_without_position(round: Round) -> list[Unit]:
    """Return the villages of a round that cannot be planned for, since nobody has said where they lie."""
    villages = list(villages_of(round))
    known = positions_of(villages)
    return [village for village in villages if village.pk not in known]
