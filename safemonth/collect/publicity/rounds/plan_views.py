"""Pages of a round's plan: the round with its map, one vehicle's day, each village by name, drivers' sheets."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.publicity.rounds import actions, forms
from safemonth.collect.publicity.rounds.as_pyvrp import VEHICLE_DAY_COST_S
from safemonth.collect.publicity.rounds.models import Round, RoundPlan, Stop
from safemonth.collect.publicity.rounds.pictures import look_of, picture_of_day, picture_of_round
from safemonth.collect.publicity.rounds.planning import Effort
from safemonth.collect.publicity.rounds.queries import (
    DayStops,
    coverage_of,
    coverage_seen_by,
    current_plan,
    days_of_plan,
    rounds_of,
    rounds_seen_by,
    vehicles_of,
    villages_of,
)
from safemonth.collect.publicity.rounds.rules import clock_of
from safemonth.collect.publicity.rounds.sheets import drivers_sheets_pdf
from safemonth.collect.publicity.rounds.words import travel_words
from safemonth.organisation.models import Unit
from safemonth.organisation.permissions import may_open, viewer
from safemonth.plan.queries import campaign_called, tasks_of


def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: its villages on a map, its vehicle-days, how far from best the plan can be, what was missed."""
    user = viewer(request)
    round = get_object_or_404(rounds_seen_by(user, campaign_called()), pk=pk)
    today = timezone.localdate()
    coverage = coverage_seen_by(user, round, today=today)
    plan = current_plan(round)
    days = days_of_plan(plan, user=user)
    seen = {line.village.code for line in coverage.lines}
    vehicles = list(vehicles_of(round))
    return render(
        request,
        "collect/rounds_round.html",
        {
            "round": round,
            "plan": plan,
            "coverage": coverage,
            "days": [{**_day_line(one, coverage.done, today), **look_of(one, vehicles)} for one in days],
            "picture": picture_of_round(coverage, days, vehicles),
            "missed": coverage.of("missed"),
            "left_out": _units([code for code in plan.left_out if code in seen] if plan else []),
            "unplaced": [line.village for line in coverage.lines if line.position is None],
            "totals": _totals(plan, days_of_plan(plan)) if plan else {},
            "travel": travel_words(plan.travel) if plan else "",
            "is_office": may_open(user=user, name="round-plan"),
        },
    )


