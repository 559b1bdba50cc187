"""The ten ways in which figures are counted twice: each is found, and its innocent neighbour is left alone."""

from dataclasses import replace
from datetime import date

from safemonth.verify.checks.claims import Claim, Event
from safemonth.verify.checks.double_counts import (
    joint_event_reported_by_each,
    nested_parts,
    one_thing_claimed_by_several,
    part_plus_total,
    people_and_person_times,
    printed_and_given_out,
    recheck_as_inspection,
    running_totals_added,
    subset_beside_its_set,
    total_row_as_unit,
)

LEAFLETS, HAZARDS, MAJOR = "leaflets_distributed", "hazards_found", "major_hazards_found"


def test_1_nested_parts_are_found_over_a_level_that_is_not_added_itself() -> None:
    month = Claim(1, "county", LEAFLETS, 140_000)
    day = Claim(2, "county", LEAFLETS, 40_000, part_of=1)
    bureau = Claim(3, "bureau", LEAFLETS, 5_000, part_of=2)
    found = nested_parts([month, day, bureau], added={1, 3})
    assert [(signal.code, signal.measure_ids) for signal in found] == [("nested_parts", (3, 1))]
    assert nested_parts([month, day, bureau], added={1}) == []
    assert nested_parts([month, day, bureau], added={2}) == []


def test_1_parts_of_another_indicator_or_in_a_ring_are_no_nested_parts() -> None:
    whole = Claim(1, "county", HAZARDS, 9, part_of=2)
    major = Claim(2, "county", MAJOR, 2, part_of=1)
    assert nested_parts([whole, major], added={1, 2}) == []


def test_2_a_total_beside_its_parts_is_found() -> None:
    parts = [Claim(n, "bureau", LEAFLETS, value, activity_id=7) for n, value in enumerate([5_000, 21_000, 14_000])]
    total = Claim(9, "bureau", LEAFLETS, 40_000, activity_id=7)
    assert [signal.measure_ids for signal in part_plus_total([*parts, total])] == [(9, 0, 1, 2)]
    assert part_plus_total([*parts, replace(total, value=41_000)]) == []
    assert part_plus_total([*parts, replace(total, activity_id=8)]) == []
    linked = [replace(part, part_of=9) for part in parts]
    assert part_plus_total([*linked, total]) == []


DAY = date(2026, 6, 16)
VALUES = {(LEAFLETS, "things"): 40_000, ("people_consulted", "people"): 10_000}
JOINT = Event(
    1,
    "consulting_day",
    "安全生产宣传咨询日活动",
    "bureau",
    frozenset({"bureau", "police"}),
    "朝阳路",
    DAY,
    DAY,
    values=VALUES,
)


def test_3_one_joint_event_reported_by_every_participant_is_found_once() -> None:
    police = replace(JOINT, activity_id=2, host="police", units=frozenset({"police", "bureau"}))
    fire = replace(JOINT, activity_id=3, host="fire", units=frozenset({"fire", "bureau"}), place="朝阳路口")
    found = joint_event_reported_by_each([JOINT, police, fire])
    assert [(signal.activity_ids, signal.unit_codes) for signal in found] == [((1, 2, 3), ("bureau", "fire", "police"))]


def test_3_two_events_of_a_day_elsewhere_with_other_numbers_are_two() -> None:
    other = replace(
        JOINT,
        activity_id=2,
        host="fire",
        units=frozenset({"fire"}),
        place="开元大街",
        values={(LEAFLETS, "things"): 900, ("people_consulted", "people"): 300},
    )
    assert joint_event_reported_by_each([JOINT, other]) == []
    assert (
        joint_event_reported_by_each([JOINT, replace(JOINT, activity_id=2, from_on=date(2026, 6, 12), to_on=None)])
        == []
    )


def weeks(*values: int) -> list[Claim]:
    days = [date(2026, 6, 7), date(2026, 6, 14), date(2026, 6, 21), date(2026, 6, 28)]
    return [
        Claim(n, "town", LEAFLETS, value, to_on=day) for n, (value, day) in enumerate(zip(values, days, strict=False))
    ]


def test_4_weekly_running_totals_sent_as_single_weeks_are_found() -> None:
    assert [signal.measure_ids for signal in running_totals_added(weeks(100, 250, 400, 520))] == [(0, 1, 2, 3)]
    assert running_totals_added(weeks(100, 250, 90, 520)) == []
    assert running_totals_added(weeks(100, 250, 400)) == []
    assert running_totals_added(weeks(100, 100, 100, 100)) == []
    assert running_totals_added([replace(week, is_to_date=True) for week in weeks(1, 2, 3, 4)]) == []


