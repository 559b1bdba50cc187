"""Orders to phone carriers: a text handed over to be sent to their subscribers, and what they report of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from safemonth.collect.activities.models import Activity, QualifierChoice
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


class CarrierOrder(models.Model):
    """One text to one carrier, for a window and an area.

    How far it has come is computed (`rules.state_of`). `asked` is how many subscribers were asked for, empty: all in
    the area. `reported` is the carrier's own count, and stays that in every figure.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("reported_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    carrier = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    window_from = models.DateField()
    window_to = models.DateField()
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked = models.PositiveBigIntegerField(null=True, blank=True)
    is_free = models.BooleanField(default=True)
    handed_over_on = models.DateField(null=True, blank=True)
    handed_over_as = models.CharField(max_length=160, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    reported = models.PositiveBigIntegerField(null=True, blank=True)
    reported_qualifier = models.CharField(max_length=10, choices=QualifierChoice, default=QualifierChoice.EXACT)
    reported_on = models.DateField(null=True, blank=True)
    reported_by = models.CharField(max_length=150, blank=True)
    declined_because = models.CharField(max_length=200, blank=True)
    called_off_because = models.CharField(max_length=200, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["window_from", "carrier", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(window_to__gte=F("window_from")), name="a_window_ends_after_it_opens"),
            models.CheckConstraint(condition=~Q(text=""), name="an_order_has_a_text"),
            models.CheckConstraint(
                condition=Q(reported__isnull=True, activity__isnull=True)
                | Q(reported__isnull=False, activity__isnull=False, reported_on__isnull=False),
                name="what_a_carrier_reports_is_an_activity",
            ),
            models.CheckConstraint(
                condition=Q(reported__isnull=True) | Q(handed_over_on__isnull=False),
                name="an_order_is_handed_over_before_it_is_reported",
            ),
            models.UniqueConstraint(
                fields=["campaign", "carrier", "text", "window_from"],
                condition=Q(declined_because="", called_off_because=""),
                name="a_text_is_ordered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.window_from}"


class CarrierProof(models.Model):
    """A file that bears a carrier's report out: its letter, a print of its platform."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    order = models.ForeignKey(CarrierOrder, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "submission"], name="a_file_proves_an_order_once")
        ]
