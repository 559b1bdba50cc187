"""What a reader hands back: plain data that says what a file claims, where, and what is doubtful.

Readers never touch the database. Bytes go in, a `Reading` comes out; the clerk (or a rule) decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from safemonth.collect.submissions.rules import column_letters

Qualifier = Literal["exact", "more_than", "nearly", "about"]
Basis = Literal[
    "people", "person_times", "places", "place_times", "vehicles", "vehicle_times", "events", "things", "yuan"
]
PeriodKind = Literal["period", "to_date"]


@dataclass(frozen=True)
class Locator:
    """Where something stands in a file: a cell, a character span of its text, or a form field.

    `row` and `column` count from 1 as Excel does. `start`, `end` are Unicode code points [start, end)
    in the text that the reader extracted (`Reading.text`). `sentence` counts from 1.
    """

    kind: Literal["cell", "span", "field"]
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    sentence: int | None = None
    field: str = ""

    @property
    def label(self) -> str:
        """The place as a person would say it: `Sheet1!C7`, `chars 31-38`, `field leaflets`."""
        if self.kind == "cell":
            return f"{self.sheet}!{column_letters(self.column or 1)}{self.row}"
        if self.kind == "span":
            return f"chars {self.start}-{self.end}"
        return f"field {self.field}"


@dataclass(frozen=True)
class Doubt:
    """One reason why a person must look before this is accepted.

    `code` is stable; `sentence` is English with `%(name)s` places, marked by `gettext_noop`.
    `blocks` is true where the value cannot be accepted until it is answered (unknown unit, unreadable
    number); false where it may be accepted after a look (date outside the month).
    """

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = True


@dataclass(frozen=True)
class ReadMeasure:
    """One value that the file claims.

    `indicator` is the code, or None where no indicator could be matched (then a doubt says so).
    `value` is None where the number could not be read (then a doubt says so); otherwise >= 0 unless
    the file itself says a negative number (then a doubt says so). `heading` is the header or noun
    that named the indicator, as found. `part_of` is the index (within the same activity's
    `measures`) of the measure that this one is a part of; `within` is the place of another activity's
    measure in the same file of which this one is, or may be (then a doubt says so), a part.
    """

    indicator: str | None
    heading: str
    value: int | Decimal | None
    qualifier: Qualifier
    unit_word: str
    basis: Basis
    surface: str
    locator: Locator
    period_kind: PeriodKind = "period"
    part_of: int | None = None
    doubts: tuple[Doubt, ...] = ()
    within: Locator | None = None


@dataclass(frozen=True)
class ReadActivity:
    """One event, or one unit's line of counts for a period (then `is_report_line` is true).

    `unit_text` is the unit as the file names it (empty: not named; the sender is meant). `latitude` and `longitude`
    are degrees (WGS 84), both or neither. `evidence` are names of files that were sent beside this one.
    """

    unit_text: str
    locator: Locator
    measures: tuple[ReadMeasure, ...]
    title: str = ""
    kind: str = ""
    place: str = ""
    from_on: date | None = None
    to_on: date | None = None
    participants: tuple[str, ...] = ()
    is_report_line: bool = False
    is_nil: bool = False
    doubts: tuple[Doubt, ...] = ()
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignedReturn:
    """A unit's statement for a period that a form carries; empty `unit_text`: the sender; no dates: the month."""

    unit_text: str
    is_nil: bool
    signed_by: str = ""
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True)
class Question:
    """What the reader must be told once and will remember: what a header means.

    `subject` is the header text as found (normalised by `normalise_heading`); `choices` are indicator codes
    or column meanings that come nearest, best first.
    """

    code: str
    subject: str
    locator: Locator
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that was read from one file.

    `text` is the extracted text that spans point into (documents only). `skipped` says which rows
    were passed over on purpose and why (total rows, notes), so that nothing is dropped in silence.
    `signed_nil` is true where the file says in words that there is nothing to report.
    """

    format: str
    activities: tuple[ReadActivity, ...] = ()
    questions: tuple[Question, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    skipped: tuple[tuple[Locator, str], ...] = ()
    text: str = ""
    signed_nil: bool = False
    period_from: date | None = None
    period_to: date | None = None
    signed: SignedReturn | None = None
