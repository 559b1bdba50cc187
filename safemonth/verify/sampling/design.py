"""The design of a draw: who is to be visited, in which order, with which chance, from a published seed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.verify.sampling.chances import chances_of
from safemonth.verify.sampling.claim import Claim, Number
from safemonth.verify.sampling.sizes import ZERO_SHARE
from safemonth.verify.sampling.strata_draw import Drawn, draw_strata


@dataclass(frozen=True)
class Member:
    """One that may be drawn: its claim, the size it is drawn by, whether it is certain, its chance within the plan.

    `chance` (0 to 1) is the inclusion probability for the planned visits: 1 where `is_certain`, 0 where its stratum
    gets no visit.
    """

    claim: Claim
    size: Decimal
    is_certain: bool
    chance: float


@dataclass(frozen=True)
class Design:
    """A draw that anyone can repeat from its own contents, and what its estimate will assume.

    `order` names those to visit, in order: all certain ones first (largest size first), then the draws; the first
    `visits` are planned, the others in reserve. `cap` (>= 1) is the most that is taken to be there for each one claimed,
    `zero_cap` (>= 0) the most where nothing was claimed, `level` the level of the interval to come: all three
    are stated before the first visit.
    """

    seed: str
    witness: str
    visits: int
    cap: Decimal
    zero_cap: Decimal
    level: Decimal
    zero_share: Decimal
    members: tuple[Member, ...]
    order: tuple[str, ...]


def design(
    claims: Iterable[Claim],
    *,
    visits: int,
    seed: str,
    witness: str = "",
    cap: Number = 1,
    zero_cap: Number = 0,
    level: Number = Decimal("0.95"),
    zero_share: Number = ZERO_SHARE,
) -> Design:
    """Return the design of a draw of `visits` (more than there are: all) among the claims.

    Strata are the claims' kinds; visits are shared out by claimed size. Within a stratum those with visits * size / sum
    >= 1 are certain, the others are drawn one after the other with chances proportional to size. The order
    of `claims` makes no difference. The chances come from `safemonth.lib.chances`: `seed`, `witness` (what was said
    aloud at the draw, may be empty) and a digest of the claims and settings. The seed must be fixed after the last return came in (else a unit could
    reckon whether it will be visited). Refused where there is nothing to draw, a code comes twice, the seed is
    empty, fewer than one visit is planned, or `cap`, `zero_cap` or `level` is out of range.
    """
    ordered = sorted(claims, key=lambda claim: claim.code)
    _refuse_nonsense(ordered, visits, seed, cap, zero_cap, level)
    drawn = draw_strata(ordered, min(visits, len(ordered)), (seed, witness), Decimal(zero_share), Decimal(zero_cap))
    return Design(
        seed=seed,
        witness=witness,
        visits=min(visits, len(ordered)),
        cap=Decimal(cap),
        zero_cap=Decimal(zero_cap),
        level=Decimal(level),
        zero_share=Decimal(zero_share),
        members=tuple(_members(ordered, drawn)),
        order=drawn.order,
    )


def is_repeatable(stored: Design) -> bool:
    """Whether the same sizes and the same order come out again from the design's own claims, seed and settings."""
    claims = sorted((member.claim for member in stored.members), key=lambda claim: claim.code)
    drawn = draw_strata(claims, stored.visits, (stored.seed, stored.witness), stored.zero_share, stored.zero_cap)
    sizes = {member.claim.code: member.size for member in stored.members}
    certain = {member.claim.code for member in stored.members if member.is_certain}
    return drawn.order == stored.order and drawn.sizes == sizes and drawn.certain == certain


def _members(claims: Sequence[Claim], drawn: Drawn) -> list[Member]:
    chances = dict.fromkeys(drawn.certain, 1.0)
    for kind, draws in drawn.draws.items():
        rest = [claim.code for claim in claims if claim.kind == kind and claim.code not in drawn.certain]
        if rest:
            chances |= dict(zip(rest, chances_of([drawn.sizes[code] for code in rest], draws=draws), strict=True))
    return [
        Member(claim, drawn.sizes[claim.code], claim.code in drawn.certain, chances[claim.code]) for claim in claims
    ]


def _refuse_nonsense(
    claims: Sequence[Claim], visits: int, seed: str, cap: Number, zero_cap: Number, level: Number
) -> None:
    if not claims:
        raise Refused("nobody_to_visit", gettext_noop("There is nobody to draw from."))
    for one, next_one in pairwise(claims):
        if one.code == next_one.code:
            raise Refused("drawn_twice", gettext_noop("%(code)s stands twice among the claims."), code=one.code)
    if visits < 1:
        raise Refused("no_visits", gettext_noop("A draw needs at least one visit."))
    if not seed:
        raise Refused("no_seed", gettext_noop("A draw needs a seed that others can read."))
    if cap < 1 or zero_cap < 0 or not 0 < level < 1:
        raise Refused(
            "design_out_of_range",
            gettext_noop("The cap is 1 or more, the cap for nothing claimed 0 or more, the level between 0 and 1."),
        )


def as_json(drawn: Design) -> dict[str, Any]:
    """Return the design as plain JSON values; numbers that must not lose a digit are texts."""
    return {
        **{name: str(getattr(drawn, name)) for name in ("seed", "witness", "cap", "zero_cap", "level", "zero_share")},
        "visits": drawn.visits,
        "order": list(drawn.order),
        "members": [
            {
                "code": member.claim.code,
                "claimed": str(member.claim.claimed),
                "kind": member.claim.kind,
                "raised_by": str(member.claim.raised_by),
                "size": str(member.size),
                "is_certain": member.is_certain,
                "chance": repr(member.chance),
            }
            for member in drawn.members
        ],
    }


def from_json(stored: Mapping[str, Any]) -> Design:
    """Return the design that `as_json` gave; equal to the one it was made from. KeyError where a part is missing."""
    members = tuple(
        Member(
            Claim(one["code"], _number(one["claimed"]), one["kind"], _number(one["raised_by"])),
            Decimal(one["size"]),
            one["is_certain"],
            float(one["chance"]),
        )
        for one in stored["members"]
    )
    numbers = {name: Decimal(stored[name]) for name in ("cap", "zero_cap", "level", "zero_share")}
    return Design(
        seed=stored["seed"],
        witness=stored["witness"],
        visits=stored["visits"],
        members=members,
        order=tuple(stored["order"]),
        **numbers,
    )


def _number(text: str) -> Number:
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
