"""Entries made in seconds: each with the key of the form that it came from, so that it is entered once."""

from typing import ClassVar

from django.db import models

from safemonth.collect.activities.models import Activity
from safemonth.organisation.models import Unit


class Part(models.Model):
    """What a unit did at a place, as entered on a phone; it counts as `activity`."""

    personal_data: ClassVar[tuple[str, ...]] = ("entered_by",)

    key = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=100)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return self.place
