"""What a reader is told about the office before it reads: names, meanings learned, the month."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from safemonth.collect.forms.design import FormDesign
from safemonth.lib.indicators import IndicatorName, load_indicators


@dataclass(frozen=True)
class Known:
    """The context of reading; every part may be empty, and then less is certain.

    `headings`: remembered answers, normalised heading -> indicator code or a meaning (`unit`, `date`,
    `ignore`, ...). `unit_names`: every known name of a unit -> code (a name of several units: the first).
    `sender`: the name of the unit that sent the file. `lexicon_path`: a clerk's additions to the
    prose lexicon. `form` is the version of the office's form that a filled form was made with,
    `choices` what may be chosen from each of its lists, `received_at` when it came (what `today()` means in it).
    """

    indicators: Mapping[str, IndicatorName] = field(default_factory=load_indicators)
    headings: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    from_on: date | None = None
    to_on: date | None = None
    sender: str = ""
    lexicon_path: Path | None = None
    form: FormDesign | None = None
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)
    received_at: datetime | None = None
