"""The draw: who is inspected, by whom, on which day. The same frame, seed and word give the same draw, everywhere."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from safemonth.collect.inspection.drives.frame import FORMAT, Frame, barred_teams
from safemonth.collect.inspection.drives.inclusion import Why, inclusions, selected
from safemonth.collect.inspection.drives.sharing import Shares, drawn_shares
from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused, gettext_noop

METHOD: Final = "systematic-pps"


@dataclass(frozen=True)
class Visit:
    """One visit drawn. `position` from 1 in the order drawn; `day` in ISO 8601; `probability` 0 < p <= 1."""

    position: int
    workplace: str
    team: int
    day: str
    why: Why
    probability: Fraction

    def as_json(self) -> dict[str, Any]:
        """Return the visit as JSON holds it; the probability as a fraction's text ("3/7", "1")."""
        return {**self.__dict__, "probability": str(self.probability)}


@dataclass(frozen=True)
class Drawn:
    """A draw: what it was made from, and the visits in the order drawn."""

    frame: Frame
    seed: str
    witness: str
    visits: tuple[Visit, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the draw with its frame, as it is downloaded and drawn again from."""
        return {
            "format": FORMAT,
            "method": METHOD,
            "seed": self.seed,
            "witness": self.witness,
            "frame_sha256": self.frame.sha256,
            "frame": self.frame.as_json(),
            "visits": [visit.as_json() for visit in self.visits],
        }


def draw(frame: Frame, *, seed: str, witness: str = "") -> Drawn:
    """Draw workplaces (stream `select`), a team for each (`assign`) and a day (`days`).

    Raises Refused where it cannot be: what `inclusions` and `drawn_shares` refuse, `draw_no_teams`, `draw_no_days` and
    `draw_too_few_days` where the teams' days do not hold so many visits.
    """
    found = inclusions(frame)
    _check_room(frame)

    def chances(purpose: str) -> Chances:
        return Chances(seed=seed, witness=witness, frame_sha256=frame.sha256, purpose=purpose)

    keys = selected(frame, chances("select"))
    barred = barred_teams(frame)
    shares = Shares(
        workplaces=tuple(keys),
        teams=tuple(team.number for team in frame.teams),
        barred={key: barred[key] for key in keys},
    )
    team_of = drawn_shares(shares, chances("assign"))
    day_of = _days(keys, team_of, frame.days, chances("days"))
    order = chances("order").shuffled(keys)
    return Drawn(
        frame=frame,
        seed=seed,
        witness=witness,
        visits=tuple(
            Visit(position, key, team_of[key], day_of[key], found[key].why, found[key].probability)
            for position, key in enumerate(order, 1)
        ),
    )


def _check_room(frame: Frame) -> None:
    if not frame.teams or not all(team.inspectors for team in frame.teams):
        raise Refused("draw_no_teams", gettext_noop("There is no team, or one with nobody in it."))
    if not frame.days or frame.visits_a_day < 1:
        raise Refused("draw_no_days", gettext_noop("Say on which days teams go, and how many visits they make on one."))
    room = len(frame.days) * frame.visits_a_day
    most = -(-frame.count // len(frame.teams))
    if most > room:
        raise Refused(
            "draw_too_few_days",
            gettext_noop(
                "%(count)s visits are up to %(most)s for a team, and its days hold %(room)s. "
                "Give more days, more visits a day, or more teams."
            ),
            count=frame.count,
            most=most,
            room=room,
        )


def _days(keys: Sequence[str], team_of: Mapping[str, int], days: Sequence[str], chances: Chances) -> dict[str, str]:
    """Return the day of each visit: a team's visits in a drawn order, spread evenly over the days."""
    of_team: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        of_team[team_of[key]].append(key)
    day_of = {}
    for team in sorted(of_team):
        visits = chances.shuffled(of_team[team])
        for place, key in enumerate(visits):
            day_of[key] = days[place * len(days) // len(visits)]
    return day_of
