"""Pages of broadcasts up to their approval: the list, writing with the count as billed, one broadcast, who agreed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page, key_of
from safemonth.collect.publicity.broadcasts import actions, forms
from safemonth.collect.publicity.broadcasts.models import Broadcast, ContactList
from safemonth.collect.publicity.broadcasts.outboxes import gateways_known
from safemonth.collect.publicity.broadcasts.queries import (
    broadcast_rows,
    broadcasts_of,
    facts_of,
    list_rows,
    lists_of,
    message_rows,
    messages_of,
    named_contacts,
    named_for,
)
from safemonth.collect.publicity.broadcasts.rules import (
    MANY,
    QUIET_BY_DEFAULT,
    is_over,
    looks_unsigned,
    masked,
    needs_second_person,
)
from safemonth.lib.refusals import Refused
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import Gateway
from safemonth.messaging.models import FATE_WORDS
from safemonth.messaging.text.parts import Coding
from safemonth.organisation.languages import said
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, tasks_of

ON_A_PAGE = 100
CODINGS = {
    Coding.GSM7: gettext_lazy("GSM-7 (160 septets, 153 in each of several parts)"),
    Coding.UCS2: gettext_lazy("UCS-2 (70 signs, 67 in each of several parts)"),
    Coding.PLAIN: gettext_lazy("as it is; rooms and mailboxes bill nothing"),
}


def broadcasts(request: HttpRequest) -> HttpResponse:
    """Show the campaign's broadcasts, a hundred a page, with what became of their messages."""
    user = viewer(request)
    page = Paginator(broadcasts_of(campaign_called()), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "collect/broadcasts.html",
        {
            "page": page,
            "rows": broadcast_rows(page, at=timezone.now()),
            "may_write": may_open(user=user, name="broadcast-new"),
            "many": MANY,
        },
    )


def chosen(pk: int) -> Broadcast:
    """Return a broadcast of the campaign; 404 where there is none."""
    return get_object_or_404(broadcasts_of(campaign_called()), pk=pk)


