"""What checks are given: claims, totals of units, and events, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from safemonth.lib.intervals import Interval, Number, Qualifier, interval_of
from safemonth.lib.measure_words import Basis


@dataclass(frozen=True, slots=True)
class Claim:
    """One measure: what a unit says of one indicator.

    `unit` is the unit's code and `unit_path` its codes from the top, each followed by a slash. `part_of` is the
    `measure_id` of the claim that this one is a part of. `submission_id` tells which claims came in one file (0: not
    known). `heading` is the words that named the indicator; `named` the thing that the count stands for.
    """

    measure_id: int
    unit: str
    indicator: str
    value: Number
    qualifier: Qualifier = "exact"
    basis: Basis = "things"
    activity_id: int = 0
    part_of: int | None = None
    is_to_date: bool = False
    from_on: date | None = None
    to_on: date | None = None
    task: str = ""
    heading: str = ""
    named: str = ""
    place: str = ""
    submission_id: int = 0
    unit_path: str = ""
    unit_kind: str = ""

    @property
    def interval(self) -> Interval:
        """What the claim can mean, by its qualifier."""
        return interval_of(self.value, self.qualifier)

    @property
    def counts(self) -> tuple[str, str]:
        """Indicator and basis: only claims that agree in both are ever compared or added."""
        return self.indicator, self.basis


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What one unit's counted claims of one indicator and basis come to: between `lower` and `upper`.

    `kind` is the kind of unit, whose like it is compared with.
    """

    unit: str
    indicator: str
    basis: str
    lower: Number
    upper: Number
    measure_ids: tuple[int, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One activity as it was reported.

    `units` are the codes of host and participants. `values` are its figures by (indicator, basis). A line of
    counts for a period is no event: `is_report_line`. `duplicate_of` is set where a person has already decided.
    """

    activity_id: int
    kind: str
    title: str
    host: str
    units: frozenset[str]
    place: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_report_line: bool = False
    duplicate_of: int | None = None
    values: Mapping[tuple[str, str], Number] = field(default_factory=dict)
