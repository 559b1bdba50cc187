"""What a figure is: never a bare number (docs/figures/)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

State = Literal["claimed", "evidenced", "checked", "confirmed", "corrected"]

Number = int | Decimal


@dataclass(frozen=True)
class UnitName:
    """A unit as a figure names it: code and names in both languages (`name_en` may be empty)."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Scope:
    """What a figure counts: a campaign, a unit's subtree, a task or all tasks, dates (both ends included), a basis."""

    campaign: str
    unit: UnitName
    task: str = ""
    from_on: date | None = None
    to_on: date | None = None
    basis: str = ""

    @property
    def key(self) -> str:
        """The scope as a stable text, for ids."""
        dates = f"{self.from_on or ''}..{self.to_on or ''}" if self.from_on or self.to_on else ""
        return "@".join(part for part in (self.campaign, self.unit.code, self.task, self.basis, dates) if part)


@dataclass(frozen=True)
class Coverage:
    """Who was expected to report, and what became of it, by name.

    `received` includes `nil` (signed that there is nothing to report) and `late`; `missing` is
    expected less received. Empty `expected` means that nobody in particular was asked: then no share
    can be stated. `unasked` reported though nobody had asked them; they are in none of the other lists.
    """

    expected: tuple[UnitName, ...] = ()
    received: tuple[UnitName, ...] = ()
    nil: tuple[UnitName, ...] = ()
    late: tuple[UnitName, ...] = ()
    missing: tuple[UnitName, ...] = ()
    unasked: tuple[UnitName, ...] = ()

    @property
    def reported_share(self) -> float | None:
        """Share of expected units that reported (0 to 1); None where nobody was expected."""
        return len(self.received) / len(self.expected) if self.expected else None

    @property
    def is_complete(self) -> bool:
        """True where nobody who was expected is missing (also where nobody was expected)."""
        return not self.missing


@dataclass(frozen=True)
class Bounds:
    """What the figure could be: `lower` <= truth-as-claimed <= `upper` (None: no cap can be stated).

    `lower_is_open` is true where at least one claim said "more than", so that the total is strictly
    greater than `lower`. `method` is a stable code explained in docs/figures/bounds.md; `added_for_missing` is
    what the missing units together could add at most (None: not known).
    """

    lower: Number
    upper: Number | None
    lower_is_open: bool
    method: str
    added_for_missing: Number | None = None


@dataclass(frozen=True)
class TraceLine:
    """One measure behind a figure: what it says, whose it is, where it came from, and whether it was counted.

    `why_not` is a stable code where it was not counted (part_of, duplicate, running_total, ...).
    `source` is a place that a person can find: file name and cell, or file name and characters.
    """

    measure_id: int
    unit: UnitName
    value: Number
    qualifier: str
    basis: str
    activity_id: int
    activity_title: str
    source: str
    counted: bool = True
    why_not: str = ""
    source_id: int = 0


@dataclass(frozen=True)
class Words:
    """How a figure may be said, number alone (no measure word): "more than 140,000" and "14万余"."""

    en: str
    zh: str


@dataclass(frozen=True)
class Caution:
    """A check that the figure did not pass, or that a person should look at: code, English sentence, its parameters."""

    code: str
    sentence: str
    params: dict[str, object] = field(default_factory=dict)
    measure_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A value with all that makes it believable.

    `id` is stable for the same indicator and scope. `value` is the sum (or count of distinct, maximum,
    latest) of what was counted, None where nothing was claimed at all (which is not zero).
    """

    id: str
    indicator: str
    scope: Scope
    value: Number | None
    aggregation: str
    coverage: Coverage
    state: State
    bounds: Bounds | None
    words: Words
    trace: tuple[TraceLine, ...] = ()
    cautions: tuple[Caution, ...] = ()