def _day_line(one: DayStops, done: frozenset[int], today: date) -> dict[str, Any]:
    made = sum(stop.pk in done for stop in one.stops)
    return {
        "one": one,
        "made": made,
        "leaves": clock_of(one.day.leaves_yard_s),
        "back": clock_of(one.day.back_s),
        "drive_min": -(-one.drive_s // 60),
        "km": _whole_km(one.day.length_m),
        "is_past": one.day.day < today,
        "is_whole": made == len(one.stops),
    }


def _whole_km(metres: int) -> int:
    """Return metres as whole kilometres, rounded up: a driver fuels for no less."""
    return -(-metres // 1000)


def _totals(plan: RoundPlan, days: list[DayStops]) -> dict[str, Any]:
    """Return the plan's size from `planned_from` on, its bounds, and the gap (in per cent, rounded up)."""
    planned = [one for one in days if one.day.day >= plan.planned_from]
    drive_s = sum(one.drive_s for one in planned)
    cost_s = len(planned) * VEHICLE_DAY_COST_S + drive_s
    gap = None
    if plan.least_cost_s:
        gap = -(-1000 * max(cost_s - plan.least_cost_s, 0) // plan.least_cost_s) / 10
    return {
        "vehicle_days": len(planned),
        "drive_h": _hours(drive_s),
        "km": _whole_km(sum(one.day.length_m for one in planned)),
        "stops": sum(len(one.stops) for one in planned),
        "least_drive_h": _hours(plan.least_drive_s) if plan.least_drive_s is not None else None,
        "gap": gap,
    }


def _hours(seconds: int) -> float:
    """Return seconds as hours to a tenth."""
    return round(seconds / 3600, 1)


def _units(codes: list[str]) -> list[Unit]:
    return list(Unit.objects.filter(code__in=codes).select_related("parent").order_by("path"))


def round_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, or plan again what is left."""
    user = viewer(request)
    round = get_object_or_404(rounds_of(campaign_called()), pk=pk)
    today = timezone.localdate()
    # The vehicles of a round under way have left their yards today.
    first = today if current_plan(round) is None else today + timedelta(days=1)

    def plan(given: dict[str, Any]) -> HttpResponse:
        made = actions.plan_round(
            round=round,
            effort=Effort(seconds=given["seconds"]),
            from_day=max(given["from_day"], today),
            today=today,
            by=user.username,
            at=timezone.now(),
        )
        left = len(made.left_out)
        if left:
            sentence = ngettext(
                "Planned. %(n)s village found no room; see below.",
                "Planned. %(n)s villages found no room; see below.",
                left,
            )
            messages.info(request, sentence % {"n": left})
        else:
            messages.info(
                request, _("Planned. Every village whose position is known has its stop, and all rules are kept.")
            )
        return redirect("round", pk=pk)

    return form_page(
        request,
        forms.PlanForm(request.POST or None, initial={"seconds": 20, "from_day": max(first, round.from_on)}),
        title=_("Plan the round") if current_plan(round) is None else _("Plan again what is left"),
        lead=_(
            "Looks for the fewest vehicle-days and then the least driving, and as long again for how few they could be "
            "at best. Villages reached need no stop; locked stops and days gone by stay as they are."
        ),
        button=_("Look for a plan"),
        back=(reverse("round", args=[pk]), round.name),
        act=plan,
    )


def round_villages(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each village by name with what has become of it."""
    user = viewer(request)
    round = get_object_or_404(rounds_seen_by(user, campaign_called()), pk=pk)
    coverage = coverage_seen_by(user, round, today=timezone.localdate())
    townships: dict[Unit | None, list[Any]] = {}
    for line in coverage.lines:
        townships.setdefault(line.village.parent, []).append(line)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={v.unit for v in coverage.visits})}
    return render(
        request,
        "collect/rounds_villages.html",
        {
            "round": round,
            "coverage": coverage,
            "townships": [
                (
                    township,
                    [(line, units.get(line.visit.unit) if line.visit else None) for line in lines],
                    sum(line.state == "reached" for line in lines),
                )
                for township, lines in townships.items()
            ],
            "has_plan": current_plan(round) is not None,
            "is_office": may_open(user=user, name="round-book"),
        },
    )


def round_book(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the villages reached into the record."""
    user = viewer(request)
    campaign = campaign_called()
    round = get_object_or_404(rounds_of(campaign), pk=pk)

    def book(given: dict[str, Any]) -> HttpResponse:
        booked = actions.book_reached(
            round=round, task=given["task"], today=timezone.localdate(), by=user.username, at=timezone.now()
        )
        count = len(booked)
        messages.info(
            request,
            ngettext("On record, for %(n)s unit.", "On record, for %(n)s units.", count) % {"n": count},
        )
        return redirect("round-villages", pk=pk)

    return form_page(
        request,
        forms.BookForm(request.POST or None, tasks=tasks_of(campaign)),
        title=_("Take the villages reached into the record"),
        lead=_(
            "Each unit gets one line with the villages that it was the first to reach, by name, so that the figure “places "
            "reached” counts each village once. Doing it again adds what was reached since."
        ),
        button=_("Take into the record"),
        back=(reverse("round-villages", args=[pk]), round.name),
        act=book,
    )


def round_move(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Move a village's stop."""
    user = viewer(request)
    round = get_object_or_404(rounds_of(campaign_called()), pk=pk)
    village = get_object_or_404(villages_of(round), code=code)
    today = timezone.localdate()
    vehicles = list(vehicles_of(round))

    def move(given: dict[str, Any]) -> HttpResponse:
        key, day = given["where"].split()
        made = actions.move_stop(
            round=round,
            village=village,
            vehicle=next(vehicle for vehicle in vehicles if vehicle.pk == int(key)),
            day=date.fromisoformat(day),
            before=given["before"].code if given["before"] else None,
            today=today,
            by=user.username,
            at=timezone.now(),
        )
        found = next(
            one
            for one in days_of_plan(made)
            for stop in one.stops
            if stop.village_id == village.pk and one.day.day >= today
        )
        messages.info(request, _("Moved, and locked there."))
        return redirect("round-day", pk=found.day.pk)

    return form_page(
        request,
        forms.MoveForm(
            request.POST or None, vehicles=vehicles, from_day=today, villages=villages_of(round).exclude(pk=village.pk)
        ),
        title=_("Move the stop in %(village)s") % {"village": village.name},
        button=_("Move"),
        back=(reverse("round", args=[pk]), round.name),
        act=move,
    )


def _day(request: HttpRequest, pk: int) -> tuple[Round, DayStops]:
    user = viewer(request)
    for round in rounds_seen_by(user, campaign_called()):
        for one in days_of_plan(current_plan(round), user=user):
            if one.day.pk == pk:
                return round, one
    raise Http404


def round_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one vehicle's day: its stops in order, which were made, which are locked."""
    round, one = _day(request, pk)
    today = timezone.localdate()
    coverage = coverage_of(round, today=today)
    return render(
        request,
        "collect/rounds_day.html",
        {
            "round": round,
            "line": _day_line(one, coverage.done, today),
            "stops": [
                {
                    "stop": stop,
                    "begins": clock_of(stop.begins_s),
                    "leaves": clock_of(stop.leaves_s),
                    "drive_min": -(-stop.drive_s // 60),
                    "is_done": stop.pk in coverage.done,
                    "is_reached": stop.village.code in coverage.reached,
                }
                for stop in one.stops
            ],
            "picture": picture_of_day(one),
            "is_office": may_open(user=viewer(request), name="round-stop-lock"),
            "may_fill": may_open(user=viewer(request), name="field-fill"),
        },
    )


@require_POST
def round_stop_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a stop fast, or let it go."""
    stop = get_object_or_404(
        Stop.objects.select_related("vehicle_day__vehicle", "village"),
        pk=pk,
        vehicle_day__plan__is_current=True,
        vehicle_day__plan__round__in=rounds_of(campaign_called()),
    )
    is_locked = request.POST.get("lock") == "1"
    actions.lock_stop(stop=stop, is_locked=is_locked, by=viewer(request).username, at=timezone.now())
    return redirect(f"{reverse('round-day', args=[stop.vehicle_day_id])}#stop-{stop.number}")


def round_day_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a driver's sheet."""
    _round, one = _day(request, pk)
    return _pdf([one], f"{one.day.day} {one.day.vehicle.name}.pdf")


def round_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all sheets from today on that the viewer may see."""
    user = viewer(request)
    round = get_object_or_404(rounds_seen_by(user, campaign_called()), pk=pk)
    today = timezone.localdate()
    days = [one for one in days_of_plan(current_plan(round), user=user) if one.day.day >= today]
    return _pdf(days, f"{round.name}.pdf")


def _pdf(days: list[DayStops], name: str) -> HttpResponse:
    made = drivers_sheets_pdf([*days])
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return response
