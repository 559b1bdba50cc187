"""One page with one form: shows it, checks what was typed, and says a refusal beside what was typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from safemonth.collect.activities.models import Activity
from safemonth.collect.submissions.models import Channel
from safemonth.lib.containers.kinds import kind_of
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import named, said
from safemonth.organisation.models import Unit

# The stubs give these fields a type argument that Django's own classes do not take.
if TYPE_CHECKING:
    OneUnit = forms.ModelChoiceField[Unit]
    OneThing = forms.ModelChoiceField[Any]
    SeveralUnits = forms.ModelMultipleChoiceField[Unit]
else:
    OneUnit = OneThing = forms.ModelChoiceField
    SeveralUnits = forms.ModelMultipleChoiceField


class UnitChoice(OneUnit):
    """A choice among units, by code; shown under the name of the page's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="code", **options)

    def label_from_instance(self, obj: Unit) -> str:
        """Return the unit's name, the English where the page is English and there is one."""
        return named(obj)


class UnitChoices(SeveralUnits):
    """Several units, each with a box, under the name of the page's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Unit.objects.none(), to_field_name="code", widget=forms.CheckboxSelectMultiple, **options
        )

    def label_from_instance(self, obj: Unit) -> str:
        """Return the unit's name, with what stands above it where that is asked for with it (`select_related`)."""
        above = obj.parent if obj.kind == "enterprise" and "parent" in obj._state.fields_cache else None
        return f"{named(obj)} ({named(above)})" if above else named(obj)


class NamedChoice(OneThing):
    """A choice among things with a Chinese and an English name or title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name (or title) in the page's language."""
        return named(obj)


class DayInput(forms.DateInput):
    """A day as browsers let one choose it; the value is ISO 8601 in either language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day as browsers let one choose it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A day and a time of day as browsers let one choose them, in local time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: tuple[str, str],
    act: Callable[[dict[str, Any]], HttpResponse],
    lead: str = "",
    template: str = "collect/publicity_form.html",
) -> HttpResponse:
    """Show a form, or with a valid POST do `act` with the clean values and give its answer.

    `back` is the address and the title of the page that one comes from. What cannot be taken is said at its field, and a
    refusal of the action above the form; what was typed stays, and the answer is 422.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except Refused as refused:
                form.add_error(None, said(refused.sentence, refused.params))
        status = 422
    return render(
        request,
        template,
        {
            "form": form,
            "title": title,
            "lead": lead,
            "button": button,
            "back": back,
            "has_file": form.is_multipart(),
            "key": key_of(request),
        },
        status=status,
    )


def ask_in_place(form: forms.Form, *, elsewhere: Activity | None) -> None:
    """Let a form's box `in_place_of` name what is on record elsewhere; where nothing is, take the box away."""
    if elsewhere is None:
        del form.fields["in_place_of"]
        return
    form.fields["in_place_of"].label = gettext("This takes the place of “%(title)s”, on record from %(file)s.") % {
        "title": elsewhere.title,
        "file": elsewhere.submission.file_name,
    }


class ClosingForm(forms.Form):
    """Closing an event into one activity, or closing it again; `elsewhere` is what is on record of it already."""

    reason = forms.CharField(label=gettext_lazy("What came late"), max_length=200, required=False)
    in_place_of = forms.BooleanField(required=False)

    def __init__(self, *args: Any, is_again: bool, elsewhere: Activity | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_again:
            del self.fields["reason"]
        ask_in_place(self, elsewhere=elsewhere)


def key_of(request: HttpRequest) -> UUID:
    """Return the key of the form that was sent, so that what comes twice is entered once; a new one for a fresh form."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def channel_of(data: bytes, *, file_name: str) -> str:
    """Return by which channel a file that bears something out came: as a photo, or with the web form."""
    return Channel.PHOTO if kind_of(data, file_name=file_name) == "image" else Channel.WEB


def file_in(cleaned: dict[str, Any], name: str) -> tuple[bytes, str, str] | None:
    """Return the bytes, name and channel of the file in a form's field, None where none was chosen."""
    file = cleaned.get(name)
    if not file:
        return None
    data: bytes = file.read()
    return data, file.name, channel_of(data, file_name=file.name)
