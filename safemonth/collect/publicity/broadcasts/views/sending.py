"""Pages of broadcasts that go: queued, stopped, settled, sent again, counted, and the account to take away."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.publicity.broadcasts import actions, forms
from safemonth.collect.publicity.broadcasts.models import Broadcast
from safemonth.collect.publicity.broadcasts.outboxes import gateway_called, outbox_of
from safemonth.collect.publicity.broadcasts.queries import broadcasts_of, message_rows, messages_of, named_contacts
from safemonth.collect.publicity.broadcasts.rules import as_cell
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.models import FATE_WORDS, Message
from safemonth.organisation.permissions import viewer
from safemonth.plan.queries import campaign_called

ROWS_AT_ONCE = 500


def _chosen(pk: int) -> Broadcast:
    return get_object_or_404(broadcasts_of(campaign_called()), pk=pk)


def _message(broadcast: Broadcast, key: int) -> Message:
    return get_object_or_404(messages_of(broadcast), pk=key)


@require_POST
def broadcast_queue(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue an approved broadcast's messages."""
    user = viewer(request)
    row = _chosen(pk)
    actions.queue_broadcast(broadcast=row, gateway=gateway_called(row.gateway), by=user.username, at=timezone.now())
    return redirect("broadcast", pk=pk)


def broadcast_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a broadcast, with the reason."""
    user = viewer(request)
    row = _chosen(pk)

    def stop(given: dict[str, Any]) -> HttpResponse:
        with outbox_of(row.gateway) as outbox:
            actions.stop_broadcast(broadcast=row, outbox=outbox, **given, by=user.username, at=timezone.now())
        return redirect("broadcast", pk=pk)

    return form_page(
        request,
        forms.WhyForm(request.POST or None),
        title=_("Stop the broadcast"),
        lead=_("What has not left is not sent any more. What has left cannot be called back."),
        button=_("Stop"),
        back=(reverse("broadcast", args=[pk]), str(row)),
        act=stop,
    )


@require_POST
def broadcast_settle(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Note what a person decided of an uncertain message: POST `was_sent` is 1 or 0."""
    user = viewer(request)
    row = _chosen(pk)
    said = request.POST.get("was_sent")
    if said not in ("0", "1"):
        raise Refused("not_said", gettext_noop("Say whether it was sent or not."))
    with outbox_of(row.gateway) as outbox:
        actions.settle(
            message=_message(row, message), outbox=outbox, was_sent=said == "1", by=user.username, at=timezone.now()
        )
    return redirect("broadcast", pk=pk)


@require_POST
def broadcast_again(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Queue a message once more for one whom it did not reach."""
    user = viewer(request)
    row = _chosen(pk)
    actions.send_again(
        broadcast=row,
        message=_message(row, message),
        gateway=gateway_called(row.gateway),
        by=user.username,
        at=timezone.now(),
    )
    return redirect("broadcast", pk=pk)


@require_POST
def broadcast_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what was delivered in the month's figures."""
    user = viewer(request)
    actions.count_delivered(broadcast=_chosen(pk), by=user.username, at=timezone.now())
    return redirect("broadcast", pk=pk)


class _Echo:
    """A file that gives back what is written, for the csv module."""

    def write(self, line: str) -> str:
        return line


def broadcast_fates(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Answer the account as a table (CSV, UTF-8 with mark, as spreadsheets want it): everybody named, once or again."""
    viewer(request)
    row = _chosen(pk)
    answer = StreamingHttpResponse(_lines(row), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="broadcast-{row.pk}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _lines(broadcast: Broadcast) -> Iterator[str]:
    writer = csv.writer(_Echo())
    heads = (
        _("Unit"),
        _("Post"),
        _("Address"),
        _("Parts"),
        _("What became of it"),
        _("Why"),
        _("Last news"),
        _("Note"),
    )
    yield "\ufeff" + writer.writerow(heads)
    messages = messages_of(broadcast)
    for start in range(0, messages.count(), ROWS_AT_ONCE):
        for row in message_rows(messages[start : start + ROWS_AT_ONCE]):
            message = row.message
            cells = (
                row.contact.unit.name if row.contact else "",
                row.contact.post if row.contact else message.person,
                message.address,
                message.parts,
                FATE_WORDS[row.fate],
                row.why,
                timezone.localtime(message.fate_at).isoformat(timespec="seconds"),
                _("sent again") if row.is_replaced else "",
            )
            yield writer.writerow([as_cell(cell) for cell in cells])
    for named in named_contacts(broadcast):
        if named.left_out:
            contact = named.contact
            why = named.get_left_out_display()
            left = (contact.unit.name, contact.post, named.address, 0, _("gets none"), why, "", "")
            yield writer.writerow([as_cell(cell) for cell in left])
