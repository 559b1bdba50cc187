"""Draws supervision teams so that anyone with the seed draws the same, with whatever solver they have.

Each person gets for each team a number out of the seed; of all ways to form teams that keep every statement, the one
with the least sum is the draw. The least sum belongs to one way only (two sums of numbers below 2^40 agree with a chance
of less than one in 10^9; where they do, the draw is refused), so the answer follows from the problem and the seed, and
not from the solver. Units are then drawn for the teams in the same manner. docs/figures/teams.md has an example.
"""

from collections.abc import Collection, Mapping
from typing import Final

from ortools.sat.python import cp_model

from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.verify.teams.problem import Drawn, Limit, Problem, common_days, limits_of

METHOD: Final = "least-sum 1"
# In CP-SAT's own time, so that a slow machine draws what a quick one does; ten people and sixty units take under one.
EFFORT: Final = 60.0
WEIGHTS_BELOW: Final = 2**40

Bools = dict[tuple[str, int], cp_model.IntVar]


class _Model:
    """Who is in which team, which team visits which unit, on which days a team goes out."""

    def __init__(self, problem: Problem, kept: Collection[Limit]) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.teams = range(1, problem.team_count + 1)
        self.people: Bools = {
            (each.key, team): self.model.new_bool_var(f"person {each.key} {team}")
            for each in problem.nominees
            for team in self.teams
        }
        self.visits: Bools = {
            (unit, team): self.model.new_bool_var(f"unit {unit} {team}")
            for unit in problem.units
            for team in self.teams
        }
        self.goes: Bools = {
            (day, team): self.model.new_bool_var(f"day {day} {team}") for day in problem.days for team in self.teams
        }
        for each in problem.nominees:
            self.model.add_exactly_one(self.people[each.key, team] for team in self.teams)
        for unit in problem.units:
            self.model.add_exactly_one(self.visits[unit, team] for team in self.teams)
        for limit in kept:
            self._keep(limit)

    def _keep(self, limit: Limit) -> None:
        problem, model = self.problem, self.model
        match limit.kind:
            case "mixed":
                self._evenly(self.people, [each.key for each in problem.nominees if each.body == limit.of])
            case "even_size":
                self._evenly(self.people, [each.key for each in problem.nominees])
            case "even_load":
                self._evenly(self.visits, problem.units)
            case "barred":
                tied = [each.key for each in problem.nominees if limit.of in each.may_not_visit]
                for team in self.teams:
                    for key in tied:
                        model.add(self.people[key, team] + self.visits[limit.of, team] <= 1)
            case "days":
                nominee = next(each for each in problem.nominees if each.key == limit.of)
                for day in problem.days:
                    if day not in nominee.days:
                        for team in self.teams:
                            model.add(self.people[nominee.key, team] + self.goes[day, team] <= 1)
            case "room":
                for team in self.teams:
                    went = sum(self.goes[day, team] for day in problem.days)
                    model.add(sum(self.visits[unit, team] for unit in problem.units) <= problem.a_day * went)

    def _evenly(self, of: Bools, keys: Collection[str]) -> None:
        """No team has more than one of these above another."""
        least, more = divmod(len(keys), self.problem.team_count)
        for team in self.teams:
            count = sum(of[key, team] for key in keys)
            self.model.add(count >= least)
            self.model.add(count <= least + bool(more))

    def solved(self) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
        """Solve it on one thread, in the solver's own time."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = EFFORT
        return solver.solve(self.model), solver


def draw(problem: Problem, *, seed: str) -> Drawn:
    """Draw the teams and the units that each visits; the same problem and seed give the same draw everywhere.

    Raises Refused `team_draw_no_teams` where there are fewer people than teams, `team_draw_impossible` where the
    statements contradict each other (`contradiction` says which), `team_draw_unsettled` where the effort did not reach
    or the seed does not decide.
    """
    if problem.team_count < 1 or len(problem.nominees) < problem.team_count:
        raise Refused(
            "team_draw_no_teams",
            gettext_noop("%(people)s people cannot form %(teams)s teams."),
            people=len(problem.nominees),
            teams=problem.team_count,
        )
    kept = tuple(limits_of(problem))
    team_of = _least(_Model(problem, kept), "people", seed=seed, fixed={})
    visited_by = _least(_Model(problem, kept), "visits", seed=seed, fixed=team_of)
    return Drawn(team_of=team_of, visited_by=visited_by, days_of=common_days(problem, team_of))


def _least(built: _Model, what: str, *, seed: str, fixed: Mapping[str, int]) -> dict[str, int]:
    """Return key -> team with the least sum of the seed's numbers, people being where `fixed` says."""
    for key, team in fixed.items():
        built.model.add(built.people[key, team] == 1)
    bools: Bools = built.people if what == "people" else built.visits
    if not bools:
        return {}
    chances = Chances(seed=seed, witness="", frame_sha256=built.problem.sha256, purpose=what)
    weights = {place: chances.below(WEIGHTS_BELOW) for place in sorted(bools)}
    built.model.minimize(sum(weights[place] * bools[place] for place in bools))
    status, solver = built.solved()
    if status == cp_model.INFEASIBLE:
        raise Refused("team_draw_impossible", gettext_noop("No teams can be formed that keep all of this."))
    if status != cp_model.OPTIMAL:
        raise Refused("team_draw_unsettled", gettext_noop("The draw could not be settled. Draw with another seed."))
    chosen = {key: team for (key, team), var in bools.items() if solver.boolean_value(var)}
    _check_only(built, bools, chosen, total=sum(weights[place] for place in chosen.items()), weights=weights)
    return chosen


def _check_only(
    built: _Model, bools: Bools, chosen: Mapping[str, int], *, total: int, weights: Mapping[tuple[str, int], int]
) -> None:
    """Refuse where another way has the same sum: then the seed does not say which is drawn."""
    built.model.clear_objective()
    built.model.add(sum(weights[place] * bools[place] for place in bools) == total)
    built.model.add(sum(bools[place] for place in chosen.items()) <= len(chosen) - 1)
    status, _ = built.solved()
    if status != cp_model.INFEASIBLE:
        raise Refused("team_draw_unsettled", gettext_noop("The draw could not be settled. Draw with another seed."))


def contradiction(problem: Problem) -> tuple[Limit, ...]:
    """Return statements that cannot all be kept and none of which can be spared; empty where all can be.

    One statement after the other is left out, and put back where the rest can then be kept: what stays is minimal (not
    always the smallest such set).
    """
    kept = list(limits_of(problem))
    if _can_be(problem, kept):
        return ()
    # What a clerk can least do anything about is tried last, so that it is spared last.
    for limit in sorted(kept, key=lambda each: (each.kind not in ("even_load", "even_size", "mixed"), each)):
        rest = [each for each in kept if each != limit]
        if not _can_be(problem, rest):
            kept = rest
    return tuple(kept)


def _can_be(problem: Problem, kept: Collection[Limit]) -> bool:
    status, _ = _Model(problem, kept).solved()
    return status != cp_model.INFEASIBLE
