"""Writes of score sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from safemonth.appraisal.sheets.models import ScoreSheet, SheetItem
from safemonth.appraisal.sheets.queries import sheet_of
from safemonth.appraisal.sheets.rules import Item, check_items
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import UnitKind
from safemonth.plan.models import Campaign, Indicator, Task


@dataclass(frozen=True)
class Thresholds:
    """What a sheet states besides its items (`ScoreSheet` says what each means)."""

    objection_days: int = 5
    notice_days: int = 3
    commend_from: Decimal = Decimal(80)
    commend_share: int = 20
    criticise_below: Decimal = Decimal(40)
    silent_share: int = 100


def load_sheet(
    *,
    campaign: Campaign,
    items: Sequence[Item],
    by: str,
    at: datetime,
    thresholds: Thresholds | None = None,
    reason: str = "",
) -> ScoreSheet:
    """Store a sheet as the one that the campaign uses; the one before stays readable.

    Raises Refused `sheet_frozen` once scores by the sheet in use are published, `reason_missing` where a sheet stands and
    no reason is given for another, `thresholds_cross`, `unknown_task`, `unknown_indicator`, `unknown_kind`, `no_code`, and
    as `sheets.rules.check_items` does.
    """
    check_items(items)
    _check_names(campaign, items)
    said = thresholds or Thresholds()
    if said.criticise_below > said.commend_from or said.objection_days < 1:
        raise Refused(
            "thresholds_cross",
            gettext_noop("Who is criticised must have fewer points than who is commended, and units a day to object."),
        )
    before = sheet_of(campaign)
    if before and before.frozen_at:
        raise Refused("sheet_frozen", gettext_noop("Scores by this sheet are published: it stays as it is."))
    if before and not reason.strip():
        raise Refused("reason_missing", gettext_noop("A sheet stands. Say why another takes its place."))
    with writing(by=by, at=at, action="sheet.load", about=campaign.code) as write:
        if before:
            write.change(before, is_current=False)
        sheet = write.create(
            ScoreSheet(
                campaign=campaign,
                version=before.version + 1 if before else 1,
                reason=reason.strip()[:200],
                objection_days=said.objection_days,
                notice_days=said.notice_days,
                commend_from=said.commend_from,
                commend_share=said.commend_share,
                criticise_below=said.criticise_below,
                silent_share=said.silent_share,
                made_by=by,
                made_at=at,
            )
        )
        write.create_all(
            [
                SheetItem(
                    sheet=sheet,
                    rank=rank,
                    code=item.code,
                    title=item.title,
                    title_en=item.title_en,
                    weight=item.weight,
                    way=item.way,
                    tasks="+".join(item.tasks),
                    indicator=item.indicator,
                    kinds="+".join(item.kinds),
                    full_at=item.full_at,
                    none_at=item.none_at,
                )
                for rank, item in enumerate(items, start=1)
            ]
        )
    return sheet


def _check_names(campaign: Campaign, items: Sequence[Item]) -> None:
    tasks = set(Task.objects.filter(campaign=campaign).values_list("code", flat=True))
    indicators = set(Indicator.objects.values_list("code", flat=True))
    for item in items:
        try:
            validate_slug(item.code)
        except ValidationError as error:
            raise Refused(
                "no_code",
                gettext_noop("“%(code)s” is no code: letters, figures and hyphens only."),
                code=item.code,
            ) from error
        for task in item.tasks:
            if task not in tasks:
                raise Refused(
                    "unknown_task",
                    gettext_noop("The plan has no task “%(code)s”. Its tasks: %(codes)s"),
                    code=task,
                    codes=", ".join(sorted(tasks)) or "-",
                )
        if item.indicator and item.indicator not in indicators:
            raise Refused("unknown_indicator", gettext_noop("There is no indicator “%(code)s”."), code=item.indicator)
        for kind in item.kinds:
            if kind not in UnitKind.values:
                raise Refused(
                    "unknown_kind",
                    gettext_noop("There is no kind of unit “%(kind)s”. It may be one of %(kinds)s."),
                    kind=kind,
                    kinds=", ".join(UnitKind.values),
                )
