"""Until when a unit may object, and who may answer. Plain Python: no Django, no database, no clock."""

from collections.abc import Iterable
from datetime import date, timedelta


def last_day_to_object(published_on: date, objection_days: int) -> date:
    """Return the last day on which an objection is in time: `objection_days` (>= 1) days after the day of publication."""
    return published_on + timedelta(days=objection_days)


def is_late(said_on: date, *, published_on: date, objection_days: int) -> bool:
    """Return whether an objection of a day comes after the last day; the last day itself is in time."""
    return said_on > last_day_to_object(published_on, objection_days)


def may_answer(by: str, *, scorers: Iterable[str], objector: str) -> bool:
    """Return whether a person may answer: not who scored or judged, nor who objected."""
    return by != objector and by not in set(scorers)
