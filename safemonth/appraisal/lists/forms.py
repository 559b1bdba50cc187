"""What is asked on the pages of lists to commend and to criticise."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, UnitChoice
from safemonth.organisation.models import Unit


class PutForm(forms.Form):
    """A unit to put on a list."""

    unit = UnitChoice(label=_("Unit"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class TakeOffForm(forms.Form):
    """Why a unit is taken off a list."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class IssueForm(forms.Form):
    """The number and day of a notice."""

    number = forms.CharField(label=_("Document number"), max_length=60)
    issued_on = forms.DateField(label=_("On"), widget=DayInput)
