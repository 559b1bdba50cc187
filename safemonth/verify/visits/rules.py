"""Plain decisions about visits: what a finding supports, and which visits an estimate may use."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["counted", "seen", "documented", "not_found"]


@dataclass(frozen=True)
class Compared:
    """One claimed number and what was found of it: `claimed` and `found` >= 0, and how it was found."""

    measure: int
    claimed: int
    found: int
    how: How

    @property
    def is_confirmed(self) -> bool:
        """Whether the claim stands as it was made."""
        return self.found == self.claimed


def supported(compared: Collection[Compared]) -> int:
    """Return how much of a unit's claim is supported: the sum of what was found (0 where nothing was claimed)."""
    return sum(each.found for each in compared)


def usable(order: Sequence[str], audited: Mapping[str, int]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the visits that an estimate may use, in the drawn order, and those made out of turn.

    An estimate that may be looked at after each visit needs the visits as they were drawn: those up to the first that
    has not been made. A visit made out of turn, or to a unit that was not drawn, is kept and waits (or never counts).
    """
    used: dict[str, int] = {}
    for code in order:
        if code not in audited:
            break
        used[code] = audited[code]
    return used, tuple(code for code in audited if code not in used)
