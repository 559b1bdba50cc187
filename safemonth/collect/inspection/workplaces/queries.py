"""Reads of the register. Whatever lists by workplace goes through `standing` and `keys_of`: a merged one is its survivor."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from safemonth.collect.inspection.workplaces.intake import FIELDS
from safemonth.collect.inspection.workplaces.matching import WorkplaceFacts
from safemonth.collect.inspection.workplaces.models import (
    HeldDecision,
    HeldWorkplace,
    RiskClass,
    Trade,
    Workplace,
    WorkplaceMerge,
)
from safemonth.collect.inspection.workplaces.rules import Pair
from safemonth.collect.submissions.models import Submission
from safemonth.ledger.queries import history_of
from safemonth.organisation.models import Role, Unit, UnitKind, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import county, names_of_units, units_seen_by
from safemonth.organisation.rules import units_named


def standing(workplace: Workplace) -> Workplace:
    """Return the workplace that stands for one: itself, or the one that it was merged into."""
    while workplace.merged_into is not None:
        workplace = workplace.merged_into
    return workplace


def keys_of(workplace: Workplace) -> list[int]:
    """Return the numbers (pk) of the workplace that stands for one and of all merged into it, in order."""
    survivor = standing(workplace).pk
    return sorted(Workplace.objects.filter(Q(pk=survivor) | Q(merged_into=survivor)).values_list("pk", flat=True))


def standing_keys(keys: Iterable[int] | None = None) -> dict[int, int]:
    """Return number -> number of the one that stands for it; of all merged ones where no keys are given.

    Who stands is not among the keys: ask with `.get(key, key)`. One statement.
    """
    merged = Workplace.objects.filter(merged_into__isnull=False)
    if keys is not None:
        merged = merged.filter(pk__in=list(keys))
    return {key: into for key, into in merged.values_list("pk", "merged_into") if into is not None}


def workplaces() -> QuerySet[Workplace]:
    """Return the workplaces that stand (merged ones are their survivors), with the units that their lines name."""
    return Workplace.objects.filter(merged_into__isnull=True).select_related("township", "department", "unit")


def workplaces_seen_by(user: User) -> QuerySet[Workplace]:
    """Return the workplaces that the user may see: all, or those in, supervised by or reporting as one of their units."""
    if sees_all(user):
        return workplaces()
    units = units_seen_by(user)
    return workplaces().filter(Q(township__in=units) | Q(department__in=units) | Q(unit__in=units))


def workplaces_kept_by(user: User) -> QuerySet[Workplace]:
    """Return the workplaces whose lines the user may change: the office all, a township's or department's reporter theirs."""
    if user.role == Role.CLERK:
        return workplaces()
    if user.role != Role.REPORTER:
        return Workplace.objects.none()
    units = units_seen_by(user)
    return workplaces().filter(Q(township__in=units) | Q(department__in=units))


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty texts do not narrow. Units are codes; `text` is looked for in names and codes."""

    text: str = ""
    township: str = ""
    trade: str = ""
    risk: str = ""
    department: str = ""


def narrowed(rows: QuerySet[Workplace], asked: Asked) -> QuerySet[Workplace]:
    """Return the rows that are asked for; a name is also found by its merged namesakes."""
    if asked.text:
        text = asked.text.strip()
        merged = Workplace.objects.filter(merged_into__isnull=False).filter(_text_in(text)).values("merged_into")
        rows = rows.filter(_text_in(text) | Q(pk__in=merged))
    if asked.township:
        rows = rows.filter(township__code=asked.township)
    if asked.department:
        rows = rows.filter(department__code=asked.department)
    if asked.trade in Trade.values:
        rows = rows.filter(trade=asked.trade)
    if asked.risk in RiskClass.values and asked.risk:
        rows = rows.filter(risk_class=asked.risk)
    return rows


def _text_in(text: str) -> Q:
    return Q(name__icontains=text) | Q(uscc__icontains=text) | Q(address__icontains=text)


def units_to_choose(rows: QuerySet[Workplace], field: str) -> list[Unit]:
    """Return the units that stand as `field` (`township`, `department`) on some of the rows, in tree order."""
    return list(Unit.objects.filter(pk__in=rows.order_by().values(field)).order_by("path"))


def risk_counts(rows: QuerySet[Workplace]) -> dict[str, int]:
    """Return class of risk -> how many of the rows; one statement."""
    return dict(rows.order_by().values_list("risk_class").annotate(count=Count("pk")))


def merges_standing() -> list[Pair]:
    """Return the merges that stand, as pairs of numbers."""
    return list(WorkplaceMerge.objects.filter(undone_at__isnull=True).values_list("workplace", "into"))


def merges_of(workplace: Workplace) -> list[WorkplaceMerge]:
    """Return all merges among a workplace and those that are one with it, also undone ones that it was in; oldest first."""
    keys = keys_of(workplace)
    return list(
        WorkplaceMerge.objects.filter(Q(workplace__in=keys) | Q(into__in=keys)).select_related("workplace", "into")
    )


# Fields of a row's history that say nothing to a person.
_NOT_TOLD: Final = {"id", "key", "normalised_name", "submission_id"}


@dataclass(frozen=True)
class HistoryLine:
    """One change of a workplace's line: when, who, by which action, and field -> (was, is)."""

    at: Any
    by: str
    action: str
    changes: tuple[tuple[str, Any, Any], ...]


