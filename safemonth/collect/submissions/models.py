"""What arrived, byte for byte, and every place inside it that something was read from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class Channel(models.TextChoices):
    """How it came."""

    SHEET = "sheet", _("spreadsheet")
    LETTER = "letter", _("letter")
    WEB = "web", _("web form")
    FORM = "form", _("field form")
    PHOTO = "photo", _("photo")


class Submission(models.Model):
    """One thing that arrived. Its bytes are kept in storage under their SHA-256 and never change."""

    personal_data: ClassVar[tuple[str, ...]] = ("received_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    file_name = models.CharField(max_length=255)
    channel = models.CharField(max_length=12, choices=Channel)
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["received_at", "id"]
        constraints: ClassVar = [
            # The same file twice is the same submission: loading it again changes nothing.
            models.UniqueConstraint(fields=["campaign", "sha256"], name="the_same_bytes_once_in_a_campaign"),
        ]

    def __str__(self) -> str:
        return self.file_name


class SourceKind(models.TextChoices):
    """What sort of place a source is."""

    CELL = "cell", _("cell")
    SPAN = "span", _("words in a text")
    FIELD = "field", _("form field")


class Source(models.Model):
    """One place in a submission: a cell, a span of characters, a form field; with the words that stand there."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SourceKind)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    sentence = models.PositiveIntegerField(null=True, blank=True)
    field = models.CharField(max_length=255, blank=True)
    surface = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind}"
