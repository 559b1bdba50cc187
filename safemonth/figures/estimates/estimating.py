"""From a design and what the visits found to an estimate: one call, repeated after every visit."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from safemonth.figures.estimates import remarks
from safemonth.figures.estimates.classical import brewer_total, stringer_lower
from safemonth.figures.estimates.estimate import Estimate, Remark
from safemonth.figures.estimates.rest import RestBounds, rest_bounds
from safemonth.figures.estimates.visits import Visits, visits_of
from safemonth.verify.sampling.claim import Claim, Number
from safemonth.verify.sampling.design import Design, is_repeatable

Audited = Mapping[str, Number | None]


def estimate(design: Design, audited: Audited) -> Estimate:
    """Return the estimate of the true total after the visits made so far.

    `audited` has for each code visited what was there (>= 0), or None where it could not be counted. The interval
    holds with the design's `level` at all looks at once, if the seed was fixed after the claims and what is
    there does not depend on the draw. `value` is exact for the certain ones plus Horvitz-Thompson for the others
    (claims less sum of (claimed - audited) / chance, which is the same where chances are in proportion to
    claims), kept inside the interval. Visits out of turn count for themselves alone. Remarks say what is
    assumed and what cannot be promised. ValueError for a negative number or a code that is not in the design.
    """
    visits = visits_of(design, audited)
    said: list[Remark] = [remarks.assumes_cap(design)]
    if visits.beyond_cap:
        said.append(remarks.beyond_cap(visits.beyond_cap, design.cap))
    if visits.not_counted:
        said.append(remarks.not_checked(visits.not_counted))
    if not is_repeatable(design):
        return _known_only(design, visits, [*said, remarks.not_repeatable()])
    if visits.out_of_turn and not visits.in_turn:
        return _known_only(design, visits, [*said, remarks.haphazard()])
    if visits.out_of_turn:
        said.append(remarks.not_by_draw(visits.out_of_turn, visits.next_code))
    if visits.strata_never_drawn:
        said.append(remarks.without_visits(visits.strata_never_drawn))
    bounds = rest_bounds(design, visits)
    lower = max(visits.least, visits.certain_least + bounds.lower)
    upper = min(visits.most, visits.certain_most + bounds.upper) if not visits.beyond_cap else None
    if visits.is_everybody_counted:
        lower, upper = visits.least, visits.least
    if visits.first_left:
        said.append(remarks.too_early(visits.first_left))
    return Estimate(
        value=_value(visits, bounds, lower, upper),
        lower=lower,
        upper=upper,
        level=float(design.level),
        claimed=visits.claimed,
        visited=len(visits.in_turn),
        planned=design.visits,
        units=len(design.members),
        brewer=brewer_total(visits, bounds) if not visits.first_left else None,
        stringer_lower=stringer_lower(design, visits) if not visits.first_left else None,
        remarks=tuple(said),
    )


def estimate_without_design(claims: Iterable[Claim], audited: Audited, *, cap: Number = 1) -> Estimate:
    """Return what visits support that nobody drew: only what they found themselves, and the cap for all others.

    No value, and a remark that takes the promise back: haphazard visits say nothing of the others.
    """
    members = list(claims)
    found = sum((Decimal(value) for value in audited.values() if value is not None), Decimal(0))
    others = [claim for claim in members if audited.get(claim.code) is None]
    most = found + sum((Decimal(claim.claimed) for claim in others), Decimal(0)) * Decimal(cap)
    return Estimate(
        value=None,
        lower=float(found),
        upper=float(most),
        level=1.0,
        claimed=sum((claim.claimed for claim in members), 0),
        visited=len(audited),
        planned=0,
        units=len(members),
        remarks=(remarks.unknown_chances(),),
    )


def add_missing(estimated: Estimate, *, missing: int, added: Number | None) -> Estimate:
    """Return the estimate with what `missing` units that did not report could add: from nothing to `added` in all.

    `added` is `Bounds.added_for_missing` of safemonth/figures/bounds.py: from a stated cap; None leaves no
    upper end. The value stays: nothing is imputed.
    """
    if not missing:
        return estimated
    upper = None if added is None or estimated.upper is None else estimated.upper + float(added)
    return replace(estimated, upper=upper, remarks=(*estimated.remarks, remarks.missing_units(missing, added)))


def _known_only(design: Design, visits: Visits, said: list[Remark]) -> Estimate:
    """Return what holds without any draw: what was found, and the cap for all others."""
    return Estimate(
        value=None,
        lower=visits.least,
        upper=None if visits.beyond_cap else visits.most,
        level=float(design.level),
        claimed=visits.claimed,
        visited=len(visits.in_turn),
        planned=design.visits,
        units=len(design.members),
        remarks=tuple(said),
    )


def _value(visits: Visits, bounds: RestBounds, lower: float, upper: float | None) -> float | None:
    if visits.first_left:
        return None
    value = max(visits.certain_least + bounds.value, lower)
    return value if upper is None else min(value, upper)
