"""A thing that the office does in the demo's month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Step:
    """One thing that the office does at a time; `do` takes the campaign, who does it (`by`) and when (`at`)."""

    at: datetime
    name: str
    do: Callable[..., object]
