"""From a submission's bytes to stored proposals; and what the clerk teaches about headings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from safemonth.collect.readers.files import READER_VERSION, read_file
from safemonth.collect.readers.models import HeadingMeaning, Proposal, ProposalState, ProposedMeasure, ReadingRecord
from safemonth.collect.readers.proposals import Office, Proposed, propose, unit_meant
from safemonth.collect.readers.queries import (
    current_reading,
    known_of_form,
    known_to_readers,
    office_of,
    with_known_near,
)
from safemonth.collect.readers.reading import Doubt, Locator, Reading
from safemonth.collect.readers.sheets.headings import COLUMN_MEANINGS
from safemonth.collect.submissions.models import Channel, Source, Submission
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Task
from safemonth.plan.queries import indicator_names


def derive(
    *, submission: Submission, by: str, at: datetime, task: str = "", office: Office | None = None
) -> ReadingRecord:
    """Read a submission (again) and store its proposals; what was accepted before stays accepted.

    `task`: the clerk said which task the file answers. `office` is what is known, where the caller has it
    already. Raises Refused where the file cannot be read; then nothing changes.
    """
    given = office
    office = office or office_of(submission.campaign, sender=submission.sender, task=task, with_known=False)
    known = known_to_readers(submission.campaign, office)
    reading = read_file(
        bytes_kept(submission.sha256),
        file_name=submission.file_name,
        channel=submission.channel,
        known=known_of_form(known, submission) if submission.channel == Channel.FORM else known,
    )
    if given is None:
        office = with_known_near(office, submission.campaign, reading)
    return store(
        submission=submission,
        reading=reading,
        proposed=propose(reading, office),
        signed=signed_json(reading, office) if reading.signed else None,
        by=by,
        at=at,
    )


def store(
    *,
    submission: Submission,
    reading: Reading,
    proposed: Sequence[Proposed],
    by: str,
    at: datetime,
    signed: dict[str, Any] | None = None,
) -> ReadingRecord:
    """Store what was read as the current reading of a submission, in one transaction; `signed` is a stated return."""
    before = current_reading(submission)
    with writing(by=by, at=at, action="submission.read", about=submission.file_name) as write:
        decided = _replace(write, before) if before else {}
        record = write.create(
            ReadingRecord(
                submission=submission,
                reader=f"{reading.format} {READER_VERSION}",
                read_at=at,
                signed_nil=reading.signed_nil,
                signed=signed,
                text=reading.text,
                doubts=[doubt_json(doubt) for doubt in reading.doubts],
                questions=[
                    {
                        "code": question.code,
                        "subject": question.subject,
                        "place": question.locator.label,
                        "sentence": question.sentence,
                        "params": _params(question.params),
                        "choices": list(question.choices),
                    }
                    for question in reading.questions
                ],
                skipped=[{"place": locator.label, "why": why} for locator, why in reading.skipped],
            )
        )
        _store_proposals(write, record=record, proposed=proposed, decided=decided)
    return record


def _replace(write: Write, before: ReadingRecord) -> dict[str, Proposal]:
    """Set the standing reading aside; returns its decided proposals by their place in the file."""
    write.change(before, is_current=False)
    decided: dict[str, Proposal] = {}
    for proposal in Proposal.objects.filter(reading=before).select_related("source"):
        if proposal.state == ProposalState.OPEN:
            write.change(proposal, state=ProposalState.REPLACED)
        else:
            decided[_place_key(proposal.source)] = proposal
    return decided


def _place_key(source: Source) -> str:
    return f"{source.kind}|{source.sheet}|{source.row}|{source.column}|{source.start}|{source.end}|{source.field}"


def _store_proposals(
    write: Write, *, record: ReadingRecord, proposed: Sequence[Proposed], decided: dict[str, Proposal]
) -> None:
    campaign = record.submission.campaign
    codes = {code for proposal in proposed for code in (proposal.unit,) if code}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    tasks = {task.code: task for task in Task.objects.filter(campaign=campaign)}
    known_indicators = indicator_names()
    sources = write.create_all([source_row(record.submission, p.read.locator, p.read.title) for p in proposed])
    rows = []
    for number, (proposal, source) in enumerate(zip(proposed, sources, strict=True)):
        earlier = decided.get(_place_key(source))
        rows.append(
            Proposal(
                reading=record,
                number=number,
                unit_text=proposal.read.unit_text[:120],
                unit=units.get(proposal.unit or ""),
                task=tasks.get(proposal.task),
                kind=proposal.kind,
                title=proposal.read.title[:200],
                place=proposal.read.place[:200],
                from_on=proposal.read.from_on,
                to_on=proposal.read.to_on,
                latitude=proposal.read.latitude,
                longitude=proposal.read.longitude,
                participants=list(proposal.participants),
                evidence=list(proposal.read.evidence),
                is_report_line=proposal.read.is_report_line,
                is_nil=proposal.read.is_nil,
                source=source,
                doubts=[doubt_json(doubt) for doubt in proposal.doubts],
                likely_double_of_id=proposal.double_of,
                state=earlier.state if earlier else ProposalState.OPEN,
                decided_by=earlier.decided_by if earlier else "",
                decided_at=earlier.decided_at if earlier else None,
                decision=earlier.decision if earlier else "",
                activity=earlier.activity if earlier else None,
            )
        )
    rows = write.create_all(rows)
    measures = [
        (row, number, measure)
        for row, proposal in zip(rows, proposed, strict=True)
        for number, measure in enumerate(proposal.read.measures)
    ]
    places = write.create_all([source_row(record.submission, m.locator, m.surface) for _, _, m in measures])
    write.create_all(
        [
            ProposedMeasure(
                proposal=row,
                number=number,
                indicator_id=measure.indicator if measure.indicator in known_indicators else None,
                heading=measure.heading[:120],
                value=measure.value,
                qualifier=measure.qualifier,
                unit_word=measure.unit_word[:20],
                basis=measure.basis,
                period_kind=measure.period_kind,
                part_of=measure.part_of,
                source=source,
                doubts=[doubt_json(doubt) for doubt in measure.doubts],
                state=ProposalState.OPEN if row.state == ProposalState.OPEN else row.state,
            )
            for (row, number, measure), source in zip(measures, places, strict=True)
        ]
    )


def signed_json(reading: Reading, office: Office) -> dict[str, Any] | None:
    """Return the return that a reading states, with the unit's code (null: not known which) and what is doubtful."""
    if reading.signed is None:
        return None
    unit, doubts = unit_meant(reading.signed.unit_text, office)
    return {
        "unit": unit,
        "is_nil": reading.signed.is_nil,
        "signed_by": reading.signed.signed_by,
        "period_from": reading.signed.period_from.isoformat() if reading.signed.period_from else None,
        "period_to": reading.signed.period_to.isoformat() if reading.signed.period_to else None,
        "doubts": [doubt_json(doubt) for doubt in doubts],
    }


