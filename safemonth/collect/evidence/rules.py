"""What is worth a look in a photo, held against what is claimed with it: notes to the clerk, never verdicts.

Each note has its numbers in its sentence. A weak note says that something is missing, which is no
reason for a look by itself: messengers strip time and place from honest photos too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from safemonth.collect.evidence.places import Position, Spread, distance_m
from safemonth.lib.refusals import Refused, gettext_noop

# Further than this from the place claimed is worth a look. Chinese map systems shift a point by up to some 700 m
# (GCJ-02) and up to some 1.5 km (BD-09 on top of it), a phone in a valley errs by hundreds of metres, and an event
# fills a square or a street: below 2 km none of these can be told from a wrong place.
FAR_M = 2_000.0
# Phones keep their clocks by the network to a second; a camera's may be some minutes off.
CLOCK_TOLERANCE = timedelta(minutes=10)
# Phones write "changed" with "taken", or within the seconds that a long exposure takes.
CHANGED_LATER = timedelta(hours=1)
# Satellites' time is UTC, so that a day's difference is no question of the zone.
CLOCKS_APART = timedelta(hours=24)
# A picture smaller than this has passed through a messenger's preview; little can be seen or compared in it.
SMALL_PX = 480
LONGEST_REASON = 200

# Activities that move: their photos are taken along a road, so that no one place is theirs.
MOVING_KINDS = frozenset({"vehicle_tour"})
# Activities that visit several places in a day.
VISITING_KINDS = MOVING_KINDS | {"inspection", "rectification", "supervision"}

# Programs that change pictures, as they sign themselves. What phones write there (a firmware) is none of them.
_EDITORS = re.compile(
    r"photoshop|lightroom|\bgimp|snapseed|meitu|美图|醒图|xingtu|picsart|pixelmator|affinity|\bvsco\b|facetune|"
    r"beautycam|美颜|\bb612\b|faceu|canva|photoscape|acdsee|光影魔术手|可牛|paint\.net|mspaint|picasa|polarr|luminar|"
    r"darktable|rawtherapee|photopea|pixlr|photodirector|inshot|剪映|capcut|fotor|photo ?editor|windows photo",
    re.IGNORECASE,
)
_SCREENSHOT = re.compile(r"screen[ _-]?shot|截屏|截图|屏幕快照", re.IGNORECASE)
# Widths of phones' screens, in points as their screenshots have them.
_SCREEN_WIDTHS = frozenset(
    {640, 720, 750, 828, 1080, 1125, 1170, 1176, 1179, 1200, 1206, 1216, 1220, 1224, 1242, 1260, 1264, 1284, 1290}
    | {1312, 1320, 1344, 1440}
)
# No camera's sensor is that long; phones' screens have been since 2012 (16:9) and 2017 (18:9).
_SCREEN_SHAPE, _LONG_SCREEN_SHAPE, _LONGEST_SCREEN_SHAPE = 1.7, 2.0, 2.5

DECISIONS = frozenset({"same_event", "different", "reused", "unclear"})
# What is held against a unit, and what is left open, is said in words too.
DECISIONS_WITH_REASON = frozenset({"reused", "unclear"})


@dataclass(frozen=True)
class Note:
    """One thing worth a look: a stable code, a sentence with its numbers; `is_weak` where something is only missing."""

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)
    is_weak: bool = False


@dataclass(frozen=True)
class Picture:
    """What is known of a photo: as `exif.PhotoFacts`, its times as instants (aware), its place as a position.

    `is_readable` is false where the bytes cannot be opened as a photo; then nothing else is said.
    """

    is_readable: bool
    width: int = 0
    height: int = 0
    format: str = ""
    taken_at: datetime | None = None
    changed_at: datetime | None = None
    satellite_at: datetime | None = None
    position: Position | None = None
    software: str = ""
    comment: str = ""
    is_made_by_model: bool = False
    has_camera_data: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What is claimed with a photo: the month that it is sent for, and its activity where it bears one out.

    `from_on` and `to_on` are the activity's days (None: not said; a `to_on` of None is one day).
    """

    starts_on: date
    ends_on: date
    received_at: datetime
    file_name: str = ""
    kind: str = ""
    from_on: date | None = None
    to_on: date | None = None
    position: Position | None = None
    is_report_line: bool = False


