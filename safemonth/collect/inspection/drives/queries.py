"""Reads of drives: who may inspect, who may not where, and who may see a drawn visit before its day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from safemonth.collect.inspection.drives.drawing import METHOD
from safemonth.collect.inspection.drives.frame import (
    FORMAT,
    Frame,
    FrameInspector,
    FrameInterest,
    FrameTeam,
    FrameWorkplace,
    frame_from_json,
)
from safemonth.collect.inspection.drives.inclusion import inclusions
from safemonth.collect.inspection.drives.models import (
    Draw,
    DrawnVisit,
    DrawSeed,
    Drive,
    DriveKind,
    Inspector,
    Interest,
    Team,
    TeamMember,
)
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import standing_keys, workplaces
from safemonth.organisation.models import Unit, UnitKind, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def units_that_inspect() -> QuerySet[Unit]:
    """Return the units that may lead a drive or lend inspectors: the county, departments and townships, in tree order."""
    return Unit.objects.filter(kind__in=(UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)).order_by("path")


def inspectors() -> QuerySet[Inspector]:
    """Return the inspectors who are active, in the order of their units."""
    return Inspector.objects.filter(is_active=True).select_related("unit", "user")


def inspector_of(user: User) -> Inspector | None:
    """Return the inspector that an account is, None where it is none."""
    return Inspector.objects.filter(user=user, is_active=True).select_related("unit").first()


def interests_in_force(of: Iterable[Inspector] | None = None) -> list[tuple[int, int]]:
    """Return (inspector, workplace that stands) for each interest that was not withdrawn.

    A workplace that was merged is its survivor: who may not inspect the one may not inspect the other.
    """
    rows = Interest.objects.filter(withdrawn_at__isnull=True)
    if of is not None:
        rows = rows.filter(inspector__in=of)
    into = standing_keys()
    return sorted({(who, into.get(where, where)) for who, where in rows.values_list("inspector", "workplace")})


def has_interest(inspector: Inspector, workplace: Workplace) -> bool:
    """Return whether an inspector may not inspect a workplace, for an interest or as one of its own unit."""
    keys = standing_keys()
    survivor = keys.get(workplace.pk, workplace.pk)
    if (inspector.pk, survivor) in interests_in_force([inspector]):
        return True
    units = Workplace.objects.filter(Q(pk=survivor) | Q(merged_into=survivor)).values_list("unit", flat=True)
    return inspector.unit_id in set(units)


def drives_of(campaign: Campaign) -> QuerySet[Drive]:
    """Return a campaign's drives with what their lines name, in order of time."""
    return Drive.objects.filter(campaign=campaign).select_related("theme", "led_by", "task", "campaign")


def drives_seen_by(user: User, campaign: Campaign, *, today: date) -> QuerySet[Drive]:
    """Return the drives that the user may see: all, or those that their units lead, that they inspect in, or of which a
    visit at a workplace of theirs may be seen."""
    drives = drives_of(campaign)
    if sees_all(user):
        return drives
    units = units_seen_by(user)
    inspects = TeamMember.objects.filter(inspector__user=user, team__isnull=False).values("drive")
    shown = _visits_shown(user, DrawnVisit.objects.filter(draw__is_current=True), today=today).values("draw__drive")
    return drives.filter(Q(led_by__in=units) | Q(pk__in=inspects) | Q(pk__in=shown))


def _visits_shown(user: User, visits: QuerySet[DrawnVisit], *, today: date) -> QuerySet[DrawnVisit]:
    """Return the visits that somebody has to do with and may see: unannounced ones on their day and not before."""
    if sees_all(user):
        return visits
    units = units_seen_by(user)
    own_teams = TeamMember.objects.filter(inspector__user=user, team__isnull=False).values("team")
    concerned = Q(team__in=own_teams) | _of_units("workplace__", units) | _of_units("workplace__merged_into__", units)
    return visits.filter(concerned).filter(Q(draw__drive__is_unannounced=False) | Q(visit_on__lte=today))


