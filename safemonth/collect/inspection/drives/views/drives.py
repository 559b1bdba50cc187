"""Pages of drives: the list, a drive with its teams and draws, a draw to print and to take away."""

import json
import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safemonth.collect.activities.form_page import form_page
from safemonth.collect.inspection.drives import actions, forms, queries
from safemonth.collect.inspection.drives.frame import frame_from_json
from safemonth.collect.inspection.drives.models import Draw, DrawnVisit, Drive, Inspector
from safemonth.collect.inspection.workplaces.models import RiskClass, Trade
from safemonth.collect.inspection.workplaces.queries import workplaces_seen_by
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.plan.models import Chapter
from safemonth.plan.queries import campaign_called, tasks_of

MOST_TEAMS = 30


def drives(request: HttpRequest) -> HttpResponse:
    """Show the drives that the viewer may see."""
    user = viewer(request)
    today = timezone.localdate()
    seen = queries.drives_seen_by(user, campaign_called(), today=today)
    return render(
        request,
        "collect/drives.html",
        {
            "rows": queries.drive_rows(seen, user, today=today),
            "may_open": may_open(user=user, name="drive-new"),
            "sees_all": sees_all(user),
            "inspects": queries.inspector_of(user) is not None,
        },
    )


def drive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a drive: who sees all its teams and draws, anyone else the visits that concern them, on their day."""
    user = viewer(request)
    today = timezone.localdate()
    row = get_object_or_404(queries.drives_seen_by(user, campaign_called(), today=today).distinct(), pk=pk)
    whole = queries.whole_draw_may_be_seen(user, row, today=today)
    draw = queries.current_draw(row)
    runs = may_open(user=user, name="drive-draw")
    visits = list(queries.visits_seen_by(user, draw, today=today)) if draw else []
    return render(
        request,
        "collect/drives_one.html",
        {
            "drive": row,
            "trades": [word for value, word in Trade.choices if value in row.trades],
            "whole": whole,
            "sees_all": sees_all(user),
            "runs": runs,
            "teams": queries.team_rows(row) if whole else (),
            "draw": draw if whole else None,
            "draws": queries.draws_of(row) if whole else (),
            "visits": visits,
            "linked": _linked(request, visits),
            "made_up_to_now": sum(visit.visit_on < today for visit in visits),
            "conflicts": queries.conflicts(draw) if draw and sees_all(user) else (),
            "seed": queries.waiting_seed(row) if sees_all(user) else None,
            "there": queries.workplaces_of(row).count() if sees_all(user) else None,
        },
    )


def _linked(request: HttpRequest, visits: list[DrawnVisit]) -> set[int]:
    """Return the numbers of the workplaces whose page the viewer may open: a team goes where it may see no register."""
    user = viewer(request)
    keys = {visit.workplace_id for visit in visits}
    if sees_all(user):
        return keys
    return set(workplaces_seen_by(user).filter(pk__in=keys).values_list("pk", flat=True))


def _run(pk: int) -> Drive:
    return get_object_or_404(queries.drives_of(campaign_called()), pk=pk)


def _to(row: Drive) -> tuple[str, str]:
    return reverse("drive", args=[row.pk]), row.title


def drive_new(request: HttpRequest) -> HttpResponse:
    """Open a drive."""
    user = viewer(request)
    campaign = campaign_called()

    def open_it(given: dict[str, Any]) -> HttpResponse:
        row = actions.open_drive(campaign=campaign, **given, by=user.username, at=timezone.now())
        return redirect("drive", pk=row.pk)

    initial = {
        "led_by": user.unit.code if user.unit else "",
        "from_on": campaign.starts_on,
        "to_on": campaign.starts_on,
    }
    return form_page(
        request,
        forms.DriveForm(
            request.POST or None,
            units=queries.units_that_inspect(),
            tasks=tasks_of(campaign).filter(chapter=Chapter.INSPECTION),
            initial=initial,
        ),
        title=_("New drive"),
        button=_("Open the drive"),
        back=(reverse("drives"), _("Drives of inspection")),
        act=open_it,
    )


def drive_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a drive's line."""
    user = viewer(request)
    row = _run(pk)

    def change(given: dict[str, Any]) -> HttpResponse:
        actions.change_drive(drive=row, fields=given, by=user.username, at=timezone.now())
        return redirect("drive", pk=pk)

    initial = {
        **{
            name: getattr(row, name)
            for name in ("title", "title_en", "kind", "from_on", "to_on", "is_unannounced", "trades")
        },
        "theme": row.theme_id,
        "task": row.task_id,
        "led_by": row.led_by.code,
    }
    tasks = tasks_of(row.campaign).filter(chapter=Chapter.INSPECTION)
    return form_page(
        request,
        forms.DriveForm(request.POST or None, units=queries.units_that_inspect(), tasks=tasks, initial=initial),
        title=row.title,
        button=_("Change"),
        back=_to(row),
        act=change,
    )


