"""Scores of units, item by item, with their reasons; and what a person adds to the records: judgements, excuses."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.appraisal.sheets.models import ScoreSheet
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


class Judgement(models.Model):
    """What share of an item's points a scorer gives a unit (0 to 100 per cent), and why; corrected by another version."""

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    item = models.SlugField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    share_percent = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["campaign_id", "item", "unit_id", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "item", "unit", "version"], name="a_version_of_a_judgement_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "item", "unit"], condition=Q(is_current=True), name="one_current_judgement"
            ),
            models.CheckConstraint(
                condition=Q(share_percent__lte=100) & ~Q(reason=""), name="a_judgement_is_a_share_with_a_reason"
            ),
        ]


class ExcuseKind(models.TextChoices):
    """Why a unit (or every unit) had no chance to do a task."""

    CALLED_OFF = "called_off", _("called off")
    ASSIGNED_LATE = "assigned_late", _("assigned too late")
    EXCUSED = "excused", _("excused")


class Excuse(models.Model):
    """The office's word that a task is not to be scored: for a unit, or (`unit` empty) for all."""

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=16, choices=ExcuseKind)
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["task_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_excuse_has_a_reason"),
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="a_unit_is_excused_once_from_a_task",
            ),
        ]


class ScoreRun(models.Model):
    """All units scored by one sheet from the records as of a day; scored again it is another version.

    `published_at` is when units got to see their scores: from then objections run, and only answers change scores.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by", "published_by")

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    as_of = models.DateField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["campaign_id", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="a_version_of_scores_once"),
            models.UniqueConstraint(fields=["campaign"], condition=Q(is_current=True), name="one_current_score_run"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.version}"


class UnitScore(models.Model):
    """A unit's points of a run, `low` to `high` (equal where all is known; empty where nothing could be scored).

    An answer to an objection makes another version with its reason; the one before stays readable.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=300, blank=True)
    low = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    # Share of the returns asked of it that never came, in per cent, of those that were due (empty: none was).
    silent_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["run_id", "unit__path", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "unit", "version"], name="a_version_of_a_unit_score_once"),
            models.UniqueConstraint(
                fields=["run", "unit"], condition=Q(is_current=True), name="one_current_score_of_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=F("high"), low__gte=0, high__lte=100),
                name="points_are_of_a_hundred",
            ),
        ]


class ItemScore(models.Model):
    """One item of a unit's score: the share of its points, its weight for this unit, reason and records.

    The shares are kept exact, so that a unit's points can be made again from them.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    score = models.ForeignKey(UnitScore, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    item = models.SlugField(max_length=40)
    is_left_out = models.BooleanField(default=False)
    # Exact shares as texts ("2/3").
    low_share = models.CharField(max_length=80)
    high_share = models.CharField(max_length=80)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    low = models.DecimalField(max_digits=5, decimal_places=2)
    high = models.DecimalField(max_digits=5, decimal_places=2)
    saying = models.CharField(max_length=24)
    params = models.JSONField(default=dict)
    records = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["score_id", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["score", "item"], name="an_item_once_in_a_score"),
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="an_item_score_runs_upwards"),
        ]
