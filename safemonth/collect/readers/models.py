"""What a reader made of a submission, kept until a person (or a rule) decides; can be derived again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity, BasisChoice, Measure, PeriodKind, QualifierChoice
from safemonth.collect.submissions.models import Source, Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Indicator, Task


class ReadingRecord(models.Model):
    """One run of a reader over a submission: its version, what it asks, what it passed over and why."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=40)
    read_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    signed_nil = models.BooleanField(default=False)
    # A return that a form states: unit (code), is_nil, period_from, period_to, signed_by; null where there is none.
    signed = models.JSONField(null=True, blank=True)
    text = models.TextField(blank=True)
    doubts = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    skipped = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(is_current=True), name="one_current_reading"
            ),
        ]


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("to be looked at")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("set aside")
    REPLACED = "replaced", _("read again")


class Proposal(models.Model):
    """One activity (or a unit's line of counts) that a file claims, with its doubts."""

    personal_data: ClassVar[tuple[str, ...]] = ("decided_by",)

    reading = models.ForeignKey(ReadingRecord, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    unit_text = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24, choices=ActivityKind)
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    participants = models.JSONField(default=list)
    # Names of the files, sent with the form, that bear this out.
    evidence = models.JSONField(default=list)
    is_report_line = models.BooleanField(default=False)
    is_nil = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    doubts = models.JSONField(default=list)
    likely_double_of = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["reading_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reading", "number"], name="a_proposal_number_once")]
        indexes: ClassVar = [models.Index(fields=["state"])]


class ProposedMeasure(models.Model):
    """One value that a proposal claims; `indicator` or `value` empty where it could not be read."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    heading = models.CharField(max_length=120, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=3, null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=QualifierChoice)
    unit_word = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=14, choices=BasisChoice)
    period_kind = models.CharField(max_length=8, choices=PeriodKind, default=PeriodKind.PERIOD)
    part_of = models.PositiveIntegerField(null=True, blank=True)
    named = models.CharField(max_length=120, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    doubts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["proposal_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["proposal", "number"], name="a_proposed_measure_once")]


class HeadingMeaning(models.Model):
    """What the clerk said a column's heading means; remembered for every later file."""

    personal_data: ClassVar[tuple[str, ...]] = ("taught_by",)

    heading = models.CharField(max_length=120, unique=True)
    meaning = models.CharField(max_length=60)
    taught_by = models.CharField(max_length=150)
    taught_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.heading
