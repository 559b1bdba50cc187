"""What a reader is told about the office before it reads: names, meanings learned, the month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from safemonth.lib.indicators import IndicatorName, load_indicators


@dataclass(frozen=True)
class Known:
    """The context of reading; every part may be empty, and then less is certain.

    `headings`: remembered answers, normalised heading -> indicator code or a meaning (`unit`, `date`,
    `ignore`, ...). `unit_names`: every known name of a unit -> code (a name of several units: the first).
    `sender`: the name of the unit that sent the file. `lexicon_path`: a clerk's additions to the
    prose lexicon.
    """

    indicators: Mapping[str, IndicatorName] = field(default_factory=load_indicators)
    headings: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    from_on: date | None = None
    to_on: date | None = None
    sender: str = ""
    lexicon_path: Path | None = None
