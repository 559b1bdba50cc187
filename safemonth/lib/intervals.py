"""What one claim can mean: "more than 20,000" and "about 300" as intervals (docs/figures/bounds.md)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Qualifier = Literal["exact", "more_than", "nearly", "about"]


@dataclass(frozen=True)
class Interval:
    """A stretch of numbers, both ends included unless `lower_is_open` (then the number is strictly more)."""

    lower: Number
    upper: Number
    lower_is_open: bool = False


def step_of(value: Number) -> Number:
    """Return the place of the last digit said: 20,000 gives 10,000; 250 gives 10; 86 and 0 give 1; 35.5 gives 0.1.

    Trailing noughts are taken as rounding. The step is greater than 0.
    """
    if value == 0:
        return 1
    if isinstance(value, Decimal) and value != value.to_integral_value():
        exponent = value.normalize().as_tuple().exponent
        return Decimal(1).scaleb(int(exponent))
    rest, step = abs(int(value)), 1
    while rest % 10 == 0:
        rest //= 10
        step *= 10
    return step


def interval_of(value: Number, qualifier: Qualifier) -> Interval:
    """Return what a claim of `value` (>= 0), said with `qualifier`, can mean.

    `exact` is the value itself; `more_than` reaches one step up and leaves the value out; `nearly`
    reaches one step down, but not below half the value (else "nearly 100" would reach 0); `about` half
    a step to both sides. Ends of whole numbers are whole, rounded outwards; no end is below 0. ValueError
    for a negative value or another qualifier. The steps are a convention of ours: docs/figures/bounds.md.
    """
    if value < 0:
        raise ValueError(f"a claim is not negative: {value}")
    step = step_of(value)
    if qualifier == "exact":
        return Interval(value, value)
    if qualifier == "more_than":
        return Interval(value, value + step, lower_is_open=True)
    if qualifier == "nearly":
        half: Number = value // 2 if isinstance(step, int) else Decimal(value) / 2
        return Interval(max(value - step, half), value)
    if qualifier == "about":
        half_step = (step + 1) // 2 if isinstance(step, int) else step / 2
        return Interval(max(value - half_step, 0), value + half_step)
    raise ValueError(f"no such qualifier: {qualifier}")