def _of_units(lead: str, units: QuerySet[Any]) -> Q:
    return Q(**{f"{lead}township__in": units}) | Q(**{f"{lead}department__in": units}) | Q(**{f"{lead}unit__in": units})


def visits_seen_by(user: User, draw: Draw, *, today: date) -> QuerySet[DrawnVisit]:
    """Return the visits of a draw that the user may see, in the order drawn.

    Nobody at a workplace, in its township or its supervising department, and no inspector, sees an unannounced visit
    before its day.
    """
    visits = _visits_shown(user, DrawnVisit.objects.filter(draw=draw), today=today)
    return visits.select_related("workplace", "workplace__township", "workplace__merged_into", "team")


def whole_draw_may_be_seen(user: User, drive: Drive, *, today: date) -> bool:
    """Return whether the user may see a drive's whole draw, with frame and seed: the office, leaders, supervisors; anyone who
    sees the drive once its last day is over."""
    return sees_all(user) or drive.to_on < today


def current_draw(drive: Drive) -> Draw | None:
    """Return the draw that holds, None before the first."""
    return Draw.objects.filter(drive=drive, is_current=True).select_related("laid_down").first()


def draws_of(drive: Drive) -> list[Draw]:
    """Return all versions of a drive's draw, the latest first; earlier ones stay as they were."""
    return list(Draw.objects.filter(drive=drive).select_related("laid_down").order_by("-version"))


def waiting_seed(drive: Drive) -> DrawSeed | None:
    """Return the seed that was laid down and not drawn with yet."""
    return DrawSeed.objects.filter(drive=drive).exclude(pk__in=Draw.objects.values("laid_down")).first()


@dataclass(frozen=True)
class DriveRow:
    """A drive in the list: how many teams with people, visits of the current draw, and the version (0: not drawn)."""

    drive: Drive
    teams: int
    inspectors: int
    visits: int
    version: int


def drive_rows(drives: QuerySet[Drive], user: User, *, today: date) -> list[DriveRow]:
    """Return drives with their counts, of visits those that the user may see; four statements."""
    listed = list(drives.order_by("-from_on", "-pk"))
    teams = {
        row["drive"]: (row["teams"], row["people"])
        for row in TeamMember.objects.filter(drive__in=listed, team__isnull=False)
        .order_by()
        .values("drive")
        .annotate(teams=Count("team", distinct=True), people=Count("pk"))
    }
    versions = dict(Draw.objects.filter(drive__in=listed, is_current=True).values_list("drive", "version"))
    shown = _visits_shown(user, DrawnVisit.objects.filter(draw__is_current=True, draw__drive__in=listed), today=today)
    visits = dict(shown.order_by().values_list("draw__drive").annotate(count=Count("pk", distinct=True)))
    return [
        DriveRow(drive, *teams.get(drive.pk, (0, 0)), visits.get(drive.pk, 0), versions.get(drive.pk, 0))
        for drive in listed
    ]


@dataclass(frozen=True)
class TeamRow:
    """A team with its people, the head first."""

    team: Team
    members: tuple[TeamMember, ...]


def team_rows(drive: Drive) -> list[TeamRow]:
    """Return a drive's teams that have people, in order; one statement."""
    rows: dict[int, tuple[Team, list[TeamMember]]] = {}
    members = TeamMember.objects.filter(drive=drive, team__isnull=False).select_related("team", "inspector__unit")
    for member in members.order_by("team__number", "-is_head", "pk"):
        if member.team is not None:
            rows.setdefault(member.team.pk, (member.team, []))[1].append(member)
    return [TeamRow(team, tuple(people)) for team, people in rows.values()]


