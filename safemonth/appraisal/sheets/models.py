"""Score sheets as data: versions of the whole, one of which a campaign uses."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from safemonth.plan.models import Campaign


class ScoreSheet(models.Model):
    """A version of a campaign's score sheet with the thresholds of its lists; frozen once scores by it are published.

    `objection_days` run from the day on which units see their scores. A task assigned fewer than `notice_days` before its
    day is not scored. At least `commend_from` points and among the best `commend_share` per cent of the kind: proposed to
    commend; below `criticise_below`, or at least `silent_share` per cent of asked returns never came: to criticise.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    objection_days = models.PositiveSmallIntegerField(default=5)
    notice_days = models.PositiveSmallIntegerField(default=3)
    commend_from = models.DecimalField(max_digits=5, decimal_places=2, default=80)
    commend_share = models.PositiveSmallIntegerField(default=20)
    criticise_below = models.DecimalField(max_digits=5, decimal_places=2, default=40)
    silent_share = models.PositiveSmallIntegerField(default=100)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["campaign_id", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="a_version_of_a_score_sheet_once"),
            models.UniqueConstraint(fields=["campaign"], condition=Q(is_current=True), name="one_current_score_sheet"),
            models.CheckConstraint(
                condition=Q(objection_days__gte=1) & Q(criticise_below__lte=F("commend_from")),
                name="a_sheet_lets_units_object_and_praises_above_blame",
            ),
            models.CheckConstraint(
                condition=Q(commend_share__lte=100, silent_share__gte=1, silent_share__lte=100, commend_from__lte=100),
                name="shares_of_a_sheet_are_per_cents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.version}"


class SheetItem(models.Model):
    """One line of a score sheet (`sheets.rules.Item`); `tasks` and `kinds` are joined by a plus."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    way = models.CharField(max_length=24)
    tasks = models.CharField(max_length=600, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    kinds = models.CharField(max_length=160, blank=True)
    full_at = models.DecimalField(max_digits=6, decimal_places=2)
    none_at = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["sheet_id", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "code"], name="an_item_once_in_a_score_sheet"),
            models.UniqueConstraint(fields=["sheet", "rank"], name="a_place_once_in_a_score_sheet"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="an_item_has_a_weight"),
        ]

    def __str__(self) -> str:
        return self.title
