"""How far a rectification is, what stands side by side, and how what was asked stands."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.inspection.hazards.states import STATES
from safemonth.collect.inspection.rectification.rules import HazardSeen, Shot, is_due, progress, side_by_side

TODAY = date(2019, 6, 10)
DAYS = st.dates(date(2019, 6, 1), date(2019, 6, 30))
HAZARDS = st.lists(
    st.builds(
        HazardSeen,
        st.sampled_from([state.code for state in STATES]),
        st.sampled_from(["ordinary", "major"]),
        st.none() | DAYS,
    ),
    max_size=8,
)
SHOTS = st.lists(
    st.builds(Shot, st.integers(1, 99), st.sampled_from(["before", "after"]), st.none() | DAYS),
    unique_by=lambda shot: shot.key,
    max_size=6,
)


@given(HAZARDS)
def test_nothing_is_closed_that_was_not_found_and_the_order_does_not_matter(hazards):
    here = progress(hazards, today=TODAY)
    assert 0 <= here.closed + here.overdue <= here.found <= len(hazards)
    assert here.major_open <= here.major
    assert progress(reversed(hazards), today=TODAY) == here
    assert here.closed_share is None or 0 <= here.closed_share <= 1


def test_a_double_and_what_waits_for_its_recheck_are_not_overdue():
    late = TODAY - timedelta(days=1)
    said = [HazardSeen(state, "major", late) for state in ("joined", "reported_done", "closed", "ordered")]
    here = progress(said, today=TODAY)
    assert (here.found, here.closed, here.overdue, here.major, here.major_open) == (3, 1, 1, 3, 2)
    assert progress([], today=TODAY).closed_share is None


@given(SHOTS)
def test_the_first_before_and_the_last_after_stand_side_by_side(shots):
    before, after = side_by_side(shots)
    assert side_by_side(list(reversed(shots))) == (before, after)
    assert (before is None) == all(shot.shows != "before" for shot in shots)
    assert before is None or all(
        (before.on or date.min) <= (shot.on or date.min) for shot in shots if shot.shows == "before"
    )
    assert after is None or all(
        (after.on or date.min) >= (shot.on or date.min) for shot in shots if shot.shows == "after"
    )


@given(DAYS, st.none() | DAYS)
def test_what_was_asked_is_late_only_while_it_is_not_done(due_on, done_on):
    standing = is_due(due_on, done_on, today=TODAY)
    assert (standing in ("done", "done_late")) == (done_on is not None)
    assert (standing == "late") == (done_on is None and due_on < TODAY)
    assert (standing == "done_late") == (done_on is not None and done_on > due_on)
