"""Plain decisions about placements in the media: how far one has come, what is due, and what it counts as."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

State = Literal["planned", "due_soon", "overdue", "made", "made_late", "proven", "proven_late", "called_off"]

# A slot in a county paper or station is settled a week ahead.
SOON_DAYS = 7

# What one placement of a kind counts under, and by which measure word. Indicators: plan/data/indicators.csv. A line of
# subtitles is no report and no film, so it goes under "other" with its heading, and is in no published figure.
COUNTED_AS: dict[str, tuple[str, str]] = {
    "speech": ("media_reports", "篇"),
    "interview": ("media_reports", "篇"),
    "special_edition": ("media_reports", "篇"),
    "signed_article": ("media_reports", "篇"),
    "report": ("media_reports", "篇"),
    "radio": ("media_reports", "条"),
    "social_media": ("media_reports", "条"),
    "film": ("films_shown", "场次"),
    "screen": ("electronic_screens", "块"),
    "subtitles": ("other_count", "次"),
}
# These count each showing (screen); the others count once, however often they were repeated.
COUNTED_BY_TIMES = frozenset({"film", "screen", "subtitles"})
# What is measured by length, and what by area; the others by neither.
WITH_LENGTH = frozenset({"speech", "interview", "film", "radio", "subtitles", "screen"})
WITH_AREA = frozenset({"special_edition", "signed_article", "report"})


@dataclass(frozen=True)
class PlacementFacts:
    """What the state of a placement depends on; `is_before`: due before that day, not on it."""

    due_on: date | None
    is_before: bool
    made_on: date | None
    is_proven: bool
    is_called_off: bool = False


def last_day(due_on: date, *, is_before: bool) -> date:
    """Return the last day on which a thing is in time: "before 1 June" is 31 May, "by 1 June" 1 June."""
    return due_on - timedelta(days=1) if is_before else due_on


def state_of(facts: PlacementFacts, *, today: date) -> State:
    """Return how far a placement has come.

    What has no day due is never late. What was made after its last day stays late, proven or not: the plan asked for
    it before.
    """
    if facts.is_called_off:
        return "called_off"
    last = last_day(facts.due_on, is_before=facts.is_before) if facts.due_on else None
    if facts.made_on is not None:
        is_late = last is not None and facts.made_on > last
        if facts.is_proven:
            return "proven_late" if is_late else "proven"
        return "made_late" if is_late else "made"
    if last is None:
        return "planned"
    if today > last:
        return "overdue"
    return "due_soon" if last - today <= timedelta(days=SOON_DAYS) else "planned"


def days_left(facts: PlacementFacts, *, today: date) -> int | None:
    """Return how many days are left (0: today is the last; below zero: overdue); None where nothing is due or it is done."""
    if facts.due_on is None or facts.made_on is not None or facts.is_called_off:
        return None
    return (last_day(facts.due_on, is_before=facts.is_before) - today).days


@dataclass(frozen=True)
class Counted:
    """One number that a placement that was made adds: `basis` as measures have it."""

    indicator: str
    value: int
    basis: str
    measure_word: str
    heading: str


def counts_of(
    *, kind: str, kind_name: str, times: int, example: str, audience: int | None, claimed_by: str
) -> list[Counted]:
    """Return what a placement of `kind` counts as, once made; `times` (>= 1) is how often it was shown, or on how many screens.

    A bad example made public is also a case exposed. The audience of social media is a number online (person-times),
    under the name of who claims it; that of papers and stations has no indicator, and is kept with the placement only.
    """
    indicator, word = COUNTED_AS[kind]
    counts = [
        Counted(
            indicator=indicator,
            value=times if kind in COUNTED_BY_TIMES else 1,
            basis="events" if indicator == "films_shown" else "things",
            measure_word=word,
            heading=kind_name,
        )
    ]
    if example == "bad":
        counts.append(Counted("cases_exposed", 1, "things", "起", kind_name))
    if kind == "social_media" and audience:
        counts.append(Counted("online_audience", audience, "person_times", "人次", claimed_by))
    return counts
