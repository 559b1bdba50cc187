"""Who may be drawn into supervision teams, what ties they have, and each draw with all that it was made from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign


class Nominee(models.Model):
    """Somebody whom a body names for supervision: a post, and the days on which they can go out (ISO texts)."""

    personal_data: ClassVar[tuple[str, ...]] = ("post_title", "user")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    days = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["unit__path", "post_title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "post_title"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_post_is_named_once_for_supervision",
            ),
            models.CheckConstraint(condition=~Q(post_title=""), name="a_nominee_has_a_post"),
        ]

    def __str__(self) -> str:
        return self.post_title


class Tie(models.Model):
    """Why a nominee may not visit a unit, besides the own one and those above it."""

    personal_data: ClassVar[tuple[str, ...]] = ("reason",)

    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nominee", "unit"], name="a_tie_is_declared_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_tie_has_a_reason"),
        ]


class TeamDraw(models.Model):
    """One draw: `problem` is all that it was made from, so that anyone with the seed can draw it again.

    A later draw has its reason; the earlier stays readable.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("problem",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)
    seed = models.CharField(max_length=120)
    method = models.CharField(max_length=40)
    problem = models.JSONField()
    problem_sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["campaign_id", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="a_team_draw_version_once"),
            models.UniqueConstraint(fields=["campaign"], condition=Q(is_current=True), name="one_current_team_draw"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.version}"


class TeamSeat(models.Model):
    """A nominee's place in a drawn team (numbers from 1)."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    draw = models.ForeignKey(TeamDraw, on_delete=models.PROTECT, related_name="+")
    team = models.PositiveSmallIntegerField()
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["draw_id", "team", "nominee__unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "nominee"], name="a_nominee_in_one_drawn_team"),
        ]


class TeamTarget(models.Model):
    """A unit that a drawn team visits."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    draw = models.ForeignKey(TeamDraw, on_delete=models.PROTECT, related_name="+")
    team = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["draw_id", "team", "unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "unit"], name="a_unit_is_visited_by_one_team"),
        ]
