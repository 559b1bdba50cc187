"""Drives of inspection: their theme, joint teams, who may not inspect whom, and the draw that anyone can repeat."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign, Task


class Theme(models.Model):
    """What a drive is against (illegal mining, dangerous goods …): data, new every year."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class DriveKind(models.TextChoices):
    """How inspections of a drive are made."""

    JOINT = "joint", _("joint inspection")
    SPECIAL = "special", _("special rectification")
    KEY = "key", _("inspection of key units")


class Drive(models.Model):
    """One drive of inspections: theme, days, who leads it, and the task of the plan that it answers.

    `trades` are the codes of the trades it looks at (empty: all). `is_unannounced`: no word goes ahead of a visit.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=DriveKind)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=200, blank=True)
    led_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    trades = models.JSONField(default=list)
    is_unannounced = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "title"], name="a_drive_once_in_a_campaign"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="a_drive_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title


class Inspector(models.Model):
    """A post that may inspect, with the number of its certificate; `user` is its account where it has one."""

    personal_data: ClassVar[tuple[str, ...]] = ("post_title", "certificate_number")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField(max_length=120)
    certificate_number = models.CharField(max_length=40, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["unit__path", "post_title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "post_title"], name="an_inspector_once_in_a_unit"),
            models.UniqueConstraint(
                fields=["certificate_number"], condition=~Q(certificate_number=""), name="a_certificate_once"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(user__isnull=False), name="an_account_inspects_as_one"
            ),
        ]

    def __str__(self) -> str:
        return self.post_title


class Interest(models.Model):
    """Why an inspector may not inspect a workplace; `withdrawn_at` where it no longer holds."""

    personal_data: ClassVar[tuple[str, ...]] = ("reason",)

    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspector", "workplace"], name="an_interest_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_interest_has_a_reason"),
        ]


class Team(models.Model):
    """A joint team of a drive."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["drive_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["drive", "number"], name="a_team_number_once")]

    def __str__(self) -> str:
        return self.name or str(self.number)


class TeamMember(models.Model):
    """An inspector's place in a team, one team a drive each; `team` is empty for one who was taken out again."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT, related_name="+")
    is_head = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["team_id", "-is_head", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drive", "inspector"], name="an_inspector_in_one_team_of_a_drive"),
            models.UniqueConstraint(fields=["team"], condition=Q(is_head=True), name="one_head_of_a_team"),
        ]


class DrawSeed(models.Model):
    """A seed laid down before the frame closes: its digest goes into the ledger at once, itself only with the draw.

    The seed stays out of the ledger until it has been drawn with (`Draw.seed`), so that nobody who reads there can
    try frames against it.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()
    unledgered: ClassVar[tuple[str, ...]] = ("seed",)

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    seed_sha256 = models.CharField(max_length=64)
    laid_down_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["drive_id", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["drive", "version"], name="a_seed_once_for_a_draw")]


class Draw(models.Model):
    """A draw of whom to inspect and by whom. `frame` is all that it was drawn from, so that anyone can draw again.

    `frame_sha256` is the digest of the frame in canonical JSON. `laid_down` is the seed that was laid down for it
    before; `witness` is what was said at the draw itself and nobody could know before (empty: nothing was).
    """

    personal_data: ClassVar[tuple[str, ...]] = ("frame",)

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    laid_down = models.OneToOneField(DrawSeed, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=80)
    witness = models.CharField(max_length=80, blank=True)
    method = models.CharField(max_length=40)
    frame = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["drive_id", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drive", "version"], name="a_version_of_a_draw_once"),
            models.UniqueConstraint(fields=["drive"], condition=Q(is_current=True), name="one_current_draw"),
        ]


class WhyDrawn(models.TextChoices):
    """Why a workplace is to be inspected."""

    CERTAIN = "certain", _("certain, for its risk")
    RANDOM = "random", _("drawn at random")
    NAMED = "named", _("named by the office")


class DrawnVisit(models.Model):
    """A workplace drawn, the team and day drawn for it, and the probability (0 to 1) with which it came in."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=WhyDrawn)
    probability = models.FloatField()
    visit_on = models.DateField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["draw_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "workplace"], name="a_workplace_drawn_once"),
            models.UniqueConstraint(fields=["draw", "position"], name="a_place_in_a_draw_once"),
            models.CheckConstraint(condition=Q(probability__gt=0, probability__lte=1), name="a_probability_is_one"),
        ]
