"""The office's own contacts, the lists of them, and broadcasts with all whom each was meant for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.broadcasts.rules import MANY
from safemonth.organisation.models import Unit, UnitKind
from safemonth.plan.models import Campaign, Task


class ContactKind(models.TextChoices):
    """As what one is reached."""

    STAFF = "staff", _("of the unit's staff")
    MANAGER = "manager", _("enterprise manager")
    VOLUNTEER = "volunteer", _("volunteer")


class Contact(models.Model):
    """One whom the office may write to: a post in a unit, its phone, its mailbox or room; a person is never named.

    A phone is told apart by `phone_key`, a mailbox or room by `office_key`; each stands once in a unit. Who is
    no longer to be written to is removed, not deleted. That someone wants no more is messaging's `OptOut`.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("post", "phone", "phone_key", "office_address", "office_key")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ContactKind, default=ContactKind.STAFF)
    post = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    phone_key = models.CharField(max_length=20, blank=True)
    office_address = models.CharField(max_length=120, blank=True)
    office_key = models.CharField(max_length=120, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["unit__path", "post", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(phone_key="", office_key=""), name="a_contact_can_be_reached"),
            models.UniqueConstraint(
                fields=["unit", "phone_key"],
                condition=Q(removed_at__isnull=True) & ~Q(phone_key=""),
                name="a_phone_once_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=["unit", "office_key"],
                condition=Q(removed_at__isnull=True) & ~Q(office_key=""),
                name="an_office_address_once_in_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.post}"


class ContactList(models.Model):
    """A named choice of contacts: all at or below a unit, of one kind or all (empty), in units of one kind or all.

    Who is on it is looked up whenever it is used, so a list is never out of date.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(max_length=80, unique=True)
    under = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    contact_kind = models.CharField(max_length=12, choices=ContactKind, blank=True)
    unit_kind = models.CharField(max_length=20, choices=UnitKind, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Broadcast(models.Model):
    """One text to the people of some lists by one gateway, within a window.

    How far it has come is computed (`rules.state_of`). `asking` counts how often its people were fixed and put forward
    for approval, `named` how many would get it then. `has_receipts` is how its gateway was when it was drafted: false
    for rooms and mailboxes, whose messages enter no figure.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("made_by", "asked_by", "approved_by", "queued_by", "stopped_by")

    key = models.UUIDField(unique=True, null=True, blank=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    gateway = models.CharField(max_length=40)
    has_receipts = models.BooleanField(default=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    asking = models.PositiveSmallIntegerField(default=0)
    named = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.CharField(max_length=200, blank=True)
    queued_by = models.CharField(max_length=150, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=150, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_broadcasts_window_ends_after_it_opens"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_broadcast_has_a_text"),
            models.CheckConstraint(
                condition=Q(approved_by="") | (~Q(approved_by=F("made_by")) & ~Q(approved_by=F("asked_by"))),
                name="nobody_approves_their_own_broadcast",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(named__lte=MANY) | ~Q(approved_by=""),
                name="many_need_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(asked_at__isnull=False),
                name="a_broadcast_is_asked_for_before_it_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(approved_at__isnull=False),
                name="a_broadcast_is_approved_before_it_is_queued",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=True) | Q(queued_at__isnull=False, has_receipts=True),
                name="only_what_phones_received_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def messages_key(self) -> str:
        """Return what its messages are filed under in `safemonth.messaging`."""
        return f"broadcast:{self.pk}"


class BroadcastList(models.Model):
    """A list that a broadcast goes to; `is_chosen` is false once the draft was changed and left it out."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="+")
    contact_list = models.ForeignKey(ContactList, on_delete=models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["broadcast", "contact_list"], name="a_list_once_in_a_broadcast")
        ]


class LeftOutChoice(models.TextChoices):
    """Why one of those whom a broadcast was meant for got no message; empty: gets one."""

    OPTED_OUT = "opted_out", _("wants no more messages")
    SAME_PERSON = "same_person", _("has this message already")
    SAME_ADDRESS = "same_address", _("same number as another")
    NO_ADDRESS = "no_address", _("no address for this gateway")
    CHANGED = "changed", _("changed or removed after the approval")


class NamedContact(models.Model):
    """One whom a broadcast was meant for, with the address as it was put forward; those of the last `asking` count."""

    personal_data: ClassVar[tuple[str, ...]] = ("contact", "address")

    broadcast = models.ForeignKey(Broadcast, on_delete=models.PROTECT, related_name="+")
    asking = models.PositiveSmallIntegerField()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=120, blank=True)
    left_out = models.CharField(max_length=16, choices=LeftOutChoice, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["broadcast", "asking", "contact"], name="one_is_named_once")
        ]

    @property
    def person(self) -> str:
        """Return what tells this person apart among a broadcast's messages."""
        return f"contact:{self.contact_id}"
