"""Reads of photos: who may see which, what uses each, what is worth a look, what looks alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from safemonth.collect.activities.models import Activity, Evidence
from safemonth.collect.evidence.features import Features
from safemonth.collect.evidence.models import Decision, Photo, PhotoLikeness, PublicCopy
from safemonth.collect.evidence.places import Position, Spread, spread_of
from safemonth.collect.evidence.rules import Claim, Note, Picture, notes_on
from safemonth.collect.forms.models import Attachment, Instance
from safemonth.collect.submissions.models import Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import ActivityKind, Campaign

# Digests named in one statement.
DIGESTS_AT_ONCE = 5000


@dataclass(frozen=True)
class PhotoUse:
    """One report that uses a photo: a filled form, an activity that it bears out, or the file by itself.

    `unit` is whose report it is (None: not said), `activity` the current version of what it bears out
    (None: nothing yet); `report` tells reports apart, so that two activities of one form are one.
    """

    report: tuple[str, int | UUID]
    submission: Submission
    campaign: Campaign
    unit: Unit | None
    received_at: datetime
    file_name: str
    activity: Activity | None = None
    instance: Instance | None = None


@dataclass(frozen=True)
class PhotoRow:
    """One photo of a list: its uses, what is worth a look under any of them, and likenesses nobody decided on."""

    photo: Photo
    uses: tuple[PhotoUse, ...]
    notes: tuple[Note, ...]
    open_likenesses: int

    @property
    def strong_notes(self) -> tuple[Note, ...]:
        """The notes that are a reason for a look by themselves."""
        return tuple(note for note in self.notes if not note.is_weak)


def photos_seen_by(user: User, campaign: Campaign | None = None) -> QuerySet[Photo]:
    """Return the photos that the user may see, of one campaign or of all: all of them, or their own subtree's.

    A photo is a unit's where the unit sent it, with a form or by itself, or where it bears out an
    activity that the unit hosts; also where the user sent it.
    """
    sent = Submission.objects.all() if campaign is None else Submission.objects.filter(campaign=campaign)
    if not sees_all(user):
        units = units_seen_by(user)
        attached = Attachment.objects.filter(Q(instance__unit__in=units) | Q(instance__sent_by=user.username))
        hosted = Evidence.objects.filter(activity__host__in=units)
        sent = sent.filter(
            Q(sender__in=units)
            | Q(received_by=user.username)
            | Q(pk__in=attached.values("submission"))
            | Q(pk__in=hosted.values("submission"))
        )
    elif campaign is None:
        return Photo.objects.all()
    return Photo.objects.filter(sha256__in=sent.values("sha256"))


def uses_of(digests: Iterable[str]) -> dict[str, list[PhotoUse]]:
    """Return what uses each photo by its SHA-256, the earliest first, in all campaigns; a few statements in all.

    Filled forms that an edit has replaced use nothing any more, nor do withdrawn activities.
    """
    wanted = list(dict.fromkeys(digests))
    found: dict[str, list[PhotoUse]] = {}
    for start in range(0, len(wanted), DIGESTS_AT_ONCE):
        found |= _uses(wanted[start : start + DIGESTS_AT_ONCE])
    return found


def uses_seen_by(user: User, uses: Iterable[PhotoUse]) -> list[PhotoUse]:
    """Return those uses that the user may see: all, or those of their own subtree and their own."""
    if sees_all(user):
        return list(uses)
    units = set(units_seen_by(user).values_list("pk", flat=True))
    return [
        use
        for use in uses
        if (use.unit is not None and use.unit.pk in units)
        or (use.instance.sent_by if use.instance else use.submission.received_by) == user.username
    ]


def reports_using(uses: Iterable[PhotoUse]) -> int:
    """Return how many reports use a photo."""
    return len({use.report for use in uses})


def photo_rows(user: User, campaign: Campaign) -> list[PhotoRow]:
    """Return the campaign's photos that the user may see, the latest sent first, with what is worth a look.

    Notes and likenesses are the office's: others get none.
    """
    photos = list(photos_seen_by(user, campaign))
    return _rows(user, photos, campaign=campaign)


def rows_of_activity(user: User, activity: Activity) -> list[PhotoRow]:
    """Return the photos that bear an activity out (any of its versions), with what is worth a look under it."""
    digests = Evidence.objects.filter(activity__key=activity.key).values("submission__sha256")
    photos = list(Photo.objects.filter(sha256__in=digests))
    return _rows(user, photos, campaign=activity.campaign, key=activity.key)


def notes_under(photo: Photo, use: PhotoUse) -> list[Note]:
    """Return what is worth a look in one photo under one use."""
    others: list[Position] = []
    if use.activity is not None:
        digests = Evidence.objects.filter(activity__key=use.activity.key).values("submission__sha256")
        others = positions_of(Photo.objects.filter(sha256__in=digests).exclude(pk=photo.pk))
    return _notes(photo, use, others=others, usual=usual_places(use.campaign))


def usual_places(campaign: Campaign) -> Spread | None:
    """Return where the campaign's photos are taken; None where too few have a place."""
    digests = Submission.objects.filter(campaign=campaign).values("sha256")
    return spread_of(positions_of(Photo.objects.filter(sha256__in=digests)))


