"""How fast messages may leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.messaging.pace import Backoff, TokenBucket


@given(
    st.floats(0.1, 1000),
    st.integers(1, 50),
    st.lists(st.tuples(st.floats(0, 5), st.integers(0, 100)), min_size=1, max_size=60),
)
def test_never_more_than_the_burst_and_the_rate_in_any_stretch(rate, burst, asked):
    bucket = TokenBucket(rate, burst)
    at_s = 100.0
    given_at = []
    for wait, wanted in asked:
        at_s += wait
        given_at.append((at_s, bucket.take(wanted, at_s=at_s)))
    for i in range(len(given_at)):
        total = 0
        for moment, count in given_at[i:]:
            total += count
            assert total <= burst + rate * (moment - given_at[i][0]) + 1e-6


def test_who_waits_as_told_gets_a_token():
    bucket = TokenBucket(rate_per_s=10, burst=1)
    at_s = 5.0
    assert bucket.take(3, at_s=at_s) == 1
    for _ in range(1000):
        wait_s = bucket.wait_s(at_s=at_s)
        assert 0 < wait_s <= 0.1 + 1e-9
        at_s += wait_s
        assert bucket.take(1, at_s=at_s) == 1


def test_a_clock_that_goes_back_gives_nothing_twice():
    bucket = TokenBucket(rate_per_s=1, burst=2)
    assert bucket.take(2, at_s=10.0) == 2
    assert bucket.take(1, at_s=3.0) == 0
    assert bucket.take(1, at_s=10.5) == 0
    assert bucket.take(2, at_s=12.0) == 2


def test_no_rate_is_no_limit():
    bucket = TokenBucket(rate_per_s=0, burst=1)
    assert bucket.take(1_000_000, at_s=0.0) == 1_000_000
    assert bucket.wait_s(at_s=0.0) == 0


def test_a_rate_below_nought_is_a_mistake():
    with pytest.raises(ValueError, match="rate"):
        TokenBucket(rate_per_s=-1, burst=1)


def test_waits_double_up_to_the_most_and_start_anew_after_a_success():
    backoff = Backoff(first_s=1, most_s=5)
    assert [backoff.refused() for _ in range(4)] == [1, 2, 4, 5]
    backoff.succeeded()
    assert backoff.refused() == 1
