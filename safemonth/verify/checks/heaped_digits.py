"""Numbers that end in 0 or 5 more often than counted ones do (docs/figures/checks.md)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.chance import binomial_tail
from safemonth.verify.checks.claims import Claim
from safemonth.verify.checks.signal import Signal

LEAST_VALUES = 20
RARER_THAN = 0.001
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Heap:
    """Endings that attract rounded numbers: multiples of `step`, which chance gives `chance` of the time."""

    code: str
    step: int
    chance: float
    least_value: int


HEAPS = (Heap("heaped_on_0_and_5", 5, 0.2, 10), Heap("heaped_on_00", 100, 0.01, 100))


def heaped_digits(claims: Iterable[Claim]) -> list[Signal]:
    """Signal units, and indicators, whose exact values end in 0 or 5, or in 00, too often.

    Values are used that are exact, whole and >= 10 (>= 100 for 00); at least 20 of them, of which at least half
    end so, which chance would give less than once in 1,000. Signals of indicators have no unit.
    """
    by_unit: dict[str, list[Claim]] = defaultdict(list)
    by_indicator: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.qualifier == "exact" and claim.value == int(claim.value):
            by_unit[claim.unit].append(claim)
            by_indicator[claim.indicator].append(claim)
    signals = [signal for unit, group in by_unit.items() for signal in _heaps(group, unit, (unit,))]
    return signals + [signal for indicator, group in by_indicator.items() for signal in _heaps(group, indicator, ())]


def _heaps(claims: list[Claim], of: str, units: tuple[str, ...]) -> Iterator[Signal]:
    for heap in HEAPS:
        used = [claim for claim in claims if claim.value >= heap.least_value]
        heaped = [claim for claim in used if claim.value % heap.step == 0]
        if len(used) < LEAST_VALUES or len(heaped) < LEAST_SHARE * len(used):
            continue
        if binomial_tail(len(heaped), len(used), heap.chance) < RARER_THAN:
            sentence = gettext_noop("%(heaped)s of %(count)s numbers of %(of)s are multiples of %(step)s.")
            params = {"heaped": len(heaped), "count": len(used), "of": of, "step": heap.step}
            yield Signal(heap.code, sentence, params, tuple(claim.measure_id for claim in heaped), unit_codes=units)
