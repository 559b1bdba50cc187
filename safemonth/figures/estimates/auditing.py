"""The classical estimators of auditing, from a simple random sample of items (docs/figures/classical-errors.md).

Each gives the total misstatement: claimed less audited, summed over the population. Touw and Hoogduin, Statistiek voor
Audit en Controlling (2011), the forms of R's `jfa` (method "difference", "quotient", "regression"); intervals by
Student's t with n - 1 degrees, without a correction for the finite population, as there.
"""

from collections.abc import Sequence

import numpy as np

from safemonth.figures.estimates.approximation import Approximation


def difference_estimate(claimed: Sequence[float], audited: Sequence[float], *, population: int) -> Approximation:
    """Return N * mean(claimed - audited). ValueError for fewer than 2 items or lists of different lengths."""
    said, found = _pair(claimed, audited)
    errors = said - found
    scale = population / np.sqrt(said.size)
    return Approximation(
        "difference", float(population * errors.mean()), float(scale * errors.std(ddof=1)), said.size - 1
    )


def quotient_estimate(claimed: Sequence[float], audited: Sequence[float], *, population: int) -> Approximation:
    """Return N * (1 - q) * mean(claimed), q = mean(audited) / mean(claimed); errors as `difference_estimate`."""
    said, found = _pair(claimed, audited)
    quotient = found.mean() / said.mean()
    spread = (found - quotient * said).std(ddof=1)
    scale = population / np.sqrt(said.size)
    return Approximation(
        "quotient", float(population * (1 - quotient) * said.mean()), float(scale * spread), said.size - 1
    )


def regression_estimate(
    claimed: Sequence[float], audited: Sequence[float], *, population: int, claimed_total: float
) -> Approximation:
    """Return claimed total less (N mean(audited) + b (claimed total - N mean(claimed))), b the slope of audited on claimed.

    The spread is sd(audited) * sqrt(1 - r**2), as the sources have it (n - 1, not n - 2). Errors as
    `difference_estimate`.
    """
    said, found = _pair(claimed, audited)
    slope = np.cov(said, found)[0, 1] / said.var(ddof=1)
    spread = (found - slope * said).std(ddof=1)
    total = population * found.mean() + slope * (claimed_total - population * said.mean())
    scale = population / np.sqrt(said.size)
    return Approximation("regression", float(claimed_total - total), float(scale * spread), said.size - 1)


def _pair(claimed: Sequence[float], audited: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    said, found = np.asarray(claimed, dtype=float), np.asarray(audited, dtype=float)
    if said.shape != found.shape or said.size < 2:
        raise ValueError("as many audited as claimed numbers, 2 at least")
    return said, found
