"""Totals of a letter beside the events it tells: what may be counted twice is marked, never added or dropped."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from safemonth.collect.readers.reading import Doubt, ReadActivity, ReadMeasure
from safemonth.lib.refusals import gettext_noop

MAYBE_PART = gettext_noop("“%(surface)s” may be part of the total “%(total)s” in the same letter.")
SAID_TWICE = gettext_noop(
    "“%(surface)s” and “%(other)s” count the same thing: are these two activities, or one told twice?"
)
MORE_THAN_TOTAL = gettext_noop("“%(surface)s” is given as a total, but “%(part)s” in the same letter is more.")


@dataclass(frozen=True)
class _Place:
    activity: int
    measure: int


def marked_parts(activities: Sequence[ReadActivity], *, totals: Set[int]) -> list[ReadActivity]:
    """Return the activities with what may be part of a total marked.

    `totals` are the places (starts) of figures that sum up the period. A figure of the same unit, indicator and
    basis that is not larger gets the doubt `maybe_part_of_total`, and `part_of` (same activity) or `within` (another
    activity) points to the total. A total below its part gets `more_than_total`; figures of one line that
    count the same without any total get `said_twice`. Running totals stay apart: they replace, and are never added.
    """
    marked = [list(activity.measures) for activity in activities]
    for key, places in _alike(activities).items():
        summed = [place for place in places if _start(activities, place) in totals]
        others = [place for place in places if place not in summed and not _is_part(marked, place)]
        if summed:
            total = max(summed, key=lambda place: _value(activities, place))
            _mark_parts(marked, others, total)
            _mark_twice(marked, [place for place in summed if not _is_part(marked, place)])
        elif key:
            _mark_twice(marked, [place for place in others if activities[place.activity].is_report_line])
    for part, whole in _shares(activities):
        if not _is_part(marked, part) and _value(activities, part) <= _value(activities, whole):
            _mark_parts(marked, [part], whole)
    return [replace(activity, measures=tuple(measures)) for activity, measures in zip(activities, marked, strict=True)]


def _alike(activities: Sequence[ReadActivity]) -> dict[tuple[str, ...], list[_Place]]:
    """Return the places of figures that count the same thing for the same unit."""
    alike: dict[tuple[str, ...], list[_Place]] = {}
    for number, activity in enumerate(activities):
        for position, measure in enumerate(activity.measures):
            if measure.indicator and measure.indicator != "other_count" and measure.period_kind == "period":
                key = (activity.unit_text, measure.indicator, measure.basis)
                alike.setdefault(key, []).append(_Place(number, position))
    return alike


def _shares(activities: Sequence[ReadActivity]) -> Iterable[tuple[_Place, _Place]]:
    """Yield what one body did at an event beside what the event as a whole counted: same day and kind, another unit."""
    events = [number for number, activity in enumerate(activities) if not activity.is_report_line and activity.from_on]
    wholes = {_event_key(activities[number]): number for number in reversed(events)}
    for number in events:
        first = wholes[_event_key(activities[number])]
        if first == number or activities[first].unit_text == activities[number].unit_text:
            continue
        counted = {(whole.indicator, whole.basis): at for at, whole in enumerate(activities[first].measures)}
        for position, measure in enumerate(activities[number].measures):
            if (at := counted.get((measure.indicator, measure.basis))) is not None:
                yield _Place(number, position), _Place(first, at)


def _event_key(activity: ReadActivity) -> tuple[object, ...]:
    return (activity.kind, activity.from_on, activity.to_on)


def _at(activities: Sequence[ReadActivity], place: _Place) -> ReadMeasure:
    return activities[place.activity].measures[place.measure]


def _start(activities: Sequence[ReadActivity], place: _Place) -> int:
    start = _at(activities, place).locator.start
    return -1 if start is None else start


def _value(activities: Sequence[ReadActivity], place: _Place) -> float:
    return float(_at(activities, place).value or 0)


def _is_part(marked: Sequence[Sequence[ReadMeasure]], place: _Place) -> bool:
    measure = marked[place.activity][place.measure]
    return measure.part_of is not None or measure.within is not None


def _mark_parts(marked: list[list[ReadMeasure]], parts: Iterable[_Place], total: _Place) -> None:
    whole = marked[total.activity][total.measure]
    for place in parts:
        part = marked[place.activity][place.measure]
        if (part.value or 0) > (whole.value or 0):
            _add(marked, total, Doubt("more_than_total", MORE_THAN_TOTAL, _both(whole, part, "part"), blocks=False))
            continue
        is_here = place.activity == total.activity
        marked[place.activity][place.measure] = replace(
            part,
            part_of=total.measure if is_here else None,
            within=None if is_here else whole.locator,
        )
        _add(marked, place, Doubt("maybe_part_of_total", MAYBE_PART, _both(part, whole, "total"), blocks=not is_here))


def _mark_twice(marked: list[list[ReadMeasure]], places: Sequence[_Place]) -> None:
    for one in places:
        other = next((place for place in places if place != one), None)
        if other:
            here, there = marked[one.activity][one.measure], marked[other.activity][other.measure]
            _add(marked, one, Doubt("said_twice", SAID_TWICE, _both(here, there, "other"), blocks=False))


def _add(marked: list[list[ReadMeasure]], place: _Place, doubt: Doubt) -> None:
    measure = marked[place.activity][place.measure]
    marked[place.activity][place.measure] = replace(measure, doubts=(*measure.doubts, doubt))


def _both(one: ReadMeasure, other: ReadMeasure, name: str) -> dict[str, str]:
    return {"surface": one.surface, name: other.surface}
