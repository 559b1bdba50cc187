"""A day of law to the countryside: who was asked and came, the programme, questions, hazards seen."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


class LawDay(models.Model):
    """One day in one township; closed, it is one activity with everyone who came as a participant.

    Closing it again after late reports makes a new version of that activity.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    township = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "township", "held_on"], name="a_law_day_once_in_a_township"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, activity__isnull=True)
                | Q(closed_at__isnull=False, activity__isnull=False),
                name="a_closed_law_day_is_an_activity",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GuestRole(models.TextChoices):
    """As what a unit is there."""

    ENTERPRISE = "enterprise", _("enterprise")
    TOWNSHIP = "township", _("township")
    DEPARTMENT = "department", _("department")


class GuestAnswer(models.TextChoices):
    """What a unit answered to its invitation."""

    NONE = "", _("no answer yet")
    COMING = "coming", _("coming")
    DEPUTY = "deputy", _("sends a deputy")
    NOT_COMING = "not_coming", _("not coming")


class Guest(models.Model):
    """A unit asked to a day, or that came unasked (`invited_at` empty); `people_came` is empty until somebody says it.

    `post_title` is the post that is asked for ("mine manager"), never a person's name.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    day = models.ForeignKey(LawDay, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=GuestRole)
    post_title = models.CharField(max_length=120, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=GuestAnswer, default=GuestAnswer.NONE, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["role", "unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "unit"], name="a_unit_is_asked_to_a_day_once"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(received_at__isnull=False), name="an_answer_has_its_time"
            ),
        ]


class ProgrammeKind(models.TextChoices):
    """What a point of the programme is."""

    INSPECTION = "inspection", _("on-site inspection")
    EXPLANATION = "explanation", _("explanation")
    ANALYSIS = "analysis", _("analysis")
    BOOKS = "books", _("books given out")
    DISCUSSION = "discussion", _("discussion")


class ProgrammeItem(models.Model):
    """One point of a day's programme, in order; who leads it, where, from when."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    day = models.ForeignKey(LawDay, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    title = models.CharField(max_length=160, blank=True)
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    led_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    was_held = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["day_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "number"], name="a_number_once_in_a_programme"),
        ]


class Question(models.Model):
    """A question asked on the day, and its answer, which may come later."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True, unique=True)
    day = models.ForeignKey(LawDay, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=1000)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_was_given_at_a_time",
            ),
        ]


class HazardSeen(models.Model):
    """A hazard seen on the day, at an enterprise and place; inspections take it over as a case of their own.

    `taken_over_as` is its number there. While it is empty the day counts it; afterwards inspections do, so that it is
    counted once.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True, unique=True)
    day = models.ForeignKey(LawDay, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=160)
    text = models.TextField(max_length=1000)
    seen_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_over_as = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="a_hazard_seen_is_described"),
        ]
