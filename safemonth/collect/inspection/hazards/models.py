"""Hazards: what was said of each, in events that nobody can take back, and where it stands by them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.inspection.hazards.states import MOVES, STATES
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class Grade(models.TextChoices):
    """How bad a hazard is (Work Safety Law art. 41; criteria for major hazards are set by trade)."""

    ORDINARY = "ordinary", _("ordinary")
    MAJOR = "major", _("major")


class Hazard(models.Model):
    """Where one hazard stands by all its events (`hazards/rules.py`, `standing`); made again from them at each event.

    `key` is its identity on every phone, and `code`, made from it, what people call it by. A hazard of which only
    later papers have arrived is `awaited`. `facts` holds what the events settled by name, what of the five is missing
    and what is in force (`hazards/actions/row.py`, `facts_of`). `held` counts events that do not fit. `risen_to` is the
    unit that an overdue one has risen to, `risen_level` how high (0: not). `reported_on` is the day of the report of
    completion that waits for its recheck.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("facts",)

    key = models.UUIDField(unique=True)
    code = models.CharField(max_length=16, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_by = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Who must see it put right: the supervising department, else the township.
    charge_of = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    township = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=16, choices=[(state.code, state.name) for state in STATES])
    grade = models.CharField(max_length=8, choices=Grade, default=Grade.ORDINARY)
    text = models.TextField(max_length=1000, blank=True)
    spot = models.CharField(max_length=160, blank=True)
    found_on = models.DateField(null=True, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    risen_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    risen_level = models.PositiveSmallIntegerField(default=0)
    is_stopped = models.BooleanField(default=False)
    held = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["found_on", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="a_closed_hazard_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(same_as__isnull=False), name="a_joined_hazard_has_its_other"
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")), name="no_hazard_is_the_same_as_itself"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state", "deadline_on"])]

    def __str__(self) -> str:
        return self.code


class HazardEvent(models.Model):
    """One thing said of a hazard: which move, when it happened by its author's clock, who, and with what data.

    Rows are only added. `key` is the event's identity on every phone, so that what is sent twice is one.
    `hazard_key` and no foreign key: a recheck may come before the finding. `answers` names the event that its author
    was answering, where known. `workplace` is where its author says it is. `person` names who acted, one person by one text, so that a recheck by the one who
    reported it done is known.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("person", "post_title", "data")

    key = models.UUIDField(unique=True)
    hazard_key = models.UUIDField(db_index=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=24, choices=[(move.code, move.name) for move in MOVES])
    happened_at = models.DateTimeField()
    answers = models.UUIDField(null=True, blank=True)
    side = models.CharField(max_length=12)
    person = models.CharField(max_length=150)
    post_title = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["happened_at", "key"]
        indexes: ClassVar = [models.Index(fields=["hazard_key", "happened_at"])]


class HazardPhoto(models.Model):
    """A photo of a hazard, before or after it was put right; `submission` is the file as it arrived."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    hazard_key = models.UUIDField(db_index=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(max_length=8, choices=[("before", _("before")), ("after", _("after"))])
    event_key = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hazard_key", "submission"], name="a_photo_once_of_a_hazard")
        ]
