"""How often chance alone would give as much."""

from math import exp, lgamma, log


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    """Return the probability of at least `successes` in `trials` (both >= 0), each with `chance` (0 to 1); exact.

    ValueError where a number is outside its range.
    """
    if trials < 0 or successes < 0 or not 0 <= chance <= 1:
        raise ValueError("trials and successes are not negative, a chance is between 0 and 1")
    if successes == 0:
        return 1.0
    if successes > trials or chance == 0:
        return 0.0
    if chance == 1:
        return 1.0
    total = 0.0
    for count in range(successes, trials + 1):
        ways = lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1)
        total += exp(ways + count * log(chance) + (trials - count) * log(1 - chance))
    return min(total, 1.0)
