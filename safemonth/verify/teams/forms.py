"""What is asked on the pages of supervision teams."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import OneThing, UnitChoice, UnitChoices
from safemonth.organisation.languages import named
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign
from safemonth.verify.teams.models import Nominee


class DaysField(forms.MultipleChoiceField):
    """Some days of a campaign and of the fortnight after its returns are due, each with a box; clean values are dates."""

    def __init__(self, *, campaign: Campaign, **options: Any) -> None:
        count = (campaign.returns_due_on - campaign.starts_on).days + 15
        days = [campaign.starts_on + timedelta(days=n) for n in range(count)]
        super().__init__(
            choices=[(day.isoformat(), f"{day:%m-%d}") for day in days],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "days"}),
            **options,
        )

    def clean(self, value: Any) -> list[date]:
        """Return the days chosen, in order."""
        return sorted(date.fromisoformat(text) for text in super().clean(value))


class NomineeForm(forms.Form):
    """Somebody whom a body names."""

    unit = UnitChoice(label=_("Body"))
    post_title = forms.CharField(label=_("Post"), max_length=120)

    def __init__(self, *args: Any, units: QuerySet[Unit], campaign: Campaign, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["days"] = DaysField(
            campaign=campaign, label=_("Days on which they can go out (none ticked: any day)"), required=False
        )


class NomineeChoice(OneThing):
    """A choice among nominees, by body and post."""

    def label_from_instance(self, obj: Nominee) -> str:
        """Return the body's name in the page's language, and the post."""
        return f"{named(obj.unit)} {obj.post_title}"


class TieForm(forms.Form):
    """Why somebody may not visit a unit."""

    nominee = NomineeChoice(queryset=Nominee.objects.none(), label=_("Who"))
    unit = UnitChoice(label=_("Unit"))
    reason = forms.CharField(label=_("What ties them"), max_length=200)

    def __init__(self, *args: Any, nominees: QuerySet[Nominee], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nominee"].queryset = nominees  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """A draw of teams."""

    team_count = forms.IntegerField(label=_("Teams"), min_value=1, max_value=20, initial=2)
    a_day = forms.IntegerField(
        label=_("Visits that a team makes on one day at most"), min_value=1, max_value=20, initial=3
    )
    seed = forms.CharField(
        label=_("Published seed"),
        max_length=120,
        help_text=_("Something that nobody could choose, such as a lottery's numbers of a day named before."),
    )
    reason = forms.CharField(label=_("Why it is drawn again"), max_length=200, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], campaign: Campaign, is_again: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"] = DaysField(campaign=campaign, label=_("Days of supervision"))
        self.fields["units"] = UnitChoices(label=_("Units to visit"))
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
        if not is_again:
            del self.fields["reason"]
