"""Sums that cannot be right: more given out than printed, a part beyond its whole, a rate that is not its ratio."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from safemonth.lib.intervals import Number
from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.claims import Claim, UnitTotal
from safemonth.verify.checks.signal import Signal

# (what goes out, what it comes from): the first cannot exceed the second and what was carried over.
GIVEN_OUT_OF = (("leaflets_distributed", "leaflets_printed"),)
PUT_RIGHT_OF = (("hazards_rectified", "hazards_found"), ("major_hazards_rectified", "major_hazards_found"))
# (subset, set): a subset cannot exceed its set. Hazards under listed supervision are major ones.
SUBSETS = (
    ("hazards_supervised", "major_hazards_found"),
    ("major_hazards_found", "hazards_found"),
    ("major_hazards_rectified", "hazards_rectified"),
)
# Of these, counted in people (not person-times), there cannot be more than the unit has.
PEOPLE_OF_A_PLACE = ("people_reached", "people_consulted", "people_trained", "people_in_drills", "people_taking_part")

CarriedOver = Mapping[tuple[str, str], Number]


def handed_out_beyond_printed(totals: Iterable[UnitTotal], *, carried_over: CarriedOver | None = None) -> list[Signal]:
    """Signal units that gave out more than they printed and had left from before.

    `carried_over` is what was left, by (unit, printed indicator). Units that state no number printed are passed over.
    """
    sentence = gettext_noop("%(unit)s gave out at least %(more)s and had at most %(less)s (printed and carried over).")
    return _beyond(totals, GIVEN_OUT_OF, carried_over or {}, code="handed_out_beyond_printed", sentence=sentence)


def put_right_beyond_found(totals: Iterable[UnitTotal], *, carried_over: CarriedOver | None = None) -> list[Signal]:
    """Signal units that put right more hazards (all, or major ones) than they found and had open from before.

    `carried_over` is what was open, by (unit, found indicator). Units that state no number found are passed over.
    """
    sentence = gettext_noop("%(unit)s put right at least %(more)s and had at most %(less)s (found and carried over).")
    return _beyond(totals, PUT_RIGHT_OF, carried_over or {}, code="put_right_beyond_found", sentence=sentence)


def subset_beyond_set(
    totals: Iterable[UnitTotal],
    *,
    subsets: Iterable[tuple[str, str]] = SUBSETS,
    carried_over: CarriedOver | None = None,
) -> list[Signal]:
    """Signal units whose subset (major hazards) is larger than its set (all hazards) and what that had from before."""
    sentence = gettext_noop("%(unit)s states at least %(more)s of %(part)s, but at most %(less)s of %(whole)s.")
    return _beyond(totals, subsets, carried_over or {}, code="subset_beyond_set", sentence=sentence)


def _beyond(
    totals: Iterable[UnitTotal],
    pairs: Iterable[tuple[str, str]],
    carried_over: CarriedOver,
    *,
    code: str,
    sentence: str,
) -> list[Signal]:
    known = {(total.unit, total.indicator, total.basis): total for total in totals}
    signals = []
    for part, whole in pairs:
        for (unit, indicator, basis), total in known.items():
            limit = known.get((unit, whole, basis)) if indicator == part else None
            if limit is None:
                continue
            most = limit.upper + carried_over.get((unit, whole), 0)
            if total.lower > most:
                params = {"unit": unit, "more": total.lower, "less": most, "part": part, "whole": whole}
                ids = total.measure_ids + limit.measure_ids
                signals.append(Signal(code, sentence, params, ids, unit_codes=(unit,)))
    return signals


def reached_beyond_population(totals: Iterable[UnitTotal], *, population: Mapping[str, int]) -> list[Signal]:
    """Signal units that reached more people than there are.

    Person-times and units of unknown population are passed over.
    """
    return [
        Signal(
            "reached_beyond_population",
            gettext_noop("%(unit)s states at least %(more)s people, but has only %(less)s."),
            {"unit": total.unit, "more": total.lower, "less": population[total.unit]},
            total.measure_ids,
            unit_codes=(total.unit,),
        )
        for total in totals
        if total.indicator in PEOPLE_OF_A_PLACE
        and total.basis == "people"
        and total.unit in population
        and total.lower > population[total.unit]
    ]


def part_beyond_whole(claims: Iterable[Claim]) -> list[Signal]:
    """Signal claims larger than the claim they are a part of, of the same indicator and basis."""
    return [
        Signal(
            "part_beyond_whole",
            gettext_noop("A part (%(more)s) is larger than its whole (%(less)s)."),
            {"more": part.value, "less": whole.value},
            (part.measure_id, whole.measure_id),
            unit_codes=(part.unit, whole.unit),
        )
        for whole, parts in _parts(claims)
        for part in parts
        if part.interval.lower > whole.interval.upper
    ]


def parts_beyond_whole(claims: Iterable[Claim]) -> list[Signal]:
    """Signal claims whose parts (two or more, same indicator and basis) are together larger than the whole."""
    signals = []
    for whole, parts in _parts(claims):
        together = sum((part.interval.lower for part in parts), 0)
        if len(parts) > 1 and together > whole.interval.upper:
            signals.append(
                Signal(
                    "parts_beyond_whole",
                    gettext_noop("%(count)s parts come to at least %(more)s, more than their whole (%(less)s)."),
                    {"count": len(parts), "more": together, "less": whole.value},
                    (whole.measure_id, *(part.measure_id for part in parts)),
                    unit_codes=(whole.unit,),
                )
            )
    return signals


def _parts(claims: Iterable[Claim]) -> list[tuple[Claim, list[Claim]]]:
    known = {claim.measure_id: claim for claim in claims}
    parts: dict[int, list[Claim]] = defaultdict(list)
    for claim in known.values():
        whole = known.get(claim.part_of) if claim.part_of is not None else None
        if whole is not None and whole.counts == claim.counts and whole is not claim:
            parts[whole.measure_id].append(claim)
    return [(known[whole], of_whole) for whole, of_whole in parts.items()]


def part_ring(claims: Iterable[Claim]) -> list[Signal]:
    """Signal claims that are, over any number of steps, parts of themselves; one signal for each ring."""
    parent = {claim.measure_id: claim.part_of for claim in claims}
    signals, done = [], set()
    for start in parent:
        path: list[int] = []
        at: int | None = start
        while at is not None and at in parent and at not in done:
            done.add(at)
            path.append(at)
            at = parent[at]
        if at in path:
            ring = tuple(path[path.index(at) :])
            sentence = gettext_noop(
                "%(count)s claims are parts of each other in a ring; the largest is taken as the whole."
            )
            signals.append(Signal("part_ring", sentence, {"count": len(ring)}, ring))
    return signals


def running_total_fell(claims: Iterable[Claim]) -> list[Signal]:
    """Signal running totals smaller than an earlier one of the same unit, indicator, basis and task.

    Only dated ones are compared, each with the one before it.
    """
    signals = []
    for series in _running_totals(claims).values():
        for earlier, later in pairwise(series):
            if later.interval.upper < earlier.interval.lower:
                signals.append(
                    Signal(
                        "running_total_fell",
                        gettext_noop("The running total of %(unit)s fell from %(before)s to %(after)s on %(date)s."),
                        {"unit": later.unit, "before": earlier.value, "after": later.value, "date": later.to_on},
                        (earlier.measure_id, later.measure_id),
                        unit_codes=(later.unit,),
                    )
                )
    return signals


def running_total_below_its_periods(claims: Iterable[Claim]) -> list[Signal]:
    """Signal running totals smaller than what the same unit reported for single periods up to their date."""
    listed = list(claims)
    periods: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in listed:
        if not claim.is_to_date and claim.to_on is not None:
            periods[_series(claim)].append(claim)
    signals = []
    for series, totals in _running_totals(listed).items():
        for total in totals:
            within = [claim for claim in periods[series] if _day(claim) <= _day(total)]
            together = sum((claim.interval.lower for claim in within), 0)
            if together > total.interval.upper:
                signals.append(
                    Signal(
                        "running_total_below_its_periods",
                        gettext_noop(
                            "The running total of %(unit)s (%(less)s) is below its single periods (%(more)s)."
                        ),
                        {"unit": total.unit, "less": total.value, "more": together},
                        (total.measure_id, *(claim.measure_id for claim in within)),
                        unit_codes=(total.unit,),
                    )
                )
    return signals


def _running_totals(claims: Iterable[Claim]) -> dict[tuple[str, ...], list[Claim]]:
    found: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.is_to_date and claim.to_on is not None:
            found[_series(claim)].append(claim)
    return {
        series: sorted(totals, key=lambda claim: (_day(claim), claim.measure_id)) for series, totals in found.items()
    }


def _series(claim: Claim) -> tuple[str, ...]:
    return claim.unit, claim.indicator, claim.basis, claim.task


def _day(claim: Claim) -> date:
    return claim.to_on or date.max


@dataclass(frozen=True)
class StatedRate:
    """A rate as a unit printed it: `percent` (97.5 for 97.5 %), with the numbers that it is the ratio of, if stated."""

    measure_id: int
    unit: str
    percent: Decimal
    part: Number | None = None
    whole: Number | None = None


def rate_outside_hundred(rates: Iterable[StatedRate]) -> list[Signal]:
    """Signal rates below 0 or above 100 %."""
    sentence = gettext_noop("%(unit)s states a rate of %(percent)s %%, outside 0 to 100.")
    return [
        Signal(
            "rate_outside_hundred",
            sentence,
            {"unit": rate.unit, "percent": rate.percent},
            (rate.measure_id,),
            unit_codes=(rate.unit,),
        )
        for rate in rates
        if not 0 <= rate.percent <= 100
    ]


def rate_off_its_ratio(rates: Iterable[StatedRate]) -> list[Signal]:
    """Signal rates that are not their ratio, rounded or cut to the decimals that were printed.

    Rates without both numbers are passed over. A whole of 0 has no rate: any rate is signalled.
    """
    signals = []
    for rate in rates:
        if rate.part is None or rate.whole is None or _is_ratio(rate.percent, rate.part, rate.whole):
            continue
        params = {"unit": rate.unit, "percent": rate.percent, "part": rate.part, "whole": rate.whole}
        sentence = gettext_noop("%(unit)s states a rate of %(percent)s %%, which %(part)s of %(whole)s is not.")
        signals.append(Signal("rate_off_its_ratio", sentence, params, (rate.measure_id,), unit_codes=(rate.unit,)))
    return signals


def _is_ratio(percent: Decimal, part: Number, whole: Number) -> bool:
    if whole == 0:
        return False
    exact = Fraction(part) * 100 / Fraction(whole)
    # 97.50 was printed with two decimals, 97 with none.
    last_place = Fraction(Decimal(1).scaleb(min(int(percent.as_tuple().exponent), 0)))
    cut = exact // last_place * last_place
    rounded = (exact / last_place + Fraction(1, 2)) // 1 * last_place
    return Fraction(percent) in (cut, rounded)
