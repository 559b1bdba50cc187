"""Plain decisions about the register: which workplace a merged one is, in whatever order the merges were said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from safemonth.lib.refusals import Refused, gettext_noop

# A merge: the number of the workplace that is the same as another, and the number of that other.
Pair = tuple[int, int]


def survivors(merges: Iterable[Pair]) -> dict[int, int]:
    """Return for each workplace that is merged the one that stands for it; who stands is not among the keys.

    Workplaces that merges join are one. Of them stands the one that was never itself merged into another; where
    several were not, the one with the lowest number (the longest on record). So the result depends on the set of merges
    only, never on their order, and taking one away gives what there would be without it.
    """
    listed = set(merges)
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in listed:
        beside[one].add(other)
        beside[other].add(one)
    merged = {one for one, _ in listed}
    standing: dict[int, int] = {}
    seen: set[int] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        together, waiting = {start}, [start]
        while waiting:
            for near in beside[waiting.pop()] - together:
                together.add(near)
                waiting.append(near)
        seen |= together
        # A set of merges without a ring always leaves one that was not merged.
        survivor = min(together - merged or together)
        standing |= {one: survivor for one in together if one != survivor}
    return standing


def survivor_of(workplace: int, merges: Iterable[Pair]) -> int:
    """Return the number of the workplace that stands for one; its own where it was not merged."""
    return survivors(merges).get(workplace, workplace)


def check_merge(workplace: int, into: int, merges: Iterable[Pair]) -> None:
    """Raise Refused `merge_of_one` for a workplace and itself, `merge_ring` where `into` was merged into it before."""
    if workplace == into:
        raise Refused("merge_of_one", gettext_noop("A workplace cannot be merged into itself."))
    ways: dict[int, set[int]] = defaultdict(set)
    for one, other in merges:
        ways[one].add(other)
    reached, waiting = {into}, [into]
    while waiting:
        for next_one in ways[waiting.pop()] - reached:
            reached.add(next_one)
            waiting.append(next_one)
    if workplace in reached:
        raise Refused(
            "merge_ring", gettext_noop("That workplace was merged into this one before. Undo that merge first.")
        )


def differences(now: Mapping[str, object], said: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Return field -> (what stands, what is said) where something is said that differs; what is not said is no change."""
    return {
        field: (now.get(field), value)
        for field, value in said.items()
        if value not in ("", None) and value != now.get(field)
    }
