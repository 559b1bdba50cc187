"""Forms of the register."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import NamedChoice, UnitChoice
from safemonth.collect.inspection.workplaces.models import RiskClass, Size, Trade, Workplace
from safemonth.organisation.models import Unit


class WorkplaceForm(forms.Form):
    """A workplace's line."""

    name = forms.CharField(label=_("Name"), max_length=120)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("18 signs, as the licence has it. Both its check signs are looked at."),
    )
    trade = forms.ChoiceField(label=_("Trade"), choices=Trade.choices)
    risk_class = forms.ChoiceField(label=_("Class of risk"), choices=RiskClass.choices, required=False)
    size = forms.ChoiceField(label=_("Enterprise size"), choices=Size.choices, required=False)
    township = UnitChoice(label=_("Township"))
    department = UnitChoice(label=_("Supervising department"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-90, max_value=90, max_digits=8, decimal_places=5, required=False
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=-180, max_value=180, max_digits=8, decimal_places=5, required=False
    )
    manager_post = forms.CharField(label=_("Who is responsible (post)"), max_length=120, required=False)
    manager_phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    unit = UnitChoice(
        label=_("Reports as"),
        required=False,
        help_text=_("The unit of the tree that the workplace is, where it reports for itself."),
    )
    is_working = forms.BooleanField(label=_("It is working"), required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        townships: QuerySet[Unit],
        departments: QuerySet[Unit],
        units: QuerySet[Unit] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["township"].queryset = townships  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """A list to take in."""

    file = forms.FileField(
        label=_("File"),
        validators=[FileExtensionValidator(["xlsx", "xls", "csv", "tsv", "txt"])],
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt"}),
    )
    near_m = forms.IntegerField(
        label=_("Two positions are one place within (m)"), min_value=1, max_value=1000, initial=100
    )


class MergeForm(forms.Form):
    """Which one a workplace is, and why."""

    into = NamedChoice(
        queryset=Workplace.objects.none(),
        label=_("It is the same as"),
        help_text=_("That one stands; this one stays with its papers and points to it."),
    )
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, others: QuerySet[Workplace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Why they are two after all."""

    reason = forms.CharField(label=_("Why they are two"), max_length=200)
