"""Rounds to the villages: our planner beside a greedy one and OR-Tools, the certified gap, and published instances."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from typing import Any

from safemonth.bench.round_counties import COUNTIES, made_county
from safemonth.bench.round_instances import measure_instance, published
from safemonth.bench.round_peers import greedy_plan, ortools_plan
from safemonth.collect.publicity.rounds.checking import breaches
from safemonth.collect.publicity.rounds.lower_bounds import lower_bound
from safemonth.collect.publicity.rounds.planning import Effort, make_plan
from safemonth.collect.publicity.rounds.problem import Plan, Problem


def steps_of(count: int, instances: Path | None) -> int:
    """Return how often `measure_rounds` calls `step`."""
    return len(_chosen(count)) + (len(published(instances)) if instances else 0)


def measure_rounds(
    *, seconds: float, count: int, instances: Path | None, step: Callable[[str], None]
) -> dict[str, Any]:
    """Return, over made counties, what each planner needs in the same seconds, and how far from best ours can be.

    Shares are means over counties of 1 - ours / theirs; a gap is ours / bound - 1. `breaches` counts what the
    checker finds in our plans, villages left out among it. `ortools_unsolved` counts counties where OR-Tools found no
    plan in time; they stand in none of its sums and shares. The bound gets as many seconds again. `instances` is
    a folder of published instances (such as PyVRP/Instances); without one those lines are left out.
    """
    rows = []
    for villages, seed in _chosen(count):
        rows.append(_measure(made_county(villages, seed), seconds))
        step(f"{villages} villages")
    solved = [row for row in rows if row["days_ortools"]]
    figures: dict[str, Any] = {
        "counties": len(rows),
        "seconds_each": seconds,
        "villages": sum(row["villages"] for row in rows),
        "breaches": sum(row["breaches"] for row in rows),
        "breaches_greedy": sum(row["breaches_greedy"] for row in rows),
        "ortools_unsolved": len(rows) - len(solved),
        "vehicle_days": sum(row["days"] for row in rows),
        "vehicle_days_greedy": sum(row["days_greedy"] for row in rows),
        "vehicle_days_ortools": sum(row["days_ortools"] for row in rows),
        "vehicle_days_bound": sum(row["days_bound"] for row in rows),
        "drive_hours": round(sum(row["drive_s"] for row in rows) / 3600, 1),
        "drive_hours_greedy": round(sum(row["drive_s_greedy"] for row in rows) / 3600, 1),
        "drive_hours_ortools": round(sum(row["drive_s_ortools"] for row in rows) / 3600, 1),
        "drive_hours_bound": round(sum(row["drive_s_bound"] for row in rows) / 3600, 1),
        "days_saved_on_greedy": _saved(rows, "days", "days_greedy"),
        "driving_saved_on_greedy": _saved(rows, "drive_s", "drive_s_greedy"),
        "days_saved_on_ortools": _saved(solved, "days", "days_ortools"),
        "driving_saved_on_ortools": _saved(solved, "drive_s", "drive_s_ortools"),
        "certified_gap_mean": round(mean(row["gap"] for row in rows), 4),
        "certified_gap_median": round(median(row["gap"] for row in rows), 4),
        "certified_gap_worst": round(max(row["gap"] for row in rows), 4),
        "counties_within_a_tenth": sum(row["gap"] <= 0.1 for row in rows),
        "days_gap_mean": round(mean(row["days"] / row["days_bound"] - 1 for row in rows), 4),
        "driving_gap_mean": round(mean(row["drive_s"] / row["drive_s_bound"] - 1 for row in rows), 4),
        "bound_seconds_mean": round(mean(row["bound_seconds"] for row in rows), 1),
    }
    if instances:
        figures |= _on_published(published(instances), seconds, step)
    return figures


def _chosen(count: int) -> list[tuple[int, int]]:
    """Return `count` counties spread over all sizes."""
    count = max(1, min(count, len(COUNTIES)))
    return [COUNTIES[number * len(COUNTIES) // count] for number in range(count)]


def _measure(problem: Problem, seconds: float) -> dict[str, Any]:
    plan = make_plan(problem, effort=Effort(seconds=seconds))
    began = time.monotonic()
    bound = lower_bound(problem, plan, seconds=seconds)
    bound_seconds = time.monotonic() - began
    greedy = greedy_plan(problem)
    ortools = ortools_plan(problem, seconds=seconds)
    if ortools.left_out:
        ortools = Plan(())
    return {
        "villages": len(problem.villages),
        "breaches": len(breaches(problem, plan)),
        "breaches_greedy": len(breaches(problem, greedy)),
        "gap": bound.gap(plan),
        "days_bound": bound.vehicle_days,
        "drive_s_bound": bound.drive_s,
        "bound_seconds": bound_seconds,
        **_size("", plan),
        **_size("_greedy", greedy),
        **_size("_ortools", ortools),
    }


def _size(name: str, plan: Plan) -> dict[str, int]:
    return {f"days{name}": plan.vehicle_days, f"drive_s{name}": plan.drive_s}


def _saved(rows: list[dict[str, Any]], ours: str, theirs: str) -> float | None:
    return round(mean(1 - row[ours] / row[theirs] for row in rows), 4) if rows else None


def _on_published(paths: list[Path], seconds: float, step: Callable[[str], None]) -> dict[str, Any]:
    gaps = []
    for path in paths:
        gaps.append(measure_instance(path, seconds=seconds))
        step(path.stem)
    if not gaps:
        return {"instances": 0}
    ours, ortools = mean(gap.ours for gap in gaps), mean(gap.ortools for gap in gaps)
    return {
        "instances": len(gaps),
        "gap_to_best_known": round(ours, 4),
        "gap_to_best_known_ortools": round(ortools, 4),
        "gap_as_share_of_ortools": round(ours / ortools, 3) if ortools > 0 else None,
    }