def positions_of(photos: QuerySet[Photo]) -> list[Position]:
    """Return the positions of those photos that have one."""
    return [
        Position(float(latitude), float(longitude))
        for latitude, longitude in photos.values_list("latitude", "longitude")
        if latitude is not None and longitude is not None
    ]


def likenesses_of(photo: Photo) -> QuerySet[PhotoLikeness]:
    """Return what a photo looks like, undecided first."""
    return (
        PhotoLikeness.objects.filter(Q(photo=photo) | Q(other=photo))
        .select_related("photo", "other")
        .order_by("decision", "-share_percent", "pk")
    )


def open_likenesses(campaign: Campaign) -> QuerySet[PhotoLikeness]:
    """Return the likenesses on which nobody decided yet, of which a photo was sent in the campaign."""
    digests = Submission.objects.filter(campaign=campaign).values("sha256")
    return PhotoLikeness.objects.filter(
        Q(photo__sha256__in=digests) | Q(other__sha256__in=digests), decision=Decision.OPEN
    )


def features_of_photo(photo: Photo) -> Features | None:
    """Return a photo's telling points from the store; None where it has none or they cannot be read."""
    if not photo.features_sha256:
        return None
    try:
        return Features.from_bytes(bytes_kept(photo.features_sha256))
    except (Refused, ValueError):
        return None


def current_public_copy(photo: Photo) -> PublicCopy | None:
    """Return the copy that may be published; None where the clerk has made none."""
    return PublicCopy.objects.filter(photo=photo, is_current=True).first()


def counties_using(sha256: str) -> list[int]:
    """Return the keys of the units whose campaigns a photo was sent in."""
    return list(Submission.objects.filter(sha256=sha256).values_list("campaign__unit", flat=True).distinct())


def _rows(user: User, photos: Sequence[Photo], *, campaign: Campaign, key: UUID | None = None) -> list[PhotoRow]:
    uses = {
        digest: [use for use in uses_seen_by(user, found) if key is None or (use.activity and use.activity.key == key)]
        for digest, found in uses_of(photo.sha256 for photo in photos).items()
    }
    is_office = sees_all(user)
    usual = usual_places(campaign) if is_office else None
    waiting = _waiting() if is_office else {}
    placed: dict[UUID, list[tuple[int, Position]]] = defaultdict(list)
    for photo in photos:
        for use in uses.get(photo.sha256, ()):
            if use.activity and photo.latitude is not None and photo.longitude is not None:
                placed[use.activity.key].append((photo.pk, Position(float(photo.latitude), float(photo.longitude))))
    rows = []
    for photo in photos:
        mine = [use for use in uses.get(photo.sha256, ()) if use.campaign.pk == campaign.pk]
        notes: dict[str, Note] = {}
        for use in mine if is_office else ():
            others = [where for pk, where in placed[use.activity.key] if pk != photo.pk] if use.activity else []
            for note in _notes(photo, use, others=others, usual=usual):
                notes.setdefault(note.code, note)
        rows.append(PhotoRow(photo, tuple(mine), tuple(notes.values()), waiting.get(photo.pk, 0)))
    return sorted(rows, key=_latest, reverse=True)


def _latest(row: PhotoRow) -> tuple[datetime, int]:
    """Say when a photo was last sent; one whose only report was replaced by an edit goes by its examination."""
    return max((use.received_at for use in row.uses), default=row.photo.examined_at), row.photo.pk


def _waiting() -> dict[int, int]:
    """Return how many undecided likenesses each photo has."""
    pairs = PhotoLikeness.objects.filter(decision=Decision.OPEN).values_list("photo", "other")
    counts: dict[int, int] = defaultdict(int)
    for one, other in pairs:
        for pk in {one, other}:
            counts[pk] += 1
    return counts


