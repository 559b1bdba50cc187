"""The office's forms and what is sent with them: forms, versions, devices, instances, files, rivals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Campaign


class Form(models.Model):
    """One form under one id through all its versions; closed forms are offered to nobody."""

    personal_data: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(max_length=120, unique=True)
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class Purpose(models.TextChoices):
    """What a form is for."""

    ACTIVITY = "activity", _("activity report")
    RETURN = "return", _("return")
    INSPECTION = "inspection", _("inspection")
    RECHECK = "recheck", _("recheck")
    VILLAGE_STOP = "village_stop", _("village stop")
    SUPERVISION_VISIT = "supervision_visit", _("supervision visit")
    OTHER = "other", _("other")


class FormVersion(models.Model):
    """One version of a form, as uploaded and as devices get it; versions stand side by side and never change.

    `meanings` maps a question's path in the XForm to what it stands for (an activity field or an indicator);
    `media` are the names of the lists that the form asks for.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("uploaded_by",)

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    kind = models.CharField(max_length=24, blank=True)
    file_name = models.CharField(max_length=255)
    sheet_sha256 = models.CharField(max_length=64)
    xform_sha256 = models.CharField(max_length=64)
    meanings = models.JSONField(default=dict)
    media = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    is_current = models.BooleanField(default=True)
    uploaded_by = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["form_id", "-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "version"], name="a_version_of_a_form_once"),
            models.UniqueConstraint(fields=["form"], condition=Q(is_current=True), name="one_current_form_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def name(self) -> str:
        """The title in Chinese, as other rows call theirs."""
        return self.title

    @property
    def name_en(self) -> str:
        """The title in English; empty where the form has none."""
        return self.title_en


class Device(models.Model):
    """One phone's own credential for ODK Collect: acts for one account, is shown once, and can be revoked alone."""

    personal_data: ClassVar[tuple[str, ...]] = ("user",)
    # The digest opens nothing, but it need not stand in a ledger that is handed on.
    unledgered: ClassVar[tuple[str, ...]] = ("key_digest",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.label


class Instance(models.Model):
    """One filled form, known by its instanceID; an edit is an instance of its own that replaces the one before.

    `canonical_sha256` tells whether a second post says the same. `file_names` are the photos that the answers name;
    which have arrived stands in Attachment.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("sent_by", "device")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    instance_id = models.CharField(max_length=255)
    canonical_sha256 = models.CharField(max_length=64)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField(max_length=150)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    file_names = models.JSONField(default=list)
    deprecated_id = models.CharField(max_length=255, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "instance_id"], name="an_instance_once_in_a_campaign"),
            # Of two edits of one and the same filled form one is the next; the other is a rival of it.
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="one_next_edit_of_an_instance"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "deprecated_id"])]

    def __str__(self) -> str:
        return self.instance_id


class Attachment(models.Model):
    """One file sent with a filled form. Of two files under one name both are kept, and the first stands.

    `is_drawn`: a signature drawn on the screen, which is no photo of anything.
    """

    personal_data: ClassVar[tuple[str, ...]] = ()

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    is_claimed = models.BooleanField()
    is_current = models.BooleanField()
    is_drawn = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance", "name", "submission"], name="a_file_once_under_a_name"),
            models.UniqueConstraint(
                fields=["instance", "name"], condition=Q(is_current=True), name="one_current_file_under_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RivalReason(models.TextChoices):
    """Why a second version was not taken."""

    OTHER_CONTENT = "other_content", _("the same form was sent again with other answers")
    STALE_EDIT = "stale_edit", _("the edit was made from an older version")


class RivalDecision(models.TextChoices):
    """What a person decided on a rival."""

    OPEN = "", _("to be looked at")
    KEEP = "keep", _("what stands was kept")
    TAKE = "take", _("the other version was taken")


class Rival(models.Model):
    """Answers that contradict what stands: refused with 409, kept whole, and put beside it before the clerk."""

    personal_data: ClassVar[tuple[str, ...]] = ("sent_by", "decided_by")

    standing = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    instance_id = models.CharField(max_length=255)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    canonical_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=RivalReason)
    sent_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=RivalDecision, default=RivalDecision.OPEN, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "canonical_sha256"], name="a_rival_once"),
        ]

    def __str__(self) -> str:
        return self.instance_id
