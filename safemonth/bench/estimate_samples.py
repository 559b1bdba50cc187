"""Many draws at once, by the same rules as safemonth/verify/sampling, and the intervals from them."""

from dataclasses import dataclass

import numpy as np

from safemonth.bench.estimate_scenarios import Counties
from safemonth.figures.estimates.betting import (
    Bools,
    Draws,
    Floats,
    bets_on,
    log_steps,
    lower_bound,
)
from safemonth.figures.estimates.rest import EXPECTED_FALSE, EXPECTED_TRUE, LOWER_SHARE, LOWER_SHARE_UNDER_CAP
from safemonth.figures.estimates.stratified_bound import Stratum, least_sum
from safemonth.verify.sampling.strata import share_out


@dataclass(frozen=True)
class Samples:
    """Draws in turn (run x draw) with what they showed; `certain` (run x unit) are visited besides."""

    certain: Bools
    claimed: Floats
    there: Floats
    sizes: Floats
    kinds: Floats
    made: Bools
    planned: Floats


@dataclass(frozen=True)
class Intervals:
    """One interval for each run, and whether it covered the truth at every look."""

    lower: Floats
    upper: Floats
    covered: Bools


def draw_samples(
    counties: Counties, *, visits: int, strata: int, rng: np.random.Generator, all_drawn: bool = False
) -> Samples:
    """Return a draw in each county. With `all_drawn` the draws go on until everybody is visited."""
    runs, units = counties.sizes.shape
    shared = np.array([_share_out(counties, run, visits, strata) for run in range(runs)])
    certain = np.zeros((runs, units), dtype=bool)
    for kind in range(strata):
        certain |= _take_all(np.where(counties.kinds == kind, counties.sizes, 0), shared[:, kind])
    planned = np.stack(
        [shared[:, kind] - (certain & (counties.kinds == kind)).sum(axis=1) for kind in range(strata)], axis=1
    )
    clocks = np.where(certain, np.inf, rng.exponential(size=(runs, units)) / counties.sizes)
    turn = np.full((runs, units), np.inf)
    for kind in range(strata):
        inside = np.where(counties.kinds == kind, clocks, np.inf)
        rank = inside.argsort(axis=1).argsort(axis=1)
        step = (rank + 0.5) / np.maximum(planned[:, kind : kind + 1], 1) + 1e-6 * kind
        limit = np.inf if all_drawn else planned[:, kind : kind + 1]
        turn = np.where(np.isfinite(inside) & (rank < limit), step, turn)
    length = int(np.isfinite(turn).sum(axis=1).max())
    order = turn.argsort(axis=1)[:, :length]

    def taken(values: Floats) -> Floats:
        return np.take_along_axis(values, order, axis=1)

    return Samples(
        certain,
        taken(counties.claimed),
        taken(counties.there),
        taken(counties.sizes),
        taken(counties.kinds),
        np.isfinite(taken(turn)),
        planned.sum(axis=1).astype(float),
    )


