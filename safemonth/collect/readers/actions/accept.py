"""Decisions on proposals: accept as new, as a double, as a correction, or set aside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from safemonth.collect.activities.actions import NewActivity, NewMeasure, as_new, new_version, record, sign_return
from safemonth.collect.activities.models import Activity
from safemonth.collect.readers.actions.evidence import link_evidence
from safemonth.collect.readers.models import Proposal, ProposalState, ProposedMeasure, ReadingRecord
from safemonth.collect.readers.queries import measures_proposed, proposals_of
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.actions import name_unit
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task, TaskIndicator


def accept_sure(*, reading: ReadingRecord, by: str, at: datetime, even_doubtful: bool = False) -> tuple[int, int]:
    """Accept every open proposal that has no doubt; returns (accepted, left open).

    `even_doubtful`: also those whose doubts do not block. Values that cannot be recorded yet stay open
    for a decision of their own. A signed nil becomes the unit's return.
    """
    proposals = [p for p in proposals_of(reading) if p.state == ProposalState.OPEN]
    values = measures_proposed(proposals_of(reading))
    chosen = [p for p in proposals if _may_accept(p, values.get(p.pk, []), even_doubtful=even_doubtful)]
    _accept(reading=reading, proposals=chosen, values=values, by=by, at=at, even_doubtful=even_doubtful)
    if reading.signed_nil and reading.submission.sender and not proposals:
        _sign_nil(reading, reading.submission.sender, by=by, at=at)
    if chosen:
        link_evidence(submission=reading.submission, by=by, at=at)
    return len(chosen), len(proposals) - len(chosen)


def _sign_nil(reading: ReadingRecord, unit: Unit, *, by: str, at: datetime) -> None:
    submission = reading.submission
    sign_return(
        campaign=submission.campaign,
        unit=unit,
        period_from=submission.campaign.starts_on,
        period_to=submission.campaign.ends_on,
        is_nil=True,
        signed_by=unit.name,
        submission=submission,
        by=by,
        at=at,
        signed_at=submission.received_at,
    )


def _may_accept(proposal: Proposal, values: Sequence[ProposedMeasure], *, even_doubtful: bool) -> bool:
    if proposal.unit is None or any(doubt["blocks"] or not even_doubtful for doubt in proposal.doubts):
        return False
    if not values:
        return True
    return any(_is_ready(value, even_doubtful=even_doubtful) for value in values)


def _is_ready(value: ProposedMeasure, *, even_doubtful: bool) -> bool:
    """Whether a value can be recorded: matched, read, whole, not negative, and without a doubt that holds it."""
    return (
        value.state == ProposalState.OPEN
        and value.indicator_id is not None
        and value.value is not None
        and value.value >= 0
        and value.value == int(value.value)
        and not any(doubt["blocks"] or not even_doubtful for doubt in value.doubts)
    )


def _accept(
    *,
    reading: ReadingRecord,
    proposals: Sequence[Proposal],
    values: dict[int, list[ProposedMeasure]],
    by: str,
    at: datetime,
    even_doubtful: bool,
) -> None:
    if not proposals:
        return
    submission = reading.submission
    groups = _groups(proposals)
    expected = _expected_of([group[0].task for group in groups])
    with writing(by=by, at=at, action="proposals.accept", about=submission.file_name) as write:
        news, taken = [], []
        for group in groups:
            new, used = _new_activity(group, values, expected=expected, even_doubtful=even_doubtful)
            news.append(new)
            taken.append(used)
        rows = record(write, campaign=submission.campaign, submission=submission, activities=news)
        closed = [
            change
            for row, group in zip(rows, groups, strict=True)
            for change in _closed(group, activity=row, by=by, at=at, decision="accepted")
        ]
        write.change_each(closed)
        write.change_each([(value, {"state": ProposalState.ACCEPTED}) for used in taken for value in used])
        for group in groups:
            if any(proposal.is_nil for proposal in group) and group[0].unit:
                _sign_nil(reading, group[0].unit, by=by, at=at)


def _groups(proposals: Sequence[Proposal]) -> list[list[Proposal]]:
    """Rows that make one activity together: all of a file for a task that is one event; else each alone."""
    together: dict[int, list[Proposal]] = {}
    groups: list[list[Proposal]] = []
    for proposal in proposals:
        if proposal.task and proposal.task.is_one_event:
            if proposal.task.pk not in together:
                together[proposal.task.pk] = []
                groups.append(together[proposal.task.pk])
            together[proposal.task.pk].append(proposal)
        else:
            groups.append([proposal])
    return groups


def _expected_of(tasks: Sequence[Task | None]) -> dict[int, set[str]]:
    expected: dict[int, set[str]] = {}
    rows = TaskIndicator.objects.filter(task__in=[task.pk for task in tasks if task])
    for task_id, indicator in rows.values_list("task", "indicator"):
        expected.setdefault(task_id, set()).add(indicator)
    return expected


def _new_activity(
    group: Sequence[Proposal],
    values: dict[int, list[ProposedMeasure]],
    *,
    expected: dict[int, set[str]],
    even_doubtful: bool,
) -> tuple[NewActivity, list[ProposedMeasure]]:
    """Return one activity made of rows, and the proposed values that went into it in the order of its measures."""
    first = group[0]
    used: list[ProposedMeasure] = []
    measures: list[NewMeasure] = []
    for proposal in group:
        positions: dict[int, int] = {}
        for value in values.get(proposal.pk, []):
            if not _is_ready(value, even_doubtful=even_doubtful):
                continue
            positions[value.number] = len(measures)
            used.append(value)
            measures.append(
                _new_measure(
                    value,
                    unit=_unit_of(proposal),
                    part_of=positions.get(value.part_of) if value.part_of is not None else None,
                )
            )
    participants = {_unit_of(proposal): proposal.place for proposal in group}
    codes = {code for proposal in group for code in proposal.participants}
    participants |= {unit: "" for unit in Unit.objects.filter(code__in=codes) if unit not in participants}
    host = _unit_of(first)
    task = first.task
    measures += _named_measures(
        group, participants, expected=expected.get(task.pk, set()) if task else set(), measures=measures
    )
    days = sorted(day for proposal in group for day in (proposal.from_on, proposal.to_on) if day)
    is_one_event = bool(task and task.is_one_event)
    return (
        NewActivity(
            kind=first.kind,
            title=(task.title if task and is_one_event else first.title) or first.get_kind_display(),
            host=host,
            source=first.source,
            measures=measures,
            task=task,
            place=first.place if len(group) == 1 else "",
            from_on=days[0] if days else None,
            to_on=days[-1] if days else None,
            latitude=first.latitude if len(group) == 1 else None,
            longitude=first.longitude if len(group) == 1 else None,
            is_report_line=first.is_report_line and not is_one_event,
            participants=participants,
        ),
        used,
    )


def _unit_of(proposal: Proposal) -> Unit:
    if proposal.unit is None:
        raise Refused("unit_missing", gettext_noop("Say first which unit “%(unit)s” is."), unit=proposal.unit_text)
    return proposal.unit


def _new_measure(value: ProposedMeasure, *, unit: Unit, part_of: int | None) -> NewMeasure:
    return NewMeasure(
        indicator=value.indicator_id or "",
        unit=unit,
        value=int(value.value or 0),
        qualifier=value.qualifier,
        basis=value.basis,
        source=value.source,
        measure_word=value.unit_word,
        heading=value.heading,
        named=value.named,
        period_kind=value.period_kind,
        part_of=part_of,
    )


def _named_measures(
    group: Sequence[Proposal],
    participants: dict[Unit, str],
    *,
    expected: set[str],
    measures: Sequence[NewMeasure],
) -> list[NewMeasure]:
    """Count by name what the rows name: each unit that took part, each place, once (docs/figures/double-counting.md).

    Only for indicators that the task expects and the rows do not state themselves.
    """
    stated = {measure.indicator for measure in measures}
    source_of = {_unit_of(proposal): proposal.source for proposal in group}
    first = group[0]
    counted: list[NewMeasure] = []
    if "departments_taking_part" in expected - stated:
        counted += [
            NewMeasure(
                indicator="departments_taking_part",
                unit=unit,
                value=1,
                qualifier="exact",
                basis="places",
                source=source_of.get(unit, first.source),
                named=unit.code,
            )
            for unit in participants
        ]
    if "consulting_sites" in expected - stated:
        places: dict[str, Proposal] = {}
        for proposal in group:
            if proposal.place:
                places.setdefault(proposal.place, proposal)
        counted += [
            NewMeasure(
                indicator="consulting_sites",
                unit=_unit_of(proposal),
                value=1,
                qualifier="exact",
                basis="places",
                source=proposal.source,
                named=place[:120],
            )
            for place, proposal in places.items()
        ]
    return counted


def _closed(
    group: Sequence[Proposal], *, activity: Activity | None, by: str, at: datetime, decision: str
) -> list[tuple[Proposal, dict[str, Any]]]:
    """What a decision makes of proposals."""
    fields = {
        "state": ProposalState.ACCEPTED if activity else ProposalState.REFUSED,
        "decided_by": by,
        "decided_at": at,
        "decision": decision[:200],
        "activity": activity,
    }
    return [(proposal, dict(fields)) for proposal in group]


def decide(
    *,
    proposal: Proposal,
    decision: str,
    by: str,
    at: datetime,
    reason: str = "",
    of: Activity | None = None,
    unit: Unit | None = None,
    task: Task | None = None,
) -> Activity | None:
    """Decide on one proposal: `accept`, `duplicate` or `correction` (of an activity), or `refuse`.

    `unit` answers which unit it is (and is remembered for the name that the file uses), `task` which task it belongs to. `accept` takes doubtful values too,
    since a person has looked; values that cannot be recorded stay open. Returns the activity, None
    when set aside. Raises Refused `decided_already`, `unit_missing`, `reason_missing`, `which_activity`
    or `unknown_decision`.
    """
    if proposal.state != ProposalState.OPEN:
        raise Refused("decided_already", gettext_noop("This was decided already."))
    if decision in ("duplicate", "correction") and of is None:
        raise Refused("which_activity", gettext_noop("Say which activity is meant."))
    if decision == "refuse" and not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why it is set aside; the reason stays with it."))
    submission = proposal.reading.submission
    with writing(by=by, at=at, action=f"proposal.{decision}", about=reason or submission.file_name) as write:
        if unit and proposal.unit is None and proposal.unit_text:
            # The answer to "which unit is this?" holds for every later file.
            name_unit(unit=unit, name=proposal.unit_text, by=by, at=at)
        if unit or task:
            write.change(proposal, unit=unit or proposal.unit, task=task or proposal.task)
        if decision == "refuse":
            write.change_each(_closed([proposal], activity=None, by=by, at=at, decision=reason))
            return None
        if decision not in ("accept", "duplicate", "correction"):
            raise Refused("unknown_decision", gettext_noop("“%(decision)s” is no decision."), decision=decision)
        values = measures_proposed(Proposal.objects.filter(pk=proposal.pk))
        new, used = _new_activity([proposal], values, expected=_expected_of([proposal.task]), even_doubtful=True)
        if decision == "correction" and of is not None:
            activity = new_version(write, of=of, activity=_corrected(of, new), submission=submission, reason=reason)
        else:
            if decision == "duplicate":
                new = NewActivity(**{**new.__dict__, "duplicate_of": of})
            activity = record(write, campaign=submission.campaign, submission=submission, activities=[new])[0]
        write.change_each(_closed([proposal], activity=activity, by=by, at=at, decision=reason or decision))
        write.change_each([(value, {"state": ProposalState.ACCEPTED}) for value in used])
    link_evidence(submission=submission, by=by, at=at)
    return activity


def corrected_by(
    write: Write, *, proposal: Proposal, of: Activity, reason: str, by: str, at: datetime
) -> Activity | None:
    """Put what an edited form says in the place of what it said before, within an open `writing`.

    Unlike a letter that corrects a figure, an edited form says everything anew: what it is silent on is gone. Returns
    the new version, or None where a value of it cannot be recorded without a look.
    """
    values = measures_proposed(Proposal.objects.filter(pk=proposal.pk))
    if proposal.unit is None or not all(_is_ready(v, even_doubtful=False) for v in values.get(proposal.pk, [])):
        return None
    new, used = _new_activity([proposal], values, expected=_expected_of([proposal.task]), even_doubtful=False)
    activity = new_version(write, of=of, activity=new, submission=proposal.reading.submission, reason=reason)
    write.change_each(_closed([proposal], activity=activity, by=by, at=at, decision=reason))
    write.change_each([(value, {"state": ProposalState.ACCEPTED}) for value in used])
    return activity


def _corrected(of: Activity, new: NewActivity) -> NewActivity:
    """What stood, with the values that the correction states put in their place: what it is silent on stays."""
    standing = as_new(of)
    stated = {(measure.indicator, measure.unit.pk, measure.basis) for measure in new.measures if not measure.named}
    kept = [m for m in standing.measures if m.part_of is None and (m.indicator, m.unit.pk, m.basis) not in stated]
    return NewActivity(
        **{
            **standing.__dict__,
            "measures": [*[m for m in new.measures if not m.named], *kept],
            "source": new.source,
            "place": new.place or standing.place,
            "from_on": new.from_on or standing.from_on,
            "to_on": new.to_on or standing.to_on,
        }
    )


def accept_value(
    *, value: ProposedMeasure, by: str, at: datetime, reason: str, indicator: str = "", number: int | None = None
) -> Activity:
    """Record a value that was held, as a new version of the activity that its proposal became.

    `indicator` and `number` are the person's answer where the reader had none or had it wrong. Raises
    Refused `decided_already`, `not_accepted_yet`, `value_missing` or `reason_missing`.
    """
    if value.state != ProposalState.OPEN:
        raise Refused("decided_already", gettext_noop("This was decided already."))
    activity = value.proposal.activity
    if activity is None:
        raise Refused("not_accepted_yet", gettext_noop("Accept the activity first, then its values."))
    current = Activity.objects.get(key=activity.key, is_current=True)
    final = number if number is not None else (int(value.value) if value.value is not None else None)
    code = indicator or value.indicator_id
    if final is None or final < 0 or not code:
        raise Refused("value_missing", gettext_noop("Say what is counted and how many; below zero is not possible."))
    with writing(by=by, at=at, action="value.accept", about=reason) as write:
        write.change(value, indicator_id=code, value=final, state=ProposalState.ACCEPTED)
        standing = as_new(current)
        added = _new_measure(value, unit=_unit_of(value.proposal), part_of=None)
        corrected = NewActivity(**{**standing.__dict__, "measures": [*standing.measures, added]})
        return new_version(
            write, of=current, activity=corrected, submission=value.proposal.reading.submission, reason=reason
        )
