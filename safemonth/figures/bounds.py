"""What a total could be: its claims' own intervals, and what missing units could add (docs/figures/bounds.md)."""

from collections.abc import Iterable, Mapping, Sequence

from safemonth.figures.figure import Bounds, Number
from safemonth.lib.intervals import Interval, Qualifier, interval_of

# A cap from like units needs this many that gave a number (chance that a missing one is larger: 1/(n+1)).
LEAST_LIKE_UNITS = 3


def interval_of_sum(claims: Iterable[tuple[Number, Qualifier]]) -> Interval:
    """Return the interval of the sum of claims (value, qualifier); no claims give [0, 0].

    The lower end is open where at least one claim's is.
    """
    intervals = [interval_of(value, qualifier) for value, qualifier in claims]
    return Interval(
        sum((interval.lower for interval in intervals), 0),
        sum((interval.upper for interval in intervals), 0),
        any(interval.lower_is_open for interval in intervals),
    )


def interval_of_largest(claims: Iterable[tuple[Number, Qualifier]]) -> Interval:
    """Return the interval of the largest of claims (value, qualifier); no claims give [0, 0].

    The lower end is open where a claim that has the largest lower end is open.
    """
    intervals = [interval_of(value, qualifier) for value, qualifier in claims]
    if not intervals:
        return Interval(0, 0)
    lower = max(interval.lower for interval in intervals)
    is_open = any(interval.lower_is_open and interval.lower == lower for interval in intervals)
    return Interval(lower, max(interval.upper for interval in intervals), is_open)


def cap_of(kind: str, *, like_totals: Mapping[str, Sequence[Number]], plan_cap: Number | None) -> Number | None:
    """Return the most that one missing unit of `kind` is taken to add, or None where that cannot be stated.

    The plan's cap comes first; else the largest of `like_totals[kind]` (one number for each unit of the
    kind that gave one: upper end of its total, 0 for a nil return) where there are at least 3.
    """
    if plan_cap is not None:
        return plan_cap
    totals = like_totals.get(kind, ())
    return max(totals) if len(totals) >= LEAST_LIKE_UNITS else None


def bound_total(
    claims: Iterable[tuple[Number, Qualifier]],
    *,
    missing_kinds: Sequence[str] = (),
    like_totals: Mapping[str, Sequence[Number]],
    plan_cap: Number | None = None,
    aggregation: str = "sum",
) -> Bounds:
    """Return the bounds of the counted `claims` with one entry of `missing_kinds` for each missing unit.

    For `max` the largest claim is bounded, for any other aggregation the sum. See `widen` for the
    methods and what a missing unit adds.
    """
    claims = list(claims)
    interval = interval_of_largest(claims) if aggregation == "max" else interval_of_sum(claims)
    return widen(
        interval, missing_kinds=missing_kinds, like_totals=like_totals, plan_cap=plan_cap, aggregation=aggregation
    )


def widen(
    interval: Interval,
    *,
    missing_kinds: Sequence[str],
    like_totals: Mapping[str, Sequence[Number]],
    plan_cap: Number | None,
    aggregation: str = "sum",
) -> Bounds:
    """Return the bounds of a reported `interval`, widened upwards by what missing units could add.

    Each missing unit adds between 0 and its cap (`cap_of`); for `max` it can only raise the upper end to
    its cap. One missing unit without a cap leaves no upper end. The lower end never moves: nothing is imputed.
    `method` is exact, as_claimed (nobody missing), plan_cap, largest_like or no_cap. `added_for_missing` is 0
    where nobody is missing and None where there is no cap.
    """
    if not missing_kinds:
        is_exact = interval.lower == interval.upper and not interval.lower_is_open
        method = "exact" if is_exact else "as_claimed"
        return Bounds(interval.lower, interval.upper, interval.lower_is_open, method, 0)
    caps = [cap_of(kind, like_totals=like_totals, plan_cap=plan_cap) for kind in missing_kinds]
    stated = [cap for cap in caps if cap is not None]
    if len(stated) < len(caps):
        return Bounds(interval.lower, None, interval.lower_is_open, "no_cap", None)
    added = max(max(stated) - interval.upper, 0) if aggregation == "max" else sum(stated, 0)
    method = "plan_cap" if plan_cap is not None else "largest_like"
    return Bounds(interval.lower, interval.upper + added, interval.lower_is_open, method, added)
