"""A work summary as it was made: its documents and the figures behind every number, frozen."""

from typing import ClassVar

from django.db import models

from safemonth.plan.models import Campaign


class Outline(models.Model):
    """A Word template that the clerk edits, per campaign and language; a new upload is a new version."""

    personal_data: ClassVar[tuple[str, ...]] = ("uploaded_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "language", "version"], name="an_outline_version_once"),
            models.UniqueConstraint(
                fields=["campaign", "language"],
                condition=models.Q(is_current=True),
                name="one_current_outline_a_language",
            ),
        ]


class Summary(models.Model):
    """One frozen summary: documents by SHA-256, `figures` as in figures.json, the ledger's root at that time."""

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    figures = models.JSONField()
    ledger_size = models.PositiveBigIntegerField()
    ledger_root = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "number"], name="a_summary_number_once")]

    def __str__(self) -> str:
        return f"{self.campaign} {self.number}"


class SummaryDocument(models.Model):
    """One file of a summary, kept in storage under its SHA-256."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["summary", "file_name"], name="a_document_once")]