def _notes(photo: Photo, use: PhotoUse, *, others: Sequence[Position], usual: Spread | None) -> list[Note]:
    activity = use.activity
    claim = Claim(
        starts_on=use.campaign.starts_on,
        ends_on=use.campaign.ends_on,
        received_at=use.received_at,
        file_name=use.file_name,
        kind=activity.kind if activity else "",
        from_on=activity.from_on if activity else None,
        to_on=activity.to_on if activity else None,
        position=_position(activity) if activity else None,
        is_report_line=bool(activity and activity.is_report_line),
    )
    return notes_on(_picture(photo), claim, zone=timezone.get_default_timezone(), others=others, usual=usual)


def _picture(photo: Photo) -> Picture:
    return Picture(
        is_readable=not photo.problem,
        width=photo.width,
        height=photo.height,
        format=photo.format,
        taken_at=photo.taken_at,
        changed_at=photo.changed_at,
        satellite_at=photo.satellite_at,
        position=_position(photo),
        software=photo.software,
        comment=photo.comment,
        is_made_by_model=photo.is_made_by_model,
        has_camera_data=photo.has_camera_data,
        faults=tuple(photo.faults),
    )


def _position(placed: Photo | Activity) -> Position | None:
    if placed.latitude is None or placed.longitude is None:
        return None
    return Position(float(placed.latitude), float(placed.longitude))


def _uses(digests: Sequence[str]) -> dict[str, list[PhotoUse]]:
    submissions = list(
        Submission.objects.filter(sha256__in=digests).select_related("campaign", "sender").order_by("received_at", "pk")
    )
    keys = [submission.pk for submission in submissions]
    borne: dict[int, list[UUID]] = defaultdict(list)
    for submission_id, key in Evidence.objects.filter(submission__in=keys).values_list("submission", "activity__key"):
        borne[submission_id].append(key)
    current: dict[UUID, Activity] = {}
    said_in: dict[UUID, set[int]] = defaultdict(set)
    events = {key for found in borne.values() for key in found}
    for activity in Activity.objects.filter(key__in=events).select_related("host", "campaign"):
        said_in[activity.key].add(activity.submission_id)
        if activity.is_current and not activity.is_withdrawn:
            current[activity.key] = activity
    attached: dict[int, list[Attachment]] = defaultdict(list)
    for attachment in (
        Attachment.objects.filter(submission__in=keys, instance__is_current=True)
        .select_related("instance__unit", "instance__campaign")
        .order_by("received_at", "pk")
    ):
        attached[attachment.submission_id].append(attachment)
    found: dict[str, list[PhotoUse]] = defaultdict(list)
    for submission in submissions:
        events_here = {key: said_in[key] for key in dict.fromkeys(borne[submission.pk])}
        found[submission.sha256] += _uses_of_one(submission, attached[submission.pk], events_here, current)
    return dict(found)


def _uses_of_one(
    submission: Submission,
    attachments: Sequence[Attachment],
    events: Mapping[UUID, set[int]],
    current: Mapping[UUID, Activity],
) -> list[PhotoUse]:
    """Return the uses of one submission: each filled form with what it became, then other activities, else itself."""
    uses: list[PhotoUse] = []
    told: set[UUID] = set()
    firsts: dict[int, Attachment] = {}
    for attachment in attachments:
        firsts.setdefault(attachment.instance_id, attachment)
    for attachment in firsts.values():
        instance = attachment.instance
        mine = [
            key
            for key, said_in in events.items()
            if instance.submission_id in said_in or _is_its_inspection(current.get(key), instance)
        ]
        told.update(mine)
        standing: list[Activity | None] = [current[key] for key in mine if key in current]
        for activity in standing or [None]:
            uses.append(
                PhotoUse(
                    report=("form", instance.pk),
                    submission=submission,
                    campaign=instance.campaign,
                    unit=instance.unit or (activity.host if activity else None),
                    received_at=attachment.received_at,
                    file_name=attachment.name,
                    activity=activity,
                    instance=instance,
                )
            )
    for key in events:
        if key not in told and key in current:
            event = current[key]
            uses.append(_plain_use(submission, report=("activity", key), unit=event.host, activity=event))
    if not uses and not attachments:
        uses.append(_plain_use(submission, report=("file", submission.pk), unit=submission.sender, activity=None))
    return uses


def _is_its_inspection(activity: Activity | None, instance: Instance) -> bool:
    """Whether an activity was made from a filled form by way of the register: what bears it out came with that form."""
    return activity is not None and activity.kind == ActivityKind.INSPECTION and activity.host_id == instance.unit_id


def _plain_use(
    submission: Submission, *, report: tuple[str, int | UUID], unit: Unit | None, activity: Activity | None
) -> PhotoUse:
    return PhotoUse(
        report=report,
        submission=submission,
        campaign=submission.campaign,
        unit=unit,
        received_at=submission.received_at,
        file_name=submission.file_name,
        activity=activity,
    )