def drive_teams(request: HttpRequest, pk: int) -> HttpResponse:
    """Put inspectors into teams by hand: each a number, and who heads."""
    user = viewer(request)
    row = _run(pk)
    people = list(queries.inspectors())
    place = {member.inspector_id: member for team in queries.team_rows(row) for member in team.members}
    if request.method == "POST":
        teams: dict[int, list[Inspector]] = {}
        heads = set(request.POST.getlist("head"))
        for person in people:
            typed = request.POST.get(f"team-{person.pk}", "")
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_TEAMS:
                members = teams.setdefault(int(typed), [])
                members.insert(0, person) if str(person.pk) in heads else members.append(person)
        most = max(teams, default=0)
        actions.set_teams(
            drive=row,
            teams=[actions.NewTeam(teams.get(number, [])) for number in range(1, most + 1)],
            by=user.username,
            at=timezone.now(),
        )
        return redirect("drive", pk=pk)
    shown = [(person, place.get(person.pk)) for person in people]
    return render(
        request,
        "collect/drives_teams.html",
        {
            "drive": row,
            "people": shown,
            "numbers": range(1, min(MOST_TEAMS, max(len(people) // 2, 1)) + 1),
            "form": forms.ProposeForm(initial={"count": max(len(people) // 3, 1)}),
        },
    )


@require_POST
def drive_teams_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Make up mixed teams of all inspectors."""
    user = viewer(request)
    row = _run(pk)
    form = forms.ProposeForm(request.POST)
    if form.is_valid():
        actions.propose_teams(drive=row, count=form.cleaned_data["count"], by=user.username, at=timezone.now())
        messages.info(request, _("Teams are made up; change them by hand where you know better."))
    return redirect("drive-teams", pk=pk)


@require_POST
def drive_seed(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay down the seed of the next draw: made by this machine, its digest shown and entered at once."""
    user = viewer(request)
    actions.lay_down_seed(drive=_run(pk), seed=secrets.token_hex(16), by=user.username, at=timezone.now())
    messages.info(request, _("The seed is laid down. Print its digest before the draw: it cannot be changed any more."))
    return redirect("drive", pk=pk)


def drive_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the frame and draw."""
    user = viewer(request)
    row = _run(pk)
    own = queries.workplaces_of(row)
    form = forms.DrawForm(
        request.POST or None,
        drive=row,
        workplaces=own,
        is_again=queries.current_draw(row) is not None,
        initial={"count": max(own.filter(risk_class=RiskClass.RED).count(), min(own.count(), 10))},
    )

    def hold(given: dict[str, Any]) -> HttpResponse:
        made = actions.hold_draw(
            drive=row,
            count=given["count"],
            days=form.chosen_days(),
            visits_a_day=given["visits_a_day"],
            weights=form.weights(),
            named=given["named"],
            witness=given["witness"],
            reason=given.get("reason", ""),
            by=user.username,
            at=timezone.now(),
        )
        return redirect("draw", pk=made.pk)

    return form_page(
        request,
        form,
        title=_("Draw"),
        lead=_(
            "Workplaces of class red are certain; the others come in by the weights, exactly as many as you say. Then teams and days are "
            "drawn; nobody goes where they have an interest."
        ),
        button=_("Close the frame and draw"),
        back=_to(row),
        act=hold,
    )


def _draw(request: HttpRequest, pk: int) -> Draw:
    """Return a draw that the viewer may see whole; anyone else gets 404."""
    user = viewer(request)
    today = timezone.localdate()
    row = get_object_or_404(Draw.objects.select_related("drive__campaign", "drive__led_by", "laid_down"), pk=pk)
    may_see = queries.drives_seen_by(user, row.drive.campaign, today=today).filter(pk=row.drive_id).exists()
    if not may_see or not queries.whole_draw_may_be_seen(user, row.drive, today=today):
        raise Http404
    return row


def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draw, to print and to sign: visits, how it was drawn, how anyone draws it again."""
    row = _draw(request, pk)
    frame = frame_from_json(row.frame)
    visits = list(queries.visits_seen_by(viewer(request), row, today=timezone.localdate()))
    words = {risk: word for risk, word in RiskClass.choices if risk} | {"": RiskClass.UNKNOWN.label}
    return render(
        request,
        "collect/drives_draw.html",
        {
            "draw": row,
            "drive": row.drive,
            "frame": frame,
            "weights": [(risk, word, frame.weights[risk]) for risk, word in words.items() if risk in frame.weights],
            "visits": visits,
            "linked": _linked(request, visits),
            "teams": queries.team_rows(row.drive),
        },
    )


def draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draw as a file: frame, seed and visits, which `safemonth draw` draws again from."""
    row = _draw(request, pk)
    text = json.dumps(queries.draw_as_json(row), ensure_ascii=False, indent=1)
    name = f"draw-{row.drive_id}-{row.version}.json"
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