def broadcast(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one broadcast: its text and people, who made and approved it, and the account of each message."""
    user = viewer(request)
    row = broadcast_rows([chosen(pk)], at=timezone.now())[0]
    fate = _fate(request.GET.get("fate", ""))
    page = Paginator(messages_of(row.broadcast, fate=fate), ON_A_PAGE).get_page(request.GET.get("page"))
    named = named_contacts(row.broadcast)
    shows_numbers = may_open(user=user, name="broadcast-new")
    return render(
        request,
        "collect/broadcasts_one.html",
        {
            "row": row,
            "is_own": user.username in (row.broadcast.made_by, row.broadcast.asked_by),
            "needs_second": needs_second_person(row.broadcast.named),
            "many": MANY,
            "lists": lists_of(row.broadcast),
            "named": [
                (one, one.address if shows_numbers else masked(one.address)) for one in named if not one.left_out
            ][:ON_A_PAGE],
            "named_more": max(0, sum(not one.left_out for one in named) - ON_A_PAGE),
            "left_out": [one for one in named if one.left_out],
            "fate": fate,
            "query": "" if fate is None else f"&fate={fate.value}",
            "fates": [(one, FATE_WORDS[one], count) for one, count in row.fates.items() if count],
            "page": page,
            "messages_shown": [
                (one, one.message.address if shows_numbers else masked(one.message.address), FATE_WORDS[one.fate])
                for one in message_rows(page)
            ],
            "may_write": shows_numbers,
            "may_go_again": not row.broadcast.stopped_at
            and row.broadcast.opens_at <= timezone.now() < row.broadcast.closes_at,
            "may_count": row.broadcast.has_receipts and is_over(facts_of([row.broadcast])[pk], at=timezone.now()),
        },
    )


def _fate(text: str) -> Fate | None:
    try:
        return Fate(int(text))
    except ValueError:
        return None


def broadcast_new(request: HttpRequest) -> HttpResponse:
    """Write a new broadcast."""
    user = viewer(request)
    campaign = campaign_called()

    def draft(given: dict[str, Any]) -> Broadcast:
        return actions.draft_broadcast(
            campaign=campaign,
            unit=user.unit or campaign.unit,
            **given,
            key=key_of(request),
            by=user.username,
            at=timezone.now(),
        )

    return _write_page(request, None, draft)


def broadcast_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    user = viewer(request)
    draft = chosen(pk)

    def change(given: dict[str, Any]) -> Broadcast:
        return actions.change_broadcast(broadcast=draft, **given, by=user.username, at=timezone.now())

    return _write_page(request, draft, change)


def _write_page(request: HttpRequest, draft: Broadcast | None, act: Any) -> HttpResponse:
    """Show the page on which one writes; a POST with `count` only counts, any other is done by `act`."""
    campaign = campaign_called()
    gateways = gateways_known()
    initial: dict[str, Any] = {}
    if draft:
        fields = ("text", "gateway", "opens_at", "closes_at", "task")
        initial = {name: getattr(draft, name) for name in fields} | {"lists": lists_of(draft)}
    form = forms.BroadcastForm(
        request.POST or None, gateways=gateways, tasks=tasks_of(campaign), lists=list_rows(), initial=initial
    )
    status = 200
    if request.method == "POST" and "count" not in request.POST:
        status = 422
        if form.is_valid():
            given = {**form.cleaned_data, "lists": list(form.cleaned_data["lists"])}
            try:
                return redirect("broadcast", pk=act({**given, "gateway": gateways[given["gateway"]]}).pk)
            except Refused as refused:
                form.add_error(None, said(refused.sentence, refused.params))
    chosen_lists = form["lists"].value() or []
    count = count_of(
        text=str(form["text"].value() or ""),
        gateway=gateways.get(str(form["gateway"].value() or next(iter(gateways), ""))),
        lists=[one for one in ContactList.objects.select_related("under") if str(one.pk) in keys_in(chosen_lists)],
    )
    return render(
        request,
        "collect/broadcasts_write.html",
        {"form": form, "draft": draft, "key": key_of(request), "has_gateways": bool(gateways), "count": count},
        status=status,
    )


def keys_in(values: Sequence[Any]) -> set[str]:
    """Return the keys of what a form's field holds: keys as typed, or rows as given at first."""
    return {str(getattr(value, "pk", value)) for value in values}


def count_of(*, text: str, gateway: Gateway | None, lists: Sequence[ContactList]) -> Mapping[str, Any]:
    """Return what a text will be billed as and how many people it goes to; `refused` holds why it cannot go.

    `parts` for one person, `billed` for all; both are missing for an empty text or where no gateway is chosen.
    """
    found: dict[str, Any] = {"gateway": gateway, "many": MANY, "quiet_by_default": QUIET_BY_DEFAULT}
    if gateway is None:
        return found
    named = named_for(lists, has_receipts=gateway.protocol != "office")
    people = sum(not one.left_out for one in named)
    found |= {"people": people, "left_out": len(named) - people, "needs_second": needs_second_person(people)}
    if not text.strip():
        return found
    try:
        wording = gateway.word(text.strip())
    except Refused as refused:
        return {**found, "refused": said(refused.sentence, refused.params)}
    return {
        **found,
        "wording": wording,
        "coding": CODINGS[wording.coding],
        "is_billed": wording.coding is not Coding.PLAIN,
        "billed": wording.parts * people,
        "is_unsigned": wording.coding is not Coding.PLAIN and looks_unsigned(text),
    }


@require_POST
def broadcast_count(request: HttpRequest) -> HttpResponse:
    """Answer the fragment that counts a text while it is being written; nothing is stored."""
    viewer(request)
    keys = set(request.POST.getlist("lists"))
    count = count_of(
        text=request.POST.get("text", "").replace("\r\n", "\n"),
        gateway=gateways_known().get(request.POST.get("gateway", "")),
        lists=[one for one in ContactList.objects.select_related("under") if str(one.pk) in keys],
    )
    return render(request, "collect/broadcasts_count.html", {"count": count})


@require_POST
def broadcast_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft forward."""
    user = viewer(request)
    actions.ask_approval(broadcast=chosen(pk), by=user.username, at=timezone.now())
    return redirect("broadcast", pk=pk)


@require_POST
def broadcast_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what another person put forward."""
    user = viewer(request)
    actions.approve(broadcast=chosen(pk), by=user.username, at=timezone.now())
    return redirect("broadcast", pk=pk)


def broadcast_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a broadcast back to be a draft, with the reason."""
    user = viewer(request)
    row = chosen(pk)

    def send_back(given: dict[str, Any]) -> HttpResponse:
        actions.send_back(broadcast=row, **given, by=user.username, at=timezone.now())
        return redirect("broadcast", pk=pk)

    return form_page(
        request,
        forms.WhyForm(request.POST or None),
        title=_("Send back"),
        lead=_("It is a draft again; whoever changes it puts it forward once more."),
        button=_("Send back"),
        back=(reverse("broadcast", args=[pk]), str(row)),
        act=send_back,
    )
