"""Why a roster cannot be made: the smallest set of wishes and limits that contradict each other.

Found by implicit hitting sets (Ignatiev, Previti, Liffiton and Marques-Silva, "Smallest MUS extraction with minimal
hitting set dualization", CP 2015, doi:10.1007/978-3-319-23219-5_13): a smallest set that meets every known way to mend
the problem is tried; if it can be kept, what must be dropped beside it is another way to mend; if not, it is the
answer. Where that takes too long, the core that CP-SAT finds under assumptions is shrunk until none can be spared.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from safemonth.collect.publicity.consulting.limits import Item, ItemKind, Limit, items_of, limits_of
from safemonth.collect.publicity.consulting.model import add_limit, choices_of, solver_of
from safemonth.collect.publicity.consulting.problem import Problem

# "Each of these units needs a place" is one sentence however many there are; every wish and limit is one of its own.
WEIGHTS: Final[Mapping[ItemKind, int]] = {"needs_place": 1}
WEIGHT: Final = 100
# Rounds of the search for the smallest before the shrunk core is taken.
MOST_ROUNDS: Final = 150
# A question costs this at least: building its model takes time that CP-SAT does not count.
LEAST_PAID: Final = 0.01


def smallest_contradiction(problem: Problem, *, seed: int, effort: float) -> tuple[tuple[Item, ...], bool]:
    """Return statements that cannot all be kept, and whether no lighter set contradicts; none of them can be spared.

    The weight of a set is the number of its wishes and limits, then the number of units that need a place. To be asked
    only of a problem that cannot be solved. The search for the smallest takes `effort` in all, each question of the
    shrinking a tenth; where that is too little, the answer may hold something that could be spared.
    """
    items, limits, purse = items_of(problem), limits_of(problem), _Purse(seed=seed, left=effort)
    mends: list[frozenset[Item]] = []
    for _ in range(MOST_ROUNDS):
        tried = _lightest_hitting(mends, purse)
        if tried is None:
            break
        dropped = _fewest_dropped(problem, limits, items, kept=tried, purse=purse)
        if dropped is None:
            return _in_order(items, tried), True
        if not dropped:
            break
        mends.append(dropped)
    core = _core_under_assumptions(problem, limits, items, seed=seed, effort=effort / 10)
    return _in_order(items, _shrunk(problem, limits, core, seed=seed, effort=effort / 10)), False


@dataclass
class _Purse:
    """The effort that is left for a search of many questions."""

    seed: int
    left: float

    def solve(self, model: cp_model.CpModel) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
        """Ask one question with what is left, and pay for it; with nothing left the answer is unknown."""
        solver = solver_of(seed=self.seed, effort=max(self.left, 0.0))
        status = solver.solve(model)
        self.left -= max(solver.response_proto.deterministic_time, LEAST_PAID)
        return status, solver


def _in_order(items: Iterable[Item], chosen: Collection[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if item in chosen)


def _weight(item: Item) -> int:
    return WEIGHTS.get(item.kind, WEIGHT)


def _lightest_hitting(mends: Collection[frozenset[Item]], purse: _Purse) -> frozenset[Item] | None:
    """Return the lightest set that has an item of each mend; None where the effort ran out."""
    model = cp_model.CpModel()
    chosen = {item: model.new_bool_var(f"{item}") for item in sorted(frozenset().union(*mends))}
    for mend in mends:
        model.add_bool_or([chosen[item] for item in sorted(mend)])
    model.minimize(sum(_weight(item) * literal for item, literal in chosen.items()))
    status, solver = purse.solve(model)
    if status != cp_model.OPTIMAL:
        return None
    return frozenset(item for item, literal in chosen.items() if solver.boolean_value(literal))


def _fewest_dropped(
    problem: Problem,
    limits: Iterable[Limit],
    items: Collection[Item],
    *,
    kept: Collection[Item],
    purse: _Purse,
) -> frozenset[Item] | None:
    """Return few items without which all others, `kept` among them, can be kept; None where `kept` cannot.

    The fewest where the effort reaches; any such set serves the search. Empty: everything can be kept, or it is not
    known.
    """
    model = cp_model.CpModel()
    choices = choices_of(model, problem)
    literals = {item: model.new_bool_var(f"{item}") for item in sorted(items)}
    for limit in limits:
        needed = [literals[item] for item in sorted(limit.items) if item not in kept]
        add_limit(model, choices, limit, where=needed)
    for item in kept:
        model.add(literals[item] == 1)
    model.maximize(sum(literals.values()))
    status, solver = purse.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return frozenset()
    return frozenset(item for item, literal in literals.items() if not solver.boolean_value(literal))


def _core_under_assumptions(
    problem: Problem, limits: Iterable[Limit], items: Collection[Item], *, seed: int, effort: float
) -> frozenset[Item]:
    """Return the items that CP-SAT names as sufficient for the contradiction; all of them where it names none."""
    model = cp_model.CpModel()
    choices = choices_of(model, problem)
    literals = {item: model.new_bool_var(f"{item}") for item in sorted(items)}
    for limit in limits:
        add_limit(model, choices, limit, where=[literals[item] for item in sorted(limit.items)])
    model.add_assumptions(list(literals.values()))
    solver = solver_of(seed=seed, effort=effort)
    if solver.solve(model) != cp_model.INFEASIBLE:
        return frozenset(items)
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return frozenset(item for item, literal in literals.items() if literal.index in named) or frozenset(items)


def _shrunk(
    problem: Problem, limits: Collection[Limit], core: frozenset[Item], *, seed: int, effort: float
) -> frozenset[Item]:
    """Return a part of `core` that contradicts and of which nothing can be spared; heavy items are tried first."""
    for item in sorted(core, key=lambda item: (-_weight(item), item)):
        less = core - {item}
        model = cp_model.CpModel()
        choices = choices_of(model, problem)
        for limit in limits:
            if limit.items <= less:
                add_limit(model, choices, limit)
        if solver_of(seed=seed, effort=effort).solve(model) == cp_model.INFEASIBLE:
            core = less
    return core
