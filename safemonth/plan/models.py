"""What was asked of whom."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safemonth.organisation.models import Body, Post, Unit


class Aggregation(models.TextChoices):
    """How values of an indicator come together."""

    SUM = "sum", _("sum")
    DISTINCT = "distinct", _("distinct")
    MAX = "max", _("maximum")
    LATEST = "latest", _("latest")


class Indicator(models.Model):
    """What is counted. Stands in `plan` since tasks ask for it, measures are in it, and keys point upstream."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    measure_words = models.CharField(max_length=80, blank=True)
    aggregation = models.CharField(max_length=12, choices=Aggregation)
    chapter = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["rank"]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """Whose campaign it is."""

    NATIONAL = "national", _("national")
    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")


class Campaign(models.Model):
    """One month (or week): its theme and dates are data, new every year."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=160, blank=True)
    theme_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    returns_due_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_month_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Chapter(models.TextChoices):
    """The founding case's chapters."""

    ORGANISATION = "organisation", _("organisation")
    PUBLICITY = "publicity", _("publicity")
    INSPECTION = "inspection", _("inspections")
    SUPERVISION = "supervision", _("supervision")


class ActivityKind(models.TextChoices):
    """What sort of event an activity is."""

    CONSULTING_DAY = "consulting_day", _("consulting day")
    VEHICLE_TOUR = "vehicle_tour", _("publicity vehicles")
    MEDIA = "media", _("media")
    TRAINING = "training", _("training")
    LECTURE = "lecture", _("lecture")
    DRILL = "drill", _("drill")
    LAW_TO_COUNTRYSIDE = "law_to_countryside", _("law to the countryside")
    INSPECTION = "inspection", _("inspection")
    RECTIFICATION = "rectification", _("special rectification")
    MEETING = "meeting", _("meeting")
    PUBLICITY = "publicity", _("publicity")
    SUPERVISION = "supervision", _("supervision")
    OTHER = "other", _("other activity")


class Task(models.Model):
    """One thing that the plan asks for. `is_one_event`: all who take part report one and the same event."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    chapter = models.CharField(max_length=20, choices=Chapter)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, choices=ActivityKind)
    due_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    evidence_asked = models.CharField(max_length=200, blank=True)
    is_one_event = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["campaign_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "code"], name="a_task_code_once_in_a_campaign"),
            models.UniqueConstraint(fields=["campaign", "number"], name="a_task_number_once_in_a_campaign"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskIndicator(models.Model):
    """An indicator that a task expects; `cap` is the most that one missing unit could add (stated by the plan)."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    cap = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "indicator"], name="an_indicator_once_in_a_task")
        ]


class Assignment(models.Model):
    """A task asked of a unit; `rule` says by which rule it came ("kind:township", "named")."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    rule = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "unit"], name="a_task_once_a_unit")]


class Notice(models.Model):
    """A document issued, with its number ("易安委〔2019〕5号")."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=240, blank=True)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body_text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["issued_on", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "number"], name="a_document_number_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Receipt(models.Model):
    """A unit's acknowledgement that a notice reached it."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "unit"], name="a_receipt_once_a_unit")]


class Meeting(models.Model):
    """A meeting of the campaign."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    place_en = models.CharField(max_length=160, blank=True)
    called_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "title", "held_on"], name="a_meeting_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who was asked to a meeting and who came: a unit, through a post where one is named."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    was_present = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "unit"], name="a_unit_once_at_a_meeting")]
