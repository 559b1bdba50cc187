"""What is asked on the pages of visits."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice
from safemonth.collect.activities.models import Measure
from safemonth.plan.models import Indicator
from safemonth.verify.visits.models import HowFound


class DrawForm(forms.Form):
    """A draw of units to visit."""

    indicator = NamedChoice(queryset=Indicator.objects.none(), label=_("What is to be tested"))
    visits = forms.IntegerField(label=_("Visits"), min_value=1, max_value=500, initial=12)
    seed = forms.CharField(
        label=_("Published seed"),
        max_length=120,
        help_text=_("Name it after the returns have closed, so that nobody could reckon whether they will be visited."),
    )
    cap = forms.DecimalField(
        label=_("At most there for each one claimed"),
        min_value=1,
        max_value=10,
        max_digits=4,
        decimal_places=2,
        initial=1,
        help_text=_("1: nobody reports too little. More widens the interval and covers under-reporting up to it."),
    )
    with_signals = forms.BooleanField(label=_("Signals raise a unit's chance"), required=False, initial=True)
    reason = forms.CharField(label=_("Why it is drawn again"), max_length=200, required=False)

    def __init__(self, *args: Any, indicators: QuerySet[Indicator], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """A visit: each claimed number beside what was found."""

    visited_on = forms.DateField(label=_("Visited on"), widget=DayInput)
    team = forms.IntegerField(label=_("Supervision team"), min_value=1, max_value=20, required=False)
    photo = forms.FileField(label=_("Photo or paper"), required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
    reason = forms.CharField(label=_("Why the findings are changed"), max_length=200, required=False)

    def __init__(self, *args: Any, measures: list[Measure], is_again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.measures = measures
        for measure in measures:
            self.fields[f"found-{measure.pk}"] = forms.IntegerField(min_value=0, max_value=100_000_000)
            self.fields[f"how-{measure.pk}"] = forms.ChoiceField(choices=HowFound.choices)
            self.fields[f"note-{measure.pk}"] = forms.CharField(max_length=300, required=False)
        if not is_again:
            del self.fields["reason"]

    def rows(self) -> list[dict[str, Any]]:
        """Return for each claimed number its measure and its three fields, as the page lays them out."""
        return [
            {
                "measure": each,
                "found": self[f"found-{each.pk}"],
                "how": self[f"how-{each.pk}"],
                "note": self[f"note-{each.pk}"],
            }
            for each in self.measures
        ]


class AnswerForm(forms.Form):
    """What a unit says to the findings."""

    text = forms.CharField(label=_("What the unit answers"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label=_("Proof"), required=False)


class SettleForm(forms.Form):
    """Why findings stand."""

    reason = forms.CharField(label=_("Why the findings stand"), max_length=200)
