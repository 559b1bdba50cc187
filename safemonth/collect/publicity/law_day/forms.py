"""What is asked on the pages of days of law to the countryside."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, TimeInput, UnitChoice, UnitChoices
from safemonth.collect.publicity.law_day.models import GuestAnswer, ProgrammeKind
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task


class DayForm(forms.Form):
    """A new day."""

    title = forms.CharField(label=_("Title"), max_length=160)
    township = UnitChoice(label=_("Township"))
    host = UnitChoice(label=_("Host"))
    held_on = forms.DateField(label=_("On"), widget=DayInput)
    starts_at = forms.TimeField(label=_("Starts at"), widget=TimeInput, required=False)
    place = forms.CharField(label=_("Where"), max_length=160, required=False)
    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False)

    def __init__(
        self,
        *args: Any,
        townships: QuerySet[Unit],
        hosts: QuerySet[Unit],
        tasks: QuerySet[Task],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["township"].queryset = townships  # type: ignore[attr-defined]
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Who is asked; units on the list already are not offered."""

    enterprises = UnitChoices(label=_("Enterprises"), required=False)
    townships = UnitChoices(label=_("Townships"), required=False)
    departments = UnitChoices(label=_("Departments"), required=False)
    post_title = forms.CharField(
        label=_("Which post is asked"),
        max_length=120,
        required=False,
        help_text=_("As “mine manager”; no name."),
    )
    came_unasked = forms.BooleanField(label=_("They were not asked and came."), required=False)

    def __init__(self, *args: Any, to_invite: dict[str, QuerySet[Unit]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, units in to_invite.items():
            self.fields[name].queryset = units.select_related("parent")  # type: ignore[attr-defined]
            if not units:
                del self.fields[name]


class AnswerForm(forms.Form):
    """What a unit answers to its invitation."""

    answer = forms.ChoiceField(
        label=_("Our answer"),
        choices=[choice for choice in GuestAnswer.choices if choice[0]],
        widget=forms.RadioSelect,
    )


class ProgrammeForm(forms.Form):
    """A point of the programme."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices)
    title = forms.CharField(label=_("Subject"), max_length=160, required=False)
    starts_at = forms.TimeField(label=_("Starts at"), widget=TimeInput, required=False)
    place = forms.CharField(label=_("Where"), max_length=160, required=False)
    led_by = UnitChoice(label=_("Led by"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["led_by"].queryset = units  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """A question and, where there is one, its answer."""

    asked_by = UnitChoice(label=_("Asked by"), required=False)
    text = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(
        label=_("Reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    answered_by = UnitChoice(label=_("Answered by"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("asked_by", "answered_by"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]


class QuestionAnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(label=_("Reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    answered_by = UnitChoice(label=_("Answered by"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answered_by"].queryset = units  # type: ignore[attr-defined]


class HazardForm(forms.Form):
    """A hazard that was seen."""

    unit = UnitChoice(label=_("At which unit"))
    place = forms.CharField(label=_("Where exactly"), max_length=160)
    text = forms.CharField(label=_("What it is"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    seen_by = UnitChoice(label=_("Seen by"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("unit", "seen_by"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
