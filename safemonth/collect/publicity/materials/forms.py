"""What is asked on the pages of materials."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, OneThing, UnitChoice
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.materials.models import Design, DesignKind, Whose
from safemonth.collect.publicity.materials.queries import indicators_of_designs
from safemonth.organisation.models import Unit
from safemonth.plan.models import Indicator

MOST_COPIES = 100_000_000


class EventChoice(OneThing):
    """A choice among events, each with its day."""

    def label_from_instance(self, obj: Activity) -> str:
        """Return the day and the title."""
        return f"{obj.from_on:%m-%d} {obj.title}" if obj.from_on else obj.title


class DesignForm(forms.Form):
    """A new design."""

    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=DesignKind.choices)
    owner = UnitChoice(label=_("Whose design"))
    indicator = NamedChoice(
        queryset=Indicator.objects.none(),
        label=_("Counts as"),
        help_text=_("What each copy counts under when it is given out (a poster or banner: when it is put up)."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = indicators_of_designs()  # type: ignore[attr-defined]


class PrintRunForm(forms.Form):
    """Copies printed."""

    design = NamedChoice(queryset=Design.objects.none(), label=_("Design"))
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST_COPIES)
    whose = forms.ChoiceField(label=_("On whose account"), choices=Whose.choices)
    printed_by = UnitChoice(label=_("Printed by"))
    place = UnitChoice(label=_("Delivered to"))
    printed_on = forms.DateField(label=_("On"), widget=DayInput)
    printer = forms.CharField(label=_("Printing house"), max_length=120, required=False)
    cost_yuan = forms.DecimalField(label=_("Cost (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False)
    proof = forms.FileField(label=_("Delivery note or bill"), required=False)

    def __init__(
        self, *args: Any, designs: QuerySet[Design], units: QuerySet[Unit], is_office: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["design"].queryset = designs  # type: ignore[attr-defined]
        for name in ("printed_by", "place"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        if not is_office:
            self.fields["whose"].choices = [(Whose.UNIT.value, Whose.UNIT.label)]  # type: ignore[attr-defined]


class TransferForm(forms.Form):
    """Copies sent on."""

    design = NamedChoice(queryset=Design.objects.none(), label=_("Design"))
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST_COPIES)
    giver = UnitChoice(label=_("Out of the stock of"))
    receiver = UnitChoice(label=_("To"))
    sent_on = forms.DateField(label=_("On"), widget=DayInput)

    def __init__(
        self,
        *args: Any,
        designs: QuerySet[Design],
        givers: QuerySet[Unit],
        receivers: QuerySet[Unit],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["design"].queryset = designs  # type: ignore[attr-defined]
        self.fields["giver"].queryset = givers  # type: ignore[attr-defined]
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """How many copies came."""

    copies = forms.IntegerField(label=_("Copies that came"), min_value=0, max_value=MOST_COPIES)
    received_on = forms.DateField(label=_("On"), widget=DayInput)


class HandoutForm(forms.Form):
    """Copies given out: one number a design that the place holds."""

    place = UnitChoice(label=_("From the stock of"))
    given_on = forms.DateField(label=_("On"), widget=DayInput)
    where = forms.CharField(label=_("Where"), max_length=160, required=False)
    at_event = EventChoice(
        queryset=Activity.objects.none(),
        label=_("At an event that counts them already"),
        required=False,
        help_text=_("Choose it where the copies are in that event's numbers. Then only the stock goes down."),
    )

    def __init__(
        self,
        *args: Any,
        designs: list[Design],
        units: QuerySet[Unit],
        events: QuerySet[Activity],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = units  # type: ignore[attr-defined]
        self.fields["at_event"].queryset = events  # type: ignore[attr-defined]
        self.designs = designs
        naming = NamedChoice(queryset=Design.objects.none())
        for design in designs:
            self.fields[f"copies-{design.pk}"] = forms.IntegerField(
                label=format_lazy("{} · {}", naming.label_from_instance(design), _("Copies")),
                min_value=0,
                max_value=MOST_COPIES,
                required=False,
            )


class CountForm(forms.Form):
    """Copies counted when a day was over."""

    design = NamedChoice(queryset=Design.objects.none(), label=_("Design"))
    place = UnitChoice(label=_("Stock of"))
    copies = forms.IntegerField(label=_("Copies there"), min_value=0, max_value=MOST_COPIES)
    counted_on = forms.DateField(label=_("When the day was over"), widget=DayInput)
    is_opening = forms.BooleanField(label=_("They were there before the month (carried over)."), required=False)

    def __init__(self, *args: Any, designs: QuerySet[Design], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["design"].queryset = designs  # type: ignore[attr-defined]
        self.fields["place"].queryset = units  # type: ignore[attr-defined]


class LossForm(forms.Form):
    """Copies that are gone."""

    design = NamedChoice(queryset=Design.objects.none(), label=_("Design"))
    place = UnitChoice(label=_("Stock of"))
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=MOST_COPIES)
    lost_on = forms.DateField(label=_("On"), widget=DayInput)
    reason = forms.CharField(label=_("What happened"), max_length=200)

    def __init__(self, *args: Any, designs: QuerySet[Design], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["design"].queryset = designs  # type: ignore[attr-defined]
        self.fields["place"].queryset = units  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """Another number in the place of an entry's."""

    copies = forms.IntegerField(
        label=_("Copies"), min_value=0, max_value=MOST_COPIES, help_text=_("0 takes the entry back.")
    )
    reason = forms.CharField(label=_("Why"), max_length=200)


class DecisionForm(forms.Form):
    """Whether a unit's report contains hand-outs."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("contained", _("The report contains them: count them only there.")),
            ("apart", _("They come on top of the report: count both.")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=200)


class FromStockForm(forms.Form):
    """Copies given out at an occasion (a booth, a law day), from a place's stock."""

    design = NamedChoice(queryset=Design.objects.none(), label=_("Design"))
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=100_000_000)
    place = UnitChoice(label=_("From the stock of"))

    def __init__(self, *args: Any, designs: QuerySet[Design], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["design"].queryset = designs  # type: ignore[attr-defined]
        self.fields["place"].queryset = units  # type: ignore[attr-defined]
