"""What is asked for each move on a hazard, and of a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, UnitChoice
from safemonth.collect.inspection.hazards.models import Grade
from safemonth.collect.inspection.hazards.states import Move
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit

if TYPE_CHECKING:
    OneWorkplace = forms.ModelChoiceField[Workplace]
else:
    OneWorkplace = forms.ModelChoiceField

LEVELS = [("county", _("county")), ("city", _("city")), ("province", _("province")), ("ministry", _("ministry"))]


# What a button says, and the page behind it, where the table says what was done.
DOING = {
    "grade": _("Grade again"),
    "correct": _("Correct the wording"),
    "settle": _("Settle responsibility, measure, money, plan"),
    "order": _("Order to be put right"),
    "start": _("Say that work has begun"),
    "ask_extension": _("Ask for more time"),
    "extend": _("Allow more time"),
    "refuse_extension": _("Refuse more time"),
    "report_done": _("Report as done"),
    "pass": _("Recheck: passed"),
    "fail": _("Recheck: failed"),
    "list": _("List for supervision"),
    "stop": _("Stop production"),
    "resume": _("Allow to resume"),
    "refer": _("Refer to another department"),
    "penalise": _("Enter a penalty"),
    "reopen": _("Reopen"),
    "join": _("It is the same as another"),
    "part": _("It is a hazard of its own"),
}
# Which of them is the next on the way to closing, the first that is offered.
NEXT = ("pass", "report_done", "extend", "order", "start", "part")


class PhotosInput(forms.ClearableFileInput):
    """Several photos at once, from the camera or the album."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*"})


class PhotosField(forms.FileField):
    """Photos, if any; its clean value is a list of files."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files that were chosen."""
        files = data if isinstance(data, list | tuple) else [data]
        return [clean for file in files if (clean := super(PhotosField, self).clean(file, initial))]


def _long(label: Any, **options: Any) -> forms.Field:
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **{"required": False, **options}
    )


def _line(label: Any, length: int = 160, **options: Any) -> forms.Field:
    return forms.CharField(label=label, max_length=length, **{"required": False, **options})


def _day(label: Any, **options: Any) -> forms.Field:
    return forms.DateField(label=label, widget=DayInput, **{"required": False, **options})


def _field(name: str, move: str) -> forms.Field:
    """The field of a name in an event's data, as a move asks it."""
    match name:
        case "grade":
            return forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
        case "text":
            return _long(_("What it is"))
        case "deadline_on":
            return _day(_("To be put right by") if move == "order" else _("New deadline"))
        case "until_on":
            return _day(_("Until"))
        case "level":
            return forms.ChoiceField(label=_("By which level"), choices=LEVELS)
        case "money_yuan":
            return forms.DecimalField(
                label=_("Money (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False
            )
        case "fine_yuan":
            return forms.IntegerField(label=_("Fine (yuan)"), min_value=0, max_value=10**9, required=False)
        case "to_unit" | "in_charge":
            return UnitChoice(label=_("To which unit") if name == "to_unit" else _("Unit in charge"), required=False)
        case "what":
            return _long(_("What is stopped") if move == "stop" else _("What is decided"))
        case "same_as":
            return _line(_("Code of the other hazard"), 20)
        case _:
            label, is_long = _TEXTS[name]
            return _long(label) if is_long else _line(label)


_TEXTS: dict[str, tuple[Any, bool]] = {
    "reason": (_("Why"), True),
    "note": (_("Remark"), True),
    "spot": (_("Where exactly"), False),
    "basis": (_("By which clause"), False),
    "measure": (_("Measure"), True),
    "responsible_post": (_("Responsible post"), False),
    "emergency_plan": (_("Emergency plan until then"), True),
    "review": (_("What the review found"), True),
    "case_number": (_("Number of the case"), False),
}

# What each move is asked besides what it must say.
ALSO_ASKED: dict[str, tuple[str, ...]] = {
    "correct": ("text", "spot", "basis"),
    "settle": ("responsible_post", "measure", "money_yuan", "emergency_plan"),
    "order": ("measure", "responsible_post", "in_charge"),
    "start": ("note",),
    "extend": ("note",),
    "report_done": ("note", "money_yuan"),
    "pass": ("note",),
    "fail": ("deadline_on",),
    "list": ("reason",),
    "stop": ("basis",),
    "penalise": ("fine_yuan", "case_number"),
    "reopen": ("deadline_on",),
}
# With these a photo says more than words.
WITH_PHOTOS = frozenset({"order", "report_done", "pass", "fail", "stop", "reopen", "resume"})


class MoveForm(forms.Form):
    """What one move must and may say, and when it was, where that is not now."""

    def __init__(
        self, *args: Any, move: Move, units: QuerySet[Unit], facts: dict[str, Any], has_photos: bool, **options: Any
    ) -> None:
        also = ALSO_ASKED.get(move.code, ())
        names = (
            [*also, *move.needs] if move.code == "correct" else [*move.needs, *(n for n in also if n not in move.needs)]
        )
        options["initial"] = {name: facts[name] for name in names if name in move.settles and facts.get(name)}
        super().__init__(*args, **options)
        for name in names:
            field = _field(name, move.code)
            field.required = name in move.needs
            if isinstance(field, UnitChoice):
                field.queryset = units
            self.fields[name] = field
        if has_photos:
            self.fields["photos"] = PhotosField(label=_("Photos"), required=False)
        self.fields["happened_on"] = _day(_("On which day"), help_text=_("Empty: now."))


class FindForm(forms.Form):
    """A hazard that was found, and by when it must be put right where that is ordered at once."""

    workplace = OneWorkplace(queryset=Workplace.objects.none(), label=_("Workplace"), required=False)
    text = forms.CharField(label=_("What it is"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
    spot = forms.CharField(label=_("Where exactly"), max_length=160, required=False)
    basis = forms.CharField(label=_("By which clause"), max_length=160, required=False)
    deadline_on = forms.DateField(label=_("To be put right by"), widget=DayInput, required=False)
    photos = PhotosField(label=_("Photos"), required=False)

    def __init__(self, *args: Any, workplaces: QuerySet[Workplace], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class PhotosForm(forms.Form):
    """Photos of a hazard, before or after."""

    photos = PhotosField(label=_("Photos"))
    shows = forms.ChoiceField(label=_("They show it"), choices=[("before", _("before")), ("after", _("after"))])


def said_in(cleaned: dict[str, Any], besides: Sequence[str] = ("photos", "happened_on")) -> dict[str, Any]:
    """Return what a form says as an event's data: plain JSON, days as ISO text, units as codes, money as a number."""
    data: dict[str, Any] = {}
    for name, value in cleaned.items():
        if name in besides or value in (None, ""):
            continue
        if isinstance(value, Unit):
            data[name] = value.code
        elif hasattr(value, "isoformat"):
            data[name] = value.isoformat()
        elif name == "money_yuan":
            data[name] = int(value) if value == int(value) else float(value)
        else:
            data[name] = value
    return data
