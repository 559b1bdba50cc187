"""A lower bound for a sum over strata, from the product of what the bets in each stratum won.

At the true means every stratum's wealth is won by fair bets, so the product is too, in whatever order the strata
are visited. The bound is the least sum w_k m_k among the means whose product of wealth never reached 1 / risk. Each
logarithm is convex, so this is a convex problem, and each multiplier gives a sum that is certainly not too large
(Lagrange's weak duality): that is what is returned, so that an inexact search only widens. After the union-of-
intersections tests of Spertus, Sridhar and Stark (arXiv 2409.06680).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safemonth.figures.estimates.betting import Draws, Floats, log_steps

# The mean of what is left is sought up to so many times the most that is expected of one.
FURTHEST = 64.0
HALVINGS = 36


@dataclass(frozen=True)
class Stratum:
    """One stratum at each of several looks: its weight (> 0, one a look), its draws so far (look x draw), and the bets."""

    weight: Floats
    draws: Draws
    bets: Floats


def least_sum(strata: Sequence[Stratum], *, risk: float) -> Floats:
    """Return for each look the lower bound for the sum of weight * mean; all strata have the same looks.

    Each bound uses the wealth at its own look; the largest so far holds too, as all hold at once with 1 - `risk`.
    """
    looks = strata[0].draws.values.shape[0]
    total = sum((stratum.weight for stratum in strata), np.zeros(looks))
    best = sum((stratum.weight * stratum.draws.known for stratum in strata), np.zeros(looks))
    limit = float(np.log(1 / risk))
    low, high = np.log(total * 1e-9), np.log(total * 1e3)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        multiplier = np.exp(middle)
        cost, log_wealth = np.zeros(looks), np.zeros(looks)
        for stratum in strata:
            mean, log_of_stratum = _least_mean(stratum, multiplier)
            cost += stratum.weight * mean
            log_wealth += log_of_stratum
        best = np.maximum(best, cost + multiplier * (log_wealth - limit))
        is_too_little = log_wealth > limit  # the means are still rejected: a larger multiplier
        low, high = np.where(is_too_little, middle, low), np.where(is_too_little, high, middle)
    return best


def _least_mean(stratum: Stratum, multiplier: Floats) -> tuple[Floats, Floats]:
    """Return, for each look, the mean that makes weight * mean + multiplier * log wealth least, and the log wealth."""
    draws, bets = stratum.draws, stratum.bets
    past, left = draws.past, draws.left
    still = np.maximum(1 - np.where(draws.made, draws.shares, 0).sum(axis=1), 0)
    still = np.where(still < 1e-12, 0, still)
    # What a draw found at the very edge of what is possible makes the wealth infinite: begin just inside.
    low = draws.known + still * 1e-12
    high = draws.known + still * FURTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        drawn_mean = np.maximum((middle[:, None] - past) / left, 1e-12)
        falls = bets * draws.values / (left * drawn_mean * ((1 - bets) * drawn_mean + bets * draws.values + 1e-300))
        slope = stratum.weight - multiplier * np.where(draws.made, falls, 0).sum(axis=1)
        low, high = np.where(slope < 0, middle, low), np.where(slope < 0, high, middle)
    mean = (low + high) / 2
    steps = log_steps(mean, draws, bets, past, left)
    # Where the stratum is known, its mean is: a draw's factor is then 1 up to rounding, never infinite.
    return mean, np.where(np.isinf(steps), 0, steps).sum(axis=1)
