"""The classical answers beside the interval, from the same visits: Brewer's error and the Stringer bound; approximate."""

from safemonth.figures.estimates.approximation import Approximation, approximation
from safemonth.figures.estimates.rest import RestBounds
from safemonth.figures.estimates.stringer import stringer_bound
from safemonth.figures.estimates.visits import Visits
from safemonth.verify.sampling.design import Design


def brewer_total(visits: Visits, bounds: RestBounds) -> Approximation | None:
    """Return the point with Brewer's error on what was overstated, summed over strata.

    In each stratum n/(n-1) sum (1 - p) (e/p - E/n)**2, e = claimed - found, E = sum of e/p: the error of the
    difference estimator. None where a stratum has fewer than 2 draws.
    """
    value, variance, degrees = visits.certain_least + bounds.value, 0.0, 0
    for part in visits.rest:
        count = len(part.draws)
        if count < 2:
            return None
        chances = [bounds.chances[found.code] for found in part.draws]
        errors = [(found.claimed - found.least) / p for found, p in zip(part.draws, chances, strict=True)]
        middle = sum(errors) / count
        spread = sum((1 - p) * (error - middle) ** 2 for p, error in zip(chances, errors, strict=True))
        variance += spread * count / (count - 1)
        degrees += count - 1
    return approximation("brewer_difference", value, variance, degrees)


def stringer_lower(design: Design, visits: Visits) -> float | None:
    """Return the certain ones plus what the Stringer bound leaves of the claims of the others.

    One-sided at half the design's risk (97.5 % for a 95 % interval), binomial factors, all strata's draws
    together; taints below 0 count as 0. None without draws where some are to be drawn.
    """
    draws = [found for part in visits.rest for found in part.draws]
    if not draws:
        return visits.certain_least if not visits.rest else None
    taints = [max(0.0, (found.claimed - found.least) / found.claimed) if found.claimed else 0.0 for found in draws]
    bound = stringer_bound(taints, items=len(draws), risk=(1 - float(design.level)) / 2)
    claimed = sum(part.claimed for part in visits.rest)
    return visits.certain_least + max(0.0, claimed * (1 - bound))
