"""Inspections of workplaces: one row a visit, and beside it each version of it that arrived."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.forms.models import FormVersion
from safemonth.collect.inspection.drives.models import Drive, Team
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class SignedHow(models.TextChoices):
    """How the workplace's side met the record (Work Safety Law art. 68: a refusal is recorded)."""

    NOT_YET = "", _("not signed yet")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused to sign")
    ABSENT = "absent", _("nobody was there to sign")


class Inspection(models.Model):
    """One visit to a workplace, as all that arrived about it says together (`inspections/rules.py`, `merged`).

    `key` is the visit's identity on every phone. `said` is what was made of the versions, and can be made again from
    them. `has_rivals`: versions contradict each other and no person has decided. `is_recheck`: it only rechecks
    hazards that were found before, and is not counted as an inspection. `activity_key` is the activity that carries
    its figures.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("said",)

    key = models.UUIDField(unique=True)
    code = models.CharField(max_length=16, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    workplace_text = models.CharField(max_length=120, blank=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_unannounced = models.BooleanField(default=False)
    is_recheck = models.BooleanField(default=False)
    inspectors_count = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_by_workplace = models.CharField(max_length=8, choices=SignedHow, blank=True, default=SignedHow.NOT_YET)
    said = models.JSONField(default=dict)
    has_rivals = models.BooleanField(default=False)
    activity_key = models.UUIDField(null=True, blank=True, unique=True)
    # What its figures were made from (events of its hazards, the workplace that stands): where it differs they are made again.
    figures_mark = models.CharField(max_length=60, blank=True)
    # An edit said that it belongs to another visit: it counts nothing here.
    is_moved = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-started_at", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="an_inspection_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "started_at"])]

    def __str__(self) -> str:
        return self.code


class InspectionVersion(models.Model):
    """One version of an inspection as it arrived: what it says, which version it was made from, and when it came.

    `version_key` names it; `instance_id` is what an edit of it names in `made_from` (empty: it edits none). `said` is
    derived from the submission's bytes and can be derived again. `is_set_aside`: a person decided for another.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("said", "sent_by")

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    version_key = models.CharField(max_length=255, unique=True)
    instance_id = models.CharField(max_length=255, db_index=True)
    made_from = models.CharField(max_length=255, blank=True, db_index=True)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField()
    finished_at = models.DateTimeField()
    sent_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["inspection_id", "version_key"]
