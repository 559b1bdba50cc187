"""Whether one answer is of its question's type, as the XForm writes it: not what a kind reader could make of it.

Types and their written forms: ODK XForms specification, "Data types", after XML Schema part 2.
"""

import re
from collections.abc import Collection
from datetime import date, time

from safemonth.collect.forms.questions import Question
from safemonth.lib.refusals import gettext_noop

# Only the digits 0-9: full-width digits (５) and Chinese numerals are text to every form program.
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
# With an exponent, as Java writes large numbers (1.0E7).
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_ZONE = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_ZONE}")
_TIME = re.compile(rf"([0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)(?:\.[0-9]{{1,9}})?{_ZONE}")
_SENTENCES = {
    "integer": ("not_an_integer", gettext_noop("“%(field)s” says “%(text)s”, which is not a whole number.")),
    "decimal": ("not_a_decimal", gettext_noop("“%(field)s” says “%(text)s”, which is not a number.")),
    "date": ("not_a_date", gettext_noop("“%(field)s” says “%(text)s”, which is not a date.")),
    "time": ("not_a_time", gettext_noop("“%(field)s” says “%(text)s”, which is not a time of day.")),
    "datetime": ("not_a_datetime", gettext_noop("“%(field)s” says “%(text)s”, which is not a date and time.")),
    "geopoint": ("not_a_geopoint", gettext_noop("“%(field)s” says “%(text)s”, which is not a position.")),
    "geotrace": ("not_a_geotrace", gettext_noop("“%(field)s” says “%(text)s”, which is not a line of positions.")),
    "geoshape": ("not_a_geoshape", gettext_noop("“%(field)s” says “%(text)s”, which is not an area.")),
    "boolean": ("not_a_boolean", gettext_noop("“%(field)s” says “%(text)s”, which is neither true nor false.")),
    "choice": ("not_offered", gettext_noop("“%(field)s” says “%(text)s”, which was not offered.")),
    "file": ("unsafe_file_name", gettext_noop("“%(field)s” names the file “%(text)s”, which is no plain file name.")),
}


def fault_of(text: str, question: Question, *, choices: Collection[str] | None) -> tuple[str, str, str] | None:
    """Return what is wrong with an answer that is not blank: code, sentence, and the words that are wrong; None if right.

    `choices` are the values that the question offers, None where they are not known (then nothing is said about
    them). Space around a value does not matter (XML Schema collapses it), except in text.
    """
    value = text.strip(" \t\r\n")
    if question.type in ("select_one", "select_multiple", "rank"):
        said = [value] if question.type == "select_one" else value.split()
        wrong = next((each for each in said if choices is not None and each not in choices), None)
        return None if wrong is None else (*_SENTENCES["choice"], wrong)
    if question.is_file:
        return (*_SENTENCES["file"], value) if not _is_plain_name(value) else None
    if question.type in _SENTENCES and not _is_of_type(value, question.type):
        return *_SENTENCES[question.type], value
    return None


def _is_of_type(value: str, kind: str) -> bool:
    match kind:
        case "integer":
            return _INTEGER.fullmatch(value) is not None
        case "decimal":
            return _DECIMAL.fullmatch(value) is not None
        case "date":
            return is_date(value)
        case "time":
            return _is_time(value)
        case "datetime":
            day, sign, moment = value.partition("T")
            return is_date(day) and bool(sign) and _is_time(moment)
        case "geopoint":
            return _is_point(value)
        case "geotrace" | "geoshape":
            points = [point for point in value.split(";") if point.strip()]
            return len(points) > 1 and all(_is_point(point.strip()) for point in points)
    return value in ("true", "false", "1", "0")


def is_date(value: str) -> bool:
    """Return whether text is a day of the calendar as XML Schema writes it (2019-06-10, perhaps with a zone)."""
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    found = _TIME.fullmatch(value)
    if found is None:
        return False
    try:
        time.fromisoformat(found[1])
    except ValueError:
        return False
    return True


def _is_point(value: str) -> bool:
    """Latitude and longitude in degrees, then perhaps altitude and accuracy in metres."""
    parts = value.split()
    if not 2 <= len(parts) <= 4 or not all(_DECIMAL.fullmatch(part) for part in parts):
        return False
    return abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


def _is_plain_name(value: str) -> bool:
    return not re.search(r"[/\\\x00-\x1f]", value) and value not in (".", "..") and len(value) <= 255
