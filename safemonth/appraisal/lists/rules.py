"""Who is proposed to be commended and criticised (docs/figures/scores.md). Plain Python: no Django, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from safemonth.appraisal.scoring.ranking import standings
from safemonth.lib.refusals import gettext_noop

REASONS: Final = {
    "best_of_kind": gettext_noop("%(points)s points, rank %(rank)s of %(of)s units of its kind"),
    "few_points": gettext_noop("%(points)s points at most, where fewer than %(below)s are criticised"),
    "silent": gettext_noop("%(silent)s per cent of the returns that were due never came"),
}


@dataclass(frozen=True)
class Candidate:
    """A scored unit as the lists see it: points from `low` to `high` (None: not scored), open objection, silence.

    `silent_percent` is the share of the returns due that never came (None: none was due).
    """

    code: str
    kind: str
    low: Decimal | None
    high: Decimal | None
    has_open_objection: bool = False
    silent_percent: int | None = None


@dataclass(frozen=True)
class Bars:
    """The thresholds of a sheet (`sheets.models.ScoreSheet` says what each means)."""

    commend_from: Decimal
    commend_share: int
    criticise_below: Decimal
    silent_share: int


@dataclass(frozen=True)
class Proposed:
    """A unit proposed, why (a key of REASONS) and what fills its places."""

    code: str
    because: str
    params: Mapping[str, object] = field(default_factory=dict)


def to_commend(candidates: Sequence[Candidate], bars: Bars) -> list[Proposed]:
    """Return who is proposed to be commended, in the order given.

    At least `commend_from` points for certain, and for certain among the best `commend_share` per cent of its kind (at
    least one place a kind; units that tie for the last place all have it).
    """
    proposed = {}
    for kind in {candidate.kind for candidate in candidates}:
        like = {
            each.code: (each.low, each.high)
            for each in candidates
            if each.kind == kind and each.low is not None and each.high is not None
        }
        places = max(1, len(like) * bars.commend_share // 100) if bars.commend_share else 0
        for code, standing in standings(like).items():
            if standing.low >= bars.commend_from and standing.worst <= places:
                proposed[code] = Proposed(
                    code, "best_of_kind", {"points": str(standing.low), "rank": standing.worst, "of": len(like)}
                )
    return [proposed[each.code] for each in candidates if each.code in proposed]


def is_silent(candidate: Candidate, bars: Bars) -> bool:
    """Return whether at least `silent_share` per cent of the returns that were due never came."""
    return candidate.silent_percent is not None and candidate.silent_percent >= bars.silent_share


def could_pass(candidate: Candidate, bars: Bars) -> bool:
    """Return whether what is not known could lift a unit to the bar under which units are criticised."""
    return candidate.high is None or (candidate.low != candidate.high and candidate.high >= bars.criticise_below)


def to_criticise(candidates: Iterable[Candidate], bars: Bars) -> list[Proposed]:
    """Return who is proposed to be criticised, in the order given: nobody with an open objection, nobody by unknowns.

    Below `criticise_below` even if all that is unknown were full points; or of the returns that were due at least
    `silent_share` per cent never came, which is known. A unit that could not be scored is not on the list by points.
    """
    proposed = []
    for each in candidates:
        if each.has_open_objection:
            continue
        if each.high is not None and each.high < bars.criticise_below:
            params: dict[str, object] = {"points": str(each.high), "below": str(bars.criticise_below)}
            proposed.append(Proposed(each.code, "few_points", params))
        elif is_silent(each, bars):
            proposed.append(Proposed(each.code, "silent", {"silent": each.silent_percent}))
    return proposed
