"""What the intervals are measured beside: the Stringer bound and WHO's verification factor."""

import numpy as np

from safemonth.bench.estimate_samples import Intervals, Samples
from safemonth.bench.estimate_scenarios import Counties
from safemonth.figures.estimates.betting import Floats
from safemonth.figures.estimates.quantiles import student_quantile
from safemonth.figures.estimates.stringer import error_bound


def stringer_intervals(counties: Counties, samples: Samples, *, cap: float) -> Intervals:
    """Return, from the same draws, the claims of the rest less the Stringer bound at 97.5 % and, where `cap` > 1, plus it.

    With `cap` 1 the upper end is the claim, as an auditor has it. What under-reporters have beyond the claim is
    bounded as shares of `cap` - 1. Not defined where units claim nothing: their silent totals are in neither end.
    """
    known = np.where(samples.certain, counties.there, 0).sum(axis=1)
    rest = np.where(samples.certain, 0, counties.claimed).sum(axis=1)
    over = np.where(samples.claimed > 0, 1 - samples.there / np.where(samples.claimed > 0, samples.claimed, 1), 0)
    lower = known + rest * (1 - _stringer(np.where(samples.made, np.clip(over, 0, 1), 0), samples))
    upper = known + rest
    if cap > 1:
        taints = np.where(samples.made, np.clip(-over / (cap - 1), 0, 1), 0)
        upper = upper + rest * (cap - 1) * _stringer(taints, samples)
    total = counties.there.sum(axis=1)
    return Intervals(lower, upper, (lower <= total + 1e-9) & (total <= upper + 1e-9))


def who_intervals(counties: Counties, *, visits: int, rng: np.random.Generator) -> tuple[Intervals, Floats]:
    """Return the ratio interval (t, 95 %) of a simple random sample of the same number of visits, and its point.

    WHO's verification factor: audited by claimed of those visited, times what all claimed.
    """
    runs, units = counties.claimed.shape
    picked = rng.random((runs, units)).argsort(axis=1)[:, :visits]
    claimed = np.take_along_axis(counties.claimed, picked, axis=1)
    there = np.take_along_axis(counties.there, picked, axis=1)
    ratio = there.sum(axis=1) / claimed.sum(axis=1)
    residuals = there - ratio[:, None] * claimed
    spread = residuals.std(axis=1, ddof=1) * np.sqrt((1 - visits / units) / visits) / claimed.mean(axis=1)
    all_claimed, total = counties.claimed.sum(axis=1), counties.there.sum(axis=1)
    reach = student_quantile(0.975, visits - 1) * spread * all_claimed
    value = ratio * all_claimed
    lower, upper = value - reach, value + reach
    return Intervals(lower, upper, (lower <= total + 1e-9) & (total <= upper + 1e-9)), value


def _stringer(taints: Floats, samples: Samples) -> Floats:
    falling = -np.sort(-taints, axis=1)
    bound = np.ones(len(taints))
    items = samples.made.sum(axis=1)
    for count in np.unique(items[items > 0]):
        rows = items == count
        steps = np.array([error_bound(found, int(count), 0.025) for found in range(falling.shape[1] + 1)])
        bound[rows] = steps[0] + falling[rows] @ np.diff(steps)
    return bound
