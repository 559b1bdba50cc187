"""Writes that set a consulting day up: the day, its sites, booths and wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Max

from safemonth.collect.publicity.consulting.models import Booth, BoothReport, ConsultingDay, Site, Wish, WishChoice
from safemonth.collect.publicity.consulting.problem import LEAST_STAY_MIN
from safemonth.collect.publicity.consulting.rules import THINGS
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task


def open_day(
    *,
    task: Task,
    host: Unit,
    held_on: date,
    from_time: time,
    to_time: time,
    by: str,
    at: datetime,
    least_stay_min: int = LEAST_STAY_MIN,
) -> ConsultingDay:
    """Open the consulting day of a task. Raises Refused `not_one_event`, `day_open_already` or `hours_reversed`."""
    if not task.is_one_event:
        raise Refused(
            "not_one_event", gettext_noop("“%(task)s” is not planned as one event of many units."), task=task.title
        )
    if ConsultingDay.objects.filter(task=task).exists():
        raise Refused("day_open_already", gettext_noop("“%(task)s” has its day already."), task=task.title)
    _check_hours(from_time, to_time)
    with writing(by=by, at=at, action="consulting.open", about=task.code) as write:
        return write.create(
            ConsultingDay(
                task=task,
                host=host,
                held_on=held_on,
                from_time=from_time,
                to_time=to_time,
                least_stay_min=_whole(least_stay_min, least=1),
            )
        )


def change_day(
    *, day: ConsultingDay, held_on: date, from_time: time, to_time: time, least_stay_min: int, by: str, at: datetime
) -> ConsultingDay:
    """Change a day's date, hours and shortest stay; rosters stay as they are. Raises Refused `hours_reversed`."""
    _check_hours(from_time, to_time)
    with writing(by=by, at=at, action="consulting.change", about=day.task.code) as write:
        return write.change(
            day,
            held_on=held_on,
            from_time=from_time,
            to_time=to_time,
            least_stay_min=_whole(least_stay_min, least=1),
        )


@dataclass(frozen=True)
class NewSite:
    """A site as the clerk states it; see `models.Site`."""

    name: str
    holds: int
    name_en: str = ""
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    least: int = 0
    room: Mapping[str, int] = field(default_factory=dict)
    opens: time | None = None
    closes: time | None = None


def add_sites(*, day: ConsultingDay, sites: Sequence[NewSite], by: str, at: datetime) -> list[Site]:
    """Add sites to a day, numbered on. Raises Refused as `change_site` does."""
    known = set(Site.objects.filter(day=day).values_list("name", flat=True))
    for new in sites:
        _check_site(new, taken=known)
        known.add(new.name.strip())
    last = Site.objects.filter(day=day).aggregate(last=Max("number"))["last"] or 0
    with writing(by=by, at=at, action="consulting.sites", about=day.task.code) as write:
        return write.create_all(
            [Site(day=day, number=last + at, **_fields(new)) for at, new in enumerate(sites, start=1)]
        )


def change_site(*, site: Site, new: NewSite, by: str, at: datetime) -> Site:
    """Change a site; rosters stay as they are.

    Raises Refused `name_missing`, `site_named_twice`, `hours_reversed`, `position_half`, `position_off_earth` or
    `too_small`.
    """
    others = Site.objects.filter(day=site.day_id).exclude(pk=site.pk)
    _check_site(new, taken=set(others.values_list("name", flat=True)))
    with writing(by=by, at=at, action="consulting.site", about=site.name) as write:
        return write.change(site, **_fields(new))


def drop_site(*, site: Site, by: str, at: datetime) -> Site:
    """Take a site off the day; it and what stood there stay readable."""
    with writing(by=by, at=at, action="consulting.site_drop", about=site.name) as write:
        return write.change(site, is_used=False)


def _fields(new: NewSite) -> dict[str, object]:
    room = {thing: _whole(most) for thing, most in new.room.items() if thing in THINGS}
    return {**asdict(new), "name": new.name.strip(), "room": room}


def _check_site(new: NewSite, *, taken: set[str]) -> None:
    if not new.name.strip():
        raise Refused("name_missing", gettext_noop("Give it a name."))
    if new.name.strip() in taken:
        raise Refused("site_named_twice", gettext_noop("There is a site “%(site)s” already."), site=new.name)
    if (new.opens is None) != (new.closes is None):
        raise Refused("hours_half", gettext_noop("Give both hours, or none."))
    if new.opens and new.closes:
        _check_hours(new.opens, new.closes)
    if (new.latitude is None) != (new.longitude is None):
        raise Refused("position_half", gettext_noop("Give both latitude and longitude, or neither."))
    if new.latitude is not None and new.longitude is not None and (abs(new.latitude) > 90 or abs(new.longitude) > 180):
        raise Refused("position_off_earth", gettext_noop("Latitude is from -90 to 90, longitude from -180 to 180."))
    _whole(new.holds)
    _whole(new.least)


