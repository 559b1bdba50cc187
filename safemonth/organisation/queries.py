"""Reads of units, names and bodies."""

from collections import defaultdict

from django.db.models import QuerySet

from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import CalendarFeed, Unit, UnitKind, UnitName, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.rules import name_forms, normalise_name, units_named


def county() -> Unit:
    """Return the top of the tree; raises Refused `no_units` where no unit list was loaded."""
    top = Unit.objects.filter(parent=None).order_by("path").first()
    if top is None:
        raise Refused(
            "no_units", gettext_noop("No units are loaded yet. Load the unit list first: safemonth units FILE")
        )
    return top


def subtree(unit: Unit) -> QuerySet[Unit]:
    """Return the unit and all below it, in tree order."""
    return Unit.objects.filter(path__startswith=unit.path).order_by("path")


def units_seen_by(user: User) -> QuerySet[Unit]:
    """Return the units whose records the user may see: all, their own subtree, or none."""
    if sees_all(user):
        return Unit.objects.all()
    return subtree(user.unit) if user.unit else Unit.objects.none()


def names_of_units() -> dict[str, list[str]]:
    """Return every normalised name form (full names, forms without the county, learned names) -> unit codes.

    A name that several units bear leads to all of them, the higher ones first.
    """
    names: dict[str, list[str]] = defaultdict(list)
    # Plain rows: this is asked for every file that arrives.
    units = list(Unit.objects.order_by("path").values_list("code", "name", "name_en", "kind", "path", "parent__name"))
    top = next((name for _code, name, _en, _kind, _path, parent in units if parent is None), "")
    for code, name, name_en, kind, _path, parent in sorted(units, key=lambda unit: unit[4].count("/")):
        for each in filter(None, (name, name_en)):
            for form in name_forms(each, county=top):
                names[form].append(code)
        names[normalise_name(code)].append(code)
        if kind == UnitKind.TOWNSHIP and len(name) > 2:
            names[normalise_name(name.removesuffix("乡").removesuffix("镇"))].append(code)
        if kind == UnitKind.VILLAGE and parent:
            for form in name_forms(parent + name, county=top):
                names[form].append(code)
    for learned, code in UnitName.objects.values_list("name", "unit__code"):
        for form in name_forms(learned, county=top):
            names[form].append(code)
    return {form: list(dict.fromkeys(codes)) for form, codes in names.items()}


def unit_by_code(code: str) -> Unit:
    """Return the unit; raises Refused `unknown_unit` where there is none."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused(
            "unknown_unit", gettext_noop("There is no unit “%(unit)s”. See the unit list for its code."), unit=code
        )
    return unit


def unit_called(text: str) -> Unit:
    """Return the one unit that a code or name means; raises Refused where it is unknown or several."""
    codes = units_named(text, names=names_of_units(), county=county().name)
    if len(codes) > 1:
        raise Refused(
            "ambiguous_unit",
            gettext_noop("“%(unit)s” may be any of %(codes)s. Give the code, or the township before the name."),
            unit=text,
            codes=", ".join(codes[:6]),
        )
    return unit_by_code(codes[0] if codes else text)


def feed_by_key(key: str) -> CalendarFeed | None:
    """Return the feed that a key opens, None where it is unknown, revoked, or its account was closed."""
    return (
        CalendarFeed.objects.filter(key_digest=sha256_hex(key.encode()), revoked_at=None, user__is_active=True)
        .select_related("user__unit", "unit")
        .first()
    )


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """Return the feeds that an account opened, the newest first."""
    return CalendarFeed.objects.filter(user=user).select_related("unit")
