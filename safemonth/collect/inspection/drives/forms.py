"""Forms of drives."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, UnitChoice
from safemonth.collect.inspection.drives.frame import DEFAULT_WEIGHTS
from safemonth.collect.inspection.drives.models import Drive, DriveKind, Inspector, Theme
from safemonth.collect.inspection.workplaces.models import RiskClass, Trade, Workplace
from safemonth.organisation.models import Unit, User
from safemonth.plan.models import Task


class DriveForm(forms.Form):
    """A drive's line."""

    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=DriveKind.choices)
    theme = NamedChoice(queryset=Theme.objects.none(), label=_("Theme"), required=False)
    led_by = UnitChoice(label=_("Led by"))
    from_on = forms.DateField(label=_("First day"), widget=DayInput())
    to_on = forms.DateField(label=_("Last day"), widget=DayInput())
    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False, to_field_name="pk")
    trades = forms.MultipleChoiceField(
        label=_("Trades"),
        choices=Trade.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all trades."),
    )
    is_unannounced = forms.BooleanField(
        label=_("Unannounced: nobody at a workplace sees its visit before the day"), required=False, initial=True
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], tasks: QuerySet[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["theme"].queryset = Theme.objects.all()  # type: ignore[attr-defined]
        self.fields["led_by"].queryset = units  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]


class InspectorForm(forms.Form):
    """A post that may inspect."""

    unit = UnitChoice(label=_("Unit"))
    post_title = forms.CharField(label=_("Post"), max_length=120)
    certificate_number = forms.CharField(label=_("Number of the certificate"), max_length=40, required=False)
    user = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="username", label=_("Account"), required=False
    )
    is_active = forms.BooleanField(label=_("May inspect now"), required=False, initial=True)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("username")  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """Why an inspector may not inspect a workplace."""

    inspector = forms.ModelChoiceField(queryset=Inspector.objects.none(), label=_("Inspector"))
    workplace = NamedChoice(queryset=Workplace.objects.none(), label=_("Workplace"))
    reason = forms.CharField(
        label=_("What the interest is"),
        max_length=200,
        help_text=_("A relative there, a share in it, work for it in the last three years, or another reason."),
    )

    def __init__(
        self, *args: Any, inspectors: QuerySet[Inspector], workplaces: QuerySet[Workplace], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["inspector"].queryset = inspectors  # type: ignore[attr-defined]
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    """How many teams to make up."""

    count = forms.IntegerField(label=_("Teams"), min_value=1, max_value=99, initial=3)


class DrawForm(forms.Form):
    """What a draw is held with."""

    count = forms.IntegerField(label=_("Workplaces to draw"), min_value=1, max_value=9999)
    visits_a_day = forms.IntegerField(
        label=_("Visits of a team on one day, at most"), min_value=1, max_value=20, initial=3
    )
    days = forms.MultipleChoiceField(label=_("Dates"), widget=forms.CheckboxSelectMultiple)
    named = forms.ModelMultipleChoiceField(
        queryset=Workplace.objects.none(),
        label=_("Named by the office: these are in"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    witness = forms.CharField(
        label=_("A word said at the draw"),
        max_length=80,
        required=False,
        help_text=_(
            "Something that nobody could know when the seed was laid down: dice thrown before witnesses, a lottery's numbers."
        ),
    )
    reason = forms.CharField(label=_("Why it is drawn again"), max_length=200)

    def __init__(
        self, *args: Any, drive: Drive, workplaces: QuerySet[Workplace], is_again: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        days = [drive.from_on + timedelta(days=n) for n in range((drive.to_on - drive.from_on).days + 1)][:62]
        self.fields["days"].choices = [(day.isoformat(), day.isoformat()) for day in days]  # type: ignore[attr-defined]
        self.fields["days"].initial = [day.isoformat() for day in days if day.weekday() < 5] or [days[0].isoformat()]
        self.fields["named"].queryset = workplaces  # type: ignore[attr-defined]
        for risk, word in RiskClass.choices:
            self.fields[f"weight_{risk}"] = forms.IntegerField(
                label=_("Weight: %(risk)s") % {"risk": word},
                min_value=0,
                max_value=1000,
                initial=DEFAULT_WEIGHTS[risk],
                help_text=_("0: certain") if risk == RiskClass.RED else "",
            )
        if not is_again:
            del self.fields["reason"]

    def weights(self) -> dict[str, int]:
        """Return class of risk -> weight as typed."""
        return {risk: self.cleaned_data[f"weight_{risk}"] for risk in RiskClass.values}

    def chosen_days(self) -> list[date]:
        """Return the days chosen, in order."""
        return sorted(date.fromisoformat(day) for day in self.cleaned_data["days"])
