"""The plan of placements in the media: outlets, and what is to appear, appeared, and is borne out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


class OutletKind(models.TextChoices):
    """What sort of medium it is."""

    TELEVISION = "television", _("television")
    NEWSPAPER = "newspaper", _("newspaper")
    RADIO = "radio", _("radio")
    SCREENS = "screens", _("public screens")
    ONLINE = "online", _("website or social media")


class Outlet(models.Model):
    """A newspaper, station, account or row of screens; `unit` is the unit that runs it, where it is in the tree."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=12, choices=OutletKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class PlacementKind(models.TextChoices):
    """What is placed; what each counts as stands in `rules.COUNTED_AS`."""

    SPEECH = "speech", _("speech")
    INTERVIEW = "interview", _("interview")
    SPECIAL_EDITION = "special_edition", _("special edition")
    SIGNED_ARTICLE = "signed_article", _("signed article")
    REPORT = "report", _("news report")
    FILM = "film", _("film shown")
    SUBTITLES = "subtitles", _("subtitles")
    RADIO = "radio", _("radio item")
    SCREEN = "screen", _("public screen")
    SOCIAL_MEDIA = "social_media", _("social media")


class Example(models.TextChoices):
    """Whether a placement reports a good or a bad example."""

    NONE = "", _("no example")
    GOOD = "good", _("good example")
    BAD = "bad", _("bad example")


class Placement(models.Model):
    """One thing to appear in an outlet, and what became of it.

    How far it has come is computed (`rules.state_of`). `is_before`: "before 1 June", not "by". `slot` is the hour or
    page. `audience` is a claim, and `audience_claimed_by` says whose. `activity` is what it counts in once made.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=PlacementKind)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    speaker_post = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    is_before = models.BooleanField(default=False)
    planned_slot = models.CharField(max_length=120, blank=True)
    example = models.CharField(max_length=4, choices=Example, default=Example.NONE, blank=True)
    made_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    slot = models.CharField(max_length=120, blank=True)
    times = models.PositiveIntegerField(default=1)
    length_s = models.PositiveIntegerField(null=True, blank=True)
    area_cm2 = models.PositiveIntegerField(null=True, blank=True)
    audience = models.PositiveBigIntegerField(null=True, blank=True)
    audience_claimed_by = models.CharField(max_length=120, blank=True)
    proof_link = models.URLField(max_length=400, blank=True)
    called_off_because = models.CharField(max_length=200, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "outlet", "kind", "title"], name="a_placement_is_planned_once"),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_placement_is_shown_once_at_least"),
            models.CheckConstraint(
                condition=Q(audience__isnull=True) | ~Q(audience_claimed_by=""), name="an_audience_is_somebodys_claim"
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True, activity__isnull=True)
                | Q(made_on__isnull=False, activity__isnull=False),
                name="what_was_made_is_an_activity",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("made_on")),
                name="a_placement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlacementProof(models.Model):
    """A file that bears out a placement: a cutting, a recording, a screenshot."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "submission"], name="a_file_proves_a_placement_once")
        ]