def notes_on(
    picture: Picture,
    claim: Claim,
    *,
    zone: tzinfo,
    others: Sequence[Position] = (),
    usual: Spread | None = None,
) -> list[Note]:
    """Return what is worth a look in a photo under one claim, strong notes first; empty where all agrees.

    `zone` is the office's: days are its days. `others` are positions of the same activity's other
    photos, `usual` is where the county's photos are taken (None: too few are known).
    """
    if not picture.is_readable:
        return [Note("not_a_photo", gettext_noop("The file cannot be opened as a photo; it is kept as it came."))]
    found = [
        *_origin(picture, claim),
        *_time(picture, claim, zone),
        *_place(picture, claim, others=others, usual=usual),
        *_missing(picture),
    ]
    return sorted(found, key=lambda note: note.is_weak)


def check_decision(*, decision: str, reason: str) -> None:
    """Raise Refused `no_such_decision`, `reason_needed` or `reason_too_long`."""
    if decision not in DECISIONS:
        raise Refused("no_such_decision", gettext_noop("Choose one of the four decisions."))
    if decision in DECISIONS_WITH_REASON and not reason.strip():
        raise Refused("reason_needed", gettext_noop("Say why: this decision stays with the record."))
    if len(reason) > LONGEST_REASON:
        raise Refused("reason_too_long", gettext_noop("Say it in at most %(most)s characters."), most=LONGEST_REASON)


def looks_like_screenshot(picture: Picture, *, file_name: str) -> bool:
    """Return whether a picture without camera data is named, marked or shaped as a phone's screenshot."""
    if picture.has_camera_data or picture.position:
        return False
    if _SCREENSHOT.search(file_name) or _SCREENSHOT.search(picture.comment):
        return True
    short, long = sorted((picture.width, picture.height))
    shape = long / short if short else 0.0
    least = _SCREEN_SHAPE if picture.format == "PNG" else _LONG_SCREEN_SHAPE
    return short in _SCREEN_WIDTHS and least <= shape <= _LONGEST_SCREEN_SHAPE


def is_editor(software: str) -> bool:
    """Return whether what wrote the file calls itself a program that changes pictures."""
    return bool(_EDITORS.search(software))


def _origin(picture: Picture, claim: Claim) -> Iterator[Note]:
    if picture.is_made_by_model:
        yield Note("made_by_model", gettext_noop("The file says of itself that a model made or changed the picture."))
    if looks_like_screenshot(picture, file_name=claim.file_name):
        yield Note(
            "screenshot",
            gettext_noop("Looks like a screenshot: %(width)s × %(height)s points and nothing of a camera."),
            {"width": picture.width, "height": picture.height},
        )
    if is_editor(picture.software):
        yield Note(
            "edited",
            gettext_noop("Saved by a program that changes pictures: %(software)s."),
            {"software": picture.software},
        )
    if min(picture.width, picture.height) < SMALL_PX:
        yield Note(
            "small",
            gettext_noop("Only %(width)s × %(height)s points: a preview, in which little can be compared."),
            {"width": picture.width, "height": picture.height},
            is_weak=True,
        )