def history(workplace: Workplace) -> list[HistoryLine]:
    """Return the changes of a workplace's line from the ledger, the latest first; units and workplaces by name."""
    lines = []
    for change in history_of(workplace):
        before = json.loads(change.before) if change.before else {}
        after = json.loads(change.after) if change.after else {}
        changes = tuple(
            (field, before.get(field, ""), value)
            for field, value in after.items()
            if field not in _NOT_TOLD and value != before.get(field, "") and not (not before and value in ("", None))
        )
        lines.append(HistoryLine(change.entry.at, change.entry.by, change.entry.action, changes))
    units = {
        value for line in lines for field, was, now in line.changes if field in _UNITS for value in (was, now) if value
    }
    rows = {
        value
        for line in lines
        for f, was, now in line.changes
        if f == "merged_into_id"
        for value in (was, now)
        if value
    }
    names: dict[str, dict[int, str]] = {
        "unit": dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")) if units else {},
        "row": dict(Workplace.objects.filter(pk__in=rows).values_list("pk", "name")) if rows else {},
    }

    def said(field: str, value: Any) -> Any:
        kind = "unit" if field in _UNITS else "row" if field == "merged_into_id" else ""
        return names[kind].get(value, value) if kind and value else value

    told = [
        HistoryLine(
            line.at,
            line.by,
            line.action,
            tuple((field.removesuffix("_id"), said(field, was), said(field, now)) for field, was, now in line.changes),
        )
        for line in lines
    ]
    return told[::-1]


_UNITS: Final = {"township_id", "department_id", "unit_id"}


def held_seen_by(user: User) -> QuerySet[HeldWorkplace]:
    """Return the rows that wait, to those who decide on them (the office); nobody else sees lists of others."""
    if user.role != Role.CLERK:
        return HeldWorkplace.objects.none()
    return HeldWorkplace.objects.select_related(
        "submission", "looks_like", "looks_like__township", "looks_like__department", "workplace"
    )


def open_held(user: User) -> QuerySet[HeldWorkplace]:
    """Return the rows that nobody has decided on."""
    return held_seen_by(user).filter(decision=HeldDecision.OPEN)


def was_imported(submission: Submission) -> bool:
    """Return whether rows of this very file were entered or held before."""
    return (
        Workplace.objects.filter(submission=submission).exists()
        or HeldWorkplace.objects.filter(submission=submission).exists()
    )


def fields_of(workplace: Workplace) -> dict[str, Any]:
    """Return a workplace's fields as a row of a list says them (`intake.FIELDS`): units by code, degrees as numbers."""
    fields = {field: getattr(workplace, field) for field in FIELDS if field not in ("township", "department")}
    fields["township"] = workplace.township.code
    fields["department"] = workplace.department.code if workplace.department else ""
    for degree in ("latitude", "longitude"):
        fields[degree] = float(fields[degree]) if fields[degree] is not None else None
    return fields


def facts_of(workplace: Workplace, places: tuple[str, ...]) -> WorkplaceFacts:
    """Return what a workplace is compared by; its township comes with it."""
    return WorkplaceFacts(
        name=workplace.name,
        township=workplace.township.code,
        uscc=workplace.uscc,
        trade="" if workplace.trade == Trade.OTHER else workplace.trade,
        address=workplace.address,
        phone=workplace.manager_phone,
        latitude=float(workplace.latitude) if workplace.latitude is not None else None,
        longitude=float(workplace.longitude) if workplace.longitude is not None else None,
        places=places,
    )


class UnitsByName:
    """Units as lists call them, read once for a whole file."""

    def __init__(self, within: Collection[int] | None = None) -> None:
        self._county = county().name
        self._names = names_of_units()
        units = Unit.objects.filter(
            kind__in=(UnitKind.TOWNSHIP, UnitKind.DEPARTMENT, UnitKind.VILLAGE, UnitKind.COUNTY)
        )
        rows = list(units.values_list("code", "name", "kind", "path", "pk"))
        self._name = {code: name for code, name, *_ in rows}
        self._kind = {code: kind for code, _, kind, *_ in rows}
        self._path = {code: path for code, _, _, path, _ in rows}
        self._townships = {
            code: pk for code, _, kind, _, pk in rows if kind == UnitKind.TOWNSHIP and (within is None or pk in within)
        }

    def townships_called(self, text: str) -> list[str]:
        """Return the townships that a text means: by name, as the township of a village, or as the one name within it."""
        found = {self._township_of(code) for code in units_named(text, names=self._names, county=self._county)} - {""}
        if not found:
            found = {code for code in self._townships if self._name[code] in text}
        return sorted(found)

    def departments_called(self, text: str) -> list[str]:
        """Return the departments (or townships, which supervise too) that a text means."""
        codes = units_named(text, names=self._names, county=self._county)
        return [code for code in codes if self._kind.get(code) in (UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)]

    def _township_of(self, code: str) -> str:
        above = self._path.get(code, "").split("/")
        return next((each for each in above if each in self._townships), "")

    def places_of(self, township: str) -> tuple[str, ...]:
        """Return the names that lists put before a name: the county's, the township's, and that without its kind."""
        name = self._name.get(township, "")
        short = name[:-1] if len(name) > 2 and name[-1] in "乡镇" else ""
        return tuple(each for each in (self._county, name, short) if each)
