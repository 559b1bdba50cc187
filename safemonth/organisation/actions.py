"""Writes of units, names, posts, bodies and accounts."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safemonth.ledger.actions import writing
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Body, CalendarFeed, Post, Seat, Unit, UnitName, User
from safemonth.organisation.rules import normalise_name


@dataclass(frozen=True)
class NewUnit:
    """A unit to add: `parent_code` empty for the top; `other_names` are what people also call it."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    name_en: str = ""
    population: int | None = None
    other_names: tuple[str, ...] = ()
    premises_kind: str = ""


def add_units(*, units: Sequence[NewUnit], by: str, at: datetime) -> tuple[int, int]:
    """Add units and bring known ones up to date; parents may come in any order.

    Returns (added, changed). Loading the same list twice changes nothing. Raises Refused
    `unknown_parent` or `units_in_a_circle`, and then stores nothing.
    """
    ordered = _parents_first(units, known=set(Unit.objects.values_list("code", flat=True)))
    added = changed = 0
    with writing(by=by, at=at, action="units.load", about=str(len(units))) as write:
        stored = {unit.code: unit for unit in Unit.objects.all()}
        new_rows: list[Unit] = []
        level_of: dict[str, int] = {}
        for new in ordered:
            parent = stored.get(new.parent_code)
            path = f"{parent.path if parent else ''}{new.code}/"
            if new.code in stored and stored[new.code].pk:
                unit = stored[new.code]
                fields = {"name": new.name, "kind": new.kind}
                fields |= {"name_en": new.name_en} if new.name_en else {}
                fields |= {"premises_kind": new.premises_kind} if new.premises_kind else {}
                before = (unit.name, unit.kind, unit.name_en, unit.population, unit.premises_kind)
                write.change(unit, **fields, **({"population": new.population} if new.population is not None else {}))
                changed += before != (unit.name, unit.kind, unit.name_en, unit.population, unit.premises_kind)
                continue
            unit = Unit(
                code=new.code,
                name=new.name,
                kind=new.kind,
                name_en=new.name_en,
                population=new.population,
                premises_kind=new.premises_kind,
                parent=parent,
                path=path,
            )
            stored[new.code] = unit
            new_rows.append(unit)
            level_of[new.code] = path.count("/")
        # A level at a time, since a child's row needs its parent's key.
        for level in sorted(set(level_of.values())):
            rows = [row for row in new_rows if level_of[row.code] == level]
            for row in rows:
                row.parent = row.parent  # Takes the key that the parent got when its level was stored.
            added += len(write.create_all(rows))
        taken = set(UnitName.objects.values_list("unit__code", "normalised"))
        names = {
            (new.code, normalise_name(name)): UnitName(
                unit=stored[new.code], name=name, normalised=normalise_name(name)
            )
            for new in units
            for name in new.other_names
            if normalise_name(name)
        }
        write.create_all([row for key, row in names.items() if key not in taken])
    return added, changed


def _parents_first(units: Sequence[NewUnit], *, known: set[str]) -> list[NewUnit]:
    waiting = {unit.code: unit for unit in units}
    for unit in units:
        if unit.parent_code and unit.parent_code not in waiting and unit.parent_code not in known:
            raise Refused(
                "unknown_parent",
                gettext_noop("“%(unit)s” stands under %(parent)s, which is in neither the file nor the unit list."),
                unit=unit.name,
                parent=unit.parent_code,
            )
    ordered: list[NewUnit] = []
    placed = set(known) - waiting.keys()
    while waiting:
        ready = [u for u in waiting.values() if not u.parent_code or u.parent_code in placed]
        if not ready:
            raise Refused(
                "units_in_a_circle",
                gettext_noop("These units stand under each other in a circle: %(units)s"),
                units=", ".join(list(waiting)[:6]),
            )
        for unit in ready:
            ordered.append(unit)
            placed.add(unit.code)
            del waiting[unit.code]
    return ordered


def name_unit(*, unit: Unit, name: str, by: str, at: datetime) -> None:
    """Remember another name of a unit; a name it has already changes nothing."""
    normalised = normalise_name(name)
    if not normalised or UnitName.objects.filter(unit=unit, normalised=normalised).exists():
        return
    with writing(by=by, at=at, action="unit.name", about=f"{unit.code} {name}") as write:
        write.create(UnitName(unit=unit, name=name[:120], normalised=normalised[:120]))


