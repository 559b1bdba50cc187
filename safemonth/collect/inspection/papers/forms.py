"""Forms of papers: what a draft says, how it was served, why it is void, and what an agency prints of itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import DayInput, MomentInput, NamedChoice, UnitChoice
from safemonth.collect.inspection.papers.kinds import KIND, RECHECK, RECORD, REFERRAL
from safemonth.collect.inspection.papers.models import Paper, PaperItem, PaperOffice, ServedHow
from safemonth.organisation.models import Unit


class PaperChoice(NamedChoice):
    """A choice among papers, under number and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the paper's number and kind."""
        return f"{obj.number_text} {obj.get_kind_display()}"


def _line(label: Any, length: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def _lines(label: Any, length: int = 4000, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": options.pop("rows", 5)})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput())


def _fields_of(kind: str) -> dict[str, forms.Field]:
    """The fields of a kind, in the order of the standard form."""
    workplace = {"workplace": _line(_("Unit inspected"), 120)}
    head = {"head": _line(_("Legal representative or person in charge"), 120)}
    match kind:
        case "record":
            return {
                **workplace,
                "address": _line(_("Address")),
                **head,
                "head_post": _line(_("Post"), 120),
                "phone": _line(_("Phone"), 40),
                "place": _lines(_("Place inspected"), 500, rows=2),
                "from_at": _moment(_("From (to the minute)")),
                "to_at": _moment(_("To (to the minute)")),
                "certificates_shown": forms.BooleanField(
                    label=_("The officers showed their certificates"), required=False
                ),
                "findings": _lines(_("What was found"), 8000, rows=8),
            }
        case "decision":
            return {
                **workplace,
                "found_on": _day(_("Day of the inspection")),
                "basis": _lines(_("By which law"), 500, rows=2),
                "measures": _lines(_("Measures decided"), help_text=_("One a line.")),
            }
        case "order":
            return {
                **workplace,
                "found_on": _day(_("Day of the inspection")),
                "basis": _lines(_("By which law"), 500, rows=2),
            }
        case "recheck":
            return {
                **workplace,
                "recheck_on": _day(_("Day of the recheck")),
                "opinion": _lines(_("Opinion")),
            }
    return {
        "to_name": _line(_("Referred to"), 120),
        **workplace,
        "case": _line(_("Case"), 120, help_text=_("As it stands behind the unit's name, such as: 涉嫌越界开采")),
        "reason": _lines(_("Why it is referred"), 1000, rows=3),
        "basis": _lines(_("By which law"), 500, rows=2),
        "materials": _lines(_("Materials that go with it"), help_text=_("One a line, with how many.")),
    }


class DraftForm(forms.Form):
    """What a draft says; for each hazard it may name a few fields under the item's id (`i7_…`)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        paper: Paper,
        items: Sequence[PaperItem],
        earlier: Sequence[Paper],
        units: Any = None,
    ) -> None:
        self.paper, self.items = paper, items
        self.own = _fields_of(paper.kind)
        super().__init__(data, initial=self._initial())
        if KIND[paper.kind].follows:
            field = PaperChoice(
                label=_("The paper that it follows on"),
                required=False,
                queryset=Paper.objects.filter(pk__in=[each.pk for each in earlier]),
            )
            self.fields["after"] = field
        self.fields |= self.own
        if paper.kind == REFERRAL:
            to_unit = UnitChoice(label=_("Unit of the county that it is referred to"), required=False)
            to_unit.queryset = units if units is not None else Unit.objects.none()
            self.fields["to_unit"] = to_unit
        self.fields["officers"] = _lines(
            _("Officers"),
            1000,
            rows=3,
            help_text=_("One a line: post, then a comma and the number of the certificate."),
        )
        for item in items:
            self.fields |= self._item_fields(item)

    def _initial(self) -> dict[str, Any]:
        said = self.paper.said
        initial = {name: said.get(name, "") for name in self.own}
        for name in ("from_at", "to_at"):
            if initial.get(name):
                initial[name] = timezone.localtime(datetime.fromisoformat(initial[name]))
        initial["certificates_shown"] = said.get("certificates_shown") == "yes"
        initial["to_unit"] = said.get("to_unit", "")
        initial["after"] = self.paper.after_id
        initial["officers"] = "\n".join(
            "，".join(filter(None, (each.get("post", ""), each.get("certificate", ""))))
            for each in said.get("officers") or ()
        )
        for item in self.items:
            at = f"i{item.pk}_"
            initial |= {f"{at}{name}": value for name, value in item.said.items()}
            initial[f"{at}in"] = not item.is_left_out
        return initial

    def _item_fields(self, item: PaperItem) -> dict[str, forms.Field]:
        at = f"i{item.pk}_"
        fields: dict[str, forms.Field] = {
            f"{at}in": forms.BooleanField(label=_("Stands in the paper"), required=False),
            f"{at}text": _lines(_("Hazard"), 1000, rows=2),
            f"{at}spot": _line(_("Where exactly"), 160),
            f"{at}basis": _line(_("Against which clause"), 300),
        }
        match self.paper.kind:
            case "order":
                fields[f"{at}deadline_on"] = _day(_("To be put right by"))
            case "decision":
                fields[f"{at}is_stop"] = forms.BooleanField(label=_("Work is stopped because of it"), required=False)
            case "recheck":
                fields[f"{at}result"] = forms.ChoiceField(
                    label=_("Put right?"),
                    required=False,
                    choices=[("", "–"), ("done", _("done")), ("not_done", _("not done"))],
                )
                fields[f"{at}reason"] = _line(_("What is still wrong"))
                fields[f"{at}new_deadline_on"] = _day(_("New day"))
        return fields

    def cards(self) -> Iterator[tuple[PaperItem, list[forms.BoundField]]]:
        """Yield each item with its fields."""
        for item in self.items:
            yield item, [self[name] for name in self.fields if name.startswith(f"i{item.pk}_")]

    def lines(self) -> list[forms.BoundField]:
        """Return the fields that are not of an item."""
        names = [name for name in self.fields if not any(name.startswith(f"i{item.pk}_") for item in self.items)]
        return [self[name] for name in names]

    def said(self) -> dict[str, Any]:
        """Return what was typed as a paper keeps it; officers as posts and certificates."""
        given = self.cleaned_data
        said = {name: _as_text(given.get(name)) for name in self.own}
        if self.paper.kind == RECORD:
            said["certificates_shown"] = "yes" if given["certificates_shown"] else "no"
        if self.paper.kind == REFERRAL:
            said["to_unit"] = given["to_unit"].code if given.get("to_unit") else ""
        return {**said, "officers": _officers(given["officers"])}

    def said_of_items(self) -> dict[int, dict[str, Any]]:
        """Return what was typed of each item that stands in the paper, by the item's id."""
        given = self.cleaned_data
        found = {}
        for item in self.items:
            at = f"i{item.pk}_"
            if given.get(f"{at}in"):
                typed = {name.removeprefix(at): value for name, value in given.items() if name.startswith(at)}
                typed.pop("in")
                found[item.pk] = {
                    name: value if isinstance(value, bool) else _as_text(value) for name, value in typed.items()
                }
        return found


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "").strip()


def _officers(text: str) -> list[dict[str, str]]:
    found = []
    for line in text.splitlines():
        post, _comma, number = line.strip().replace(",", "，").partition("，")
        if post.strip():
            found.append({"post": post.strip()[:120], "certificate": number.strip()[:60]})
    return found


class ServeForm(forms.Form):
    """How a paper was handed over."""

    how = forms.ChoiceField(
        label=_("How it was served"), choices=[each for each in ServedHow.choices if each[0]], widget=forms.RadioSelect
    )
    served_at = forms.DateTimeField(
        label=_("When"), widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    witness = forms.CharField(
        label=_("Witness (post)"), max_length=120, required=False, help_text=_("Where it was refused.")
    )
    note = forms.CharField(
        label=_("Where it was left, or how sent"),
        max_length=200,
        required=False,
        help_text=_("Where nobody was there."),
    )


class VoidForm(forms.Form):
    """Why a paper is void."""

    reason = forms.CharField(label=_("Why it is void"), max_length=200)


class SignedForm(forms.Form):
    """A scan of the signed paper."""

    file = forms.FileField(
        label=_("Scan or photo of the signed paper"),
        validators=[FileExtensionValidator(["pdf", "png", "jpg", "jpeg"])],
    )


class NewPaperForm(forms.Form):
    """In whose name a paper goes out, and which earlier one it names."""

    office = NamedChoice(label=_("In the name of"), queryset=PaperOffice.objects.none())
    after = PaperChoice(label=_("The paper that it follows on"), required=False, queryset=Paper.objects.none())

    def __init__(self, *args: Any, offices: Any, earlier: Sequence[Paper], kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if KIND[kind].follows:
            self.fields["after"].queryset = Paper.objects.filter(  # type: ignore[attr-defined]
                pk__in=[each.pk for each in earlier]
            )
            self.fields["after"].required = KIND[kind].must_follow and kind == RECHECK
        else:
            del self.fields["after"]


class OfficeForm(forms.Form):
    """What papers of an agency print of it."""

    unit = UnitChoice(label=_("Unit"))
    name = forms.CharField(label=_("Name as printed"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    # Django's forms have an attribute of that name, which the field takes out of the class again.
    prefix = forms.CharField(  # type: ignore[assignment]
        label=_("County's sign in numbers"), max_length=12, help_text=_("Such as: 易")
    )
    system = forms.CharField(label=_("System's sign in numbers"), max_length=20, help_text=_("Such as: 应急"))
    pattern = forms.CharField(label=_("How a number is written"), max_length=120)
    review_body = forms.CharField(label=_("Body for review"), max_length=160, required=False)
    court = forms.CharField(label=_("Court"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    contact_post = forms.CharField(label=_("Contact (post)"), max_length=120, required=False)
    contact_phone = forms.CharField(label=_("Phone of the contact"), max_length=40, required=False)


def kind_words(kind: str) -> str:
    """Return a kind's name in the page's language."""
    return gettext(KIND[kind].name)
