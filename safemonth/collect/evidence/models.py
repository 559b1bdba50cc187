"""Photos as evidence: what each says of itself, which look alike, and the copies that may be published.

A photo is its bytes, whoever sent them and however often: what uses it is found through submissions.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """One photo by its SHA-256, examined once: what its file says, its fingerprint, its small copies.

    `problem` is empty or the stable code why the bytes are no photo (they are kept all the same).
    `taken_at`, `changed_at` are instants; where the file names no zone the office's was taken
    (`is_zone_assumed`). `fingerprint` is hexadecimal (`fingerprint.Fingerprint.to_bytes`);
    `features_sha256`, `reduced_sha256` and `thumbnail_sha256` name files of the store. `compared_at`
    is empty until it was held against all others.
    """

    # A photo shows people, and says where its taker was.
    personal_data: ClassVar[tuple[str, ...]] = ("latitude", "longitude", "camera")

    sha256 = models.CharField(max_length=64, unique=True)
    problem = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=8, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    satellite_at = models.DateTimeField(null=True, blank=True)
    is_zone_assumed = models.BooleanField(default=False)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    camera = models.CharField(max_length=260, blank=True)
    software = models.CharField(max_length=120, blank=True)
    comment = models.CharField(max_length=120, blank=True)
    is_made_by_model = models.BooleanField(default=False)
    has_camera_data = models.BooleanField(default=False)
    faults = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=520, blank=True)
    features_sha256 = models.CharField(max_length=64, blank=True)
    reduced_sha256 = models.CharField(max_length=64, blank=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    examined_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.sha256[:12]


class How(models.TextChoices):
    """By what two photos were found to look alike."""

    SAME_FILE = "same_bytes", _("the same file")
    FINGERPRINT = "fingerprint", _("fingerprint")
    FEATURES = "features", _("points that agree")


class Decision(models.TextChoices):
    """What a person said of two photos that look alike; empty: nobody has yet."""

    OPEN = "", _("to be looked at")
    SAME_EVENT = "same_event", _("one event: in order")
    DIFFERENT = "different", _("two different photos")
    REUSED = "reused", _("used again")
    UNCLEAR = "unclear", _("cannot be told")


class PhotoLikeness(models.Model):
    """Two photos that look like one picture (`photo` is the earlier row), put before a person, who decides.

    The same file sent for more than one report is a likeness of the photo with itself; `use_count` is
    how many reports used it when it was found or decided. `distance` is in bits of the fingerprint,
    `inliers` in points that agree; `share_percent` is how much of what both show agrees.
    """

    personal_data: ClassVar[tuple[str, ...]] = ("decided_by",)

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=How)
    distance = models.PositiveSmallIntegerField(null=True, blank=True)
    inliers = models.PositiveIntegerField(default=0)
    share_percent = models.PositiveSmallIntegerField(default=0)
    is_mirrored = models.BooleanField(default=False)
    use_count = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=Decision, default=Decision.OPEN, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-found_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["photo", "other"], name="two_photos_are_likened_once"),
            models.CheckConstraint(
                condition=Q(photo__lt=F("other")) | Q(photo=F("other"), how="same_bytes"),
                name="the_earlier_photo_stands_first",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["decision"])]

    def __str__(self) -> str:
        return f"{self.photo_id} ~ {self.other_id}"


class PublicCopy(models.Model):
    """A copy without metadata, with `regions` (thousandths of width and height) covered for good; one is current."""

    personal_data: ClassVar[tuple[str, ...]] = ("made_by",)

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    regions = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["photo_id", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["photo", "version"], name="a_version_of_a_public_copy_once"),
            models.UniqueConstraint(fields=["photo"], condition=Q(is_current=True), name="one_current_public_copy"),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id} {self.version}"
