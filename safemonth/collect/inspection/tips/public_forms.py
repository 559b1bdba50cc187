"""What a stranger is asked: what, where, photos, and who they are only if they wish."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import UnitChoice
from safemonth.collect.inspection.tips.actions import Said
from safemonth.collect.inspection.tips.limits import MOST_PHOTOS
from safemonth.collect.inspection.tips.photos import CleanPhoto, clean_photo
from safemonth.collect.inspection.tips.words import one_line, plain_text
from safemonth.lib.refusals import Refused
from safemonth.organisation.languages import said
from safemonth.organisation.models import Unit

# Labels stand alone, without a colon.
_PLAIN: dict[str, Any] = {"label_suffix": ""}
PHOTO_FIELDS = tuple(f"photo{number}" for number in range(1, MOST_PHOTOS + 1))

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    OneFile = UploadedFile[Any]
else:
    OneFile = UploadedFile


class PhotoInput(forms.FileInput):
    """A photo from the camera or the album."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/*"})


def _photo(label: "str | _StrPromise") -> forms.FileField:
    return forms.FileField(label=label, required=False, widget=PhotoInput, allow_empty_file=True)


class TipForm(forms.Form):
    """One report. `website` is a trap that people do not see; `token` and `worked` tell how the form was filled in."""

    text = forms.CharField(
        label=_("What is dangerous?"), max_length=2000, min_length=4, widget=forms.Textarea(attrs={"rows": 5})
    )
    spot = forms.CharField(
        label=_("Where is it?"),
        max_length=200,
        min_length=2,
        help_text=_("As “north gate of the old brick works, by the river”."),
    )
    township = UnitChoice(label=_("Township"), required=False)
    workplace_text = forms.CharField(label=_("Name of the workplace"), max_length=120, required=False)
    latitude = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    photo1 = _photo(_("Photo 1"))
    photo2 = _photo(_("Photo 2"))
    photo3 = _photo(_("Photo 3"))
    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    phone = forms.CharField(label=_("Your phone"), max_length=40, required=False)
    website = forms.CharField(required=False, max_length=500)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    worked = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, townships: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **_PLAIN | options)
        self.fields["township"].queryset = townships  # type: ignore[attr-defined]
        self.fields["township"].empty_label = gettext("not sure")  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})
        self.fields["website"].widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    def clean_text(self) -> str:
        """Return the text without signs that are not seen."""
        return _at_least(plain_text(self.cleaned_data["text"]), 4)

    def clean_spot(self) -> str:
        """Return the place in one line."""
        return _at_least(one_line(self.cleaned_data["spot"]), 2)

    def clean_workplace_text(self) -> str:
        """Return the workplace in one line."""
        return one_line(self.cleaned_data["workplace_text"])

    def clean_name(self) -> str:
        """Return the name in one line."""
        return one_line(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """Return the phone in one line."""
        return one_line(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Open the photos, each refusal said at its field; a position that is none says nothing."""
        given = self.cleaned_data
        given["photos"] = []
        for name in PHOTO_FIELDS:
            photo = self._opened(name, given.get(name))
            # The same photo chosen twice is one photo.
            if photo is not None and all(photo.original != other.original for other in given["photos"]):
                given["photos"].append(photo)
        return given

    def _opened(self, name: str, file: OneFile | None) -> CleanPhoto | None:
        if not file or not file.size:
            return None
        try:
            return clean_photo(file.read())
        except Refused as refused:
            self.add_error(name, said(refused.sentence, refused.params))
            return None

    def said(self) -> Said:
        """Return what was said, of a valid form."""
        given = self.cleaned_data
        latitude, longitude = _degrees(given["latitude"], 90), _degrees(given["longitude"], 180)
        is_whole = latitude is not None and longitude is not None
        return Said(
            text=given["text"],
            spot=given["spot"],
            township=given["township"],
            workplace_text=given["workplace_text"],
            name=given["name"],
            phone=given["phone"],
            latitude=latitude if is_whole else None,
            longitude=longitude if is_whole else None,
        )


class CodeForm(forms.Form):
    """The code that somebody has."""

    code = forms.CharField(label=_("Your code"), max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **_PLAIN | options)
        self.fields["code"].widget.attrs.update(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "XXXX-XXXX-XXXX",
            }
        )


class MessageForm(forms.Form):
    """What a reporter adds or asks by their code."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What you want to add or ask"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_question = forms.BooleanField(label=_("It is a question; I would like a reply."), required=False)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "message_%s")
        super().__init__(*args, **_PLAIN | options)

    def clean_text(self) -> str:
        """Return the text without signs that are not seen."""
        return _at_least(plain_text(self.cleaned_data["text"]), 1)


def _at_least(text: str, length: int) -> str:
    if len(text) < length:
        raise forms.ValidationError(gettext("Say a little more."), code="too_short")
    return text


def _degrees(text: str, most: int) -> Decimal | None:
    """A phone's degrees to five places (a metre); None where the text is none."""
    try:
        degrees = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not degrees.is_finite() or abs(degrees) > most:
        return None
    return degrees.quantize(Decimal("0.00001"))
