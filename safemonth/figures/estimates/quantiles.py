"""Quantiles of Student's t, binomial and Poisson, which the textbook formulas need; exact to about 1e-12."""

from collections.abc import Callable
from math import atan, cos, exp, lgamma, log, log1p, pi, sin, sqrt


def student_quantile(probability: float, degrees: int) -> float:
    """Return the t with P(T <= t) = `probability` (0 to 1, both excluded) for whole `degrees` (>= 1) of freedom.

    By the finite sums of Abramowitz and Stegun, 26.7.3 and 26.7.4. ValueError out of range.
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError("a probability between 0 and 1 and at least one degree of freedom")
    if probability < 0.5:
        return -student_quantile(1 - probability, degrees)
    high = 1.0
    while _student_cumulative(high, degrees) < probability:
        high *= 2
    return _where(lambda point: _student_cumulative(point, degrees) >= probability, 0.0, high)


def binomial_upper(found: int, tried: int, risk: float) -> float:
    """Return the share p (0 to 1) for which at most `found` of `tried` have the chance `risk`: Clopper and Pearson 1934.

    1 where `found` >= `tried` (doi:10.1093/biomet/26.4.404).
    """
    if found >= tried:
        return 1.0

    ways = [lgamma(tried + 1) - lgamma(k + 1) - lgamma(tried - k + 1) for k in range(found + 1)]

    def chance(share: float) -> float:
        if not 0 < share < 1:
            return 1.0 - share
        return sum(exp(way + k * log(share) + (tried - k) * log1p(-share)) for k, way in enumerate(ways))

    return _where(lambda share: chance(share) <= risk, 0.0, 1.0)


def poisson_upper(found: float, risk: float) -> float:
    """Return the mean for which at most `found` (>= 0) have the chance `risk`: the (1 - risk) quantile of gamma(1 + found).

    For whole `found` the Poisson factor of the audit tables (2.9957 for none at 5 %); between them by the gamma
    distribution.
    """
    high = 1.0
    while gamma_cumulative(1 + found, high) < 1 - risk:
        high *= 2
    return _where(lambda mean: gamma_cumulative(1 + found, mean) >= 1 - risk, 0.0, high)


def gamma_cumulative(shape: float, point: float) -> float:
    """Return P(G <= `point`) for a gamma variable of `shape` (> 0) and rate 1: the series of Abramowitz and Stegun, 6.5.29."""
    if point <= 0:
        return 0.0
    term = total = 1 / shape
    number = shape
    while term > total * 1e-17:
        number += 1
        term *= point / number
        total += term
    return min(1.0, total * exp(shape * log(point) - point - lgamma(shape)))


def _student_cumulative(point: float, degrees: int) -> float:
    angle = atan(point / sqrt(degrees))
    if degrees % 2:
        total, term = 0.0, cos(angle)
        for number in range(1, degrees, 2):
            total += term
            term *= cos(angle) ** 2 * (number + 1) / (number + 2)
        return 0.5 + (angle + sin(angle) * total) / pi
    total, term = 0.0, 1.0
    for number in range(0, degrees, 2):
        total += term
        term *= cos(angle) ** 2 * (number + 1) / (number + 2)
    return 0.5 + sin(angle) * total / 2


def _where(is_reached: Callable[[float], bool], low: float, high: float) -> float:
    """Return where a condition begins to hold between `low` and `high`, by halving to the last bit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return high
