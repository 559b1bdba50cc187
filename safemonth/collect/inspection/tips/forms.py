"""What the office and units are asked for with a report by the public."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import UnitChoice
from safemonth.collect.inspection.hazards.models import Grade
from safemonth.collect.inspection.tips.actions import MOST_REWARD_YUAN
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit

if TYPE_CHECKING:
    OneWorkplace = forms.ModelChoiceField[Workplace]

else:
    OneWorkplace = forms.ModelChoiceField

_FOR_THE_PUBLIC = _("The reporter reads this by their code.")


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PassOnForm(forms.Form):
    """To which unit, and what it is told: the office's own words, so that nothing gives the reporter away."""

    unit = UnitChoice(label=_("Unit"))
    told = forms.CharField(
        label=_("What the unit is told"),
        max_length=2000,
        widget=_area(5),
        help_text=_("The unit does not see the report itself. Leave out whatever could show who reported."),
    )
    shows_photos = forms.BooleanField(label=_("Show the unit the photos (bare copies)."), required=False)
    words = forms.CharField(
        label=_("Words for the public"), max_length=1000, widget=_area(2), required=False, help_text=_FOR_THE_PUBLIC
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], has_photos: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not has_photos:
            del self.fields["shows_photos"]


class AnswerForm(forms.Form):
    """What the unit found."""

    is_hazard = forms.TypedChoiceField(
        label=_("Is it a hazard?"),
        choices=[("yes", _("It is a hazard")), ("no", _("It is not"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    told = forms.CharField(label=_("What was found"), max_length=2000, widget=_area(5))


class HazardForm(forms.Form):
    """The hazard that a report turned out to be, in the office's words."""

    workplace = OneWorkplace(queryset=Workplace.objects.none(), label=_("Workplace"))
    text = forms.CharField(
        label=_("What is wrong"),
        max_length=1000,
        widget=_area(4),
        help_text=_("In the office's own words: the workplace reads it."),
    )
    spot = forms.CharField(label=_("Where exactly"), max_length=160, required=False)
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
    shows_photos = forms.BooleanField(label=_("Let the photos go along (bare copies)."), required=False, initial=True)
    words = forms.CharField(
        label=_("Words for the public"), max_length=1000, widget=_area(2), required=False, help_text=_FOR_THE_PUBLIC
    )

    def __init__(self, *args: Any, workplaces: QuerySet[Workplace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """Words for the public."""

    words = forms.CharField(
        label=_("Words for the public"), max_length=1000, widget=_area(4), help_text=_FOR_THE_PUBLIC
    )

    def __init__(self, *args: Any, is_needed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = is_needed


class JoinForm(forms.Form):
    """Of which report it is a double."""

    number = forms.CharField(label=_("Number of the other report"), max_length=20)


class RewardForm(forms.Form):
    """A reward that was paid."""

    yuan = forms.IntegerField(label=_("Reward in yuan"), min_value=1, max_value=MOST_REWARD_YUAN)


class ReplyForm(forms.Form):
    """A reply to what a reporter asked."""

    text = forms.CharField(label=_("Reply"), max_length=1000, widget=_area(4), help_text=_FOR_THE_PUBLIC)
