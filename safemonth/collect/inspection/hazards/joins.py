"""Hazards said to be the same as each other: which one stands, in whatever order that was said. Plain Python."""

from collections.abc import Mapping


def rings_broken(joined: Mapping[str, str], *, found: Mapping[str, str]) -> dict[str, str]:
    """Return which of the joined hazards stand all the same, and why: `ring` or `unknown_other`.

    `joined` maps a hazard to the one that it is said to be the same as; `found` has every hazard, with when it was found
    as text that sorts. In each ring the one found first stands, of those the lowest key; what leads to a hazard that is
    not in `found` stands itself. With these left out of `joined` every way ends at one that stands.
    """
    broken = {key: "unknown_other" for key, target in joined.items() if target not in found}
    done: set[str] = set(broken)
    for start in sorted(joined):
        way: list[str] = []
        at = start
        while at in joined and at not in done and at not in way:
            way.append(at)
            at = joined[at]
        if at in way:
            ring = way[way.index(at) :]
            broken[min(ring, key=lambda key: (found[key], key))] = "ring"
        done.update(way)
    return broken


def root_of(key: str, joined: Mapping[str, str]) -> str:
    """Return the hazard that stands for one; itself where it is joined to none. `joined` must have no ring."""
    for _ in range(len(joined) + 1):
        if key not in joined:
            return key
        key = joined[key]
    raise ValueError("a ring of joins was not broken")


def joined_group(key: str, says: Mapping[str, frozenset[str]]) -> set[str]:
    """Return all hazards that hang together with one by what was ever said: `says` maps a hazard to those it was joined to."""
    beside: dict[str, set[str]] = {}
    for one, others in says.items():
        for other in others:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    together, waiting = {key}, [key]
    while waiting:
        for near in beside.get(waiting.pop(), set()) - together:
            together.add(near)
            waiting.append(near)
    return together
