"""What an estimate is: a total from everybody's claims and some visits, with what it promises (docs/figures/estimates.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from safemonth.figures.estimates.approximation import Approximation
from safemonth.verify.sampling.claim import Number


@dataclass(frozen=True)
class Remark:
    """What the software says beside an estimate: stable code, English sentence with `%(name)s` places, their values.

    `voids` is true where the remark takes a promise back: an end of the interval that was asked for is not supported.
    """

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)
    voids: bool = False


@dataclass(frozen=True)
class Estimate:
    """The true total as far as the visits support one.

    `lower` <= total <= `upper` with a chance of at least `level`, at all looks at once, under what
    the remarks state (`upper` None: no upper end is supported). `value` is the point estimate (None: not
    yet). `claimed` is the sum of the claims, `visited` of `units` were visited as drawn (`planned` visits). `brewer`
    and `stringer_lower` are the classical answers beside it, for comparison only.
    """

    value: float | None
    lower: float
    upper: float | None
    level: float
    claimed: Number
    visited: int
    planned: int
    units: int
    brewer: Approximation | None = None
    stringer_lower: float | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_promised(self) -> bool:
        """Whether both ends are supported as stated: no remark takes anything back."""
        return not any(remark.voids for remark in self.remarks)

    @property
    def half_width_share(self) -> float | None:
        """Half the interval's width as a share of its middle (0: exact); None without an upper end or where both are 0."""
        if self.upper is None or self.upper + self.lower <= 0:
            return None
        return (self.upper - self.lower) / (self.upper + self.lower)


def is_certain_enough(estimate: Estimate, *, within: float) -> bool:
    """Whether visiting may stop: the interval lies within -+ `within` (0.1: ten percent) of its middle, and is promised.

    May be asked after every visit: the interval is valid at all of them at once, so stopping when it looks good
    costs nothing.
    """
    share = estimate.half_width_share
    is_nothing = estimate.upper == 0
    return estimate.is_promised and (is_nothing or (share is not None and share <= within))
