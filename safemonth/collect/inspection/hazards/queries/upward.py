"""Reads for the table that is sent upward, and for how soon hazards are closed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.numbers import (
    Closure,
    HazardFacts,
    UpwardRow,
    closure_of,
    upward_table,
)
from safemonth.collect.inspection.hazards.states import AWAITED, CLOSED, FIVE, JOINED
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.models import Trade
from safemonth.collect.inspection.workplaces.queries import standing_keys
from safemonth.plan.models import Campaign


def facts_for_numbers(rows: Iterable[Hazard]) -> list[HazardFacts]:
    """Return rows as they are counted; `rows` have their workplaces and leave out what is the same as another."""
    return [
        HazardFacts(
            trade=row.workplace.trade if row.workplace else Trade.OTHER,
            grade=row.grade,
            is_closed=row.state == CLOSED,
            found_on=row.found_on,
            closed_on=row.closed_on,
            is_planned=row.deadline_on is not None,
            settled=frozenset(FIVE) - set(row.facts.get("missing", FIVE)),
            money_yuan=_yuan(row.facts.get("settled", {}).get("money_yuan")),
        )
        for row in rows
    ]


def upward_since_january(campaign: Campaign, *, until: date) -> list[UpwardRow]:
    """Return the lines of the table by trade, from 1 January to `until` (which counts), of all campaigns of the county.

    Workplaces that were merged are one; a recheck searches nothing.
    """
    since = date(until.year, 1, 1)
    rows = (
        Hazard.objects.filter(campaign__unit=campaign.unit, found_on__gte=since, found_on__lte=until)
        .exclude(state__in=(JOINED, AWAITED))
        .select_related("workplace")
    )
    return upward_table(
        facts_for_numbers(_as_of(rows, until)), searched=_searched(campaign, since, until), trades=Trade.values
    )


def _as_of(rows: Iterable[Hazard], until: date) -> Iterable[Hazard]:
    """What was closed after the day was open on it."""
    for row in rows:
        if row.state == CLOSED and row.closed_on and row.closed_on > until:
            row.state = "reported_done"
        yield row


def _searched(campaign: Campaign, since: date, until: date) -> dict[str, int]:
    survivors = standing_keys()
    places: dict[str, set[int]] = defaultdict(set)
    made = Inspection.objects.filter(campaign__unit=campaign.unit, is_recheck=False, workplace__isnull=False)
    for started_at, place, trade in made.values_list("started_at", "workplace", "workplace__trade"):
        if since <= timezone.localdate(started_at) <= until and place is not None:
            places[trade].add(survivors.get(place, place))
    return {trade: len(found) for trade, found in places.items()}


def closure(campaign: Campaign) -> Closure:
    """Return how soon the campaign's hazards were closed."""
    rows = Hazard.objects.filter(campaign=campaign).exclude(state__in=(JOINED, AWAITED)).select_related("workplace")
    return closure_of(facts_for_numbers(rows))


def _yuan(value: object) -> Decimal:
    try:
        money = Decimal(str(value)) if value not in (None, "") else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return money if money.is_finite() and money >= 0 else Decimal(0)
