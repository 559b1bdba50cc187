"""Rounds to the villages: where villages lie, vehicles lent, market hours, and plans by version with their stops."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]


class VillagePosition(models.Model):
    """Where a village lies, in degrees (WGS 84), and who says so (a list, a stop that was made there)."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    village = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, validators=LATITUDE)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, validators=LONGITUDE)
    source = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_village_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.village)


class TravelMethod(models.TextChoices):
    """How travel times are got."""

    STRAIGHT = "straight", _("straight lines with a detour")
    ROADS = "roads", _("the road network")


class Round(models.Model):
    """Vehicles of several units bring a visit to each village below `area`; what they are held to.

    `detour_factor` and `km_per_h` serve straight lines only.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    stop_min = models.PositiveSmallIntegerField(default=20)
    method = models.CharField(max_length=10, choices=TravelMethod, default=TravelMethod.STRAIGHT)
    detour_factor = models.DecimalField(max_digits=4, decimal_places=2, default="1.35")
    km_per_h = models.PositiveSmallIntegerField(default=32)

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="a_round_name_once_in_a_campaign"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="a_round_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(stop_min__gte=1, stop_min__lte=480, detour_factor__gte=1, km_per_h__gte=1),
                name="a_round_can_be_driven",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundVehicle(models.Model):
    """A unit's vehicle: its yard, the days it is lent for (ISO dates), its hours, the longest driving a day.

    Not `is_used`: taken back; plans that used it stay.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    yard = models.CharField(max_length=120)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, validators=LATITUDE)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, validators=LONGITUDE)
    days = models.JSONField(default=list)
    from_time = models.TimeField()
    to_time = models.TimeField()
    most_drive_min = models.PositiveSmallIntegerField(null=True, blank=True)
    is_used = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["round_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "name"], name="a_vehicle_name_once_in_a_round"),
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="a_vehicle_is_back_after_it_left"),
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_yard_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MarketHours(models.Model):
    """Hours within which a village's stop must lie; `day` empty: on every day. Not `is_used`: taken back."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True, blank=True)
    from_time = models.TimeField()
    to_time = models.TimeField()
    is_used = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["round_id", "village_id", "day", "from_time"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="a_market_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return str(self.village)


class RoundPlan(models.Model):
    """One version of a round's plan; one is current. `reason` says what made it: solved, or which stop was moved.

    `travel` is how travel times were got, with what numbers; `left_out` the codes of villages that found no room;
    `unplaced` those whose position is not known. The bounds are those of `lower_bounds.LowerBound`, for the days from
    `planned_from` on; empty where none was made.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    planned_from = models.DateField()
    travel = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    unplaced = models.JSONField(default=list)
    least_vehicle_days = models.PositiveIntegerField(null=True, blank=True)
    least_drive_s = models.PositiveIntegerField(null=True, blank=True)
    least_cost_s = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "version"], name="a_round_plan_version_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(is_current=True), name="one_current_round_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.version}"


class VehicleDay(models.Model):
    """One vehicle's day on a plan. Seconds after midnight, and seconds spent."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    plan = models.ForeignKey(RoundPlan, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(RoundVehicle, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    leaves_yard_s = models.PositiveIntegerField()
    drive_back_s = models.PositiveIntegerField()
    back_s = models.PositiveIntegerField()
    length_m = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["plan_id", "day", "vehicle_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "vehicle", "day"], name="a_vehicle_day_once_on_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} {self.day}"


class Stop(models.Model):
    """One stop of a vehicle's day, in order. `is_locked`: held fast when all else is planned again."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    vehicle_day = models.ForeignKey(VehicleDay, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    village = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    drive_s = models.PositiveIntegerField()
    begins_s = models.PositiveIntegerField()
    leaves_s = models.PositiveIntegerField()
    is_locked = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["vehicle_day_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vehicle_day", "number"], name="a_stop_number_once_a_day"),
            models.UniqueConstraint(fields=["vehicle_day", "village"], name="a_village_once_a_vehicle_day"),
            models.CheckConstraint(condition=Q(leaves_s__gte=F("begins_s")), name="a_stop_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return str(self.village)


class RoundBooking(models.Model):
    """That a unit's villages reached were taken into the record as an activity; the last one for a unit stands."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "unit"], name="a_round_is_booked_once_a_unit"),
        ]
