"""Forms of inspections: which workplace is meant, which version stands, a changed table."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import UnitChoice
from safemonth.collect.inspection.workplaces.models import Trade
from safemonth.organisation.models import Unit


class NewWorkplaceForm(forms.Form):
    """The least that the register asks of the workplace that an inspection means."""

    name = forms.CharField(label=_("Name"), max_length=120)
    trade = forms.ChoiceField(label=_("Trade"), choices=Trade.choices)
    township = UnitChoice(label=_("Township"))
    department = UnitChoice(label=_("Supervising department"), required=False)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=40, required=False)

    def __init__(self, *args: Any, townships: QuerySet[Unit], departments: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["township"].queryset = townships  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class TableForm(forms.Form):
    """A checklist's table, changed in a spreadsheet; empty offers the shipped one."""

    table = forms.FileField(
        label=_("Changed table (CSV)"),
        required=False,
        validators=[FileExtensionValidator(["csv", "txt"])],
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
    )
