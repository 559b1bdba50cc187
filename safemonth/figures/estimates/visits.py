"""What the visits found, sorted as a design needs it: certain ones, draws in turn by stratum, and those out of turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from safemonth.verify.sampling.claim import Number
from safemonth.verify.sampling.design import Design, Member


@dataclass(frozen=True)
class Found:
    """One draw in turn: what was claimed, its size, and the least and most that is there (equal where counted)."""

    code: str
    claimed: float
    size: float
    least: float
    most: float


@dataclass(frozen=True)
class Rest:
    """What is drawn in one stratum: its members that are not certain, and the draws visited in turn."""

    kind: str
    members: tuple[Member, ...]
    draws: tuple[Found, ...]
    planned: int

    @property
    def claimed(self) -> float:
        """Sum of the claims of the members that are not certain."""
        return float(sum(member.claim.claimed for member in self.members))

    @property
    def size(self) -> float:
        """Sum of their sizes (> 0)."""
        return float(sum(member.size for member in self.members))


@dataclass(frozen=True)
class Visits:
    """The visits of a design. `turns` are the draws of all strata in turn, as (stratum, number in its draws).

    `least` and `most` hold for the total of all without any draw; `certain_least` and `certain_most` for the certain
    ones. `first_left` is how many visits come before a point estimate can be given.
    """

    claimed: Number
    rest: tuple[Rest, ...]
    turns: tuple[tuple[int, int], ...]
    in_turn: tuple[str, ...]
    out_of_turn: tuple[str, ...]
    next_code: str
    not_counted: tuple[str, ...]
    beyond_cap: tuple[str, ...]
    strata_never_drawn: tuple[str, ...]
    least: float
    most: float
    certain_least: float
    certain_most: float
    first_left: int
    is_everybody_counted: bool


def most_there(design: Design, member: Member) -> Number:
    """Return the most that is taken to be there: cap times the claim, or the cap for nothing claimed."""
    return Decimal(member.claim.claimed) * design.cap if member.claim.claimed else design.zero_cap


def _is_beyond(design: Design, member: Member, value: Number) -> bool:
    """Whether more is there than the design allows; exact, however many digits the numbers have."""
    cap = Fraction(member.claim.claimed) * Fraction(design.cap) if member.claim.claimed else Fraction(design.zero_cap)
    return Fraction(value) > cap


def visits_of(design: Design, audited: Mapping[str, Number | None]) -> Visits:
    """Sort the visits. ValueError for a negative number or a code that is not in the design."""
    members = {member.claim.code: member for member in design.members}
    for code, value in audited.items():
        if code not in members or (value is not None and value < 0):
            raise ValueError(f"not a visit of this design, or a negative number: {code}")
    in_turn = _leading(design.order, audited)
    seen = set(in_turn)
    ends = {code: _ends(design, member, audited.get(code)) for code, member in members.items()}
    certain = [code for code, member in members.items() if member.is_certain]
    rest = _rest(design, in_turn, ends)
    numbers = {found.code: (at, number) for at, part in enumerate(rest) for number, found in enumerate(part.draws)}
    return Visits(
        claimed=sum((member.claim.claimed for member in design.members), 0),
        rest=rest,
        turns=tuple(numbers[code] for code in in_turn if code in numbers),
        in_turn=in_turn,
        out_of_turn=tuple(code for code in sorted(audited) if code not in seen),
        next_code=design.order[len(in_turn)] if len(in_turn) < len(design.order) else "",
        not_counted=tuple(code for code, value in sorted(audited.items()) if value is None),
        beyond_cap=tuple(
            code
            for code, value in sorted(audited.items())
            if value is not None and _is_beyond(design, members[code], value)
        ),
        strata_never_drawn=tuple(part.kind for part in rest if not part.planned),
        least=sum(end[0] for end in ends.values()),
        most=sum(end[1] for end in ends.values()),
        certain_least=sum(ends[code][0] for code in certain),
        certain_most=sum(ends[code][1] for code in certain),
        first_left=len(set(certain) - set(in_turn)) + sum(not part.draws for part in rest),
        is_everybody_counted=all(audited.get(code) is not None for code in members),
    )


def _leading(order: tuple[str, ...], audited: Mapping[str, Number | None]) -> tuple[str, ...]:
    """Return the visits in turn: the order as far as every one was visited."""
    for number, code in enumerate(order):
        if code not in audited:
            return order[:number]
    return order


def _ends(design: Design, member: Member, value: Number | None) -> tuple[float, float]:
    if value is not None:
        return float(value), float(value)
    return 0.0, float(most_there(design, member))


def _rest(design: Design, in_turn: tuple[str, ...], ends: Mapping[str, tuple[float, float]]) -> tuple[Rest, ...]:
    strata: dict[str, list[Member]] = {}
    for member in design.members:
        if not member.is_certain:
            strata.setdefault(member.claim.kind, []).append(member)
    planned = set(design.order[: design.visits])
    parts = []
    for kind, inside in sorted(strata.items()):
        by_code = {member.claim.code: member for member in inside}
        draws = tuple(
            Found(code, float(by_code[code].claim.claimed), float(by_code[code].size), *ends[code])
            for code in in_turn
            if code in by_code
        )
        parts.append(Rest(kind, tuple(inside), draws, len(planned & set(by_code))))
    return tuple(parts)
