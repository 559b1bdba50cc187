"""Reports by the public: what was said, its photos, each step of the office, and what goes back and forth by the code.

What strangers say stays out of the ledger, which cannot forget: there stands a keyed digest of it (`words_digest`), so that
a change would be seen, and it can be removed when its time has come.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.tips.rules import MOVES
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class TipState(models.TextChoices):
    """Where a report stands for the office (`tips/rules.py`, `state_after`)."""

    HELD = "held", _("held: looks like a machine's")
    NEW = "new", _("new")
    LOOKED = "looked", _("taken up")
    PASSED = "passed", _("passed on to a unit")
    ANSWERED = "answered", _("answered by the unit")
    HAZARD = "hazard", _("found to be a hazard")
    CLOSED = "closed", _("closed")
    JOINED = "joined", _("a double of another")


class Tip(models.Model):
    """One report by somebody of the public. Nobody can delete one.

    `code_digest` is the keyed digest of the code that only the reporter has. `number` is what the office calls it by.
    `joined_to` is the report of which it is a double: both codes then follow that one. `due_on` is when the next step is
    due. On `remove_on` a job removes who reported and where their phone was (`personal_removed_at`); the case stays.
    `activity_key` is the activity that counts it, made when the office takes it up.
    """

    personal_data: ClassVar[tuple[str, ...]] = (
        "text",
        "spot",
        "workplace_text",
        "reporter_name",
        "reporter_phone",
        "latitude",
        "longitude",
    )
    unledgered: ClassVar[tuple[str, ...]] = (*personal_data, "code_digest", "same_text", "words_salt")

    key = models.UUIDField(unique=True)
    number = models.CharField(max_length=16, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64, unique=True)
    text = models.TextField(max_length=2000)
    spot = models.CharField(max_length=200)
    workplace_text = models.CharField(max_length=120, blank=True)
    township = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    reporter_name = models.CharField(max_length=60, blank=True)
    reporter_phone = models.CharField(max_length=40, blank=True)
    has_contact = models.BooleanField(default=False)
    words_salt = models.CharField(max_length=32)
    words_digest = models.CharField(max_length=64)
    same_text = models.CharField(max_length=64, blank=True, db_index=True)
    suspicions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=TipState)
    received_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    passed_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reward_yuan = models.PositiveIntegerField(null=True, blank=True)
    remove_on = models.DateField()
    personal_removed_at = models.DateTimeField(null=True, blank=True)
    activity_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False) | ~Q(state="joined") & Q(joined_to__isnull=True),
                name="a_joined_tip_has_its_other",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("id")), name="no_tip_is_a_double_of_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state="hazard") | Q(hazard__isnull=False), name="a_tip_found_to_be_a_hazard_has_it"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_tip_is_on_earth",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state", "due_on"])]

    def __str__(self) -> str:
        return self.number


class TipStep(models.Model):
    """One step that was taken with a report. Rows are only added; `words` are read by the public.

    `told` is what the unit is told of it or answers, in the office's or the unit's own words: never who reported.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("taken_by", "told")
    unledgered: ClassVar[tuple[str, ...]] = ("told",)

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=16, choices=[(move.code, move.code) for move in MOVES])
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    told = models.TextField(max_length=2000, blank=True)
    shows_photos = models.BooleanField(default=False)
    is_hazard = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["tip_id", "id"]


class TipMessage(models.Model):
    """What a reporter adds or asks by their code, and what the office replies; other codes of the case do not see it."""

    personal_data: ClassVar[tuple[str, ...]] = ("text", "replied_by")
    unledgered: ClassVar[tuple[str, ...]] = ("text", "reply")

    key = models.UUIDField(unique=True)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    words_digest = models.CharField(max_length=64)
    is_question = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    reply = models.TextField(max_length=1000, blank=True)
    replied_by = models.CharField(max_length=150, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["tip_id", "id"]


class TipPhoto(models.Model):
    """A photo of a report: the file as it arrived, for the office alone, and a copy without anything of who or where.

    `original_sha256` is empty when the file was removed; `copy_sha256` names the copy, which is all that units are shown.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("latitude", "longitude", "taken_at", "original_sha256")
    unledgered: ClassVar[tuple[str, ...]] = ("latitude", "longitude", "taken_at", "original_sha256")

    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    original_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    copy_sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    is_original_removed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["tip_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["tip", "number"], name="a_tips_photo_number_once")]
