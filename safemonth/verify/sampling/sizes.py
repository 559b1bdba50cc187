"""The size by which each claim is drawn, as whole numbers in one common measure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

from safemonth.verify.sampling.claim import Claim

# A claim of nothing is drawn as if it had claimed this share of the stratum's median positive claim, at least.
ZERO_SHARE = Decimal("0.1")


def sizes_of(
    claims: Sequence[Claim], *, zero_share: Decimal = ZERO_SHARE, zero_cap: Decimal = Decimal(0)
) -> tuple[Decimal, ...]:
    """Return the size (> 0) of each of the claims of one stratum: claimed number times `raised_by`.

    A claim of 0 gets `zero_share` (> 0) of the median positive claim, or `zero_cap`, the most it may have, if that is
    more: so it can be visited and under-reporting be seen. Where every claim is 0 and no such cap is stated each
    counts as 1. ValueError where `zero_share` is not positive.
    """
    if zero_share <= 0:
        raise ValueError("a claim of nothing keeps a chance of a visit")
    positive = [Decimal(claim.claimed) for claim in claims if claim.claimed > 0]
    floor = max(Decimal(median(positive)) * zero_share if positive else Decimal(0), zero_cap) or Decimal(1)
    return tuple((Decimal(claim.claimed) or floor) * Decimal(claim.raised_by) for claim in claims)


def whole_sizes(sizes: Sequence[Decimal]) -> tuple[int, ...]:
    """Return the sizes (finite) times one common power of ten, which makes all of them whole; nothing is rounded."""
    places = max((-int(size.as_tuple().exponent) for size in sizes), default=0)
    return tuple(int(Fraction(size) * 10 ** max(places, 0)) for size in sizes)
