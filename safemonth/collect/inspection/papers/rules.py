"""What a paper lacks before it can be issued, and what it may follow. Plain Python.

`said` is what a paper says, by name (all text, empty where it says nothing): `workplace`, `address`, `head` (of the
workplace), `head_post`, `phone`, `place`, `from_at` and `to_at` (ISO 8601 with zone, to the minute), `found_on` and
`recheck_on` (ISO days), `certificates_shown` (yes, no or empty), `findings`, `basis`, `measures`, `opinion`, `case`,
`reason`, `to_name`, `materials` (a line each), and `officers`: [{`post`, `certificate`}]. An item has `hazard` (key), `text`, `spot`,
`basis`, `deadline_on`, `is_stop`, `result` (done, not_done or empty), `reason`, `new_deadline_on`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from safemonth.collect.inspection.papers.kinds import DECISION, KIND, ORDER, RECHECK, RECORD, REFERRAL, STANDING
from safemonth.lib.refusals import gettext_noop

# Two officers at least, with their certificates (Administrative Penalty Law art. 42; Work Safety Law art. 67).
FEWEST_OFFICERS: Final = 2

# Fields of the standard form: without these a paper is not issued …
_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    RECORD: ("workplace", "address", "place", "from_at", "to_at", "findings"),
    DECISION: ("workplace", "found_on", "basis", "measures"),
    ORDER: ("workplace", "found_on"),
    RECHECK: ("workplace", "recheck_on", "opinion"),
    REFERRAL: ("workplace", "to_name", "case", "reason", "basis"),
}
# … and these stay blank lines to be filled in by hand.
_BY_HAND: Final[dict[str, tuple[str, ...]]] = {
    RECORD: ("head", "head_post", "phone"),
    DECISION: ("head",),
    ORDER: ("head",),
    RECHECK: ("head",),
    REFERRAL: ("materials",),
}
# What the office's own lines must say.
_OFFICE: Final[dict[str, tuple[str, ...]]] = {
    RECORD: (),
    DECISION: ("review_body", "court"),
    ORDER: ("review_body", "court"),
    RECHECK: (),
    REFERRAL: ("contact_post", "contact_phone"),
}
FIELD_NAMES: Final[dict[str, str]] = {
    "workplace": gettext_noop("Unit inspected"),
    "address": gettext_noop("Address"),
    "head": gettext_noop("Legal representative or person in charge"),
    "head_post": gettext_noop("Post"),
    "phone": gettext_noop("Phone"),
    "place": gettext_noop("Place inspected"),
    "from_at": gettext_noop("From (to the minute)"),
    "to_at": gettext_noop("To (to the minute)"),
    "findings": gettext_noop("What was found"),
    "found_on": gettext_noop("Day of the inspection"),
    "recheck_on": gettext_noop("Day of the recheck"),
    "basis": gettext_noop("By which law"),
    "measures": gettext_noop("Measures decided"),
    "opinion": gettext_noop("Opinion"),
    "case": gettext_noop("Case"),
    "reason": gettext_noop("Why it is referred"),
    "to_name": gettext_noop("Referred to"),
    "materials": gettext_noop("Materials that go with it"),
    "review_body": gettext_noop("Body for review"),
    "court": gettext_noop("Court"),
    "contact_post": gettext_noop("Contact (post)"),
    "contact_phone": gettext_noop("Phone of the contact"),
}


@dataclass(frozen=True)
class Earlier:
    """A paper that another names: kind, state, day of issue, the workplace's key and its hazards' keys.

    `replaced_by` is the number of the correction that stands in its place (empty: none).
    """

    kind: str
    state: str
    issued_on: date | None
    workplace: str
    hazards: frozenset[str] = frozenset()
    replaced_by: str = ""


@dataclass(frozen=True)
class Missing:
    """Something that a paper lacks; what is not `is_blocking` is left blank, to be filled in by hand.

    `field_name` is a name in FIELD_NAMES where the sentence is about one field of the standard form (empty otherwise).
    """

    code: str
    sentence: str
    is_blocking: bool = True
    field_name: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


def missing_of(
    kind: str,
    *,
    said: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    office: Mapping[str, str],
    workplace: str,
    earlier: Earlier | None,
    on: date,
) -> list[Missing]:
    """Return what a paper lacks to be issued on a day, in the order of its fields; nothing blocking: it can be issued.

    `workplace` is the key of the workplace that stands (empty: none is known). Codes: `field` (with its name), `officers`,
    `certificate_number`, `certificates`, `times`, `items`, `deadline`, `result`, `not_in_earlier`, `not_rechecked`, `earlier` and its kin.
    """
    found = [*_fields(kind, said, office)]
    found += _officers(said)
    if kind == RECORD:
        found += _times(said)
    found += _earlier(kind, workplace, earlier, on)
    if KIND[kind].has_items:
        found += _items(kind, items, earlier, on)
    return found


def signatures_hold(kind: str, said: Mapping[str, Any], signed: Mapping[str, Any]) -> bool:
    """Return whether signatures drawn under a filled form may stand under the paper: it is what was signed, word for word.

    Only a record (and a recheck's opinion) says what the form said; an order or a decision is another paper, which nobody
    has signed yet.
    """
    names = {RECORD: ("place", "from_at", "to_at", "findings"), RECHECK: ("recheck_on", "opinion")}.get(kind, ())
    return bool(names) and all(str(said.get(name, "")) == str(signed.get(name, "")) for name in names)


def _fields(kind: str, said: Mapping[str, Any], office: Mapping[str, str]) -> list[Missing]:
    lack = gettext_noop("%(field)s is missing.")
    blank = gettext_noop("%(field)s is left blank, to be filled in by hand.")
    found = [Missing("field", lack, field_name=name) for name in _NEEDED[kind] if not str(said.get(name) or "").strip()]
    found += [
        Missing("field", blank, is_blocking=False, field_name=name)
        for name in _BY_HAND[kind]
        if not str(said.get(name) or "").strip()
    ]
    found += [
        Missing("office", gettext_noop("%(field)s is missing: say it once for the office."), field_name=name)
        for name in _OFFICE[kind]
        if not office.get(name, "").strip()
    ]
    return found


def _officers(said: Mapping[str, Any]) -> list[Missing]:
    officers = [each for each in said.get("officers") or () if str(each.get("post") or "").strip()]
    found: list[Missing] = []
    numbered = {str(each.get("certificate") or "").strip() for each in officers} - {""}
    if len(officers) < FEWEST_OFFICERS:
        found.append(
            Missing(
                "officers",
                gettext_noop("Two officers at least must be named; %(count)s is."),
                params={"count": len(officers)},
            )
        )
    without = [str(each["post"]) for each in officers if not str(each.get("certificate") or "").strip()]
    if without:
        found.append(
            Missing(
                "certificate_number",
                gettext_noop("The number of the certificate is missing for: %(who)s."),
                params={"who": "、".join(without)},
            )
        )
    elif len(officers) >= FEWEST_OFFICERS and len(numbered) < len(officers):
        found.append(Missing("certificate_number", gettext_noop("Two officers bear the same certificate number.")))
    if said.get("certificates_shown") != "yes" and "certificates_shown" in said:
        found.append(
            Missing("certificates", gettext_noop("It does not say that the officers showed their certificates."))
        )
    return found


def _times(said: Mapping[str, Any]) -> list[Missing]:
    first, last = _moment(said.get("from_at")), _moment(said.get("to_at"))
    if first and last and last < first:
        return [Missing("times", gettext_noop("It says that it ended before it began."))]
    return []


def _earlier(kind: str, workplace: str, earlier: Earlier | None, on: date) -> list[Missing]:
    if earlier is None:
        if not KIND[kind].must_follow:
            return []
        sentence = {
            DECISION: gettext_noop("A decision on site needs the record of the inspection: issue that first."),
            RECHECK: gettext_noop("An opinion after recheck names the decision or order that it rechecks: choose one."),
        }[kind]
        return [Missing("earlier", sentence)]
    if earlier.kind not in KIND[kind].follows:
        return [Missing("earlier_kind", gettext_noop("It cannot follow on a paper of that kind."))]
    if earlier.state not in STANDING:
        return [Missing("earlier_state", gettext_noop("The paper that it follows on is not issued, or is void."))]
    if earlier.replaced_by:
        sentence = gettext_noop("The paper that it follows on was corrected by %(number)s: name that one.")
        return [Missing("earlier_replaced", sentence, params={"number": earlier.replaced_by})]
    if earlier.workplace != workplace:
        return [Missing("earlier_place", gettext_noop("The paper that it follows on is of another workplace."))]
    if earlier.issued_on and earlier.issued_on > on:
        return [Missing("earlier_day", gettext_noop("The paper that it follows on is of a later day."))]
    return []


def _items(kind: str, items: Sequence[Mapping[str, Any]], earlier: Earlier | None, on: date) -> list[Missing]:
    found: list[Missing] = []
    if not items:
        found.append(Missing("items", gettext_noop("It names no hazard.")))
    hazards = [str(item["hazard"]) for item in items]
    if len(set(hazards)) < len(hazards):
        found.append(Missing("items", gettext_noop("It names one hazard twice.")))
    for number, item in enumerate(items, start=1):
        found += _item(kind, number, item, on)
    if kind == RECHECK and earlier is not None and earlier.kind in KIND[kind].follows:
        if set(hazards) - earlier.hazards:
            found.append(
                Missing("not_in_earlier", gettext_noop("It rechecks a hazard that the earlier paper does not name."))
            )
        if earlier.hazards - set(hazards):
            found.append(
                Missing(
                    "not_rechecked",
                    gettext_noop("Each item of the earlier paper must be said to be done or not; left out: %(count)s."),
                    params={"count": len(earlier.hazards - set(hazards))},
                )
            )
    return found


def _item(kind: str, number: int, item: Mapping[str, Any], on: date) -> list[Missing]:
    params = {"number": number}
    if not str(item.get("text") or "").strip():
        return [Missing("item_text", gettext_noop("Item %(number)s does not say what the hazard is."), params=params)]
    if kind == ORDER:
        return _day(item.get("deadline_on"), params, on)
    if kind == RECHECK:
        if item.get("result") not in ("done", "not_done"):
            return [Missing("result", gettext_noop("Item %(number)s: done or not?"), params=params)]
        if item["result"] == "not_done":
            why = gettext_noop("Item %(number)s: say what is still wrong.")
            reason = [] if str(item.get("reason") or "").strip() else [Missing("reason", why, params=params)]
            return [*reason, *_day(item.get("new_deadline_on"), params, on)]
    return []


def _day(text: Any, params: Mapping[str, Any], on: date) -> list[Missing]:
    day = _day_of(text)
    if day is None:
        return [Missing("deadline", gettext_noop("Item %(number)s: by which day?"), params=params)]
    if day < on:
        return [Missing("deadline", gettext_noop("Item %(number)s: that day is over already."), params=params)]
    return []


def _day_of(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
