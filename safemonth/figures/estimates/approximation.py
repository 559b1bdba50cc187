"""A classical estimate with its standard error: an approximation, and labelled as one."""

from dataclasses import dataclass
from math import sqrt

from safemonth.figures.estimates.quantiles import student_quantile


@dataclass(frozen=True)
class Approximation:
    """An estimated total (or ratio) with the standard error of a textbook formula.

    The error is right on average over many draws; with few visits and rare cheating it is often 0 by chance,
    which is why no promise rests on it (docs/figures/classical-errors.md). `degrees` of freedom (>= 1) are
    those of the t interval. `method` is a stable code.
    """

    method: str
    value: float
    standard_error: float
    degrees: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return value -+ t * standard error, two-sided; approximate."""
        reach = student_quantile((1 + level) / 2, self.degrees) * self.standard_error
        return self.value - reach, self.value + reach


def approximation(method: str, value: float, variance: float, degrees: int) -> Approximation:
    """Return an approximation from its variance; an estimated variance below 0 (Yates-Grundy can give one) counts as 0."""
    return Approximation(method, value, sqrt(max(variance, 0.0)), max(degrees, 1))
