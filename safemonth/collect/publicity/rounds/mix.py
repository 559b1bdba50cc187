"""The linear programme behind the bound: how often each leg is driven, over all vehicle-days together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from safemonth.collect.publicity.rounds.cuts import County, Cut, Floats, Numbers

NEIGHBOURS = 10
# A cut that has not mattered for so many turns is dropped, to keep the programme small.
IDLE_TURNS = 4
# Legs left out that would pay are taken in, so many at once.
LEGS_A_TURN = 400


@dataclass(frozen=True)
class Prices:
    """The prices of the rows at an optimum, and the cuts that they belong to."""

    meets: Floats
    count: float
    cuts: tuple[tuple[Cut, float], ...]


class Mix:
    """Two legs meet in every village; between `fewest` and `most` vehicle-days are used; and what cuts are added.

    It holds only legs between near villages and those in `known`; `proved` answers for all legs.
    """

    def __init__(self, county: County, *, fewest: int, most: int, known: Sequence[tuple[int, int]]) -> None:
        self.county, self.fewest, self.most = county, fewest, most
        # Of the solvers that come with OR-Tools the one that stayed sure of itself over hundreds of added rows.
        self.solver = pywraplp.Solver.CreateSolver("CLP")
        self.meets = [self.solver.Constraint(2.0, 2.0) for _ in range(county.n)]
        self.count = self.solver.Constraint(2.0 * fewest, 2.0 * most)
        self.cuts: list[tuple[Cut, pywraplp.Constraint]] = []
        self.idle: list[int] = []
        self.legs: list[pywraplp.Variable] = []
        self.i: Numbers = np.zeros(0, dtype=np.int64)
        self.j: Numbers = np.zeros(0, dtype=np.int64)
        self.is_driving = False
        self.yards = [self.solver.NumVar(0.0, 2.0, "") for _ in range(county.n)]
        for variable, meets in zip(self.yards, self.meets, strict=True):
            meets.SetCoefficient(variable, 1.0)
            self.count.SetCoefficient(variable, 1.0)
        self.add_legs(*_candidates(county, known))
        for limit in county.limits:
            self.add(Cut(np.ones(county.n, dtype=np.bool_), limit=limit))
        self.prices = Prices(np.zeros(county.n), 0.0, ())

    def minimise(self, *, is_driving: bool) -> None:
        """Ask for the least driving (in seconds), or for the fewest vehicle-days."""
        self.is_driving = is_driving
        objective = self.solver.Objective()
        objective.Clear()
        costs = self.county.leg_s[self.i, self.j] if is_driving else np.zeros(len(self.i))
        yard_costs = self.county.yard_s if is_driving else np.full(self.county.n, 0.5)
        for variable, cost in zip([*self.legs, *self.yards], [*costs, *yard_costs], strict=True):
            objective.SetCoefficient(variable, float(cost))
        objective.SetMinimization()

    def use_at_least(self, vehicle_days: int) -> None:
        """Allow no fewer vehicle-days than these."""
        self.fewest = vehicle_days
        self.count.SetBounds(2.0 * vehicle_days, 2.0 * self.most)

    def add_legs(self, i: Numbers, j: Numbers) -> None:
        """Let the legs between villages i[k] and j[k] be driven."""
        new = [self.solver.NumVar(0.0, 1.0, "") for _ in i]
        for variable, a, b in zip(new, i, j, strict=True):
            self.meets[a].SetCoefficient(variable, 1.0)
            self.meets[b].SetCoefficient(variable, 1.0)
            if self.is_driving:
                self.solver.Objective().SetCoefficient(variable, float(self.county.leg_s[a, b]))
        for cut, row in self.cuts:
            self._fill(row, new, cut.on_legs(self.county, i, j))
        self.legs += new
        self.i, self.j = np.concatenate([self.i, i]), np.concatenate([self.j, j])

    def add(self, cut: Cut) -> None:
        """Add an inequality."""
        row = self.solver.Constraint(cut.least, self.solver.infinity())
        self._fill(row, self.legs, cut.on_legs(self.county, self.i, self.j))
        self._fill(row, self.yards, cut.on_yard(self.county))
        self.cuts.append((cut, row))
        self.idle.append(0)

    def solve(self) -> float | None:
        """Return the optimum and keep its prices; None (and the prices before) where the solver found none."""
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        self.prices = Prices(
            meets=np.array([row.dual_value() for row in self.meets]),
            count=float(self.count.dual_value()),
            cuts=tuple((cut, max(float(row.dual_value()), 0.0)) for cut, row in self.cuts),
        )
        return float(self.solver.Objective().Value())

    def driven(self) -> tuple[Floats, Floats]:
        """Return how often each leg is driven: between villages (n, n, symmetric), and to and from the yard (n)."""
        legs = np.zeros((self.county.n, self.county.n))
        legs[self.i, self.j] = [variable.solution_value() for variable in self.legs]
        return legs + legs.T, np.array([variable.solution_value() for variable in self.yards])

    def drop_idle(self) -> None:
        """Let go of cuts whose price has been nought for some turns."""
        kept, idle = [], []
        for (cut, row), (_, price), waited in zip(self.cuts, self.prices.cuts, self.idle, strict=True):
            turns = 0 if price > 1e-9 else waited + 1
            if turns < IDLE_TURNS:
                kept.append((cut, row))
                idle.append(turns)
            else:
                row.Clear()
                row.SetBounds(-self.solver.infinity(), self.solver.infinity())
        self.cuts, self.idle = kept, idle

    def proved(self) -> tuple[float, Numbers, Numbers]:
        """Return the bound that the last prices prove by themselves, and the legs left out that would pay most.

        The sum of price times right-hand side, and for each leg that costs less than the prices it answers the
        difference, as often as it may be driven (Neumaier and Shcherbina 2004, doi:10.1007/s10107-003-0433-3):
        whatever errors the solver made, weak duality holds, and over all legs.
        """
        county, prices = self.county, self.prices
        n, every = county.n, np.arange(county.n)
        left = (county.leg_s if self.is_driving else np.zeros((n, n))) - prices.meets[:, None] - prices.meets[None, :]
        left_yard = (county.yard_s if self.is_driving else np.full(n, 0.5)) - prices.meets - prices.count
        total = 2 * float(prices.meets.sum()) + 2 * prices.count * (self.fewest if prices.count > 0 else self.most)
        for cut, price in prices.cuts:
            if price > 1e-12:
                left -= price * cut.on_legs(county, every[:, None], every[None, :])
                left_yard -= price * cut.on_yard(county)
                total += price * cut.least
        short = np.minimum(np.triu(left, 1), 0.0)
        total += float(short.sum()) + 2 * float(np.minimum(left_yard, 0).sum())
        short[self.i, self.j] = 0.0
        worst = np.argsort(short, axis=None)[:LEGS_A_TURN]
        i, j = np.unravel_index(worst, short.shape)
        pays = short[i, j] < -1e-6
        return total, i[pays], j[pays]

    @staticmethod
    def _fill(row: pywraplp.Constraint, variables: Sequence[pywraplp.Variable], coefficients: Floats) -> None:
        for place in np.flatnonzero(coefficients):
            row.SetCoefficient(variables[int(place)], float(coefficients[place]))


def _candidates(county: County, known: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    """Return the first legs: from each village to its nearest, and those known to be useful; always with i < j."""
    far = np.diag(np.full(county.n, np.iinfo(np.int64).max // 4))
    order = np.argsort(county.leg_s + far, axis=1, kind="stable")[:, : min(NEIGHBOURS, county.n - 1)]
    pairs = {(min(i, int(j)), max(i, int(j))) for i, near in enumerate(order) for j in near}
    pairs |= {(min(i, j), max(i, j)) for i, j in known if i != j}
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()
