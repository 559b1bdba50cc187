"""Reads of score sheets."""

from django.db.models import QuerySet

from safemonth.appraisal.sheets.models import ScoreSheet, SheetItem
from safemonth.appraisal.sheets.rules import Item
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.plan.models import Campaign


def sheet_of(campaign: Campaign) -> ScoreSheet | None:
    """Return the sheet that the campaign uses, None where it has none yet."""
    return ScoreSheet.objects.filter(campaign=campaign, is_current=True).first()


def sheet_needed(campaign: Campaign) -> ScoreSheet:
    """Return the sheet that the campaign uses; raises Refused `no_sheet` where it has none yet."""
    sheet = sheet_of(campaign)
    if sheet is None:
        raise Refused("no_sheet", gettext_noop("There is no score sheet yet. Load one first."))
    return sheet


def sheets_of(campaign: Campaign) -> QuerySet[ScoreSheet]:
    """Return all versions, the newest first."""
    return ScoreSheet.objects.filter(campaign=campaign).order_by("-version")


def items_of(sheet: ScoreSheet) -> list[Item]:
    """Return the sheet's items as rules see them, in order."""
    return [as_item(row) for row in SheetItem.objects.filter(sheet=sheet).order_by("rank")]


def as_item(row: SheetItem) -> Item:
    """Return a stored item as rules see it."""
    return Item(
        code=row.code,
        title=row.title,
        title_en=row.title_en,
        weight=row.weight,
        way=row.way,
        tasks=tuple(filter(None, row.tasks.split("+"))),
        indicator=row.indicator,
        kinds=tuple(filter(None, row.kinds.split("+"))),
        full_at=row.full_at,
        none_at=row.none_at,
    )
