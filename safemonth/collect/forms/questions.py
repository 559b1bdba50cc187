"""One question of a form, one group, and one remark about a form: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Types of question whose answer is the name of a file.
FILE_TYPES = frozenset({"image", "audio", "video", "file"})


@dataclass(frozen=True)
class FormNote:
    """Something that the clerk should know about a form, and that does not stop it.

    `code` is stable; `sentence` is English with `%(name)s` places, marked by `gettext_noop`; `params` fills them.
    """

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question (or calculation) of a form.

    `path` is absolute in the XForm, without prefixes: `/data/hazards/photo`. `type` is one of text, integer, decimal, date,
    time, datetime, geopoint, geotrace, geoshape, select_one, select_multiple, rank, image, audio, video,
    file, barcode, boolean, acknowledge, note, calculate (no control, has a formula), metadata (filled by the
    device) and hidden (no control, no formula). `labels` maps a language (`zh`, `en`, another code, or
    empty where the form names none) to text. `meaning` is a word of `meanings`, or empty. `repeat` is
    the path of the innermost repeat around it, or empty. `required`, `relevant`, `constraint` and
    `calculate` are XPath as in the XForm, or empty. `choices` are the values offered where the form itself lists them, else None;
    `choices_file` is the name of the list beside the form (`units.csv`), or empty.
    """

    path: str
    name: str
    type: str
    labels: Mapping[str, str]
    meaning: str = ""
    repeat: str = ""
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] | None = None
    choices_file: str = ""
    choice_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    calculate: str = ""

    def label(self, language: str) -> str:
        """The label in a language, or else in the form's first, or else the question's name."""
        return self.labels.get(language) or next(iter(self.labels.values()), "") or self.name

    @property
    def is_file(self) -> bool:
        """Whether its answer is the name of a file that is sent beside the answers."""
        return self.type in FILE_TYPES

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it (not a note, a calculation, or what the device fills in)."""
        return self.type not in ("note", "calculate", "metadata", "hidden")


@dataclass(frozen=True)
class Section:
    """A group or repeat: its path, labels, when it is asked (XPath or empty), and whether it repeats."""

    path: str
    labels: Mapping[str, str]
    relevant: str = ""
    is_repeat: bool = False