def intervals_of(
    counties: Counties, samples: Samples, *, strata: int, cap: float, level: float = 0.95, looks: int | None = None
) -> Intervals:
    """Return the betting intervals from the first `looks` draws (None: all)."""
    made = samples.made if looks is None else samples.made & (np.arange(samples.made.shape[1]) < looks)
    is_capped = cap == 1 and not (counties.most > counties.claimed).any()
    share = LOWER_SHARE if is_capped else LOWER_SHARE_UNDER_CAP
    rest = ~samples.certain
    known = np.where(samples.certain, counties.there, 0).sum(axis=1)
    seen = known + np.where(made, samples.there, 0).sum(axis=1)
    most = np.where(rest, counties.most, 0).sum(axis=1) + known
    parts = [_part(counties, rest, kind) for kind in range(strata)]
    pick = samples.kinds.astype(int)
    top = np.take_along_axis(np.stack([part.top for part in parts], axis=1), pick, axis=1)
    floor = np.take_along_axis(np.stack([part.floor for part in parts], axis=1), pick, axis=1)
    size = np.take_along_axis(np.stack([part.size for part in parts], axis=1), pick, axis=1)
    over = (samples.claimed - samples.there) / samples.sizes
    shares = samples.sizes / size
    true = Draws(1 - over / top, shares, made)
    false = Draws(np.maximum((over - floor) / (top - floor), 0), shares, made)
    spread = float(min((part.top / (part.top - part.floor)).min() for part in parts))
    risk = 1 - level
    low, low_held = _bound(
        true,
        parts,
        samples.kinds,
        samples.planned,
        risk * share,
        EXPECTED_TRUE,
        1.0,
        [part.true_mean for part in parts],
        [part.size * part.top for part in parts],
    )
    high, high_held = _bound(
        false,
        parts,
        samples.kinds,
        samples.planned,
        risk * (1 - share),
        max(EXPECTED_FALSE, 1 - spread),
        spread,
        [part.false_mean for part in parts],
        [part.size * (part.top - part.floor) for part in parts],
    )
    lower = known + sum(part.claimed - part.size * part.top for part in parts) + low
    upper = known + sum(part.claimed - part.size * part.floor for part in parts) - high
    return Intervals(np.maximum(lower, seen), np.minimum(upper, most), low_held & high_held)


@dataclass(frozen=True)
class _Part:
    claimed: Floats
    size: Floats
    top: Floats
    floor: Floats
    true_mean: Floats
    false_mean: Floats


def _part(counties: Counties, rest: Bools, kind: int) -> _Part:
    inside = rest & (counties.kinds == kind)
    claimed = np.where(inside, counties.claimed, 0).sum(axis=1)
    there = np.where(inside, counties.there, 0).sum(axis=1)
    size = np.maximum(np.where(inside, counties.sizes, 0).sum(axis=1), 1e-300)
    top = np.where(inside, counties.claimed / counties.sizes, 0).max(axis=1)
    top = np.where(top > 0, top, 1)
    floor = np.minimum(np.where(inside, (counties.claimed - counties.most) / counties.sizes, 0).min(axis=1), 0)
    mean = (claimed - there) / size
    return _Part(claimed, size, top, floor, 1 - mean / top, (mean - floor) / (top - floor))


def _bound(
    draws: Draws,
    parts: list[_Part],
    kinds: Floats,
    planned: Floats,
    risk: float,
    expected: float,
    spread: float,
    means: list[Floats],
    weights: list[Floats],
) -> tuple[Floats, Bools]:
    """Return the bound of sum(weight * mean) and whether the true means were never rejected."""
    bets = bets_on(draws, planned=np.maximum(planned, 1), risk=risk, expected=expected, spread=spread)
    each = [Draws(draws.values, draws.shares, draws.made & (kinds == kind)) for kind in range(len(parts))]
    steps = sum(log_steps(mean, part, bets, part.past, part.left) for mean, part in zip(means, each, strict=True))
    held = np.cumsum(steps, axis=1).max(axis=1, initial=0) < np.log(1 / risk)
    if len(parts) == 1:
        return weights[0] * lower_bound(draws, bets, risk=risk), held
    strata = [Stratum(weight, part, bets) for weight, part in zip(weights, each, strict=True)]
    return least_sum(strata, risk=risk), held


def _share_out(counties: Counties, run: int, visits: int, strata: int) -> list[int]:
    if strata == 1:
        return [visits]
    inside = [counties.kinds[run] == kind for kind in range(strata)]
    shared = share_out(
        visits,
        members={str(kind): int(inside[kind].sum()) for kind in range(strata)},
        totals={str(kind): int(counties.sizes[run][inside[kind]].sum() * 1e9) for kind in range(strata)},
    )
    return [shared[str(kind)] for kind in range(strata)]


def _take_all(sizes: Floats, visits: Floats) -> Bools:
    certain = np.zeros(sizes.shape, dtype=bool)
    while True:
        left = (visits - certain.sum(axis=1))[:, None]
        total = np.where(certain, 0, sizes).sum(axis=1)[:, None]
        large = ~certain & (sizes > 0) & (left > 0) & (left * sizes >= total)
        if not large.any():
            return certain
        certain |= large
