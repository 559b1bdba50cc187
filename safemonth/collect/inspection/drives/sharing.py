"""Which team inspects which workplace: drawn, none where it may not, loads even within one.

Where the visits do not divide evenly it is drawn first which teams make one more. Then one workplace after the other, in a
drawn order, draws among the teams with which the rest can still be shared out so; a team's chance is the number of visits
that it has left to take. With no one barred every even sharing is equally likely. With interests the chances of those
barred go to the others, and sharings need not be exactly equally likely; docs/figures/draws.md says more.

Whether the rest can be shared out is a flow with bounds below and above (Hoffman 1960; Ford and Fulkerson 1962): a complete
sharing is kept at hand, and mended along a path of single moves whenever a visit is fixed elsewhere.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused, gettext_noop

# Team -> the fewest and the most visits that it makes.
Bounds = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Shares:
    """What is shared: workplaces to teams; `barred` maps a workplace to the teams that may not inspect it."""

    workplaces: tuple[str, ...]
    teams: tuple[int, ...]
    barred: Mapping[str, frozenset[int]]

    @property
    def least(self) -> int:
        """The fewest visits that a team makes."""
        return len(self.workplaces) // len(self.teams)

    @property
    def most(self) -> int:
        """The most visits that a team makes: no more than one above the fewest."""
        return -(-len(self.workplaces) // len(self.teams))

    def may(self, team: int, workplace: str) -> bool:
        """Return whether a team may inspect a workplace."""
        return team not in self.barred.get(workplace, ())


def drawn_shares(shares: Shares, chances: Chances) -> dict[str, int]:
    """Return workplace -> team. Raises Refused `draw_all_barred` for a workplace that no team may inspect, and
    `draw_not_even` where interests leave no even sharing, naming the teams that are left too much."""
    _check_each_has_a_team(shares)
    bounds: Bounds = dict.fromkeys(shares.teams, (shares.least, shares.most))
    standing = _complete(shares, bounds)
    if shares.most > shares.least:
        bounds, standing = _drawn_loads(shares, bounds, standing, chances)
    fixed: dict[str, int] = {}
    for workplace in chances.shuffled(shares.workplaces):
        ways = []
        for team in shares.teams:
            mended = _with(shares, bounds, standing, fixed, workplace, team)
            if mended is not None:
                taken = sum(each == team for each in fixed.values())
                ways.append((team, bounds[team][1] - taken, mended))
        ticket = chances.below(sum(room for _, room, _ in ways))
        for team, room, mended in ways:
            ticket -= room
            if ticket < 0:
                fixed[workplace], standing = team, mended
                break
    return {workplace: fixed[workplace] for workplace in shares.workplaces}


def _drawn_loads(
    shares: Shares, bounds: Bounds, standing: dict[str, int], chances: Chances
) -> tuple[Bounds, dict[str, int]]:
    """Draw the teams that make one visit more, each time among those with which a sharing is left; returns exact loads."""
    for _turn in range(len(shares.workplaces) - shares.least * len(shares.teams)):
        ways = []
        for team in shares.teams:
            if bounds[team] == (shares.least, shares.most):
                tried = {**bounds, team: (shares.most, shares.most)}
                mended, _ = _mended(shares, tried, standing, {})
                if mended is not None:
                    ways.append((tried, mended))
        bounds, standing = ways[chances.below(len(ways))]
    exact = {team: (low, low) for team, (low, _) in bounds.items()}
    mended, _ = _mended(shares, exact, standing, {})
    return exact, mended or standing


def _check_each_has_a_team(shares: Shares) -> None:
    for workplace in shares.workplaces:
        if not any(shares.may(team, workplace) for team in shares.teams):
            raise Refused(
                "draw_all_barred",
                gettext_noop("In every team somebody has an interest in the workplace “%(workplace)s”."),
                workplace=workplace,
            )


def _complete(shares: Shares, bounds: Bounds) -> dict[str, int]:
    """Return any even sharing; raises Refused `draw_not_even` where there is none."""
    standing: dict[str, int] = {}
    for workplace in shares.workplaces:
        loads = _loads(shares, standing)
        standing[workplace] = min(
            (team for team in shares.teams if shares.may(team, workplace)), key=lambda t: loads[t]
        )
    mended, stuck = _mended(shares, bounds, standing, {})
    if mended is None:
        raise Refused(
            "draw_not_even",
            gettext_noop(
                "Interests leave no even sharing: with those declared, the teams %(teams)s would have to make visits that no "
                "other team may make, or none is left for them. Change the teams, or draw other numbers."
            ),
            teams=", ".join(map(str, sorted(stuck))),
        )
    return mended


def _with(
    shares: Shares,
    bounds: Bounds,
    standing: Mapping[str, int],
    fixed: Mapping[str, int],
    workplace: str,
    team: int,
) -> dict[str, int] | None:
    """Return an even sharing that keeps what is fixed and gives the workplace to the team, None where there is none."""
    if not shares.may(team, workplace):
        return None
    if standing[workplace] == team:
        return dict(standing)
    mended, _ = _mended(shares, bounds, {**standing, workplace: team}, {**fixed, workplace: team})
    return mended


def _loads(shares: Shares, standing: Mapping[str, int]) -> dict[int, int]:
    loads = dict.fromkeys(shares.teams, 0)
    for team in standing.values():
        loads[team] += 1
    return loads


def _mended(
    shares: Shares, bounds: Bounds, standing: Mapping[str, int], fixed: Mapping[str, int]
) -> tuple[dict[str, int] | None, set[int]]:
    """Return the sharing brought within the bounds by moving what is not fixed; else None and the teams that are stuck."""
    sharing = dict(standing)
    while True:
        loads = _loads(shares, sharing)
        over = next((team for team in shares.teams if loads[team] > bounds[team][1]), None)
        under = next((team for team in shares.teams if loads[team] < bounds[team][0]), None)
        if over is not None:
            moves, reached = _path(shares, sharing, fixed, {over}, {t for t in shares.teams if loads[t] < bounds[t][1]})
        elif under is not None:
            givers = {t for t in shares.teams if loads[t] > bounds[t][0]}
            moves, reached = _path(shares, sharing, fixed, givers, {under})
            reached = {under} if moves is None else reached
        else:
            return sharing, set()
        if moves is None:
            return None, reached
        sharing |= moves


def _path(
    shares: Shares, sharing: Mapping[str, int], fixed: Mapping[str, int], starts: set[int], ends: set[int]
) -> tuple[dict[str, int] | None, set[int]]:
    """Return the moves (workplace -> team) of a shortest chain from a team of `starts` to one of `ends`; else None."""
    of_team: dict[int, list[str]] = {team: [] for team in shares.teams}
    for workplace in shares.workplaces:
        if workplace in sharing and workplace not in fixed:
            of_team[sharing[workplace]].append(workplace)
    came: dict[int, tuple[int, str] | None] = {team: None for team in shares.teams if team in starts}
    waiting = deque(came)
    while waiting:
        team = waiting.popleft()
        if team in ends:
            moves = {}
            while (step := came[team]) is not None:
                before, workplace = step
                moves[workplace] = team
                team = before
            return moves, set(came)
        for workplace in of_team[team]:
            for other in shares.teams:
                if other not in came and shares.may(other, workplace):
                    came[other] = (team, workplace)
                    waiting.append(other)
    return None, set(came)
