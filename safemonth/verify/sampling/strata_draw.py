"""One draw through all strata: who is certain, who is drawn, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from safemonth.lib.chances import Chances
from safemonth.lib.digests import canonical_json, sha256_hex
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.sampling.drawing import draw_in_turn
from safemonth.verify.sampling.sizes import sizes_of, whole_sizes
from safemonth.verify.sampling.strata import interleave, share_out
from safemonth.verify.sampling.take_all import take_all

# As many again are drawn in reserve, in case visiting goes on.
RESERVE = 2


@dataclass(frozen=True)
class Drawn:
    """What came out of a draw; `draws` is the number planned in each stratum beyond the certain ones."""

    order: tuple[str, ...]
    sizes: dict[str, Decimal]
    certain: set[str]
    draws: dict[str, int]


def draw_strata(
    claims: Sequence[Claim], visits: int, secret: tuple[str, str], zero_share: Decimal, zero_cap: Decimal
) -> Drawn:
    """Draw among claims in the order of their codes."""
    strata: dict[str, list[Claim]] = {}
    for claim in claims:
        strata.setdefault(claim.kind, []).append(claim)
    sizes = {kind: sizes_of(inside, zero_share=zero_share, zero_cap=zero_cap) for kind, inside in strata.items()}
    shared = share_out(
        visits, members={kind: len(inside) for kind, inside in strata.items()}, totals=_whole_totals(sizes)
    )
    frame = frame_digest(claims, visits=visits, zero_share=zero_share, zero_cap=zero_cap)
    certain: list[tuple[Decimal, str]] = []
    turns: dict[str, tuple[str, ...]] = {}
    draws: dict[str, int] = {}
    for kind, inside in strata.items():
        whole = whole_sizes(sizes[kind])
        taken = take_all(whole, visits=shared[kind])
        certain += [(-sizes[kind][place], inside[place].code) for place in taken]
        draws[kind] = shared[kind] - len(taken)
        gone = set(taken)
        rest = [place for place in range(len(inside)) if place not in gone]
        stream = Chances(seed=secret[0], witness=secret[1], frame_sha256=frame, purpose=f"visits {kind}")
        drawn = draw_in_turn([whole[place] for place in rest], count=RESERVE * draws[kind], stream=stream)
        turns[kind] = tuple(inside[rest[turn]].code for turn in drawn)
    first = tuple(code for _, code in sorted(certain))
    flat = {
        claim.code: size for kind, inside in strata.items() for claim, size in zip(inside, sizes[kind], strict=True)
    }
    return Drawn((*first, *interleave(turns, planned=draws)), flat, set(first), draws)


def frame_digest(claims: Sequence[Claim], *, visits: int, zero_share: Decimal, zero_cap: Decimal) -> str:
    """Return the SHA-256 of what is drawn from, as canonical JSON: claims in the order of their codes, and settings.

    [visits, zero_share, zero_cap, [[code, claimed, kind, raised_by], ...]], all numbers but `visits` as texts.
    """
    rows = [[claim.code, str(claim.claimed), claim.kind, str(claim.raised_by)] for claim in claims]
    return sha256_hex(canonical_json([visits, str(zero_share), str(zero_cap), rows]).encode())


def _whole_totals(sizes: Mapping[str, Sequence[Decimal]]) -> dict[str, int]:
    flat = iter(whole_sizes([size for inside in sizes.values() for size in inside]))
    return {kind: sum(next(flat) for _ in inside) for kind, inside in sizes.items()}
