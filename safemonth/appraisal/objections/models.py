"""Objections of units to their scores, and the answers; none is ever dropped."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safemonth.appraisal.scoring.models import UnitScore


class Objection(models.Model):
    """What a unit says against its score as it stood, of one item (empty: of all); a late one is kept and said to be late."""

    personal_data: ClassVar[tuple[str, ...]] = ("text", "said_by")

    score = models.ForeignKey(UnitScore, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    item = models.SlugField(max_length=40, blank=True)
    text = models.TextField(max_length=2000)
    is_late = models.BooleanField()
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["said_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="an_objection_says_something")]


class ObjectionAnswer(models.Model):
    """The answer to an objection: upheld or not, why, by whom; `new_score` where it corrected the score."""

    personal_data: ClassVar[tuple[str, ...]] = ("text", "answered_by")

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="+")
    is_upheld = models.BooleanField()
    text = models.TextField(max_length=2000)
    new_score = models.ForeignKey(UnitScore, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.CharField(max_length=150)
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["answered_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="an_answer_to_an_objection_says_something"),
            models.CheckConstraint(
                condition=Q(is_upheld=True) | Q(new_score__isnull=True),
                name="only_an_upheld_objection_corrects_a_score",
            ),
        ]
