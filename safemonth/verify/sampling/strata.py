"""How many visits each kind of unit gets."""

from collections.abc import Mapping, Sequence

# Two visits at least, so that a stratum shows how its units differ.
LEAST_VISITS = 2


def share_out(visits: int, *, members: Mapping[str, int], totals: Mapping[str, int]) -> dict[str, int]:
    """Return how many of the `visits` (>= 0) each stratum gets: in proportion to `totals` (summed sizes).

    Every stratum first gets one, then two (or all its members, if fewer), the largest totals first, as
    far as the visits go; the rest goes, one by one, to the stratum with the largest total for each visit
    already given (D'Hondt's rule), never more than it has members. Ties go to the name that sorts first.
    """
    given = dict.fromkeys(members, 0)
    by_total = sorted(members, key=lambda kind: (-totals[kind], kind))
    for least in range(1, LEAST_VISITS + 1):
        for kind in by_total:
            if visits and given[kind] < min(least, members[kind]):
                given[kind] += 1
                visits -= 1
    while visits and (open_kinds := [kind for kind in by_total if given[kind] < members[kind]]):
        chosen = max(open_kinds, key=lambda kind: totals[kind] / (given[kind] + 1))
        given[chosen] += 1
        visits -= 1
    return given


def interleave(drawn: Mapping[str, Sequence[str]], *, planned: Mapping[str, int]) -> list[str]:
    """Return the codes of all strata in one order in which each stratum advances in step with its planned draws.

    The planned draws of all strata come first: the j-th of n planned at (j - 1/2) / n; then those held in reserve in
    the same way. Ties go to the name that sorts first.
    """
    places = [
        (number >= planned[kind], (number + 0.5) / max(planned[kind], 1), kind, number, code)
        for kind, codes in drawn.items()
        for number, code in enumerate(codes)
    ]
    return [code for *_, code in sorted(places)]
