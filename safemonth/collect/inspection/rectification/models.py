"""Special rectification: its aims, who was told and has acknowledged it, site meetings, and what was asked of whom there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.collect.inspection.drives.models import Drive
from safemonth.collect.inspection.hazards.models import Hazard, HazardPhoto
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit
from safemonth.plan.models import Notice


class Rectification(models.Model):
    """One special rectification: a drive of that kind, with what it is for; the trades, days and lead are the drive's.

    `notice` is the document that all workplaces of the trades were sent; empty until it is issued.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    drive = models.OneToOneField(Drive, on_delete=models.PROTECT, related_name="+")
    aims = models.TextField(max_length=2000)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["drive__from_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(aims=""), name="a_rectification_has_an_aim"),
            models.UniqueConstraint(fields=["notice"], name="a_notice_of_one_rectification"),
        ]

    def __str__(self) -> str:
        return self.drive.title


class JoiningUnit(models.Model):
    """A department that joins a rectification."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rectification", "unit"], name="a_unit_joins_once")]


class Addressee(models.Model):
    """A workplace or a unit that the notice was sent to; that a unit acknowledged is also plan's `Receipt`.

    `acknowledged_how` says by whom or how, in words, where somebody noted it for them.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("acknowledged_by", "acknowledged_how")

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledged_how = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["workplace__township__path", "workplace__name", "unit__path", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rectification", "workplace"], name="a_workplace_is_told_once"),
            models.UniqueConstraint(fields=["rectification", "unit"], name="a_unit_is_told_once"),
            models.CheckConstraint(
                condition=Q(workplace__isnull=False, unit__isnull=True) | Q(workplace__isnull=True, unit__isnull=False),
                name="an_addressee_is_a_workplace_or_a_unit",
            ),
        ]


class Reminder(models.Model):
    """That an addressee was reminded, when, by whom and how."""

    personal_data: ClassVar[tuple[str, ...]] = ("reminded_by",)

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField()
    reminded_by = models.CharField(max_length=150)
    how = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["addressee_id", "id"]


class SiteMeeting(models.Model):
    """A meeting on the spot; closed, it is one activity. Closing it again makes a new version of that."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True, unique=True)
    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=160, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    asked_of_all = models.TextField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rectification", "title", "held_on"], name="a_site_meeting_once_a_day"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, activity__isnull=True)
                | Q(closed_at__isnull=False, activity__isnull=False),
                name="a_closed_site_meeting_is_an_activity",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingGuest(models.Model):
    """A workplace or unit asked to a site meeting; `people_came` is empty until somebody says it, 0: nobody came.

    `is_asked` is false for who came unasked. `post_title` is the post that is asked for, never a name.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    meeting = models.ForeignKey(SiteMeeting, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_title = models.CharField(max_length=120, blank=True)
    is_asked = models.BooleanField(default=True)
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting_id", "unit__path", "workplace__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "workplace"], name="a_workplace_once_at_a_site_meeting"),
            models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_once_at_a_site_meeting"),
            models.CheckConstraint(
                condition=Q(workplace__isnull=False, unit__isnull=True) | Q(workplace__isnull=True, unit__isnull=False),
                name="a_guest_is_a_workplace_or_a_unit",
            ),
        ]


class ExampleKind(models.TextChoices):
    """As what something was shown."""

    GOOD = "good", _("good example")
    BAD = "bad", _("bad example")


class Example(models.Model):
    """What was shown at a site meeting: in words, and where it is a hazard with its photos before and after."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    meeting = models.ForeignKey(SiteMeeting, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=ExampleKind)
    words = models.CharField(max_length=300)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    before = models.ForeignKey(HazardPhoto, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(HazardPhoto, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["meeting_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="an_example_says_what_it_shows"),
            models.CheckConstraint(
                condition=Q(hazard__isnull=False) | Q(before__isnull=True, after__isnull=True),
                name="photos_of_an_example_are_of_its_hazard",
            ),
        ]


class FollowUp(models.Model):
    """What was asked of a unit at a site meeting, by when; and what it says it did."""

    personal_data: ClassVar[tuple[str, ...]] = ("done_by",)

    key = models.UUIDField(null=True, unique=True)
    meeting = models.ForeignKey(SiteMeeting, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=400)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_text = models.CharField(max_length=400, blank=True)
    done_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="a_follow_up_asks_something"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_text="") | Q(done_on__isnull=False) & ~Q(done_text=""),
                name="a_follow_up_done_says_what",
            ),
        ]
