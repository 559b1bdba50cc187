"""Plain decisions: what a booth's reports come to."""

from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.publicity.consulting.problem import Hours
from safemonth.collect.publicity.consulting.rules import (
    Said,
    basis_counted,
    fallen,
    hours_of,
    read_said,
    standing_counts,
    state_of,
    time_of,
    totals,
)

reports = st.lists(
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 99).map(lambda n: Said(n, "exact", str(n)))), max_size=6
)


@given(reports)
def test_of_each_thing_the_last_number_stands(given_reports):
    standing = standing_counts(given_reports)
    for code in ("a", "b"):
        stated = [report[code] for report in given_reports if code in report]
        assert standing.get(code) == (stated[-1] if stated else None)


@given(reports, st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 99).map(lambda n: Said(n, "exact", ""))))
def test_only_what_is_smaller_than_what_stands_has_fallen(given_reports, report):
    standing = standing_counts(given_reports)
    down = fallen(standing, report)
    assert all(report[code].value < standing[code].value for code in down)
    assert all(code not in standing or report[code].value >= standing[code].value for code in set(report) - set(down))


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 99).map(lambda n: Said(n, "exact", "")))))
def test_the_board_adds_booths_and_leaves_out_what_nobody_said(counts):
    added = totals(counts)
    assert added == {
        code: sum(c[code].value for c in counts if code in c) for code in {key for c in counts for key in c}
    }


def test_a_booth_is_silent_there_or_has_counted():
    one = {"a": Said(1, "exact", "1")}
    assert (state_of([]), state_of([{}]), state_of([{}, one]), state_of([one, {}])) == (
        "silent",
        "here",
        "counted",
        "counted",
    )


def test_counts_are_read_as_people_write_them():
    assert read_said(" 5000余 ") == Said(5000, "more_than", "5000余")
    assert read_said("约300") == Said(300, "about", "约300") and read_said("") is None


def test_who_asks_at_two_booths_is_two_person_times():
    assert basis_counted("people_consulted", "人 人次") == "person_times"
    assert basis_counted("leaflets_distributed", "份 张") == "things"


@given(st.integers(0, 24 * 60 - 2), st.integers(1, 24 * 60 - 1))
def test_hours_go_to_the_database_and_back(start, end):
    if start < end:
        assert hours_of(time_of(start), time_of(end)) == Hours(start, end)
