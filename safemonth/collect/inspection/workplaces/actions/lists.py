"""Writes of lists of workplaces: rows that are new are entered, what a person must see is held, the rest is as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from safemonth.collect.inspection.workplaces.actions.register import change_line, create_line, line_of
from safemonth.collect.inspection.workplaces.intake import FIELDS, Verdict, judged, said_by
from safemonth.collect.inspection.workplaces.matching import NEAR_M, WorkplaceIndex
from safemonth.collect.inspection.workplaces.models import HeldDecision, HeldWorkplace, Trade, WhyHeld, Workplace
from safemonth.collect.inspection.workplaces.queries import (
    UnitsByName,
    facts_of,
    fields_of,
    standing,
    standing_keys,
    was_imported,
)
from safemonth.collect.inspection.workplaces.sheet import Remark, SheetRow, read_rows, row_from_json
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Channel, Submission
from safemonth.ledger.actions import writing
from safemonth.lib.digests import canonical_json
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.lib.tables import read_table
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


@dataclass(frozen=True)
class Imported:
    """What became of a list: `is_again` where this very file was taken in before, and nothing was done.

    `new` are the workplaces entered, `held` the rows that wait, `same` how many rows said nothing new, `remarks`
    (row number, remark) what a person should know of rows that were entered.
    """

    submission: Submission
    is_again: bool
    new: tuple[Workplace, ...] = ()
    held: tuple[HeldWorkplace, ...] = ()
    same: int = 0
    remarks: tuple[tuple[int, Remark], ...] = field(default_factory=tuple)


def import_list(
    *,
    campaign: Campaign,
    data: bytes,
    file_name: str,
    sender: Unit | None,
    by: str,
    at: datetime,
    within: Sequence[Unit] | None = None,
    near_m: float = NEAR_M,
) -> Imported:
    """Take in a list of workplaces from a spreadsheet, kept byte for byte.

    `within` are the townships whose workplaces may be entered (None: all). Rows are entered together or not at all;
    the same file again changes nothing. Raises Refused for a file that is no table or has no row of headings, and then
    keeps nothing.
    """
    units = UnitsByName(None if within is None else {unit.pk for unit in within})
    rows = read_rows(
        read_table(data, file_name=file_name),
        find_township=units.townships_called,
        find_department=units.departments_called,
    )
    submission, _is_new = receive(
        campaign=campaign, data=data, file_name=file_name, channel=Channel.SHEET, sender=sender, by=by, at=at
    )
    if was_imported(submission):
        return Imported(submission, is_again=True)
    into = standing_keys()
    known = list(Workplace.objects.select_related("township", "department"))
    index = WorkplaceIndex(
        ((row.pk, facts_of(row, units.places_of(row.township.code))) for row in known), near_m=near_m
    )
    by_key = {row.pk: row for row in known}
    # A merged namesake is found too; what stands is its survivor.
    stands = {row.pk: fields_of(by_key[into.get(row.pk, row.pk)]) for row in known}
    verdicts = _less_decided(judged(rows, index=index, stands=stands, places_of=units.places_of))
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=_units_of(rows))}
    with writing(by=by, at=at, action="workplace.import", about=file_name[:200]) as write:
        entered = [verdict.row for verdict in verdicts if verdict.kind == "new"]
        # No code stands twice: the index would have found it.
        new = write.create_all(
            [line_of(_fields(row, found), key=uuid4(), submission=submission, check=False) for row in entered]
        )
        of_row = {-row.number: line for row, line in zip(entered, new, strict=True)}
        held = write.create_all(
            [
                HeldWorkplace(
                    submission=submission,
                    row_number=verdict.row.number,
                    why=verdict.kind,
                    said=verdict.row.as_json(),
                    looks_like=_looks_like(verdict, of_row, by_key, into),
                    reasons=[_plain(reason) for reason in (*verdict.reasons, *verdict.row.remarks)],
                )
                for verdict in verdicts
                if verdict.kind in WhyHeld.values
            ]
        )
    return Imported(
        submission,
        is_again=False,
        new=tuple(new),
        held=tuple(held),
        same=sum(verdict.kind == "same" for verdict in verdicts),
        remarks=tuple((row.number, remark) for row in entered for remark in row.remarks),
    )


def decide_held(
    *,
    held: HeldWorkplace,
    decision: str,
    by: str,
    at: datetime,
    takes_over: bool = False,
    instead: Mapping[str, Any] | None = None,
) -> HeldWorkplace:
    """Decide on a row that waited: it is the one on record, another one (which is entered), or is not taken.

    `takes_over`: what the row says takes the place of what stands on record (`same` only). `instead` replaces fields
    of the row (by `intake.FIELDS`; units are `Unit`s), for a row that could not be read. A code that stands on
    another workplace stays off a new one. Raises Refused `held_decided`, `held_unknown_decision`, `held_looks_like_none`,
    `no_name`, `no_township`.
    """
    if held.decision != HeldDecision.OPEN:
        raise Refused("held_decided", gettext_noop("Somebody decided on this row before."))
    if decision not in HeldDecision.values or not decision:
        raise Refused("held_unknown_decision", gettext_noop("Say what the row is."))
    row = row_from_json(held.row_number, held.said)
    codes = {row.township, row.department} - {""}
    fields = {**_fields(row, {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}), **(instead or {})}
    with writing(by=by, at=at, action=f"workplace.held_{decision}", about=row.name) as write:
        workplace: Workplace | None = None
        if decision == HeldDecision.SAME:
            if held.looks_like is None:
                raise Refused("held_looks_like_none", gettext_noop("This row looks like none on record."))
            workplace = standing(held.looks_like)
            if takes_over:
                said = set(said_by(row)) | set(instead or {})
                change_line(write, workplace, {name: fields[name] for name in said if name in fields})
        elif decision == HeldDecision.NEW:
            code = str(fields.get("uscc") or "")
            if code and Workplace.objects.filter(uscc=code, merged_into__isnull=True).exists():
                fields["uscc"] = ""
            workplace = create_line(write, fields, submission=held.submission)
        return write.change(held, decision=decision, workplace=workplace, decided_by=by, decided_at=at)


def _less_decided(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts without rows that say word for word what a person has seen or still has to see."""
    waiting = [verdict for verdict in verdicts if verdict.kind in WhyHeld.values]
    if not waiting:
        return list(verdicts)
    seen = {canonical_json(said) for said in HeldWorkplace.objects.values_list("said", flat=True)}
    return [
        Verdict(verdict.row, "same", verdict.key)
        if verdict.kind in WhyHeld.values and canonical_json(verdict.row.as_json()) in seen
        else verdict
        for verdict in verdicts
    ]


def _looks_like(
    verdict: Verdict, of_row: Mapping[int, Workplace], by_key: Mapping[int, Workplace], into: Mapping[int, int]
) -> Workplace | None:
    if verdict.key is None:
        return None
    return of_row[verdict.key] if verdict.key < 0 else by_key[into.get(verdict.key, verdict.key)]


def _plain(remark: Remark) -> dict[str, Any]:
    return asdict(remark)


def _units_of(rows: Sequence[SheetRow]) -> set[str]:
    return {code for row in rows for code in (row.township, row.department) if code}


def _fields(row: SheetRow, units: Mapping[str, Unit]) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in FIELDS}
    fields["trade"] = fields["trade"] or Trade.OTHER
    return {**fields, "township": units.get(row.township), "department": units.get(row.department)}
