"""Who is visited for certain: those so large that a chance in proportion would be more than one."""

from collections.abc import Sequence


def take_all(sizes: Sequence[int], *, visits: int) -> tuple[int, ...]:
    """Return the places of the sizes (> 0) that are visited for certain, largest first.

    Repeated until nothing changes, for the rest and the visits left: take where visits * size / sum >= 1 (Särndal,
    Swensson and Wretman, Model Assisted Survey Sampling, 1992, section 3.6.1). All are taken where `visits` reaches
    their number, none where it is 0; the visits left are more than 0 while anybody is left.
    """
    taken: list[int] = []
    left = list(range(len(sizes)))
    while left and visits > len(taken):
        total = sum(sizes[place] for place in left)
        large = [place for place in left if (visits - len(taken)) * sizes[place] >= total]
        if not large:
            break
        taken += large
        gone = set(large)
        left = [place for place in left if place not in gone]
    return tuple(sorted(taken, key=lambda place: (-sizes[place], place)))
