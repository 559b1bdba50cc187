"""How a deed of publicity becomes an activity: its entry kept byte for byte, each number with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from safemonth.collect.activities.actions import NewActivity, NewMeasure, new_version, record
from safemonth.collect.activities.models import Activity, Measure, MeasureState, ParticipantRole, Participation
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Source, SourceKind
from safemonth.ledger.actions import Write
from safemonth.ledger.rules import plain
from safemonth.lib.digests import canonical_json
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Task


@dataclass(frozen=True)
class Count:
    """One number of a deed: what is counted, whose it is, how many (>= 0) and how it was said.

    `part_of` is the position, among the deed's counts, of the number that this one is a part of.
    """

    indicator: str
    unit: Unit
    value: int
    basis: str = "things"
    qualifier: str = "exact"
    measure_word: str = ""
    heading: str = ""
    named: str = ""
    part_of: int | None = None


@dataclass(frozen=True)
class Deed:
    """What was done, as the activity that it becomes; `participants` maps units besides the host to their place."""

    kind: str
    title: str
    host: Unit
    counts: Sequence[Count] = ()
    task: Task | None = None
    place: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_report_line: bool = False
    participants: Mapping[Unit, str] = field(default_factory=dict)


def record_deed(
    write: Write,
    *,
    campaign: Campaign,
    deed: Deed,
    entry: Mapping[str, Any],
    file_name: str,
    by: str,
    at: datetime,
    standing: Activity | None = None,
    reason: str = "",
) -> Activity:
    """Record a deed as one activity within an open `writing`; with `standing`, as a new version of that.

    `entry` is what was entered; it is received as a submission of its own, so that each number leads back to it.
    A number that did not change keeps how far it was borne out, and a decision on doubles stays. Where nothing
    changed, `standing` itself is returned and nothing is written. Raises Refused `reason_missing` where something
    changed and no reason is given.
    """
    current = Activity.objects.get(key=standing.key, is_current=True) if standing else None
    if current and not current.is_withdrawn and _said(current) == _says(deed):
        return current
    counts = [
        {"indicator": count.indicator, "unit": count.unit.code, "value": count.value, "named": count.named}
        for count in deed.counts
    ]
    submission, _is_new = receive(
        campaign=campaign,
        data=canonical_json(plain({**entry, "counts": counts, "by": by, "at": at})).encode(),
        file_name=file_name,
        channel=Channel.WEB,
        sender=deed.host,
        by=by,
        at=at,
    )
    whole, *sources = write.create_all(
        [
            Source(submission=submission, kind=SourceKind.FIELD, field="entry", surface=deed.title[:200]),
            *(
                Source(submission=submission, kind=SourceKind.FIELD, field=f"counts.{number}", surface=str(count.value))
                for number, count in enumerate(deed.counts)
            ),
        ]
    )
    states = _states(current) if current else {}
    new = NewActivity(
        kind=deed.kind,
        title=deed.title,
        host=deed.host,
        source=whole,
        task=deed.task,
        place=deed.place,
        from_on=deed.from_on,
        to_on=deed.to_on,
        is_report_line=deed.is_report_line,
        duplicate_of=current.duplicate_of if current else None,
        participants=deed.participants,
        measures=[
            NewMeasure(
                indicator=count.indicator,
                unit=count.unit,
                value=count.value,
                qualifier=count.qualifier,
                basis=count.basis,
                source=source,
                measure_word=count.measure_word,
                heading=count.heading,
                named=count.named,
                part_of=count.part_of,
                state=states.get(_count_key(count), MeasureState.CLAIMED),
            )
            for count, source in zip(deed.counts, sources, strict=True)
        ],
    )
    if current:
        return new_version(write, of=current, activity=new, submission=submission, reason=reason)
    return record(write, campaign=campaign, submission=submission, activities=[new])[0]


def _count_key(count: Count) -> tuple[str, int, str, str, int, str]:
    return (count.indicator, count.unit.pk, count.basis, count.named[:120], count.value, count.qualifier)


def _states(activity: Activity) -> dict[tuple[str, int, str, str, int, str], str]:
    return {
        (row.indicator_id, row.unit_id, row.basis, row.named, row.value, row.qualifier): row.state
        for row in Measure.objects.filter(activity=activity)
    }


def _says(deed: Deed) -> tuple[object, ...]:
    return (
        (deed.kind, deed.title[:200], deed.host.pk, deed.place[:200], deed.from_on, deed.to_on),
        deed.task.pk if deed.task else None,
        {unit.pk: place[:200] for unit, place in deed.participants.items() if unit.pk != deed.host.pk},
        sorted((*_count_key(count), count.heading[:120]) for count in deed.counts),
    )


def _said(activity: Activity) -> tuple[object, ...]:
    taking_part = Participation.objects.filter(activity=activity, role=ParticipantRole.PARTICIPANT)
    return (
        (activity.kind, activity.title, activity.host_id, activity.place, activity.from_on, activity.to_on),
        activity.task_id,
        dict(taking_part.values_list("unit", "place")),
        sorted(
            (row.indicator_id, row.unit_id, row.basis, row.named, row.value, row.qualifier, row.heading)
            for row in Measure.objects.filter(activity=activity)
        ),
    )
