"""What becomes of each row of a list: new, the same as one on record, an update of it, a likely double, or unreadable."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from safemonth.collect.inspection.workplaces.matching import Likeness, WorkplaceFacts, WorkplaceIndex
from safemonth.collect.inspection.workplaces.names import are_apart, nearness
from safemonth.collect.inspection.workplaces.rules import differences
from safemonth.collect.inspection.workplaces.sheet import Remark, SheetRow
from safemonth.lib.refusals import gettext_noop

Kind = Literal["new", "same", "update", "double", "unreadable"]
# What of a row the register keeps, by the names of its fields.
FIELDS: Final = (
    *("name", "uscc", "trade", "size", "risk_class", "address", "latitude", "longitude"),
    *("manager_post", "manager_phone", "township", "department"),
)
WORDS: Final = {
    "same_code": gettext_noop("the same credit code"),
    "same_name": gettext_noop("the same name but for place and legal form"),
    "near_name": gettext_noop("nearly the same name"),
    "like_name": gettext_noop("a like name"),
    "same_address": gettext_noop("the same address"),
    "same_phone": gettext_noop("the same phone"),
    "same_position": gettext_noop("the same position"),
    "other_township": gettext_noop("another township"),
    "other_code": gettext_noop("another credit code"),
    "other_name": gettext_noop("another name"),
    "within_list": gettext_noop("a row further up in the same list"),
}


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row. `key` is the number of the workplace on record, or minus the row's number that it doubles.

    `reasons` are empty for `new` and `same`. `changes` maps field -> (what stands, what the row says), for `update`.
    """

    row: SheetRow
    kind: Kind
    key: int | None = None
    reasons: tuple[Remark, ...] = ()


def judged(
    rows: Iterable[SheetRow],
    *,
    index: WorkplaceIndex,
    stands: Mapping[int, Mapping[str, Any]],
    places_of: Callable[[str], tuple[str, ...]],
) -> list[Verdict]:
    """Return what becomes of each row, in order.

    `index` holds what is on record (rows that are new are added to it, so that doubles within the list are seen);
    `stands` maps a workplace's number to its fields as in `FIELDS`; `places_of` gives the names of a township's county
    and itself.
    """
    verdicts = []
    for row in rows:
        if row.problems:
            verdicts.append(Verdict(row, "unreadable", reasons=row.problems))
            continue
        facts = facts_of_row(row, places_of(row.township))
        verdict = _judge(row, facts, index.likely(facts), stands)
        if verdict.kind == "new":
            index.add(-row.number, facts)
        verdicts.append(verdict)
    return verdicts


def facts_of_row(row: SheetRow, places: tuple[str, ...]) -> WorkplaceFacts:
    """Return what a row is compared by."""
    return WorkplaceFacts(
        name=row.name,
        township=row.township,
        uscc=row.uscc,
        trade="" if row.trade == "other" else row.trade,
        address=row.address,
        phone=row.manager_phone,
        latitude=row.latitude,
        longitude=row.longitude,
        places=places,
    )


def said_by(row: SheetRow) -> dict[str, Any]:
    """Return the fields that a row says something of."""
    said = {field: getattr(row, field) for field in FIELDS}
    if row.trade == "other":
        del said["trade"]  # It was not known by its words, which is no news of one on record.
    return {field: value for field, value in said.items() if value not in ("", None)}


def _judge(
    row: SheetRow, facts: WorkplaceFacts, likely: Sequence[Likeness], stands: Mapping[int, Mapping[str, Any]]
) -> Verdict:
    if not likely:
        return Verdict(row, "new")
    best = likely[0]
    reasons = tuple(Remark(code, WORDS[code]) for code in best.reasons)
    if best.key < 0:
        within = Remark("within_list", WORDS["within_list"])
        return Verdict(row, "double", best.key, (within, *reasons))
    now = stands[best.key]
    if _is_that_one(row, facts, best, now):
        changes = differences(now, said_by(row))
        return Verdict(row, "update" if changes else "same", best.key, reasons if changes else ())
    if best.reasons[0] == "same_code":
        reasons = (reasons[0], Remark("other_name", WORDS["other_name"]), *reasons[1:])
    return Verdict(row, "double", best.key, reasons)


def _is_that_one(row: SheetRow, facts: WorkplaceFacts, best: Likeness, now: Mapping[str, Any]) -> bool:
    """Whether a row surely speaks of the one on record: its credit code with a like name, or its very name and township."""
    forms = facts.forms
    known = WorkplaceFacts(name=str(now["name"]), township=str(now["township"]), places=facts.places).forms
    if best.reasons[0] == "same_code":
        return bool(nearness(forms, known)) and not are_apart(forms, known)
    return forms.whole == known.whole and row.township == now["township"] and "other_code" not in best.reasons
