"""How a letter falls into passages: each tells one event, or sums up a period, or a running total."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from safemonth.collect.readers.letters.happenings import kind_of, place_of
from safemonth.collect.readers.letters.moments import Moment
from safemonth.collect.readers.letters.sender import UnitNames
from safemonth.collect.readers.letters.sentences import Stretch, is_heading

Tells = Literal["event", "period", "to_date"]

_ALL = "全(?:镇|乡|县|市|区|局|系统|院|校|厂|矿|公司|街道|村|社区|行业|辖区|域|办|委|所|站|队)"
# What sums up the month: said of the whole unit or the whole time.
_PERIOD = re.compile(
    rf"{_ALL}(?:上下)?(?:范围内|各单位)?(?:共|累计|总共|合计|已)|据不完全统计|据统计|经统计|(?:安全)?(?:生产)?活?动?月(?:活动)?(?:期间|以来|中)|"
    r"(?:整个|本次|此次)?活动(?:期间|开展以来|以来)|自活动|(?:本|当|全|六|6)月份?(?:内|以来)?[，,共我全累]|一个月来|总计|合计|"
    r"during the (?:month|campaign|period|whole month)|"
    r"over the (?:month|whole month)|throughout the month|in total|altogether",
    re.IGNORECASE,
)
# 活动期间 after an event in the same paragraph, with no word for the whole, may still mean that day.
_MAY_BE_THE_DAY = re.compile(r"(?:本次|此次)?活动(?:期间|中)")
_TO_DATE = re.compile(
    r"(?:截至|截止)(?:到|至)?|今年以来|年初以来|上半年|1-6月|1至6月|"
    r"迄今|到目前为止|目前[，,]?(?:已|共|全)|to date|so far|as of|since january",
    re.IGNORECASE,
)
_OF_THE_YEAR = re.compile(r"今年以来|年初以来|上半年|1-6月|1至6月|since january", re.IGNORECASE)
_BACK = re.compile(
    r"(?:活动)?(?:当天|当日|现场|活动现场)|活动中|"
    r"(?:此次|本次)(?:活动|咨询|检查|演练|培训)(?!期间|以来)|on the day|that day"
)
_BESIDES = re.compile(r"(?:同时|此外|另外|另|与此同时|还|除此之外)[，,]?|in addition|also|besides", re.IGNORECASE)
_OWN_KINDS = frozenset(
    (
        "drill",
        "inspection",
        "training",
        "lecture",
        "rectification",
        "supervision",
        "law_to_countryside",
        "consulting_day",
    )
)
_HELD = re.compile(r"举办|举行|召开|组织|开展|参加|设(?:立|置)?|was held|took place|held")
_PLANNED = re.compile(r"将于|将在|拟|计划|预计|定于|要求|必须|应当|请|will |plan", re.IGNORECASE)
_SEVERAL = re.compile(
    r"各(?:村|单位|企业|部门|学校|科室)|多次|分别|先后|深入|陆续|每|\d+(?:余|多)?(?:场|次|期)|[两二三四五六七八九十]+(?:场|次|期)"
)
_SPEAKER = re.compile(r"[，,\s]*(?:由|同时[，,]|此外[，,]|其中[，,])?")
_SHORTEST_PIECE = 12
_COUNTED = re.compile(r"\d[\d,.]*[万千百余多]*(?![\d月日号年,.万千百余多])[^\s，。]")
_NOT_A_SPEAKER = re.compile(r"[、和与及]")


@dataclass
class Passage:
    """A run of text [start, end) that tells one thing, in `pieces` that need not touch.

    `by` is a known unit that the passage makes its subject ("" where it is the letter's own). An event has
    `from_on`, `to_on` where the letter says a day; a running total has `to_on` where it says one. `is_exact_day` is
    false for several single days. `is_share`: it tells what one body did at the event told before. `is_sum`: it
    gives totals in words (共, 据不完全统计), and is not a section that counts one thing after another.
    `may_be_month`: 活动期间 stood in it, which can mean the event or the month. `of_the_year`: it counts from
    January and not from the month's begin.
    """

    tells: Tells
    start: int
    end: int
    kind: str = "other"
    from_on: date | None = None
    to_on: date | None = None
    by: str = ""
    is_sum: bool = False
    may_be_month: bool = False
    of_the_year: bool = False
    is_exact_day: bool = True
    is_share: bool = False
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """Take in one more piece of text."""
        self.pieces.append((start, end))
        self.end = max(self.end, end)

    def words(self, text: str) -> str:
        """Return the text of the pieces."""
        return "\n".join(text[start:end].strip() for start, end in _joined(self.pieces))

    def is_told(self, text: str) -> bool:
        """Whether it tells an event that took place: a day, a known kind, a word for holding it, nothing planned."""
        said = text[slice(*self.pieces[0])]
        return (
            self.tells == "event"
            and self.from_on is not None
            and self.kind not in ("other", "publicity")
            and bool(_HELD.search(said))
            and not self.is_share
            and not _PLANNED.search(said)
        )


def passages_of(
    text: str, *, lines: list[Stretch], sentences: list[Stretch], moments: list[Moment], names: UnitNames, own_code: str
) -> list[Passage]:
    """Return the passages of a letter's body in order of their first words.

    `lines` are those to read (without title and signature); `own_code` is the code of the letter's unit. A passage
    begins at a new day, at a word that sums up, at another unit as the subject, at a heading, and at a
    paragraph that says neither; 当天, 现场 and what follows without a mark belong to the passage before.
    """
    walker = _Walker(text, moments=moments, names=names, own_code=own_code)
    for line in lines:
        walker.begin_line()
        first = bisect_left(sentences, line.start, key=_start)
        for sentence in sentences[first : bisect_left(sentences, line.end, key=_start)]:
            for start, end in walker.cut(sentence):
                walker.take(start, end)
        walker.end_line(line)
    return walker.passages


class _Walker:
    """Goes through the pieces of the text and gives each to a passage."""

    def __init__(self, text: str, *, moments: list[Moment], names: UnitNames, own_code: str) -> None:
        self._text, self._moments, self._names, self._own_code = text, moments, names, own_code
        self.passages: list[Passage] = []
        self._current: Passage | None = None
        self._is_first_of_line = True
        self._after_heading = False

    def begin_line(self) -> None:
        self._is_first_of_line = True

    def end_line(self, line: Stretch) -> None:
        self._after_heading = is_heading(self._text[line.start : line.end])

    def cut(self, sentence: Stretch) -> list[tuple[int, int]]:
        """Return the pieces of a sentence: it is cut before each day, sum word and 其中-less semicolon clause."""
        said = self._text[sentence.start : sentence.end]
        cuts = {0}
        for moment in self._named(sentence.start, sentence.end):
            if moment.start > sentence.start and not moment.is_end:
                cuts.add(_clause_start(said, moment.start - sentence.start))
        for pattern in (_PERIOD, _TO_DATE):
            cuts |= {_clause_start(said, match.start()) for match in pattern.finditer(said)}
        cuts |= {match.end() for match in re.finditer(r"[；;]", said) if match.end() < len(said)}
        edges = [0]
        for cut in sorted(cuts):
            # 截至目前，| 全乡累计: what opens a piece must have something to open.
            if cut and (cut - edges[-1] > _SHORTEST_PIECE or _COUNTED.search(said[edges[-1] : cut])):
                edges.append(cut)
        edges.append(len(said))
        return [(sentence.start + start, sentence.start + end) for start, end in pairwise(edges) if end > start]

    def take(self, start: int, end: int) -> None:
        """Give one piece to the passage that it belongs to."""
        said = self._text[start:end]
        named = self._named(start, end)
        day = next((moment for moment in named if not moment.is_end), None)
        until = next((moment for moment in named if moment.is_end), None)
        by = self._speaker(start, end)
        opened = self._opened(said, day=day, until=until, by=by)
        if opened is not None:
            opened.start, opened.end = start, end
            if not self._goes_on_with(opened):
                self.passages.append(opened)
                self._current = opened
        assert self._current is not None
        self._current.add(start, end)
        self._is_first_of_line = False

    def _opened(self, said: str, *, day: Moment | None, until: Moment | None, by: str) -> Passage | None:
        """Return the passage that a piece opens, None where it goes on with the one before."""
        kind, current = kind_of(said), self._current
        if until is not None or (_TO_DATE.search(said) and (day is None or _OF_THE_YEAR.search(said))):
            ends = until.span.to_on if until else None
            return Passage("to_date", 0, 0, kind, None, ends, by, of_the_year=bool(_OF_THE_YEAR.search(said)))
        if day is not None and not day.is_period:
            return Passage("event", 0, 0, kind, day.span.from_on, day.span.to_on, by, is_exact_day=day.span.is_exact)
        if (day is not None and day.is_period) or _PERIOD.search(said):
            is_event_before = current is not None and current.tells == "event" and not self._is_first_of_line
            if is_event_before and _only_says_activity(said):
                current.may_be_month = True  # type: ignore[union-attr]
                return None
            return Passage("period", 0, 0, kind, by=by, is_sum=True)
        if by and (current is None or by != current.by):
            if current is not None and current.tells == "event":
                # After the event as a whole comes what each body did at it.
                return replace(current, by=by, is_share=True, pieces=[])
            return Passage("period", 0, 0, kind, by=by)
        if current is not None and (_BACK.match(said) or not self._is_first_of_line or self._after_heading):
            is_another = kind in _OWN_KINDS and kind != current.kind and current.tells == "event"
            if not (is_another and _BESIDES.match(said) and _HELD.search(said)):
                return None
        # A paragraph of its own that names no day: one event where it was held at a place, else a section.
        if place_of(said) and _HELD.search(said) and kind in _OWN_KINDS and not _SEVERAL.search(said):
            return Passage("event", 0, 0, kind, by=by)
        return Passage("period", 0, 0, kind, by=by)

    def _goes_on_with(self, opened: Passage) -> bool:
        """Whether an opened passage is the current one said on: same day and kind, or the same sort of sum."""
        current = self._current
        if current is None or current.tells != opened.tells or current.by != opened.by:
            return False
        if opened.tells == "event":
            same_day = opened.from_on is not None and (current.from_on, current.to_on) == (opened.from_on, opened.to_on)
            same_kind = opened.kind in (current.kind, "other", "publicity") or current.kind in ("other", "publicity")
            if same_day and same_kind and current.kind in ("other", "publicity"):
                current.kind = opened.kind if opened.kind != "other" else current.kind
            return same_day and same_kind
        if opened.tells == "period":
            return current.is_sum == opened.is_sum
        return (current.to_on, current.of_the_year) == (opened.to_on, opened.of_the_year)

    def _named(self, start: int, end: int) -> list[Moment]:
        """Return the days named in [start, end)."""
        first = bisect_left(self._moments, start, key=_start)
        return self._moments[first : bisect_left(self._moments, end, key=_start)]

    def _speaker(self, start: int, end: int) -> str:
        """Return the known unit that a piece makes its subject, where it is not the letter's own; else ""."""
        said = self._text[start:end]
        day = next(iter(self._named(start, end)), None)
        starts = [0] if day is None else [0, day.end - start]
        for offset in starts:
            skipped = _SPEAKER.match(said, max(offset, 0))
            rest = said[skipped.end() if skipped else offset :]
            rest = re.sub(r"^(?:上午|下午|晚|起)?[，,]?", "", rest)
            name = self._names.at_start(rest)
            if name and not _NOT_A_SPEAKER.match(rest[len(name) :]):
                code = self._names.code(name)
                return "" if code == self._own_code else name
        return ""


def _start(place: Stretch | Moment) -> int:
    return place.start


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pieces with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _only_says_activity(said: str) -> bool:
    match = _PERIOD.search(said)
    return bool(match and _MAY_BE_THE_DAY.fullmatch(match[0]) and not _PERIOD.search(said, match.end()))


def _clause_start(said: str, position: int) -> int:
    """Return where the clause that holds a position begins: after the comma before it, or the position itself."""
    before = max(said.rfind(mark, 0, position) for mark in "，,；;、")
    return before + 1 if before >= 0 and position - before <= 8 else (0 if position <= 8 else position)
