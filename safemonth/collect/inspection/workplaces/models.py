"""The register of workplaces, and rows of a list that wait for a person because they look like one that is there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit


class Trade(models.TextChoices):
    """What a workplace does, as the trades of the hazard table that is sent upward."""

    COAL_MINE = "coal_mine", _("coal mine")
    MINE = "mine", _("mine other than coal")
    TAILINGS = "tailings", _("tailings pond")
    DANGEROUS_GOODS = "dangerous_goods", _("dangerous chemicals")
    FIREWORKS = "fireworks", _("fireworks")
    CONSTRUCTION = "construction", _("construction")
    METALLURGY = "metallurgy", _("metals and machinery")
    TRADE_INDUSTRY = "trade_industry", _("other industry and trade")
    ROAD_TRANSPORT = "road_transport", _("road transport")
    GAS = "gas", _("town gas")
    SPECIAL_EQUIPMENT = "special_equipment", _("special equipment")
    FARM_MACHINERY = "farm_machinery", _("farm machinery")
    TOURISM = "tourism", _("tourism")
    CROWDED_PLACE = "crowded_place", _("crowded place")
    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    OTHER = "other", _("other trade")


class Size(models.TextChoices):
    """How large an enterprise is (GB/T 4754 trades each have their own limits; the register keeps what it is told)."""

    UNKNOWN = "", _("not known")
    LARGE = "large", _("large")
    MEDIUM = "medium", _("medium")
    SMALL = "small", _("small")
    MICRO = "micro", _("micro")


class RiskClass(models.TextChoices):
    """The four classes of risk, worst first."""

    UNKNOWN = "", _("not known")
    RED = "red", _("red (major risk)")
    ORANGE = "orange", _("orange (larger risk)")
    YELLOW = "yellow", _("yellow (ordinary risk)")
    BLUE = "blue", _("blue (low risk)")


class Workplace(models.Model):
    """One place of work. A merged one stays, with its papers, and points to the one that it is (`merged_into`).

    `uscc` is the unified social credit code (18 signs, its check sign verified; empty where there is none). `unit` is
    the unit of the tree where the workplace reports for itself.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("manager_post", "manager_phone")

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=120)
    normalised_name = models.CharField(max_length=120, db_index=True)
    uscc = models.CharField(max_length=18, blank=True)
    trade = models.CharField(max_length=20, choices=Trade)
    size = models.CharField(max_length=8, choices=Size, blank=True, default=Size.UNKNOWN)
    risk_class = models.CharField(max_length=8, choices=RiskClass, blank=True, default=RiskClass.UNKNOWN)
    address = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    manager_post = models.CharField(max_length=120, blank=True)
    manager_phone = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    township = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_working = models.BooleanField(default=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["township__path", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc="") & Q(merged_into__isnull=True), name="a_credit_code_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_workplace_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="no_workplace_is_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_workplace_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkplaceMerge(models.Model):
    """That `workplace` is the same as `into`, said by a person; where it was undone, when and why.

    The pointers of the rows (`Workplace.merged_into`) are made from the merges that stand, in whatever order these
    were said (`workplaces/rules.py`, `survivors`).
    """

    personal_data: ClassVar[tuple[str, ...]] = ("merged_by", "undone_by")

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    merged_by = models.CharField(max_length=150)
    merged_at = models.DateTimeField()
    undone_reason = models.CharField(max_length=200, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["merged_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workplace", "into"], condition=Q(undone_at__isnull=True), name="a_merge_stands_once"
            ),
            models.CheckConstraint(condition=~Q(workplace=F("into")), name="a_merge_is_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_merge_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_reason=""), name="an_undone_merge_says_why"
            ),
        ]


class WhyHeld(models.TextChoices):
    """Why a row of a list waits for a person."""

    DOUBLE = "double", _("looks like one on record")
    UPDATE = "update", _("says something new of one on record")
    UNREADABLE = "unreadable", _("cannot be taken as it is")


class HeldDecision(models.TextChoices):
    """What a person decided on a row that looks like a workplace on record."""

    OPEN = "", _("to be looked at")
    SAME = "same", _("it is that one")
    NEW = "new", _("it is another one")
    DROPPED = "dropped", _("not taken")


class HeldWorkplace(models.Model):
    """A row of a list that was not taken as it is, and why; `looks_like` is the workplace on record that it may be.

    `said` is what it says, read (`workplaces/sheet.py`, `SheetRow.as_json`); `reasons` are sentences with their places.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("said", "decided_by")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    row_number = models.PositiveIntegerField()
    why = models.CharField(max_length=12, choices=WhyHeld)
    said = models.JSONField()
    looks_like = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reasons = models.JSONField(default=list)
    decision = models.CharField(max_length=8, choices=HeldDecision, blank=True, default=HeldDecision.OPEN)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["submission_id", "row_number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "row_number"], name="a_row_held_once")]
