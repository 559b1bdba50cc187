"""Pages of days of law to the countryside: the list, one day, its sheet to print, and one page for each entry."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import ClosingForm, form_page, key_of
from safemonth.collect.publicity.law_day import actions, forms
from safemonth.collect.publicity.law_day.models import Guest, LawDay, Question
from safemonth.collect.publicity.law_day.queries import (
    day_on_record,
    day_page,
    day_rows,
    days_run_by,
    days_seen_by,
    guests_answered_by,
    occasion_of,
    units_to_invite,
)
from safemonth.collect.publicity.materials.actions import Line, hand_out
from safemonth.collect.publicity.materials.forms import FromStockForm
from safemonth.collect.publicity.materials.queries import designs_held_by
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, UnitKind
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind
from safemonth.plan.queries import campaign_called, tasks_of


def law_days(request: HttpRequest) -> HttpResponse:
    """Show the days that the viewer hosts, is asked to, or may see."""
    user = viewer(request)
    campaign = campaign_called()
    open_guests = guests_answered_by(user, campaign).filter(answer="", invited_at__isnull=False)
    return render(
        request,
        "collect/law_day.html",
        {
            "rows": day_rows(days_seen_by(user, campaign)),
            "invitations": open_guests if may_open(user=user, name="law-day-answer") and not sees_all(user) else (),
            "may_plan": may_open(user=user, name="law-day-new"),
        },
    )


def law_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one day; a guest sees the programme and its own invitation, the host everything."""
    return render(request, "collect/law_day_page.html", _shown(request, pk))


def law_day_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a day's programme and attendance sheet, to print and to sign."""
    return render(request, "collect/law_day_sheet.html", _shown(request, pk))


def _shown(request: HttpRequest, pk: int) -> dict[str, Any]:
    user = viewer(request)
    campaign = campaign_called()
    day = get_object_or_404(days_seen_by(user, campaign), pk=pk)
    runs = days_run_by(user, campaign).filter(pk=pk).exists()
    page = day_page(day)
    own = set(guests_answered_by(user, campaign).filter(day=day).values_list("pk", flat=True))
    return {
        "day": day,
        "page": page,
        "runs": runs,
        "sees_all": runs or sees_all(user),
        "own_guests": [guest for guest in page.guests if guest.pk in own]
        if may_open(user=user, name="law-day-answer") and not runs
        else [],
    }


def _run(request: HttpRequest, pk: int) -> LawDay:
    return get_object_or_404(days_run_by(viewer(request), campaign_called()), pk=pk)


def _to(day: LawDay) -> tuple[str, str]:
    return reverse("law-day", args=[day.pk]), day.title


def _guests(day: LawDay) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=Guest.objects.filter(day=day).values("unit")) | Unit.objects.filter(
        pk=day.host_id
    )


def law_day_new(request: HttpRequest) -> HttpResponse:
    """Plan a day."""
    user = viewer(request)
    campaign = campaign_called()

    def plan(given: dict[str, Any]) -> HttpResponse:
        day = actions.plan_day(campaign=campaign, **given, by=user.username, at=timezone.now())
        return redirect("law-day", pk=day.pk)

    tasks = tasks_of(campaign).filter(kind=ActivityKind.LAW_TO_COUNTRYSIDE)
    form = forms.DayForm(
        request.POST or None,
        townships=Unit.objects.filter(kind=UnitKind.TOWNSHIP).order_by("path"),
        hosts=units_seen_by(user).filter(kind__in=(UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)),
        tasks=tasks,
        initial={"host": user.unit.code if user.unit else "", "task": tasks.first()},
    )
    return form_page(
        request,
        form,
        title=_("Plan a day"),
        button=_("Plan the day"),
        back=(reverse("law-days"), _("Law to the countryside")),
        act=plan,
    )


def law_day_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite units to a day, or enter units that came unasked."""
    user = viewer(request)
    day = _run(request, pk)

    def invite(given: dict[str, Any]) -> HttpResponse:
        units = [unit for name in ("enterprises", "townships", "departments") for unit in given.get(name) or ()]
        guests = actions.invite(
            day=day,
            units=units,
            post_title=given["post_title"],
            is_asked=not given["came_unasked"],
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("Units put on the list: %(count)s.") % {"count": len(guests)})
        return redirect("law-day", pk=pk)

    to_invite = {
        "enterprises": units_to_invite(day, kind=UnitKind.ENTERPRISE),
        "townships": units_to_invite(day, kind=UnitKind.TOWNSHIP),
        "departments": units_to_invite(day, kind=UnitKind.DEPARTMENT).exclude(pk=day.host_id),
    }
    return form_page(
        request,
        forms.InviteForm(request.POST or None, to_invite=to_invite),
        title=_("Invite"),
        lead=_("Their reporters find the invitation on their page and answer there."),
        button=_("Put them on the list"),
        back=_to(day),
        act=invite,
    )


def law_day_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an invitation of one's own unit (the office: of any, as it was told by phone)."""
    user = viewer(request)
    guest = get_object_or_404(guests_answered_by(user, campaign_called()), pk=pk)

    def answer(given: dict[str, Any]) -> HttpResponse:
        actions.answer_invitation(guest=guest, answer=given["answer"], by=user.username, at=timezone.now())
        messages.info(request, _("Entered."))
        return redirect("law-day", pk=guest.day_id)

    return form_page(
        request,
        forms.AnswerForm(request.POST or None, initial={"answer": guest.answer}),
        title=_("Invitation of %(unit)s") % {"unit": guest.unit},
        lead=f"{guest.day.title} · {guest.day.township} · {guest.day.held_on.isoformat()}",
        button=_("Reply"),
        back=_to(guest.day),
        act=answer,
    )


