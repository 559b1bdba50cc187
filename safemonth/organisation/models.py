"""Who there is, and who may do what."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is; rules of assignment ("all townships") go by it."""

    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")
    VILLAGE = "village", _("village or community")
    DEPARTMENT = "department", _("department")
    MEDIA = "media", _("media")
    CARRIER = "carrier", _("phone carrier")
    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    ENTERPRISE = "enterprise", _("enterprise")
    PREMISES = "premises", _("other premises")


class PremisesKind(models.TextChoices):
    """What sort of premises a unit is, for saying how far publicity reached (hotels, shops, restaurants …)."""

    NONE = "", _("not said")
    HOTEL = "hotel", _("hotel")
    SUPERMARKET = "supermarket", _("supermarket or shop")
    RESTAURANT = "restaurant", _("restaurant")
    MARKET = "market", _("market")
    ENTERTAINMENT = "entertainment", _("place of entertainment")
    STATION = "station", _("station")
    SCENIC = "scenic", _("scenic spot")
    PETROL = "petrol", _("petrol station")
    HOUSING = "housing", _("housing estate")
    SITE = "site", _("building site")


class Unit(models.Model):
    """One unit of the tree; `path` is the codes from the top down, each followed by a slash."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=250, unique=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    premises_kind = models.CharField(max_length=16, choices=PremisesKind, blank=True, default=PremisesKind.NONE)

    class Meta:
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(path__endswith="/"), name="a_path_ends_with_a_slash"),
            models.UniqueConstraint(fields=["parent", "name"], name="a_name_once_under_a_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """Another name by which a unit is called; the clerk's answers to "which unit is this?" come here."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    normalised = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "normalised"], name="a_unit_has_a_name_once")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A person who holds posts."""

    personal_data: ClassVar[tuple[str, ...]] = ("name", "phone")

    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in a unit ("deputy county head"); documents name posts, and a person only where they must."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "title"], name="a_post_once_in_a_unit")]

    def __str__(self) -> str:
        return self.title


class BodyKind(models.TextChoices):
    """What a body is for."""

    LEADING_GROUP = "leading_group", _("leading group")
    OFFICE = "office", _("office")
    SUPERVISION_TEAM = "supervision_team", _("supervision team")
    COMMITTEE = "committee", _("committee")


class Body(models.Model):
    """A body set up across units for a time: the leading group, its office, a supervision team."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    located_at = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_up_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SeatRole(models.TextChoices):
    """What a seat's holder is in the body."""

    HEAD = "head", _("head")
    DEPUTY = "deputy", _("deputy head")
    DIRECTOR = "director", _("director")
    MEMBER = "member", _("member")


class Seat(models.Model):
    """One seat of a body: held by a post, or by a whole unit as a member (`post` empty)."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=SeatRole)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["body_id", "rank"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "rank"], name="a_rank_once_in_a_body")]

    def __str__(self) -> str:
        return f"{self.body} {self.rank}"


class Role(models.TextChoices):
    """What an account is for; the permission table (`permissions.py`) says what each may open."""

    CLERK = "clerk", _("office clerk")
    REPORTER = "reporter", _("unit reporter")
    INSPECTOR = "inspector", _("inspector")
    SUPERVISOR = "supervisor", _("supervisor")
    LEADER = "leader", _("leader")


class User(AbstractUser):
    """An account: a role in a unit. What it may see is the unit's subtree, unless the role sees all."""

    personal_data: ClassVar[tuple[str, ...]] = ("username", "first_name", "last_name", "email")
    # A sign-in is no act on the records, and a password's digest belongs in no ledger.
    unledgered: ClassVar[tuple[str, ...]] = ("last_login", "password")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role, default=Role.CLERK)
    post_title = models.CharField(max_length=120, blank=True)
    password_set_at = models.DateTimeField(null=True, blank=True)


class CalendarFeed(models.Model):
    """An address at which a calendar program reads what concerns a unit, as the account may see it.

    Calendar programs cannot sign in, so the address holds a key; it is shown once, only its digest is kept, and it opens
    nothing else. It ends when it is revoked or the account is closed.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("user", "label")
    unledgered: ClassVar[tuple[str, ...]] = ("key_digest",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.label
