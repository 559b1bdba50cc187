"""Totals and ratios from simple and stratified random samples (docs/figures/classical-errors.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, variance

from safemonth.figures.estimates.approximation import Approximation, approximation


@dataclass(frozen=True)
class StratumSample:
    """What a simple random sample (>= 2 values) of one stratum of `population` units showed."""

    population: int
    values: Sequence[float]


def total_of_simple_sample(values: Sequence[float], *, population: int) -> Approximation:
    """Return N * mean, variance N**2 (1 - n/N) s**2 / n (Cochran, Sampling Techniques, 1977, section 2.6).

    ValueError for fewer than 2 values or a population smaller than the sample.
    """
    return approximation("simple_total", *_total_and_variance(values, population), len(values) - 1)


def ratio_of_simple_sample(audited: Sequence[float], claimed: Sequence[float], *, population: int) -> Approximation:
    """Return sum(audited) / sum(claimed) and its linearised error (Cochran 1977, section 6.3).

    That is WHO's verification factor (WHO and others, RDQA; the Data Quality Review of 2017). Variance (1 - n/N) s**2
    (audited - ratio * claimed) / (n * mean(claimed)**2). ValueError as above, or where nothing was claimed.
    """
    if len(audited) != len(claimed) or not sum(claimed) > 0:
        raise ValueError("a ratio is of two lists of the same length, the second with a sum above 0")
    ratio = sum(audited) / sum(claimed)
    residuals = [found - ratio * said for found, said in zip(audited, claimed, strict=True)]
    _, spread = _total_and_variance(residuals, population)
    return approximation("ratio", ratio, spread / (population * mean(claimed)) ** 2, len(audited) - 1)


def total_by_ratio(
    audited: Sequence[float], claimed: Sequence[float], *, population: int, claimed_total: float
) -> Approximation:
    """Return the claimed total of all times the sample's ratio, with its error."""
    ratio = ratio_of_simple_sample(audited, claimed, population=population)
    return Approximation(
        "ratio_total", ratio.value * claimed_total, ratio.standard_error * claimed_total, ratio.degrees
    )


def total_of_stratified_sample(strata: Sequence[StratumSample]) -> Approximation:
    """Return the sum of the strata's totals; variances add; degrees of freedom are units less strata (Cochran 1977, 5.5)."""
    parts = [_total_and_variance(stratum.values, stratum.population) for stratum in strata]
    degrees = sum(len(stratum.values) - 1 for stratum in strata)
    return approximation("stratified_total", sum(part[0] for part in parts), sum(part[1] for part in parts), degrees)


def _total_and_variance(values: Sequence[float], population: int) -> tuple[float, float]:
    if not 2 <= len(values) <= population:
        raise ValueError("a sample has 2 values at least and is no larger than its population")
    count = len(values)
    return population * mean(values), population**2 * (1 - count / population) * variance(values) / count
