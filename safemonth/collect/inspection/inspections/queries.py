"""Reads of inspections: who sees which, their versions, and what waits for a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from safemonth.collect.forms.models import Attachment, Instance, Rival
from safemonth.collect.inspection.drives.models import DrawnVisit, Drive, TeamMember
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.inspections.rules import Merged, Version, merged, visit_key
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def inspections_seen_by(user: User, campaign: Campaign) -> QuerySet[Inspection]:
    """Return a campaign's inspections that the user may see, newest first.

    All, or those that their units made, or whose workplace lies in or is supervised by one of their units, or is one.
    """
    rows = Inspection.objects.filter(campaign=campaign).select_related("workplace", "host", "drive", "team")
    if sees_all(user):
        return rows
    units = units_seen_by(user)
    there = Q(workplace__township__in=units) | Q(workplace__department__in=units) | Q(workplace__unit__in=units)
    own = Q(pk__in=InspectionVersion.objects.filter(sent_by=user.username).values("inspection"))
    return rows.filter(Q(host__in=units) | there | own)


@dataclass(frozen=True)
class Asked:
    """What a list of inspections is narrowed by; empty and None narrow nothing. `only`: which, rivals, recheck."""

    host: str = ""
    drive: int | None = None
    trade: str = ""
    on: date | None = None
    only: str = ""
    text: str = ""


def narrowed(rows: QuerySet[Inspection], asked: Asked) -> QuerySet[Inspection]:
    """Return the inspections that fit what is asked."""
    if asked.host:
        rows = rows.filter(host__code=asked.host)
    if asked.drive is not None:
        rows = rows.filter(drive=asked.drive)
    if asked.trade:
        rows = rows.filter(workplace__trade=asked.trade)
    if asked.on:
        rows = rows.filter(started_at__date=asked.on)
    if asked.text:
        rows = rows.filter(
            Q(workplace__name__icontains=asked.text)
            | Q(workplace_text__icontains=asked.text)
            | Q(code__icontains=asked.text)
        )
    match asked.only:
        case "which":
            rows = without_workplace(rows)
        case "rivals":
            rows = rows.filter(has_rivals=True)
        case "recheck":
            rows = rows.filter(is_recheck=True)
    return rows


def without_workplace(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Return the inspections that wait for somebody to say which workplace they mean."""
    return rows.filter(workplace=None, is_recheck=False, is_moved=False)


def hosts_of(rows: QuerySet[Inspection]) -> QuerySet[Unit]:
    """Return the units that made inspections, in tree order."""
    return Unit.objects.filter(pk__in=rows.order_by().values("host")).order_by("path")


def drives_of(rows: QuerySet[Inspection]) -> QuerySet[Drive]:
    """Return the drives that inspections belong to."""
    return Drive.objects.filter(pk__in=rows.order_by().values("drive"))


def versions_of(inspection: Inspection) -> QuerySet[InspectionVersion]:
    """Return all versions of an inspection that arrived, first finished first."""
    return (
        InspectionVersion.objects.filter(inspection=inspection)
        .select_related("submission", "form_version__form")
        .order_by("finished_at", "version_key")
    )


def versions_with_forms(inspection: Inspection) -> list[tuple[InspectionVersion, int | None]]:
    """Return all versions, each with the number of its filled form; None where it was refused and stands beside another."""
    versions = list(versions_of(inspection))
    submissions = [version.submission_id for version in versions]
    forms = dict(Instance.objects.filter(submission__in=submissions).order_by("pk").values_list("submission", "pk"))
    return [(version, forms.get(version.submission_id)) for version in versions]


def merged_of(inspection: Inspection) -> Merged:
    """Return what all versions of an inspection say together; raises ValueError where none has arrived."""
    rows = list(versions_of(inspection))
    ids = [row.instance_id for row in rows]
    moved = (
        InspectionVersion.objects.filter(made_from__in=ids)
        .exclude(inspection=inspection)
        .values_list("made_from", flat=True)
    )
    return merged([as_version(row) for row in rows], moved=frozenset(moved))


def as_version(row: InspectionVersion) -> Version:
    """Return a stored version as the rules see it."""
    return Version(
        key=row.version_key,
        instance_id=row.instance_id,
        made_from=row.made_from,
        finished_at=row.finished_at,
        said=row.said,
        is_set_aside=row.is_set_aside,
    )


def visits_of(campaign: Campaign) -> QuerySet[DrawnVisit]:
    """Return the visits that the standing draws of a campaign name, by day."""
    return (
        DrawnVisit.objects.filter(draw__is_current=True, draw__drive__campaign=campaign)
        .select_related("draw__drive", "workplace__township", "team")
        .order_by("visit_on", "draw_id", "position")
    )


def visits_open_to(user: User, campaign: Campaign) -> list[DrawnVisit]:
    """Return the visits that the user may still make: their own team's, for the office all; those made are left out.

    Visits are unannounced, so nobody else gets to know of them.
    """
    visits = visits_of(campaign)
    if not sees_all(user):
        visits = visits.filter(team__in=TeamMember.objects.filter(inspector__user=user).values("team"))
    keys = {visit.pk: visit_key(drive=visit.draw.drive_id, workplace=visit.workplace.key) for visit in visits}
    made = set(Inspection.objects.filter(key__in=keys.values(), is_moved=False).values_list("key", flat=True))
    return [visit for visit in visits if keys[visit.pk] not in made]


def visit_called(campaign: Campaign, key: str) -> DrawnVisit | None:
    """Return the drawn visit of that identity, also of a draw that was replaced; None where there is none."""
    if not key:
        return None
    visits = DrawnVisit.objects.filter(draw__drive__campaign=campaign).select_related(
        "draw__drive", "workplace", "team"
    )
    for visit in visits.order_by("-draw__is_current", "-draw__version"):
        if str(visit_key(drive=visit.draw.drive_id, workplace=visit.workplace.key)) == key:
            return visit
    return None


def files_of(versions: Collection[InspectionVersion]) -> dict[str, dict[str, Submission]]:
    """Return the files that have arrived with versions: version key -> name -> file.

    A version that was not taken (a rival) has its files beside the one that stands.
    """
    submissions = {version.submission_id: version.version_key for version in versions}
    homes: dict[int, set[str]] = {}
    for instance, submission in Instance.objects.filter(submission__in=submissions).values_list("pk", "submission"):
        homes.setdefault(instance, set()).add(submissions[submission])
    for instance, submission in Rival.objects.filter(submission__in=submissions).values_list("standing", "submission"):
        homes.setdefault(instance, set()).add(submissions[submission])
    found: dict[str, dict[str, Submission]] = {version.version_key: {} for version in versions}
    rows = Attachment.objects.filter(instance__in=homes).select_related("submission").order_by("is_current", "id")
    for row in rows:
        for key in homes[row.instance_id]:
            found[key][row.name] = row.submission
    return found
