"""The Horvitz-Thompson total and its usual errors (docs/figures/horvitz-thompson.md, docs/figures/classical-errors.md)."""

from collections.abc import Sequence

import numpy as np

from safemonth.figures.estimates.approximation import Approximation, approximation
from safemonth.figures.estimates.betting import Floats


def horvitz_thompson(values: Sequence[float], chances: Sequence[float]) -> float:
    """Return sum(value / inclusion probability), unbiased (Horvitz and Thompson 1952, doi:10.2307/2280784).

    No values give 0. ValueError where a probability is not above 0 and at most 1.
    """
    return float(_expanded(values, chances).sum())


def total_by_brewer(values: Sequence[float], chances: Sequence[float]) -> Approximation:
    """Return the total with Brewer's error, which needs no joint probabilities.

    n/(n-1) sum (1 - p_i) (y_i/p_i - T/n)**2: the form of R's `survey` (pps = "brewer"); Brewer 2002, Combined
    Survey Sampling Inference, equation 9.14, with c = (n - 1)/n.
    """
    expanded, count = _expanded(values, chances), len(values)
    spread = (1 - np.asarray(chances)) * (expanded - expanded.sum() / count) ** 2
    return approximation("brewer", float(expanded.sum()), float(spread.sum()) * count / (count - 1), count - 1)


def total_with_replacement(values: Sequence[float], chances: Sequence[float]) -> Approximation:
    """Return the total with the error of draws with replacement, p_i/n each time (Hansen and Hurwitz 1943)."""
    expanded, count = _expanded(values, chances), len(values)
    spread = ((expanded - expanded.sum() / count) ** 2).sum()
    return approximation("with_replacement", float(expanded.sum()), float(spread) * count / (count - 1), count - 1)


def total_by_horvitz_thompson(values: Sequence[float], chances: Sequence[float], joint: Floats) -> Approximation:
    """Return the total with Horvitz and Thompson's own variance; `joint` is P(i and j), n x n, p_i on the diagonal.

    sum over i, j of (1 - p_i p_j / p_ij) y_i/p_i y_j/p_j, over all pairs and i = j.
    """
    expanded = _expanded(values, chances)
    variance = float(expanded @ _weights(chances, joint) @ expanded)
    return approximation("horvitz_thompson", float(expanded.sum()), variance, len(values) - 1)


def total_by_yates_grundy(values: Sequence[float], chances: Sequence[float], joint: Floats) -> Approximation:
    """Return the total with the variance of Yates and Grundy 1953 (and Sen 1953), for designs of a fixed size.

    1/2 sum over i, j of (p_i p_j / p_ij - 1) (y_i/p_i - y_j/p_j)**2. doi:10.1111/j.2517-6161.1953.tb00140.x
    """
    expanded = _expanded(values, chances)
    differences = (expanded[:, None] - expanded[None, :]) ** 2
    variance = -float((_weights(chances, joint) * differences).sum()) / 2
    return approximation("yates_grundy", float(expanded.sum()), variance, len(values) - 1)


def hartley_rao_joint(chances: Sequence[float], *, squares: float | None = None) -> Floats:
    """Return Hartley and Rao's approximate joint probabilities of a sample from its inclusion probabilities alone.

    p_ij = p_i p_j (n - 1) / (n - p_i - p_j + q), q = `squares` / n, `squares` being the sum of p**2 over the
    population (None: estimated by the sample's sum of p); Hartley and Rao 1962, doi:10.1214/aoms/1177704564. The forms
    of R's `survey`: HR(q) and HR(). With `total_by_horvitz_thompson` it gives R's variance = "HT", with
    `total_by_yates_grundy` its "YG": they differ, so say which.
    """
    inclusion = np.asarray(chances, dtype=float)
    count = len(inclusion)
    mean_square = (inclusion.sum() if squares is None else squares) / count
    joint = np.outer(inclusion, inclusion) * (count - 1)
    joint /= count - inclusion[:, None] - inclusion[None, :] + mean_square
    np.fill_diagonal(joint, inclusion)
    return joint


def _expanded(values: Sequence[float], chances: Sequence[float]) -> Floats:
    inclusion = np.asarray(chances, dtype=float)
    if inclusion.size != len(values) or (inclusion.size and (inclusion.min() <= 0 or inclusion.max() > 1)):
        raise ValueError("each value has an inclusion probability above 0 and at most 1")
    return np.asarray(values, dtype=float) / inclusion


def _weights(chances: Sequence[float], joint: Floats) -> Floats:
    """Return (p_ij - p_i p_j) / p_ij."""
    inclusion = np.asarray(chances, dtype=float)
    return np.asarray(1 - np.outer(inclusion, inclusion) / joint)