def source_row(submission: Submission, locator: Locator, surface: str) -> Source:
    """Return the (unsaved) row of a place in a submission."""
    return Source(
        submission=submission,
        kind=locator.kind,
        sheet=locator.sheet[:80],
        row=locator.row,
        column=locator.column,
        start=locator.start,
        end=locator.end,
        sentence=locator.sentence,
        field=locator.field[:255],
        surface=surface[:200],
    )


def doubt_json(doubt: Doubt) -> dict[str, Any]:
    """Return a doubt as it is stored: its English sentence is translated when it is shown."""
    return {"code": doubt.code, "sentence": doubt.sentence, "params": _params(doubt.params), "blocks": doubt.blocks}


def _params(params: Any) -> dict[str, Any]:
    return {name: value if isinstance(value, int | str) else str(value) for name, value in params.items()}


def teach_heading(*, heading: str, meaning: str, by: str, at: datetime) -> HeadingMeaning:
    """Remember what a heading means, for this and every later file; a new answer replaces the old.

    `meaning` is an indicator's code or one of COLUMN_MEANINGS. Raises Refused `unknown_meaning`.
    """
    if meaning not in COLUMN_MEANINGS and meaning not in indicator_names():
        raise Refused(
            "unknown_meaning",
            gettext_noop("“%(meaning)s” is neither an indicator nor a kind of column."),
            meaning=meaning,
        )
    known = HeadingMeaning.objects.filter(heading=heading[:120]).first()
    with writing(by=by, at=at, action="heading.teach", about=f"{heading} = {meaning}") as write:
        if known:
            return write.change(known, meaning=meaning, taught_by=by, taught_at=at)
        return write.create(HeadingMeaning(heading=heading[:120], meaning=meaning, taught_by=by, taught_at=at))