def workplaces_of(drive: Drive) -> QuerySet[Workplace]:
    """Return the workplaces that a drive may inspect: working, of its trades; of key inspections, the leading unit's own."""
    rows = workplaces().filter(is_working=True)
    if drive.trades:
        rows = rows.filter(trade__in=drive.trades)
    if drive.led_by.kind == UnitKind.TOWNSHIP:
        return rows.filter(township=drive.led_by)
    if drive.kind == DriveKind.KEY and drive.led_by.kind == UnitKind.DEPARTMENT:
        return rows.filter(department=drive.led_by)
    return rows


def frame_of(
    drive: Drive,
    *,
    count: int,
    weights: dict[str, int],
    days: Sequence[date],
    visits_a_day: int,
    named: Iterable[int] = (),
) -> Frame:
    """Return all that a draw is made from, as it stands now; inspectors by number only, merged workplaces as survivors."""
    teams = team_rows(drive)
    people = [member.inspector for row in teams for member in row.members]
    rows = list(workplaces_of(drive).order_by("pk"))
    key_of = {row.pk: str(row.key) for row in rows}
    asked = set(named)
    return Frame(
        drive=f"{drive.campaign.code}/{drive.pk}",
        count=count,
        weights=dict(sorted(weights.items())),
        workplaces=tuple(
            FrameWorkplace(
                key=str(row.key),
                name=row.name,
                risk=row.risk_class,
                trade=row.trade,
                township=row.township.code,
                unit=row.unit.code if row.unit else "",
                is_named=row.pk in asked,
            )
            for row in rows
        ),
        teams=tuple(
            FrameTeam(
                row.team.number,
                tuple(
                    FrameInspector(str(member.inspector_id), member.inspector.unit.code)
                    for member in sorted(row.members, key=lambda each: each.inspector_id)
                ),
            )
            for row in teams
        ),
        interests=tuple(
            FrameInterest(str(who), key_of[where]) for who, where in interests_in_force(people) if where in key_of
        ),
        days=tuple(day.isoformat() for day in days),
        visits_a_day=visits_a_day,
    )


def draw_as_json(draw: Draw) -> dict[str, Any]:
    """Return a kept draw as it is downloaded: what `safemonth draw` takes, with the visits to hold against."""
    visits = _kept_visits(draw)
    key_of = {visit.workplace.pk: str(visit.workplace.key) for visit in visits}
    probability = _probabilities(draw)
    return {
        "format": FORMAT,
        "method": draw.method or METHOD,
        "seed": draw.seed,
        "witness": draw.witness,
        "frame_sha256": draw.frame_sha256,
        "frame": draw.frame,
        "visits": [
            {
                "position": visit.position,
                "workplace": key_of[visit.workplace_id],
                "team": visit.team.number,
                "day": visit.visit_on.isoformat(),
                "why": visit.why,
                "probability": str(probability[key_of[visit.workplace_id]]),
            }
            for visit in visits
        ],
    }


def _kept_visits(draw: Draw) -> list[DrawnVisit]:
    return list(DrawnVisit.objects.filter(draw=draw).select_related("workplace", "team").order_by("position"))


def _probabilities(draw: Draw) -> dict[str, Fraction]:
    return {key: each.probability for key, each in inclusions(frame_from_json(draw.frame)).items()}


@dataclass(frozen=True)
class Conflict:
    """A visit that its team may not make any more: an interest was declared, or a member came in, after the draw."""

    visit: DrawnVisit
    inspector: Inspector


def conflicts(draw: Draw) -> list[Conflict]:
    """Return the visits of a draw whose team may not make them, by interests and teams as they stand now."""
    members = [member for row in team_rows(draw.drive) for member in row.members]
    barred = set(interests_in_force([member.inspector for member in members]))
    into = standing_keys()
    found = []
    for visit in DrawnVisit.objects.filter(draw=draw).select_related("workplace", "team"):
        survivor = into.get(visit.workplace_id, visit.workplace_id)
        for member in members:
            is_own = visit.workplace.unit_id is not None and member.inspector.unit_id == visit.workplace.unit_id
            if member.team_id == visit.team_id and ((member.inspector_id, survivor) in barred or is_own):
                found.append(Conflict(visit, member.inspector))
    return found
