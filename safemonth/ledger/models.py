"""Who did what, when, to what: append-only, hash-linked, no foreign keys to what it speaks of."""

from typing import ClassVar

from django.db import models


class Head(models.Model):
    """The one row that writers lock, so that entries are numbered without a gap."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    size = models.PositiveBigIntegerField(default=0)


class Entry(models.Model):
    """One action: leaf number `seq` (from 0) of the tree."""

    personal_data: ClassVar[tuple[str, ...]] = ("by",)

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    changes_digest = models.CharField(max_length=64)
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class Change(models.Model):
    """One row before and after an entry, as canonical JSON (empty text: there was none)."""

    personal_data: ClassVar[tuple[str, ...]] = ("before", "after")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["entry_id", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "position"], name="one_change_a_position")]
        indexes: ClassVar = [models.Index(fields=["table", "key"])]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Root(models.Model):
    """The tree's root as it was printed or handed on: later trees must still contain it."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    size = models.PositiveBigIntegerField(unique=True)
    root_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return f"{self.size} {self.root_hash[:12]}"
