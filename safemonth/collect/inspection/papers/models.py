"""Enforcement papers: the office that issues them, series of numbers, papers with their items, files and receipts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.papers.kinds import KINDS, NUMBER_PATTERN
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class PaperState(models.TextChoices):
    """Where a paper stands. Issued ones are frozen; a void one keeps its number; a dropped draft never had one."""

    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued")
    SERVED = "served", _("served")
    VOID = "void", _("void")
    DROPPED = "dropped", _("draft dropped")


class ServedHow(models.TextChoices):
    """How the workplace's side met a paper (Work Safety Law art. 68; Civil Procedure Law art. 89 for a refusal)."""

    NOT_YET = "", _("not served yet")
    SIGNED = "signed", _("signed for")
    REFUSED = "refused", _("refused before a witness")
    ABSENT = "absent", _("nobody was there; left or posted")


class PaperOffice(models.Model):
    """An agency that issues papers: what its papers print of it. All of it is data, and differs by county and year.

    `prefix` and `system` stand in numbers (易, 应急); `pattern` says how (`kinds.number_text`). `name` is printed under the
    paper and `name_en` in the reading version; `review_body` and `court` are whom one may turn to against a decision.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("contact_post", "contact_phone")

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    prefix = models.CharField(max_length=12)
    system = models.CharField(max_length=20)
    pattern = models.CharField(max_length=120, default=NUMBER_PATTERN)
    review_body = models.CharField(max_length=160, blank=True)
    court = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact_post = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [
            # Two agencies with the same words in their numbers would issue the same number twice.
            models.UniqueConstraint(fields=["prefix", "system", "pattern"], name="an_office_has_its_own_numbers"),
        ]

    def __str__(self) -> str:
        return self.name


class PaperSeries(models.Model):
    """The numbers of one agency, kind and year; `last_number` is the last that was given (0: none)."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    office = models.ForeignKey(PaperOffice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.code, _(kind.name)) for kind in KINDS])
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "kind", "year"], name="a_series_once")]


class Paper(models.Model):
    """One enforcement paper. `said` is what it says by name (`papers/rules.py`); once issued nothing of that changes.

    `after` is the earlier paper that it names; `corrects` the one that it takes the place of. `drawn` are the digests of
    the signatures that stand in it (`inspector`, `workplace`; none: lines to sign by hand). `number_text` is empty for
    a draft. `served_at` is when it was handed over, by the server's own word; `witness` is the post of who saw a refusal.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("said", "drafted_by", "issued_by", "served_by", "witness", "voided_by")

    key = models.UUIDField(unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(PaperOffice, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.code, _(kind.name)) for kind in KINDS])
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.DRAFT)
    said = models.JSONField(default=dict)
    drawn = models.JSONField(default=dict)
    drafted_by = models.CharField(max_length=150)
    drafted_at = models.DateTimeField()
    series = models.ForeignKey(PaperSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(null=True, blank=True)
    number_text = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_by = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    served_how = models.CharField(max_length=8, choices=ServedHow, blank=True, default=ServedHow.NOT_YET)
    served_at = models.DateTimeField(null=True, blank=True)
    served_by = models.CharField(max_length=150, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    served_note = models.CharField(max_length=200, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    voided_by = models.CharField(max_length=150, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-drafted_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="a_paper_number_once"),
            models.UniqueConstraint(
                fields=["number_text"], condition=~Q(number_text=""), name="a_printed_paper_number_once"
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state__in=("void", "dropped")),
                name="one_correction_of_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "dropped"), number__isnull=True, number_text="", issued_at__isnull=True)
                | Q(
                    state__in=("issued", "served", "void"),
                    number__gte=1,
                    series__isnull=False,
                    issued_on__isnull=False,
                    issued_at__isnull=False,
                )
                & ~Q(number_text=""),
                name="a_paper_has_its_number_once_issued",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="a_void_paper_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="served") | Q(served_at__isnull=False) & ~Q(served_how=""),
                name="a_served_paper_says_how",
            ),
            models.CheckConstraint(condition=~Q(served_how="refused") | ~Q(witness=""), name="a_refusal_has_a_witness"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="no_paper_corrects_itself"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state", "kind"])]

    def __str__(self) -> str:
        return self.number_text or f"{self.get_kind_display()} {self.pk}"


class PaperItem(models.Model):
    """One hazard that a paper names, under its number; `said` as in `papers/rules.py`."""

    personal_data: ClassVar[tuple[str, ...]] = ("said",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="+")
    is_left_out = models.BooleanField(default=False)
    said = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["paper_id", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "hazard"], name="a_hazard_once_in_a_paper")]


class FileOf(models.TextChoices):
    """What a file of a paper is."""

    WORD = "word", _("Word file as issued")
    PDF = "pdf", _("PDF as issued")
    SIGNED = "signed", _("scan of the signed paper")


class PaperFile(models.Model):
    """A file of a paper: as it was issued, or a scan of it signed. Bytes are kept under their digest."""

    personal_data: ClassVar[tuple[str, ...]] = ("kept_by",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=FileOf)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    file_name = models.CharField(max_length=255)
    kept_by = models.CharField(max_length=150)
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "what", "sha256"], name="a_file_of_a_paper_once"),
            models.UniqueConstraint(
                fields=["paper", "what"], condition=~Q(what="signed"), name="a_paper_is_issued_in_one_file_of_a_kind"
            ),
        ]
