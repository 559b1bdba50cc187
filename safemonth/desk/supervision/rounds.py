"""Rounds of supervision teams, by the planner that plans the publicity vehicles (docs/figures/rounds.md)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from safemonth.collect.publicity.rounds.planning import Effort, make_plan
from safemonth.collect.publicity.rounds.problem import PlannedDay, PlannedStop, Problem, Vehicle, Village, Yard
from safemonth.collect.publicity.rounds.queries import positions_of
from safemonth.collect.publicity.rounds.travel import straight_travel
from safemonth.organisation.models import Unit
from safemonth.verify.teams.models import TeamDraw
from safemonth.verify.teams.queries import teams_of

STARTS_S: Final = 8 * 3600 + 1800
ENDS_S: Final = 17 * 3600 + 1800
# An hour and a half to compare a unit's numbers with what is there.
STOP_S: Final = 5400
YARD: Final = "start"
# Enough for a dozen stops, and the same plan each time the page is opened.
EFFORT: Final = Effort(seconds=None, iterations=300)


@dataclass(frozen=True)
class TeamRound:
    """A team's days with their stops, the units that fit on no day, and those of which nobody has said where they lie."""

    team: int
    days: tuple[tuple[PlannedDay, tuple[tuple[PlannedStop, Unit], ...]], ...]
    left_out: tuple[Unit, ...]
    unplaced: tuple[Unit, ...]
    travel: dict[str, float | str]


def team_rounds(draw: TeamDraw) -> list[TeamRound]:
    """Return a round for each team of a draw over its own units, on the days on which all its people can go out.

    Every team starts from and comes back to the county's seat: its position where one is kept, else the middle of the
    units to visit. Travel times are straight lines with the stated detour factor. The same draw gives the same rounds.
    """
    teams = teams_of(draw)
    units = [target.unit for team in teams for target in team.targets]
    known = positions_of([*units, draw.campaign.unit])
    placed = {
        unit.code: (float(known[unit.pk].latitude), float(known[unit.pk].longitude))
        for unit in units
        if unit.pk in known
    }
    seat = known.get(draw.campaign.unit_id)
    if seat is not None:
        start = (float(seat.latitude), float(seat.longitude))
    elif placed:
        start = (
            sum(latitude for latitude, _ in placed.values()) / len(placed),
            sum(longitude for _, longitude in placed.values()) / len(placed),
        )
    else:
        start = (0.0, 0.0)
    rounds = []
    for team in teams:
        of_team = {target.unit.code: target.unit for target in team.targets}
        visits = [unit for code, unit in of_team.items() if code in placed]
        unplaced = tuple(unit for code, unit in of_team.items() if code not in placed)
        rounds.append(_round(team.number, visits, unplaced, team.days, placed=placed, start=start))
    return rounds


def _round(
    team: int,
    visits: list[Unit],
    unplaced: tuple[Unit, ...],
    days: tuple[str, ...],
    *,
    placed: dict[str, tuple[float, float]],
    start: tuple[float, float],
) -> TeamRound:
    yard = Yard(YARD, YARD, *start)
    stops = tuple(Village(unit.code, unit.name, *placed[unit.code], stop_s=STOP_S) for unit in visits)
    travel = straight_travel((yard, *stops))
    if not stops or not days:
        return TeamRound(team, (), tuple(visits), unplaced, dict(travel.stated))
    vehicle = Vehicle(
        code=f"team-{team}",
        name=f"team-{team}",
        unit="",
        yard=YARD,
        days=tuple(date.fromisoformat(day) for day in days),
        starts_s=STARTS_S,
        ends_s=ENDS_S,
    )
    plan = make_plan(Problem(yards=(yard,), villages=stops, vehicles=(vehicle,), travel=travel), effort=EFFORT)
    by_code = {unit.code: unit for unit in visits}
    return TeamRound(
        team,
        tuple((day, tuple((stop, by_code[stop.village]) for stop in day.stops)) for day in plan.days),
        tuple(by_code[code] for code in plan.left_out),
        unplaced,
        dict(travel.stated),
    )
