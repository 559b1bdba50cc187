"""Reads of special rectification: who sees what, who has not acknowledged, how far it is, and the photos side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safemonth.collect.activities.models import Activity
from safemonth.collect.evidence.models import Photo, PublicCopy
from safemonth.collect.inspection.drives.queries import workplaces_of
from safemonth.collect.inspection.hazards.models import Hazard, HazardPhoto
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.rectification.models import (
    Addressee,
    Example,
    FollowUp,
    JoiningUnit,
    MeetingGuest,
    Rectification,
    Reminder,
    SiteMeeting,
)
from safemonth.collect.inspection.rectification.rules import HazardSeen, Progress, Shot, is_due, progress, side_by_side
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind, Campaign, Receipt


def rectifications_seen_by(user: User, campaign: Campaign) -> QuerySet[Rectification]:
    """Return the month's rectifications that the user may see: all; or those that one of their units leads, joins or was told of.

    A township sees also those whose notice went to a workplace in it.
    """
    rows = Rectification.objects.filter(drive__campaign=campaign).select_related(
        "drive__led_by", "drive__campaign__unit", "notice"
    )
    if sees_all(user):
        return rows
    units = units_seen_by(user)
    mine = Addressee.objects.filter(rectification=OuterRef("pk")).filter(_is_of(units))
    joins = JoiningUnit.objects.filter(rectification=OuterRef("pk"), unit__in=units)
    return rows.filter(Q(drive__led_by__in=units) | Exists(mine) | Exists(joins))


def _is_of(units: QuerySet[Unit]) -> Q:
    return Q(unit__in=units) | Q(workplace__unit__in=units) | Q(workplace__township__in=units)


def addressees_of(rectification: Rectification) -> QuerySet[Addressee]:
    """Return to whom the notice went, with their rows."""
    return Addressee.objects.filter(rectification=rectification).select_related(
        "workplace__township", "workplace__unit", "unit"
    )


def addressees_answered_by(user: User, rectification: Rectification) -> QuerySet[Addressee]:
    """Return the addressees that a user may acknowledge for: the office all, a reporter those of their units and townships."""
    rows = addressees_of(rectification)
    return rows if sees_all(user) else rows.filter(_is_of(units_seen_by(user)))


def to_be_told(rectification: Rectification) -> tuple[list[Workplace], list[Unit]]:
    """Return whom the notice goes to: all workplaces that the drive may inspect (of its trades), and the departments that join."""
    units = Unit.objects.filter(pk__in=JoiningUnit.objects.filter(rectification=rectification).values("unit"))
    return list(workplaces_of(rectification.drive)), list(units)


@dataclass(frozen=True)
class AddresseeRow:
    """Who was told: by name and township, when they acknowledged (None: not yet), and the reminders there were."""

    addressee: Addressee
    acknowledged_at: object
    reminders: Sequence[Reminder]


def addressee_rows(rectification: Rectification, *, only: QuerySet[Addressee] | None = None) -> list[AddresseeRow]:
    """Return who was told, those who have not acknowledged first, by name; three statements."""
    rows = list(addressees_of(rectification) if only is None else only)
    reminders: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in Reminder.objects.filter(addressee__in=[row.pk for row in rows]):
        reminders[reminder.addressee_id].append(reminder)
    receipts = dict(Receipt.objects.filter(notice=rectification.notice_id).values_list("unit", "received_at"))
    made = [
        AddresseeRow(row, row.acknowledged_at or receipts.get(_unit_key(row) or 0), reminders.get(row.pk, ()))
        for row in rows
    ]
    return sorted(made, key=lambda row: row.acknowledged_at is not None)


def _unit_key(row: Addressee) -> int | None:
    return row.unit_id or (row.workplace.unit_id if row.workplace else None)


@dataclass(frozen=True)
class RectificationRow:
    """One rectification in the list: who has not acknowledged, inspections, progress, site meetings, follow-ups late."""

    rectification: Rectification
    told: int
    acknowledged: int
    inspections: int
    progress: Progress
    meetings: int
    late: int


def rectification_rows(rows: Iterable[Rectification], *, today: date) -> list[RectificationRow]:
    """Return the list's rows; six statements, however many there are."""
    found = list(rows)
    told, places = _told(found)
    hazards = [
        (drive, place, on, HazardSeen(state, grade, deadline))
        for drive, place, on, state, grade, deadline in Hazard.objects.filter(_may_belong(found))
        .order_by()
        .values_list("inspection__drive", "workplace", "found_on", "state", "grade", "deadline_on")
    ]
    visits = [
        (drive, place, timezone.localdate(started_at), None)
        for drive, place, started_at in Inspection.objects.filter(
            Q(drive__in=[row.drive_id for row in found])
            | Q(drive=None, workplace__in=Addressee.objects.filter(rectification__in=found).values("workplace")),
            is_moved=False,
            is_recheck=False,
        )
        .order_by()
        .values_list("drive", "workplace", "started_at")
    ]
    meetings = _counted(SiteMeeting.objects.filter(rectification__in=found), "rectification")
    late = _counted(
        FollowUp.objects.filter(meeting__rectification__in=found, done_on=None, due_on__lt=today),
        "meeting__rectification",
    )
    return [
        RectificationRow(
            rectification=row,
            told=len(told[row.pk]),
            acknowledged=sum(told[row.pk]),
            inspections=sum(_belongs(row, places[row.pk], *each[:3]) for each in visits),
            progress=progress(
                [seen for drive, place, on, seen in hazards if _belongs(row, places[row.pk], drive, place, on)],
                today=today,
            ),
            meetings=meetings.get(row.pk, 0),
            late=late.get(row.pk, 0),
        )
        for row in found
    ]


