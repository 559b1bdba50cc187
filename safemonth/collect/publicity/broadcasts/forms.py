"""What is asked on the pages of contacts and broadcasts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safemonth.collect.activities.form_page import MomentInput, NamedChoice, UnitChoice
from safemonth.collect.publicity.broadcasts.models import ContactKind, ContactList
from safemonth.collect.publicity.broadcasts.queries import ListRow
from safemonth.messaging.gateways import Gateway
from safemonth.organisation.models import Unit, UnitKind
from safemonth.plan.models import Task

# The stubs give this field a type argument that Django's own class does not take.
if TYPE_CHECKING:
    SeveralThings = forms.ModelMultipleChoiceField[ContactList]
else:
    SeveralThings = forms.ModelMultipleChoiceField


class ContactForm(forms.Form):
    """One whom the office may write to."""

    unit = UnitChoice(label=_("Unit"))
    kind = forms.ChoiceField(label=_("As what"), choices=ContactKind.choices)
    post = forms.CharField(label=_("Post"), max_length=60, help_text=_("People are not named, their posts are."))
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    office_address = forms.CharField(
        label=_("Mailbox or room"),
        max_length=120,
        required=False,
        help_text=_("A mailbox, or a WeCom, DingTalk or Feishu room by its name in gateways.toml."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ContactLinesForm(forms.Form):
    """People pasted from a spreadsheet."""

    kind = forms.ChoiceField(label=_("As what"), choices=ContactKind.choices)
    lines = forms.CharField(
        label=_("Lines"),
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "A line each: unit, post, phone and, if any, mailbox; as copied from a spreadsheet, or with commas."
        ),
    )


class ContactListForm(forms.Form):
    """A named choice of contacts."""

    name = forms.CharField(label=_("Name"), max_length=80)
    under = UnitChoice(label=_("At or below"))
    contact_kind = forms.ChoiceField(
        label=_("Which people"), choices=[("", _("all")), *ContactKind.choices], required=False
    )
    unit_kind = forms.ChoiceField(
        label=_("In units of kind"), choices=[("", _("all kinds")), *UnitKind.choices], required=False
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["under"].queryset = units  # type: ignore[attr-defined]


class BroadcastForm(forms.Form):
    """A broadcast's text, people, gateway and window."""

    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    gateway = forms.ChoiceField(label=_("Gateway"))
    lists = SeveralThings(
        queryset=ContactList.objects.select_related("under"),
        label=_("Goes to"),
        help_text=_("Who is on several lists gets it once."),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = forms.DateTimeField(label=_("Not before"), widget=MomentInput)
    closes_at = forms.DateTimeField(
        label=_("Not after"), widget=MomentInput, help_text=_("What has not left by then is not sent.")
    )
    task = NamedChoice(queryset=Task.objects.none(), label=_("Task"), required=False)

    def __init__(
        self,
        *args: Any,
        gateways: Mapping[str, Gateway],
        tasks: QuerySet[Task],
        lists: Sequence[ListRow],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["gateway"].choices = [(name, name) for name in gateways]  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["lists"].choices = [  # type: ignore[attr-defined]
            (row.contact_list.pk, f"{row.contact_list.name} ({row.people})") for row in lists
        ]


class WhyForm(forms.Form):
    """Why a broadcast is sent back or stopped."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class OptInForm(forms.Form):
    """How a person asked for messages again."""

    because = forms.CharField(label=_("How the person asked for it"), max_length=200)
