"""What is asked on the page of the score sheet."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safemonth.appraisal.sheets.actions import Thresholds
from safemonth.appraisal.sheets.models import ScoreSheet


class SheetForm(forms.Form):
    """A sheet as a file (none: the shipped one, or the items in use), and the thresholds beside it."""

    file = forms.FileField(
        label=_("Sheet (.xlsx, .xls or .csv)"),
        required=False,
        help_text=_("Without a file the items in use stay; where there are none, the sheet that comes with Safemonth."),
    )
    objection_days = forms.IntegerField(label=_("Days to object"), min_value=1, max_value=60)
    notice_days = forms.IntegerField(
        label=_("A task needs this many days' notice to be scored"), min_value=0, max_value=60
    )
    commend_from = forms.DecimalField(label=_("Commended from points"), min_value=0, max_value=100, decimal_places=2)
    commend_share = forms.IntegerField(
        label=_("Commended at most of a kind of unit, per cent"), min_value=0, max_value=100
    )
    criticise_below = forms.DecimalField(
        label=_("Criticised below points"), min_value=0, max_value=100, decimal_places=2
    )
    silent_share = forms.IntegerField(
        label=_("Criticised where of the returns due never came, per cent"), min_value=1, max_value=100
    )
    reason = forms.CharField(label=_("Why another sheet"), max_length=200, required=False)

    def __init__(self, *args: Any, standing: ScoreSheet | None, **options: Any) -> None:
        said = standing or Thresholds()
        names = [name for name in self.base_fields if name not in ("file", "reason")]
        options["initial"] = {name: _plain(getattr(said, name)) for name in names}
        super().__init__(*args, **options)
        if standing is None:
            del self.fields["reason"]


def _plain(value: int | Decimal) -> object:
    return value.normalize() if isinstance(value, Decimal) and value != value.to_integral_value() else int(value)


def thresholds_of(cleaned: dict[str, Any]) -> Thresholds:
    """Return the thresholds that a form said."""
    names = Thresholds.__dataclass_fields__
    return Thresholds(**{name: value for name, value in cleaned.items() if name in names})
