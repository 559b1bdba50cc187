"""Reads of rosters: the day as the solver reads it, who stands where, and what that breaks."""

from dataclasses import dataclass

from safemonth.collect.publicity.consulting import problem as stated
from safemonth.collect.publicity.consulting.checking import Breach, breaches, unmet_wishes
from safemonth.collect.publicity.consulting.models import BoothPlace, ConsultingDay, Roster
from safemonth.collect.publicity.consulting.queries.days import booths_of, sites_of, wishes_of
from safemonth.collect.publicity.consulting.rules import hours_of

# Codes of the pure statement: a site and a wish by their keys, a booth by its unit's code.
SITE, WISH = "site-", "wish-"


def current_roster(day: ConsultingDay) -> Roster | None:
    """Return the roster that stands, None where none was made."""
    return Roster.objects.filter(day=day, is_current=True).first()


def latest_roster(day: ConsultingDay) -> Roster | None:
    """Return the last attempt, whether or not it could be done."""
    return Roster.objects.filter(day=day).order_by("-version").first()


def places_of(roster: Roster | None) -> list[BoothPlace]:
    """Return who stands where, by site and number; booths that stay away since are left out. None: nobody."""
    if roster is None:
        return []
    return list(
        BoothPlace.objects.filter(roster=roster, booth__is_in=True)
        .select_related("booth__unit", "booth__day", "site")
        .order_by("site__number", "number", "from_time")
    )


def problem_of(day: ConsultingDay, *, places: list[BoothPlace]) -> stated.Problem:
    """Return the day as the solver and the checker read it; `places` are where booths stand and are locked now."""
    sites = list(sites_of(day))
    used = {site.pk for site in sites}
    return stated.Problem(
        hours=_hours(day),
        sites=tuple(
            stated.Site(
                code=f"{SITE}{site.pk}",
                holds=site.holds,
                least=site.least,
                room={thing: int(most) for thing, most in site.room.items()},
                hours=hours_of(site.opens, site.closes),
            )
            for site in sites
        ),
        booths=tuple(
            stated.Booth(
                code=booth.unit.code,
                brings={thing: int(count) for thing, count in booth.brings.items()},
                copies=booth.copies,
            )
            for booth in booths_of(day)
        ),
        wishes=tuple(
            stated.Wish(
                key=f"{WISH}{wish.pk}",
                kind=wish.kind,  # type: ignore[arg-type]  # The choices are those of WishKind.
                booth=wish.booth.unit.code,
                other=wish.other.unit.code if wish.other else "",
                site=f"{SITE}{wish.site_id}" if wish.site_id else "",
                hours=hours_of(wish.from_time, wish.to_time),
                is_must=wish.is_must,
            )
            for wish in wishes_of(day)
        ),
        locks=tuple(
            stated.Lock(booth=row.booth.unit.code, site=f"{SITE}{row.site_id}")
            for row in places
            if row.is_locked and row.site_id in used
        ),
        least_stay_min=day.least_stay_min,
        standing={row.booth.unit.code: f"{SITE}{row.site_id}" for row in places},
    )


def _hours(day: ConsultingDay) -> stated.Hours:
    found = hours_of(day.from_time, day.to_time)
    assert found is not None
    return found


def placed(places: list[BoothPlace]) -> tuple[stated.Placed, ...]:
    """Return stored places as the checker reads them."""
    return tuple(
        stated.Placed(
            booth=row.booth.unit.code,
            site=f"{SITE}{row.site_id}",
            number=row.number,
            hours=hours_of(row.from_time, row.to_time) or stated.Hours(0, 0),
        )
        for row in places
    )


@dataclass(frozen=True)
class RosterPage:
    """A roster against the day as it is stated now: what it breaks, and the lesser wishes that it does not keep."""

    problem: stated.Problem
    roster: Roster | None
    places: list[BoothPlace]
    breaches: tuple[Breach, ...]
    unmet: tuple[stated.Wish, ...]


def roster_page(day: ConsultingDay) -> RosterPage:
    """Return the roster that stands, checked against the day as it is stated now."""
    roster = current_roster(day)
    places = places_of(roster)
    problem = problem_of(day, places=places)
    rows = placed(places)
    return RosterPage(
        problem=problem,
        roster=roster,
        places=places,
        breaches=breaches(problem, rows) if roster else (),
        unmet=unmet_wishes(problem, rows) if roster else (),
    )