@dataclass(frozen=True)
class NewSeat:
    """A seat to set up: a unit, the title of its post there (empty: the unit as a member), and the role."""

    unit: Unit
    role: str
    post_title: str = ""
    post_title_en: str = ""


def set_up_body(
    *,
    code: str,
    name: str,
    name_en: str,
    kind: str,
    seats: Sequence[NewSeat],
    by: str,
    at: datetime,
    parent: Body | None = None,
    located_at: Unit | None = None,
    set_up_on: date | None = None,
) -> Body:
    """Set up a body with its seats in rank order, making the posts that are not known yet."""
    with writing(by=by, at=at, action="body.set_up", about=code) as write:
        body = write.create(
            Body(
                code=code,
                name=name,
                name_en=name_en,
                kind=kind,
                parent=parent,
                located_at=located_at,
                set_up_on=set_up_on,
            )
        )
        for rank, seat in enumerate(seats, start=1):
            post = None
            if seat.post_title:
                post = Post.objects.filter(unit=seat.unit, title=seat.post_title).first() or write.create(
                    Post(unit=seat.unit, title=seat.post_title, title_en=seat.post_title_en)
                )
            write.create(Seat(body=body, unit=seat.unit, post=post, role=seat.role, rank=rank))
    return body


def open_account(
    *, username: str, password: str, role: str, unit: Unit | None, by: str, at: datetime, post_title: str = ""
) -> User:
    """Open an account; raises Refused `username_taken`."""
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken", gettext_noop("There is an account “%(name)s” already."), name=username)
    user = User(
        username=username,
        role=role,
        unit=unit,
        post_title=post_title,
        date_joined=at,
        password_set_at=at,
        is_staff=role == "clerk",
    )
    user.set_password(password)
    with writing(by=by, at=at, action="account.open", about=username) as write:
        return write.create(user)


def set_password(*, user: User, password: str, by: str, at: datetime) -> User:
    """Give an account a new password; who gave it when is entered, never the password or its digest."""
    user.set_password(password)
    with writing(by=by, at=at, action="account.password", about=user.username) as write:
        # The digest stands in no ledger (`User.unledgered`); that it was changed does.
        return write.change(user, password=user.password, password_set_at=at)


def close_account(*, user: User, by: str, at: datetime) -> User:
    """Close an account: it signs in nowhere any more, and what it did stays. Raises Refused `own_account`."""
    if user.username == by:
        raise Refused("own_account", gettext_noop("Nobody closes the own account. Ask another clerk to."))
    with writing(by=by, at=at, action="account.close", about=user.username) as write:
        return write.change(user, is_active=False)


def reopen_account(*, user: User, by: str, at: datetime) -> User:
    """Let a closed account sign in again."""
    with writing(by=by, at=at, action="account.reopen", about=user.username) as write:
        return write.change(user, is_active=True)


def move_account(*, user: User, unit: Unit, by: str, at: datetime) -> User:
    """Give an account its unit."""
    with writing(by=by, at=at, action="account.move", about=user.username) as write:
        return write.change(user, unit=unit)


def open_feed(*, user: User, unit: Unit, label: str, language: str, by: str, at: datetime) -> tuple[CalendarFeed, str]:
    """Open an address for a calendar program; returns the feed and its key, which is kept nowhere.

    Raises Refused `label_missing`.
    """
    if not label.strip():
        raise Refused(
            "label_missing", gettext_noop("Say whose calendar it is, so that it can be told from others later.")
        )
    key = secrets.token_urlsafe(32)
    with writing(by=by, at=at, action="feed.open", about=unit.code) as write:
        feed = write.create(
            CalendarFeed(
                user=user,
                unit=unit,
                label=label.strip()[:80],
                language=language[:10],
                key_digest=sha256_hex(key.encode()),
                made_at=at,
            )
        )
    return feed, key


def revoke_feed(*, feed: CalendarFeed, by: str, at: datetime) -> CalendarFeed:
    """End a feed; revoking twice changes nothing."""
    if feed.revoked_at:
        return feed
    with writing(by=by, at=at, action="feed.revoke", about=feed.unit.code) as write:
        return write.change(feed, revoked_at=at)