def _time(picture: Picture, claim: Claim, zone: tzinfo) -> Iterator[Note]:
    taken = picture.taken_at
    if taken is None:
        return
    day = taken.astimezone(zone).date()
    if day < claim.starts_on:
        yield Note(
            "before_month",
            gettext_noop("Taken on %(day)s, before the month, which begins on %(limit)s (days between: %(days)s)."),
            {"day": str(day), "limit": str(claim.starts_on), "days": (claim.starts_on - day).days},
        )
    elif day > claim.ends_on:
        yield Note(
            "after_month",
            gettext_noop("Taken on %(day)s, after the month, which ends on %(limit)s (days between: %(days)s)."),
            {"day": str(day), "limit": str(claim.ends_on), "days": (day - claim.ends_on).days},
        )
    yield from _days(day, claim)
    if taken > claim.received_at + CLOCK_TOLERANCE:
        yield Note(
            "after_sending",
            gettext_noop(
                "Taken at %(taken)s by the camera's clock, after it had arrived at %(received)s (minutes between: %(minutes)s)."
            ),
            {
                "taken": _minute(taken, zone),
                "received": _minute(claim.received_at, zone),
                "minutes": (taken - claim.received_at) // timedelta(minutes=1),
            },
        )
    if picture.satellite_at and abs(taken - picture.satellite_at) > CLOCKS_APART:
        yield Note(
            "clocks_differ",
            gettext_noop(
                "The camera's clock says %(taken)s, the satellites say %(satellite)s (hours between: %(hours)s)."
            ),
            {
                "taken": _minute(taken, zone),
                "satellite": _minute(picture.satellite_at, zone),
                "hours": abs(taken - picture.satellite_at) // timedelta(hours=1),
            },
        )
    if picture.changed_at and picture.changed_at - taken > CHANGED_LATER:
        yield Note(
            "changed_later",
            gettext_noop("Changed at %(changed)s, after it was taken at %(taken)s (hours between: %(hours)s)."),
            {
                "changed": _minute(picture.changed_at, zone),
                "taken": _minute(taken, zone),
                "hours": (picture.changed_at - taken) // timedelta(hours=1),
            },
            is_weak=True,
        )


def _days(day: date, claim: Claim) -> Iterator[Note]:
    """Say where a photo was not taken on the activity's days; one taken past midnight is a day late, and said so."""
    if claim.from_on is None:
        return
    last = claim.to_on or claim.from_on
    if claim.from_on <= day <= last:
        return
    if claim.from_on == last:
        sentence = gettext_noop(
            "Taken on %(day)s; the activity is said to have been on %(from_on)s (days between: %(days)s)."
        )
    else:
        sentence = gettext_noop(
            "Taken on %(day)s; the activity is said to have been from %(from_on)s to %(to_on)s (days between: %(days)s)."
        )
    days = (claim.from_on - day).days if day < claim.from_on else (day - last).days
    yield Note(
        "other_day",
        sentence,
        {"day": str(day), "from_on": str(claim.from_on), "to_on": str(last), "days": days},
    )


def _place(picture: Picture, claim: Claim, *, others: Sequence[Position], usual: Spread | None) -> Iterator[Note]:
    here = picture.position
    if here is None:
        return
    if claim.position and claim.kind not in MOVING_KINDS:
        away_m = distance_m(here, claim.position)
        if away_m > FAR_M:
            yield Note(
                "far_from_place",
                gettext_noop("Taken %(km)s km from the place that the activity gives."),
                {"km": _km(away_m)},
            )
    # Nearly always the first of the others is near, so that not all distances are worked out.
    is_far = not any(distance_m(here, other) <= FAR_M for other in others)
    if others and is_far and claim.kind not in VISITING_KINDS and not claim.is_report_line:
        yield Note(
            "far_from_others",
            gettext_noop("Taken %(km)s km from the nearest other photo of the same activity (%(count)s have a place)."),
            {"km": _km(min(distance_m(here, other) for other in others)), "count": len(others)},
        )
    if usual and distance_m(here, usual.middle) > usual.reach_m:
        yield Note(
            "far_from_county",
            gettext_noop(
                "Taken %(km)s km from the middle of where the month's photos are taken; most lie within %(reach)s km."
            ),
            {"km": _km(distance_m(here, usual.middle)), "reach": _km(usual.reach_m)},
        )


def _missing(picture: Picture) -> Iterator[Note]:
    if "time" in picture.faults:
        yield Note("bad_time", gettext_noop("The photo carries a time that cannot be one."), is_weak=True)
    elif picture.taken_at is None:
        yield Note("no_time", gettext_noop("The photo does not say when it was taken."), is_weak=True)
    if "position" in picture.faults:
        yield Note("bad_position", gettext_noop("The photo carries a place that cannot be one."), is_weak=True)
    elif picture.position is None:
        yield Note("no_position", gettext_noop("The photo does not say where it was taken."), is_weak=True)


def _minute(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _km(metres: float) -> str:
    """Return kilometres as said: one decimal below 100, none above."""
    kilometres = metres / 1000
    return f"{kilometres:.1f}" if kilometres < 100 else f"{kilometres:.0f}"
