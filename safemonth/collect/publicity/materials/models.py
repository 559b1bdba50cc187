"""What is printed and given out: designs, print runs, and every movement of copies. Stock is computed, never stored."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Indicator


class DesignKind(models.TextChoices):
    """What sort of thing it is."""

    LEAFLET = "leaflet", _("leaflet")
    BOOK = "book", _("book or handbook")
    POSTER = "poster", _("poster")
    BANNER = "banner", _("banner")
    ITEM = "item", _("publicity item")


class Design(models.Model):
    """One thing that is printed, whoever prints it; `indicator` is what a hand-out of it counts under."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=DesignKind)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "owner", "title"], name="a_units_design_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Whose(models.TextChoices):
    """On whose account copies were printed; the office's unit may print for itself too, so it is said and not guessed."""

    OFFICE = "office", _("the office's printing")
    UNIT = "unit", _("the unit's own printing")


class PrintRun(models.Model):
    """Copies printed: on whose account, by which unit, delivered to which place."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True, unique=True)
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    whose = models.CharField(max_length=8, choices=Whose)
    printed_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField()
    printed_on = models.DateField()
    printer = models.CharField(max_length=120, blank=True)
    cost_yuan = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    proof = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    correction = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["printed_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cost_yuan__isnull=True) | Q(cost_yuan__gte=0), name="printing_does_not_earn"
            ),
        ]


class Transfer(models.Model):
    """Copies sent from one place to another; the other end says how many came, or nothing yet."""

    personal_data: ClassVar[tuple[str, ...]] = ("received_by",)

    key = models.UUIDField(null=True, unique=True)
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    copies_sent = models.PositiveIntegerField()
    sent_on = models.DateField()
    copies_received = models.PositiveIntegerField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_by = models.CharField(max_length=150, blank=True)
    correction = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["sent_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="copies_go_from_one_place_to_another"),
            models.CheckConstraint(
                condition=Q(copies_received__isnull=True, received_on__isnull=True)
                | Q(copies_received__isnull=False, received_on__isnull=False),
                name="what_came_came_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                name="copies_come_after_they_were_sent",
            ),
        ]


class Handout(models.Model):
    """Copies given out from a place's stock.

    `activity` is where they are counted: an activity of their own, or the event at which they were given out.
    `occasion` names an event that counts them when it closes ("law-day:3"); until then `activity` is empty.
    `is_apart`: a person decided that no other report of the unit contains them.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True)
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField()
    given_on = models.DateField()
    where = models.CharField(max_length=160, blank=True)
    occasion = models.CharField(max_length=60, blank=True, db_index=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_own_activity = models.BooleanField()
    is_apart = models.BooleanField(default=False)
    correction = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["given_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False) | ~Q(occasion=""), name="a_handout_is_counted_somewhere"
            ),
            models.CheckConstraint(condition=Q(is_own_activity=False) | Q(occasion=""), name="counted_here_or_there"),
            models.UniqueConstraint(fields=["key", "design"], name="a_handout_is_entered_once"),
        ]


class StockCount(models.Model):
    """Copies counted at a place when a day was over; `is_opening`: what was there before the campaign."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField()
    counted_on = models.DateField()
    is_opening = models.BooleanField(default=False)
    correction = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["counted_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["design", "place"], condition=Q(is_opening=True), name="carried_over_is_said_once"
            ),
            models.UniqueConstraint(
                fields=["design", "place", "counted_on"], condition=Q(is_opening=False), name="counted_once_a_day"
            ),
        ]


class Loss(models.Model):
    """Copies that are gone and were given to nobody: wet, torn, out of date; with what happened."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(null=True, unique=True)
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField()
    lost_on = models.DateField()
    reason = models.CharField(max_length=200)
    correction = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["lost_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="a_loss_says_what_happened")]
