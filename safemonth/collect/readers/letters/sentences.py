"""Sentences and lines of a letter, by their place in its text."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# A full stop between Latin letters ends an English sentence only before a space; 3.5 and No. stay whole.
_SENTENCE = re.compile(r"(?:[^。！？!?\n.]|\.(?!\s|$))+(?:[。！？!?.]+[”』）)]*)?|[。！？!?.]+")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)](?!\d)|第[一二三四五六七八九十]+[章条、，]|[IVX]+\.)"
)
# A heading names its section; longer lines or lines with a sentence end tell something.
_LONGEST_HEADING = 45


@dataclass(frozen=True)
class Stretch:
    """A sentence or line: its number from 1 and its characters [start, end), blanks around it left out."""

    number: int
    start: int
    end: int


def sentences_of(text: str) -> list[Stretch]:
    """Return the sentences in order; the end of a line ends one too."""
    return _stretches(_SENTENCE.finditer(text))


def lines_of(text: str) -> list[Stretch]:
    """Return the lines that are not blank, in order."""
    return _stretches(re.finditer(r"[^\n]+", text))


def at(stretches: list[Stretch], position: int) -> Stretch:
    """Return the stretch that holds a position, or else the last before it; `stretches` must not be empty."""
    return stretches[max(bisect_right(stretches, position, key=lambda stretch: stretch.start) - 1, 0)]


def is_heading(line: str) -> bool:
    """Return whether a line is a numbered heading without a sentence of its own (二、开展宣传活动)."""
    return bool(_HEADING.match(line)) and len(line.strip()) <= _LONGEST_HEADING and "。" not in line.strip()[:-1]


def _stretches(matches: Iterable[re.Match[str]]) -> list[Stretch]:
    found: list[Stretch] = []
    for match in matches:
        said = match[0].strip()
        if said:
            start = match.start() + match[0].index(said[0])
            found.append(Stretch(len(found) + 1, start, start + len(said)))
    return found
