"""Marks around a figure's words while a template is filled: signs that no text has, resolved in the Word file."""

import re
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["typed", "figure", "share"]

# Signs of Unicode's private use area, which XML allows and which are taken out of all that comes in.
_opening: dict[Kind, str] = {"figure": "\ue000", "share": "\ue001"}
_separator, _closing, SOURCES_MARK = "\ue002", "\ue003", "\ue004"
_marked = re.compile(rf"([\ue000\ue001])(\d+){_separator}([^{_closing}]*){_closing}")
_reserved = re.compile("[\ue000-\ue004]")
# Characters that docxtpl or XML would take for more than text.
_control = re.compile("[\x00-\x1f]")


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: `typed` by the clerk, or the words of figure number `number` (a count or a share)."""

    kind: Kind
    text: str
    number: int = -1


def mark(kind: Kind, number: int, text: str) -> str:
    """Return the words of figure `number`, marked."""
    return f"{_opening[kind]}{number}{_separator}{_control.sub(' ', text)}{_closing}"


def pieces_of(text: str) -> list[Piece]:
    """Return the text's pieces in order; joined, their texts are the text without marks."""
    pieces, at = [], 0
    for found in _marked.finditer(text):
        if found.start() > at:
            pieces.append(Piece("typed", text[at : found.start()]))
        kind: Kind = "figure" if found[1] == _opening["figure"] else "share"
        pieces.append(Piece(kind, found[3], int(found[2])))
        at = found.end()
    if at < len(text):
        pieces.append(Piece("typed", text[at:]))
    return pieces


def has_marks(text: str) -> bool:
    """Return whether the text holds a mark."""
    return bool(_reserved.search(text))


def without_marks(thing: Any) -> Any:
    """Return facts (dicts, lists and texts inside each other) with the marks' signs taken out of every text."""
    if isinstance(thing, str):
        return _reserved.sub("", thing)
    if isinstance(thing, dict):
        return {name: without_marks(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [without_marks(item) for item in thing]
    return thing