def law_day_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point to the programme."""
    user = viewer(request)
    day = _run(request, pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.add_programme_item(day=day, **given, by=user.username, at=timezone.now())
        return redirect("law-day", pk=pk)

    form = forms.ProgrammeForm(request.POST or None, units=_guests(day))
    return form_page(request, form, title=_("Point of the programme"), button=_("Add"), back=_to(day), act=add)


@require_POST
def law_day_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in how many came of each guest, and which points were held: one form on the day's page."""
    user = viewer(request)
    day = _run(request, pk)
    page = day_page(day)
    people: dict[int, int | None] = {}
    for guest in page.guests:
        typed = request.POST.get(f"came-{guest.pk}", "").strip()
        # More digits than a township has people are no attendance.
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=typed[:40])
        people[guest.pk] = int(typed) if typed else None
    held = [item.pk for item in page.programme if request.POST.get(f"held-{item.pk}")]
    actions.say_who_came(day=day, people=people, held=held, by=user.username, at=timezone.now())
    messages.info(request, _("Entered."))
    return redirect("law-day", pk=pk)


def law_day_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a question that was asked."""
    user = viewer(request)
    day = _run(request, pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.ask_question(day=day, **given, key=key_of(request), by=user.username, at=timezone.now())
        return redirect("law-day", pk=pk)

    form = forms.QuestionForm(request.POST or None, units=_guests(day))
    return form_page(request, form, title=_("Question"), button=_("Enter"), back=_to(day), act=add)


def law_day_question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question, on the day or later."""
    user = viewer(request)
    days = days_run_by(user, campaign_called())
    question = get_object_or_404(Question.objects.filter(day__in=days).select_related("day"), pk=pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.answer_question(question=question, **given, by=user.username, at=timezone.now())
        return redirect("law-day", pk=question.day_id)

    form = forms.QuestionAnswerForm(
        request.POST or None, units=_guests(question.day), initial={"answer": question.answer}
    )
    return form_page(
        request,
        form,
        title=_("Reply"),
        lead=question.text,
        button=_("Enter"),
        back=_to(question.day),
        act=add,
    )


def law_day_hazard(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a hazard that was seen."""
    user = viewer(request)
    day = _run(request, pk)

    def add(given: dict[str, Any]) -> HttpResponse:
        actions.note_hazard(day=day, **given, key=key_of(request), by=user.username, at=timezone.now())
        return redirect("law-day", pk=pk)

    form = forms.HazardForm(request.POST or None, units=_guests(day))
    return form_page(
        request,
        form,
        title=_("Hazard seen"),
        lead=_("Inspections take it over as a case of their own, with a deadline and a recheck."),
        button=_("Enter"),
        back=_to(day),
        act=add,
    )


def law_day_books(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out books from a place's stock; the day counts them when it closes."""
    user = viewer(request)
    day = _run(request, pk)
    units = units_seen_by(user)

    def give(given: dict[str, Any]) -> HttpResponse:
        hand_out(
            campaign=day.campaign,
            place=given["place"],
            given_on=day.held_on,
            lines=[Line(given["design"], given["copies"])],
            where=day.place or day.township.name,
            occasion=occasion_of(day),
            key=key_of(request),
            by=user.username,
            at=timezone.now(),
        )
        return redirect("law-day", pk=pk)

    form = FromStockForm(
        request.POST or None,
        designs=designs_held_by(day.campaign, units),
        units=units,
        initial={"place": day.host.code},
    )
    return form_page(request, form, title=_("Books given out"), button=_("Enter"), back=_to(day), act=give)


def law_day_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a day into one activity, or close it again after late reports."""
    user = viewer(request)
    day = _run(request, pk)
    elsewhere = day_on_record(day)

    def close(given: dict[str, Any]) -> HttpResponse:
        actions.close_day(
            day=day,
            reason=given.get("reason", ""),
            in_place_of=elsewhere if given.get("in_place_of") else None,
            by=user.username,
            at=timezone.now(),
        )
        messages.info(request, _("The day is one activity now, with everyone who came as a participant."))
        return redirect("law-day", pk=pk)

    return form_page(
        request,
        ClosingForm(
            request.POST if request.method == "POST" else None,
            is_again=day.closed_at is not None,
            elsewhere=elsewhere,
        ),
        title=_("Close the day again") if day.closed_at else _("Close this day"),
        lead=_(
            "It becomes one activity. Closed again after late reports, that gets a new version; never a second event."
        ),
        button=_("Close this day"),
        back=_to(day),
        act=close,
    )
