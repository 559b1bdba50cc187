"""Reads of lists to commend and to criticise."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from safemonth.appraisal.lists.models import HonourList, ListedUnit, ListKind
from safemonth.appraisal.lists.rules import Bars, Candidate
from safemonth.appraisal.objections.queries import units_with_open_objection
from safemonth.appraisal.scoring.models import ScoreRun
from safemonth.appraisal.scoring.queries import current_run, scores_of
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


def candidates_of(run: ScoreRun) -> list[Candidate]:
    """Return all scored units as the rule of the lists sees them, in tree order."""
    objecting = set(units_with_open_objection(run).values_list("code", flat=True))
    return [
        Candidate(
            code=score.unit.code,
            kind=score.unit.kind,
            low=score.low,
            high=score.high,
            has_open_objection=score.unit.code in objecting,
            silent_percent=score.silent_percent,
        )
        for score in scores_of(run)
    ]


def bars_of(run: ScoreRun) -> Bars:
    """Return the thresholds of the run's sheet."""
    sheet = run.sheet
    return Bars(sheet.commend_from, sheet.commend_share, sheet.criticise_below, sheet.silent_share)


@dataclass(frozen=True)
class ListPage:
    """A list with the units on it and those that were taken off."""

    honour_list: HonourList
    on: tuple[ListedUnit, ...]
    off: tuple[ListedUnit, ...]


def lists_of(campaign: Campaign) -> list[ListPage]:
    """Return the current lists by the newest scores, to commend first; three statements."""
    run = current_run(campaign)
    lists = HonourList.objects.filter(run=run, is_current=True).select_related("run__campaign", "run__sheet", "notice")
    units: Mapping[int, list[ListedUnit]] = defaultdict(list)
    for row in ListedUnit.objects.filter(honour_list__run=run, honour_list__is_current=True).select_related("unit"):
        units[row.honour_list_id].append(row)
    pages = [
        ListPage(
            each,
            tuple(row for row in units[each.pk] if row.is_on),
            tuple(row for row in units[each.pk] if not row.is_on),
        )
        for each in lists
    ]
    return sorted(pages, key=lambda page: page.honour_list.kind != ListKind.COMMEND)


def units_on(honour_list: HonourList) -> list[Unit]:
    """Return the units on a list, in tree order."""
    rows = ListedUnit.objects.filter(honour_list=honour_list, is_on=True).select_related("unit").order_by("unit__path")
    return [row.unit for row in rows]


def issued_lists(campaign: Campaign) -> QuerySet[HonourList]:
    """Return the lists that were issued as notices, also by earlier scores."""
    return (
        HonourList.objects.filter(run__campaign=campaign, notice__isnull=False)
        .select_related("notice")
        .order_by("notice__issued_on", "pk")
    )


def published_lists(campaign: Campaign) -> QuerySet[HonourList]:
    """Return the issued lists of which somebody decided that they may be published."""
    return issued_lists(campaign).filter(is_published=True)
