"""Reads of everyone's part: what was entered, and how far it reached by kind of premises."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from safemonth.collect.activities.models import Activity, Measure, Participation
from safemonth.collect.activities.queries import current_activities, returns_of
from safemonth.collect.publicity.everyone.models import Part
from safemonth.collect.publicity.everyone.rules import Premises, Reach, kind_of, reach_by_kind, reach_by_township
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind, Assignment, Campaign, Task

# Deeds that are no publicity at the premises: an inspection of a hotel is not the hotel's banner.
NOT_PUBLICITY = (ActivityKind.INSPECTION, ActivityKind.RECTIFICATION, ActivityKind.SUPERVISION)


@dataclass(frozen=True)
class PartLine:
    """An entry with the activity as it stands now, and what that counts."""

    part: Part
    activity: Activity
    counts: tuple[Measure, ...]


def parts_of(user: User, campaign: Campaign, *, most: int = 20) -> list[PartLine]:
    """Return the newest entries of the user's units, each as corrected since; three statements."""
    parts = list(parts_seen_by(user, campaign)[:most])
    standing = {
        row.key: row for row in Activity.objects.filter(key__in=[part.activity.key for part in parts], is_current=True)
    }
    counts: dict[int, list[Measure]] = {}
    measures = Measure.objects.filter(activity__in=[row.pk for row in standing.values()]).select_related("indicator")
    for measure in measures.order_by("pk"):
        counts.setdefault(measure.activity_id, []).append(measure)
    rows = [(part, standing[part.activity.key]) for part in parts]
    return [PartLine(part, row, tuple(counts.get(row.pk, ()))) for part, row in rows]


def parts_seen_by(user: User, campaign: Campaign) -> QuerySet[Part]:
    """Return the entries of the user's units, the newest first."""
    parts = Part.objects.filter(unit__in=units_seen_by(user), activity__campaign=campaign)
    return parts.select_related("unit", "activity")


def task_for(campaign: Campaign, unit: Unit) -> Task | None:
    """Return the task of publicity by all that was asked of the unit or of one above it; None where none was."""
    above = [unit.pk]
    above += Unit.objects.filter(path__in=_paths_above(unit.path)).values_list("pk", flat=True)
    asked = Assignment.objects.filter(task__campaign=campaign, unit__in=above).values("task")
    tasks = Task.objects.filter(pk__in=asked, kind=ActivityKind.PUBLICITY, is_one_event=False)
    return tasks.order_by("number").first()


def _paths_above(path: str) -> list[str]:
    codes = path.strip("/").split("/")
    return ["/".join(codes[:n]) + "/" for n in range(1, len(codes))]


@dataclass(frozen=True)
class ReachPage:
    """The reach by kind, and by township (the county's own: None); `units` are the premises by code."""

    kinds: list[Reach]
    townships: list[tuple[Unit | None, list[Reach]]]
    units: dict[str, Unit]


def reach_seen_by(user: User, campaign: Campaign) -> ReachPage:
    """Return the reach by kind of premises among the units that a user sees; five statements.

    A report that counts nothing but noughts is no deed.
    """
    units = list(
        units_seen_by(user)
        .filter(Q(kind__in=(UnitKind.PREMISES, UnitKind.SCHOOL, UnitKind.HOSPITAL)) | ~Q(premises_kind=""))
        .select_related("parent")
        .order_by("path")
    )
    townships = {unit.path: unit for unit in Unit.objects.filter(kind=UnitKind.TOWNSHIP)}
    counted = Measure.objects.filter(activity=OuterRef("pk"))
    done = (
        current_activities(campaign)
        .filter(duplicate_of=None)
        .exclude(kind__in=NOT_PUBLICITY)
        .filter(Exists(counted.filter(value__gt=0)) | ~Exists(counted))
    )
    active = set(Participation.objects.filter(activity__in=done).values_list("unit__code", flat=True))
    nil = set(returns_of(campaign).filter(is_nil=True).values_list("unit__code", flat=True))
    premises = []
    for unit in units:
        above = next((townships[path] for path in _paths_above(unit.path) if path in townships), None)
        premises.append(Premises(unit.code, kind_of(unit.kind, unit.premises_kind), above.code if above else ""))
    by_township = reach_by_township(premises, active=active)
    named = {unit.code: unit for unit in townships.values()}
    return ReachPage(
        kinds=reach_by_kind(premises, active=active, nil=nil),
        townships=[(named.get(code), reaches) for code, reaches in by_township.items()],
        units={unit.code: unit for unit in units},
    )


def places_used(user: User, *, most: int = 8) -> QuerySet[Part]:
    """Return the newest entries of the user's units, for offering their places again."""
    return Part.objects.filter(unit__in=units_seen_by(user)).order_by("-entered_at")[:most]
