"""Plain decisions about activities: what kind one is, and which known one it may be a double of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher

# Words in a title that say what kind of activity it is; the first that fits. Chinese and English.
KIND_WORDS: tuple[tuple[str, str], ...] = (
    (r"咨询日|宣传咨询|咨询活动|consult", "consulting_day"),
    (r"送法下乡|law to the countryside", "law_to_countryside"),
    (r"督查|督导|supervis", "supervision"),
    (r"演练|drill|evacuation", "drill"),
    (r"宣传车|巡回宣传|vehicle", "vehicle_tour"),
    (r"整治|整改|打非治违|rectif|crackdown", "rectification"),
    (r"检查|排查|执法|inspect", "inspection"),
    (r"培训|training", "training"),
    (r"讲座|宣讲|大讲堂|公开课|lecture|seminar", "lecture"),
    (r"动员会|会议|推进会|meeting", "meeting"),
    (r"电视|报纸|专版|署名文章|电台|媒体|短信|newspaper|television|media", "media"),
    (r"宣传|横幅|标语|publicity|leaflet", "publicity"),
)


def kind_of_title(title: str) -> str:
    """Return the kind that an activity's title names; `other` where none is named."""
    for words, kind in KIND_WORDS:
        if re.search(words, title, re.IGNORECASE):
            return kind
    return "other"


@dataclass(frozen=True)
class EventFacts:
    """What is compared between two activities: who, what, when, where and how many."""

    units: frozenset[str]
    kind: str
    title: str
    place: str
    from_on: date | None
    to_on: date | None
    is_report_line: bool
    task: str = ""
    is_to_date: bool = False
    is_one_event: bool = False
    values: Mapping[tuple[str, str], int] = field(default_factory=dict)


class EventIndex:
    """Known activities, kept so that the few that a new one may be a double of are found at once.

    Lines of counts are kept by unit, events by kind and day (an event of several days under each of
    them, up to `LONGEST_EVENT_DAYS`).
    """

    def __init__(self, known: Iterable[tuple[int, EventFacts]] = ()) -> None:
        self._lines: dict[str, list[tuple[int, EventFacts]]] = defaultdict(list)
        self._events: dict[tuple[str, date], list[tuple[int, EventFacts]]] = defaultdict(list)
        for identity, facts in known:
            self.add(identity, facts)

    def add(self, identity: int, facts: EventFacts) -> None:
        """Add one activity."""
        if facts.is_report_line:
            for unit in facts.units:
                self._lines[unit].append((identity, facts))
        else:
            for day in _days_of(facts):
                self._events[facts.kind, day].append((identity, facts))

    def near(self, facts: EventFacts) -> list[tuple[int, EventFacts]]:
        """Return those that `facts` must be compared with, each once."""
        if facts.is_report_line:
            found = [pair for unit in facts.units for pair in self._lines[unit]]
        else:
            found = [pair for day in _days_of(facts) for pair in self._events[facts.kind, day]]
        return list(dict(found).items())


# Significant digits that equal figures must have together, as for identical returns (docs/figures/checks.md).
TELLING_DIGITS = 5
# A "whole month" activity would stand under every day; its first two weeks are enough to meet it.
LONGEST_EVENT_DAYS = 14


def _days_of(facts: EventFacts) -> list[date]:
    if facts.from_on is None:
        return []
    days = min(((facts.to_on or facts.from_on) - facts.from_on).days + 1, LONGEST_EVENT_DAYS)
    return [facts.from_on + timedelta(days=day) for day in range(days)]


def likely_double(new: EventFacts, known: Iterable[tuple[int, EventFacts]]) -> tuple[int, tuple[str, ...]] | None:
    """Return the known activity that `new` looks most like, with the reasons, or None.

    An event is compared with events of the same kind on overlapping days: it is a likely double where
    they share a unit (in two places: only under one title), or have two equal figures, or where place and
    title are near. A unit's line of counts is compared with the same unit's lines for overlapping days: a second line is a
    correction, a running total or a double, and only a person can say which.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    for identity, other in known:
        reasons = _reasons(new, other)
        if reasons and (best is None or len(reasons) > best[0]):
            best = (len(reasons), identity, reasons)
    return best[1:] if best else None


def _reasons(new: EventFacts, other: EventFacts) -> tuple[str, ...]:
    if new.is_report_line != other.is_report_line:
        return ()
    shared_units = new.units & other.units
    # Whoever reports a joint event puts its numbers down as their own, so whose they are is not compared.
    equal = _said(new) & _said(other)
    equal_values = len(equal)
    # Two banners and five slogans are equal by chance; 86 businesses and 213 hazards are not.
    is_telling = equal_values >= 2 and sum(len(str(value).rstrip("0")) for _, value in equal) >= TELLING_DIGITS
    if new.is_report_line:
        if not shared_units or not _days_overlap(new, other, unknown=True):
            return ()
        if new.task and other.task and new.task != other.task:
            return ()  # Counts for another task.
        if new.is_to_date and other.is_to_date and new.to_on != other.to_on:
            return ()  # A later running total takes the place of an earlier one by itself.
        if not new.values.keys() & other.values.keys():
            return ()  # The unit counts something else here: a second sheet, not a second answer.
        return ("same_unit", "same_period", *(("equal_figures",) if equal_values else ()))
    if new.kind != other.kind or not _days_overlap(new, other, unknown=False):
        return ()
    reasons = []
    if new.task and new.task == other.task and new.is_one_event:
        reasons.append("same_event")
    if shared_units:
        reasons.append("same_unit")
    if is_telling:
        reasons.append("equal_figures")
    if new.place and other.place and (new.place in other.place or other.place in new.place):
        reasons.append("same_place")
    if new.title and other.title and SequenceMatcher(None, new.title, other.title).ratio() >= 0.75:
        reasons.append("near_title")
    # Two lectures of one unit in two places are two; so are the six villages that its vehicle stops in, all under one
    # title. Other events of one title on one day may be one event told twice.
    is_elsewhere = bool(new.place and other.place) and "same_place" not in reasons
    is_apart = is_elsewhere and (new.title != other.title or new.kind == "vehicle_tour")
    enough = (
        "same_event" in reasons
        or ("same_unit" in reasons and not is_apart)
        or "equal_figures" in reasons
        or {"same_place", "near_title"} <= set(reasons)
    )
    return ("same_day", "same_kind", *reasons) if enough else ()


def _said(facts: EventFacts) -> set[tuple[str, int]]:
    return {(indicator, value) for (indicator, _), value in facts.values.items() if value}


def _days_overlap(one: EventFacts, other: EventFacts, *, unknown: bool) -> bool:
    """Whether two stretches of days meet; `unknown` is the answer where either has no date."""
    if one.from_on is None or other.from_on is None:
        return unknown
    return one.from_on <= (other.to_on or other.from_on) and other.from_on <= (one.to_on or one.from_on)
