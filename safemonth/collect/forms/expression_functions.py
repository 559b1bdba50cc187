"""ODK's functions beside XPath 1.0's own (ODK XForms specification, "XPath Functions"), for lxml."""

import math
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

# What lxml hands over and takes back: elements, or text, a number, a truth.
Value = list[etree._Element] | str | float | bool
_EPOCH = date(1970, 1, 1)
_LONGEST_MATCHED = 300
_MOST_QUANTIFIERS = 6
_QUANTIFIED_GROUP = re.compile(r"\)(?:[*+]|\{\d*,)")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?")


class NotChecked(Exception):
    """This expression cannot be worked out as every form program would."""


@dataclass(frozen=True)
class Moment:
    """What a run of an expression knows: the time, and the element that it is about."""

    now: datetime | None = None
    element: etree._Element | None = None


# Functions are bound to an expression when it is made ready, and the time only when it runs.
MOMENT: ContextVar[Moment] = ContextVar("moment", default=Moment())  # noqa: B039  # frozen


def text_of(value: Any) -> str:
    """Return a value as text; elements give the first one's text, whole numbers have no point."""
    if isinstance(value, list):
        return "".join(map(str, value[0].itertext())) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ("NaN" if math.isnan(value) else repr(value))
    return str(value)


def number_of(value: Any) -> float:
    """Return a value as a number, NaN where it is none."""
    if isinstance(value, bool | float | int):
        return float(value)
    try:
        return float(text_of(value).strip() or "nan")
    except ValueError:
        return math.nan


def truth_of(value: Any) -> bool:
    """Return a value as true or false: text is true unless empty, a number unless zero or NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return bool(value) and not math.isnan(value)
    return text_of(value) != ""


def day_number(text: str) -> float | None:
    """Return a date, or date and time, as days since 1970-01-01 (ODK's number for a date); None where it is neither."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    try:
        days = float((date.fromisoformat(found[1]) - _EPOCH).days)
        return days + (day_share(found[2]) if found[2] else 0.0)
    except ValueError:
        return None


def day_share(text: str) -> float:
    """Return a time of day (`08:30`, `08:30:00`) as a share of the day, from 0 up to 1; ValueError where it is none."""
    moment = time.fromisoformat(text[:8])
    return (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400


def _current() -> Value:
    element = MOMENT.get().element
    return [element] if element is not None else []


def _now() -> float:
    now = MOMENT.get().now
    if now is None:
        raise NotChecked
    at = now.astimezone(UTC)
    return float((at.date() - _EPOCH).days) + (at.hour * 3600 + at.minute * 60 + at.second) / 86400


def _called(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _context, *given: function(*given)


def _several(given: tuple[Any, ...]) -> list[Any]:
    """The values of a function that takes either elements or single values; blank elements are left out."""
    values: list[Any] = []
    for value in given:
        values.extend([[element] for element in value] if isinstance(value, list) else [value])
    return [value for value in values if text_of(value).strip()]


def _choices(value: Any) -> list[str]:
    return text_of(value).split()


def _date(value: Any) -> float:
    if isinstance(value, float):
        return value
    text = text_of(value)
    days = day_number(text)
    return number_of(text) if days is None else days


def _regex(value: Any, pattern: Any) -> bool:
    text, wanted = text_of(value), text_of(pattern)
    quantifiers = len(re.findall(r"[*+]|\{\d*,", wanted))
    # Patterns that can take exponential time have a quantified group with a quantifier inside it.
    if len(text) > _LONGEST_MATCHED or quantifiers > _MOST_QUANTIFIERS or _QUANTIFIED_GROUP.search(wanted):
        raise NotChecked
    try:
        whole = re.fullmatch(wanted, text) is not None
    except re.error as error:
        raise NotChecked from error
    # ODK matches the whole text, some programs any part of it: where that matters, nothing is said.
    if not whole and re.search(wanted, text):
        raise NotChecked
    return whole


def _round(value: Any, places: Any = 0.0) -> float:
    number, scale = number_of(value), 10.0 ** int(number_of(places))
    return number if math.isnan(number) else math.floor(number * scale + 0.5) / scale


def _item(values: list[str], index: Any) -> str:
    number = int(number_of(index))
    return values[number] if 0 <= number < len(values) else ""


def _substring(value: Any, start: Any, end: Any = None) -> str:
    return text_of(value)[int(number_of(start)) : None if end is None else int(number_of(end))]


def _position(nodes: Any) -> float:
    if not isinstance(nodes, list) or not nodes:
        raise NotChecked
    return 1.0 + sum(1 for _ in nodes[0].itersiblings(nodes[0].tag, preceding=True))


def _each(given: tuple[Any, ...]) -> list[Any]:
    values: list[Any] = []
    for value in given:
        values.extend([[element] for element in value] if isinstance(value, list) else [value])
    return values


def _coalesce(first: Any, second: Any) -> Any:
    return text_of(first) or text_of(second)


_PLAIN: dict[str, Callable[..., Any]] = {
    "selected": lambda value, choice: text_of(choice).strip() in _choices(value),
    "count-selected": lambda value: float(len(_choices(value))),
    "selected-at": lambda value, index: _item(_choices(value), index),
    "if": lambda condition, yes, no: yes if truth_of(condition) else no,
    "coalesce": _coalesce,
    "once": lambda value: text_of(value),
    "odk-not": lambda value: not truth_of(value),
    "odk-boolean": truth_of,
    "boolean-from-string": lambda value: text_of(value) in ("true", "1"),
    "regex": _regex,
    "int": lambda value: float(math.trunc(number_of(value))),
    "odk-round": _round,
    "pow": lambda base, power: number_of(base) ** number_of(power),
    "abs": lambda value: abs(number_of(value)),
    "sqrt": lambda value: math.sqrt(number_of(value)),
    "min": lambda *given: min(map(number_of, _several(given))),
    "max": lambda *given: max(map(number_of, _several(given))),
    "odk-sum": lambda *given: float(sum(map(number_of, _several(given)))),
    "count-non-empty": lambda *given: float(len(_several(given))),
    "odk-concat": lambda *given: "".join(map(text_of, _each(given))),
    "join": lambda sign, *given: text_of(sign).join(map(text_of, _each(given))),
    "substr": _substring,
    "ends-with": lambda value, end: text_of(value).endswith(text_of(end)),
    "date": _date,
    "date-time": _date,
    "decimal-date-time": _date,
    "decimal-time": lambda value: value if isinstance(value, float) else day_share(text_of(value)),
    "odk-position": _position,
    "current": _current,
    "now": _now,
    "today": lambda: float(math.floor(_now())),
}
# As lxml takes them.
FUNCTIONS: Mapping[tuple[None, str], Callable[..., Any]] = {
    (None, name): _called(function) for name, function in _PLAIN.items()
}
