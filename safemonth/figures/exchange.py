"""Figures as plain data for other programs: the entries of figures.json."""

from decimal import Decimal
from typing import Any

from safemonth.figures.figure import Bounds, Coverage, Figure, Number, Scope, TraceLine, UnitName


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as data that `json.dumps` takes, with keys that stay.

    Keys: id, indicator, scope, value, words {en, zh}, coverage {expected, received, nil, missing, late: counts;
    names: the same keys with lists of units}, state, bounds {lower, upper, lower_is_open, method, added_for_missing}
    or None, trace [{id, unit, value, qualifier, source, counted, why_not}]. Units are {code, name, name_en};
    dates are ISO texts or None; whole numbers are integers, others floats.
    """
    return {
        "id": figure.id,
        "indicator": figure.indicator,
        "scope": _scope(figure.scope),
        "value": _number(figure.value),
        "words": {"en": figure.words.en, "zh": figure.words.zh},
        "coverage": _coverage(figure.coverage),
        "state": figure.state,
        "bounds": _bounds(figure.bounds) if figure.bounds else None,
        "trace": [_trace_line(line) for line in figure.trace],
    }


def _unit(unit: UnitName) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name, "name_en": unit.name_en}


def _number(number: Number | None) -> int | float | None:
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "campaign": scope.campaign,
        "unit": _unit(scope.unit),
        "task": scope.task,
        "from_on": scope.from_on.isoformat() if scope.from_on else None,
        "to_on": scope.to_on.isoformat() if scope.to_on else None,
        "basis": scope.basis,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    lists = {
        "expected": coverage.expected,
        "received": coverage.received,
        "nil": coverage.nil,
        "missing": coverage.missing,
        "late": coverage.late,
    }
    return {
        **{name: len(units) for name, units in lists.items()},
        "names": {name: [_unit(unit) for unit in units] for name, units in lists.items()},
    }


def _bounds(bounds: Bounds) -> dict[str, Any]:
    return {
        "lower": _number(bounds.lower),
        "upper": _number(bounds.upper),
        "lower_is_open": bounds.lower_is_open,
        "method": bounds.method,
        "added_for_missing": _number(bounds.added_for_missing),
    }


def _trace_line(line: TraceLine) -> dict[str, Any]:
    return {
        "id": line.measure_id,
        "unit": _unit(line.unit),
        "value": _number(line.value),
        "qualifier": line.qualifier,
        "source": line.source,
        "counted": line.counted,
        "why_not": line.why_not,
    }
