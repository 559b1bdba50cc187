"""The interval and the point for those that were drawn with a chance: bets in every stratum, Horvitz-Thompson beside.

Draw i showed x_i claimed and y_i there; its size is s_i, and S the sum of sizes. With K the largest x/s of the stratum,
f_i = 1 - (x_i - y_i) / (K s_i) is 0 or more, 1 where the claim is true, and its mean with shares s/S is
1 - (X - Y) / (S K): a lower bound for it is one for Y, whatever is there. With D the least that (x - b)/s can be
(b: the most that is taken to be there), g_i = ((x_i - y_i)/s_i - D) / (K - D) is 0 or more under that cap,
and a lower bound for its mean is an upper bound for Y. Where sizes are the claims, f = y/x.
"""

from dataclasses import dataclass

import numpy as np

from safemonth.figures.estimates.betting import Draws, Floats, bets_on, lower_bound
from safemonth.figures.estimates.stratified_bound import Stratum, least_sum
from safemonth.figures.estimates.visits import Rest, Visits, most_there
from safemonth.verify.sampling.chances import chances_of
from safemonth.verify.sampling.design import Design

# Of the risk of being wrong, the share that the lower end gets: more where under-reporting is excluded beforehand.
LOWER_SHARE, LOWER_SHARE_UNDER_CAP = 0.8, 0.5
# Ends are moved outwards by so much of the claims, more than all rounding.
ROUNDING = 1e-9
# What an honest-looking draw is expected to show before the first one (f and g): it moves the first bets only.
EXPECTED_TRUE, EXPECTED_FALSE = 0.85, 0.1


@dataclass(frozen=True)
class RestBounds:
    """`lower` <= total of those drawn with a chance <= `upper`; `value` is its point; `chances` those of the draws, by code."""

    lower: float
    upper: float
    value: float
    chances: dict[str, float]


@dataclass(frozen=True)
class Bet:
    """A stratum's draws as values to bet on (f or g, 0 or more), and what their mean is multiplied by."""

    weight: float
    values: list[float]


def rest_bounds(design: Design, visits: Visits) -> RestBounds:
    """Return the bounds at the level of the design after the draws in turn, at all looks at once.

    Without draws: from nothing up to the cap. The upper end means nothing where a draw is beyond the cap.
    """
    risk = 1 - float(design.level)
    is_capped = design.cap == 1 and design.zero_cap == 0
    share = LOWER_SHARE if is_capped else LOWER_SHARE_UNDER_CAP
    strata = [(part, _top(part), _floor(design, part)) for part in visits.rest]
    most = sum(float(most_there(design, member)) for part in visits.rest for member in part.members)
    start = sum(part.claimed - part.size * top for part, top, _ in strata)
    slack = ROUNDING * (most + abs(start))
    least = _least(visits, [_on_truth(part, top) for part, top, _ in strata], risk * share, EXPECTED_TRUE, 1.0)
    lower, upper = max(0.0, start + least - slack), most
    if not visits.beyond_cap:
        end = sum(part.claimed - part.size * floor for part, _, floor in strata)
        spread = min((top / (top - floor) for _, top, floor in strata), default=1.0)
        expected = max(EXPECTED_FALSE, 1 - spread)
        bets = [_on_falsehood(part, top, floor) for part, top, floor in strata]
        upper = min(most, end - _least(visits, bets, risk * (1 - share), expected, spread) + slack)
    chances = {code: chance for part in visits.rest for code, chance in _chances(part).items()}
    value = sum(part.claimed for part in visits.rest) - sum(
        (found.claimed - found.least) / chances[found.code] for part in visits.rest for found in part.draws
    )
    return RestBounds(lower, max(upper, lower), value, chances)


def _on_truth(part: Rest, top: float) -> Bet:
    """Return the bet that there is more: f."""
    values = [1 - (found.claimed - found.least) / (found.size * top) for found in part.draws]
    return Bet(part.size * top, [max(value, 0.0) for value in values])


def _on_falsehood(part: Rest, top: float, floor: float) -> Bet:
    """Return the bet that there is less: g."""
    values = [((found.claimed - found.most) / found.size - floor) / (top - floor) for found in part.draws]
    return Bet(part.size * (top - floor), [max(value, 0.0) for value in values])


def _top(part: Rest) -> float:
    """Return the largest claim for its size in a stratum; 1 where nothing was claimed."""
    return max(float(member.claim.claimed) / float(member.size) for member in part.members) or 1.0


def _floor(design: Design, part: Rest) -> float:
    """Return the least (claim less the most that is there) for its size; 0 or less."""
    return min(
        0.0,
        *(
            (float(member.claim.claimed) - float(most_there(design, member))) / float(member.size)
            for member in part.members
        ),
    )


def _least(visits: Visits, bets_on_strata: list[Bet], risk: float, expected: float, spread: float) -> float:
    """Return the lower bound of the sum over strata of weight * mean, the best of all looks."""
    if not visits.turns:
        return 0.0
    values = [bet.values for bet in bets_on_strata]
    in_turn = np.array([[values[at][number] for at, number in visits.turns]])
    everything = Draws(in_turn, np.zeros_like(in_turn), np.ones_like(in_turn, dtype=bool))
    planned = np.array([float(max(sum(part.planned for part in visits.rest), 1))])
    bets = bets_on(everything, planned=planned, risk=risk, expected=expected, spread=spread)
    if len(visits.rest) == 1:
        part = visits.rest[0]
        shares = np.array([[found.size / part.size for found in part.draws]])
        draws = Draws(in_turn, shares, everything.made)
        return bets_on_strata[0].weight * float(lower_bound(draws, bets, risk=risk)[0])
    looks = len(visits.turns)
    strata = [
        Stratum(np.full(looks, bets_on_strata[at].weight), *_looks(visits, at, values[at], bets[0]))
        for at in range(len(visits.rest))
    ]
    return float(least_sum(strata, risk=risk).max())


def _looks(visits: Visits, at: int, values: list[float], bets: Floats) -> tuple[Draws, Floats]:
    """Return one stratum's draws and bets as they stood after each turn (look x draw)."""
    part = visits.rest[at]
    turns = [turn for turn, (stratum, _) in enumerate(visits.turns) if stratum == at]
    looks = len(visits.turns)
    made = np.arange(looks)[:, None] >= np.array(turns, dtype=int)[None, :]
    shares = np.array([found.size / part.size for found in part.draws])
    draws = Draws(np.tile(values, (looks, 1)), np.tile(shares, (looks, 1)), made)
    return draws, np.tile(bets[turns], (looks, 1))


def _chances(part: Rest) -> dict[str, float]:
    """Return the chance of each draw to be among as many draws as were made."""
    if not part.draws:
        return {}
    if len(part.draws) == part.planned:
        chances = {member.claim.code: member.chance for member in part.members}
    else:
        again = chances_of([member.size for member in part.members], draws=len(part.draws))
        chances = {member.claim.code: chance for member, chance in zip(part.members, again, strict=True)}
    return {found.code: chances[found.code] for found in part.draws}
