"""A yes or no for one township from a few of its items, with exact error rates (docs/figures/lqas.md).

Lot quality assurance sampling (Dodge and Romig 1929; Lemeshow and Taber 1991, Lot quality assurance sampling:
single- and double-sampling plans; Rhoda, Fernandez, Fitch and Lemeshow 2010, doi:10.1093/ije/dyq026): visit n of N, say no where
more than d are found wanting. Nothing is approximated: the counts are hypergeometric.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

from safemonth.lib.refusals import Refused, gettext_noop

Decision = Literal["yes", "no", "open"]


@dataclass(frozen=True)
class LotPlan:
    """Visit `visits` of `items`, drawn with equal chances; more than `allowed` found wanting means no.

    `risk_of_no` is the exact chance of a no where just `good` items are wanting, `risk_of_yes` that of a yes where
    `bad` are; both risks only fall where fewer than `good`, or more than `bad`, are.
    """

    items: int
    good: int
    bad: int
    visits: int
    allowed: int
    risk_of_no: Fraction
    risk_of_yes: Fraction


def chance_of_at_most(found: int, *, items: int, wanting: int, visits: int) -> Fraction:
    """Return P(at most `found` of the `visits` drawn are wanting) where `wanting` of all `items` are; exact."""
    if not 0 <= wanting <= items or not 0 <= visits <= items:
        raise ValueError("no more wanting or visited than there are")
    ways = sum(comb(wanting, k) * comb(items - wanting, visits - k) for k in range(min(found, visits) + 1))
    return Fraction(ways, comb(items, visits))


def plan_lot(*, items: int, good: int, bad: int, risk_of_no: Fraction, risk_of_yes: Fraction) -> LotPlan:
    """Return the plan with the fewest visits (then the most allowed) that keeps both stated risks.

    `good` (still acceptable) and `bad` (no longer so) are numbers of items wanting, 0 <= good < bad <= items. One
    always exists: visiting all. Refused where the numbers are out of order or a risk is not between 0 and 1.
    """
    if not 0 <= good < bad <= items or not (0 < risk_of_no < 1 and 0 < risk_of_yes < 1):
        raise Refused(
            "lot_out_of_range",
            gettext_noop("The acceptable number must be less than the bad one, and both risks between 0 and 1."),
        )
    for visits in range(1, items + 1):
        for allowed in range(min(visits, bad) - 1, -1, -1):
            missed = chance_of_at_most(allowed, items=items, wanting=bad, visits=visits)
            if missed > risk_of_yes:
                continue
            wronged = 1 - chance_of_at_most(allowed, items=items, wanting=good, visits=visits)
            if wronged <= risk_of_no:
                return LotPlan(items, good, bad, visits, allowed, wronged, missed)
            break  # fewer allowed only wrongs more
    raise AssertionError("visiting all decides")


def decide(plan: LotPlan, *, visited: int, wanting: int) -> Decision:
    """Return yes or no as soon as the visits left cannot change it, else "open".

    ValueError where more are wanting than visited, or more visited than planned.
    """
    if not 0 <= wanting <= visited <= plan.visits:
        raise ValueError("no more wanting than visited, no more visited than planned")
    if wanting > plan.allowed:
        return "no"
    return "yes" if wanting + plan.visits - visited <= plan.allowed else "open"
