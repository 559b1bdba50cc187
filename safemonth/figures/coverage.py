"""Who was asked, who answered, who is late, nil or missing: by name (docs/figures/coverage.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from safemonth.figures.figure import Coverage, UnitName


@dataclass(frozen=True)
class Expected:
    """A unit of which a report is expected, by the end of `due_on` (None: no date was set)."""

    unit: UnitName
    due_on: date | None = None


def cover(
    expected: Iterable[Expected],
    *,
    reported_on: Mapping[str, date],
    nil_on: Mapping[str, date] | None = None,
    names: Mapping[str, UnitName] | None = None,
) -> Coverage:
    """Return the coverage from who was expected and the day, by unit code, of each unit's first report or nil return.

    `reported_on` holds units of which activities came, `nil_on` those that signed that there is nothing; one
    in both is received and not nil. A unit expected several times (several tasks) stands once, with its
    earliest due date. A unit is late where the first that came of it came after that date. Units that
    reported unasked are listed in `unasked` (`names` gives their names; else the code). Order of `expected` is kept.
    """
    nil_on = nil_on or {}
    due: dict[str, date | None] = {}
    units: dict[str, UnitName] = {}
    for item in expected:
        code = item.unit.code
        units.setdefault(code, item.unit)
        known = due.get(code)
        due[code] = min(known, item.due_on) if known and item.due_on else known or item.due_on
    first = {
        code: min(day for day in (reported_on.get(code), nil_on.get(code)) if day is not None)
        for code in {**reported_on, **nil_on}
    }
    received = [unit for code, unit in units.items() if code in first]
    return Coverage(
        expected=tuple(units.values()),
        received=tuple(received),
        nil=tuple(unit for unit in received if unit.code not in reported_on),
        late=tuple(unit for unit in received if _is_late(first[unit.code], due[unit.code])),
        missing=tuple(unit for code, unit in units.items() if code not in first),
        unasked=tuple((names or {}).get(code, UnitName(code, code)) for code in sorted(first.keys() - units.keys())),
    )


def _is_late(came_on: date, due_on: date | None) -> bool:
    return due_on is not None and came_on > due_on
