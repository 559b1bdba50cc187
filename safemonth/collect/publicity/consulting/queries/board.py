"""Reads of the day itself: what booths said so far, and the event that it became."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.consulting.models import (
    Booth,
    BoothCount,
    BoothPlace,
    BoothReport,
    Closing,
    ConsultingDay,
)
from safemonth.collect.publicity.consulting.queries.days import booths_of
from safemonth.collect.publicity.consulting.queries.rosters import current_roster, places_of
from safemonth.collect.publicity.consulting.rules import BoothState, Said, standing_counts, state_of, totals


@dataclass(frozen=True)
class BoothLine:
    """One booth on the board: where it stands, what it said so far and when; `counts` by indicator."""

    booth: Booth
    place: BoothPlace | None
    state: BoothState
    counts: Mapping[str, Said]
    reports: tuple[BoothReport, ...]

    @property
    def last_at(self) -> datetime | None:
        """When it said something last."""
        return self.reports[-1].said_at if self.reports else None


@dataclass(frozen=True)
class Board:
    """The day as booths have reported it: every booth, and the sums over them by indicator."""

    lines: tuple[BoothLine, ...]
    totals: Mapping[str, int]

    @property
    def silent(self) -> tuple[BoothLine, ...]:
        """Booths of which nothing came."""
        return tuple(line for line in self.lines if line.state == "silent")

    @property
    def there(self) -> tuple[BoothLine, ...]:
        """Booths that reported, or said that they are there."""
        return tuple(line for line in self.lines if line.state != "silent")

    @property
    def counted(self) -> tuple[BoothLine, ...]:
        """Booths that reported numbers."""
        return tuple(line for line in self.lines if line.state == "counted")


def board_of(day: ConsultingDay) -> Board:
    """Return the board, booths in the order of sites and numbers; those without a place last. A fixed number of queries."""
    place_of = {row.booth_id: row for row in places_of(current_roster(day))}
    reports, counts = _said(day)
    lines = [
        BoothLine(
            booth=booth,
            place=place_of.get(booth.pk),
            state=state_of([counts[report.pk] for report in reports[booth.pk]]),
            counts=standing_counts(counts[report.pk] for report in reports[booth.pk]),
            reports=tuple(reports[booth.pk]),
        )
        for booth in booths_of(day)
    ]
    order = {row.pk: at for at, row in enumerate(place_of.values())}
    lines.sort(key=lambda line: order[line.place.pk] if line.place else len(order))
    return Board(lines=tuple(lines), totals=totals(line.counts for line in lines))


def _said(day: ConsultingDay) -> tuple[dict[int, list[BoothReport]], dict[int, dict[str, Said]]]:
    reports: dict[int, list[BoothReport]] = defaultdict(list)
    for report in BoothReport.objects.filter(booth__day=day).select_related("photo").order_by("pk"):
        reports[report.booth_id].append(report)
    counts: dict[int, dict[str, Said]] = defaultdict(dict)
    for row in BoothCount.objects.filter(report__booth__day=day).order_by("pk"):
        counts[row.report_id][row.indicator_id] = Said(row.value, row.qualifier, row.text)
    return reports, counts


def line_of(booth: Booth) -> BoothLine:
    """Return one booth's line of the board."""
    return next(line for line in board_of(booth.day).lines if line.booth.pk == booth.pk)


def closings_of(day: ConsultingDay) -> QuerySet[Closing]:
    """Return the day's closings, oldest first, with the activities that they made."""
    return Closing.objects.filter(day=day).select_related("activity").order_by("number")


def came_since_closing(day: ConsultingDay) -> int:
    """Return how many reports came since the day was closed last; 0 where it never was."""
    last = Closing.objects.filter(day=day).aggregate(last=Max("last_report"))["last"]
    return BoothReport.objects.filter(booth__day=day, pk__gt=last).count() if last else 0


def event_on_record(day: ConsultingDay) -> Activity | None:
    """Return the event that stands for the day's task, whoever recorded it; None where none does."""
    return (
        Activity.objects.filter(task=day.task, is_current=True, is_withdrawn=False, duplicate_of=None)
        .select_related("submission", "host")
        .order_by("pk")
        .first()
    )
