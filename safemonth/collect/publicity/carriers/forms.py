"""What is asked on the pages of orders to carriers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, UnitChoice, UnitChoices, ask_in_place
from safemonth.collect.activities.models import Activity
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task


class OrderForm(forms.Form):
    """A new order, to one carrier or the same to several."""

    carriers = UnitChoices(label=_("Carriers"), help_text=_("Each gets an order of its own."))
    text = forms.CharField(label=_("Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    window_from = forms.DateField(label=_("To be sent from"), widget=DayInput)
    window_to = forms.DateField(label=_("To be sent by"), widget=DayInput)
    area = UnitChoice(label=_("Area"))
    asked = forms.IntegerField(
        label=_("Subscribers asked for"),
        min_value=1,
        max_value=2_000_000_000,
        required=False,
        help_text=_("Empty: every subscriber in the area."),
    )
    is_free = forms.BooleanField(label=_("Free of charge."), required=False)
    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False)

    def __init__(
        self,
        *args: Any,
        carriers: QuerySet[Unit],
        areas: QuerySet[Unit],
        tasks: QuerySet[Task],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["carriers"].queryset = carriers  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """When and how an order was handed over."""

    on = forms.DateField(label=_("On"), widget=DayInput)
    as_what = forms.CharField(label=_("As what (letter number, by hand)"), max_length=160, required=False)


class ReportForm(forms.Form):
    """What the carrier reports."""

    reached = forms.CharField(
        label=_("Subscribers reached, as it says"),
        max_length=40,
        help_text=_("Write it as the carrier does: 52300, or 12万余."),
    )
    sent_on = forms.DateField(label=_("Sent on"), widget=DayInput)
    reported_on = forms.DateField(label=_("Reported on"), widget=DayInput)
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200, required=False)
    in_place_of = forms.BooleanField(required=False)

    def __init__(self, *args: Any, is_first: bool, elsewhere: Activity | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_first:
            del self.fields["reason"]
        ask_in_place(self, elsewhere=elsewhere)


class OrderProofForm(forms.Form):
    """A file that bears the report out."""

    file = forms.FileField(label=_("The carrier's letter, or a print of its platform"))


class EndForm(forms.Form):
    """Why an order ends."""

    how = forms.ChoiceField(
        label=_("How"),
        choices=[("declined", _("The carrier declined.")), ("called_off", _("The office calls it off."))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=200)
