"""What was drawn to be visited, each visit with its findings, and the unit's answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Measure
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Indicator


class VisitDraw(models.Model):
    """A draw of units to visit, so that a few visits say something about one indicator's total.

    `design` is all that it was drawn from and by (`sampling.design.as_json`), with each unit's claim as it stood then;
    `measures` gives for each unit the keys of the measures that its claim is the sum of. Neither ever changes.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("drawn_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    design = models.JSONField()
    design_sha256 = models.CharField(max_length=64)
    measures = models.JSONField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["campaign_id", "indicator__rank", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "indicator", "version"], name="a_visit_draw_version_once"),
            models.UniqueConstraint(
                fields=["campaign", "indicator"], condition=Q(is_current=True), name="one_current_visit_draw"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.version}"


class PlannedVisit(models.Model):
    """A unit's place in the drawn order (from 1); those beyond the planned number are in reserve."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    draw = models.ForeignKey(VisitDraw, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    is_certain = models.BooleanField()
    chance = models.FloatField()
    is_reserve = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["draw_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "unit"], name="a_unit_once_in_a_visit_draw"),
            models.UniqueConstraint(fields=["draw", "position"], name="a_position_once_in_a_visit_draw"),
            models.CheckConstraint(condition=Q(chance__gte=0, chance__lte=1), name="a_chance_is_one"),
        ]


class Visit(models.Model):
    """A visit to a unit of a draw; corrected by another version, one of which is current.

    `settled_at`: its findings have become corrections and confirmations of the unit's records.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by", "note")

    key = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    planned = models.ForeignKey(PlannedVisit, on_delete=models.PROTECT, related_name="+")
    team = models.PositiveSmallIntegerField(null=True, blank=True)
    visited_on = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["visited_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="a_version_of_a_visit_once"),
            models.UniqueConstraint(
                fields=["planned"], condition=Q(is_current=True), name="one_current_visit_of_a_planned_one"
            ),
        ]


class HowFound(models.TextChoices):
    """How what was found was found."""

    COUNTED = "counted", _("counted")
    SEEN = "seen", _("seen")
    DOCUMENTED = "documented", _("documented")
    NOT_FOUND = "not_found", _("not found")


class Finding(models.Model):
    """What was found of one claimed number on a visit."""

    personal_data: ClassVar[tuple[str, ...]] = ("note",)

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    claimed = models.PositiveBigIntegerField()
    found = models.PositiveBigIntegerField()
    how = models.CharField(max_length=12, choices=HowFound)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["visit_id", "measure_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "measure"], name="a_claim_is_compared_once_on_a_visit"),
            models.CheckConstraint(condition=~Q(how="not_found") | Q(found=0), name="what_was_not_found_is_none"),
        ]


class VisitPhoto(models.Model):
    """A photo or paper that bears out what a visit found."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    visit_key = models.UUIDField(db_index=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit_key", "submission"], name="a_file_bears_out_a_visit_once")
        ]


class VisitAnswer(models.Model):
    """What the unit says to the findings of a visit, with its own proof."""

    personal_data: ClassVar[tuple[str, ...]] = ("text", "said_by")

    visit_key = models.UUIDField(db_index=True)
    text = models.TextField(max_length=1000)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["said_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_says_something")]
