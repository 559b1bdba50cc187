"""Made counties to estimate: how many units and visits, and how the units cheat."""

from dataclasses import dataclass

import numpy as np

from safemonth.figures.estimates.betting import Floats


@dataclass(frozen=True)
class Cheating:
    """Which units claim what is not there (shares 0 to 1), and what is stated beforehand about under-reporting.

    Inflated claims are 1.2 to 3 times the truth, fabricated ones have nothing behind them; of under-reporting units
    there is 1.05 to `cap` times the claim; `silent` ones claim nothing but have something.
    """

    name: str
    inflated: float = 0.0
    fabricated: float = 0.0
    under_reported: float = 0.0
    silent: float = 0.0
    cap: float = 1.0


@dataclass(frozen=True)
class Scenario:
    """A county of `units` in `strata` kinds, of which `visits` are visited; sizes are lognormal with `spread`."""

    units: int
    visits: int
    cheating: Cheating
    strata: int = 1
    spread: float = 1.0

    @property
    def name(self) -> str:
        """What the scenario is called in tables."""
        strata = f", {self.strata} kinds" if self.strata > 1 else ""
        return f"{self.units} units, {self.visits} visits{strata}: {self.cheating.name}"


CHEATING = (
    Cheating("none"),
    Cheating("none, cap 1.5", cap=1.5),
    Cheating("2 % fabricated", fabricated=0.02),
    Cheating("10 % fabricated", fabricated=0.10),
    Cheating("30 % fabricated", fabricated=0.30),
    Cheating("5 % inflated", inflated=0.05),
    Cheating("15 % inflated", inflated=0.15),
    Cheating("50 % inflated", inflated=0.50),
    Cheating("10 % inflated, 5 % fabricated", inflated=0.10, fabricated=0.05),
    Cheating("15 % under-reported, cap 1.5", under_reported=0.15, cap=1.5),
    Cheating("15 % inflated, 30 % under, cap 1.5", inflated=0.15, under_reported=0.30, cap=1.5),
    Cheating("10 % silent, cap 2", silent=0.10, cap=2.0),
)
SIZES = ((30, 6, 1), (60, 12, 1), (120, 30, 1), (400, 60, 1), (60, 15, 3))
SCENARIOS = tuple(Scenario(units, visits, cheating, strata) for units, visits, strata in SIZES for cheating in CHEATING)
# The two cells of the aims: lognormal claims, 15 % inflated.
AIMED = (
    Scenario(60, 12, Cheating("15 % inflated", inflated=0.15)),
    Scenario(400, 60, Cheating("15 % inflated", inflated=0.15)),
)


@dataclass(frozen=True)
class Counties:
    """Many made counties (run x unit): claims, what is there, the size drawn by, the most taken to be there."""

    claimed: Floats
    there: Floats
    sizes: Floats
    most: Floats
    kinds: Floats


def make_counties(scenario: Scenario, *, runs: int, rng: np.random.Generator) -> Counties:
    """Return `runs` counties of a scenario. Silent units are drawn by half the median positive claim.

    That is the most they have, and the stated cap for nothing claimed.
    """
    shape, cheating = (runs, scenario.units), scenario.cheating
    there = np.exp(rng.normal(0, scenario.spread, shape))
    lot = rng.random(shape)
    claimed = there.copy()
    edges = np.cumsum([cheating.inflated, cheating.fabricated, cheating.under_reported, cheating.silent])
    claimed = np.where(lot < edges[0], there * rng.uniform(1.2, 3, shape), claimed)
    there = np.where((lot >= edges[0]) & (lot < edges[1]), 0, there)
    under = (lot >= edges[1]) & (lot < edges[2])
    claimed = np.where(under, there / rng.uniform(1.05, max(cheating.cap, 1.05), shape), claimed)
    is_silent = (lot >= edges[2]) & (lot < edges[3])
    claimed = np.where(is_silent, 0, claimed)
    middle = np.nanmedian(np.where(claimed > 0, claimed, np.nan), axis=1, keepdims=True)
    there = np.where(is_silent, rng.random(shape) * middle / 2, there)
    zero_most = middle / 2 if cheating.silent else np.zeros_like(middle)
    return Counties(
        claimed=claimed,
        there=there,
        sizes=np.where(claimed > 0, claimed, middle / 2),
        most=np.where(claimed > 0, claimed * cheating.cap, zero_most),
        kinds=np.tile(np.arange(scenario.units) % scenario.strata, (runs, 1)).astype(float),
    )
