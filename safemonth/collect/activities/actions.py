"""Writes of activities: record, correct by a new version, mark as a double, sign a return."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from safemonth.collect.activities.models import (
    Activity,
    Evidence,
    Measure,
    MeasureState,
    ParticipantRole,
    Participation,
    Return,
)
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Source, Submission
from safemonth.ledger.actions import Write, writing
from safemonth.lib.digests import canonical_json
from safemonth.lib.quantities import read_quantity
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


@dataclass(frozen=True)
class NewMeasure:
    """A value to record; `part_of` is the position, in the same activity, of the measure it is a part of."""

    indicator: str
    unit: Unit
    value: int
    qualifier: str
    basis: str
    source: Source
    measure_word: str = ""
    heading: str = ""
    named: str = ""
    period_kind: str = "period"
    part_of: int | None = None
    state: str = MeasureState.CLAIMED


@dataclass(frozen=True)
class NewActivity:
    """An activity to record, with its measures and who took part besides the host."""

    kind: str
    title: str
    host: Unit
    source: Source
    measures: Sequence[NewMeasure]
    task: Task | None = None
    place: str = ""
    from_on: date | None = None
    to_on: date | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_report_line: bool = False
    duplicate_of: Activity | None = None
    participants: Mapping[Unit, str] = field(default_factory=dict)


def record(
    write: Write, *, campaign: Campaign, submission: Submission, activities: Sequence[NewActivity]
) -> list[Activity]:
    """Record new activities within an open `writing`, in few statements; returns them in order."""
    rows = write.create_all([_row(new, campaign=campaign, submission=submission) for new in activities])
    _fill(write, rows, activities)
    return rows


def _row(new: NewActivity, *, campaign: Campaign, submission: Submission) -> Activity:
    return Activity(
        key=uuid.uuid4(),
        campaign=campaign,
        submission=submission,
        task=new.task,
        kind=new.kind,
        title=new.title[:200],
        host=new.host,
        place=new.place[:200],
        from_on=new.from_on,
        to_on=new.to_on,
        latitude=new.latitude,
        longitude=new.longitude,
        is_report_line=new.is_report_line,
        duplicate_of=new.duplicate_of,
        source=new.source,
    )


def _fill(write: Write, rows: Sequence[Activity], activities: Sequence[NewActivity]) -> None:
    """Store who took part and the measures of activities that are stored already."""
    participations: list[Participation] = []
    wholes: list[Measure] = []
    made: dict[tuple[int, int], Measure] = {}
    waiting: list[tuple[int, int, Activity, NewMeasure]] = []
    for position, (row, new) in enumerate(zip(rows, activities, strict=True)):
        participations.append(Participation(activity=row, unit=new.host, role=ParticipantRole.HOST))
        participations += [
            Participation(activity=row, unit=unit, role=ParticipantRole.PARTICIPANT, place=place[:200])
            for unit, place in new.participants.items()
            if unit.pk != new.host.pk
        ]
        for number, measure in enumerate(new.measures):
            if measure.part_of is None:
                made[position, number] = _measure(row, measure, part_of=None)
                wholes.append(made[position, number])
            else:
                waiting.append((position, number, row, measure))
    write.create_all(participations)
    write.create_all(wholes)
    # Parts after their wholes, a level at a time: a part's row needs the key of what it is part of.
    while waiting:
        ready = [w for w in waiting if (w[0], w[3].part_of) in made]
        if not ready:
            raise Refused("parts_in_a_circle", gettext_noop("Two values of one activity are each part of the other."))
        level = []
        for position, number, row, measure in ready:
            whole = made[position, measure.part_of or 0]
            made[position, number] = _measure(row, measure, part_of=whole)
            level.append(made[position, number])
        write.create_all(level)
        waiting = [w for w in waiting if (w[0], w[1]) not in made]


def _measure(row: Activity, new: NewMeasure, *, part_of: Measure | None) -> Measure:
    return Measure(
        activity=row,
        indicator_id=new.indicator,
        unit=new.unit,
        value=new.value,
        qualifier=new.qualifier,
        basis=new.basis,
        measure_word=new.measure_word[:20],
        heading=new.heading[:120],
        named=new.named[:120],
        period_kind=new.period_kind,
        part_of=part_of,
        state=new.state,
        source=new.source,
    )


def new_version(
    write: Write,
    *,
    of: Activity,
    activity: NewActivity,
    submission: Submission,
    reason: str,
    is_withdrawn: bool = False,
) -> Activity:
    """Replace the current version of an event by a new one within an open `writing`; the old one stays readable.

    Raises Refused `not_current` where `of` was replaced meanwhile, and `reason_missing`.
    """
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why the record is corrected; the reason stays with it."))
    if not Activity.objects.filter(pk=of.pk, is_current=True).exists():
        raise Refused(
            "not_current",
            gettext_noop("“%(title)s” was corrected meanwhile. Open its newest version and correct that."),
            title=of.title,
        )
    write.change(of, is_current=False)
    row = _row(activity, campaign=of.campaign, submission=submission)
    row.key, row.version, row.reason, row.is_withdrawn = of.key, of.version + 1, reason[:200], is_withdrawn
    write.create(row)
    _fill(write, [row], [activity])
    _follow(write, old=of, new=row)
    return row


def _follow(write: Write, *, old: Activity, new: Activity) -> None:
    """Let doubles of the old version be doubles of the new one."""
    for double in Activity.objects.filter(duplicate_of=old, is_current=True):
        write.change(double, duplicate_of=new)


def withdraw(write: Write, *, activity: Activity, submission: Submission, reason: str) -> Activity:
    """Take an event back within an open `writing`: a last version says so, and what was stays readable.

    Raises Refused as `new_version` does.
    """
    return new_version(
        write,
        of=activity,
        activity=as_new(activity),
        submission=submission,
        reason=reason,
        is_withdrawn=True,
    )


def attach_evidence(*, activity: Activity, submissions: Sequence[Submission], by: str, at: datetime) -> int:
    """Let files bear out an activity; returns how many were new. Its claims then count as evidenced.

    A file that bears out any version of the event bears out the event; what was checked or confirmed stays so.
    """
    borne = set(Evidence.objects.filter(activity__key=activity.key).values_list("submission", flat=True))
    new = [submission for submission in submissions if submission.pk not in borne]
    with writing(by=by, at=at, action="activity.evidence", about=activity.title) as write:
        write.create_all([Evidence(activity=activity, submission=submission) for submission in dict.fromkeys(new)])
        if new or borne:
            claimed = Measure.objects.filter(activity=activity, state=MeasureState.CLAIMED)
            write.change_each([(measure, {"state": MeasureState.EVIDENCED}) for measure in claimed])
    return len(new)


def as_new(activity: Activity) -> NewActivity:
    """Return a stored activity as it would be recorded anew, for a correction to start from."""
    measures = list(Measure.objects.filter(activity=activity).select_related("unit", "source").order_by("pk"))
    positions = {measure.pk: position for position, measure in enumerate(measures)}
    return NewActivity(
        kind=activity.kind,
        title=activity.title,
        host=activity.host,
        source=activity.source,
        task=activity.task,
        place=activity.place,
        from_on=activity.from_on,
        to_on=activity.to_on,
        latitude=activity.latitude,
        longitude=activity.longitude,
        is_report_line=activity.is_report_line,
        duplicate_of=activity.duplicate_of,
        participants={
            row.unit: row.place
            for row in Participation.objects.filter(activity=activity, role=ParticipantRole.PARTICIPANT).select_related(
                "unit"
            )
        },
        measures=[
            NewMeasure(
                indicator=measure.indicator_id,
                unit=measure.unit,
                value=measure.value,
                qualifier=measure.qualifier,
                basis=measure.basis,
                source=measure.source,
                measure_word=measure.measure_word,
                heading=measure.heading,
                named=measure.named,
                period_kind=measure.period_kind,
                part_of=positions.get(measure.part_of_id) if measure.part_of_id else None,
                state=measure.state,
            )
            for measure in measures
        ],
    )


def mark_duplicate(*, activity: Activity, of: Activity | None, by: str, at: datetime, reason: str) -> Activity:
    """Decide that an activity is the same event as another (or, with `of` None, that it is not), with the reason.

    Raises Refused `duplicate_of_itself` where that would go in a circle.
    """
    target = of
    while target is not None:
        if target.key == activity.key:
            raise Refused("duplicate_of_itself", gettext_noop("An activity cannot be a double of itself."))
        target = target.duplicate_of
    with writing(by=by, at=at, action="activity.duplicate", about=reason) as write:
        return write.change(activity, duplicate_of=of, reason=reason[:200])


def sign_return(
    *,
    campaign: Campaign,
    unit: Unit,
    period_from: date,
    period_to: date,
    is_nil: bool,
    signed_by: str,
    submission: Submission,
    by: str,
    at: datetime,
    signed_at: datetime | None = None,
) -> Return:
    """Record a unit's signed statement for a period; a later one for the same period replaces it as current.

    Signing the same statement from the same submission again changes nothing.
    """
    standing = Return.objects.filter(
        campaign=campaign, unit=unit, period_from=period_from, period_to=period_to, is_current=True
    ).first()
    if standing and standing.submission_id == submission.pk and standing.is_nil == is_nil:
        return standing
    with writing(by=by, at=at, action="return.sign", about=f"{unit.code} {'nil' if is_nil else 'complete'}") as write:
        if standing:
            write.change(standing, is_current=False)
        return write.create(
            Return(
                campaign=campaign,
                unit=unit,
                period_from=period_from,
                period_to=period_to,
                is_nil=is_nil,
                signed_at=signed_at or at,
                signed_by=signed_by[:150],
                version=standing.version + 1 if standing else 1,
                submission=submission,
            )
        )


def correct_values(*, activity: Activity, values: Mapping[int, str], reason: str, by: str, at: datetime) -> Activity:
    """Correct an activity's values, given as typed by measure key (equal to what stands: unchanged).

    Makes a new version whose source is an entry of its own, kept byte for byte. Raises Refused `not_a_number`,
    `nothing_changed`, `reason_missing` or `not_current`.
    """
    standing = list(Measure.objects.filter(activity=activity).order_by("pk"))
    typed = {measure.pk: values.get(measure.pk, "").strip() for measure in standing}
    changed: dict[int, tuple[int, str]] = {}
    for measure in standing:
        quantity = read_quantity(typed[measure.pk])
        if quantity is None or quantity.is_range or quantity.value < 0 or quantity.value != int(quantity.value):
            raise Refused("not_a_number", gettext_noop("“%(text)s” is not a whole number."), text=typed[measure.pk])
        said = (int(quantity.value), quantity.qualifier)
        # A bare number leaves "more than" as it stood; only a new number or a new word changes it.
        if said[0] != measure.value or (quantity.qualifier != "exact" and said[1] != measure.qualifier):
            changed[measure.pk] = said
    if not changed:
        raise Refused("nothing_changed", gettext_noop("Nothing was changed."))
    entry = {
        "activity": activity.pk,
        "values": {str(key): text for key, text in typed.items()},
        "reason": reason,
        "by": by,
    }
    with writing(by=by, at=at, action="activity.correct", about=reason) as write:
        submission, _ = receive(
            campaign=activity.campaign,
            data=canonical_json({**entry, "at": at.isoformat()}).encode(),
            file_name=f"correction-{activity.pk}.json",
            channel="web",
            sender=activity.host,
            by=by,
            at=at,
        )
        sources = {
            key: write.create(
                Source(submission=submission, kind="field", field=f"values.{key}", surface=typed[key][:200])
            )
            for key in changed
        }
        draft = as_new(activity)
        measures = [
            replace(new, value=changed[row.pk][0], qualifier=changed[row.pk][1], source=sources[row.pk])
            if row.pk in changed
            else new
            for row, new in zip(standing, draft.measures, strict=True)
        ]
        return new_version(
            write, of=activity, activity=replace(draft, measures=measures), submission=submission, reason=reason
        )
