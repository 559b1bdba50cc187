"""The sender is killed at random points and its link is cut: no message twice, none lost in silence."""

import pytest

from safemonth.bench.message_kills import kill_senders
from tests.messaging.gateways import smsc


@pytest.mark.slow
@pytest.mark.parametrize(("window", "receipts"), [(5, False), (20, True)])
def test_a_killed_sender_sends_nothing_twice_and_loses_nothing_in_silence(tmp_path, window, receipts):
    with smsc(delay_ms=3, receipts=receipts) as gateway:
        found = kill_senders(tmp_path, gateway, kills=30, window=window, seed=window)
    assert found.twice == 0
    assert found.lost == 0
    assert found.most_uncertain <= window
    # The kills fell where it matters.
    assert found.in_mid_sending > 0
    assert found.uncertain > 0
    assert found.messages == 30 * 60
    if receipts:
        # What arrived and was uncertain was settled by its receipt; what is still held never arrived.
        assert found.uncertain - found.settled == found.messages - found.arrived
