"""The desk checks run over a campaign's records: signals for a person, never verdicts (docs/figures/checks.md)."""

from collections import defaultdict
from datetime import date

import numpy as np

from safemonth.collect.activities.models import Activity, Measure, Participation
from safemonth.figures.columns import BASES, QUALIFIERS, Selection
from safemonth.figures.counting import Counting, count
from safemonth.figures.records import Records
from safemonth.verify.checks import arithmetic, double_counts, heaped_digits, last_days, outliers, same_returns
from safemonth.verify.checks.claims import Claim, Event, UnitTotal
from safemonth.verify.checks.signal import Signal


def signals_of(records: Records) -> list[Signal]:
    """Return everything in the campaign that a person should look at, arithmetic first."""
    claims = claims_of(records)
    counting = count(records.columns, records.tree, Selection(), aggregations=records.aggregations)
    of_activities = [claim for claim, is_counted in zip(claims, counting.mask.tolist(), strict=True) if is_counted]
    counted = {claim.measure_id for claim in of_activities}
    totals = unit_totals_of(records, counting)
    events = events_of(records)
    population = {
        unit.code: people for unit, people in zip(records.units, records.populations, strict=True) if people is not None
    }
    return [
        *arithmetic.handed_out_beyond_printed(totals),
        *arithmetic.put_right_beyond_found(totals),
        *arithmetic.subset_beyond_set(totals),
        *arithmetic.reached_beyond_population(totals, population=population),
        *arithmetic.part_beyond_whole(claims),
        *arithmetic.parts_beyond_whole(claims),
        *arithmetic.part_ring(claims),
        *arithmetic.running_total_fell(claims),
        *arithmetic.running_total_below_its_periods(claims),
        *double_counts.nested_parts(claims, added=counted),
        *double_counts.part_plus_total(of_activities),
        *double_counts.joint_event_reported_by_each(events),
        *double_counts.running_totals_added(of_activities),
        *double_counts.printed_and_given_out(of_activities),
        *double_counts.people_and_person_times(of_activities),
        *double_counts.subset_beside_its_set(of_activities),
        *double_counts.total_row_as_unit(of_activities),
        *double_counts.recheck_as_inspection(events),
        *double_counts.one_thing_claimed_by_several(of_activities),
        *outliers.outliers(totals),
        *outliers.outliers_per_head(totals, population=population),
        *heaped_digits.heaped_digits(of_activities),
        *same_returns.same_returns(totals),
        *last_days.crowded_last_days(events, starts_on=records.campaign.starts_on, ends_on=records.campaign.ends_on),
    ]


def claims_of(records: Records) -> list[Claim]:
    """Return every current measure as the checks take it, in the order of the columns."""
    columns = records.columns
    words = {
        pk: (heading, place, submission)
        for pk, heading, place, submission in Measure.objects.filter(
            activity__campaign=records.campaign, activity__is_current=True
        ).values_list("pk", "heading", "activity__place", "activity__submission")
    }
    ids = columns.measure_id.tolist()
    claims = []
    for row, measure_id in enumerate(ids):
        heading, place, submission = words[measure_id]
        unit = int(columns.unit[row])
        whole = int(columns.part_of[row])
        task, named = int(columns.task[row]), int(columns.named[row])
        claims.append(
            Claim(
                measure_id=measure_id,
                unit=records.units[unit].code,
                indicator=records.indicators[int(columns.indicator[row])].code,
                value=int(columns.value[row]),
                qualifier=QUALIFIERS[int(columns.qualifier[row])],  # type: ignore[arg-type]
                basis=BASES[int(columns.basis[row])],  # type: ignore[arg-type]
                activity_id=records.activity_ids[row],
                part_of=ids[whole] if whole >= 0 else None,
                is_to_date=bool(columns.is_to_date[row]),
                from_on=_day(int(columns.from_on[row])),
                to_on=_day(int(columns.to_on[row])),
                task=records.tasks[task] if task >= 0 else "",
                heading=heading,
                named=records.named[named] if named >= 0 else "",
                place=place,
                submission_id=submission,
                unit_path=records.paths[unit],
                unit_kind=records.kinds[unit],
            )
        )
    return claims


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal > 0 else None


def unit_totals_of(records: Records, counting: Counting) -> list[UnitTotal]:
    """Return what each unit itself (not its subtree) counted, by indicator and basis."""
    columns = records.columns
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in np.flatnonzero(counting.mask).tolist():
        groups[int(columns.unit[row]), int(columns.indicator[row]), int(columns.basis[row])].append(row)
    totals = []
    for (unit, indicator, basis), rows in groups.items():
        value = sum(int(columns.value[row]) for row in rows)
        totals.append(
            UnitTotal(
                unit=records.units[unit].code,
                indicator=records.indicators[indicator].code,
                basis=BASES[basis],
                lower=value,
                upper=value,
                measure_ids=tuple(int(columns.measure_id[row]) for row in rows),
                kind=records.kinds[unit],
            )
        )
    return totals


def events_of(records: Records) -> list[Event]:
    """Return every current activity as the checks take it."""
    campaign = records.campaign
    units: dict[int, set[str]] = defaultdict(set)
    values: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for activity, code in Participation.objects.filter(activity__campaign=campaign).values_list(
        "activity", "unit__code"
    ):
        units[activity].add(code)
    for activity, indicator, basis, value in Measure.objects.filter(activity__campaign=campaign).values_list(
        "activity", "indicator", "basis", "value"
    ):
        values[activity][indicator, basis] = values[activity].get((indicator, basis), 0) + value
    rows = Activity.objects.filter(campaign=campaign, is_current=True, is_withdrawn=False).values_list(
        "pk", "kind", "title", "host__code", "place", "from_on", "to_on", "is_report_line", "duplicate_of"
    )
    return [
        Event(
            activity_id=pk,
            kind=kind,
            title=title,
            host=host,
            units=frozenset(units[pk]),
            place=place,
            from_on=from_on,
            to_on=to_on,
            is_report_line=is_line,
            duplicate_of=duplicate_of,
            values=values[pk],
        )
        for pk, kind, title, host, place, from_on, to_on, is_line, duplicate_of in rows
    ]