def _told(found: list[Rectification]) -> tuple[dict[int, list[bool]], dict[int, set[int]]]:
    """For each rectification: of each addressee whether they acknowledged; and the workplaces that were told."""
    receipts = set(
        Receipt.objects.filter(notice__in=[row.notice_id for row in found if row.notice_id]).values_list(
            "notice", "unit"
        )
    )
    notices = {row.pk: row.notice_id for row in found}
    told: dict[int, list[bool]] = defaultdict(list)
    places: dict[int, set[int]] = defaultdict(set)
    for row in Addressee.objects.filter(rectification__in=found).order_by().select_related("workplace"):
        is_received = (notices[row.rectification_id], _unit_key(row)) in receipts
        told[row.rectification_id].append(is_received or row.acknowledged_at is not None)
        if row.workplace_id is not None:
            places[row.rectification_id].add(row.workplace_id)
    return told, places


def _belongs(row: Rectification, places: set[int], drive: int | None, place: int | None, on: date | None) -> bool:
    """Whether a visit or hazard is this rectification's: of its drive; or of none, at a workplace that was told, in its days."""
    if drive is not None:
        return drive == row.drive_id
    return place in places and on is not None and row.drive.from_on <= on <= row.drive.to_on


def _may_belong(found: Iterable[Rectification]) -> Q:
    rows = list(found)
    places = Addressee.objects.filter(rectification__in=rows).exclude(workplace=None).values("workplace")
    return Q(inspection__drive__in=[row.drive_id for row in rows]) | Q(inspection__drive=None, workplace__in=places)


def _counted(rows: QuerySet[SiteMeeting] | QuerySet[FollowUp], by: str) -> dict[int, int]:
    return {row[by]: row["count"] for row in rows.order_by().values(by).annotate(count=Count("pk"))}


def hazards_of(rectification: Rectification) -> QuerySet[Hazard]:
    """Return the rectification's hazards, open ones first: found by its drive's inspections, or, where no drive's inspection
    found it, at a workplace that was told and in its days. Doubles stand with the one they are the same as.
    """
    drive = rectification.drive
    in_days = Q(found_on__gte=drive.from_on, found_on__lte=drive.to_on)
    rows = Hazard.objects.filter(_may_belong([rectification]) & (Q(inspection__drive=drive) | in_days))
    return rows.exclude(state="joined").select_related("workplace", "inspection").order_by("closed_on", "code")


def inspections_of(rectification: Rectification) -> QuerySet[Inspection]:
    """Return the rectification's inspections, the newest first: its drive's, or of no drive, as `hazards_of` says."""
    drive = rectification.drive
    places = Addressee.objects.filter(rectification=rectification).exclude(workplace=None).values("workplace")
    of_none = Q(
        drive=None, workplace__in=places, started_at__date__gte=drive.from_on, started_at__date__lte=drive.to_on
    )
    rows = Inspection.objects.filter(Q(drive=drive) | of_none, is_moved=False)
    return rows.select_related("workplace", "host").order_by("-started_at")


def meetings_of(rectification: Rectification) -> QuerySet[SiteMeeting]:
    """Return the rectification's site meetings in order."""
    return SiteMeeting.objects.filter(rectification=rectification).select_related("host", "workplace", "activity")


@dataclass(frozen=True)
class FollowUpRow:
    """What was asked of a unit, and how it stands (`rules.is_due`)."""

    follow_up: FollowUp
    standing: str


def follow_up_rows(follow_ups: Iterable[FollowUp], *, today: date) -> list[FollowUpRow]:
    """Return follow-ups with how they stand."""
    return [FollowUpRow(row, is_due(row.due_on, row.done_on, today=today)) for row in follow_ups]


def follow_ups_of(rectification: Rectification) -> QuerySet[FollowUp]:
    """Return what was asked at all site meetings of a rectification."""
    return FollowUp.objects.filter(meeting__rectification=rectification).select_related("unit", "meeting")


def follow_ups_answered_by(user: User, campaign: Campaign) -> QuerySet[FollowUp]:
    """Return the follow-ups that a user may say are done: the office all, a reporter those of their units."""
    rows = FollowUp.objects.filter(meeting__rectification__drive__campaign=campaign).select_related("unit", "meeting")
    return rows if sees_all(user) else rows.filter(unit__in=units_seen_by(user))


