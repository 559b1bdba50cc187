"""Forms of the consulting day: the day, a site, what a booth brings."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, TimeInput
from safemonth.collect.publicity.consulting.actions import NewSite
from safemonth.collect.publicity.consulting.models import Booth, ConsultingDay, Site
from safemonth.collect.publicity.consulting.naming import THINGS


def _number(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=32_767, **options)


class DayForm(forms.Form):
    """The day's date, hours and shortest stay."""

    held_on = forms.DateField(label=_("On"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), widget=TimeInput(), initial=time(8, 30))
    to_time = forms.TimeField(label=_("To"), widget=TimeInput(), initial=time(11, 30))
    least_stay_min = forms.IntegerField(
        label=_("Shortest stay of a booth (minutes)"), min_value=1, max_value=1440, initial=60
    )


class SiteForm(forms.Form):
    """A site: where it is, what it holds, when it is free."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    place = forms.CharField(
        label=_("Where exactly"), max_length=200, required=False, help_text=_("as a driver finds it")
    )
    holds = _number(_("Booths it holds at once"), initial=4)
    least = _number(_("Booths it needs at least"), initial=0)
    latitude = forms.DecimalField(label=_("Latitude"), max_digits=8, decimal_places=5, required=False)
    longitude = forms.DecimalField(label=_("Longitude"), max_digits=8, decimal_places=5, required=False)
    opens = forms.TimeField(
        label=_("Free from"), widget=TimeInput(), required=False, help_text=_("blank: the whole day")
    )
    closes = forms.TimeField(label=_("Free to"), widget=TimeInput(), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for thing, name in THINGS.items():
            field = _number(_("Room for: %(thing)s") % {"thing": name}, required=False)
            field.help_text = _("blank: no limit")
            self.fields[f"room_{thing}"] = field

    def stated(self) -> NewSite:
        """Return the site as stated; to be asked of a valid form."""
        said = self.cleaned_data
        room = {thing: said[f"room_{thing}"] for thing in THINGS if said[f"room_{thing}"] is not None}
        return NewSite(room=room, **{name: said[name] for name in SiteForm.base_fields})


def site_values(site: Site) -> dict[str, Any]:
    """Return a stored site as the form shows it."""
    return {name: getattr(site, name) for name in SiteForm.base_fields} | {
        f"room_{thing}": most for thing, most in site.room.items()
    }


class BoothForm(forms.Form):
    """What a booth brings."""

    materials = forms.CharField(label=_("Materials, in words"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("Copies of materials"), min_value=0, max_value=10_000_000, initial=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for thing, name in THINGS.items():
            self.fields[f"brings_{thing}"] = _number(name, required=False)

    def brings(self) -> dict[str, int]:
        """Return the things that are brought; to be asked of a valid form."""
        return {thing: self.cleaned_data[f"brings_{thing}"] or 0 for thing in THINGS}


def booth_values(booth: Booth) -> dict[str, Any]:
    """Return a stored booth as the form shows it."""
    return {"materials": booth.materials, "copies": booth.copies} | {
        f"brings_{thing}": count for thing, count in booth.brings.items()
    }


def day_values(day: ConsultingDay) -> dict[str, Any]:
    """Return a stored day as the form shows it."""
    return {name: getattr(day, name) for name in DayForm.base_fields}
