"""The consulting day: its sites and booths, wishes, rosters by version, what booths reported, and its closing."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity, QualifierChoice
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Indicator, Task


class ConsultingDay(models.Model):
    """One day in public: the task that asks for it (one event of many units), who runs it, and its hours."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    from_time = models.TimeField()
    to_time = models.TimeField()
    least_stay_min = models.PositiveSmallIntegerField(default=60)

    class Meta:
        ordering: ClassVar = ["held_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task"], name="a_consulting_day_once_a_task"),
            models.CheckConstraint(
                condition=Q(to_time__gt=F("from_time")), name="a_consulting_day_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(least_stay_min__gte=1), name="a_stay_is_at_least_a_minute"),
        ]

    def __str__(self) -> str:
        return str(self.task)


class Site(models.Model):
    """An intersection or square of one day: where it is, how many booths it holds at once, what it has room for.

    `room` maps a thing that booths bring to how many there can be at once; a thing that is not in it has
    no limit. `opens` and `closes` empty: free the whole day. Not `is_used`: taken off the day.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    day = models.ForeignKey(ConsultingDay, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    holds = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField(default=0)
    room = models.JSONField(default=dict)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    is_used = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["day_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "number"], name="a_site_number_once_a_day"),
            models.UniqueConstraint(fields=["day", "name"], name="a_site_name_once_a_day"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="a_site_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_site_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Booth(models.Model):
    """A unit's booth on the day: what it brings (thing -> how many) and how many copies. Not `is_in`: it stays away."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    day = models.ForeignKey(ConsultingDay, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    brings = models.JSONField(default=dict)
    copies = models.PositiveIntegerField(default=0)
    materials = models.CharField(max_length=200, blank=True)
    is_in = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["day_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "unit"], name="a_booth_once_a_unit_and_day")]

    def __str__(self) -> str:
        return str(self.unit)


class WishChoice(models.TextChoices):
    """What a wish asks for."""

    TOGETHER = "together", _("stand together")
    APART = "apart", _("stand at different sites")
    AT = "at", _("stand at this site")
    NOT_AT = "not_at", _("not at this site")
    HOURS = "hours", _("only within these hours")


class Wish(models.Model):
    """A wish of the clerk for one booth: with or without another, at a site or not, within hours. Withdrawn, not deleted."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=WishChoice)
    other = models.ForeignKey(Booth, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_time = models.TimeField(null=True, blank=True)
    to_time = models.TimeField(null=True, blank=True)
    is_must = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["together", "apart"], other__isnull=False, site__isnull=True)
                | Q(kind__in=["at", "not_at"], other__isnull=True, site__isnull=False)
                | Q(kind="hours", other__isnull=True, site__isnull=True, is_must=True, to_time__gt=F("from_time")),
                name="a_wish_says_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("booth")), name="a_booth_has_no_wish_about_itself"
            ),
            models.UniqueConstraint(
                fields=["booth"], condition=Q(kind="hours", is_withdrawn=False), name="one_wish_for_hours_a_booth"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.booth_id}"


class RosterStatus(models.TextChoices):
    """How a roster came about."""

    BEST = "best", _("no better one is possible")
    GOOD = "good", _("good; a better one may be possible")
    BY_HAND = "by_hand", _("changed by hand")
    IMPOSSIBLE = "impossible", _("cannot be done")
    UNKNOWN = "unknown", _("not found in time")


class Roster(models.Model):
    """One version of who stands where. One that cannot be done has no places, but the statements that contradict.

    `reason` is a list of {"kind", "code", "thing"} (limits.Item), `remedies` of the same with "amount"; the last
    version with places is current, and stays so when a later attempt could not be done.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    day = models.ForeignKey(ConsultingDay, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=RosterStatus)
    seed = models.PositiveIntegerField()
    cost = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0)
    reason = models.JSONField(default=list)
    is_smallest = models.BooleanField(default=False)
    remedies = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["day_id", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "version"], name="a_roster_version_once_a_day"),
            models.UniqueConstraint(fields=["day"], condition=Q(is_current=True), name="one_current_roster_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.version}"


class BoothPlace(models.Model):
    """Where a booth stands in a version of the roster: site, number there, hours; locked: put there by hand."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    roster = models.ForeignKey(Roster, on_delete=models.PROTECT, related_name="+")
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    from_time = models.TimeField()
    to_time = models.TimeField()
    is_locked = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["roster_id", "site__number", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "booth"], name="a_booth_once_in_a_roster"),
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="a_booth_leaves_after_it_comes"),
        ]

    def __str__(self) -> str:
        return f"{self.booth_id} {self.site_id} {self.number}"


class BoothReport(models.Model):
    """What a booth said at one moment: its totals so far (none: it is there). `key` is the form's, so it counts once."""

    personal_data: ClassVar[tuple[str, ...]] = ("said_by",)

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=150)
    note = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_correction = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["booth_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["booth", "key"], name="a_booth_report_counts_once")]

    def __str__(self) -> str:
        return f"{self.booth_id} {self.said_at:%H:%M}"


class BoothCount(models.Model):
    """One number of a booth's report, as it was said."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    report = models.ForeignKey(BoothReport, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveBigIntegerField()
    qualifier = models.CharField(max_length=10, choices=QualifierChoice)
    text = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["report_id", "indicator__rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "indicator"], name="a_count_once_in_a_booth_report"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"


class Closing(models.Model):
    """The day's one event as recorded at one moment: `activity` is the version that this closing made."""

    personal_data: ClassVar[tuple[str, ...]] = ("closed_by",)

    day = models.ForeignKey(ConsultingDay, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    last_report = models.ForeignKey(BoothReport, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["day_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "number"], name="a_closing_number_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"
