"""Made problems small enough to be tried out in full, and the cast's consulting day in the database."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from safemonth.collect.publicity.consulting.actions import NewSite, add_booths, add_sites, open_day
from safemonth.collect.publicity.consulting.checking import breaches
from safemonth.collect.publicity.consulting.models import Booth, ConsultingDay, Site
from safemonth.collect.publicity.consulting.numbering import numbered
from safemonth.collect.publicity.consulting.problem import Booth as StatedBooth
from safemonth.collect.publicity.consulting.problem import Hours, Lock, Placed, Problem, Wish, WishKind
from safemonth.collect.publicity.consulting.problem import Site as StatedSite
from tests.cast import AT, County

MORNING = Hours(510, 690)
KINDS: tuple[WishKind, ...] = ("together", "apart", "at", "not_at", "hours")


def stated(booths: int, holds: tuple[int, ...], **more: object) -> Problem:
    """A problem with booths b0, b1 ... and sites s0, s1 ... that hold so many."""
    return Problem(
        hours=MORNING,
        sites=tuple(StatedSite(f"s{at}", most) for at, most in enumerate(holds)),
        booths=tuple(StatedBooth(f"b{at}") for at in range(booths)),
        **more,  # type: ignore[arg-type]
    )


def all_rosters(problem: Problem) -> list[tuple[Placed, ...]]:
    """Every way to put the booths that the checker finds nothing wrong with, by trying all of them."""
    ways = product(problem.site, repeat=len(problem.booths))
    rosters = (numbered(problem, dict(zip((booth.code for booth in problem.booths), way, strict=True))) for way in ways)
    return [roster for roster in rosters if not breaches(problem, roster)]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Problems of up to 5 booths and 3 sites, with wishes, locks, hours and room; about half cannot be done."""
    booths = [f"b{at}" for at in range(draw(st.integers(1, 5)))]
    sites = [f"s{at}" for at in range(draw(st.integers(1, 3)))]
    some_hours = st.sampled_from([None, Hours(510, 600), Hours(600, 690), Hours(540, 570)])
    any_booth, any_site = st.sampled_from(booths), st.sampled_from(sites)
    wishes: list[Wish] = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(KINDS))
        booth, other, site = draw(any_booth), draw(any_booth), draw(any_site)
        hours = draw(some_hours.filter(bool))
        is_must = draw(st.booleans()) or kind == "hours"
        if kind in ("together", "apart") and booth != other:
            wishes.append(Wish(f"w{number}", kind, booth, other=other, is_must=is_must))
        elif kind in ("at", "not_at"):
            wishes.append(Wish(f"w{number}", kind, booth, site=site, is_must=is_must))
        elif kind == "hours" and not any(w.kind == "hours" and w.booth == booth for w in wishes):
            wishes.append(Wish(f"w{number}", "hours", booth, hours=hours))
    locked = draw(st.lists(any_booth, max_size=1))
    return Problem(
        hours=MORNING,
        sites=tuple(
            StatedSite(
                site,
                holds=draw(st.integers(0, 3)),
                least=draw(st.sampled_from([0, 0, 0, 1, 2])),
                room=draw(st.sampled_from([{}, {}, {"boards": 3}])),
                hours=draw(some_hours),
            )
            for site in sites
        ),
        booths=tuple(
            StatedBooth(booth, {"boards": draw(st.integers(0, 3))}, copies=draw(st.integers(0, 500)))
            for booth in booths
        ),
        wishes=tuple(wishes),
        locks=tuple(Lock(booth, draw(any_site)) for booth in locked),
        standing={booth: draw(any_site) for booth in draw(st.lists(any_booth, max_size=2, unique=True))},
    )


@dataclass(frozen=True)
class MadeDay:
    """The cast's day: two sites that hold two each, and the three departments."""

    day: ConsultingDay
    sites: tuple[Site, ...]
    booths: dict[str, Booth]


def made_day(county: County) -> MadeDay:
    """Set the cast's consulting day up."""
    day = open_day(
        task=county.consulting,
        host=county.unit("d1"),
        held_on=date(2019, 6, 10),
        from_time=time(8, 30),
        to_time=time(11, 30),
        by="clerk",
        at=AT,
    )
    sites = add_sites(
        day=day,
        sites=[
            NewSite("朝阳路口", 2, name_en="Chaoyang crossing", latitude=Decimal("39.35"), longitude=Decimal("115.49")),
            NewSite("迎宾路口", 2, name_en="Yingbin crossing", latitude=Decimal("39.352"), longitude=Decimal("115.5")),
        ],
        by="clerk",
        at=AT,
    )
    units = [county.unit(code) for code in ("d1", "d2", "d3")]
    booths = add_booths(day=day, units=units, by="clerk", at=AT)
    return MadeDay(day=day, sites=tuple(sites), booths={booth.unit.code: booth for booth in booths})
