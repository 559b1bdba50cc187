"""What was done, as claimed: one row an event and version, its measures, who took part, and signed returns."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.submissions.models import Source, Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import ActivityKind, Campaign, Indicator, Task


class Activity(models.Model):
    """One version of one event (or of one unit's line of counts: `is_report_line`).

    `key` is the event's identity through its versions; one version of a key is current. A correction
    is a new version with its reason; nothing is overwritten. `duplicate_of`: a person decided that
    this is the same event as that one, so its measures are shown and not counted.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24, choices=ActivityKind)
    title = models.CharField(max_length=200)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    # Where it is said to have been, in degrees (WGS 84): photos are held against it.
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    is_report_line = models.BooleanField(default=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="a_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(is_current=True), name="one_current_version"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="an_activity_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_position_is_on_earth",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "is_current", "kind", "from_on"])]

    def __str__(self) -> str:
        return self.title


class ParticipantRole(models.TextChoices):
    """As what a unit took part."""

    HOST = "host", _("host")
    PARTICIPANT = "participant", _("participant")


class Participation(models.Model):
    """A unit that took part in an activity, with its own place there (booth, intersection) where named."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ParticipantRole)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "unit"], name="a_unit_once_in_an_activity")
        ]


class QualifierChoice(models.TextChoices):
    """How a number was said."""

    EXACT = "exact", _("exact")
    MORE_THAN = "more_than", _("more than")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")


class BasisChoice(models.TextChoices):
    """What one unit of the count is; values of different bases are never added."""

    PEOPLE = "people", _("people")
    PERSON_TIMES = "person_times", _("person-times")
    PLACES = "places", _("places")
    PLACE_TIMES = "place_times", _("place-times")
    VEHICLES = "vehicles", _("vehicles")
    VEHICLE_TIMES = "vehicle_times", _("vehicle-trips")
    EVENTS = "events", _("times")
    THINGS = "things", _("pieces")
    YUAN = "yuan", _("yuan")


class PeriodKind(models.TextChoices):
    """Whether a value counts its own period, or everything up to a date."""

    PERIOD = "period", _("this period")
    TO_DATE = "to_date", _("to date")


class MeasureState(models.TextChoices):
    """How far a claim has been borne out."""

    CLAIMED = "claimed", _("claimed")
    EVIDENCED = "evidenced", _("with evidence")
    CHECKED = "checked", _("checked at the desk")
    CONFIRMED = "confirmed", _("confirmed on site")
    CORRECTED = "corrected", _("corrected on site")


class Measure(models.Model):
    """One value: indicator, whose it is, how it was said, what it is part of, and where it was read.

    `named` is the thing that a count of one stands for (a department, an intersection), so that the
    same one is counted once.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField()
    qualifier = models.CharField(max_length=10, choices=QualifierChoice)
    basis = models.CharField(max_length=14, choices=BasisChoice)
    measure_word = models.CharField(max_length=20, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    named = models.CharField(max_length=120, blank=True)
    period_kind = models.CharField(max_length=8, choices=PeriodKind, default=PeriodKind.PERIOD)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.CLAIMED)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0), name="a_count_is_not_negative"),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="a_measure_is_not_part_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"


class Evidence(models.Model):
    """A file that bears out an activity: a photo, a signed sheet; kept as a submission of its own."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "submission"], name="a_file_once_as_evidence"),
        ]


class Return(models.Model):
    """A unit's signed statement for a period: that what is listed is complete, or that there is nothing."""

    personal_data: ClassVar[tuple[str, ...]] = ("signed_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period_from = models.DateField()
    period_to = models.DateField()
    is_nil = models.BooleanField()
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=150)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "period_from", "period_to"],
                condition=Q(is_current=True),
                name="one_current_return_a_period",
            ),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="a_return_ends_after_it_starts"),
        ]
