"""Reads of supervision teams."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign
from safemonth.verify.teams.models import Nominee, TeamDraw, TeamSeat, TeamTarget, Tie
from safemonth.verify.teams.problem import Nominee as Named
from safemonth.verify.teams.problem import Problem, common_days, problem_from
from safemonth.verify.teams.repeating import FORMAT


def nominees_of(campaign: Campaign) -> QuerySet[Nominee]:
    """Return who can be drawn, in the order of the unit tree."""
    return Nominee.objects.filter(campaign=campaign, withdrawn_at=None).select_related("unit", "user")


def ties_of(campaign: Campaign) -> QuerySet[Tie]:
    """Return the ties that hold."""
    return Tie.objects.filter(nominee__campaign=campaign, withdrawn_at=None, nominee__withdrawn_at=None).select_related(
        "nominee__unit", "unit"
    )


def problem_of(
    campaign: Campaign, *, units: Collection[Unit], team_count: int, days: Iterable[date], a_day: int
) -> Problem:
    """Return what a draw is made from.

    Nobody visits the own unit, one above it or one below it, nor where a tie is declared. A nominee that names no days
    can go out on each.
    """
    tied: dict[int, set[str]] = {}
    for tie in ties_of(campaign):
        tied.setdefault(tie.nominee_id, set()).add(tie.unit.code)
    iso = tuple(sorted(day.isoformat() for day in days))
    named = tuple(
        Named(
            key=str(each.pk),
            body=each.unit.code,
            title=each.post_title,
            may_not_visit=frozenset(
                unit.code
                for unit in units
                if unit.code in tied.get(each.pk, ())
                or unit.path.startswith(each.unit.path)
                or each.unit.path.startswith(unit.path)
            ),
            days=frozenset(each.days or iso),
        )
        for each in nominees_of(campaign)
    )
    return Problem(named, tuple(unit.code for unit in units), team_count, iso, a_day)


@dataclass(frozen=True)
class DrawnTeam:
    """A drawn team: its people, the units that it visits, and the days (ISO) on which all its people can go out."""

    number: int
    seats: tuple[TeamSeat, ...]
    targets: tuple[TeamTarget, ...]
    days: tuple[str, ...]


def current_draw(campaign: Campaign) -> TeamDraw | None:
    """Return the draw that stands, None where there is none yet."""
    return TeamDraw.objects.filter(campaign=campaign, is_current=True).first()


def teams_of(draw: TeamDraw) -> list[DrawnTeam]:
    """Return the teams of a draw by number; two statements."""
    seats = list(TeamSeat.objects.filter(draw=draw).select_related("nominee__unit"))
    targets = list(TeamTarget.objects.filter(draw=draw).select_related("unit"))
    problem = problem_from(draw.problem)
    days = common_days(problem, {str(seat.nominee_id): seat.team for seat in seats})
    return [
        DrawnTeam(
            number,
            tuple(seat for seat in seats if seat.team == number),
            tuple(target for target in targets if target.team == number),
            days[number],
        )
        for number in range(1, problem.team_count + 1)
    ]


def draw_as_json(draw: TeamDraw) -> dict[str, object]:
    """Return a draw as it is downloaded: what it was made from, its seed and what it gave; `safemonth draw` repeats it."""
    return {
        "format": FORMAT,
        "method": draw.method,
        "seed": draw.seed,
        "problem_sha256": draw.problem_sha256,
        "problem": draw.problem,
        "team_of": {str(seat.nominee_id): seat.team for seat in TeamSeat.objects.filter(draw=draw)},
        "visited_by": {
            target.unit.code: target.team for target in TeamTarget.objects.filter(draw=draw).select_related("unit")
        },
    }
