"""What a question of a form stands for: the words that a clerk may write into the column `safemonth` of the sheet.

| word | question | what it becomes |
| --- | --- | --- |
| `unit` | choice or text | the unit that did it (code or name) |
| `title`, `place`, `note`, `signed_by` | text or choice | text of the activity or of the return |
| `kind` | choice | the kind of activity (`consulting_day`, `drill` ...) |
| `task` | choice | the code of the task that it answers |
| `from_on`, `to_on` | date | first and last day of the activity |
| `period_from`, `period_to` | date | first and last day that a return speaks for |
| `position` | geopoint | claimed latitude and longitude |
| `participants` | choice of several, or text | other units that took part |
| `evidence` | photo or file | a file that bears out the activity |
| `nil` | yes or no | yes: signed, nothing to report |
| an indicator's code | number | a measure; `people_consulted/person_times` names its basis |

In a form for inspections or rechecks, where `workplace` or `recheck.hazard` is named, further words
(`collect/inspection/checklists/reading.py` reads them; docs/checklists.md lists them for the office):

| word | question | what it becomes |
| --- | --- | --- |
| `key` | calculated once | the visit's identity, kept through edits: `once(uuid())` |
| `visit` | choice from `visits.csv` | the visit that was drawn |
| `workplace` | choice from `workplaces.csv`, or text | the workplace inspected |
| `started_at`, `ended_at`, `finished_at` | time, date and time, or text `09:05` | from, to, and when the form was finished |
| `inspectors` | number or text | how many inspected, or who (posts, certificate numbers) |
| `certificates_shown`, `signed_how` | choice | whether certificates were shown; signed, refused or absent |
| `sign.inspector`, `sign.workplace` | drawn signature | the signatures |
| `item <legal basis>` | choice met, not_met, not_applicable | an item of a checklist |
| `hazard.text`, `.grade`, `.spot`, `.basis`, `.photo`, `.key`, `.deadline`, `.measure`, `.responsible`, `.on_the_spot` | as named | a hazard: what stands in one group, or one turn of a repeat |
| `recheck.hazard`, `.answers`, `.reported`, `.result`, `.reason`, `.deadline`, `.photo` | as named | a recheck of one hazard, in the same way |

Plain Python. The codes of indicators are given by the caller (the county may have its own).
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

# For each word the types of question (`design.Question.type`) that can hold it. `calculate` and `hidden` have no
# type of their own that can be trusted: what they give is checked when it is read.
_TEXT = frozenset({"text", "select_one", "calculate", "hidden", "barcode", "metadata"})
_DAY = frozenset({"date", "datetime", "calculate", "hidden", "metadata"})
_YES = frozenset({"select_one", "acknowledge", "boolean", "calculate", "hidden"})
_MOMENT = frozenset({"text", "time", "datetime", "calculate", "hidden", "metadata"})
_FILE = frozenset({"image", "audio", "video", "file"})
_COUNT = frozenset({"integer", "decimal", "text", "select_one", "calculate", "hidden"})
FIELDS: dict[str, frozenset[str]] = {
    "unit": _TEXT,
    "title": _TEXT,
    "kind": _TEXT,
    "from_on": _DAY,
    "to_on": _DAY,
    "place": _TEXT,
    "position": frozenset({"geopoint", "calculate", "hidden"}),
    "participants": _TEXT | {"select_multiple", "rank"},
    "task": _TEXT,
    "note": _TEXT | {"select_multiple", "integer", "decimal", "date", "time", "datetime"},
    "evidence": _FILE,
    "nil": _YES,
    "period_from": _DAY,
    "period_to": _DAY,
    "signed_by": _TEXT,
    "key": frozenset({"text", "calculate", "hidden", "metadata"}),
    "visit": _TEXT,
    "workplace": _TEXT,
    "started_at": _MOMENT,
    "ended_at": _MOMENT,
    "finished_at": _MOMENT,
    "inspectors": _TEXT | {"select_multiple", "integer"},
    "certificates_shown": _YES,
    "signed_how": _TEXT,
    "sign.inspector": _FILE,
    "sign.workplace": _FILE,
    "item": frozenset({"select_one"}),
    "hazard.key": frozenset({"text", "calculate", "hidden"}),
    "hazard.text": _TEXT,
    "hazard.grade": _TEXT,
    "hazard.spot": _TEXT,
    "hazard.basis": _TEXT,
    "hazard.photo": _FILE,
    "hazard.deadline": _DAY,
    "hazard.measure": _TEXT,
    "hazard.responsible": _TEXT,
    "hazard.on_the_spot": _YES,
    "recheck.hazard": _TEXT,
    "recheck.answers": _TEXT,
    "recheck.reported": _YES,
    "recheck.result": _TEXT,
    "recheck.reason": _TEXT,
    "recheck.deadline": _DAY,
    "recheck.photo": _FILE,
}
# Only forms for inspections and rechecks may have these.
OF_INSPECTIONS = frozenset(list(FIELDS)[list(FIELDS).index("key") :])
# What makes a form go the inspections' way, and not the way of reports.
STARTS_INSPECTION = frozenset({"workplace", "recheck.hazard"})
# May stand more than once in one activity; all others have one value each.
SEVERAL = frozenset({"participants", "note", "evidence", "inspectors"})
# Belong to the group, or turn of a repeat, that they stand in: one value each there, photos apart.
OF_A_GROUP = frozenset(name for name in FIELDS if name.startswith(("item", "hazard.", "recheck.")))
# A repeat with one of these makes one activity of each of its turns.
STARTS_ACTIVITY = frozenset({"title", "unit", "kind", "from_on"})
# Bases of a count (`collect.readers.reading.Basis`): people and person-times are never added.
BASES = frozenset(
    {"people", "person_times", "places", "place_times", "vehicles", "vehicle_times", "events", "things", "yuan"}
)
PURPOSES = ("activity", "return", "inspection", "recheck", "village_stop", "supervision_visit", "other")
# `plan.models.ActivityKind`, which cannot be imported here (plain Python); a test holds the two together.
KINDS = (
    "consulting_day",
    "vehicle_tour",
    "media",
    "training",
    "lecture",
    "drill",
    "law_to_countryside",
    "inspection",
    "rectification",
    "meeting",
    "publicity",
    "supervision",
    "other",
)
# The kind of activity where a form names none, by its purpose.
KIND_OF_PURPOSE = {
    "activity": "",
    "return": "",
    "inspection": "inspection",
    "recheck": "inspection",
    "village_stop": "vehicle_tour",
    "supervision_visit": "supervision",
    "other": "",
}
_YES_WORDS = frozenset({"yes", "y", "true", "1", "ok", "是"})


@dataclass(frozen=True)
class Meaning:
    """One word of the column, read: `field` is a key of FIELDS, or empty; `indicator` a code, or empty; exactly one is set.

    `basis` is a member of BASES where the clerk wrote one after a slash, else empty (then the
    indicator's usual basis is meant). `law` is the legal basis of a checklist's item, as it was written.
    """

    field: str = ""
    indicator: str = ""
    basis: str = ""
    law: str = ""

    @property
    def text(self) -> str:
        """The word as it is stored: `from_on`, `people_consulted/person_times`, `item 安全生产法第41条`."""
        if self.field:
            return f"{self.field} {self.law}" if self.law else self.field
        return f"{self.indicator}/{self.basis}" if self.basis else self.indicator

    @property
    def types(self) -> frozenset[str]:
        """The types of question that can hold it."""
        return FIELDS[self.field] if self.field else _COUNT

    @property
    def is_single(self) -> bool:
        """Whether one activity (or return, or inspection) has at most one value of it."""
        return bool(self.field) and self.field not in SEVERAL and self.field not in OF_A_GROUP


def read_meaning(text: str, *, indicators: Collection[str]) -> Meaning | None:
    """Return what a cell of the column `safemonth` means; None where it means nothing that is known.

    Case and spaces do not matter, and a hyphen or space counts as an underscore (`People consulted`). An indicator
    may be followed by a slash and a basis of BASES; a field may not.
    """
    first, _, law = text.strip().partition(" ")
    if first.lower() == "item":
        return Meaning(field="item", law=" ".join(law.split()))
    word, slash, basis = _plain(text).partition("/")
    if word in FIELDS and not slash:
        return Meaning(field=word)
    if word in indicators and (basis in BASES if slash else True):
        return Meaning(indicator=word, basis=basis)
    return None


def nearest_meanings(text: str, *, indicators: Collection[str]) -> tuple[str, ...]:
    """Return up to three words that a misspelt one may have been meant for, best first; empty where none is near."""
    word, slash, basis = _plain(text).partition("/")
    near = get_close_matches(word, [*FIELDS, *sorted(indicators)], n=3, cutoff=0.6)
    if slash and word in indicators:
        bases = get_close_matches(basis, sorted(BASES), n=3, cutoff=0.4) or ["people", "person_times"]
        return tuple(f"{word}/{each}" for each in bases)
    return tuple(near)


def says_yes(text: str) -> bool:
    """Return whether the answer of a yes-or-no question is yes: `yes`, `true`, `1`, `OK` (an acknowledgement) or 是."""
    return text.strip().lower() in _YES_WORDS


def _plain(text: str) -> str:
    word, slash, basis = text.strip().lower().partition("/")
    return slash.join("_".join(part.replace("-", " ").split()) for part in ((word, basis) if slash else (word,)))
