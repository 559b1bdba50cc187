"""The ten ways in which figures are counted twice, each as a detection (docs/figures/double-counting.md)."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.arithmetic import SUBSETS
from safemonth.verify.checks.claims import Claim, Event
from safemonth.verify.checks.doubles import likely_doubles
from safemonth.verify.checks.signal import Signal

# Smaller numbers agree by chance too often to say anything.
LEAST_TELLING_VALUE = 10
# Weekly values that rise by chance: 1/4! = 4 % of four; with fewer it is too common.
LEAST_RISING_WEEKS = 4
# A recheck follows within the usual time limit for putting right.
RECHECK_WITHIN = timedelta(days=45)
# Indicators of aggregation `distinct`.
COUNTED_BY_NAME = ("departments_taking_part", "places_reached", "inspection_teams")
PRINTED, GIVEN_OUT = "leaflets_printed", "leaflets_distributed"
PEOPLE_AND_TIMES = (("people", "person_times"), ("places", "place_times"), ("vehicles", "vehicle_times"))
Key = TypeVar("Key", bound=Hashable)
_recheck = re.compile(r"复查|复核|复检|回头看|整改验收|re-?check|re-?inspect|follow-?up", re.IGNORECASE)
_printed = re.compile(r"印[制刷]|print", re.IGNORECASE)
_given_out = re.compile(r"发|分送|赠|distribut|given|hand", re.IGNORECASE)


def nested_parts(claims: Iterable[Claim], *, added: Collection[int]) -> list[Signal]:
    """Signal claims in `added` (measure ids that a sum is made of) of which another one in `added` is a whole.

    Over any number of levels, of the same indicator and basis; the levels between need not be in `added`.
    """
    known = {claim.measure_id: claim for claim in claims}
    signals = []
    for measure_id in sorted(set(added) & known.keys()):
        claim, seen = known[measure_id], {measure_id}
        at = claim.part_of
        while at is not None and at in known and at not in seen:
            seen.add(at)
            if at in added and known[at].counts == claim.counts:
                sentence = gettext_noop("%(value)s is part of %(whole)s, and both are added.")
                params = {"value": claim.value, "whole": known[at].value}
                signals.append(Signal("nested_parts", sentence, params, (measure_id, at), unit_codes=(claim.unit,)))
                break
            at = known[at].part_of
    return signals


def part_plus_total(claims: Iterable[Claim]) -> list[Signal]:
    """Signal activities in which one claim equals the sum of at least two others that are not linked to it."""
    signals = []
    for group in _grouped(claims, lambda claim: (claim.activity_id, *claim.counts)).values():
        loose = [claim for claim in group if claim.part_of is None and not claim.is_to_date and claim.value]
        if len(loose) < 3:
            continue
        total = max(loose, key=lambda claim: claim.value)
        others = [claim for claim in loose if claim is not total]
        if total.value == sum(claim.value for claim in others):
            sentence = gettext_noop("%(value)s is the sum of the %(count)s other numbers: a total beside its parts?")
            params = {"value": total.value, "count": len(others)}
            signals.append(
                Signal("part_plus_total", sentence, params, _ids([total, *others]), unit_codes=(total.unit,))
            )
    return signals


def joint_event_reported_by_each(events: Iterable[Event]) -> list[Signal]:
    """Signal groups of events with different hosts that look like one joint event; one signal for each group."""
    known = {event.activity_id: event for event in events}
    group_of: dict[int, set[int]] = {}
    for double in likely_doubles(known.values()):
        one, other = double.activity_ids
        merged = group_of.get(one, {one}) | group_of.get(other, {other})
        for member in merged:
            group_of[member] = merged
    groups = {min(group): sorted(group) for group in group_of.values()}
    signals = []
    for ids in groups.values():
        hosts = tuple(sorted({known[identity].host for identity in ids}))
        if len(hosts) > 1:
            sentence = gettext_noop("%(count)s units report what looks like one event: %(title)s.")
            params = {"count": len(hosts), "title": known[ids[0]].title}
            signals.append(
                Signal("joint_event_reported_by_each", sentence, params, activity_ids=tuple(ids), unit_codes=hosts)
            )
    return signals


def running_totals_added(claims: Iterable[Claim]) -> list[Signal]:
    """Signal weekly values of one unit that never fall, which may be running totals sent as single periods.

    At least 4 dated values with different last days, none smaller than the one before, the last larger than the first.
    """
    signals = []
    for group in _grouped(claims, lambda claim: (claim.unit, *claim.counts, claim.task)).values():
        series = sorted(
            (c for c in group if not c.is_to_date and c.to_on), key=lambda c: (c.to_on or date.max, c.measure_id)
        )
        values = [claim.value for claim in series]
        days = {claim.to_on for claim in series}
        if len(days) < LEAST_RISING_WEEKS or len(days) < len(series):
            continue
        if values == sorted(values) and values[-1] > values[0]:
            sentence = gettext_noop("%(count)s values of %(unit)s never fall: running totals sent as single periods?")
            params = {"count": len(series), "unit": series[0].unit}
            signals.append(Signal("running_totals_added", sentence, params, _ids(series), unit_codes=(series[0].unit,)))
    return signals


def printed_and_given_out(claims: Iterable[Claim]) -> list[Signal]:
    """Signal claims of leaflets given out that seem to be leaflets printed.

    Either the heading says printed and not given out, or a unit has several such claims of which one equals a
    number that it printed.
    """
    signals = []
    for unit, group in _grouped(claims, lambda claim: claim.unit).items():
        printed = {claim.value: claim for claim in group if claim.indicator == PRINTED}
        given_out = [claim for claim in group if claim.indicator == GIVEN_OUT and claim.part_of is None]
        for claim in given_out:
            by_heading = _printed.search(claim.heading) and not _given_out.search(claim.heading)
            repeated = printed.get(claim.value) if len(given_out) > 1 and claim.value >= LEAST_TELLING_VALUE else None
            if by_heading or repeated:
                sentence = gettext_noop("%(value)s given out by %(unit)s seems to be what was printed.")
                ids = (claim.measure_id, *((repeated.measure_id,) if repeated else ()))
                params = {"value": claim.value, "unit": unit}
                signals.append(Signal("printed_and_given_out", sentence, params, ids, unit_codes=(claim.unit,)))
    return signals


def people_and_person_times(claims: Iterable[Claim]) -> list[Signal]:
    """Signal activities that state one indicator both in people and in person-times (places, vehicles likewise)."""
    signals = []
    for group in _grouped(claims, lambda claim: (claim.unit, claim.activity_id, claim.indicator)).values():
        for heads, times in PEOPLE_AND_TIMES:
            both = [claim for claim in group if claim.basis in (heads, times)]
            if {claim.basis for claim in both} == {heads, times}:
                sentence = gettext_noop(
                    "%(unit)s counts %(indicator)s both ways (%(heads)s, %(times)s); they are not added."
                )
                params = {"unit": both[0].unit, "indicator": both[0].indicator, "heads": heads, "times": times}
                signals.append(
                    Signal("people_and_person_times", sentence, params, _ids(both), unit_codes=(both[0].unit,))
                )
    return signals


def subset_beside_its_set(claims: Iterable[Claim]) -> list[Signal]:
    """Signal activities in which a set (hazards found) is claimed several times, once with its subset's number.

    The subset (major hazards) is then likely counted a second time within the set's sum.
    """
    signals = []
    for group in _grouped(claims, lambda claim: (claim.unit, claim.activity_id)).values():
        for subset, whole in SUBSETS:
            inner = {claim.value: claim for claim in group if claim.indicator == subset and claim.value}
            outer = [claim for claim in group if claim.indicator == whole and claim.part_of is None]
            for claim in outer if len(outer) > 1 else ():
                if claim.value in inner and claim.value < max(other.value for other in outer):
                    sentence = gettext_noop(
                        "%(value)s of %(whole)s seems to be the %(part)s, which are among the others."
                    )
                    params = {"value": claim.value, "whole": whole, "part": subset}
                    ids = (claim.measure_id, inner[claim.value].measure_id)
                    signals.append(Signal("subset_beside_its_set", sentence, params, ids, unit_codes=(claim.unit,)))
    return signals


def total_row_as_unit(claims: Iterable[Claim]) -> list[Signal]:
    """Signal, within one file, units whose every number is the sum of the other units' numbers.

    Wants two such indicators of at least two other units each, or one of at least three.
    """
    signals = []
    for submission_id, group in _grouped(claims, lambda claim: claim.submission_id).items():
        if not submission_id:
            continue
        for unit, own in _grouped(group, lambda claim: claim.unit).items():
            others = {
                counts: [claim for claim in of_counts if claim.unit != unit]
                for counts, of_counts in _grouped(group, lambda claim: claim.counts).items()
            }
            if _is_total_of(own, others):
                sentence = gettext_noop("The numbers of %(unit)s are the sums of the other rows: a total row?")
                signals.append(
                    Signal("total_row_as_unit", sentence, {"unit": unit}, _ids(own), unit_codes=(own[0].unit,))
                )
    return signals


def _is_total_of(own: list[Claim], others: Mapping[tuple[str, str], list[Claim]]) -> bool:
    evidence = 0
    for claim in own:
        rest = others[claim.counts]
        if claim.value != sum(other.value for other in rest):
            return False
        if claim.value and len(rest) >= 2:
            evidence += 2 if len(rest) >= 3 else 1
    return evidence >= 2


def recheck_as_inspection(events: Iterable[Event]) -> list[Signal]:
    """Signal inspections that seem to be rechecks of an earlier one.

    Either the title says so, or the same host was at the same place within 45 days before and stated the same
    hazards found.
    """
    inspections = [event for event in events if event.kind == "inspection" and not event.is_report_line]
    before: dict[tuple[str, str], list[Event]] = defaultdict(list)
    signals = []
    for event in sorted(inspections, key=lambda event: (event.from_on or date.max, event.activity_id)):
        visits = before[event.host, event.place]
        repeated = next((visit for visit in reversed(visits) if _finds_the_same(visit, event)), None)
        if _recheck.search(event.title) or repeated:
            sentence = gettext_noop("%(title)s seems to be a recheck and not a new inspection.")
            ids = (event.activity_id, *((repeated.activity_id,) if repeated else ()))
            signals.append(
                Signal(
                    "recheck_as_inspection",
                    sentence,
                    {"title": event.title},
                    activity_ids=ids,
                    unit_codes=(event.host,),
                )
            )
        if event.place and event.from_on:
            visits.append(event)
    return signals


def _finds_the_same(earlier: Event, later: Event) -> bool:
    if earlier.from_on is None or later.from_on is None or not earlier.from_on < later.from_on:
        return False
    found = {counts: value for counts, value in later.values.items() if counts[0] == "hazards_found" and value}
    is_soon = later.from_on - earlier.from_on <= RECHECK_WITHIN
    return is_soon and bool(found) and all(earlier.values.get(counts) == value for counts, value in found.items())


def one_thing_claimed_by_several(
    claims: Iterable[Claim], *, counted_by_name: Collection[str] = COUNTED_BY_NAME
) -> list[Signal]:
    """Signal the same named thing, or the same number at the same place and days, claimed by several units.

    A banner at a crossing that village, township and trade each report is one. Indicators in `counted_by_name` are
    passed over, since the roll-up counts each name once anyway.
    """
    loose = [
        claim for claim in claims if claim.part_of is None and claim.indicator not in counted_by_name and claim.value
    ]
    named = _grouped([claim for claim in loose if claim.named], lambda claim: (*claim.counts, claim.named))
    placed = _grouped(
        [claim for claim in loose if claim.place and not claim.named],
        lambda claim: (*claim.counts, claim.place, claim.value, claim.from_on, claim.to_on),
    )
    signals = []
    for group in (*named.values(), *placed.values()):
        units = tuple(sorted({claim.unit for claim in group}))
        if len(units) > 1:
            sentence = gettext_noop("%(count)s units claim what looks like one and the same: %(thing)s.")
            params = {"count": len(units), "thing": group[0].named or group[0].place}
            signals.append(Signal("one_thing_claimed_by_several", sentence, params, _ids(group), unit_codes=units))
    return signals


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], Key]) -> dict[Key, list[Claim]]:
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[key(claim)].append(claim)
    return groups


def _ids(claims: Iterable[Claim]) -> tuple[int, ...]:
    return tuple(claim.measure_id for claim in claims)
