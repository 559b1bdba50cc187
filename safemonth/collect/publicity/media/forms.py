"""What is asked on the pages of the media plan."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, UnitChoice
from safemonth.collect.publicity.media.models import Example, Outlet, OutletKind, Placement, PlacementKind
from safemonth.collect.publicity.media.rules import COUNTED_BY_TIMES, WITH_AREA, WITH_LENGTH
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task


class OutletForm(forms.Form):
    """A new outlet."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=OutletKind.choices)
    unit = UnitChoice(label=_("Run by"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PlacementForm(forms.Form):
    """A placement to plan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlacementKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    outlet = NamedChoice(queryset=Outlet.objects.none(), label=_("Outlet"))
    unit = UnitChoice(label=_("Seen to by"))
    speaker_post = forms.CharField(
        label=_("Post of who speaks or signs"),
        max_length=120,
        required=False,
        help_text=_("The post, as “deputy county head”; no name."),
    )
    due_on = forms.DateField(label=_("Due"), widget=DayInput, required=False)
    is_before = forms.BooleanField(label=_("Before that day, not on it."), required=False)
    planned_slot = forms.CharField(label=_("Slot or page"), max_length=120, required=False)
    example = forms.ChoiceField(label=_("Good or bad example"), choices=Example.choices, required=False)
    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False)

    def __init__(
        self,
        *args: Any,
        outlets: QuerySet[Outlet],
        units: QuerySet[Unit],
        tasks: QuerySet[Task],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["outlet"].queryset = outlets  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]


class MadeForm(forms.Form):
    """How a placement appeared; only what its kind has is asked."""

    made_on = forms.DateField(label=_("Appeared on"), widget=DayInput)
    until_on = forms.DateField(label=_("Until (if several days)"), widget=DayInput, required=False)
    slot = forms.CharField(label=_("Slot or page"), max_length=120, required=False)
    times = forms.IntegerField(label=_("How often, or on how many screens"), min_value=1, max_value=1_000_000)
    length_s = forms.IntegerField(label=_("Length (seconds)"), min_value=1, max_value=1_000_000, required=False)
    area_cm2 = forms.IntegerField(label=_("Area (cm²)"), min_value=1, max_value=1_000_000, required=False)
    audience = forms.IntegerField(label=_("Audience claimed"), min_value=0, max_value=2_000_000_000, required=False)
    audience_claimed_by = forms.CharField(label=_("Who claims it"), max_length=120, required=False)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200, required=False)

    def __init__(self, *args: Any, placement: Placement, **options: Any) -> None:
        super().__init__(*args, **options)
        if placement.kind not in COUNTED_BY_TIMES:
            del self.fields["times"]
        if placement.kind not in WITH_LENGTH:
            del self.fields["length_s"]
        if placement.kind not in WITH_AREA:
            del self.fields["area_cm2"]
        if placement.made_on is None:
            del self.fields["reason"]


class ProofForm(forms.Form):
    """What bears a placement out."""

    file = forms.FileField(label=_("Cutting, recording or screenshot"), required=False)
    link = forms.URLField(label=_("Link"), max_length=400, required=False, assume_scheme="https")
    note = forms.CharField(label=_("Remark"), max_length=160, required=False)


class CallOffForm(forms.Form):
    """Why a placement is called off."""

    reason = forms.CharField(label=_("Why"), max_length=200)
