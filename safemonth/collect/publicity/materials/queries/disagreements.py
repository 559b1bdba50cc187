"""Where the books do not agree: at one place, on the way, and with what activities say."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from safemonth.collect.activities.models import Activity, Measure, PeriodKind
from safemonth.collect.publicity.materials.models import Design, Handout, Transfer
from safemonth.collect.publicity.materials.queries.books import Books, StockRow
from safemonth.collect.publicity.materials.rules import (
    Disagreement,
    carriages_at_odds,
    claimed_beyond_had,
    disagreements_of,
    said_otherwise,
)
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


@dataclass(frozen=True)
class OddPlace:
    """One disagreement with the place where it arises; `design` is None where several designs are added up."""

    place: Unit
    design: Design | None
    disagreement: Disagreement


def disagreements_in(
    campaign: Campaign, books: Books, rows: list[StockRow], *, today: date, units: QuerySet[Unit] | None = None
) -> list[OddPlace]:
    """Return every disagreement in the books of these rows, by day; a fixed number of statements.

    `units` are the places that may be shown (None: all); `today` decides which transfers are long on their way.
    """
    found = [
        OddPlace(row.place, row.design, odd)
        for row in rows
        for odd in disagreements_of(books.movements[row.design.pk, row.place.pk])
    ]
    found += _on_the_way(books, today=today, units=units)
    found += _said_otherwise(campaign, units)
    found += _claimed_beyond_had(campaign, rows)
    return sorted(found, key=lambda odd: (odd.disagreement.on or date.max, odd.place.path))


def _on_the_way(books: Books, *, today: date, units: QuerySet[Unit] | None) -> list[OddPlace]:
    odd = {
        disagreement.rows[0]: disagreement
        for carriages in books.carriages.values()
        for disagreement in carriages_at_odds(carriages, today=today)
    }
    keys = [int(row.removeprefix("transfer-")) for row in odd]
    transfers = Transfer.objects.filter(pk__in=keys).select_related("design", "giver", "receiver")
    own = None if units is None else set(units.values_list("pk", flat=True))
    return [
        OddPlace(
            row.receiver if own is None or row.receiver_id in own else row.giver, row.design, odd[f"transfer-{row.pk}"]
        )
        for row in transfers
    ]


def _said_otherwise(campaign: Campaign, units: QuerySet[Unit] | None) -> list[OddPlace]:
    handouts = Handout.objects.filter(design__campaign=campaign, activity__isnull=False).select_related(
        "design", "place", "activity"
    )
    if units is not None:
        handouts = handouts.filter(place__in=units)
    groups: dict[tuple[object, int, str], list[Handout]] = defaultdict(list)
    for handout in handouts:
        if handout.activity:
            groups[handout.activity.key, handout.place_id, handout.design.indicator_id].append(handout)
    standing = Activity.objects.filter(key__in={key for key, _place, _indicator in groups}, is_current=True)
    withdrawn = {activity.key for activity in standing if activity.is_withdrawn}
    said: dict[tuple[object, int, str], int] = defaultdict(int)
    for key, unit, indicator, value in Measure.objects.filter(activity__in=standing, part_of__isnull=True).values_list(
        "activity__key", "unit", "indicator", "value"
    ):
        said[key, unit, indicator] += value
    return [
        OddPlace(group[0].place, group[0].design, odd)
        for which, group in groups.items()
        for odd in said_otherwise(
            handed_out=sum(handout.copies for handout in group),
            said=0 if which[0] in withdrawn else said.get(which),
            on=group[0].given_on,
            row=f"handout-{group[0].pk}",
        )
    ]


def _claimed_beyond_had(campaign: Campaign, rows: list[StockRow]) -> list[OddPlace]:
    had: dict[tuple[int, str], int] = defaultdict(int)
    places: dict[int, Unit] = {}
    for row in rows:
        had[row.place.pk, row.design.indicator_id] += row.stock.had
        places[row.place.pk] = row.place
    of_periods: dict[tuple[int, str], int] = defaultdict(int)
    running: dict[tuple[int, str], int] = defaultdict(int)
    # The crude sum of what stands, which is enough for a reason to look; figures count with more care.
    for unit, indicator, value, period in Measure.objects.filter(
        activity__campaign=campaign,
        activity__is_current=True,
        activity__is_withdrawn=False,
        activity__duplicate_of__isnull=True,
        part_of__isnull=True,
        unit__in=places,
        indicator__in={indicator for _place, indicator in had},
    ).values_list("unit", "indicator", "value", "period_kind"):
        if period == PeriodKind.TO_DATE:
            running[unit, indicator] = max(running[unit, indicator], value)
        else:
            of_periods[unit, indicator] += value
    return [
        OddPlace(places[unit], None, odd)
        for (unit, indicator), copies in had.items()
        if copies
        for odd in claimed_beyond_had(
            claimed=max(of_periods[unit, indicator], running[unit, indicator]), had=copies, row=f"unit-{unit}"
        )
    ]
