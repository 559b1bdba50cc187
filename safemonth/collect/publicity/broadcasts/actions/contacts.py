"""Writes of contacts and lists of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from safemonth.collect.publicity.broadcasts.models import Contact, ContactKind, ContactList
from safemonth.collect.publicity.broadcasts.rules import ContactLine, check_phone
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging import actions as messaging
from safemonth.messaging.rules import number_key
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import county, names_of_units
from safemonth.organisation.rules import units_named


@dataclass(frozen=True)
class Reach:
    """How one is reached: the post, and a phone, or a mailbox (or room of gateways.toml), or both."""

    post: str
    phone: str = ""
    office_address: str = ""
    kind: str = ContactKind.STAFF


def add_contact(*, unit: Unit, reach: Reach, by: str, at: datetime) -> Contact:
    """Enter one whom the office may write to; raises Refused as `change_contact` does."""
    row = _contact(unit, reach)
    _is_free(unit, row, besides=None)
    with writing(by=by, at=at, action="contact.add", about=str(unit)) as write:
        return write.create(row)


def change_contact(*, contact: Contact, reach: Reach, by: str, at: datetime) -> Contact:
    """Change a contact; what is waiting for approval to the old address then leaves this one out.

    Raises Refused `no_post`, `not_reached`, `not_a_phone` or `contact_exists` (the unit has that number already).
    """
    row = _contact(contact.unit, reach)
    _is_free(contact.unit, row, besides=contact)
    with writing(by=by, at=at, action="contact.change", about=str(contact.unit)) as write:
        return write.change(
            contact,
            kind=row.kind,
            post=row.post,
            phone=row.phone,
            phone_key=row.phone_key,
            office_address=row.office_address,
            office_key=row.office_key,
        )


def remove_contact(*, contact: Contact, by: str, at: datetime) -> Contact:
    """Take a contact off every list; what it was sent stays on record. Doing it twice changes nothing."""
    with writing(by=by, at=at, action="contact.remove", about=str(contact.unit)) as write:
        return write.change(contact, removed_at=contact.removed_at or at)


def opt_out_contact(*, contact: Contact, by: str, at: datetime) -> None:
    """Note that this one wants no more messages, on the phone or in the mailbox, from any broadcast."""
    for address in filter(None, (contact.phone, contact.office_address)):
        messaging.opt_out(address=address, by=by, at=at)


def opt_in_contact(*, contact: Contact, because: str, by: str, at: datetime) -> None:
    """Note that this one asked for messages again; raises Refused `reason_missing`."""
    for address in filter(None, (contact.phone, contact.office_address)):
        messaging.opt_in(address=address, because=because, by=by, at=at)


def add_contacts(
    *, lines: Sequence[ContactLine], kind: str, within: Collection[int], by: str, at: datetime
) -> tuple[int, int]:
    """Enter the people of a pasted list, all or none, and return how many were new and how many stood there already.

    `within` are the keys of the units that one may enter people for; units are named by code or by any known name.
    Raises Refused `contact_line` with the first line that cannot be taken and why.
    """
    names, top = names_of_units(), county().name
    units = {unit.code: unit for unit in Unit.objects.filter(pk__in=within)}
    new: list[Contact] = []
    known = _known_keys(within)
    standing = 0
    for line in lines:
        found = [units[code] for code in units_named(line.unit, names=names, county=top) if code in units]
        if len(found) != 1:
            sentence = (
                gettext_noop("Line %(line)s: there is no unit “%(unit)s” here.")
                if not found
                else gettext_noop("Line %(line)s: “%(unit)s” may be several units; write the code.")
            )
            raise Refused("contact_line", sentence, line=line.number, unit=line.unit)
        try:
            row = _contact(found[0], Reach(line.post, line.phone, line.office_address, kind))
        except Refused as refused:
            raise Refused(
                "contact_line",
                gettext_noop("Line %(line)s cannot be taken: post “%(post)s”, phone “%(phone)s”."),
                line=line.number,
                post=line.post,
                phone=line.phone,
            ) from refused
        keys = {(row.unit_id, key) for key in (row.phone_key, row.office_key) if key}
        if keys & known:
            standing += 1
            continue
        known |= keys
        new.append(row)
    with writing(by=by, at=at, action="contacts.add", about=str(len(new))) as write:
        write.create_all(new)
    return len(new), standing


def add_list(
    *, name: str, under: Unit, by: str, at: datetime, contact_kind: str = "", unit_kind: str = ""
) -> ContactList:
    """Name a choice of contacts; raises Refused `no_name` or `list_exists`."""
    name = name.strip()[:80]
    if not name:
        raise Refused("no_name", gettext_noop("Give the list a name."))
    if ContactList.objects.filter(name=name).exists():
        raise Refused("list_exists", gettext_noop("There is a list “%(name)s” already."), name=name)
    with writing(by=by, at=at, action="contact_list.add", about=name) as write:
        return write.create(ContactList(name=name, under=under, contact_kind=contact_kind, unit_kind=unit_kind))


def _contact(unit: Unit, reach: Reach) -> Contact:
    post, phone, office = reach.post.strip()[:60], reach.phone.strip(), reach.office_address.strip()
    if not post:
        raise Refused("no_post", gettext_noop("Say which post it is; people are not named."))
    phone_key = check_phone(phone)
    office_key = number_key(office)
    if not phone_key and not office_key:
        raise Refused("not_reached", gettext_noop("Give a phone, a mailbox or a room."))
    return Contact(
        unit=unit,
        kind=reach.kind,
        post=post,
        phone=phone[:40],
        phone_key=phone_key,
        office_address=office[:120],
        office_key=office_key[:120],
    )


def _is_free(unit: Unit, row: Contact, *, besides: Contact | None) -> None:
    same = Q()
    if row.phone_key:
        same |= Q(phone_key=row.phone_key)
    if row.office_key:
        same |= Q(office_key=row.office_key)
    others = Contact.objects.filter(same, unit=unit, removed_at__isnull=True)
    if (others.exclude(pk=besides.pk) if besides else others).exists():
        raise Refused("contact_exists", gettext_noop("%(unit)s has a contact with this number already."), unit=unit)


def _known_keys(within: Collection[int]) -> set[tuple[int, str]]:
    rows = Contact.objects.filter(unit__in=within, removed_at__isnull=True)
    return {(unit, key) for unit, *keys in rows.values_list("unit", "phone_key", "office_key") for key in keys if key}
