"""Likely doubles of one event: found with their reasons, and fast."""

import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from safemonth.verify.checks.claims import Event
from safemonth.verify.checks.doubles import LIKELY, WEIGHTS, likely_doubles

DAY = date(2026, 6, 16)
VALUES = {("leaflets_distributed", "things"): 3_000, ("people_consulted", "people"): 800}
EVENT = Event(
    1, "consulting_day", "咨询日活动", "bureau", frozenset({"bureau", "police"}), "朝阳路", DAY, DAY, values=VALUES
)


def test_the_score_is_the_sum_of_its_reasons() -> None:
    (double,) = likely_doubles([replace(EVENT, activity_id=2, host="police"), EVENT])
    assert double.activity_ids == (1, 2)
    assert set(double.reasons) == {"shared_units", "same_place", "near_title", "equal_figures"}
    assert double.score == pytest.approx(sum(WEIGHTS[reason] for reason in double.reasons))
    assert double.score >= LIKELY


@pytest.mark.parametrize(
    "other",
    [
        replace(EVENT, activity_id=2, kind="drill"),
        replace(EVENT, activity_id=2, from_on=DAY + timedelta(days=1), to_on=None),
        replace(EVENT, activity_id=2, from_on=None, to_on=None),
        replace(EVENT, activity_id=2, duplicate_of=1),
        replace(EVENT, activity_id=2, host="x", units=frozenset("x"), values={}, place="开元大街"),
        replace(EVENT, activity_id=2, is_report_line=True),
    ],
)
def test_what_is_not_the_same_event_is_left_alone(other: Event) -> None:
    assert likely_doubles([EVENT, other]) == []


def test_the_first_and_the_second_session_of_a_day_are_two() -> None:
    first = replace(EVENT, title="第一场咨询活动", values={("people_consulted", "people"): 50})
    second = replace(first, activity_id=2, title="第二场咨询活动", values={("people_consulted", "people"): 70})
    assert likely_doubles([first, second]) == []


def test_events_of_several_days_meet_on_a_day_in_common() -> None:
    long = replace(EVENT, activity_id=2, from_on=DAY - timedelta(days=2), to_on=DAY)
    assert [double.activity_ids for double in likely_doubles([EVENT, long])] == [(1, 2)]


def test_two_lines_of_one_unit_for_the_same_days_are_likely_doubles() -> None:
    line = replace(EVENT, is_report_line=True, title="6月汇总", units=frozenset({"bureau"}))
    assert len(likely_doubles([line, replace(line, activity_id=2)])) == 1
    assert likely_doubles([line, replace(line, activity_id=2, host="police", units=frozenset({"police"}))]) == []


def test_a_number_that_many_share_makes_nobody_a_double() -> None:
    crowd = [
        replace(EVENT, activity_id=n, host=f"u{n}", units=frozenset({f"u{n}"}), place="", title=f"活动 {n}")
        for n in range(100)
    ]
    assert likely_doubles(crowd) == []


def test_twenty_thousand_events_take_less_than_two_seconds() -> None:
    random = np.random.default_rng(6)
    kinds = ["publicity", "inspection", "drill", "training"]
    events = []
    for n in range(20_000):
        unit = f"u{random.integers(600)}"
        day = DAY if n % 20 == 0 else date(2026, 6, 1) + timedelta(days=int(random.integers(30)))
        events.append(
            Event(
                n,
                "consulting_day" if n % 20 == 0 else kinds[int(random.integers(4))],
                f"安全生产宣传活动 {unit}",
                unit,
                frozenset({unit, f"u{random.integers(600)}"}),
                f"地点{random.integers(300)}",
                day,
                day,
                values={("leaflets_distributed", "things"): int(random.integers(1, 40)) * 100, ("drills", "events"): 1},
            )
        )
    planted = replace(events[17], activity_id=99_999)
    start = time.process_time()
    found = likely_doubles([*events, planted])
    assert time.process_time() - start < 6  # two seconds alone; the machine is shared with the other tests
    assert (17, 99_999) in {double.activity_ids for double in found}
