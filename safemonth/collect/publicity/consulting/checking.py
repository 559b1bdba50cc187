"""Whether a roster keeps what the problem states. Written from the statement; knows nothing of how rosters are made."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from safemonth.collect.publicity.consulting.problem import Placed, Problem, Wish
from safemonth.lib.refusals import gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "not_placed": gettext_noop("%(booth)s has no place."),
    "placed_twice": gettext_noop("%(booth)s stands in two places."),
    "unknown_booth": gettext_noop("%(booth)s is on the roster and not among the units of the day."),
    "unknown_site": gettext_noop("%(booth)s is put at a site that the day does not have."),
    "outside_hours": gettext_noop("%(booth)s stands at %(site)s outside the hours of the day."),
    "outside_site_hours": gettext_noop("%(booth)s stands at %(site)s while the site is not free."),
    "outside_wished_hours": gettext_noop("%(booth)s stands outside the hours in which it can come."),
    "too_short": gettext_noop("%(booth)s stands at %(site)s for less than the shortest stay."),
    "too_full": gettext_noop("%(site)s has %(has)s booths at once and holds %(most)s."),
    "too_few": gettext_noop("%(site)s has %(has)s booths and needs %(least)s at least."),
    "no_room": gettext_noop("%(site)s has room for %(most)s (%(thing)s) and gets %(has)s at once."),
    "number_beyond": gettext_noop("%(booth)s has a number at %(site)s that the site does not have."),
    "number_shared": gettext_noop("%(booth)s and %(other)s have one number at %(site)s at the same time."),
    "not_together": gettext_noop("%(booth)s and %(other)s should stand together and do not."),
    "not_apart": gettext_noop("%(booth)s and %(other)s should stand at different sites and do not."),
    "not_at_site": gettext_noop("%(booth)s should stand at %(site)s and does not."),
    "at_site": gettext_noop("%(booth)s should not stand at %(site)s and does."),
    "lock_lost": gettext_noop("%(booth)s was put at %(site)s by hand and is not there."),
}


@dataclass(frozen=True)
class Breach:
    """One rule that a roster breaks: `code` is a key of SENTENCES; booths and sites are codes, empty where none."""

    code: str
    booth: str = ""
    other: str = ""
    site: str = ""
    thing: str = ""
    has: int = 0
    most: int = 0


def breaches(problem: Problem, roster: Sequence[Placed]) -> tuple[Breach, ...]:
    """Return every rule that a roster breaks, wishes that are no musts left aside; empty: it keeps them all.

    `too_few` gives the least number in `most`.
    """
    strays = [Breach("unknown_booth", booth=row.booth) for row in roster if row.booth not in problem.booth]
    strays += [Breach("unknown_site", booth=row.booth) for row in roster if row.site not in problem.site]
    known = [row for row in roster if row.booth in problem.booth and row.site in problem.site]
    times = Counter(row.booth for row in roster)
    found = [Breach("not_placed", booth=booth.code) for booth in problem.booths if not times[booth.code]]
    found += [Breach("placed_twice", booth=code) for code, count in times.items() if count > 1]
    for row in known:
        found += _of_hours(problem, row)
    for site in problem.sites:
        found += _of_site(problem, site.code, [row for row in known if row.site == site.code])
    for wish in problem.wishes:
        if wish.is_must:
            found += _of_wish(wish, known)
    stands = {(row.booth, row.site) for row in roster}
    found += [
        Breach("lock_lost", booth=lock.booth, site=lock.site)
        for lock in problem.locks
        if (lock.booth, lock.site) not in stands
    ]
    return tuple(strays + found)


def unmet_wishes(problem: Problem, roster: Sequence[Placed]) -> tuple[Wish, ...]:
    """Return the wishes that are no musts and that a roster does not keep."""
    return tuple(wish for wish in problem.wishes if not wish.is_must and _of_wish(wish, roster))


def _of_hours(problem: Problem, row: Placed) -> list[Breach]:
    site = problem.site[row.site]
    found = []
    if row.hours.from_min < problem.hours.from_min or row.hours.to_min > problem.hours.to_min:
        found.append(Breach("outside_hours", booth=row.booth, site=row.site))
    if site.hours and (row.hours.from_min < site.hours.from_min or row.hours.to_min > site.hours.to_min):
        found.append(Breach("outside_site_hours", booth=row.booth, site=row.site))
    for wish in problem.wishes:
        if wish.kind == "hours" and wish.booth == row.booth and wish.hours:
            inside = wish.hours.from_min <= row.hours.from_min and row.hours.to_min <= wish.hours.to_min
            found += [] if inside else [Breach("outside_wished_hours", booth=row.booth)]
    if row.hours.to_min - row.hours.from_min < problem.least_stay_min:
        found.append(Breach("too_short", booth=row.booth, site=row.site))
    return found


def _of_site(problem: Problem, code: str, rows: Sequence[Placed]) -> list[Breach]:
    site = problem.site[code]
    found = []
    # The most at once is there when somebody arrives.
    crowds = [[other for other in rows if _is_there(other, row.hours.from_min)] for row in rows]
    if (most := max((len(crowd) for crowd in crowds), default=0)) > site.holds:
        found.append(Breach("too_full", site=code, has=most, most=site.holds))
    if len(rows) < site.least:
        found.append(Breach("too_few", site=code, has=len(rows), most=site.least))
    for thing, limit in site.room.items():
        has = max((sum(problem.booth[row.booth].brings.get(thing, 0) for row in crowd) for crowd in crowds), default=0)
        if has > limit:
            found.append(Breach("no_room", site=code, thing=thing, has=has, most=limit))
    for at, row in enumerate(rows):
        if not 1 <= row.number <= site.holds:
            found.append(Breach("number_beyond", booth=row.booth, site=code))
        for other in rows[at + 1 :]:
            if other.number == row.number and _at_the_same_time(row, other):
                found.append(Breach("number_shared", booth=row.booth, other=other.booth, site=code))
    return found


def _of_wish(wish: Wish, roster: Iterable[Placed]) -> list[Breach]:
    """The breach of one wish, where booths that have no place keep wishes against sites and for distance."""
    rows = list(roster)
    own = [row for row in rows if row.booth == wish.booth]
    others = [row for row in rows if row.booth == wish.other]
    met = any(a.site == b.site for a in own for b in others)
    if wish.kind == "together":
        is_kept = any(a.site == b.site and _at_the_same_time(a, b) for a in own for b in others)
        return [] if is_kept else [Breach("not_together", booth=wish.booth, other=wish.other)]
    if wish.kind == "apart":
        return [Breach("not_apart", booth=wish.booth, other=wish.other)] if met else []
    is_at_site = any(row.site == wish.site for row in own)
    if wish.kind == "at":
        return [] if is_at_site else [Breach("not_at_site", booth=wish.booth, site=wish.site)]
    if wish.kind == "not_at":
        return [Breach("at_site", booth=wish.booth, site=wish.site)] if is_at_site else []
    return []


def _is_there(row: Placed, minute: int) -> bool:
    return row.hours.from_min <= minute < row.hours.to_min


def _at_the_same_time(one: Placed, other: Placed) -> bool:
    return one.hours.from_min < other.hours.to_min and other.hours.from_min < one.hours.to_min
