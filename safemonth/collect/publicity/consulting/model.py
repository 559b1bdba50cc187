"""The CP-SAT model of a roster: one choice for each booth and site, and the limits on them."""

from collections.abc import Collection, Mapping

from ortools.sat.python import cp_model

from safemonth.collect.publicity.consulting.limits import Choice, Limit
from safemonth.collect.publicity.consulting.problem import Problem

Choices = Mapping[Choice, cp_model.IntVar]


def choices_of(model: cp_model.CpModel, problem: Problem) -> Choices:
    """Add a choice (0 or 1) for each booth and site of the problem."""
    return {
        (booth.code, site.code): model.new_bool_var(f"{booth.code}@{site.code}")
        for booth in problem.booths
        for site in problem.sites
    }


def add_limit(
    model: cp_model.CpModel, choices: Choices, limit: Limit, *, where: Collection[cp_model.IntVar] = ()
) -> None:
    """Add a limit that holds where all literals of `where` are true; an unknown booth or site is a choice of 0.

    Written as plain inequalities with a slack for each literal that is false, not as CP-SAT's conditional ones: those
    are left out of its linear relaxation, and 21 units for 20 places then take minutes instead of milliseconds.
    """
    terms = [(factor, choices[choice]) for factor, choice in limit.terms if choice in choices]
    total = cp_model.LinearExpr.weighted_sum([chosen for _, chosen in terms], [factor for factor, _ in terms])
    slack = len(where) - sum(where)
    if limit.most is not None:
        beyond = max(sum(factor for factor, _ in terms if factor > 0) - limit.most, 0)
        model.add(total <= limit.most + beyond * slack)
    if limit.least is not None:
        short = max(limit.least - sum(factor for factor, _ in terms if factor < 0), 0)
        model.add(total >= limit.least - short * slack)


def solver_of(*, seed: int, effort: float) -> cp_model.CpSolver:
    """Return a solver that gives the same answer for the same model, seed and effort on every machine.

    `effort` is CP-SAT's deterministic time (about a second on a fast machine for 1.0): a limit by the clock would let
    the machine's load decide. One worker, since several race each other.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    # All limits into the linear relaxation: it sees at once that 21 do not fit into 20, where search alone does not.
    solver.parameters.linearization_level = 2
    return solver
