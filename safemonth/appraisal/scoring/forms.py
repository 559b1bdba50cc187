"""What is asked on the pages of scores."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.appraisal.scoring.models import ExcuseKind
from safemonth.appraisal.sheets.models import SheetItem
from safemonth.collect.activities.form_page import DayInput, NamedChoice, UnitChoice
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task


class ScoreForm(forms.Form):
    """As of which day units are scored."""

    as_of = forms.DateField(
        label=_("As of"), widget=DayInput, help_text=_("What came or was found after this day is not counted.")
    )


class JudgementForm(forms.Form):
    """A scorer's judgement of an item."""

    item = NamedChoice(queryset=SheetItem.objects.none(), to_field_name="code", label=_("Item"))
    unit = UnitChoice(label=_("Unit"))
    share_percent = forms.IntegerField(label=_("Per cent of the points"), min_value=0, max_value=100)
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, items: QuerySet[SheetItem], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ExcuseForm(forms.Form):
    """A task that is not to be scored."""

    task = NamedChoice(queryset=Task.objects.none(), to_field_name="code", label=_("Task"))
    unit = UnitChoice(label=_("Unit"), required=False, help_text=_("None: it is not scored for anybody."))
    kind = forms.ChoiceField(label=_("What happened"), choices=ExcuseKind.choices)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, tasks: QuerySet[Task], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
