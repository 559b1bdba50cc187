"""The pages on which the books are written: one small form each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safemonth.collect.activities.form_page import file_in, form_page, key_of
from safemonth.collect.activities.queries import activities_seen_by
from safemonth.collect.publicity.materials import actions, forms
from safemonth.collect.publicity.materials.models import Transfer
from safemonth.collect.publicity.materials.queries import (
    correctable,
    designs_held_by,
    designs_seen_by,
    possible_doubles,
    transfers_received_by,
)
from safemonth.organisation.models import Role, Unit, User
from safemonth.organisation.permissions import sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind
from safemonth.plan.queries import campaign_called

# Events at which something is given out to the public.
GIVING_KINDS = (
    ActivityKind.CONSULTING_DAY,
    ActivityKind.VEHICLE_TOUR,
    ActivityKind.TRAINING,
    ActivityKind.LECTURE,
    ActivityKind.DRILL,
    ActivityKind.LAW_TO_COUNTRYSIDE,
    ActivityKind.PUBLICITY,
    ActivityKind.OTHER,
)


def _to_materials() -> tuple[str, str]:
    return reverse("materials"), _("Materials")


def _own(user: User) -> dict[str, str]:
    """The user's own unit, as the first choice of a place."""
    return {"place": user.unit.code} if user.unit else {}


def _done(request: HttpRequest, place: Unit) -> HttpResponse:
    messages.info(request, _("Entered."))
    return redirect("material-place", code=place.code)


def design_new(request: HttpRequest) -> HttpResponse:
    """Add a design."""
    user = viewer(request)

    def add(given: dict[str, Any]) -> HttpResponse:
        design = actions.add_design(
            campaign=campaign_called(),
            **{**given, "indicator": given["indicator"].pk},
            by=user.username,
            at=timezone.now(),
        )
        return redirect("material-design", pk=design.pk)

    form = forms.DesignForm(
        request.POST or None,
        units=units_seen_by(user),
        initial={"owner": user.unit.code if user.unit else ""},
    )
    return form_page(request, form, title=_("New design"), button=_("Add the design"), back=_to_materials(), act=add)


def print_new(request: HttpRequest) -> HttpResponse:
    """Enter a print run."""
    user = viewer(request)

    def add(given: dict[str, Any]) -> HttpResponse:
        proof = file_in(given, "proof")
        run = actions.add_print_run(
            **{**given, "proof": proof}, key=key_of(request), by=user.username, at=timezone.now()
        )
        return _done(request, run.place)

    form = forms.PrintRunForm(
        request.POST or None,
        request.FILES or None,
        designs=designs_seen_by(user, campaign_called()),
        units=units_seen_by(user),
        is_office=user.role == Role.CLERK,
        initial={
            **_own(user),
            "printed_by": user.unit.code if user.unit else "",
            "printed_on": timezone.localdate(),
            "design": request.GET.get("design"),
        },
    )
    return form_page(
        request,
        form,
        title=_("Printed"),
        lead=_("The office's printing and a unit's own are told apart by whose account they are on."),
        button=_("Enter the print run"),
        back=_to_materials(),
        act=add,
    )


def send_new(request: HttpRequest) -> HttpResponse:
    """Enter copies sent on to another place."""
    user = viewer(request)
    units = units_seen_by(user)

    def send(given: dict[str, Any]) -> HttpResponse:
        return _done(request, actions.send_on(**given, key=key_of(request), by=user.username, at=timezone.now()).giver)

    form = forms.TransferForm(
        request.POST or None,
        designs=designs_held_by(campaign_called(), units),
        givers=units,
        receivers=Unit.objects.order_by("path"),
        initial={
            "giver": user.unit.code if user.unit else "",
            "sent_on": timezone.localdate(),
            "design": request.GET.get("design"),
        },
    )
    return form_page(
        request,
        form,
        title=_("Passed on"),
        lead=_("They are on the way until the other end says how many came."),
        button=_("Enter"),
        back=_to_materials(),
        act=send,
    )


