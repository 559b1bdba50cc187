"""Rosters by OR-Tools CP-SAT: every limit kept, then as many wishes, as even and as little moved as can be."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ortools.sat.python import cp_model

from safemonth.collect.publicity.consulting.limits import Item, limits_of, wish_limits
from safemonth.collect.publicity.consulting.model import Choices, add_limit, choices_of, solver_of
from safemonth.collect.publicity.consulting.numbering import numbered
from safemonth.collect.publicity.consulting.problem import Placed, Problem
from safemonth.collect.publicity.consulting.reasons import smallest_contradiction

# What a roster costs (docs/figures/roster.md). A wish outweighs any evenness; an uneven site outweighs three booths
# that are moved; how the copies lie is what is left to choose by.
COST_OF_WISH: Final = 10_000
COST_OF_UNEVEN_BOOTH: Final = 1_000
COST_OF_MOVED_BOOTH: Final = 300
COST_OF_COPIES: Final = 1
# Copies at a site may be a quarter off the even share before that costs anything: exact equality runs out of time.
COPIES_BAND_PERCENT: Final = 25

DEFAULT_EFFORT: Final = 5.0

Status = Literal["best", "good", "impossible", "unknown"]


@dataclass(frozen=True)
class Solved:
    """What became of a problem.

    `best`: `places` keep every limit and no roster costs less. `good`: they keep every limit, and the least possible
    cost is between `bound` and `cost`. `impossible`: `reason` is a set of statements that contradict each other, none
    of which can be spared (`is_smallest`: and no fewer do, by `reasons.WEIGHTS`). `unknown`: the effort ran out first.
    """

    status: Status
    places: tuple[Placed, ...] = ()
    cost: int = 0
    bound: int = 0
    reason: tuple[Item, ...] = ()
    is_smallest: bool = False


def solve(problem: Problem, *, seed: int, effort: float = DEFAULT_EFFORT) -> Solved:
    """Return a roster, or why there is none; the same for the same problem, seed and effort."""
    model = cp_model.CpModel()
    choices = choices_of(model, problem)
    for limit in limits_of(problem):
        add_limit(model, choices, limit)
    model.minimize(_cost(model, choices, problem))
    for choice, chosen in choices.items():
        model.add_hint(chosen, int(problem.standing.get(choice[0]) == choice[1]))
    solver = solver_of(seed=seed, effort=effort)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        reason, is_smallest = smallest_contradiction(problem, seed=seed, effort=effort)
        return Solved("impossible", reason=reason, is_smallest=is_smallest)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved("unknown")
    site_of = {booth: site for (booth, site), chosen in choices.items() if solver.boolean_value(chosen)}
    return Solved(
        "best" if status == cp_model.OPTIMAL else "good",
        places=numbered(problem, site_of),
        cost=round(solver.objective_value),
        bound=max(round(solver.best_objective_bound), 0),
    )


def can_be_done(problem: Problem, *, seed: int, effort: float = DEFAULT_EFFORT) -> bool | None:
    """Return whether any roster keeps every limit; None where the effort ran out first."""
    model = cp_model.CpModel()
    choices = choices_of(model, problem)
    for limit in limits_of(problem):
        add_limit(model, choices, limit)
    status = solver_of(seed=seed, effort=effort).solve(model)
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)


def _cost(model: cp_model.CpModel, choices: Choices, problem: Problem) -> cp_model.LinearExprT:
    costs: list[tuple[int, cp_model.LinearExprT]] = []
    for wish in problem.wishes:
        if not wish.is_must:
            kept = model.new_bool_var(f"kept {wish.key}")
            for limit in wish_limits(problem, wish):
                add_limit(model, choices, limit, where=[kept])
            costs.append((COST_OF_WISH, 1 - kept))
    fewest, most = even_share(problem)
    copies = _thousandths(problem)
    share = 1000 // max(len(problem.sites), 1)
    for site in problem.sites:
        here = [choices[booth.code, site.code] for booth in problem.booths]
        count = cp_model.LinearExpr.sum(here)
        off_share = _distance(model, count, least=fewest[site.code], most=most[site.code])
        costs.append((COST_OF_UNEVEN_BOOTH, off_share))
        if any(copies.values()):
            brought = cp_model.LinearExpr.weighted_sum(here, [copies[booth.code] for booth in problem.booths])
            band = share * COPIES_BAND_PERCENT // 100
            costs.append((COST_OF_COPIES, _distance(model, brought, least=share - band, most=share + band)))
    costs += [(COST_OF_MOVED_BOOTH, 1 - choices[choice]) for choice in problem.standing.items() if choice in choices]
    return cp_model.LinearExpr.weighted_sum([cost for _, cost in costs], [factor for factor, _ in costs])


def _distance(model: cp_model.CpModel, count: cp_model.LinearExprT, *, least: int, most: int) -> cp_model.IntVar:
    """Return how far a count is from the stretch between two numbers, where the cost keeps it as small as can be."""
    distance = model.new_int_var(0, 10_000, "")
    model.add(count - most <= distance)
    model.add(least - count <= distance)
    return distance


def even_share(problem: Problem) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how many booths each site has in an even roster, from and to (the same, or one apart).

    A site that holds fewer than its share is full, and what it does not hold is shared among the others; a site that
    needs more than its share has what it needs.
    """
    fewest: dict[str, int] = defaultdict(int)
    most: dict[str, int] = defaultdict(int)
    left, open_sites = len(problem.booths), list(problem.sites)
    while open_sites:
        share, rest = divmod(left, len(open_sites))
        fixed = [site for site in open_sites if site.holds <= share or site.least > share + bool(rest)]
        if not fixed:
            for site in open_sites:
                fewest[site.code], most[site.code] = share, share + bool(rest)
            break
        site = fixed[0]
        fewest[site.code] = most[site.code] = site.holds if site.holds <= share else site.least
        left = max(left - most[site.code], 0)
        open_sites.remove(site)
    return fewest, most


def _thousandths(problem: Problem) -> Mapping[str, int]:
    total = sum(booth.copies for booth in problem.booths)
    return {booth.code: round(1000 * booth.copies / total) if total else 0 for booth in problem.booths}