@dataclass(frozen=True)
class MeetingPage:
    """One site meeting: who was asked and came (`people` in all), what was shown, what was asked of whom."""

    meeting: SiteMeeting
    guests: list[MeetingGuest]
    examples: list[Example]
    follow_ups: list[FollowUp]

    @property
    def people(self) -> int:
        """How many people came in all; 0 where nobody has said."""
        return sum(guest.people_came or 0 for guest in self.guests)

    @property
    def missing(self) -> list[MeetingGuest]:
        """Who was asked and of whom nobody came."""
        return [guest for guest in self.guests if guest.is_asked and guest.people_came == 0]


def meeting_page(meeting: SiteMeeting) -> MeetingPage:
    """Return all of a site meeting; three statements."""
    return MeetingPage(
        meeting=meeting,
        guests=list(
            MeetingGuest.objects.filter(meeting=meeting).select_related(
                "unit", "workplace__township", "workplace__unit"
            )
        ),
        examples=list(Example.objects.filter(meeting=meeting).select_related("hazard__workplace")),
        follow_ups=list(FollowUp.objects.filter(meeting=meeting).select_related("unit")),
    )


def meeting_on_record(meeting: SiteMeeting) -> Activity | None:
    """Return the activity of a sheet or letter that tells of the same meeting: same host and day, a meeting; None: none does."""
    rows = Activity.objects.filter(
        campaign=meeting.rectification.drive.campaign,
        host=meeting.host,
        from_on=meeting.held_on,
        kind=ActivityKind.MEETING,
        is_current=True,
        is_withdrawn=False,
        is_report_line=False,
    )
    known = SiteMeeting.objects.exclude(activity=None).values("activity__key")
    return rows.exclude(key__in=known).order_by("id").first()


@dataclass(frozen=True)
class SideBySide:
    """A hazard with a photo before and one after: their public copies (None: none was made yet) and the days they came."""

    hazard: Hazard
    before: PublicCopy | None
    after: PublicCopy | None
    before_on: date | None
    after_on: date | None
    before_photo: Photo | None
    after_photo: Photo | None

    @property
    def is_shown(self) -> bool:
        """Whether both copies are there."""
        return self.before is not None and self.after is not None


def gallery(rectification: Rectification) -> list[SideBySide]:
    """Return the hazards of a rectification that have a photo before and one after; four statements.

    A photo's day is the one that its file says, else the day on which it came.
    """
    return _pairs({row.key: row for row in hazards_of(rectification)})


def is_in_gallery(rectification: Rectification, copy: PublicCopy) -> bool:
    """Return whether a public copy stands in the rectification's gallery; asks only about the hazards of its photo."""
    keys = HazardPhoto.objects.filter(submission__sha256=copy.photo.sha256).values("hazard_key")
    pairs = _pairs({row.key: row for row in hazards_of(rectification).filter(key__in=keys)})
    return any(copy in (pair.before, pair.after) for pair in pairs if pair.is_shown)


def _pairs(hazards: dict[UUID, Hazard]) -> list[SideBySide]:
    rows = list(HazardPhoto.objects.filter(hazard_key__in=list(hazards)).select_related("submission"))
    digests = [row.submission.sha256 for row in rows]
    photos = {photo.sha256: photo for photo in Photo.objects.filter(sha256__in=digests, problem="")}
    copies = {copy.photo_id: copy for copy in PublicCopy.objects.filter(photo__sha256__in=digests, is_current=True)}
    by_key = {row.pk: row for row in rows}
    shots: dict[UUID, list[Shot]] = defaultdict(list)
    for row in rows:
        photo = photos.get(row.submission.sha256)
        when = photo.taken_at if photo and photo.taken_at else row.submission.received_at
        shots[row.hazard_key].append(Shot(row.pk, row.shows, timezone.localdate(when)))
    pairs = []
    for key, hazard in hazards.items():
        before, after = side_by_side(shots[key])
        if before is None or after is None:
            continue
        one = photos.get(by_key[before.key].submission.sha256)
        other = photos.get(by_key[after.key].submission.sha256)
        pairs.append(
            SideBySide(
                hazard=hazard,
                before=copies.get(one.pk) if one else None,
                after=copies.get(other.pk) if other else None,
                before_on=before.on,
                after_on=after.on,
                before_photo=one,
                after_photo=other,
            )
        )
    return pairs


def pairs_of_examples(examples: Iterable[Example]) -> dict[int, SideBySide]:
    """Return for examples of hazards the photos that stand side by side, by the hazard's row."""
    hazards: dict[UUID, Hazard] = {row.hazard.key: row.hazard for row in examples if row.hazard}
    return {pair.hazard.pk: pair for pair in _pairs(hazards)} if hazards else {}


def joining_units(rectification: Rectification) -> list[Unit]:
    """Return the departments that join, in tree order."""
    rows = JoiningUnit.objects.filter(rectification=rectification).select_related("unit")
    return [row.unit for row in rows]
