"""A lower bound for a mean under successive sampling, valid after every draw: wealth won by fair bets.

Waudby-Smith and Ramdas 2024 (doi:10.1093/jrsssb/qkad009); without replacement and weighted: Waudby-Smith, Stark and
Ramdas 2021 (RiLACS, doi:10.1007/978-3-030-86942-7_9), Shekhar, Xu, Lipton, Liang and Ramdas 2023 (arXiv 2305.06884).

All arrays are run x draw: many samples are reckoned at once, and one sample is an array of one row. Of a population
with shares w (> 0, sum 1) and values f (>= 0), draw t takes one of those left with a chance proportional to w. Left
share L_t = 1 - sum of drawn w; so the draw's mean is mu_t = (m - sum of drawn w f) / L_t if the population's mean
sum(w f) is m. Wealth is multiplied by 1 + c_t (f_t / mu_t - 1), 0 <= c_t <= 1, which is a fair bet then. By Ville's
inequality the wealth at the true m ever reaches 1 / risk with a chance of at most `risk`: all m that are
ever rejected lie below the truth at once, but with that chance. Nothing is assumed of f but f >= 0, and nothing of c_t
but that it is chosen before draw t. Wealth falls and its logarithm is convex in m (1 / mu_t is), so the rejected m are
those below one number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# The one tuned bet (docs/figures/betting-interval.md): never all at once, and what is expected before the first draw.
MOST_BET = 0.95
PRIOR_DRAWS = 1.5
PRIOR_VARIANCE = 0.05
LEAST_MEAN = 0.05
HALVINGS = 50
NEXT_TO_NOTHING = 1e-9


@dataclass(frozen=True)
class Draws:
    """Samples in the order drawn: `values` f (>= 0) and `shares` w (0 to 1), run x draw.

    A draw that was not made (rows of different lengths) has `made` false; its value and share make no difference.
    """

    values: Floats
    shares: Floats
    made: Bools

    @property
    def past(self) -> Floats:
        """Sum of w f before each draw."""
        return _before(np.where(self.made, self.shares * self.values, 0))

    @property
    def left(self) -> Floats:
        """Share left before each draw (> 0)."""
        return np.maximum(1 - _before(np.where(self.made, self.shares, 0)), 1e-15)

    @property
    def known(self) -> Floats:
        """Sum of w f of all draws, one for each run: the mean is at least that."""
        return np.asarray(np.where(self.made, self.shares * self.values, 0).sum(axis=1))


def _before(steps: Floats) -> Floats:
    return np.cumsum(steps, axis=1) - steps


def bets_on(draws: Draws, *, planned: Floats, risk: float, expected: float, spread: float = 1.0) -> Floats:
    """Return the share of wealth bet on each draw (0 to 0.95), from the draws before it alone.

    c = mean * sqrt(2 ln(1 / risk) / (planned * variance)), Waudby-Smith and Ramdas' predictable bet for a planned
    number of draws (their section 3.2), with running mean and variance that start from `expected` (worth
    one draw) and 0.05 * spread**2 (worth 1.5). `planned` (>= 1) is one number for each run. Any choice is valid;
    this one decides the width only.
    """
    count = _before(draws.made.astype(float))
    values = np.where(draws.made, draws.values, 0)
    mean = (expected + _before(values)) / (1 + count)
    squares = _before(np.where(draws.made, (draws.values - mean) ** 2, 0))
    variance = (PRIOR_DRAWS * PRIOR_VARIANCE * spread**2 + squares) / (PRIOR_DRAWS + count)
    stake = np.sqrt(2 * np.log(1 / risk) / (planned[:, None] * variance))
    return np.minimum(MOST_BET, stake * np.maximum(mean, LEAST_MEAN))


def log_steps(mean: Floats, draws: Draws, bets: Floats, past: Floats, left: Floats) -> Floats:
    """Return the logarithm of each draw's factor if the population's mean were `mean` (one for each run).

    Infinite where so small a mean is impossible after the draws before. A mean of 0 for those left is possible: it
    counts as next to nothing, so that only a value above 0 speaks against it.
    """
    drawn_mean = (mean[:, None] - past) / left
    is_possible = drawn_mean > -NEXT_TO_NOTHING
    steps = np.log1p(bets * (draws.values / np.maximum(drawn_mean, NEXT_TO_NOTHING) - 1))
    return np.where(draws.made, np.where(is_possible, steps, np.inf), 0)


def highest_log_wealth(mean: Floats, draws: Draws, bets: Floats) -> Floats:
    """Return the logarithm of the largest wealth after any draw, one for each run; 0 before the first draw."""
    return _highest(log_steps(mean, draws, bets, draws.past, draws.left))


def _highest(steps: Floats) -> Floats:
    steps = np.where(np.isinf(steps), 1e9, steps)
    return np.maximum(np.cumsum(steps, axis=1).max(axis=1, initial=0), 0)


def lower_bound(draws: Draws, bets: Floats, *, risk: float) -> Floats:
    """Return, for each run, the bound below which every mean was rejected after some draw (`risk` of being wrong ever).

    It is never below what the draws themselves make certain, and 0 without draws.
    """
    past, left = draws.past, draws.left
    known = draws.known
    low, high = known.copy(), np.maximum(known, draws.values.max(axis=1, initial=1)) + 1
    limit = float(np.log(1 / risk))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_rejected = _highest(log_steps(middle, draws, bets, past, left)) >= limit
        low, high = np.where(is_rejected, middle, low), np.where(is_rejected, high, middle)
    return low