def test_5_printed_leaflets_counted_as_given_out_are_found() -> None:
    printed = Claim(1, "town", "leaflets_printed", 5_000)
    again = Claim(2, "town", LEAFLETS, 5_000, heading="宣传资料")
    given = Claim(3, "town", LEAFLETS, 4_200, heading="发放宣传资料")
    assert [signal.measure_ids for signal in printed_and_given_out([printed, again, given])] == [(2, 1)]
    assert printed_and_given_out([printed, again]) == []
    by_heading = replace(again, heading="印制宣传资料")
    assert [signal.measure_ids for signal in printed_and_given_out([by_heading])] == [(2,)]
    assert printed_and_given_out([replace(again, heading="印发宣传资料")]) == []


def test_6_people_and_person_times_of_one_count_are_found() -> None:
    people = Claim(1, "town", "people_reached", 300, basis="people", activity_id=4)
    times = Claim(2, "town", "people_reached", 900, basis="person_times", activity_id=4)
    assert [signal.measure_ids for signal in people_and_person_times([people, times])] == [(1, 2)]
    assert people_and_person_times([people, replace(times, basis="people")]) == []
    assert people_and_person_times([people, replace(times, indicator="people_trained")]) == []


def test_7_a_subset_beside_its_set_is_found() -> None:
    all_hazards = Claim(1, "town", HAZARDS, 48, activity_id=4)
    major_as_hazards = Claim(2, "town", HAZARDS, 3, activity_id=4)
    major = Claim(3, "town", MAJOR, 3, activity_id=4)
    assert [signal.measure_ids for signal in subset_beside_its_set([all_hazards, major_as_hazards, major])] == [(2, 3)]
    assert subset_beside_its_set([all_hazards, major]) == []
    assert subset_beside_its_set([all_hazards, replace(major_as_hazards, value=5), major]) == []


def sheet(**rows: list[int]) -> list[Claim]:
    names = (LEAFLETS, "banners_hung")
    return [
        Claim(10 * place + column, unit, names[column], value, submission_id=5)
        for place, (unit, values) in enumerate(rows.items())
        for column, value in enumerate(values)
    ]


def test_8_a_total_row_read_as_a_unit_is_found() -> None:
    found = total_row_as_unit(sheet(a=[100, 2], b=[250, 3], 合计=[350, 5]))
    assert [signal.unit_codes for signal in found] == [("合计",)]
    assert total_row_as_unit(sheet(a=[100, 2], b=[250, 3], c=[350, 4])) == []
    assert total_row_as_unit(sheet(a=[100], b=[250], c=[350])) == []
    assert len(total_row_as_unit(sheet(a=[100], b=[250], c=[50], d=[400]))) == 1


def test_9_a_recheck_entered_as_a_new_inspection_is_found() -> None:
    first = Event(
        1, "inspection", "联合检查", "bureau", frozenset(), "甲矿", date(2026, 6, 3), values={(HAZARDS, "things"): 7}
    )
    again = replace(first, activity_id=2, from_on=date(2026, 6, 20))
    found = recheck_as_inspection([again, first])
    assert [signal.activity_ids for signal in found] == [(2, 1)]
    named = replace(first, activity_id=3, title="对甲矿整改情况进行复查", place="", values={})
    assert [signal.activity_ids for signal in recheck_as_inspection([named])] == [(3,)]
    for innocent in (
        replace(again, values={(HAZARDS, "things"): 2}),
        replace(again, place="乙矿"),
        replace(again, from_on=date(2026, 9, 1)),
        replace(again, from_on=first.from_on),
    ):
        assert recheck_as_inspection([first, innocent]) == []


def test_10_one_banner_claimed_by_village_township_and_trade_is_found() -> None:
    banner = Claim(1, "village", "banners_hung", 1, named="高速口横幅")
    claims = [banner, replace(banner, measure_id=2, unit="township"), replace(banner, measure_id=3, unit="trade")]
    found = one_thing_claimed_by_several(claims)
    assert [(signal.measure_ids, signal.unit_codes) for signal in found] == [
        ((1, 2, 3), ("township", "trade", "village"))
    ]
    placed = [replace(claim, named="", place="高速口", value=2, from_on=DAY) for claim in claims]
    assert [signal.measure_ids for signal in one_thing_claimed_by_several(placed)] == [(1, 2, 3)]
    assert (
        one_thing_claimed_by_several([banner, replace(banner, measure_id=2, unit="township", named="广场横幅")]) == []
    )
    assert one_thing_claimed_by_several([banner, replace(banner, measure_id=2, unit="township", part_of=1)]) == []
    departments = [replace(claim, indicator="departments_taking_part") for claim in claims]
    assert one_thing_claimed_by_several(departments) == []