def transfer_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many copies of a transfer came."""
    user = viewer(request)
    transfer = get_object_or_404(transfers_received_by(user), pk=pk)

    def confirm(given: dict[str, Any]) -> HttpResponse:
        actions.confirm_transfer(transfer=transfer, **given, by=user.username, at=timezone.now())
        return _done(request, transfer.receiver)

    form = forms.ConfirmForm(
        request.POST or None, initial={"copies": transfer.copies_sent, "received_on": timezone.localdate()}
    )
    return form_page(
        request,
        form,
        title=_("Came: %(design)s") % {"design": transfer.design.title},
        lead=_("%(giver)s sent %(copies)s copies on %(on)s. Count them, and enter what is there.")
        % {"giver": transfer.giver, "copies": transfer.copies_sent, "on": transfer.sent_on.isoformat()},
        button=_("They came"),
        back=_to_materials(),
        act=confirm,
    )


def hand_out_new(request: HttpRequest) -> HttpResponse:
    """Enter copies given out from stock."""
    user = viewer(request)
    campaign = campaign_called()
    units = units_seen_by(user)
    designs = list(designs_held_by(campaign, units))

    def enter(given: dict[str, Any]) -> HttpResponse:
        given_out = [(design, given.get(f"copies-{design.pk}")) for design in designs]
        rows = actions.hand_out(
            campaign=campaign,
            place=given["place"],
            given_on=given["given_on"],
            where=given["where"],
            at_event=given["at_event"],
            lines=[actions.Line(design, copies) for design, copies in given_out if copies],
            key=key_of(request),
            by=user.username,
            at=timezone.now(),
        )
        return _done(request, rows[0].place)

    form = forms.HandoutForm(
        request.POST or None,
        designs=designs,
        units=units,
        events=activities_seen_by(user, campaign)
        .filter(is_report_line=False, kind__in=GIVING_KINDS)
        .order_by("-from_on", "-pk"),
        initial={**_own(user), "given_on": timezone.localdate()},
    )
    return form_page(
        request,
        form,
        title=_("Given out"),
        lead=_("Each copy is counted once: here, or in the event at which it was given out."),
        button=_("Enter"),
        back=_to_materials(),
        act=enter,
    )


def count_new(request: HttpRequest) -> HttpResponse:
    """Enter what was counted at a place."""
    user = viewer(request)

    def enter(given: dict[str, Any]) -> HttpResponse:
        return _done(request, actions.count_stock(**given, by=user.username, at=timezone.now()).place)

    form = forms.CountForm(
        request.POST or None,
        designs=designs_seen_by(user, campaign_called()),
        units=units_seen_by(user),
        initial={**_own(user), "counted_on": timezone.localdate(), "design": request.GET.get("design")},
    )
    return form_page(
        request,
        form,
        title=_("Count the stock"),
        lead=_(
            "Count what is there, whatever the books say. A difference is shown, and the books go on from the count."
        ),
        button=_("Enter"),
        back=_to_materials(),
        act=enter,
    )


def loss_new(request: HttpRequest) -> HttpResponse:
    """Enter copies that are gone."""
    user = viewer(request)
    units = units_seen_by(user)

    def enter(given: dict[str, Any]) -> HttpResponse:
        return _done(request, actions.say_lost(**given, key=key_of(request), by=user.username, at=timezone.now()).place)

    form = forms.LossForm(
        request.POST or None,
        designs=designs_held_by(campaign_called(), units),
        units=units,
        initial={**_own(user), "lost_on": timezone.localdate()},
    )
    return form_page(
        request,
        form,
        title=_("Lost or spoilt"),
        lead=_("Copies that were given to nobody: wet, torn, out of date."),
        button=_("Enter"),
        back=_to_materials(),
        act=enter,
    )


def entry_correct(request: HttpRequest, name: str) -> HttpResponse:
    """Correct the number of an entry of the user's books."""
    user = viewer(request)
    row = correctable(user, name)
    if row is None:
        raise Http404
    standing = row.copies_sent if isinstance(row, Transfer) else row.copies

    def correct(given: dict[str, Any]) -> HttpResponse:
        actions.correct_copies(row=row, **given, by=user.username, at=timezone.now())
        return _done(request, row.giver if isinstance(row, Transfer) else row.place)

    return form_page(
        request,
        forms.CorrectionForm(request.POST or None, initial={"copies": standing}),
        title=_("Correct: %(design)s") % {"design": row.design.title},
        lead=_("A hand-out takes its activity along, as a new version. The old number stays readable in the ledger."),
        button=_("Correct"),
        back=_to_materials(),
        act=correct,
    )


def double_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether a unit's report contains the hand-outs that are counted by themselves."""
    user = viewer(request)
    units = None if sees_all(user) else units_seen_by(user)
    double = next((found for found in possible_doubles(campaign_called(), units=units) if found.report.pk == pk), None)
    if double is None:
        raise Http404

    def decide(given: dict[str, Any]) -> HttpResponse:
        said = {"reason": given["reason"], "by": user.username, "at": timezone.now()}
        if given["decision"] == "contained":
            actions.say_contained(handouts=double.handouts, report=double.report, **said)
        else:
            actions.keep_apart(handouts=double.handouts, **said)
        return redirect("materials")

    return form_page(
        request,
        forms.DecisionForm(request.POST or None),
        title=_("Counted twice?"),
        lead=_(
            "%(unit)s reported “%(title)s”. Hand-outs from stock that are counted by themselves: %(count)s (%(copies)s copies)."
        )
        % {
            "unit": double.report.host,
            "title": double.report.title,
            "count": len(double.handouts),
            "copies": double.copies,
        },
        button=_("Decide"),
        back=_to_materials(),
        act=decide,
    )
