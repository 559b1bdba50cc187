"""What is asked on the pages of objections."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ObjectionForm(forms.Form):
    """What a unit says against its score."""

    item = forms.ChoiceField(label=_("Item"), required=False)
    text = forms.CharField(
        label=_("What is wrong, and by which record"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [("", _("the whole score")), *items]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to an objection."""

    is_upheld = forms.TypedChoiceField(
        label=_("The objection is"),
        choices=[("yes", _("upheld")), ("no", _("not upheld"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    item = forms.ChoiceField(label=_("Item to correct"), required=False)
    share_percent = forms.IntegerField(
        label=_("Its share of the points, per cent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Empty: the score stays as it is."),
    )

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [("", "–"), *items]  # type: ignore[attr-defined]
