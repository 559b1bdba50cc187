"""What people see of messages: whom each was for, what became of it, and who wants no more."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safemonth.messaging.fates import Fate

FATE_WORDS = {
    Fate.QUEUED: _("waiting"),
    Fate.ACCEPTED: _("with the gateway"),
    Fate.DELIVERED: _("delivered"),
    Fate.FAILED: _("not delivered"),
    Fate.REFUSED: _("refused by the gateway"),
    Fate.LAPSED: _("not sent: its time was over or it was stopped"),
    Fate.UNCERTAIN: _("uncertain: it may have been sent"),
    Fate.SETTLED_SENT: _("taken as sent"),
    Fate.SETTLED_UNSENT: _("taken as not sent"),
}


class Message(models.Model):
    """One text for one person by one gateway.

    `broadcast` and `person` are the caller's keys; one person and one address get one message of a broadcast, save
    where a person decided to send again in place of another (`instead_of`). `outbox` is the identity of the outbox
    that it is being handed over to, empty before; `handed_over_at` is set once it is there.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("person", "address", "address_key", "text", "queued_by")

    broadcast = models.CharField(max_length=80)
    person = models.CharField(max_length=80)
    gateway = models.CharField(max_length=40)
    address = models.CharField(max_length=200)
    address_key = models.CharField(max_length=200)
    text = models.TextField()
    parts = models.PositiveSmallIntegerField()
    not_before = models.DateTimeField(null=True, blank=True)
    not_after = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=150)
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outbox = models.CharField(max_length=16, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    fate = models.PositiveSmallIntegerField(choices=[(int(fate), word) for fate, word in FATE_WORDS.items()], default=0)
    fate_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["broadcast", "person"],
                condition=models.Q(instead_of__isnull=True),
                name="one_message_a_person_in_a_broadcast",
            ),
            models.UniqueConstraint(
                fields=["broadcast", "address_key"],
                condition=models.Q(instead_of__isnull=True),
                name="one_message_an_address_in_a_broadcast",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["broadcast", "fate"]),
            models.Index(fields=["gateway", "fate", "handed_over_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.broadcast} {self.person}"

    @property
    def key(self) -> str:
        """Return what names it in the outbox, for ever."""
        return f"message:{self.pk}"


class Attempt(models.Model):
    """One part of a message as it left, and what the gateway said of it. Only one is ever made of a part."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField()
    fate = models.PositiveSmallIntegerField(choices=[(int(fate), word) for fate, word in FATE_WORDS.items()])
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveBigIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering: ClassVar = ["message_id", "part"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "part"], name="one_attempt_a_part")]

    def __str__(self) -> str:
        return f"{self.message_id}/{self.part}"


class OptOut(models.Model):
    """An address that wants no more messages; `said` is what its owner wrote, empty where a person noted it.

    It holds until `ended_at`: its owner asked for messages again, in the words of `ended_because`.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("address_key", "said", "noted_by", "ended_by", "ended_because")

    address_key = models.CharField(max_length=200)
    said = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address_key"], condition=models.Q(ended_at__isnull=True), name="an_address_opts_out_once"
            )
        ]

    def __str__(self) -> str:
        return self.address_key


class Reply(models.Model):
    """What a person wrote back."""

    personal_data: ClassVar[tuple[str, ...]] = ("address", "text")

    gateway = models.CharField(max_length=40)
    address = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["received_at", "id"]

    def __str__(self) -> str:
        return f"{self.address}: {self.text[:40]}"
