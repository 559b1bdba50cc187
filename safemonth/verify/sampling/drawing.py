"""Draw by draw, each with a chance proportional to size among those left."""

from collections.abc import Sequence
from itertools import accumulate

from safemonth.lib.chances import Chances


def draw_in_turn(sizes: Sequence[int], *, count: int, stream: Chances) -> tuple[int, ...]:
    """Return the places of `count` (or all, if fewer) of the sizes (> 0) in the order drawn.

    Each draw takes the first place whose running sum of the sizes left is more than `stream.below(sum of the sizes
    left)`; so each has exactly the chance size / sum among those left (successive sampling: Yates and Grundy 1953,
    doi:10.1111/j.2517-6161.1953.tb00140.x).
    """
    left = list(range(len(sizes)))
    total = sum(sizes)
    drawn: list[int] = []
    for _ in range(min(count, len(sizes))):
        point = stream.below(total)
        drawn.append(left.pop(_index_at(point, [sizes[place] for place in left])))
        total -= sizes[drawn[-1]]
    return tuple(drawn)


def _index_at(point: int, sizes: Sequence[int]) -> int:
    """Return the first index whose running sum is more than `point` (below the sum of all)."""
    for index, running in enumerate(accumulate(sizes)):
        if point < running:
            return index
    raise ValueError("the point lies beyond all sizes")
