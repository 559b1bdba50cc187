"""What may be drawn for a visit: a unit or an activity with what it claims."""

from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True)
class Claim:
    """What one unit (or activity) claims: its code, the number (>= 0), its kind, and how signals raise its chance.

    `kind` names the stratum (empty: one stratum). `raised_by` (>= 1, 1: no signal) multiplies the size by which it
    is drawn, never what it claims. ValueError for an empty code, a negative or endless number, or `raised_by` below 1.
    """

    code: str
    claimed: Number
    kind: str = ""
    raised_by: Number = 1

    def __post_init__(self) -> None:
        if not self.code:
            raise ValueError("a claim has a code")
        if not Decimal(self.claimed).is_finite() or self.claimed < 0:
            raise ValueError(f"a claim is a number from 0 on: {self.code}: {self.claimed}")
        if not Decimal(self.raised_by).is_finite() or self.raised_by < 1:
            raise ValueError(f"a signal never lowers a chance: {self.code}: {self.raised_by}")