def add_booths(*, day: ConsultingDay, units: Sequence[Unit], by: str, at: datetime) -> list[Booth]:
    """Let units take part with a booth each, with one banner as the plan asks; those that stayed away come back."""
    known = {booth.unit_id: booth for booth in Booth.objects.filter(day=day, unit__in=units)}
    with writing(by=by, at=at, action="consulting.booths", about=day.task.code) as write:
        write.change_each([(booth, {"is_in": True}) for booth in known.values()])
        new = [Booth(day=day, unit=unit, brings={"banner": 1}) for unit in units if unit.pk not in known]
        return [*known.values(), *write.create_all(new)]


def change_booth(
    *, booth: Booth, brings: Mapping[str, int], copies: int, materials: str, by: str, at: datetime
) -> Booth:
    """State what a booth brings (things that are not in `rules.THINGS` are left aside). Raises Refused `too_small`."""
    stated = {thing: _whole(count) for thing, count in brings.items() if thing in THINGS and count}
    copies = _whole(copies, most=10_000_000)
    with writing(by=by, at=at, action="consulting.booth", about=booth.unit.name) as write:
        return write.change(booth, brings=stated, copies=copies, materials=materials.strip()[:200])


def drop_booth(*, booth: Booth, by: str, at: datetime) -> Booth:
    """Let a unit stay away. Raises Refused `booth_reported` where its booth has reported: it was there."""
    if BoothReport.objects.filter(booth=booth).exists():
        raise Refused(
            "booth_reported",
            gettext_noop("%(booth)s has reported from its booth: it was there."),
            booth=booth.unit.name,
        )
    with writing(by=by, at=at, action="consulting.booth_drop", about=booth.unit.name) as write:
        return write.change(booth, is_in=False)


def add_wish(
    *,
    booth: Booth,
    kind: str,
    by: str,
    at: datetime,
    other: Booth | None = None,
    site: Site | None = None,
    from_time: time | None = None,
    to_time: time | None = None,
    is_must: bool = True,
    note: str = "",
) -> Wish:
    """Add a wish; one for hours takes the place of the booth's earlier one, and the same wish again changes nothing.

    What its kind does not need is left aside. Raises Refused `wish_incomplete` or `hours_reversed`.
    """
    of_booths, of_sites = kind in (WishChoice.TOGETHER, WishChoice.APART), kind in (WishChoice.AT, WishChoice.NOT_AT)
    is_complete = (
        (of_booths and other is not None and other.pk != booth.pk and other.day_id == booth.day_id)
        or (of_sites and site is not None and site.day_id == booth.day_id)
        or (kind == WishChoice.HOURS and from_time is not None and to_time is not None)
    )
    if not is_complete:
        raise Refused("wish_incomplete", gettext_noop("Say which other unit, which site or which hours are meant."))
    if kind == WishChoice.HOURS:
        _check_hours(from_time, to_time)
    wish = Wish(
        booth=booth,
        kind=kind,
        other=other if of_booths else None,
        site=site if of_sites else None,
        from_time=from_time if kind == WishChoice.HOURS else None,
        to_time=to_time if kind == WishChoice.HOURS else None,
        is_must=is_must or kind == WishChoice.HOURS,
        note=note.strip()[:200],
    )
    standing = Wish.objects.filter(booth=booth, kind=kind, is_withdrawn=False)
    same = standing.filter(
        other=wish.other, site=wish.site, from_time=wish.from_time, to_time=wish.to_time, is_must=wish.is_must
    ).first()
    if same:
        return same
    with writing(by=by, at=at, action="consulting.wish", about=f"{booth.unit.name} {kind}") as write:
        if kind == WishChoice.HOURS:
            write.change_each([(earlier, {"is_withdrawn": True}) for earlier in standing])
        return write.create(wish)


def withdraw_wish(*, wish: Wish, by: str, at: datetime) -> Wish:
    """Take a wish back; it stays readable in the ledger."""
    with writing(by=by, at=at, action="consulting.wish_withdraw", about=f"{wish.booth.unit.name} {wish.kind}") as write:
        return write.change(wish, is_withdrawn=True)


def _check_hours(start: time | None, end: time | None) -> None:
    if start is None or end is None or end <= start:
        raise Refused("hours_reversed", gettext_noop("The hours must end after they begin."))


def _whole(number: int, *, least: int = 0, most: int = 32_767) -> int:
    if not least <= number <= most:
        raise Refused("too_small", gettext_noop("%(number)s is not a number that can be meant here."), number=number)
    return number
