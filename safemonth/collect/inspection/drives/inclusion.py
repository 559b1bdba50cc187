"""With which probability each workplace comes in, and the choice of exactly so many with just these probabilities.

Probabilities proportional to size without replacement, by systematic sampling of the frame in an order that is itself
drawn: Madow 1949 (doi:10.1214/aoms/1177729988), in random order Goodman and Kish 1950 (doi:10.1080/01621459.1950.10501130)
and Hartley and Rao 1962 (doi:10.1214/aoms/1177704564). All numbers are whole, so the probabilities are exact.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from safemonth.collect.inspection.drives.frame import CERTAIN, Frame
from safemonth.lib.chances import Chances
from safemonth.lib.refusals import Refused, gettext_noop

Why = Literal["certain", "random", "named"]
SURE: Final = Fraction(1)


@dataclass(frozen=True)
class Inclusion:
    """Why and with which probability (0 < p <= 1) a workplace comes in."""

    why: Why
    probability: Fraction


def inclusions(frame: Frame) -> dict[str, Inclusion]:
    """Return workplace key -> its inclusion, in the order of the frame; the probabilities sum to the frame's `count`.

    Named ones and those of a certain class are in. Of the m visits left, one with weight w of W in all comes in with m w / W;
    where that is 1 or more it is in, and the rest is shared out again. Raises Refused `draw_too_many`,
    `draw_too_few`, `draw_bad_weight`.
    """
    if not 1 <= frame.count <= len(frame.workplaces):
        raise Refused(
            "draw_too_many",
            gettext_noop("%(count)s workplaces are to be drawn of %(there)s. Draw from 1 to %(there)s."),
            count=frame.count,
            there=len(frame.workplaces),
        )
    weight_of = {row.key: _weight(frame, row.risk) for row in frame.workplaces}
    found: dict[str, Inclusion] = {}
    for row in frame.workplaces:
        if row.is_named:
            found[row.key] = Inclusion("named", SURE)
        elif weight_of[row.key] == CERTAIN:
            found[row.key] = Inclusion("certain", SURE)
    if len(found) > frame.count:
        raise Refused(
            "draw_too_few",
            gettext_noop(
                "%(sure)s workplaces are certain (by their risk, or named), and only %(count)s are to be drawn."
            ),
            sure=len(found),
            count=frame.count,
        )
    left = frame.count - len(found)
    open_keys = [row.key for row in frame.workplaces if row.key not in found]
    sure: set[str] = set()
    while True:
        total = sum(weight_of[key] for key in open_keys if key not in sure)
        m = left - len(sure)
        more = {key for key in open_keys if key not in sure and m > 0 and m * weight_of[key] >= total}
        if not more:
            break
        sure |= more
    if left:
        for key in open_keys:
            probability = SURE if key in sure else Fraction((left - len(sure)) * weight_of[key], total)
            if probability:
                found[key] = Inclusion("random", probability)
    return {row.key: found[row.key] for row in frame.workplaces if row.key in found}


def _weight(frame: Frame, risk: str) -> int:
    weight = frame.weights.get(risk)
    if weight is None or weight < CERTAIN:
        raise Refused(
            "draw_bad_weight",
            gettext_noop("The class of risk “%(risk)s” has no weight. Give a whole number from 1, or 0 for certain."),
            risk=risk,
        )
    return weight


def selected(frame: Frame, chances: Chances) -> list[str]:
    """Return the keys of exactly `count` workplaces, in the order of the frame.

    Those with probability 1 are in. The others are laid end to end on a line in a drawn order, each as long as m times its
    weight; from a drawn start in the first W, every W-th point falls into one that is taken (W the sum of the weights).
    """
    found = inclusions(frame)
    chosen = {key for key, inclusion in found.items() if inclusion.probability == 1}
    m = frame.count - len(chosen)
    if m:
        weight = {row.key: frame.weights[row.risk] for row in frame.workplaces}
        order = chances.shuffled([row.key for row in frame.workplaces if row.key in found and row.key not in chosen])
        total = sum(weight[key] for key in order)
        point, reached = chances.below(total), 0
        for key in order:
            reached += m * weight[key]
            if point < reached:
                chosen.add(key)
                point += total
    return [row.key for row in frame.workplaces if row.key in chosen]
