"""What a unit sends: its name, sender, time and bytes, and what a good intake should do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from safemonth.demo.truth import CHINA_TIME

Channel = Literal["sheet", "letter", "web"]


@dataclass(frozen=True)
class Draft:
    """A file before it is written: `sender` is a unit code; `returns_for` are the units whose month it completes.

    `expect` says what a good intake does, each a word or `word:detail`: `accept` (all that is not held),
    `hold:duplicate`, `hold:impossible`, `hold:negative`, `hold:other-unit`, `hold:outside-month`,
    `hold:unknown-unit`, `hold:running-total` (a later count to date beside an earlier one), `caution:printed`
    (more given out than printed), `ask:heading`, `skip:total-row`, `nil`, `late`, `same-bytes`,
    `correction:NAME` (of that file). `task` is the plan's task that it was asked for under (empty: not
    said). `note` says in English what is special about it.
    """

    name: str
    channel: Channel
    sender: str
    received_at: datetime
    content: bytes
    note: str
    expect: tuple[str, ...] = ("accept",)
    returns_for: tuple[str, ...] = ()
    task: str = ""


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of the demo's year in China time."""
    return datetime(2019, month, day, hour, minute, tzinfo=CHINA_TIME)


def in_order_of_arrival(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts by the time at which they were received; those of one minute by name."""
    return sorted(drafts, key=lambda draft: (draft.received_at, draft.name))
