"""What single change would make an impossible roster possible; each is tried on the whole problem before it is said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from safemonth.collect.publicity.consulting.limits import Item
from safemonth.collect.publicity.consulting.problem import Problem, Site
from safemonth.collect.publicity.consulting.solving import can_be_done

# Of many units that need a place, so many are tried one by one: the first few are as good as any.
UNITS_TRIED: Final = 5
STEP_MIN: Final = 15


@dataclass(frozen=True)
class Remedy:
    """One change that is enough by itself: which statement, and (limits) what its number would have to be.

    `amount` is what the site would have to hold (`holds`), how many of the thing (`room`), the fewest booths that it
    may ask for (`least`), the shortest stay in minutes (`least_stay`); 0 for what is dropped.
    """

    item: Item
    amount: int = 0


def remedies(problem: Problem, reason: Sequence[Item], *, seed: int, effort: float) -> tuple[Remedy, ...]:
    """Return the single changes to a statement of `reason` that are enough, with the smallest number that is.

    Empty: there is another contradiction beside this one (or the effort ran out).
    """
    units = [item for item in reason if item.kind == "needs_place"][:UNITS_TRIED]
    found = []
    for item in [*units, *(item for item in reason if item.kind != "needs_place")]:
        remedy = _first_that_does(problem, item, seed=seed, effort=effort / 10)
        if remedy is not None:
            found.append(remedy)
    return tuple(found)


def _first_that_does(problem: Problem, item: Item, *, seed: int, effort: float) -> Remedy | None:
    def does(changed: Problem) -> bool:
        return can_be_done(changed, seed=seed, effort=effort) is True

    changes = list(_changes(problem, item))
    # One more is mostly enough. The last change gives way the most: where it is not enough, none is.
    if changes and does(changes[0][1]):
        return Remedy(item, changes[0][0])
    if not changes or not does(changes[-1][1]):
        return None
    low, high = 1, len(changes) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if does(changes[middle][1]) else (middle + 1, high)
    return Remedy(item, changes[low][0])


def _changes(problem: Problem, item: Item) -> Iterator[tuple[int, Problem]]:
    """Yield (amount, changed problem), each giving way more than the one before."""
    booths = len(problem.booths)
    match item.kind:
        case "wish":
            yield 0, replace(problem, wishes=tuple(w for w in problem.wishes if w.key != item.code))
        case "lock":
            yield 0, replace(problem, locks=tuple(lock for lock in problem.locks if lock.booth != item.code))
        case "needs_place":
            yield 0, _without(problem, item.code)
        case "site_hours":
            yield 0, _with_site(problem, item.code, lambda site: replace(site, hours=None))
        case "holds":
            for amount in range(problem.site[item.code].holds + 1, booths + 1):
                yield amount, _with_site(problem, item.code, lambda site, n=amount: replace(site, holds=n))  # type: ignore[misc]
        case "least":
            for amount in range(problem.site[item.code].least - 1, -1, -1):
                yield amount, _with_site(problem, item.code, lambda site, n=amount: replace(site, least=n))  # type: ignore[misc]
        case "room":
            brought = sum(booth.brings.get(item.thing, 0) for booth in problem.booths)
            for amount in range(problem.site[item.code].room[item.thing] + 1, brought + 1):
                room = {**problem.site[item.code].room, item.thing: amount}
                yield amount, _with_site(problem, item.code, lambda site, r=room: replace(site, room=r))  # type: ignore[misc]
        case "least_stay":
            for amount in range((problem.least_stay_min - 1) // STEP_MIN * STEP_MIN, 0, -STEP_MIN):
                yield amount, replace(problem, least_stay_min=amount)


def _with_site(problem: Problem, code: str, change: Callable[[Site], Site]) -> Problem:
    return replace(problem, sites=tuple(change(site) if site.code == code else site for site in problem.sites))


def _without(problem: Problem, code: str) -> Problem:
    return replace(
        problem,
        booths=tuple(booth for booth in problem.booths if booth.code != code),
        wishes=tuple(wish for wish in problem.wishes if code not in (wish.booth, wish.other)),
        locks=tuple(lock for lock in problem.locks if lock.booth != code),
    )
