"""What a problem states, as linear limits on who stands where; each limit knows which statements it comes from.

A choice x[booth, site] is 1 where the booth stands at the site. Each limit is `least <= sum of coefficient * choice <=
most` and holds as long as all its `items` do. Dropping items can only allow more, so that what contradicts can be
searched for (docs/figures/roster.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from safemonth.collect.publicity.consulting.problem import Hours, Problem, Wish

ItemKind = Literal["needs_place", "holds", "least", "room", "site_hours", "least_stay", "wish", "lock"]
Choice = tuple[str, str]


@dataclass(frozen=True, order=True)
class Item:
    """One statement of a problem that can be named as (part of) the reason: its kind, and what it speaks of.

    `code` is the booth (needs_place, lock), the site (holds, least, room, site_hours), the wish's key, or empty
    (least_stay); `thing` only for room.
    """

    kind: ItemKind
    code: str = ""
    thing: str = ""


@dataclass(frozen=True)
class Limit:
    """One linear limit on choices, in force while all of `items` are (none: always)."""

    items: frozenset[Item]
    terms: tuple[tuple[int, Choice], ...]
    least: int | None = None
    most: int | None = None


def items_of(problem: Problem) -> tuple[Item, ...]:
    """Return every statement that a roster must keep, in a fixed order."""
    items = [Item("needs_place", booth.code) for booth in problem.booths]
    items.append(Item("least_stay"))
    for site in problem.sites:
        items.append(Item("holds", site.code))
        items += [Item("least", site.code)] if site.least else []
        items += [Item("room", site.code, thing) for thing in sorted(site.room)]
        items += [Item("site_hours", site.code)] if site.hours else []
    items += [Item("wish", wish.key) for wish in problem.wishes if wish.is_must]
    items += [Item("lock", lock.booth) for lock in problem.locks]
    return tuple(items)


def limits_of(problem: Problem) -> tuple[Limit, ...]:
    """Return all limits of a problem; choices of booths and sites that it does not have are in none."""
    return (
        *_structure(problem),
        *_of_hours(problem),
        *(limit for site in problem.sites for limit in _of_site(problem, site.code)),
        *(limit for wish in problem.wishes if wish.is_must for limit in wish_limits(problem, wish)),
        *(
            Limit(frozenset({Item("lock", lock.booth)}), ((1, (lock.booth, lock.site)),), least=1)
            for lock in problem.locks
        ),
    )


def stay_counted(problem: Problem, booth: str, site: str) -> Hours:
    """Return the hours that a choice takes up at its site.

    Where the hours in common are too short, the choice is only possible once a wish or the site's hours are dropped;
    it then takes up the whole day, so that dropping never makes a crowd smaller than it would be.
    """
    stay = problem.stay(booth, site)
    return stay if stay.length_min >= max(problem.least_stay_min, 1) else problem.hours


def _structure(problem: Problem) -> Iterator[Limit]:
    for booth in problem.booths:
        everywhere = tuple((1, (booth.code, site.code)) for site in problem.sites)
        yield Limit(frozenset(), everywhere, most=1)
        yield Limit(frozenset({Item("needs_place", booth.code)}), everywhere, least=1)


def _of_hours(problem: Problem) -> Iterator[Limit]:
    """No booth where the hours in common are too short, with the fewest statements that make them so."""
    for booth in problem.booths:
        wish = problem.hours_wish.get(booth.code)
        for site in problem.sites:
            never = ((1, (booth.code, site.code)),)
            for items, stay in _stays(problem, wish, site.code):
                if stay.length_min < problem.least_stay_min:
                    yield Limit(frozenset({Item("least_stay"), *items}), never, most=0)
                    break


def _stays(problem: Problem, wish: Wish | None, site: str) -> Iterator[tuple[set[Item], Hours]]:
    wished = {Item("wish", wish.key)} if wish and wish.hours else set()
    free = problem.site[site].hours
    opened = {Item("site_hours", site)} if free else set()
    yield set(), problem.hours
    if wished and wish:
        yield wished, problem.hours.meet(wish.hours)
    if opened:
        yield opened, problem.hours.meet(free)
    if wished and opened and wish:
        yield wished | opened, problem.hours.meet(wish.hours).meet(free)


def _of_site(problem: Problem, code: str) -> Iterator[Limit]:
    site = problem.site[code]
    # Where everybody who is there at some moment is known to be there at another too, that other limit says it all.
    crowds: set[frozenset[str]] = set()
    stays = {booth.code: stay_counted(problem, booth.code, code) for booth in problem.booths}
    for arrival in sorted({stay.from_min for stay in stays.values()}):
        crowds.add(frozenset(b for b, stay in stays.items() if stay.from_min <= arrival < stay.to_min))
    largest = [crowd for crowd in crowds if not any(crowd < other for other in crowds)]
    for crowd in sorted(largest, key=sorted):
        members = sorted(crowd)
        yield Limit(frozenset({Item("holds", code)}), tuple((1, (b, code)) for b in members), most=site.holds)
        for thing, most in sorted(site.room.items()):
            brought = tuple((n, (b, code)) for b in members if (n := problem.booth[b].brings.get(thing, 0)))
            if brought:
                yield Limit(frozenset({Item("room", code, thing)}), brought, most=most)
    if site.least:
        everyone = tuple((1, (booth.code, code)) for booth in problem.booths)
        yield Limit(frozenset({Item("least", code)}), everyone, least=site.least)


def wish_limits(problem: Problem, wish: Wish) -> Iterator[Limit]:
    """Yield what a wish asks for, as limits under its item; hours are the matter of `limits_of`."""
    item = frozenset({Item("wish", wish.key)})
    sites: Sequence[str] = [site.code for site in problem.sites]
    match wish.kind:
        case "together":
            for site in sites:
                yield Limit(item, ((1, (wish.booth, site)), (-1, (wish.other, site))), least=0, most=0)
            yield from _never_missing_each_other(problem, wish)
        case "apart":
            for site in sites:
                yield Limit(item, ((1, (wish.booth, site)), (1, (wish.other, site))), most=1)
        case "at":
            yield Limit(item, ((1, (wish.booth, wish.site)),), least=1)
        case "not_at":
            yield Limit(item, ((1, (wish.booth, wish.site)),), most=0)


def _never_missing_each_other(problem: Problem, wish: Wish) -> Iterator[Limit]:
    """Together means at the same time too: not where the hours of the two at a site do not meet."""
    hours = {Item("wish", problem.hours_wish[b].key) for b in (wish.booth, wish.other) if b in problem.hours_wish}
    for site in problem.sites:
        one, other = problem.stay(wish.booth, site.code), problem.stay(wish.other, site.code)
        if not one.meet(other).length_min:
            # Where the site's hours part them, one of the two is not possible there at all (see `_of_hours`).
            yield Limit(
                frozenset({Item("wish", wish.key), *hours}),
                ((1, (wish.booth, site.code)), (1, (wish.other, site.code))),
                most=1,
            )
