"""Which reported events look like one and the same (docs/figures/checks.md)."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import combinations

from safemonth.lib.intervals import Number
from safemonth.verify.checks.claims import Event

# A key that more events of a day and kind share tells none of them from the others.
LARGEST_BUCKET = 40
# Longer events are compared by their first days only.
LONGEST_EVENT = timedelta(days=3)
LIKELY = 0.5
NEAR_TITLE = 0.75
# Same day and kind are required and score nothing. Chosen so that no single agreement but equal figures of many
# indicators or a shared host with a near title is enough.
WEIGHTS = {
    "same_host": 0.3,
    "shared_units": 0.2,
    "same_place": 0.25,
    "near_title": 0.2,
    "equal_figures": 0.4,
    "one_equal_figure": 0.15,
    "other_place": -0.3,
    "other_number_in_title": -0.4,
    "other_figures": -0.25,
}
_numbers = re.compile(r"\d+|第?[一二三四五六七八九十]+(?=[场期次批站])")
_not_words = re.compile(r"\W+")


@dataclass(frozen=True)
class LikelyDouble:
    """Two events that look like one: their ids (smaller first), a score (0.5 to 1.35) and the reasons for and against.

    Reasons are keys of WEIGHTS; the score is the sum of their weights.
    """

    activity_ids: tuple[int, int]
    score: float
    reasons: tuple[str, ...]


def likely_doubles(events: Iterable[Event]) -> list[LikelyDouble]:
    """Return the pairs of events that are likely one, best first.

    Only events of the same kind with a day in common are compared, lines of counts only with lines of the same
    host and the same days. Pairs that a person has already decided (`duplicate_of`) are left out. Twenty
    thousand events take less than two seconds, since only those are compared that share a unit, a place or
    their two largest figures.
    """
    known = {event.activity_id: event for event in events if event.duplicate_of is None}
    found = []
    for one, other in sorted(_candidates(known.values())):
        reasons = _reasons(known[one], known[other])
        score = round(sum(WEIGHTS[reason] for reason in reasons), 2)
        if score >= LIKELY:
            found.append(LikelyDouble((one, other), score, reasons))
    return sorted(found, key=lambda double: (-double.score, double.activity_ids))


def _candidates(events: Iterable[Event]) -> set[tuple[int, int]]:
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for event in events:
        for key in _keys(event):
            buckets[key].append(event.activity_id)
    return {
        (min(pair), max(pair))
        for members in buckets.values()
        if 1 < len(members) <= LARGEST_BUCKET
        for pair in combinations(members, 2)
    }


def _keys(event: Event) -> Iterator[Hashable]:
    """Yield what two events must share, in at least one, to be compared."""
    if event.is_report_line:
        yield "line", event.host, event.from_on, event.to_on
        return
    largest = sorted(((value, counts) for counts, value in event.values.items() if value), reverse=True)[:2]
    for day in _days(event):
        for unit in event.units | {event.host}:
            yield event.kind, day, "unit", unit
        if event.place:
            yield event.kind, day, "place", _words(event.place)
        if len(largest) == 2:
            yield event.kind, day, "figures", tuple(largest)


def _days(event: Event) -> Iterator[date | None]:
    if event.from_on is None:
        return
    last = min(event.to_on or event.from_on, event.from_on + LONGEST_EVENT)
    for day in range((last - event.from_on).days + 1):
        yield event.from_on + timedelta(days=day)


def _reasons(one: Event, other: Event) -> tuple[str, ...]:
    reasons = []
    if one.host == other.host:
        reasons.append("same_host")
    if (one.units | {one.host}) & (other.units | {other.host}) - ({one.host} & {other.host}):
        reasons.append("shared_units")
    if one.place and other.place:
        reasons.append("same_place" if _is_near_place(one.place, other.place) else "other_place")
    if _numbers.findall(one.title) != _numbers.findall(other.title):
        reasons.append("other_number_in_title")
    elif _words(one.title) and _nearness(_words(one.title), _words(other.title)) >= NEAR_TITLE:
        reasons.append("near_title")
    reasons.extend(_of_figures(one, other))
    return tuple(reasons)


def _of_figures(one: Event, other: Event) -> Iterator[str]:
    common: list[tuple[Number, Number]] = [
        (value, other.values[counts]) for counts, value in one.values.items() if value and other.values.get(counts)
    ]
    equal = sum(1 for value, theirs in common if value == theirs)
    if equal >= 2 and equal * 2 > len(common):
        yield "equal_figures"
    elif equal:
        yield "one_equal_figure"
    elif common:
        yield "other_figures"


def _is_near_place(one: str, other: str) -> bool:
    one, other = _words(one), _words(other)
    return one in other or other in one


def _words(text: str) -> str:
    return _not_words.sub("", text).casefold()


def _nearness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick ratio is an upper bound, and most pairs end here.
    return matcher.ratio() if matcher.quick_ratio() >= NEAR_TITLE else 0.0
