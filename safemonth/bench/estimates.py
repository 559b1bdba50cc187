"""Estimates from claims and a few visits: does the 95 % interval cover, how wide is it, how early may visiting stop."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from safemonth.bench.estimate_peers import stringer_intervals, who_intervals
from safemonth.bench.estimate_samples import draw_samples, intervals_of
from safemonth.bench.estimate_scenarios import AIMED, SCENARIOS, Scenario, make_counties
from safemonth.figures.estimates.betting import Floats

SEED = 20_260_601
WITHIN = 0.10
# Early stopping asks after every visit, so it runs on a part of the runs.
EARLY_PART = 4


def steps_of(_options: dict[str, Any]) -> int:
    """Return how often `measure_estimates` calls `step`."""
    return len(SCENARIOS) + len(AIMED)


def measure_estimates(*, runs: int, step: Callable[[str], None]) -> dict[str, Any]:
    """Return one line for each scenario, the worst coverage, the widths of the two aimed cells, and early stops.

    `covered` is the share of runs in which the truth lay in the interval after every visit; widths are means, as a
    share of the true total. `to_stringer` is our width by Stringer's (97.5 %) from the same draws. `who_*` is the
    ratio interval of a simple random sample of as many visits.
    """
    rows = []
    for number, scenario in enumerate(SCENARIOS):
        rows.append(measure_scenario(scenario, runs=runs, seed=SEED + number))
        step(scenario.name)
    figures: dict[str, Any] = {
        "scenarios": len(rows),
        "runs_each": runs,
        "covered_worst": min(row["covered"] for row in rows),
        "covered_mean": round(float(np.mean([row["covered"] for row in rows])), 4),
        "who_covered_worst": min(row["who_covered"] for row in rows),
    }
    for scenario in AIMED:
        row = next(row for row in rows if row["scenario"] == scenario.name)
        figures[f"to_stringer_{scenario.visits}_of_{scenario.units}"] = row["to_stringer"]
        figures |= {
            f"early_{key}_of_{scenario.units}": value
            for key, value in measure_early_stop(scenario, runs=max(runs // EARLY_PART, 50), seed=SEED).items()
        }
        step(f"early stop, {scenario.units} units")
    return figures | {row.pop("scenario"): row for row in rows}


def measure_scenario(scenario: Scenario, *, runs: int, seed: int) -> dict[str, Any]:
    """Return coverage and width of our interval, Stringer's and WHO's in one scenario."""
    rng = np.random.default_rng(seed)
    cap = scenario.cheating.cap
    counties = make_counties(scenario, runs=runs, rng=rng)
    samples = draw_samples(counties, visits=scenario.visits, strata=scenario.strata, rng=rng)
    ours = intervals_of(counties, samples, strata=scenario.strata, cap=cap)
    stringer = stringer_intervals(counties, samples, cap=cap)
    who, _ = who_intervals(counties, visits=scenario.visits, rng=rng)
    total = counties.there.sum(axis=1)
    width = float(np.mean((ours.upper - ours.lower) / total))
    stringer_width = float(np.mean((stringer.upper - stringer.lower) / total))
    return {
        "scenario": scenario.name,
        "covered": round(float(ours.covered.mean()), 4),
        "width": round(width, 3),
        "stringer_covered": round(float(stringer.covered.mean()), 4),
        "stringer_width": round(stringer_width, 3),
        "to_stringer": round(width / stringer_width, 3),
        "who_covered": round(float(who.covered.mean()), 4),
        "who_width": round(float(np.mean((who.upper - who.lower) / total)), 3),
    }


def measure_early_stop(scenario: Scenario, *, runs: int, seed: int) -> dict[str, Any]:
    """Return how many visits are made until the interval lies within ten percent of its middle, and how many a ratio needs.

    The design plans the scenario's visits and may go on. `ratio_visits` is the smallest fixed simple random sample
    whose ratio estimate lies within ten percent of the truth as often as our middle does where we stopped, and
    `ratio_visits_at_95` where that is asked 95 times in 100.
    """
    rng = np.random.default_rng(seed)
    counties = make_counties(scenario, runs=runs, rng=rng)
    samples = draw_samples(counties, visits=scenario.visits, strata=1, rng=rng, all_drawn=True)
    total = counties.there.sum(axis=1)
    stopped = np.zeros(runs, dtype=bool)
    visits = np.full(runs, scenario.units, dtype=float)
    middles = total.copy()
    for looks in range(1, samples.made.shape[1] + 1):
        now = intervals_of(counties, samples, strata=1, cap=scenario.cheating.cap, looks=looks)
        middle = (now.lower + now.upper) / 2
        stops = ~stopped & ((now.upper - now.lower) / 2 <= WITHIN * middle)
        visits[stops] = samples.certain.sum(axis=1)[stops] + looks
        middles[stops] = middle[stops]
        stopped |= stops
        if stopped.all():
            break
    reached = float(np.mean(np.abs(middles - total) <= WITHIN * total))
    at_ours = _ratio_visits(scenario, reached, counties_runs=runs * EARLY_PART, seed=seed)
    at_95 = _ratio_visits(scenario, 0.95, counties_runs=runs * EARLY_PART, seed=seed)
    return {
        "visits": round(float(visits.mean()), 1),
        "within_ten_percent": round(reached, 4),
        "ratio_visits": at_ours,
        "ratio_visits_at_95": at_95,
        "share_of_ratio": round(float(visits.mean()) / at_ours, 3),
    }


def _ratio_visits(scenario: Scenario, wanted: float, *, counties_runs: int, seed: int) -> int:
    """Return the smallest simple random sample whose ratio is within ten percent in a share `wanted` of the runs."""
    rng = np.random.default_rng(seed + 1)
    counties = make_counties(scenario, runs=counties_runs, rng=rng)
    total: Floats = counties.there.sum(axis=1)
    low, high = 1, scenario.units
    while high - low > 1:
        visits = (low + high) // 2
        value = who_intervals(counties, visits=visits, rng=np.random.default_rng(seed + visits))[1]
        is_enough = float(np.mean(np.abs(value - total) <= WITHIN * total)) >= wanted
        low, high = (low, visits) if is_enough else (visits, high)
    return high


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Return scenarios as lines of a Markdown table, as docs/figures/betting-interval.md shows them."""
    heads = list(rows[0])
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
    return "\n".join([*lines, *(f"| {' | '.join(str(row[head]) for head in heads)} |" for row in rows)])
