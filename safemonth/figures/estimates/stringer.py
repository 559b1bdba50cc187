"""The Stringer bound on overstatement, and how many items an audit table asks for (docs/figures/stringer.md)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Literal

from safemonth.figures.estimates.quantiles import binomial_upper, gamma_cumulative, poisson_upper

Factors = Literal["binomial", "poisson"]


def stringer_bound(taints: Sequence[float], *, items: int, risk: float = 0.05, factors: Factors = "binomial") -> float:
    """Return the upper bound (0 to 1, or more with Poisson factors) of the share of claimed size that is overstated.

    `taints` are the overstated shares ((claimed - audited) / claimed, 0 to 1; noughts may be left out) among `items`
    drawn in proportion to size: p_0 + sum_j (p_j - p_(j-1)) z_(j), the z in falling order, p_j the upper bound for j
    errors at `risk` (Stringer 1963; Bickel 1992, doi:10.2307/1403653). Conservative wherever it was tried; not proved.
    ValueError for no items, more taints than items, or a taint outside 0 to 1.
    """
    falling = sorted((taint for taint in taints if taint != 0), reverse=True)
    if items < 1 or len(falling) > items or any(not 0 <= taint <= 1 for taint in falling):
        raise ValueError("taints are shares from 0 to 1, of items drawn")
    bounds = [error_bound(count, items, risk, factors) for count in range(len(falling) + 1)]
    return bounds[0] + sum(
        (after - before) * taint for (before, after), taint in zip(pairwise(bounds), falling, strict=True)
    )


@lru_cache(maxsize=100_000)
def error_bound(found: int, items: int, risk: float, factors: Factors = "binomial") -> float:
    """Return the upper bound of an error rate after `found` errors among `items`: Clopper-Pearson, or Poisson factor / n."""
    return binomial_upper(found, items, risk) if factors == "binomial" else poisson_upper(found, risk) / items


def items_needed(*, tolerable: float, risk: float = 0.05, expected: float = 0.0) -> int:
    """Return how many items a monetary-unit sample needs: AICPA, Audit Guide: Audit Sampling, Table C-1.

    The smallest n whose Poisson bound, after misstatement of `expected` (as a share of the whole) was found, is at most
    `tolerable` (a share): P(gamma(1 + n * expected) <= n * tolerable) >= 1 - risk. ValueError unless
    0 <= expected < tolerable <= 1.
    """
    if not 0 <= expected < tolerable <= 1 or not 0 < risk < 1:
        raise ValueError("what is expected is less than what is tolerable")

    def is_enough(items: int) -> bool:
        return gamma_cumulative(1 + items * expected, items * tolerable) >= 1 - risk

    high = ceil(1 / tolerable)
    while not is_enough(high):
        high *= 2
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
