"""Writes of rosters: solve, move a booth by hand, let it go again; each a version, none overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from django.db.models import Max

from safemonth.collect.publicity.consulting.limits import stay_counted
from safemonth.collect.publicity.consulting.models import (
    Booth,
    BoothPlace,
    ConsultingDay,
    Roster,
    RosterStatus,
    Site,
)
from safemonth.collect.publicity.consulting.problem import Placed
from safemonth.collect.publicity.consulting.queries import (
    SITE,
    booths_of,
    current_roster,
    places_of,
    problem_of,
    sites_of,
)
from safemonth.collect.publicity.consulting.remedies import remedies
from safemonth.collect.publicity.consulting.rules import hours_of, time_of
from safemonth.collect.publicity.consulting.solving import DEFAULT_EFFORT, Solved, solve
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop

SEED = 1


def make_roster(
    *,
    day: ConsultingDay,
    by: str,
    at: datetime,
    seed: int = SEED,
    effort: float = DEFAULT_EFFORT,
    is_fresh: bool = False,
) -> Roster:
    """Solve the day as stated now; what was put by hand stays, and few others are moved (`is_fresh`: as many as helps).

    Returns the new version: current where it has places; where it cannot be done it holds the reason and the roster
    that stood stays current. A roster that is exactly as the one that stands is that one. Raises Refused
    `nothing_to_place` where there is no site or no booth.
    """
    if not sites_of(day).exists() or not booths_of(day).exists():
        raise Refused("nothing_to_place", gettext_noop("Add sites and units first."))
    standing = current_roster(day)
    places = places_of(standing)
    problem = problem_of(day, places=places)
    solved = solve(replace(problem, standing={}) if is_fresh else problem, seed=seed, effort=effort)
    found = remedies(problem, solved.reason, seed=seed, effort=effort) if solved.reason else ()
    locked = {row.booth_id for row in places if row.is_locked}
    booths, sites = _by_code(day)
    rows = [_row(row, booths=booths, sites=sites, locked=locked) for row in solved.places]
    if standing and rows and standing.status == solved.status and _same(places, rows):
        return standing
    with writing(by=by, at=at, action="consulting.roster", about=f"{day.task.code} {solved.status}") as write:
        roster = _new_version(write, day=day, standing=standing, solved=solved, seed=seed, by=by, at=at)
        write.change(
            roster,
            reason=[asdict(item) for item in solved.reason],
            is_smallest=solved.is_smallest,
            remedies=[{**asdict(remedy.item), "amount": remedy.amount} for remedy in found],
        )
        _fill(write, roster, rows)
    return roster


def move_booth(*, booth: Booth, site: Site, by: str, at: datetime) -> Roster:
    """Put a booth at a site by hand, as a new version: it stays there when the rest is solved again.

    Nothing is checked here: the roster's page says what it breaks, and solving again says whether it can be kept.
    Raises Refused `other_day` where the site is not one of the booth's day.
    """
    day = booth.day
    if site.day_id != booth.day_id or not site.is_used or not booth.is_in:
        raise Refused("other_day", gettext_noop("The unit and the site are not of one day."))
    standing = current_roster(day)
    places = places_of(standing)
    hours = stay_counted(problem_of(day, places=places), booth.unit.code, f"{SITE}{site.pk}")
    rows = [_copy(row) for row in places if row.booth_id != booth.pk]
    taken = {
        row.number
        for row in rows
        if row.site_id == site.pk and (kept := hours_of(row.from_time, row.to_time)) and kept.meet(hours).length_min
    }
    number = next(number for number in range(1, len(rows) + 2) if number not in taken)
    rows.append(
        BoothPlace(
            booth=booth,
            site=site,
            number=number,
            from_time=time_of(hours.from_min),
            to_time=time_of(hours.to_min),
            is_locked=True,
        )
    )
    with writing(by=by, at=at, action="consulting.move", about=f"{booth.unit.name} {site.name}") as write:
        solved = Solved("unknown")
        seed = standing.seed if standing else SEED
        roster = _new_version(write, day=day, standing=standing, solved=solved, seed=seed, by=by, at=at, by_hand=True)
        _fill(write, roster, rows)
    return roster


def release_booth(*, place: BoothPlace, by: str, at: datetime) -> BoothPlace:
    """Let a booth that was put by hand go wherever the next solution puts it; it stands where it stands until then."""
    with writing(by=by, at=at, action="consulting.release", about=place.booth.unit.name) as write:
        return write.change(place, is_locked=False)


def _new_version(
    write: Write,
    *,
    day: ConsultingDay,
    standing: Roster | None,
    solved: Solved,
    seed: int,
    by: str,
    at: datetime,
    by_hand: bool = False,
) -> Roster:
    has_places = bool(solved.places) or by_hand
    if standing and has_places:
        write.change(standing, is_current=False)
    last = Roster.objects.filter(day=day).aggregate(last=Max("version"))["last"] or 0
    return write.create(
        Roster(
            day=day,
            version=last + 1,
            is_current=has_places,
            status=RosterStatus.BY_HAND if by_hand else solved.status,
            seed=seed,
            cost=solved.cost,
            bound=solved.bound,
            made_at=at,
            made_by=by,
        )
    )


def _fill(write: Write, roster: Roster, rows: Iterable[BoothPlace]) -> None:
    stored = list(rows)
    for row in stored:
        row.roster = roster
    write.create_all(stored)


def _by_code(day: ConsultingDay) -> tuple[dict[str, Booth], dict[str, Site]]:
    return {booth.unit.code: booth for booth in booths_of(day)}, {f"{SITE}{site.pk}": site for site in sites_of(day)}


def _row(row: Placed, *, booths: dict[str, Booth], sites: dict[str, Site], locked: set[int]) -> BoothPlace:
    booth = booths[row.booth]
    return BoothPlace(
        booth=booth,
        site=sites[row.site],
        number=row.number,
        from_time=time_of(row.hours.from_min),
        to_time=time_of(row.hours.to_min),
        is_locked=booth.pk in locked,
    )


def _copy(row: BoothPlace) -> BoothPlace:
    return BoothPlace(
        booth=row.booth,
        site=row.site,
        number=row.number,
        from_time=row.from_time,
        to_time=row.to_time,
        is_locked=row.is_locked,
    )


def _same(places: Sequence[BoothPlace], rows: Sequence[BoothPlace]) -> bool:
    def said(these: Sequence[BoothPlace]) -> set[tuple[object, ...]]:
        return {(r.booth_id, r.site_id, r.number, r.from_time, r.to_time, r.is_locked) for r in these}

    return said(places) == said(rows)
