"""What is asked on the pages of rounds."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, NamedChoice, TimeInput, UnitChoice
from safemonth.collect.publicity.rounds.models import LATITUDE, LONGITUDE, Round, RoundVehicle, TravelMethod
from safemonth.organisation.languages import named
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task

LOOKING_S = ((5, _("5 seconds")), (20, _("20 seconds")), (60, _("1 minute")))


class VillageChoice(UnitChoice):
    """A choice among villages, each with its township."""

    def label_from_instance(self, obj: Unit) -> str:
        """Return the village's name with its township's before it."""
        return f"{named(obj.parent)} {super().label_from_instance(obj)}".strip()


class RoundForm(forms.Form):
    """A round and what it is held to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    area = UnitChoice(label=_("Villages of"))
    from_on = forms.DateField(label=_("First day"), widget=DayInput)
    to_on = forms.DateField(label=_("Last day"), widget=DayInput)
    stop_min = forms.IntegerField(label=_("Minutes at each stop"), min_value=1, max_value=480)
    method = forms.ChoiceField(
        label=_("Travel times from"),
        choices=TravelMethod.choices,
        help_text=_("The road network can be chosen where the operator has given one."),
    )
    detour_factor = forms.DecimalField(
        label=_("Detour: road over straight line"), min_value=1, max_value=9, max_digits=4, decimal_places=2
    )
    km_per_h = forms.IntegerField(label=_("Speed (km/h)"), min_value=1, max_value=130)

    def __init__(self, *args: Any, areas: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class VehicleForm(forms.Form):
    """A vehicle as its unit lends it."""

    name = forms.CharField(
        label=_("Vehicle"), max_length=60, help_text=_("As the driver knows it; a number plate will do.")
    )
    unit = UnitChoice(label=_("Lent by"))
    yard = forms.CharField(label=_("Yard"), max_length=120)
    latitude = forms.DecimalField(label=_("Latitude of the yard"), max_digits=8, decimal_places=5, validators=LATITUDE)
    longitude = forms.DecimalField(
        label=_("Longitude of the yard"), max_digits=8, decimal_places=5, validators=LONGITUDE
    )
    from_time = forms.TimeField(label=_("Leaves from"), widget=TimeInput)
    to_time = forms.TimeField(
        label=_("Back by"),
        widget=TimeInput,
        help_text=_("No midday break is planned: for an hour's break say an hour less."),
    )
    most_drive_min = forms.IntegerField(
        label=_("Most minutes at the wheel a day"), min_value=1, max_value=1440, required=False
    )
    days = forms.MultipleChoiceField(
        label=_("Days lent"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: Monday to Friday."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], days: list[date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["days"].choices = [(day.isoformat(), day.isoformat()) for day in days]  # type: ignore[attr-defined]

    def clean_days(self) -> list[date]:
        """Return the days chosen as dates."""
        return [date.fromisoformat(day) for day in self.cleaned_data["days"]]


class MarketHoursForm(forms.Form):
    """Hours in which a village wants its stop."""

    village = VillageChoice(label=_("Village"))
    day = forms.DateField(label=_("Date"), widget=DayInput, required=False, help_text=_("Empty: on every day."))
    from_time = forms.TimeField(label=_("Opens"), widget=TimeInput)
    to_time = forms.TimeField(label=_("Closes"), widget=TimeInput)

    def __init__(self, *args: Any, villages: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]


class PositionsForm(forms.Form):
    """A list of positions."""

    file = forms.FileField(label=_("List (Excel or CSV)"))


class PlanForm(forms.Form):
    """From which day to plan, and how long to look."""

    from_day = forms.DateField(label=_("From this day on"), widget=DayInput)
    seconds = forms.TypedChoiceField(label=_("Look for"), choices=LOOKING_S, coerce=int)


class MoveForm(forms.Form):
    """Where a stop is moved."""

    where = forms.ChoiceField(label=_("Vehicle and day"))
    before = VillageChoice(
        label=_("Before which stop"), required=False, help_text=_("Empty: where it adds the least driving.")
    )

    def __init__(
        self, *args: Any, vehicles: list[RoundVehicle], from_day: date, villages: QuerySet[Unit], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (f"{vehicle.pk} {day}", f"{day} · {vehicle.name}")
            for day, vehicle in sorted(
                ((day, vehicle) for vehicle in vehicles for day in vehicle.days if day >= from_day.isoformat()),
                key=lambda pair: (pair[0], pair[1].pk),
            )
        ]
        self.fields["before"].queryset = villages  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """Which task the villages reached answer."""

    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False)

    def __init__(self, *args: Any, tasks: QuerySet[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]


def vehicle_values(vehicle: RoundVehicle) -> dict[str, Any]:
    """Return a vehicle as its form shows it."""
    names = ("name", "yard", "latitude", "longitude", "from_time", "to_time", "most_drive_min", "days")
    return {"unit": vehicle.unit.code, **{name: getattr(vehicle, name) for name in names}}


def round_values(round: Round) -> dict[str, Any]:
    """Return a round as its form shows it."""
    names = ("name", "from_on", "to_on", "stop_min", "method", "detour_factor", "km_per_h")
    return {"area": round.area.code, **{name: getattr(round, name) for name in names}}
