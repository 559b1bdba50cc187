"""Versions of one inspection beside each other, a line for each thing that they say. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from safemonth.lib.refusals import gettext_noop

# What is compared, as people call it; hazards and items follow.
_LINES = (
    ("workplace", gettext_noop("Workplace")),
    ("unit", gettext_noop("Inspecting unit")),
    ("started_at", gettext_noop("Began")),
    ("ended_at", gettext_noop("Ended")),
    ("inspectors", gettext_noop("Inspectors")),
    ("who", gettext_noop("Who they are")),
    ("certificates_shown", gettext_noop("Certificates shown")),
    ("signed_how", gettext_noop("The workplace's side")),
    ("notes", gettext_noop("Notes")),
)
_OF_A_HAZARD = ("text", "grade", "spot", "basis", "on_the_spot", "deadline_on", "measure", "responsible")


@dataclass(frozen=True)
class Line:
    """One thing said: its name (English, to be translated, or empty for a hazard) and what each version says, in order.

    `hazard` is its text where the line is a hazard's. `differs`: they do not all say the same.
    """

    name: str
    said: tuple[str, ...]
    differs: bool
    hazard: str = ""


def compared(versions: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return the lines of versions as read (`reading.read_inspection`); a thing that none says has no line.

    A hazard that a version leaves out is empty there.
    """
    lines = []
    for word, name in _LINES:
        said = tuple(_text(version.get(word)) for version in versions)
        if any(said):
            lines.append(Line(name, said, len(set(said)) > 1))
    by_version = [{hazard["key"]: hazard for hazard in version.get("hazards", ())} for version in versions]
    for key in dict.fromkeys(key for hazards in by_version for key in hazards):
        said = tuple(_hazard(hazards.get(key)) for hazards in by_version)
        first = next(hazards[key] for hazards in by_version if key in hazards)
        lines.append(Line("", said, len(set(said)) > 1, hazard=str(first["text"])))
    return lines


def _hazard(hazard: Mapping[str, Any] | None) -> str:
    return " · ".join(_text(hazard[word]) for word in _OF_A_HAZARD if hazard[word] not in ("", None)) if hazard else ""


def _text(value: object) -> str:
    if isinstance(value, list):
        return "，".join(map(str, value))
    if isinstance(value, bool):
        return "✓" if value else "✗"
    text = "" if value is None else str(value)
    return f"{text[:10]} {text[11:16]}" if len(text) > 18 and text[10:11] == "T" else text
