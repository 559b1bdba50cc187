"""Lists to commend and to criticise: proposed by rule, edited with reasons, approved by the leader, issued as notices."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.appraisal.scoring.models import ScoreRun
from safemonth.organisation.models import Unit
from safemonth.plan.models import Notice


class ListKind(models.TextChoices):
    """What a list is for."""

    COMMEND = "commend", _("to commend")
    CRITICISE = "criticise", _("to criticise")


class HonourList(models.Model):
    """A list of one kind by a run of scores; a new proposal is another version and the one before stays readable.

    `is_published` is decided by itself, by somebody, after it is issued: empty until then. Approved it no longer changes.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by", "approved_by", "publication_decided_by")

    run = models.ForeignKey(ScoreRun, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ListKind)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_published = models.BooleanField(null=True, blank=True)
    publication_decided_by = models.CharField(max_length=150, blank=True)
    publication_decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["run_id", "kind", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "kind", "version"], name="a_version_of_a_list_once"),
            models.UniqueConstraint(
                fields=["run", "kind"], condition=Q(is_current=True), name="one_current_list_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(approved_by=F("made_by")),
                name="nobody_approves_the_own_list",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | Q(approved_at__isnull=False), name="only_an_approved_list_is_issued"
            ),
            models.CheckConstraint(
                condition=Q(is_published__isnull=True) | Q(notice__isnull=False),
                name="only_an_issued_list_is_published",
            ),
        ]


class ListedUnit(models.Model):
    """A unit's place on a list and why; taken off it stays in the record with the reason (`is_on` false).

    `because` is a key of `lists.rules.REASONS` where the rule proposed it, else empty and `reason` says why.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("changed_by",)

    honour_list = models.ForeignKey(HonourList, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=True)
    because = models.CharField(max_length=24, blank=True)
    params = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    changed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["honour_list_id", "unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["honour_list", "unit"], name="a_unit_once_on_a_list"),
            models.CheckConstraint(condition=~Q(because="") | ~Q(reason=""), name="a_unit_is_on_a_list_for_a_reason"),
            models.CheckConstraint(condition=Q(is_on=True) | ~Q(reason=""), name="a_unit_is_taken_off_for_a_reason"),
        ]
