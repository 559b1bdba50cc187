"""Writes of what a round reached into the record, so that the figure "places reached" counts the villages by name."""

from datetime import date, datetime

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.rounds.models import Round, RoundBooking
from safemonth.collect.publicity.rounds.queries import coverage_of
from safemonth.collect.publicity.rounds.rules import first_visits
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Task

PLACES_REACHED = "places_reached"


def book_reached(*, round: Round, task: Task | None, today: date, by: str, at: datetime) -> list[Activity]:
    """Record, for each unit, the villages that it was the first to reach, by name; returns the activities that stand.

    One line of counts a unit, each village once, with its township before its name: two villages of one name are two.
    Booking again adds what was reached since as a new version; the same again changes nothing. A unit whose visits
    were all taken back has its line emptied by a new version. Raises Refused `nothing_reached`.
    """
    coverage = coverage_of(round, today=today)
    first = first_visits(coverage.visits)
    if not first:
        raise Refused("nothing_reached", gettext_noop("No stop has been reported yet."))
    villages = {line.village.code: line.village for line in coverage.lines}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={visit.unit for visit in first.values()})}
    bookings = {row.unit_id: row for row in RoundBooking.objects.filter(round=round).select_related("activity", "unit")}
    by_unit: dict[Unit, list[str]] = {row.unit: [] for row in bookings.values()}
    for code, visit in first.items():
        if visit.unit in units:
            by_unit.setdefault(units[visit.unit], []).append(code)
    standing: list[Activity] = []
    with writing(by=by, at=at, action="round.book", about=str(round)) as write:
        for unit, codes in sorted(by_unit.items(), key=lambda pair: pair[0].path):
            booked = bookings.get(unit.pk)
            activity = record_deed(
                write,
                campaign=round.campaign,
                deed=_deed(round, unit, [villages[code] for code in sorted(codes)], task),
                entry={"round": round.pk, "unit": unit.code, "visits": {code: first[code].source for code in codes}},
                file_name=f"round-{round.pk}-{unit.code}.json",
                by=by,
                at=at,
                standing=booked.activity if booked else None,
                reason="villages reached since" if booked else "",
            )
            if booked is None:
                write.create(RoundBooking(round=round, unit=unit, activity=activity))
            elif booked.activity_id != activity.pk:
                write.change(booked, activity=activity)
            standing.append(activity)
    return standing


def _deed(round: Round, unit: Unit, villages: list[Unit], task: Task | None) -> Deed:
    return Deed(
        kind=ActivityKind.VEHICLE_TOUR,
        title=f"{round.name}：{unit.name}到达{len(villages)}村",
        host=unit,
        counts=[
            Count(
                indicator=PLACES_REACHED,
                unit=unit,
                value=1,
                basis="places",
                measure_word="个",
                named=named_in_full(village),
            )
            for village in villages
        ],
        task=task,
        place=round.area.name,
        from_on=round.from_on,
        to_on=round.to_on,
        is_report_line=True,
    )


def named_in_full(village: Unit) -> str:
    """Return a village's name with its township's before it."""
    return f"{village.parent.name}{village.name}" if village.parent else village.name
