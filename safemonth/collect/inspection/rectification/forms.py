"""What is asked on the pages of special rectification."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, TimeInput, UnitChoice, UnitChoices
from safemonth.collect.inspection.drives.models import Drive
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.rectification.models import ExampleKind
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit

if TYPE_CHECKING:
    OneHazard = forms.ModelChoiceField[Hazard]
    OneWorkplace = forms.ModelChoiceField[Workplace]
    SeveralWorkplaces = forms.ModelMultipleChoiceField[Workplace]
else:
    OneHazard = OneWorkplace = forms.ModelChoiceField
    SeveralWorkplaces = forms.ModelMultipleChoiceField


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SetUpForm(forms.Form):
    """Of which drive, what for, who joins."""

    drive = NamedChoice(queryset=Drive.objects.none(), label=_("Drive of special rectification"))
    aims = forms.CharField(label=_("What is to be put right"), max_length=2000, widget=_area(5))
    joining = UnitChoices(label=_("Departments that join"), required=False)

    def __init__(self, *args: Any, drives: QuerySet[Drive], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["drive"].queryset = drives  # type: ignore[attr-defined]
        self.fields["joining"].queryset = units  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """The notice."""

    number = forms.CharField(label=_("Document number"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=200)
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput)
    body_text = forms.CharField(label=_("Text"), max_length=4000, widget=_area(8))


class HowForm(forms.Form):
    """How something was said or done."""

    how = forms.CharField(
        label=_("How"), max_length=120, required=False, help_text=_("As “by phone, to the duty room”.")
    )


class MeetingForm(forms.Form):
    """A site meeting."""

    title = forms.CharField(label=_("Title"), max_length=160)
    host = UnitChoice(label=_("Host"))
    held_on = forms.DateField(label=_("On"), widget=DayInput)
    starts_at = forms.TimeField(label=_("Starts at"), required=False, widget=TimeInput)
    workplace = OneWorkplace(queryset=Workplace.objects.none(), label=_("Workplace"), required=False)
    place = forms.CharField(label=_("Where exactly"), max_length=160, required=False)
    asked_of_all = forms.CharField(label=_("What is asked of all"), max_length=2000, widget=_area(4), required=False)

    def __init__(self, *args: Any, hosts: QuerySet[Unit], workplaces: QuerySet[Workplace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Who is asked."""

    workplaces = SeveralWorkplaces(
        queryset=Workplace.objects.none(),
        label=_("Workplaces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    units = UnitChoices(label=_("Units"), required=False)
    post_title = forms.CharField(
        label=_("Which post is asked"), max_length=120, required=False, help_text=_("As “mine manager”; no name.")
    )
    came_unasked = forms.BooleanField(label=_("They were not asked and came."), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], workplaces: QuerySet[Workplace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        self.fields["workplaces"].queryset = workplaces  # type: ignore[attr-defined]


class ExampleForm(forms.Form):
    """What was shown."""

    kind = forms.ChoiceField(label=_("Shown as"), choices=ExampleKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What it shows"), max_length=300, widget=_area(2))
    hazard = OneHazard(
        queryset=Hazard.objects.none(),
        label=_("Hazard"),
        required=False,
        help_text=_("Its photos before and after go along."),
    )

    def __init__(self, *args: Any, hazards: QuerySet[Hazard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["hazard"].queryset = hazards  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    """What is asked of a unit, and by when."""

    unit = UnitChoice(label=_("Unit"))
    text = forms.CharField(label=_("What is to be done"), max_length=400, widget=_area(3))
    due_on = forms.DateField(label=_("To be done by"), widget=DayInput)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What was done."""

    text = forms.CharField(label=_("What was done"), max_length=400, widget=_area(3))
    done_on = forms.DateField(label=_("On"), widget=DayInput)
