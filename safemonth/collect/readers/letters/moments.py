"""When: the days and periods that a letter names, and where each stands."""

import re
from dataclasses import dataclass
from datetime import date

from safemonth.lib.dates import DateSpan, find_year, read_dates

_ZH_NUMBER = r"(?:\d{1,2}|[１２３４５６７８９０]{1,2}|[一二三四五六七八九十]{1,3})"
_JOIN = r"\s*(?:至|到|-|—{1,2}|–|~|～|、|和)\s*"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_DAY = re.compile(
    rf"(?:(?:20\d\d|二[〇○零]..)年\s*)?{_ZH_NUMBER}月{_ZH_NUMBER}[日号]?"
    rf"(?:{_JOIN}(?:{_ZH_NUMBER}月)?{_ZH_NUMBER}[日号])*"
    r"|20\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d)"
    rf"|\b(?:{_MONTHS})\.?\s\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{{1,2}}(?!\d))?(?:,?\s20\d\d)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{{1,2}})?\s(?:{_MONTHS})\b(?:,?\s20\d\d)?"
)
_DAY_ALONE = re.compile(r"(?<![\d月至到\-—–~～、第])(\d{1,2})[日号](?=上午|下午|晚|，|,|在|至|[一-龥])(?!报|起)")
# A day that names a paper, a rule or a plan, and no event: 5月18日印发的, 将于6月20日, "6·16".
_OF_A_PAPER = re.compile(r"\s*(?:印发|下发|出台|发布|发出|颁布|施行|起施行)的?|.{0,4}《")
_PLANNED = re.compile(
    r"(?:将于|将在|定于|拟于|计划于|计划在|预计|will be held on|planned for|scheduled for)\s*$", re.IGNORECASE
)
_UP_TO = re.compile(r"(?:截至|截止到?|截止至|as of|up to|until)\s*$", re.IGNORECASE)
_LONGEST_EVENT = 15  # days; a longer stretch is the period of the letter, not an event


@dataclass(frozen=True)
class Moment:
    """A day or days named at [start, end) of the text; `is_end` where it only ends a running total."""

    start: int
    end: int
    span: DateSpan
    is_end: bool = False

    @property
    def is_period(self) -> bool:
        """Whether it is longer than an event lasts."""
        return (self.span.to_on - self.span.from_on).days >= _LONGEST_EVENT


def moments_of(text: str, *, year: int | None, month: int | None) -> list[Moment]:
    """Return the days that a text names for what was done, in order.

    `year` is taken where none is said; `month` (1 to 12, else the last one named before) for a day alone
    (16日上午). Days of papers (6月1日印发的…) and of plans (将于…) are left out, and days that do not exist.
    """
    found: list[Moment] = []
    for start, end, said in _days_said(text, month=month):
        before, after = text[max(0, start - 16) : start], text[end : end + 12]
        if _OF_A_PAPER.match(after) or _PLANNED.search(before) or before.endswith(("《", "〔")):
            continue
        span = read_dates(said, default_year=year, default_month=month) or _span_of_list(said, year=year)
        if span is not None:
            found.append(Moment(start, end, span, is_end=bool(_UP_TO.search(before))))
    return found


def _span_of_list(said: str, *, year: int | None) -> DateSpan | None:
    """Return the first to the last of several single days (6月8日、15日、22日), None where one does not exist."""
    parts = re.split(r"、|和", said)
    if len(parts) < 2:
        return None
    spans: list[DateSpan] = []
    lead = ""
    for part in parts:
        lead = part[: part.rindex("月") + 1] if "月" in part else lead
        span = read_dates(part if "月" in part else lead + part, default_year=year)
        if span is None:
            return None
        spans.append(span)
    first, last = min(span.from_on for span in spans), max(span.to_on for span in spans)
    return DateSpan(first, last, is_exact=False, year_said=spans[0].year_said)


def impossible_days(text: str) -> list[str]:
    """Return the days of a text that do not exist (6月31日), as it writes them."""
    leap = 2024  # A leap year: 29 February is a day of some year.
    said = [match[0] for match in _DAY.finditer(text)]
    return [words for words in said if not (read_dates(words, default_year=leap) or _span_of_list(words, year=leap))]


def _days_said(text: str, *, month: int | None) -> list[tuple[int, int, str]]:
    """Return [start, end) and the words of each day; a day alone gets the month named last before it."""
    whole = [(match.start(), match.end(), match[0]) for match in _DAY.finditer(text)]
    said = list(whole)
    named, place = str(month) if month else "", 0
    for match in _DAY_ALONE.finditer(text):
        while place < len(whole) and whole[place][0] <= match.start():
            months = re.findall(rf"({_ZH_NUMBER})月", whole[place][2])
            named = months[-1] if months else named
            place += 1
        if named and not (place and match.start() < whole[place - 1][1]):
            said.append((match.start(), match.end(), f"{named}月{match[0]}"))
    return sorted(said)


def year_of(text: str, *, default: int | None) -> int | None:
    """Return the year a letter speaks of: the campaign's, else the one that the letter names."""
    return default or find_year(text)


def last_day(moments: list[Moment], *, after: int) -> date | None:
    """Return the day of the signature: the last one named at or after a position, None where none is."""
    return next((moment.span.to_on for moment in reversed(moments) if moment.start >= after), None)


def names_days(text: str) -> bool:
    """Return whether a text names any day at all, with or without a year."""
    return _DAY.search(text) is not None
