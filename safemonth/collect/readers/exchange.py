"""Proposals as JSON, for `safemonth intake --dry-run --format json`. Plain Python."""

from collections.abc import Callable, Sequence
from typing import Any

from safemonth.collect.readers.proposals import Office, Proposed, measure_is_ready
from safemonth.collect.readers.reading import Doubt, Locator, Reading, ReadMeasure
from safemonth.collect.submissions.rules import column_letters


def reading_as_json(
    *, file_name: str, reading: Reading, proposed: Sequence[Proposed], office: Office, say: Callable[[Doubt], str]
) -> dict[str, Any]:
    """Return what one file proposes: `proposals` (one a value), `questions`, `skipped`, `doubtful` (of the file).

    `say` turns a doubt into its sentence in the reader's language.
    """
    return {
        "file": file_name,
        "format": reading.format,
        "signed_nil": reading.signed_nil,
        "proposals": [
            entry
            for proposal in proposed
            for entry in _proposal_entries(proposal, file_name=file_name, office=office, say=say)
        ],
        "questions": [
            {
                "file": file_name,
                "code": question.code,
                "about": question.subject,
                "source": locator_as_json(question.locator),
                "sentence": say(Doubt(question.code, question.sentence, question.params)),
                "choices": list(question.choices),
            }
            for question in reading.questions
        ],
        "skipped": [
            {"file": file_name, "source": locator_as_json(locator), "why": why} for locator, why in reading.skipped
        ],
        "doubtful": [doubt_as_json(doubt, say) for doubt in reading.doubts],
    }


def _proposal_entries(
    proposal: Proposed, *, file_name: str, office: Office, say: Callable[[Doubt], str]
) -> list[dict[str, Any]]:
    read = proposal.read
    unit = office.units.get(proposal.unit or "")
    of_activity = [doubt_as_json(doubt, say) for doubt in proposal.doubts]
    common = {
        "file": file_name,
        "unit": unit.name if unit else None,
        "unit_code": proposal.unit,
        "unit_text": read.unit_text,
        "activity": read.title,
        "kind": proposal.kind,
        "task": proposal.task or None,
        "place": read.place,
        "from_on": read.from_on.isoformat() if read.from_on else None,
        "to_on": read.to_on.isoformat() if read.to_on else None,
        "is_report_line": read.is_report_line,
        "participants": list(read.participants),
        "likely_double_of": proposal.double_of,
    }
    if not read.measures:
        return [
            {
                **common,
                "indicator": None,
                "value": None,
                "qualifier": None,
                "basis": None,
                "source": locator_as_json(read.locator),
                "doubtful": of_activity,
                "is_nil": read.is_nil,
            }
        ]
    return [
        {
            **common,
            **measure_as_json(measure),
            "ready": measure_is_ready(measure) and not proposal.blocks and proposal.unit is not None,
            "doubtful": [*of_activity, *(doubt_as_json(doubt, say) for doubt in measure.doubts)],
        }
        for measure in read.measures
    ]


def measure_as_json(measure: ReadMeasure) -> dict[str, Any]:
    """Return one value's own fields."""
    value = measure.value
    return {
        "indicator": measure.indicator,
        "heading": measure.heading,
        "value": None if value is None else int(value) if value == int(value) else float(value),
        "qualifier": measure.qualifier,
        "unit_word": measure.unit_word,
        "basis": measure.basis,
        "period_kind": measure.period_kind,
        "part_of": measure.part_of,
        "surface": measure.surface,
        "source": locator_as_json(measure.locator),
    }


def locator_as_json(locator: Locator) -> dict[str, Any]:
    """Return a place: a cell (`sheet`, `cell`, `row`, `column`), a span (`start`, `end`, `sentence`) or a field."""
    if locator.kind == "cell":
        cell = f"{column_letters(locator.column or 1)}{locator.row}"
        return {"kind": "cell", "sheet": locator.sheet, "cell": cell, "row": locator.row, "column": locator.column}
    if locator.kind == "span":
        return {"kind": "span", "start": locator.start, "end": locator.end, "sentence": locator.sentence}
    return {"kind": "field", "field": locator.field}


def doubt_as_json(doubt: Doubt, say: Callable[[Doubt], str]) -> dict[str, Any]:
    """Return a doubt: its stable code, its sentence, whether it blocks."""
    return {"code": doubt.code, "sentence": say(doubt), "blocks": doubt.blocks}
