"""Lower bounds on a round: so many vehicle-days and so much driving does any plan need. See docs/figures/rounds.md.

The linear programme chooses how often each leg is driven so that two legs meet in every village, and adds cuts
(`cuts.Cut`) that every plan keeps until time is up or none is found to be broken.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from safemonth.collect.publicity.rounds.as_pyvrp import VEHICLE_DAY_COST_S
from safemonth.collect.publicity.rounds.cut_search import CutSearch
from safemonth.collect.publicity.rounds.cuts import County, Limit
from safemonth.collect.publicity.rounds.mix import Mix
from safemonth.collect.publicity.rounds.problem import Plan, Problem

# The search ends where so little was gained in each of some turns, as a share of the bound.
LEAST_GAIN = 2e-4
LEAST_GAIN_COUNTING = 1e-3
SLOW_TURNS = 3
# Legs left out are looked at once in so many turns: that takes as long as a turn.
PRICED_EVERY = 4
# How much of the time may go to counting vehicle-days, before driving is looked at.
COUNTING_SHARE = 0.35
# What taking in legs that were left out may take after time is up.
LEGS_S = 2.0
# Rounding up must not be lifted by an error of the last digits.
SAFE = 1e-6


@dataclass(frozen=True)
class LowerBound:
    """No plan that reaches the same villages uses fewer `vehicle_days`; none of at most `most_vehicle_days` drives less.

    `cost_s` is what no plan's vehicle-days at `as_pyvrp.VEHICLE_DAY_COST_S` and driving together can be below.
    """

    vehicle_days: int
    drive_s: int
    cost_s: int
    most_vehicle_days: int

    def gap(self, plan: Plan) -> float:
        """Return how much dearer than the best a plan can be at most, as a share of the bound (0.03: at most 3 %)."""
        return max(cost_s(plan) / self.cost_s - 1, 0.0) if self.cost_s else 0.0


def cost_s(plan: Plan) -> int:
    """Return what a plan costs: its vehicle-days and its driving, in seconds of driving."""
    return plan.vehicle_days * VEHICLE_DAY_COST_S + plan.drive_s


def lower_bound(problem: Problem, plan: Plan, *, seconds: float) -> LowerBound:
    """Return bounds for all plans that reach what `plan` reaches, after so many seconds at most (a turn more or less).

    Locks, windows and how many vehicle-days there are do not count: a bound without them holds with them. The plan
    only helps to choose where to look; the bounds hold whatever it is.
    """
    county = county_of(problem, sorted({stop.village for day in plan.days for stop in day.stops}))
    if not county.n:
        return LowerBound(0, 0, 0, plan.vehicle_days)
    began = time.monotonic()
    most = max(plan.vehicle_days, 1)
    mix = Mix(county, fewest=1, most=most, known=_legs(problem, plan))
    search = CutSearch(county)
    counted = _tighten(mix, search, is_driving=False, until=began + seconds * COUNTING_SHARE)
    fewest = min(max(math.ceil(counted - SAFE), 1), most)
    mix.use_at_least(fewest)
    driving = _tighten(mix, search, is_driving=True, until=began + seconds)
    drive_s = max(math.ceil(driving * (1 - SAFE) - 1e-3), 0)
    cost = fewest * VEHICLE_DAY_COST_S + drive_s
    if -2 * mix.prices.count > VEHICLE_DAY_COST_S:
        # More vehicle-days than the plan's might then save more than they cost; they cost at least themselves.
        cost = min(cost, (most + 1) * VEHICLE_DAY_COST_S)
    return LowerBound(vehicle_days=fewest, drive_s=drive_s, cost_s=cost, most_vehicle_days=most)


def _tighten(mix: Mix, search: CutSearch, *, is_driving: bool, until: float) -> float:
    """Add broken cuts until time is up or little is gained; returns what is proved."""
    mix.minimise(is_driving=is_driving)
    least_gain = LEAST_GAIN if is_driving else LEAST_GAIN_COUNTING
    before, slow, best, turn = 0.0, 0, 0.0, 0
    while (value := mix.solve()) is not None:
        slow = slow + 1 if abs(value - before) <= least_gain * value else 0
        before = value
        is_over = time.monotonic() >= until or slow >= SLOW_TURNS
        found = [] if is_over else search.broken(*mix.driven())
        i = j = np.zeros(0, dtype=np.int64)
        if not found or turn % PRICED_EVERY == 0:
            proved, i, j = mix.proved()
            best = max(best, proved)
        is_whole = not is_driving and math.ceil(best - SAFE) >= mix.most
        if is_whole or time.monotonic() >= until + LEGS_S or not (found or len(i)):
            break
        turn += 1
        mix.drop_idle()
        mix.add_legs(i, j)
        for cut in found:
            mix.add(cut)
    return max(best, mix.proved()[0])


def county_of(problem: Problem, codes: Sequence[str]) -> County:
    """Return the relaxed county: one yard (the nearest), legs the shorter of both ways, and no detour longer than need be.

    Shortest paths over these legs keep the triangle rule, so that a plan may be thought to visit each village once.
    """
    position = problem.travel.position
    villages = [position[code] for code in codes]
    yards = sorted({position[problem.vehicle[code].yard] for code in problem.vehicle})
    drive = problem.travel.drive_s
    legs = drive[np.ix_(villages, villages)]
    legs = np.minimum(legs, legs.T)
    np.fill_diagonal(legs, 0)
    out = drive[np.ix_(yards, villages)].min(axis=0, initial=np.iinfo(np.int64).max)
    back = drive[np.ix_(villages, yards)].min(axis=1, initial=np.iinfo(np.int64).max)
    ways = np.minimum(out, back)
    for middle in range(len(villages)):
        np.minimum(legs, legs[:, middle, None] + legs[None, middle, :], out=legs)
    ways = (ways[None, :] + legs).min(axis=1, initial=np.iinfo(np.int64).max)
    hours = [v.ends_s - v.starts_s for v in problem.vehicles]
    wheel = [min(v.ends_s - v.starts_s, v.most_drive_s or v.ends_s - v.starts_s) for v in problem.vehicles]
    stays = np.array([problem.village[code].stop_s for code in codes], dtype=np.int64)
    return County(
        leg_s=legs,
        yard_s=ways,
        limits=(
            Limit("hours", max(hours, default=0), stays),
            Limit("wheel", max(wheel, default=0), np.zeros_like(stays)),
        ),
    )


def _legs(problem: Problem, plan: Plan) -> list[tuple[int, int]]:
    """Return the legs between villages that a plan drives, as pairs of numbers in `county_of`'s order."""
    number = {code: n for n, code in enumerate(sorted({s.village for day in plan.days for s in day.stops}))}
    return [(number[a.village], number[b.village]) for day in plan.days for a, b in pairwise(day.stops)]
